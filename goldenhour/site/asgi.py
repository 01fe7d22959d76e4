"""The site as an ASGI application."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenhour.site.settings")
_feeds = get_asgi_application()

from goldenhour.site.threads import in_kept_threads, in_one_thread  # noqa: E402 -- Needs Django set up.
from goldenhour.site.turns import in_turn  # noqa: E402

application = in_turn(in_one_thread(feeds=in_kept_threads(_feeds)))
