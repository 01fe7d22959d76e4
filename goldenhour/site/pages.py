"""Plain pages and files: the web page, its assets, the region's map layers, and the live feed."""

import base64
import gzip
import hashlib
import mimetypes
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from functools import lru_cache
from pathlib import Path
from time import monotonic

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from goldenhour.access.live import reads
from goldenhour.access.rules import board, front_door, inside
from goldenhour.errors import BadInput, NotFound, Refused
from goldenhour.roads.live import region
from goldenhour.site import tls
from goldenhour.site.accounts import sessions
from goldenhour.site.errors import refusal
from goldenhour.site.feed import message
from goldenhour.site.follow import get_broadcaster
from goldenhour.site.reading import shown

WEB = Path(__file__).parent / "static" / "web"
CREW_WORKER = "crew-worker.js"
_LOOK_AGAIN_S = 60.0
_FOR_EVER = "public, max-age=31536000, immutable"  # Names of built assets hold a hash of their content.
_ASK_AGAIN = "no-cache"  # Keep it, but ask with its ETag.
_TEXT = (".js", ".mjs", ".css", ".html", ".json", ".geojson", ".svg", ".webmanifest", ".txt", ".map")
mimetypes.add_type("application/geo+json", ".geojson")
mimetypes.add_type("text/javascript", ".mjs")

_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>goldenhour</title>
<body style="font: 15px/1.5 system-ui; max-width: 40em; margin: 4em auto; padding: 0 1em">
<h1>The web page is not built yet</h1>
<p>The server runs, and programs can use it at <code>/api/board</code>. The page itself is missing.</p>
<p>Stop the server and run <code>make serve</code>, which builds it.</p>"""


@inside.guards
def home(request: HttpRequest) -> HttpResponseBase:
    """Show the desk."""
    return _page(request)


@inside.guards
def office(request: HttpRequest, _section: str = "") -> HttpResponseBase:
    """Show the office: people, credentials and scope; or a person's own page. The page itself reads its address."""
    return _page(request)


@front_door.guards
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Show the page on which people sign in."""
    return _page(request)


def _page(request: HttpRequest) -> HttpResponseBase:
    """Send the one file that every page begins with."""
    if not (WEB / "index.html").exists():
        return HttpResponse(_NOT_BUILT, status=503)
    return _file(request, WEB, "index.html", cache=_ASK_AGAIN)


@front_door.guards
def asset(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a file of the built page."""
    response = _file(request, WEB, name, cache=_FOR_EVER if name.startswith("assets/") else _ASK_AGAIN)
    if name == CREW_WORKER:
        response.headers["Service-Worker-Allowed"] = "/crew"  # It stands beside the assets, and looks after this page.
    return response


@front_door.guards
def trust(_request: HttpRequest) -> HttpResponseBase:
    """Show how a device is made to trust the certificate of this house's own making."""
    try:
        response = HttpResponse(tls.trust_page(tls.read_authority(Path(settings.DATA))))
    except Refused as refused:
        return refusal(refused)
    style = base64.b64encode(hashlib.sha256(tls.STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    response.headers["Content-Security-Policy"] = policy
    return response


@front_door.guards
def authority(_request: HttpRequest) -> HttpResponseBase:
    """Send the certificate that devices are to trust."""
    try:
        found = tls.read_authority(Path(settings.DATA))
    except Refused as refused:
        return refusal(refused)
    return HttpResponse(tls.pem(found), content_type="application/x-x509-ca-cert")


@inside.guards
def map_layer(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a layer of the region's base map."""
    try:
        folder = region.get_region().folder / "map"
    except NotFound as refused:
        return refusal(refused)
    return _file(request, folder, f"{name}.geojson", cache=_ASK_AGAIN)


@board.guards
async def feed(request: HttpRequest) -> HttpResponseBase:
    """Follow the log: server-sent events from a position on (`Last-Event-ID`, else `after`)."""
    said = request.headers.get("Last-Event-ID") or request.GET.get("after") or ""
    if said and not said.isdecimal():
        what, do = "A position is a whole number.", "Take it from the board."
        return refusal(BadInput(code="bad_position", what=what, do=do, where="after"))
    messages = get_broadcaster().follow(int(said) if said else None, request.GET.get("epoch", ""))
    response = StreamingHttpResponse(_while_allowed(request, messages), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # A proxy in front must not hold it back.
    return response


async def _while_allowed(request: HttpRequest, messages: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    """Yield a feed's messages as long as whoever asked may hear them.

    Looked at anew when anything about accounts has changed, before the next message, and once a minute besides.
    """
    seen, looked = sessions.changes(), monotonic()
    async with aclosing(messages):
        async for data in messages:
            if seen != sessions.changes() or monotonic() - looked > _LOOK_AGAIN_S:
                seen, looked = sessions.changes(), monotonic()
                refused = await sync_to_async(sessions.look_again)(request, board)
                if refused is not None:
                    yield message("closed", {"code": refused.code, "what": refused.what, "do": refused.do})
                    return
            again = shown(request, None)
            if again is not None and not reads.is_known(again):  # A quarter of an hour is over: it is a read anew.
                await sync_to_async(_note)(again)
            yield data


def _note(reading: reads.Reading) -> None:
    try:
        reads.record_read(reading)
    finally:
        connection.close()  # Nobody holds a connection while waiting.


def _file(request: HttpRequest, folder: Path, name: str, *, cache: str) -> HttpResponseBase:
    """Send a file with its ETag, compressed where that helps and is understood."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise Http404
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    seen = path.stat()
    plain, packed, tag = _read(path, seen.st_mtime_ns, seen.st_size)
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    elif packed and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed, content_type=kind, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(plain, content_type=kind)
    for header, value in (("ETag", tag), ("Cache-Control", cache), ("Vary", "Accept-Encoding")):
        response.headers[header] = value
    return response


@lru_cache(maxsize=64)
def _read(path: Path, _changed_ns: int, _size: int) -> tuple[bytes, bytes, str]:
    """Return a file, the same compressed (empty where that does not help), and its tag."""
    plain = path.read_bytes()
    packed = gzip.compress(plain, 6, mtime=0) if path.suffix in _TEXT else b""
    return plain, packed, f'W/"{hashlib.sha256(plain).hexdigest()[:24]}"'
