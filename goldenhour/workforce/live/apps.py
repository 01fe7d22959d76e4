"""The room's Django app."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """The room's tables."""

    name = "goldenhour.workforce.live"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"
