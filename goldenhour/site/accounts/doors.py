"""The endpoints of django-allauth that are open here, each behind a rule of access. All others are not reachable.

They are its JSON views (allauth.headless), under addresses of our own. What they refuse is put in our words as well.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

import orjson
from allauth.account import models as account_models
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import get_pending_stage
from allauth.headless.account import views as account
from allauth.headless.base.response import AuthenticationResponse, ConflictResponse
from allauth.headless.base.views import APIView
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path

from goldenhour.access.live import tries
from goldenhour.access.live.queries import get_login
from goldenhour.access.rules import AT, SESSION, Rule, Session, front_door, signed_in, unlocking
from goldenhour.errors import BadInput, Refused
from goldenhour.site.accounts import oidc, sessions
from goldenhour.site.accounts.adapter import PROVED_TWICE, address_of
from goldenhour.site.errors import refusal

View = Callable[..., Any]

_SAID: dict[str, tuple[str, str]] = {
    "username_password_mismatch": (
        "The name or the password is wrong.",
        "Try again. After five wrong tries within 15 minutes no more are looked at for 15 minutes.",
    ),
    "incorrect_code": ("The code is wrong, or was used already.", "Wait for the next one, or use a recovery code."),
    "incorrect_password": ("The password is wrong.", "Try again."),
    "required": ("Something is missing.", "Fill in every field."),
}
_BY_STATUS: dict[int, tuple[str, str, str]] = {
    400: ("bad_input", "The request cannot be read.", "Correct it and send again."),
    401: (
        "not_signed_in",
        "Nobody is signed in here, or the next step of signing in is due.",
        "Sign in, then try again.",
    ),
    403: ("not_allowed", "That is not allowed.", "Ask your administrator."),
    404: ("not_set_up", "There is no such thing yet.", "Set it up first."),
    405: ("bad_method", "This address does not do that.", "See docs/reference/access.md."),
    409: ("conflict", "That does not fit what is so now.", "Open the page again."),
    429: ("too_many", "That was asked too often.", "Wait a minute, then try again."),
}


def _in_words(response: HttpResponseBase) -> HttpResponseBase:
    """Return a refusal of allauth with our code, what and do beside its own words."""
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return response
    code, what, do = _BY_STATUS.get(response.status_code, _BY_STATUS[400])
    body: dict[str, Any] = {}
    if isinstance(response, JsonResponse):
        body = orjson.loads(response.content)
    pending = [one for one in body.get("data", {}).get("flows", ()) if one.get("is_pending")]
    if pending:
        code, what, do = _second_step(pending[0].get("types", ()))
    elif response.status_code == HTTPStatus.UNAUTHORIZED and body.get("meta", {}).get("is_authenticated"):
        code, what, do = "sign_in_again", "This needs your password once more.", "Give it, then try again."
    elif errors := body.get("errors"):
        code = str(errors[0].get("code", code))
        what, do = _SAID.get(code, (str(errors[0].get("message", what)), do))
    return JsonResponse(body | {"code": code, "what": what, "do": do}, status=response.status_code)


def _second_step(kinds: Iterable[str]) -> tuple[str, str, str]:
    what = "The password is right; a second step is due."
    if "webauthn" not in kinds:
        return "second_step", what, "Give a code."
    if not {"totp", "recovery_codes"}.intersection(kinds):
        return "second_step_key", what, "Use your key."
    return "second_step_or_key", what, "Give a code, or use your key."


def _door(rule: Rule, methods: tuple[str, ...], view: Any, *, codes: bool = False, unlocks: bool = False) -> View:
    """Return one of allauth's views behind a rule, for these methods only."""
    inner = view.as_api_view(client=Client.BROWSER)

    def door(request: HttpRequest) -> HttpResponseBase:
        if request.method not in methods:
            return _in_words(JsonResponse({}, status=HTTPStatus.METHOD_NOT_ALLOWED))
        try:
            response = _counted(request, inner) if codes else inner(request)
            if unlocks and request.method == _POST and response.status_code == HTTPStatus.OK:
                sessions.unlock(request)
            return _in_words(response)
        except Refused as refused:
            return refusal(refused)

    door.methods = methods  # type: ignore[attr-defined]
    return rule.guards(door)


