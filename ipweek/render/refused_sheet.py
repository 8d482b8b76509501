"""The refused rows of an import as a spreadsheet: as they were, with the reason in the last column."""

from ipweek.domain.import_recognition import is_reason
from ipweek.domain.import_report import ImportReport
from ipweek.domain.import_rows import Problem
from ipweek.i18n import _
from ipweek.render.problems import problem_sentence
from ipweek.render.sheets import xlsx_bytes


def refused_xlsx(report: ImportReport) -> bytes:
    """A workbook that can be mended and imported again; a column of earlier reasons goes."""
    kept = [column for column, header in enumerate(report.headers) if not is_reason(header)]
    reasons: dict[int, list[str]] = {}
    for problem in report.problems:
        if problem.severity == "error":
            reasons.setdefault(problem.row, []).append(_reason(problem))
    header = [*(report.headers[column] for column in kept), _("Reason for refusal")]
    rows = (
        [*(row.cells[column] for column in kept), "\n".join(reasons[row.number])]
        for row in report.refused_rows
    )
    return xlsx_bytes(_("Refused rows"), header, rows)


def _reason(problem: Problem) -> str:
    sentence = problem_sentence(problem)
    return _("{label}: {text}").format(label=problem.column, text=sentence) if problem.column else sentence
