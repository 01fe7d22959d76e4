"""The room's Django app."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """The room's tables."""

    name = "goldenhour.calls.live"
    label = "calls"
    default_auto_field = "django.db.models.BigAutoField"