def _counted(request: HttpRequest, view: View) -> HttpResponseBase:
    """Answer a request that gives a code, counting wrong ones as wrong passwords are counted."""
    stage = get_pending_stage(request)
    user = stage.login.user if stage else request.user
    name = user.get_username() if user and user.is_authenticated else ""
    where, at = address_of(request), request.META[AT]
    tries.begin(name=name, what=tries.CODE, address=where, at=at)
    response: HttpResponseBase = view(request)
    if response.status_code == HTTPStatus.BAD_REQUEST:
        tries.failed(name=name, what=tries.CODE, address=where, device=where, at=at)
    else:
        tries.succeeded(name=name, what=tries.CODE, address=where)
    return response


class SignOnView(APIView):  # type: ignore[misc]
    """The end of a sign-on through a directory: what it sent back."""

    handle_json_input = False

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """Sign in whoever the directory proved; ask for the second step where it did not."""
        session = request.META.get(SESSION)
        locked = isinstance(session, Session) and session.locked
        if request.user.is_authenticated and not locked:
            taken: HttpResponseBase = ConflictResponse(request)
            return taken
        code, state = _code_and_state(request)
        account_name, twice = oidc.finish(request, code, state)
        if locked:
            return _unlocked(request, account_name)
        user = get_login(account_name)
        request.META[PROVED_TWICE] = twice
        record_authentication(request, user, "directory+mfa" if twice else "directory")
        response = perform_login(request, account_models.Login(user=user))
        answer: HttpResponseBase = AuthenticationResponse.from_response(request, response)
        return answer


def _unlocked(request: HttpRequest, account_name: str) -> HttpResponseBase:
    """Unlock a station for whom it was locked; somebody else signs them out first."""
    answer: HttpResponseBase = ConflictResponse(request)
    if request.user.get_username() == account_name:
        record_authentication(request, get_login(account_name), "directory")
        sessions.unlock(request)
        answer = AuthenticationResponse(request)
    return answer


def _code_and_state(request: HttpRequest) -> tuple[str, str]:
    try:
        said = orjson.loads(request.body)
        code, state = said["code"], said["state"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        code = state = ""
    if not (isinstance(code, str) and isinstance(state, str) and 0 < len(code) <= _MOST and 0 < len(state) <= _MOST):
        raise BadInput(code="bad_input", what="A code and a state are needed.", do="Begin once more.", where="code")
    return code, state


def _begin_sign_on(request: HttpRequest) -> HttpResponseBase:
    if request.method != _POST:
        return _in_words(JsonResponse({}, status=HTTPStatus.METHOD_NOT_ALLOWED))
    try:
        return JsonResponse({"url": oidc.begin(request)})
    except Refused as refused:
        return refusal(refused)


_begin_sign_on.methods = ("POST",)  # type: ignore[attr-defined]

_MOST = 4000
_STEP = "api/account/second-step"
_GET, _POST, _PUT, _DELETE = "GET", "POST", "PUT", "DELETE"

urlpatterns: list[URLPattern] = [
    path("api/signin", _door(front_door, (_POST,), account.LoginView)),
    path("api/signin/code", _door(front_door, (_POST,), mfa.AuthenticateView, codes=True)),
    path("api/signin/key", _door(front_door, (_GET, _POST), mfa.AuthenticateWebAuthnView)),
    path("api/signin/passkey", _door(front_door, (_GET, _POST), mfa.LoginWebAuthnView)),
    path("api/signin/sign-on", front_door.guards(_begin_sign_on)),
    path("api/signin/sign-on/finish", _door(front_door, (_POST,), SignOnView)),
    path("api/account/again", _door(unlocking, (_POST,), account.ReauthenticateView, unlocks=True)),
    path("api/account/again/code", _door(unlocking, (_POST,), mfa.ReauthenticateView, codes=True, unlocks=True)),
    path("api/account/again/key", _door(unlocking, (_GET, _POST), mfa.ReauthenticateWebAuthnView, unlocks=True)),
    path(_STEP, _door(signed_in, (_GET,), mfa.AuthenticatorsView)),
    path(f"{_STEP}/totp", _door(signed_in, (_POST, _DELETE), mfa.ManageTOTPView)),
    path(f"{_STEP}/recovery-codes", _door(signed_in, (_GET, _POST), mfa.ManageRecoveryCodesView)),
    path(f"{_STEP}/keys", _door(signed_in, (_GET, _POST, _PUT, _DELETE), mfa.ManageWebAuthnView)),
]
