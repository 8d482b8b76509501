"""What can go wrong, as codes and parameters; the front ends turn them into sentences."""

from typing import ClassVar


class IpweekError(Exception):
    """A refusal with a code and parameters, never prose. `exit_status` is what the command line returns."""

    exit_status: ClassVar[int] = 1

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        shown = " ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} {shown}".rstrip()


class InvalidError(IpweekError):
    """A value that a field, a rule or a file format does not allow."""


class CancelledError(IpweekError):
    """Somebody stopped what was going on; nothing of it stays."""


class UsageError(IpweekError):
    """A command or option that does not fit together."""

    exit_status = 2


class DeniedError(IpweekError):
    """Somebody may not decide this, or has not shown who he is."""


class NotFoundError(IpweekError):
    """Nothing answers to this name."""

    exit_status = 4


class AlreadyThereError(IpweekError):
    """The name or the record exists already."""

    exit_status = 4


class DatabaseError(IpweekError):
    """The database is busy, read-only, full, broken or out of reach."""

    exit_status = 5
