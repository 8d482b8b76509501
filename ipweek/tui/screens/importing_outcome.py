"""The last step of an import: what was stored, and what to do next."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.import_rows import Problem
from ipweek.i18n import N_, _
from ipweek.render.import_words import counts
from ipweek.render.lines import Line, wrapped
from ipweek.render.problems import line as problem_line
from ipweek.tui.messages import Opened
from ipweek.tui.screens.importing_step import Step
from ipweek.tui.screens.importing_wish import WAYS
from ipweek.tui.widgets.page import Page

_MOST_NEW = 5


class OutcomeStep(Step):
    """What was stored; below it each way on is a line that Enter takes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("insert,ctrl+n", "another", N_("Another file"), id="add"),
        Binding("delete", "undo", N_("Undo"), id="undo"),
        Binding("f6", "imports", N_("Imports so far"), id="imports"),
    ]

    def compose(self) -> ComposeResult:
        """The lines."""
        yield Page()

    def arrive(self) -> None:
        """Tell what came of it."""
        page = self.query_one(Page)
        page.show(self._lines)
        page.relaid(cursor=0)
        page.focus()

    def _lines(self, width: int) -> Sequence[Line]:
        report, wish = self.wizard.report, self.wizard.wish
        if report is None or wish.path is None:
            return []
        name = _("{name} is imported").format(name=wish.path.name)
        lines = [Line(()), Line(((name, "good"),))]
        lines += [Line(((text, "plain"),)) for text in wrapped(counts(report), width)]
        lines += [
            Line(((text, "warn"),)) for new in self._new() for text in wrapped(problem_line(new), width)
        ]
        ways = [("open", WAYS[wish.kind].opens), ("another", N_("Import another file"))]
        if report.refused:
            ways.insert(0, ("write", N_("Write the refused rows as a spreadsheet, to mend and import again")))
        ways += [("undo", N_("Undo this import")), ("imports", N_("Imports so far"))]
        return [*lines, Line(()), *(Line(((_(text), "plain"),), action) for action, text in ways)]

    def _new(self) -> Sequence[Problem]:
        """What only the storing could tell, such as a session that is full by now."""
        assert self.wizard.report is not None
        known = {_key(problem) for problem in self.wizard.lists[0]}
        return [problem for problem in self.wizard.report.problems if _key(problem) not in known][:_MOST_NEW]

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        message.stop()
        getattr(self, f"action_{message.target}")()

    def action_open(self) -> None:
        """The list that the rows went into."""
        self.wizard.open_list()

    def action_another(self) -> None:
        """Begin with another file."""
        self.wizard.begin_anew()

    def action_write(self) -> None:
        """Write the refused rows as a spreadsheet."""
        self.wizard.write_refused_rows()

    def action_undo(self) -> None:
        """Take the import back."""
        self.wizard.undo()

    def action_imports(self) -> None:
        """All imports so far."""
        self.wizard.desk.go("imports")


def _key(problem: Problem) -> tuple[int, str, str]:
    return problem.row, problem.column, problem.code
