"""Django's settings: where data is kept, the database, which rooms are live, and secure defaults.

Environment:
    GOLDENHOUR_DATA   folder of the database, the secrets and the signed heads; ./var by default
    DATABASE_URL      postgres://user:password@host:port/name; a SQLite file in the data folder by default
    GOLDENHOUR_REGION folder of the region served; none by default
    GOLDENHOUR_HOSTS  host names that the site answers to, separated by commas; this machine by default
    GOLDENHOUR_CONNECTIONS  how many connections to PostgreSQL are kept and shared, as the web process does; absent,
                      each thread opens one of its own
    GOLDENHOUR_SMTP   mail server for pages: smtp://user:password@host:port (STARTTLS; smtps:// for TLS from the start,
                      smtp+plain:// for neither); no e-mail is sent without it
    GOLDENHOUR_MAIL_FROM  the sender of its e-mail, and whom a push service may write to
    GOLDENHOUR_URL    where people open this goldenhour, for the words of a page
    GOLDENHOUR_PAGING_HOSTS  hosts, separated by commas, that may be sent to although they are private or without TLS
    GOLDENHOUR_PROXIES  addresses, separated by commas, of proxies whose word is taken about who asks, and how
    GOLDENHOUR_HSTS_DAYS  for how long browsers are told to open this host over TLS only; absent, they are told nothing
    GOLDENHOUR_DEMO   set where this is a demo (see serving): its board is open to its own machine
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from goldenhour.errors import BadInput

HOUSE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("GOLDENHOUR_DATA", "var")).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


def _secret(name: str) -> str:
    """Return the secret kept in the data folder under a name; made at first use, readable by the owner only."""
    file = DATA / name
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(handle, "w") as out:
        made = secrets.token_urlsafe(64)
        out.write(made)
    return made


def _database(url: str) -> dict[str, Any]:
    """Return Django's settings of the database: SQLite in the data folder, or the PostgreSQL of the address."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "goldenhour.sqlite3",
            "OPTIONS": {
                # A write that is answered is on the disk; a deleted key is overwritten there.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON",
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
            },
        }
    parts, kept = urlsplit(url), os.environ.get("GOLDENHOUR_CONNECTIONS", "")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadInput(
            code="bad_database_url",
            what=f"It must begin with postgres://, and begins with {parts.scheme}://.",
            do="Write postgres://user:password@host:port/name, or leave it out for SQLite.",
            where="DATABASE_URL",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "options": "-c lock_timeout=20s",
            **dict(parse_qsl(parts.query)),
            **({"pool": {"min_size": 2, "max_size": int(kept), "timeout": 20}} if kept else {}),
        },
    }


def _mail(url: str) -> dict[str, Any]:
    """Return Django's settings of the mail server of an address; no host for none."""
    if not url:
        return {"HOST": ""}
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port = "", "", None
    usual = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    if scheme not in usual or not host:
        raise BadInput(
            code="bad_mail_server",
            what="It is no address of a mail server.",
            do="Write smtp://user:password@host:port, or leave it out: then no e-mail is sent.",
            where="GOLDENHOUR_SMTP",
        )
    return {
        "HOST": host,
        "PORT": port or usual[scheme],
        "HOST_USER": unquote(parts.username or ""),
        "HOST_PASSWORD": unquote(parts.password or ""),
        "USE_TLS": scheme == "smtp",
        "USE_SSL": scheme == "smtps",
    }


SECRET_KEY = _secret("secret_key")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("GOLDENHOUR_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

GOLDENHOUR_PROXIES = frozenset(
    one.strip() for one in os.environ.get("GOLDENHOUR_PROXIES", "").split(",") if one.strip()
)
GOLDENHOUR_HSTS_S = int(os.environ.get("GOLDENHOUR_HSTS_DAYS") or 0) * 24 * 3600
if GOLDENHOUR_PROXIES:  # The Guard lets nobody but them say so.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"

# In the order of the arrow of imports: a lower room shows an event before a higher one does.
ROOMS = ("log", "access", "roads", "workforce", "fleet", "calls", "dispatch", "hospitals", "paging", "measure")
INSTALLED_APPS = [f"goldenhour.{room}.live" for room in ROOMS if (HOUSE / room / "live" / "apps.py").exists()]
# Signing in: Django's sessions, and django-allauth's second steps. Only the views that site/accounts/doors.py names are
# reachable; none of its pages, mails or sign-ups is.
INSTALLED_APPS += [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
]

ROOT_URLCONF = "goldenhour.site.urls"
ASGI_APPLICATION = "goldenhour.site.asgi.application"
MIDDLEWARE = [
    "goldenhour.site.middleware.Guard",  # Hosts, origin, access rules, security headers: all in one place.
    "goldenhour.site.accounts.sessions.Sessions",
    "allauth.account.middleware.AccountMiddleware",
]
APPEND_SLASH = False

# The cookie lives as long as a desk's session may; shorter ends are site/accounts/sessions.py's. Over TLS it is Secure.
SESSION_COOKIE_NAME = "goldenhour_session"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"

AUTH_USER_MODEL = "access.Login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["username"]}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
ACCOUNT_ADAPTER = "goldenhour.site.accounts.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # goldenhour.access.live.tries counts.
ACCOUNT_SESSION_REMEMBER = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # Only paging sends, and it names the real one.
MFA_ADAPTER = "goldenhour.site.accounts.adapter.SecondSteps"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "goldenhour"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # Browsers give keys to https and to localhost only; the latter has no TLS.
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Paging. EMAIL_HOST and its kin are Django's own names.
globals().update({f"EMAIL_{name}": value for name, value in _mail(os.environ.get("GOLDENHOUR_SMTP", "")).items()})
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = GOLDENHOUR_CONTACT = os.environ.get("GOLDENHOUR_MAIL_FROM", "goldenhour@localhost.localdomain")
GOLDENHOUR_URL = os.environ.get("GOLDENHOUR_URL", "").rstrip("/")
GOLDENHOUR_PAGING_HOSTS = tuple(
    one.strip() for one in os.environ.get("GOLDENHOUR_PAGING_HOSTS", "").split(",") if one.strip()
)

# The region served: a folder made by `goldenhour region build`. "" serves none.
GOLDENHOUR_REGION = os.environ.get("GOLDENHOUR_REGION", "")

# A demo leaves its board open to whoever sits at its machine.
GOLDENHOUR_DEMO = bool(os.environ.get("GOLDENHOUR_DEMO", ""))
