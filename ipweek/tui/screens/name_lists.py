"""The list of names and the table cards of an event: into which file, then written by rank."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ipweek.i18n import _
from ipweek.jobs.name_lists import PaperRun
from ipweek.tui.screens.into_files import file_for

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen


async def write_list(screen: "BaseScreen", event: str) -> None:
    """The names by rank."""
    question = _("The list of names by rank: into which PDF?")
    await _write(screen, question, f"names-{event}.pdf", event, screen.services.name_list_jobs.pdf)


async def write_table_cards(screen: "BaseScreen", event: str) -> None:
    """The cards to stand on the tables."""
    question = _("Table cards, a folded A4 sheet each, by rank: into which PDF?")
    await _write(
        screen, question, f"table-cards-{event}.pdf", event, screen.services.name_list_jobs.table_cards
    )


async def _write(
    screen: "BaseScreen", question: str, name: str, event: str, job: Callable[[str, Path], PaperRun]
) -> None:
    """Ask for the file; one that is there is replaced only when asked to."""
    path = await file_for(screen, question, name)
    if path is None:
        return
    with screen.telling():
        run = await screen.bridge.call(job, event, path)
        told = _("{people} people on {pages} pages: {path}")
        told = told.format(people=run.people, pages=run.pages, path=run.path.absolute())
        if run.missing:
            lacking = _("No font has these characters, which are drawn as boxes: {missing}")
            told = f"{told}. {lacking.format(missing=' '.join(run.missing))}"
        screen.desk.tell(told, "warn" if run.missing else "good")
