"""Signing on through an agency's own directory: OpenID Connect, the code flow with PKCE, for invited accounts.

DATA/oidc.yaml says with whom (see docs/how-to/sign-on.md). Nobody gets an account by it: a subject that an account is
tied to signs in with that account, or the first time the verified e-mail address of exactly one account that is tied to
none. What the directory says is believed only with its signature, for this client, this sign-on and now.
"""

import base64
import hashlib
import hmac
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings
from django.http import HttpRequest

from goldenhour.access.live import sign_on
from goldenhour.access.rules import AT
from goldenhour.dated import read_yaml
from goldenhour.errors import BadInput, NotAllowed, NotFound, Refused

FILE = "oidc.yaml"
RETURN = "/signin/sign-on"  # Where the directory sends people back to.

_notes = logging.getLogger("goldenhour.site")
_SIGNATURES = ("RS256", "PS256", "ES256", "EdDSA")  # Never one of a shared secret, never none.
_LASTS = timedelta(minutes=10)
_SKEW_S = 30
_PATIENCE_S = 5.0
_FRESH_S = 3600
_BEGUN = "goldenhour.sign_on"
_FIELDS = {"name", "issuer", "client_id", "client_secret", "acr"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """With whom people sign on."""

    name: str  # For the button.
    issuer: str
    client_id: str
    client_secret: str = ""
    acr: frozenset[str] = frozenset()  # Which of its classes of proof are two steps.


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """Who somebody is, as the directory proved it."""

    subject: str
    email: str  # "" unless the directory has verified it.
    twice: bool  # Whether it asked for a second step.


def directory() -> Directory | None:
    """Return with whom people sign on here; None where a house has no such.

    Raises:
        BadInput: the file is wrong.
    """
    file = Path(settings.DATA) / FILE
    return _read(file, file.stat().st_mtime_ns) if file.exists() else None


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> Directory:
    said = read_yaml(file)
    wrong = not isinstance(said, Mapping) or set(said) - _FIELDS or not {"name", "issuer", "client_id"} <= set(said)
    if wrong or not all(isinstance(said[one], str) for one in set(said) - {"acr"}):
        raise BadInput(
            code="bad_oidc",
            what=f"needs name, issuer and client_id, and may have {', '.join(sorted(_FIELDS - set(said)))}.",
            do="See docs/how-to/sign-on.md.",
            where=FILE,
        )
    issuer = urlsplit(said["issuer"])
    if issuer.scheme != "https" and issuer.hostname not in {"localhost", "127.0.0.1"}:
        raise BadInput(code="bad_oidc", what="its issuer is not https.", do="Use its https address.", where=FILE)
    return Directory(**{**said, "acr": frozenset(said.get("acr", ()))})


def called() -> str:
    """Return what the directory is called, for the sign-in page; "" where there is none, or its file is wrong."""
    try:
        known = directory()
    except BadInput:
        _notes.exception("Nobody can sign on through the directory.")
        return ""
    return known.name if known else ""


def begin(request: HttpRequest) -> str:
    """Return where the browser is to go, and remember what must come back.

    Raises:
        NotFound: this house has no directory.
        Refused: it does not answer.
    """
    known = _known()
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    request.session[_BEGUN] = {"state": state, "nonce": nonce, "verifier": verifier, "at": request.META[AT].isoformat()}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": known.client_id,
        "redirect_uri": request.build_absolute_uri(RETURN),
        "scope": "openid email",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if known.acr:
        asked["acr_values"] = " ".join(sorted(known.acr))
    return f"{_about(known)['authorization_endpoint']}?{urlencode(asked)}"


def finish(request: HttpRequest, code: str, state: str) -> tuple[str, bool]:
    """Return the account of whoever came back, and whether the directory asked for a second step.

    Raises:
        NotAllowed: nobody began it here, the directory proves nothing, or no account was invited.
        Refused: the directory does not answer.
    """
    known = _known()
    begun = request.session.pop(_BEGUN, None)
    at: datetime = request.META[AT]
    if begun is None or not hmac.compare_digest(begun["state"], state):
        raise _not_begun()
    if at - datetime.fromisoformat(begun["at"]) > _LASTS:
        raise _not_begun()
    proved = _proved(known, _id_token(request, known, code, begun["verifier"]), begun["nonce"])
    where = str(request.META.get("REMOTE_ADDR", ""))
    account = sign_on.account_of(issuer=known.issuer, subject=proved.subject, email=proved.email, at=at, device=where)
    return account, proved.twice


def _known() -> Directory:
    known = directory()
    if known is None:
        raise NotFound(code="no_directory", what="Nobody signs on through a directory here.", do="Use your password.")
    return known


def _not_begun() -> NotAllowed:
    return NotAllowed(
        code="sign_on_lost",
        what="This sign-on was not begun in this browser, or took too long.",
        do="Begin once more at the sign-in page.",
    )


def _not_proved() -> NotAllowed:
    return NotAllowed(
        code="sign_on_unproved",
        what="What the directory says about you cannot be believed.",
        do="Begin once more; if it stays, your administrator looks at the directory's keys and client.",
    )


def _ask(method: str, url: str, **more: Any) -> dict[str, Any]:
    try:
        answer = requests.request(method, url, timeout=_PATIENCE_S, allow_redirects=False, **more)
        said = answer.json() if answer.ok else None
    except (requests.RequestException, ValueError) as error:
        raise _silent() from error
    if not isinstance(said, dict):
        raise _not_proved() if method == "POST" else _silent()
    return said


def _silent() -> Refused:
    return Refused(
        code="directory_silent",
        what="The directory does not answer as it should.",
        do="Try again in a minute, or sign in with your password.",
    )


def _about(known: Directory) -> dict[str, Any]:
    said = _kept(f"{known.issuer.rstrip('/')}/.well-known/openid-configuration", int(monotonic() / _FRESH_S))
    if said.get("issuer") != known.issuer:
        raise _not_proved()
    return said


@lru_cache(maxsize=8)
def _kept(url: str, _hour: int) -> dict[str, Any]:
    return _ask("GET", url)


def _id_token(request: HttpRequest, known: Directory, code: str, verifier: str) -> str:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": request.build_absolute_uri(RETURN),
        "client_id": known.client_id,
        "code_verifier": verifier,
    }
    if known.client_secret:
        form["client_secret"] = known.client_secret
    said = _ask("POST", str(_about(known)["token_endpoint"]), data=form)
    token = said.get("id_token")
    if not isinstance(token, str):
        raise _not_proved()
    return token


