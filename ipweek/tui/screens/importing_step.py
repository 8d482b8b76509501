"""What the steps of the import wizard have in common."""

from typing import TYPE_CHECKING

from textual.containers import Vertical

from ipweek.tui.widgets.said import Said

if TYPE_CHECKING:
    from ipweek.tui.screens.importing import ImportScreen


class Step(Vertical):
    """One step: what it shows is drawn anew whenever one arrives at it."""

    @property
    def wizard(self) -> "ImportScreen":
        """The screen around, which knows what was chosen."""
        return self.screen  # type: ignore[return-value]

    def arrive(self) -> None:
        """Show what is known by now, and take the focus."""
        raise NotImplementedError

    def say(self) -> None:
        """Draw the texts anew."""
        for said in self.query(Said):
            said.retranslate()
