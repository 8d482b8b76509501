"""Reports received, as lists show them."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ipweek.domain.figures import Named
from ipweek.domain.receipts import ReceiptLine
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.navigation import NavigationResult, Receipt
from ipweek.storage.tables.programme import Event


def lines(session: Session, condition: ColumnElement[bool]) -> list[tuple[UUID | None, ReceiptLine]]:
    """Receipts by day, the undated last, each with its enterprise's id."""
    query = (
        select(Receipt, NavigationResult, Enterprise, Event)
        .join(NavigationResult, NavigationResult.id == Receipt.result_id)
        .outerjoin(Enterprise, Enterprise.id == Receipt.enterprise_id)
        .outerjoin(Event, Event.id == Receipt.event_id)
        .where(condition)
        .order_by(Receipt.received_on.nulls_last(), func.length(Receipt.code), Receipt.code)
    )
    return [
        (row.enterprise_id, _line(row, result, enterprise, event))
        for row, result, enterprise, event in session.execute(query)
    ]


def _line(
    row: Receipt, result: NavigationResult, enterprise: Enterprise | None, event: Event | None
) -> ReceiptLine:
    return ReceiptLine(
        row.code,
        _named(result),
        _named(enterprise) if enterprise else None,
        row.received_by,
        row.received_on,
        row.copies,
        _named(event) if event else None,
        row.note,
    )


def _named(row: Any) -> Named:
    return Named(row.code, row.name_zh, row.name_en)
