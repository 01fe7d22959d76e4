"""What goldenhour says no with.

Refused            the request cannot be carried out; nothing was changed          HTTP 409, exit 1
|-- NotFound       there is no such call, unit, region, ...                        HTTP 404, exit 1
|-- NotAllowed     this person or machine may not do or see that                   HTTP 403, exit 1
|   `-- NotSignedIn    nobody is signed in                                         HTTP 401, exit 1
`-- BadInput       a value, file or line is wrong; `where` says which              HTTP 422, exit 2

`Refused` and its children are written for the person who reads them: what is wrong, and what to do. A `ValueError` is
a programmer's mistake and never reaches a person. Never put a patient's name in a message.
"""


class Refused(Exception):  # noqa: N818 -- It is an answer in the domain's words, not a failure of the program.
    """The request cannot be carried out. Nothing was changed."""

    def __init__(self, *, code: str, what: str, do: str) -> None:
        """Say no: `code` for programs, `what` is wrong and what to `do` for people."""
        super().__init__(f"{what} {do}")
        self.code = code
        self.what = what
        self.do = do


class NotFound(Refused):
    """There is no such thing."""


class NotAllowed(Refused):
    """This person or machine may not do or see that."""


class NotSignedIn(NotAllowed):
    """Nobody is signed in."""


class BadInput(Refused):
    """A value, file or line is wrong."""

    def __init__(self, *, code: str, what: str, do: str, where: str = "") -> None:
        """Say what is wrong and `where`: a file and line, or a field."""
        super().__init__(code=code, what=f"{where}: {what}" if where else what, do=do)
        self.where = where
