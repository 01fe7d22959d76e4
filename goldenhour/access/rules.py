"""The rules of access. Every endpoint names one; an endpoint without a rule answers nobody.

A rule looks at a request and returns the caller, or raises NotAllowed in words. It is handed to an endpoint as
`auth=this_machine` (an API operation) or `@this_machine.guards` (a plain page), so that one test can walk every
address and find the rule of each.
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from goldenhour.errors import NotAllowed

View = TypeVar("View", bound=Callable[..., Any])

AT = "goldenhour.at"  # Where the site puts the time of a request.

_PROGRAM = re.compile(r"[a-z][a-z0-9-]{0,31}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks, as the log will name them, and when."""

    actor: str
    device: str
    at: datetime  # By the site's clock, which runs its own way in a demo.


class Asked(Protocol):
    """A request: what a rule looks at, and the caller once the rule has let it through."""

    META: dict[str, Any]
    auth: Caller


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of access."""

    name: str
    words: str  # For the list of endpoints: who may.
    decide: Callable[[Asked], Caller]

    def __call__(self, request: Asked) -> Caller:
        """Return the caller, or raise NotAllowed."""
        return self.decide(request)

    def guards(self, view: View) -> View:
        """Put the rule on a plain page; the site's middleware asks it."""
        view.access_rule = self  # type: ignore[attr-defined]
        return view


def _on_loopback(request: Asked) -> Caller:
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        near = ipaddress.ip_address(address.removeprefix("::ffff:")).is_loopback
    except ValueError:
        near = False
    if not near:
        raise NotAllowed(
            code="not_this_machine",
            what="This goldenhour has no accounts yet and answers only the machine it runs on.",
            do="Open it in a browser on that machine.",
        )
    said = str(request.META.get("HTTP_GOLDENHOUR_ACTOR", ""))
    actor = said if _PROGRAM.fullmatch(said) else "desk"
    return Caller(actor=actor, device="this-machine", at=request.META[AT])


this_machine = Rule("this_machine", "Whoever sits at the machine that goldenhour runs on.", _on_loopback)
