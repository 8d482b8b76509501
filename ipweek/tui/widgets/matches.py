"""People who match what was typed, and under them the offer to add somebody new."""

from collections.abc import Sequence

from ipweek.domain.registrations import Registered
from ipweek.i18n import _
from ipweek.tui.widgets.lines import Span
from ipweek.tui.widgets.rows import Rows
from ipweek.tui.widgets.text import fit


class NewPerson:
    """What the last line is about."""


NEW_PERSON = NewPerson()


class Matches(Rows[Registered]):
    """Rows with one line more while the whole list is here."""

    adding: str | None = None

    @property
    def count(self) -> int:
        """The rows and the offer."""
        return len(self.rows) + (self.adding is not None)

    def target(self, index: int) -> object:
        """A registration, or NEW_PERSON."""
        return self.rows[index] if index < len(self.rows) else NEW_PERSON

    def spans(self, index: int) -> Sequence[Span]:
        """A row's cells, or the offer."""
        if index < len(self.rows):
            return super().spans(index)
        name = self.adding or ""
        offer = _('+ add "{name}" as a new person').format(name=name) if name else _("+ add a new person")
        return [(fit(offer, max(self.width - 2, 1)), "accent")]
