"""Accounts and their grants as the log tells them, and what signing in needs besides: passwords, links, wrong tries."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from goldenhour.log.live.projections import unlogged


class Account(models.Model):
    """An account, for ever: a name is never given to anybody else."""

    account = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=80)  # Whose administrators look after it.
    person = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True)
    signed_in_at = models.DateTimeField(null=True)  # The latest time.

    def __str__(self) -> str:
        """Return its name."""
        return self.account


class AccountGrant(models.Model):
    """A role that an account has in an agency."""

    account = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=80)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "role", "agency"], name="access_a_grant_once")]

    def __str__(self) -> str:
        """Return who has what where."""
        return f"{self.account}: {self.role} in {self.agency}"


@unlogged
class Login(AbstractBaseUser):
    """What signing in needs of an account: the hash of its password. Django's user."""

    username = models.CharField(max_length=40, unique=True)  # The account's name.
    is_active = models.BooleanField(default=True)
    ended = models.IntegerField(default=0)  # One more ends every session of before.

    USERNAME_FIELD = "username"
    objects = BaseUserManager()

    def get_session_auth_hash(self) -> str:
        """Return what a session must agree with to be this account's: another password, or one more end, ends it."""
        return salted_hmac("goldenhour.session", f"{self.password}\0{self.ended}", algorithm="sha256").hexdigest()

    def __str__(self) -> str:
        """Return the account's name."""
        return self.username


@unlogged
class PasswordLink(models.Model):
    """A link that sets a password once; only its digest is kept."""

    account = models.CharField(primary_key=True, max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        """Return whose it is."""
        return self.account


@unlogged
class FailedTry(models.Model):
    """A wrong name, password or code. The name is kept as a keyed digest: it may be a password."""

    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["digest", "address", "at"], name="access_tries_of_name"),
            models.Index(fields=["address", "at"], name="access_tries_of_address"),
        ]

    def __str__(self) -> str:
        """Return when it was."""
        return f"{self.at:%H:%M:%S}"
