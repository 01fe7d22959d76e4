"""An address leads to the same place each time it is asked for: found once, remembered.

Django tries the patterns one by one, and of each that did not fit it keeps a list for its page of errors, which nobody
sees here. With some two hundred addresses that was a fifth of what a busy county's server did.
"""

from functools import lru_cache
from typing import Any

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

KEPT = 8192  # Addresses with the names of units and calls in them.


class Remembering(URLResolver):
    """The patterns below a prefix, and where the addresses that were asked for lead."""

    def __init__(self, prefix: str, patterns: list[URLPattern | URLResolver], app: str, space: str) -> None:
        """Begin with nothing remembered."""
        super().__init__(RoutePattern(prefix), patterns, app_name=app, namespace=space)
        self._known = lru_cache(KEPT)(self._found)

    def resolve(self, path: Any) -> ResolverMatch:
        """Return where an address leads. What leads nowhere is not remembered: anybody may make such ones up."""
        return self._known(str(path))

    def _found(self, path: str) -> ResolverMatch:
        found = super().resolve(path)
        found.tried = []
        return found
