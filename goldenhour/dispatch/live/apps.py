"""The room's Django app."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """The room's tables."""

    name = "goldenhour.dispatch.live"
    label = "dispatch"
    default_auto_field = "django.db.models.BigAutoField"
