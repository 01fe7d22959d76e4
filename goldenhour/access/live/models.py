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


@unlogged
class Read(models.Model):
    """A read of patients' data, in a chain of its own: see reads.py."""

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    until = models.DateTimeField()  # The same again by the same session before then is this read.
    recorded_at = models.DateTimeField()
    account = models.CharField(max_length=60)  # Or who else the log would name.
    session = models.CharField(max_length=20)  # Which of the account's sessions; "" for none.
    device = models.CharField(max_length=60)
    address = models.CharField(max_length=120)  # As the table of access has it: which fields it shows.
    named = models.CharField(max_length=120)  # What stands in the address: a call, a unit, a hospital.
    hash = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="access_reads_by_account"),
            models.Index(fields=["until"], name="access_reads_by_until"),
        ]

    def __str__(self) -> str:
        """Return who read what."""
        return f"{self.account}: {self.address}"


@unlogged
class ReadCall(models.Model):
    """A call that a read showed. A read of the board shows all that stood on it between its two times."""

    read = models.BigIntegerField()
    call_id = models.CharField(max_length=40)

    class Meta:
        indexes = [
            models.Index(fields=["call_id"], name="access_reads_of_call"),
            models.Index(fields=["read"], name="access_calls_of_read"),
        ]

    def __str__(self) -> str:
        """Return the call."""
        return self.call_id


@unlogged
class ReadHead(models.Model):
    """Where the chain of reads ends."""

    position = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        """Return the position."""
        return str(self.position)


class Glass(models.Model):
    """The record of a call that somebody opened without a role for it."""

    glass = models.CharField(primary_key=True, max_length=36)
    account = models.CharField(max_length=40)
    call_id = models.CharField(max_length=40)
    why = models.CharField(max_length=20)
    reason = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=60, blank=True)
    right = models.BooleanField(null=True)
    words = models.CharField(max_length=2000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "until"], name="access_glass_of_account"),
            models.Index(fields=["reviewed_at", "at"], name="access_glass_to_review"),
        ]

    def __str__(self) -> str:
        """Return who opened what."""
        return f"{self.account}: {self.call_id}"


class SignOn(models.Model):
    """Which subject of a directory signs in with an account."""

    account = models.CharField(primary_key=True, max_length=40)
    issuer = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        """Return whose it is."""
        return self.account


class ApiToken(models.Model):
    """A token with which a program asks, for ever: a name is never given twice."""

    name = models.CharField(primary_key=True, max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    agency = models.CharField(max_length=80)
    rules = models.CharField(max_length=3000)  # Names, separated by spaces.
    until = models.DateTimeField()
    per_minute = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return its name."""
        return self.name
