"""Carrying one message outside: a signed POST, an e-mail, a push. No redirects, no proxies, every wait has an end.

A carrier knows nothing of the database: all it needs is in the parcel, so that it may run in a thread of its own.
"""

import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple

from django.core.mail import EmailMessage, get_connection

from goldenhour.paging.targets import Target, why_not

CONNECT_S, ANSWER_S = 4.0, 6.0  # For a connection; for each piece of an answer.
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_GONE = {404, 410}  # Of a push subscription: that browser is not there any more.
_LATER = {408, 425, 429}
_REFUSED = range(400, 500)
_TAKEN = range(200, 300)


@dataclass(slots=True)
class Outcome:
    """How an attempt ended."""

    taken: bool
    said: str  # In words; never an address or a secret.
    permanent: bool = False  # The other side will never take this message.
    gone: bool = False  # There is nobody there any more.


class Of(NamedTuple):
    """Which message goes where, and for which time."""

    message: str
    destination: str
    attempt: int


@dataclass(slots=True, kw_only=True)
class Parcel:
    """A message ready to go."""

    of: Of

    def carry(self) -> Outcome:
        """Bring it there."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Break an attempt off that takes too long. From another thread."""


@dataclass(slots=True, kw_only=True)
class Unsendable(Parcel):
    """A message that cannot go anywhere."""

    why: str
    permanent: bool = True

    def carry(self) -> Outcome:
        """Say why."""
        return Outcome(taken=False, said=self.why, permanent=self.permanent)


@dataclass(slots=True, kw_only=True)
class Post(Parcel):
    """A body for a web address."""

    target: Target
    body: bytes
    headers: Mapping[str, str]
    may_be_gone: bool = False
    _connection: HTTPConnection | None = field(default=None, repr=False)

    def carry(self) -> Outcome:
        """Look the host up, refuse a private address, and post to the very address that was looked at."""
        try:
            return self._post()
        except TimeoutError:
            return Outcome(taken=False, said="It did not answer in time.")
        except ssl.SSLError as fault:
            return Outcome(taken=False, said=f"No secure connection ({fault.reason or 'TLS'}).")
        except OSError as fault:
            return Outcome(taken=False, said=f"It cannot be reached ({fault.strerror or type(fault).__name__}).")
        except HTTPException as fault:
            return Outcome(taken=False, said=f"It did not speak HTTP ({type(fault).__name__}).")
        finally:
            if self._connection is not None:
                self._connection.close()

    def _post(self) -> Outcome:
        address, why = self._looked_up()
        if why:
            return Outcome(taken=False, said=why)
        self._connection = connection = _Pinned(self.target, address)
        connection.connect()
        connection.request("POST", self.target.path, self.body, {**self.headers, "Host": self.target.name})
        status = connection.getresponse().status  # What else it says does not matter, and may be without end.
        if status in _TAKEN:
            return Outcome(taken=True, said=f"HTTP {status}")
        gone = self.may_be_gone and status in _GONE
        refused = status in _REFUSED and status not in _LATER
        return Outcome(taken=False, said=f"HTTP {status}", permanent=refused, gone=gone)

    def _looked_up(self) -> tuple[str, str]:
        found = socket.getaddrinfo(self.target.host, self.target.port, type=socket.SOCK_STREAM)
        addresses = [str(one[4][0]).partition("%")[0] for one in found]
        private = (
            ""
            if self.target.allowed
            else next((why for one in addresses if (why := why_not(one, host=self.target.host))), "")
        )
        return addresses[0], private

    def give_up(self) -> None:
        """Close what is open: the carrier's thread wakes with a fault."""
        held = self._connection.sock if self._connection is not None else None
        if held is not None:
            try:
                held.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


class _Pinned(HTTPConnection):
    """A connection to one address that was looked at before, under the name it was looked up by."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=ANSWER_S)
        self._target, self._address = target, address

    def connect(self) -> None:
        """Connect; over TLS where the web address says so."""
        self.sock = socket.create_connection((self._address, self._target.port), CONNECT_S)
        self.sock.settimeout(ANSWER_S)
        if self._target.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._target.host)


@dataclass(slots=True, kw_only=True)
class Mail(Parcel):
    """An e-mail, over the mail server that the operator named."""

    address: str
    title: str
    text: str

    def carry(self) -> Outcome:
        """Hand it to the mail server."""
        mail = EmailMessage(
            subject=self.title,
            body=self.text,
            to=[self.address],
            headers={"Message-ID": f"<{self.of.message}@goldenhour>", "Auto-Submitted": "auto-generated"},
            connection=get_connection(_SMTP),
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as fault:
            codes = [code for code, _ in fault.recipients.values()]
            return Outcome(
                taken=False,
                said=f"SMTP {codes[0]}: no such mailbox, or it is full.",
                permanent=min(codes) >= 500,  # noqa: PLR2004
            )
        except smtplib.SMTPResponseException as fault:
            return Outcome(taken=False, said=f"SMTP {fault.smtp_code}.")
        except TimeoutError:
            return Outcome(taken=False, said="The mail server did not answer in time.")
        except (OSError, smtplib.SMTPException) as fault:
            return Outcome(taken=False, said=f"The mail server cannot be used ({type(fault).__name__}).")
        return Outcome(taken=True, said="The mail server took it.")
