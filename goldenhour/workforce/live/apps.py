"""The room's Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkforceConfig(AppConfig):
    """The room's tables."""

    name = "goldenhour.workforce.live"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear the events of crews and training too: their projections stand in modules of their own."""
        autodiscover_modules("crew_projections", "training_projections")
