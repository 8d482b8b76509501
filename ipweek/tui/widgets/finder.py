"""People found at the check-in, some of them ticked to be marked together."""

from collections.abc import Collection, Sequence
from uuid import UUID

from ipweek.domain.registrations import Registered
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.tui.screens.registration_rows import ENTERPRISE, NAME, PHONE, STATUS, status_cell
from ipweek.tui.widgets.rows import Cell, Column, Rows

_ROOMY = 100  # cells, with which the category has room too


class Finder(Rows[Registered]):
    """Rows with a tick; the cursor's row counts where nothing is ticked."""

    def __init__(self) -> None:
        self.ticked: tuple[Registered, ...] = ()
        self._inside: Collection[UUID] = ()
        self._all_columns = (
            Column[Registered](" ", self._tick),
            NAME,
            ENTERPRISE,
            Column[Registered](N_("Title"), lambda row: row.title or ("–", "dim")),
            PHONE,
            Column[Registered](STATUS.title, self._status),
            Column[Registered](N_("Category"), lambda row: words.category(row.category)),
        )
        super().__init__(self._all_columns)
        self.can_focus = False

    def _tick(self, row: Registered) -> str:
        return "●" if self._is_ticked(row) else "○"

    def _status(self, row: Registered) -> Cell:
        """Being inside at this door comes before what is known at the event."""
        return (_("inside"), "good") if row.id in self._inside else status_cell(row)

    def _is_ticked(self, row: Registered) -> bool:
        return any(row.id == ticked.id for ticked in self.ticked)

    def found(
        self, rows: Sequence[Registered], inside: Collection[UUID] = (), *, of_one_enterprise: bool = False
    ) -> None:
        """Show these, the cursor on the first, and below them those who were ticked among others."""
        self._inside = inside
        columns = self._all_columns if self.width >= _ROOMY else self._all_columns[:-1]
        self.columns = tuple(each for each in columns if each is not ENTERPRISE or not of_one_enterprise)
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
        """Whom to mark."""
        return self.ticked or ((self.chosen,) if self.chosen is not None else ())
