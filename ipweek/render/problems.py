"""What is wrong in a spreadsheet, row by row: sentences, lines of text, a Rich table and JSON."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ipweek.domain.import_rows import Problem
from ipweek.i18n import N_, _
from ipweek.render.errors import SENTENCES, fill
from ipweek.render.shown_values import shown

if TYPE_CHECKING:
    from rich.table import Table

PROBLEMS: Mapping[str, str] = {
    "value-missing": N_("{field} is missing; fill the cell."),
    "hidden-only": N_("{field} has only characters that cannot be seen; type it again."),
    "hidden-removed": N_("Characters that cannot be seen were taken out."),
    "masked-value": N_("The value is masked; enter the whole value or leave the cell empty."),
    "formula": N_("The value begins like a formula; enter it as text."),
    "too-long": N_("{length} characters where {limit} fit; shorten the value."),
    "twice-in-file": N_("The same as row {first}; it was counted once."),
    "flag-unknown": N_("Neither 是 nor 否; it was read as empty."),
    "number-invalid": N_("No number; write digits only."),
    "moment-invalid": N_("No time; it was read as empty."),
    "when-unreadable": N_("Neither a date nor a time; write 2019-04-25, 9:30, or 9:30-11:30."),
    "day-missing": N_("A time without a day; enter the date, here or in a row above."),
    "kind-of-event": N_("No kind that is known here; it was left out."),
    "session-full": N_("This session is full; from this row on, those who asked for it wait ({count})."),
    "session-unknown": N_("{event} has no session of this name; it was left out."),
    "industry-unknown": N_("No industry has this name or code; it was left out."),
    "label-unknown": N_("{label} is no label that is known here; it was left out."),
    "over-quota": N_("Over the quota: {coming} come, and {quota} may; they are registered all the same."),
    "name-taken": N_("{name} is the name of {enterprise}; it was left out."),
    "contact-form": N_(
        "No contact; write name / phone / e-mail address / role, a dash for what is not known."
    ),
    "group-circle": N_("{value} belongs to this enterprise itself; the group was left as it is."),
    "formula-unvalued": N_(
        "The formula has no value in the file; open it in Excel or WPS, save it and import it again."
    ),
    "formula-error": N_("The formula gives an error; correct it or type the value."),
    "rows-hidden": N_(
        "Hidden rows of the sheet were read like the others: {rows}; delete them in the file if they are not meant."
    ),
    "column-hidden": N_("This column is hidden in the sheet; it was read like the others."),
    "sheet-hidden": N_("This sheet is hidden and was not read; if it is meant, name it with --sheet."),
    "sheet-also": N_(
        "This sheet has such a list too and was not read; if it is meant, name it with --sheet."
    ),
    "patent-number-missing": N_(
        "The row has no number of an application, publication or family; it was left out."
    ),
    "number-rounded": N_("A spreadsheet has rounded the number; export it again as text."),
    "date-unreadable": N_("No date; it was read as empty."),
    "symbol-invalid": N_("No IPC or CPC symbol; it was left out."),
    "score-outside": N_("No score from {low} to {high}; correct it or leave the cell empty."),
    "answer-empty": N_("The row has neither a score nor an opinion; it was left out."),
    "answerer-unknown": N_(
        "Nobody known here has this phone number, or those of further rows ({count} in all); these are kept as anonymous."
    ),
    "answerer-unclear": N_("Several people have this phone number; the answer is kept as anonymous."),
    "phone-known": N_("{name} has this phone number already; see whether they are the same person."),
    "credit-code-differs": N_(
        "{enterprise} is known with the credit code {known}, which was kept; compare them."
    ),
}


def problem_sentence(problem: Problem) -> str:
    """What is wrong with a cell and what to do, in the language in force."""
    template = PROBLEMS.get(problem.code) or SENTENCES.get(problem.code)
    if template is None:
        return _("This value was not taken ({code}); correct it.").format(code=shown(problem.code))
    return fill(template, {"value": problem.value, **problem.params})


def line(problem: Problem) -> str:
    """One problem as a line of text, with the row as the spreadsheet shows it."""
    place = [_("row {row}").format(row=problem.row), shown(problem.column), shown(problem.value)]
    where = _(", ").join(part for part in place if part)
    return _("{label}: {text}").format(label=where, text=problem_sentence(problem))


def as_json(problem: Problem) -> dict[str, object]:
    """One problem as `import --json` tells it; the value as the file has it."""
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "code": problem.code,
        "message": problem_sentence(problem),
    }


def table(problems: Iterable[Problem]) -> "Table":
    """The problems as a Rich table; nothing of the file is markup."""
    from rich.table import Table  # noqa: PLC0415 - the text forms do without
    from rich.text import Text  # noqa: PLC0415 - as above

    grid = Table(_("Row"), _("Column"), _("Value"), _("Problem"))
    for problem in problems:
        grid.add_row(
            str(problem.row),
            Text(shown(problem.column)),
            Text(shown(problem.value)),
            Text(problem_sentence(problem)),
        )
    return grid
