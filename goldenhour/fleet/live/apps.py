"""The room's Django app."""

from django.apps import AppConfig


class FleetConfig(AppConfig):
    """The fleet's tables; its projections are registered when it is ready."""

    name = "goldenhour.fleet.live"
    label = "fleet"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the projections."""
        from goldenhour.fleet.live import projections  # noqa: F401, PLC0415 -- Needs the models loaded.
