"""What a report received asks beyond its fields, however it is written."""

from typing import Any

from sqlalchemy.orm import Session

from ipweek.domain.errors import InvalidError
from ipweek.domain.words import ResultStatus
from ipweek.storage.tables.navigation import NavigationResult


def check(session: Session, row: Any) -> None:
    """Only a released result has a report to hand out, and nobody takes less than one copy.

    Raises InvalidError `report-draft`, `copies-none`.
    """
    result = session.get_one(NavigationResult, row.result_id)
    if result.status is ResultStatus.DRAFT:
        raise InvalidError("report-draft", field="result", result=result.code)
    if row.copies is not None and row.copies < 1:
        raise InvalidError("copies-none", field="copies", value=row.copies)
