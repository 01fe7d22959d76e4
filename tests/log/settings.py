"""The log and its desk alone: what tests/log/writer.py needs, so that a crowd of writers is soon up."""

from tests.settings import *  # noqa: F403

INSTALLED_APPS = ["goldenhour.log.live", "django.contrib.contenttypes", "django.contrib.auth", "tests.log.desk"]
AUTH_USER_MODEL = "auth.User"
