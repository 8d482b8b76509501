"""Indicators: what was reached and what was asked for, over the periods; read together, entered as records."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain import indicator_series
from ipweek.domain.indicator_series import IndicatorPage, Value
from ipweek.domain.indicators import Reading
from ipweek.domain.reports import IndicatorSummary
from ipweek.services.base import Service
from ipweek.services.records import as_records, find
from ipweek.services.report_figures import named, source_ref
from ipweek.storage.tables.navigation import Indicator, IndicatorValue, Source
from ipweek.storage.tables.programme import Week


class Indicators(Service):
    """How far a city is towards its targets."""

    def series(self, code: str) -> IndicatorPage:
        """An indicator with all its values. Raises NotFoundError `record-missing`."""
        with self.uow.read() as session:
            return _pages(session, [find(session, "indicator", code)])[0]

    def overview(self, week: str | None = None, *, archived: bool = False) -> tuple[IndicatorPage, ...]:
        """The indicators of a week, or of all, by code. Raises NotFoundError `record-missing`."""
        with self.uow.read() as session:
            query = select(Indicator).order_by(Indicator.code)
            if week is not None:
                query = query.where(Indicator.week_id == find(session, "week", week).id)
            if not archived:
                query = query.where(Indicator.archived_at.is_(None))
            return _pages(session, session.scalars(query).all())


def summaries(session: Session, week: UUID) -> tuple[IndicatorSummary, ...]:
    """The week's indicators, a line for each target of each; one without a target has a line too."""
    query = (
        select(Indicator)
        .where(Indicator.week_id == week, Indicator.archived_at.is_(None))
        .order_by(Indicator.code)
    )
    rows = session.scalars(query).all()
    values = _values(session, rows)
    lines = [line for row in rows for line in _summaries(row, values[row.id])]
    return tuple(sorted(lines, key=lambda line: (line.target is None, line.actual is None)))


def _summaries(row: Indicator, values: Sequence[Value]) -> tuple[IndicatorSummary, ...]:
    return indicator_series.summaries(named(row), row.unit, row.better, values)


def _pages(session: Session, rows: Sequence[Any]) -> tuple[IndicatorPage, ...]:
    records, values = as_records(session, "indicator", rows), _values(session, rows)
    weeks = {
        row.id: row for row in session.scalars(select(Week).where(Week.id.in_(row.week_id for row in rows)))
    }
    return tuple(
        IndicatorPage(
            record,
            named(weeks[row.week_id]),
            row.unit,
            row.better,
            indicator_series.ordered(values[row.id]),
            indicator_series.lines(values[row.id], row.better),
            _summaries(row, values[row.id])[-1],
        )
        for record, row in zip(records, rows, strict=True)
    )


def _values(session: Session, rows: Sequence[Indicator]) -> defaultdict[UUID, list[Value]]:
    query = (
        select(IndicatorValue, Source)
        .outerjoin(Source, Source.id == IndicatorValue.source_id)
        .where(IndicatorValue.indicator_id.in_([row.id for row in rows]))
    )
    found: defaultdict[UUID, list[Value]] = defaultdict(list)
    for value, source in session.execute(query):
        found[value.indicator_id].append(Value(value.code, value.kind, _reading(value), source_ref(source)))
    return found


def _reading(value: IndicatorValue) -> Reading:
    return Reading(
        value.value,
        value.comparator,
        value.period,
        value.read_as,
        value.as_of,
        value.provenance,
        value.note_zh,
        value.note_en,
    )
