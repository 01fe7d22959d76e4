"""How a refusal becomes an HTTP answer: {code, what, do}, written for the person, never a traceback."""

import logging
import traceback

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from goldenhour.errors import BadInput, NotAllowed, NotFound, NotSignedIn, Refused

log = logging.getLogger("goldenhour.site")

_STATUS: tuple[tuple[type[Refused], int], ...] = (
    (NotSignedIn, 401),
    (NotFound, 404),
    (NotAllowed, 403),
    (BadInput, 422),
    (Refused, 409),
)


def refusal(refused: Refused) -> JsonResponse:
    """Return the HTTP answer of a refusal."""
    status = next(code for kind, code in _STATUS if isinstance(refused, kind))
    return JsonResponse({"code": refused.code, "what": refused.what, "do": refused.do}, status=status)


def invalid(error: ValidationError) -> JsonResponse:
    """Say which fields are wrong. The values themselves are left out: one could be somebody's address."""
    said = "; ".join(f"{'.'.join(map(str, one['loc'][2:] or one['loc'][1:]))}: {one['msg']}" for one in error.errors)
    return refusal(
        BadInput(code="bad_input", what=f"The request cannot be read: {said}.", do="Correct it and send again.")
    )


def fault(request: HttpRequest, error: Exception) -> JsonResponse:
    """Own up to a fault of the program. The log gets where it happened, never what the request held."""
    match = request.resolver_match
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s in %s %s\n%s", type(error).__name__, request.method, match.route if match else "?", where)
    what = "Something in goldenhour failed, and nothing was recorded."
    return JsonResponse(
        {"code": "fault", "what": what, "do": "Try again; if it stays, see the server's log."}, status=500
    )


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's handler404.
    """Answer an address that there is not: in words, to programs as every other refusal."""
    refused = NotFound(code="no_address", what="There is no such address.", do="Go back to the start page.")
    if request.path.startswith("/api/"):
        return refusal(refused)
    return HttpResponse(f"{refused.what} {refused.do}", status=404, content_type="text/plain")


def away(_request: HttpRequest, error: Exception) -> JsonResponse:
    """Say that the database went away. What was asked may have been recorded or not: sent again, it counts once."""
    log.error("The database does not answer: %s", type(error).__name__)
    what = "The database does not answer just now; whether this was recorded is not known."
    return JsonResponse(
        {"code": "database_away", "what": what, "do": "Send it again in a few seconds: the same press counts once."},
        status=503,
    )


def install(api: NinjaAPI) -> None:
    """Answer refusals, wrong input and faults in words on every endpoint of the API."""
    api.exception_handler(Refused)(lambda _request, error: refusal(error))
    api.exception_handler(ValidationError)(lambda _request, error: invalid(error))
    api.exception_handler(HttpError)(
        lambda _request, error: JsonResponse(
            {"code": "bad_request", "what": str(error), "do": "Send a JSON object."}, status=error.status_code
        )
    )
    for gone in (OperationalError, InterfaceError):
        api.exception_handler(gone)(away)
    api.exception_handler(Exception)(fault)
