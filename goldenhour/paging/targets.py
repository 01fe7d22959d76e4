"""Which addresses outside may be sent to: https, no private machine, unless the operator of this machine allows a host.

A web address is typed by an administrator of an agency, and a push subscription comes from a browser: neither may make
this server knock at the doors of its own network.
"""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NoReturn
from urllib.parse import urlsplit

from goldenhour.errors import BadInput

PUSH_SERVICES = (  # The browsers' makers. A name with a leading dot stands for all under it.
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
_LONGEST = 2000
_TUNNELS = (IPv6Network("64:ff9b::/96"), IPv6Network("2002::/16"), IPv6Network("2001::/32"))  # IPv4 in disguise.


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A web address taken apart."""

    secure: bool
    host: str
    port: int
    path: str  # With its query.
    allowed: bool  # The operator named it: plain http and a private address are in order.

    @property
    def name(self) -> str:
        """Return the host, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def target_of(url: str, *, allowed: Collection[str]) -> Target:
    """Return a web address taken apart, or refuse it.

    Args:
        url: as it was typed.
        allowed: hosts (`pager.lan`, or with its port `127.0.0.1:8090`) that the operator of this machine allows.

    Raises:
        BadInput: it is no web address, or not one that is sent to.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        _refuse("This is no web address.")
    if not url.isascii() or not url.isprintable() or " " in url or len(url) > _LONGEST or not host:
        _refuse("This is no web address.")
    if parts.scheme not in {"http", "https"} or parts.username is not None or parts.fragment:
        _refuse("It must be a plain https address, without a name, a password or a # in it.")
    secure = parts.scheme == "https"
    where = port or (443 if secure else 80)
    named = bool({host, f"{host}:{where}"} & set(allowed))
    if not secure and not named:
        _refuse(f"It must begin with https://: what goes to {host} would be open for all to read.")
    if not named and (literal := _address(host)) is not None and why_not(literal, host=host):
        _refuse(why_not(literal, host=host))
    if not named and _address(host) is None and "." not in host:
        _refuse(f"{host} is a name of this network only.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure=secure, host=host, port=where, path=path, allowed=named)


def check_push(url: str, *, allowed: Collection[str]) -> Target:
    """Return the web address of a push subscription, or refuse it.

    Raises:
        BadInput: it is not one of a browser maker's push service.
    """
    target = target_of(url, allowed=allowed)
    known = any(target.host == one or (one[0] == "." and target.host.endswith(one)) for one in PUSH_SERVICES)
    if not known and not target.allowed:
        raise BadInput(
            code="unknown_push_service",
            what=f"{target.host} is no push service known here.",
            do="Use another browser, or e-mail; the operator may allow the host.",
            where="subscription",
        )
    return target


def why_not(address: str, *, host: str) -> str:
    """Return why a machine's address (of a name just looked up) must not be sent to; "" when it may be."""
    one: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(one, IPv6Address):
        one = one.ipv4_mapped or one
    hidden = isinstance(one, IPv6Address) and any(one in tunnel for tunnel in _TUNNELS)
    if hidden or not one.is_global or one.is_multicast or one.is_reserved:
        return f"{host} is a machine of a private network."
    return ""


def _address(host: str) -> str | None:
    """Return the host where it is an address and no name; numbers written in other ways are no names either."""
    try:
        return str(ip_address(host.partition("%")[0]))
    except ValueError:
        last = host.rpartition(".")[2]
        if last.isdigit() or last.startswith("0x"):  # 127.1, 0x7f000001, 2130706433: what resolvers read as addresses.
            _refuse(f"{host} is no name of a machine.")
        return None


def _refuse(what: str) -> NoReturn:
    raise BadInput(
        code="bad_address",
        what=what,
        do="Give an https address on the internet; the operator of this machine may allow another host.",
        where="address",
    ) from None
