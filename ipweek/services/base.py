"""What every service has: transactions and a clock."""

from collections.abc import Callable
from datetime import UTC, datetime

from ipweek.storage.unit_of_work import UnitOfWork

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


class Service:
    """A capability's use cases over one database."""

    def __init__(self, uow: UnitOfWork, clock: Clock = utc_now) -> None:
        self.uow = uow
        self.clock = clock
