"""The room's Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room's tables."""

    name = "goldenhour.access.live"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
