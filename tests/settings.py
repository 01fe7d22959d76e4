"""The site's settings, plus the desk that the log's tests project into."""

from goldenhour.site.settings import *  # noqa: F403
from goldenhour.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.log.desk"]
# The house's way of keeping passwords, without its slowness: tests sign in some thousand times.
PASSWORD_HASHERS = ["tests.quick.QuickScrypt"]
