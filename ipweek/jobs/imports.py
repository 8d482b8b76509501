"""What an import leaves to do beside the database: the list of the rows that were refused."""

from pathlib import Path

from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.import_report import ImportReport
from ipweek.jobs.files import written_whole
from ipweek.render.refused_sheet import refused_xlsx


def write_refused(report: ImportReport, out: Path) -> Path:
    """Write the refused rows with their reasons, ready to mend and import again.

    Raises InvalidError refused-none where every row was good, ending-unknown, and as `written_whole`.
    """
    if not report.refused_rows:
        raise InvalidError("refused-none")
    if out.suffix.lower() != ".xlsx":
        raise UsageError("ending-unknown", path=out.name, known=[".xlsx"])
    with written_whole(out) as file:
        file.write(refused_xlsx(report))
    return out
