"""Who acts, at which desk, in which run of the program."""

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

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

    def at(self, copy: UUID | None) -> "Actor":
        """The same actor in a desk's copy: a run of its own, for two databases that number one run number it twice."""
        return self if copy is None else replace(self, run=uuid5(copy, self.run.hex))
