"""What every service has: transactions and a clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ipweek.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from ipweek.services.rights import Rights

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


class Service:
    """A capability's use cases over one database."""

    def __init__(self, uow: UnitOfWork, clock: Clock = utc_now) -> None:
        self.uow = uow
        self.clock = clock

    @cached_property
    def rights(self) -> "Rights":
        """Who may decide what."""
        from ipweek.services.rights import Rights  # noqa: PLC0415 - it is asked for seldom, and audits as a service

        return Rights(self.uow, self.clock)
