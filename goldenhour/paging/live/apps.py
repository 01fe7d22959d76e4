"""The room's Django app."""

from django.apps import AppConfig


class PagingConfig(AppConfig):
    """The room's tables."""

    name = "goldenhour.paging.live"
    label = "paging"
    default_auto_field = "django.db.models.BigAutoField"
