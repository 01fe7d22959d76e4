"""The room's Django app."""

from django.apps import AppConfig


class FleetConfig(AppConfig):
    """The fleet's tables."""

    name = "goldenhour.fleet.live"
    label = "fleet"
    default_auto_field = "django.db.models.BigAutoField"