def _proved(known: Directory, token: str, nonce: str) -> Proved:
    """Return who a token is about, once its signature, issuer, audience, times and nonce are right."""
    keys_at = str(_about(known)["jwks_uri"])
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in _SIGNATURES:
            raise _not_proved()
        said = jwt.decode(
            token,
            key=_key(keys_at, header.get("kid")),
            algorithms=[header["alg"]],
            issuer=known.issuer,
            audience=known.client_id,
            leeway=_SKEW_S,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise _not_proved() from error
    meant = said.get("azp", known.client_id) == known.client_id
    if not meant or not hmac.compare_digest(str(said.get("nonce", "")), nonce) or not said["sub"]:
        raise _not_proved()
    email = said.get("email") if said.get("email_verified") is True else ""
    twice = "mfa" in (said.get("amr") or ()) or said.get("acr") in known.acr
    return Proved(subject=str(said["sub"]), email=str(email or ""), twice=bool(twice))


def _key(url: str, kid: str | None) -> Any:
    """Return the directory's key of that id; looked up anew where it is not among those known."""
    for keys in (_kept(url, int(monotonic() / _FRESH_S)), None):
        found = jwt.PyJWKSet.from_dict(keys if keys is not None else _ask("GET", url))
        for one in found.keys:
            if kid is None or one.key_id == kid:
                return one.key
    raise _not_proved()
