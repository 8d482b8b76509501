"""What an organizer has said of an import so far, and how each kind of import is run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipweek.domain.records import Record
from ipweek.domain.words import ImportKind
from ipweek.i18n import N_

if TYPE_CHECKING:
    from ipweek.bootstrap import App as Work
    from ipweek.domain.import_report import ImportReport, Progress
    from ipweek.tui.desk import Desk


@dataclass(slots=True)
class Wish:
    """Everything that is chosen in the wizard; going back changes none of it."""

    kind: ImportKind
    path: Path | None = None
    sheet: str | None = None
    header_row: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    partial: bool = False
    corrected: bool = False

    def over(self, path: Path) -> None:
        """Begin with another file; the kind stays until its headers say otherwise."""
        self.path, self.sheet, self.header_row = path, None, None
        self.columns, self.partial, self.corrected = {}, False, False

    @property
    def reading(self) -> dict[str, Any]:
        """How the file is to be read."""
        return {"sheet": self.sheet, "header_row": self.header_row, "columns": dict(self.columns)}


@dataclass(frozen=True, slots=True)
class Way:
    """How spreadsheets of one kind come in: into what, by which call, and the place that shows them then."""

    into: Callable[["Desk"], Record | None]
    needed: str
    run: Callable[..., "ImportReport"]
    place: str
    opens: str


def _enterprises(work: "Work", wish: Wish, _into: Record | None, **about: Any) -> "ImportReport":
    return work.imports.run(work.actor, wish.kind, _path(wish), **about)


def _into_event(work: "Work", wish: Wish, into: Record | None, **about: Any) -> "ImportReport":
    return work.imports.run(work.actor, wish.kind, _path(wish), into.code if into else None, **about)


def _programme(work: "Work", wish: Wish, into: Record | None, **about: Any) -> "ImportReport":
    return work.imports.programme(work.actor, _path(wish), into.code if into else None, **about)


def _path(wish: Wish) -> Path:
    assert wish.path is not None
    return wish.path


WAYS: Mapping[ImportKind, Way] = {
    ImportKind.REGISTRATIONS: Way(
        lambda desk: desk.event,
        N_("Registrations belong to an event: Ctrl+E chooses one."),
        _into_event,
        "people",
        N_("Open the people of the event"),
    ),
    ImportKind.ENTERPRISES: Way(
        lambda _desk: None, "", _enterprises, "enterprises", N_("Open the enterprises")
    ),
    ImportKind.PROGRAMME: Way(
        lambda desk: desk.week,
        N_("A programme belongs to a week: add one first."),
        _programme,
        "timetable",
        N_("Open the timetable"),
    ),
    ImportKind.FEEDBACK: Way(
        lambda desk: desk.event,
        N_("Opinions belong to an event: Ctrl+E chooses one."),
        _into_event,
        "feedback",
        N_("Open what people said"),
    ),
}
"""Patents have a screen of their own: their figures go into a result."""


def run(
    work: "Work", wish: Wish, into: Record | None, *, dry_run: bool, progress: "Progress"
) -> "ImportReport":
    """Run the import as wished, in a thread: look at what would happen, or store it."""
    about = {**wish.reading, "dry_run": dry_run, "partial": wish.partial, "progress": progress}
    return WAYS[wish.kind].run(work, wish, into, **about)
