"""What people said of the event: the figures, and the answers one by one."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.exports import ExportKind
from ipweek.domain.feedback import FeedbackCounts, FeedbackLine
from ipweek.domain.records import Record
from ipweek.i18n import N_, _, language
from ipweek.render import feedback_lists as lists
from ipweek.tui.background import start
from ipweek.tui.messages import MoreWanted, Moved
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.rows import Cell, Column, Rows
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import fit

if TYPE_CHECKING:
    from ipweek.domain.figures import Rate

PAGE = 200
_SIDE = 34


class FeedbackScreen(ListScreen[FeedbackLine]):
    """Anonymous answers are marked; the whole of the one under the cursor stands below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("insert,ctrl+n", "import_answers", N_("Import"), id="add"),
        Binding("f9", "export", N_("Export"), id="export"),
    ]

    def __init__(self, place: Record | None = None) -> None:
        super().__init__(classes="feedback")
        self._place = place
        self._counts = FeedbackCounts()
        self._answered: Rate | None = None
        self._ended = True
        self._read = False
        self._columns = (
            Column[FeedbackLine](N_("Form number"), lambda line: (line.number or "–", "dim"), right=True),
            Column[FeedbackLine](N_("Given by"), _who),
            Column[FeedbackLine](N_("Score"), _score, right=True),
            Column[FeedbackLine](
                N_("Comment"), lambda line: lists.quoted(line.comment) if line.comment else ("–", "dim")
            ),
            Column[FeedbackLine](
                N_("Session"), lambda line: line.session(language()) or ("–", "dim"), optional=True
            ),
        )

    def body(self) -> ComposeResult:
        """The figures, the answers, and all of the one under the cursor."""
        yield Said(self._figures, id="parts")
        yield Rows(self._columns)
        yield Said(self._about, id="about")

    @property
    def event(self) -> Record | None:
        """Of which event: the one that this was opened from, else the one in hand."""
        return self._place or self.desk.event

    def title_texts(self) -> tuple[str, str]:
        """The event; the place in the list at the right."""
        event = self.event
        title = _("Feedback") + (f" · {event.name(language())}" if event else "")
        return title, self.cursor_at(_("nothing yet") if self._read else "", str(self._counts.answers))

    async def _load(self, after: FeedbackLine | None = None) -> None:
        event = self.event
        if event is None:
            return
        feedback = self.services.feedback
        with self.telling():
            if after is None:
                self._counts, self._answered = await self.bridge.call(feedback.counts, event.code)
            lines = await self.bridge.call(feedback.page, event.code, after, PAGE)
            self._ended = len(lines) < PAGE
            self._read = True
            (self.rows.show if after is None else self.rows.grow)(lines)
            self._say()

    def _say(self) -> None:
        for said in self.query(Said):
            said.retranslate()
        self.retitle()

    @on(MoreWanted)
    def _more(self) -> None:
        if not self._ended:
            start(self, partial(self._load, self.rows.rows[-1]), group="load", exclusive=True)

    @on(Moved)
    def _moved(self) -> None:
        self._say()

    def _figures(self) -> str:
        """The figures at the left of the bars; where nothing was said, how it comes in."""
        if not self._counts.answers:
            return (
                _("Nothing was said yet: Ins imports the spreadsheet of an online form.")
                if self._read
                else ""
            )
        told = lists.told(self._counts, self._answered)
        bars = lists.distribution(self._counts.satisfaction, 12)
        room = max(self.size.width - _SIDE - 4, 20)
        height = max(len(told), len(bars))
        left = [*told, *[""] * (height - len(told))]
        right = [*bars, *[""] * (height - len(bars))]
        return "\n".join(
            f"{fit(text, room)}  {line}" if cell_len(line) else text
            for text, line in zip(left, right, strict=True)
        )

    def _about(self) -> str:
        """All that the columns have no room for."""
        line = self.rows.chosen
        if line is None:
            return ""
        said = [lists.who(line), line.enterprise, line.phone, line.session(language())]
        scores = [_("satisfaction {mean}").format(mean=line.satisfaction)] if line.satisfaction else []
        scores += [f"{question} {score}" for question, score in line.ratings.items()]
        told = [" · ".join(part for part in said if part), " · ".join(scores)]
        return "\n".join([*told, *([line.comment] if line.comment else [])])

    def action_import_answers(self) -> None:
        """Go to the import of a spreadsheet."""
        self.desk.go("import")

    def action_export(self) -> None:
        """Write the answers into a file."""
        self.desk.go("export", kind=ExportKind.FEEDBACK, place=self.event)


def _who(line: FeedbackLine) -> Cell:
    return lists.who(line) if line.name else (lists.who(line), "dim")


def _score(line: FeedbackLine) -> Cell:
    return ("–", "dim") if line.satisfaction is None else str(line.satisfaction)
