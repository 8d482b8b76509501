"""What an import does in words: the names of its fields, its counts, rows by their numbers."""

from collections.abc import Iterable

from ipweek.domain.import_report import ImportReport
from ipweek.domain.words import ImportKind
from ipweek.i18n import _
from ipweek.render.shown_values import field_label


def import_field(kind: ImportKind, name: str) -> str:
    """What people call a field of an import, in the language in force."""
    if name == "name" and kind is ImportKind.ENTERPRISES:
        return _("Name of the enterprise")
    return field_label(name)


def fields_told(kind: ImportKind, names: Iterable[str]) -> str:
    """Several fields in a row."""
    return _(", ").join(import_field(kind, name) for name in names)


def counts(report: ImportReport) -> str:
    """How many rows there are, and what they come to; what is none is not told but for what was added."""
    warned = len({problem.row for problem in report.problems if problem.severity == "warning"})
    twice = sum(1 for change in report.changes if change.duplicate_of)
    told = [
        _("{n} rows").format(n=f"{report.rows:,}"),
        _("{n} added").format(n=f"{report.added:,}"),
        _("{n} updated").format(n=f"{report.updated:,}"),
        _("{n} unchanged").format(n=f"{report.unchanged:,}"),
        _("{n} refused").format(n=f"{report.refused:,}"),
    ]
    for number, text in (
        (report.waiting, _("{n} to the waiting list")),
        (twice, _("possible duplicates: {n}")),
        (warned, _("rows with a warning: {n}")),
    ):
        if number:
            told.append(text.format(n=f"{number:,}"))
    return " · ".join(told)


def row_numbers(numbers: Iterable[int]) -> str:
    """Rows as people write them: 3–7, 12."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return _(", ").join(f"{first}–{last}" if last > first else str(first) for first, last in runs)
