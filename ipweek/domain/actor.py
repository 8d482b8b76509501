"""Who acts, at which desk, in which run of the program."""

from dataclasses import dataclass, field
from uuid import UUID

from ipweek.domain.ids import new_id


@dataclass(frozen=True, slots=True)
class Actor:
    """An operator at a desk; `run` names one run of the program, whose scans and audit entries are numbered.

    `pin` is what the operator shows himself by, where one is asked for.
    """

    operator: str
    desk: str
    run: UUID = field(default_factory=new_id)
    pin: str | None = field(default=None, repr=False, compare=False)
