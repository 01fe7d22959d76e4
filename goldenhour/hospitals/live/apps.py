"""The room's Django app."""

from django.apps import AppConfig


class HospitalsConfig(AppConfig):
    """The room's tables."""

    name = "goldenhour.hospitals.live"
    label = "hospitals"
    default_auto_field = "django.db.models.BigAutoField"
