"""Taking an import back: what that would do is shown first, and what stands in its way is listed."""

from typing import TYPE_CHECKING
from uuid import UUID

from ipweek.domain.import_report import Dependant, UndoReport
from ipweek.i18n import N_, _
from ipweek.render.import_lines import dependant_why
from ipweek.tui.screens.dialogs import Ask, Listed
from ipweek.tui.widgets.rows import Column

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen

_COLUMNS = (
    Column[Dependant](N_("Row"), lambda one: str(one.row) if one.row else "–", right=True),
    Column[Dependant](N_("Record"), lambda one: one.name),
    Column[Dependant](N_("What came after"), lambda one: (dependant_why(one), "warn")),
)


async def undone(screen: "BaseScreen", batch: UUID, name: str) -> bool:
    """Ask, and take an import back; where later work depends on it, list that and leave everything as it is."""
    services = screen.services
    with screen.telling():
        would = await screen.bridge.call(services.imports.undo, services.actor, batch, dry_run=True)
        if would.dependants:
            await screen.app.push_screen_wait(Listed(_refusal(name, would), would.dependants, _COLUMNS))
            return False
        question = _told(name, would)
        if not await screen.app.push_screen_wait(Ask(question, yes=_("Undo"), no=_("Keep"))):
            return False
        await screen.bridge.write(services.imports.undo, services.actor, batch)
        screen.desk.tell(_("The import of {file} is undone").format(file=name), "good")
        return True
    return False


def _told(name: str, would: UndoReport) -> str:
    told = _(
        "Undo the import of {file}? Records that it added and that go: {removed}. "
        "Records that get their former values back: {restored}."
    )
    return told.format(file=name, removed=f"{would.removed:,}", restored=f"{would.restored:,}")


def _refusal(name: str, would: UndoReport) -> str:
    told = _(
        "{file} cannot be undone: {n} of its records have been used or changed since. Nothing was changed."
    )
    return told.format(file=name, n=len({(one.row, one.name) for one in would.dependants}))
