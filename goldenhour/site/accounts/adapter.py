"""What django-allauth asks of this house: no sign-up, no mail, tries counted in `access`, secrets sealed at rest."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.dispatch import Signal, receiver
from django.http import HttpRequest

from goldenhour.access.live import services, tries
from goldenhour.access.rules import AT
from goldenhour.site.accounts import sessions

PROVED_TWICE = "goldenhour.proved_twice"  # A directory asked for a second step.


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in with a name and a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Let nobody make an account for themselves."""
        return False

    def get_login_stages(self) -> list[str]:
        """Return what signing in goes through besides the proof itself."""
        return ["goldenhour.site.accounts.adapter.SecondStep"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: goldenhour needs no mail."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where a request comes from."""
        return address_of(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return whose name and password these are; a disabled account's are nobody's.

        Raises:
            NotAllowed: locked out.
        """
        name, where, at = str(credentials.get("username", "")), address_of(request), request.META[AT]
        tries.begin(name=name, what=tries.PASSWORD, address=where, at=at)
        user = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()  # A disabled one, whom allauth would go on with.
        if user is None:
            tries.failed(name=name, what=tries.PASSWORD, address=where, device=where, at=at)
        else:
            tries.succeeded(name=name, what=tries.PASSWORD, address=where)
        return user

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in: with a fresh session, and an event."""
        account, where = user.get_username(), address_of(request)
        how = "+".join(_steps(request, user)) or "password"
        services.sign_in(account=account, how=how, address=where, at=request.META[AT], device=where)
        super().login(request, user)
        sessions.begin(request)


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """The second step of signing in, which a directory may have asked for already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not request.META.get(PROVED_TWICE) and super()._should_handle(request)


class SecondSteps(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes and keys besides the password."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it lies in the database."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret."""
        return _box().decrypt(encrypted_text.encode()).decode()


@receiver(signals.authenticator_added)
@receiver(signals.authenticator_reset)
@receiver(signals.authenticator_removed)
def _second_step_changed(signal: Signal, request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Record that what is asked for besides the password has changed."""
    change = _CHANGES[signal]
    who, where = request.user.get_username(), address_of(request)
    kind = str(authenticator.type)
    services.second_step_change(account=who, kind=kind, change=change, at=request.META[AT], device=where)


_CHANGES: dict[Signal, str] = {
    signals.authenticator_added: "added",
    signals.authenticator_reset: "renewed",
    signals.authenticator_removed: "removed",
}


def _box() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"goldenhour second steps").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def _steps(request: HttpRequest, user: AbstractBaseUser) -> list[str]:
    records = get_authentication_records(request, user)
    return list(dict.fromkeys(str(one.get("type") or one["method"]) for one in records))
