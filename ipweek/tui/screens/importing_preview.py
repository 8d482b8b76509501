"""The third step of an import: what would happen, with every problem and every change; nothing is stored yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from ipweek.domain.import_report import FieldChange, ImportReport, RowChange
from ipweek.domain.import_rows import Problem
from ipweek.domain.words import ImportKind, RowOutcome
from ipweek.i18n import N_, _
from ipweek.render.import_lines import value_text
from ipweek.render.import_words import counts, import_field, row_numbers
from ipweek.render.problems import line as problem_line
from ipweek.render.problems import problem_sentence
from ipweek.tui.messages import Moved
from ipweek.tui.screens.importing_step import Step
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import visible


@dataclass(frozen=True, slots=True)
class _Changed:
    """One field that a row changes, None where it changes what is no field; the row is named at its first one only."""

    kind: ImportKind
    row: RowChange
    change: FieldChange | None
    is_first: bool

    @property
    def label(self) -> str:
        """What people call the field."""
        return import_field(self.kind, self.change.field) if self.change else "–"

    @property
    def before(self) -> str:
        """The value that is there."""
        return value_text(self.change.field, self.change.before) if self.change else "–"

    @property
    def after(self) -> str:
        """The value that takes its place."""
        return value_text(self.change.field, self.change.after) if self.change else "–"


def _problems(report: ImportReport) -> Sequence[Problem]:
    """Errors first: they are what keeps rows out."""
    return sorted(report.problems, key=lambda problem: (problem.severity != "error", problem.row))


def _changed(report: ImportReport) -> Sequence[_Changed]:
    """What was known before; a new registration may change the person."""
    return [
        _Changed(report.kind, row, change, place == 0)
        for row in report.changes
        if row.fields or row.outcome is RowOutcome.UPDATED
        for place, change in enumerate(row.fields or (None,))
    ]


def _added(report: ImportReport) -> Sequence[RowChange]:
    return [change for change in report.changes if change.outcome is RowOutcome.ADDED]


def _twice(report: ImportReport) -> Sequence[RowChange]:
    return [change for change in report.changes if change.duplicate_of]


_ROW = Column[RowChange](N_("Row"), lambda change: str(change.row), right=True)
_NAME = Column[RowChange](N_("Record"), lambda change: change.name)


def _change_told(line: _Changed) -> str:
    told = _("{name}, {field}: {before} → {after}")
    return told.format(name=line.row.name, field=line.label, before=line.before, after=line.after)


def _added_told(change: RowChange) -> str:
    return _("{name} is new here").format(name=change.name)


def _twice_told(change: RowChange) -> str:
    told = _("{name}: this looks like {other}. It is stored apart; compare the two afterwards.")
    return told.format(name=change.name, other=change.duplicate_of)


@dataclass(frozen=True, slots=True)
class _Part:
    """One list of the preview; `told` says all of a line, for which a narrow list has no room."""

    label: str
    of: Callable[[ImportReport], Sequence[Any]]
    columns: Sequence[Column[Any]]
    told: Callable[[Any], str]


_PARTS = (
    _Part(
        N_("Problems"),
        _problems,
        (
            Column[Problem](N_("Row"), lambda problem: str(problem.row), right=True),
            Column[Problem](N_("Column"), lambda problem: problem.column or "–"),
            Column[Problem](N_("Value"), lambda problem: (problem.value or "–", "dim"), optional=True),
            Column[Problem](
                N_("Problem"),
                lambda problem: (problem_sentence(problem), "bad" if problem.severity == "error" else "warn"),
            ),
        ),
        problem_line,
    ),
    _Part(
        N_("Changes"),
        _changed,
        (
            Column[_Changed](N_("Row"), lambda line: str(line.row.row) if line.is_first else "", right=True),
            Column[_Changed](N_("Record"), lambda line: line.row.name if line.is_first else ""),
            Column[_Changed](N_("Field"), lambda line: (line.label, "dim")),
            Column[_Changed](N_("Before"), lambda line: line.before),
            Column[_Changed]("", lambda _line: ("→", "accent")),
            Column[_Changed](N_("After"), lambda line: (line.after, "strong")),
        ),
        _change_told,
    ),
    _Part(N_("Added"), _added, (_ROW, _NAME), _added_told),
    _Part(
        N_("Possible duplicates"),
        _twice,
        (
            _ROW,
            _NAME,
            Column[RowChange](N_("Looks like"), lambda change: (change.duplicate_of or "", "warn")),
        ),
        _twice_told,
    ),
)


Lists = tuple[Sequence[Any], ...]


def lists_of(report: ImportReport) -> Lists:
    """The lists of a report; of a long one they take their time, so they are made in a thread."""
    return tuple(part.of(report) for part in _PARTS)


class PreviewStep(Step):
    """Counts over one list at a time; Tab goes from list to list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "store", N_("Import"), id="save"),
        Binding("f7", "partial", N_("Good rows only"), id="partial"),
        Binding("f9", "write", N_("Write refused rows"), id="export"),
        Binding("tab", "part(1)", N_("Next list"), id="part-next"),
        Binding("shift+tab", "part(-1)", N_("List before"), id="part-before", show=False),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._part = 0
        self._lists: Lists = ()

    def compose(self) -> ComposeResult:
        """Counts, the lists by name, the list in hand."""
        yield Said(self._told, id="counts")
        yield Said(self._parts, id="parts")
        yield Rows(_PARTS[0].columns)
        yield Said(self._here, id="here")

    @on(Moved)
    def _moved(self) -> None:
        self.query_one("#here", Said).retranslate()

    def _here(self) -> str:
        """All of the line under the cursor."""
        line = self.rows.chosen
        return _PARTS[self._part].told(line) if line is not None else ""

    @property
    def rows(self) -> Rows[Any]:
        """The list in hand."""
        return self.query_one(Rows)

    def arrive(self) -> None:
        """Show a new report from its first list that has anything; the same one as it was."""
        if self.wizard.lists is not self._lists:
            self._lists = self.wizard.lists
            self._part = next((place for place, found in enumerate(self._lists) if found), 0)
            self._show()
        self.rows.focus()
        self.refresh_bindings()

    def _show(self) -> None:
        self.rows.columns = tuple(_PARTS[self._part].columns)
        self.rows.show(self._lists[self._part], cursor=0)
        self.say()

    def action_part(self, step: int) -> None:
        """The next list that has anything."""
        for _turn in self._lists:
            self._part = (self._part + step) % len(self._lists)
            if self._lists[self._part]:
                break
        self._show()

    def _told(self) -> Content:
        report, wish = self.wizard.report, self.wizard.wish
        if report is None:
            return Content("")
        lines = [Content(visible(counts(report)))]
        if report.refused and wish.partial:
            told = _("Good rows only: the {n} refused rows stay out.").format(n=report.refused)
            lines.append(Content.styled(told, "$warning"))
        elif report.refused:
            told = _("With a refused row nothing is stored: F7 takes the good rows only.")
            lines.append(Content.styled(told, "$error"))
        elif not report.added and not report.updated:
            lines.append(Content(_("There is nothing to store: all of it is here already.")))
        else:
            lines.append(Content(_("Nothing is stored yet; Ctrl+S imports.")))
        if report.left_out:
            told = _("Taken for remarks and left out: rows {rows}").format(rows=row_numbers(report.left_out))
            lines.append(Content.styled(told, "$warning"))
        return Content("\n").join(lines)

    def _parts(self) -> str:
        """Each list with its count, the one in hand marked."""
        told = []
        for place, (part, found) in enumerate(zip(_PARTS, self._lists, strict=False)):
            text = f"{_(part.label)} {len(found):,}"
            told.append(f"[{text}]" if place == self._part else f" {text} ")
        return " ".join(told)

    def action_partial(self) -> None:
        """Take the good rows and leave the others; or all or nothing again."""
        self.wizard.wish.partial = not self.wizard.wish.partial
        self.say()

    def action_write(self) -> None:
        """Write the refused rows as a spreadsheet."""
        self.wizard.write_refused_rows()

    def action_store(self) -> None:
        """Store what is shown."""
        report = self.wizard.report
        if report is None:
            return
        if not report.added and not report.updated:
            self.wizard.desk.tell(_("There is nothing to store"), "warn")
        elif report.refused and not self.wizard.wish.partial:
            refused = _("Not imported: {n} rows are refused; F7 takes the good rows only").format(
                n=report.refused
            )
            self.wizard.desk.tell(refused, "bad")
        else:
            self.wizard.store()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refused rows can be left out and written where there are any."""
        if action in ("partial", "write"):
            return self.wizard.report is not None and self.wizard.report.refused > 0
        return super().check_action(action, parameters)
