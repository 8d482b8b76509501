"""People found at the check-in, some of them ticked to be marked present together."""

from collections.abc import Sequence

from ipweek.domain.registrations import Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import N_
from ipweek.render import words
from ipweek.tui.screens.registration_rows import ENTERPRISE, NAME, PHONE, STATUS
from ipweek.tui.widgets.rows import Column, Rows


class Finder(Rows[Registered]):
    """Rows with a tick; the cursor's row counts where nothing is ticked."""

    def __init__(self) -> None:
        self.ticked: tuple[Registered, ...] = ()
        category = Column[Registered](N_("Category"), lambda row: words.category(row.category))
        super().__init__((Column(" ", self._tick), NAME, ENTERPRISE, category, PHONE, STATUS))
        self.can_focus = False

    def _tick(self, row: Registered) -> str:
        return "●" if self._is_ticked(row) else "○"

    def _is_ticked(self, row: Registered) -> bool:
        return any(row.id == ticked.id for ticked in self.ticked)

    def found(self, rows: Sequence[Registered]) -> None:
        """Show these, the cursor on the first, and below them those who were ticked among others."""
        here = {row.id for row in rows}
        self.show((*rows, *(row for row in self.ticked if row.id not in here)), cursor=0)

    def toggle(self) -> None:
        """Tick the cursor's row, or take its tick away, and go on to the next."""
        row = self.chosen
        if row is not None:
            left = tuple(ticked for ticked in self.ticked if ticked.id != row.id)
            self.ticked = left if self._is_ticked(row) else (*left, row)
            self.action_move(1)
            self.refresh()

    @property
    def meant(self) -> tuple[Registered, ...]:
        """Whom to mark present."""
        return self.ticked or ((self.chosen,) if self.chosen is not None else ())


def may_come(row: Registered) -> bool:
    """Whether somebody of a group is ticked to begin with: has a place, has not come, is not on leave."""
    return row.status is RegistrationStatus.REGISTERED and not row.attended and not row.on_leave
