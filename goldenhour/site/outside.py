"""Listening beyond this machine: with TLS, or behind a proxy that has it; and plain HTTP that only leads to HTTPS."""

import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import getpid, kill
from pathlib import Path

from goldenhour.errors import BadInput, Refused
from goldenhour.site import tls

EVERY_S = 12 * 3600.0
HERE = "127.0.0.1"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """How the site is reached."""

    hosts: tuple[str, ...] = ()  # Names and addresses under which people open it.
    bind: str = HERE
    tls: bool = False  # With a certificate of its own making.
    cert: Path | None = None
    key: Path | None = None
    proxies: tuple[str, ...] = ()  # Addresses of proxies whose word about the asker is taken.
    http_port: int | None = None  # Where plain HTTP leads to HTTPS.
    hsts_days: int = 0

    @property
    def safe(self) -> bool:
        """Return whether what goes over the line is sealed."""
        return self.tls or self.cert is not None

    @property
    def alone(self) -> bool:
        """Return whether only this machine can reach it."""
        return self.bind in {HERE, "::1", "localhost"} and not self.proxies


def refuse_wrong(how: Outside) -> None:
    """Refuse a way of listening that would show patients to a network, or that does not go together.

    Raises:
        BadInput: options that exclude or miss each other.
        Refused: beyond this machine without TLS and without a proxy.
    """
    if (how.cert is None) != (how.key is None) or (how.tls and how.cert):
        what = "--cert and --key go together, and not with --tls, which makes both."
        raise BadInput(code="bad_tls", what=what, do="Give both, or --tls.", where="--cert")
    for file in (how.cert, how.key):
        if file is not None and not file.is_file():
            raise BadInput(code="no_file", what=f"{file} is not there.", do="Check the path.", where="--cert")
    for host in how.hosts:
        tls.named(host)
    if (how.http_port or how.hsts_days) and not how.safe:
        what = "--http-port and --hsts need --tls, or --cert and --key."
        raise BadInput(code="bad_tls", what=what, do="Add them.", where="--http-port")
    if how.bind not in {HERE, "::1", "localhost"} and not how.safe and not how.proxies:
        raise Refused(
            code="not_sealed",
            what=f"Nothing would seal what goes over the network to {how.bind}.",
            do="Add --tls; or --behind-proxy with the address of the proxy that has the certificate.",
        )


def environment_of(how: Outside) -> dict[str, str]:
    """Return what the site's process is told of how it is reached."""
    hosts = [*("localhost", HERE, "[::1]"), *(f"[{one}]" if ":" in one else one.lower() for one in how.hosts)]
    told = {"GOLDENHOUR_HOSTS": ",".join(dict.fromkeys(hosts))} if how.hosts else {}
    if how.proxies:
        told["GOLDENHOUR_PROXIES"] = ",".join(how.proxies)
    if how.hsts_days:
        told["GOLDENHOUR_HSTS_DAYS"] = str(how.hsts_days)
    if not how.alone:
        told["GOLDENHOUR_OUTSIDE"] = "1"
    return told


def certificate_of(how: Outside, data: Path, port: int, say: Say) -> tuple[Path, Path] | None:
    """Return the files of the server's certificate and key; None without TLS. One's own are renewed while it runs."""
    if how.cert is not None and how.key is not None:
        return how.cert, how.key
    if not how.tls:
        return None
    made = tls.make_ready(data, how.hosts, datetime.now(UTC))
    host = how.hosts[0] if how.hosts else "localhost"
    say(f"The server's certificate holds until {tls.lasts_until(made[0]):%Y-%m-%d}; it is renewed by itself.")
    say(f"Phones and browsers trust it after https://{host}:{port}/trust. They must show this fingerprint:")
    say(tls.fingerprint(tls.read_authority(data)))
    threading.Thread(target=_renew, args=(data, how.hosts, say), name="renew", daemon=True).start()
    return made


def _renew(data: Path, hosts: Sequence[str], say: Say) -> None:
    """Look twice a day whether the certificate is to be renewed; the web process then begins anew with it."""
    pause = threading.Event()
    while not pause.wait(EVERY_S):
        try:
            before = tls.lasts_until(data / tls.FOLDER / "server.crt")
            certificate, _ = tls.make_ready(data, hosts, datetime.now(UTC))
            if tls.lasts_until(certificate) != before:
                say("The server's certificate was renewed.")
                kill(getpid(), signal.SIGHUP)
        except (OSError, Refused) as error:
            say(f"The server's certificate could not be renewed: {error}")


def lead_to_https(port: int, how: Outside, https_port: int, data: Path) -> ThreadingHTTPServer:
    """Answer plain HTTP: the page that tells how to trust this house, and for all else the way to HTTPS.

    Raises:
        Refused: the port is taken.
    """
    known = {*("localhost", HERE), *(one.lower() for one in how.hosts)}
    authority = tls.read_authority(data) if how.tls else None

    class Leads(BaseHTTPRequestHandler):
        server_version, sys_version = "goldenhour", ""

        def do_GET(self) -> None:
            host = self.headers.get("Host", "").rsplit(":", 1)[0].lower()
            if host not in known:
                self._say(HTTPStatus.BAD_REQUEST, "text/plain", b"This goldenhour does not go by that name.\n")
            elif authority is not None and self.path == "/trust":
                self._say(HTTPStatus.OK, "text/html; charset=utf-8", tls.trust_page(authority).encode())
            elif authority is not None and self.path == "/trust/authority.crt":
                self._say(HTTPStatus.OK, "application/x-x509-ca-cert", tls.pem(authority))
            else:
                self.send_response(HTTPStatus.PERMANENT_REDIRECT)
                self.send_header("Location", f"https://{host}:{https_port}{_path(self.path)}")
                self.send_header("Content-Length", "0")
                self.end_headers()

        do_HEAD = do_GET  # noqa: N815 -- Its base's names.

        def do_POST(self) -> None:
            # What was sent in the clear is not led on: whoever sends it has to learn the right address.
            self._say(HTTPStatus.UPGRADE_REQUIRED, "text/plain", b"Send it to https.\n")

        def _say(self, status: HTTPStatus, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Write down nothing."""

    try:
        server = ThreadingHTTPServer((how.bind, port), Leads)
    except OSError as error:
        raise Refused(
            code="port_taken", what=f"Port {port} cannot be used ({error.strerror}).", do="Give another --http-port."
        ) from error
    threading.Thread(target=server.serve_forever, name="lead to https", daemon=True).start()
    return server


def _path(path: str) -> str:
    """Return a path on this very host: `//elsewhere` would lead away."""
    return "/" + path.lstrip("/\\") if path.isascii() and path.isprintable() else "/"
