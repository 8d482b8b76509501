"""What was said beside what was counted: results with their shares and reach, statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import Session

from ipweek.domain import navigation_figures
from ipweek.domain.figures import Named, SourceRef, Words
from ipweek.domain.navigation import CountLine, StatementLine
from ipweek.domain.reports import LevelFigure, Place, ReachCounts, ResultHeader, ResultSummary, Stated
from ipweek.domain.shares import ShareCheck
from ipweek.domain.words import (
    Level,
    LinkRole,
    Provenance,
    StatementKind,
)
from ipweek.services.navigation_page import count_line, statement_line
from ipweek.storage.queries import reach as reach_queries
from ipweek.storage.tables.enterprises import Enterprise, Industry
from ipweek.storage.tables.navigation import (
    Indicator,
    LevelCount,
    NavigationResult,
    ResultLink,
    Source,
    Statement,
)
from ipweek.storage.tables.programme import Event, EventSession, Week

_PROVENANCE = list(Provenance)


def results(session: Session, events: Collection[UUID]) -> tuple[ResultSummary, ...]:
    """The results that these events and their sessions released, presented or discussed; by code."""
    return _summaries(session, _places(session, _event_of_link().in_(events)))


def result(session: Session, identity: UUID) -> ResultSummary:
    """One result, wherever it was shown."""
    places = _places(session, ResultLink.result_id == identity)
    places.setdefault(identity, [])
    return _summaries(session, places)[0]


def _summaries(session: Session, places: Mapping[UUID, Sequence[Place]]) -> tuple[ResultSummary, ...]:
    found = session.execute(
        select(NavigationResult, Industry)
        .join(Industry, Industry.id == NavigationResult.industry_id)
        .where(NavigationResult.id.in_(places))
        .order_by(NavigationResult.code)
    ).all()
    counts, stated = _counts(session, places), _stated_shares(session, places)
    sources = _sources(session, chain.from_iterable(counts.values()))
    reach = _reach(session, places)
    return tuple(
        ResultSummary(
            header(result, industry),
            tuple(places[result.id]),
            _figures(counts[result.id], stated.get(result.id), sources),
            _share(counts[result.id], stated.get(result.id)),
            reach.get(result.id),
        )
        for result, industry in found
    )


def header(result: NavigationResult, industry: Industry) -> ResultHeader:
    """Which result it is."""
    return ResultHeader(
        named(result), named(industry), result.version, result.status, result.released_on, result.cut_off
    )


def named(row: NavigationResult | Industry | Week | Event | EventSession | Enterprise | Indicator) -> Named:
    """Code and names of a row."""
    return Named(row.code, row.name_zh, row.name_en)


def release_place(session: Session, result: UUID) -> Place | None:
    """Where a result was released: a session before an event; None where it was not."""
    found = _places(session, ResultLink.result_id == result)[result]
    released = [place for place in found if place.role is LinkRole.RELEASED]
    return min(released, key=lambda place: place.kind != "session", default=None)


def results_by_event(session: Session, events: Collection[UUID]) -> dict[UUID, int]:
    """How many results each event and its sessions dealt with."""
    query = links_to(events).group_by(_event_of_link())
    return dict(session.execute(query.add_columns(func.count(distinct(ResultLink.result_id)))).all())


def links_to(events: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    """The events, one row for each result that they or their sessions dealt with and how."""
    event = _event_of_link()
    return (
        select(event)
        .select_from(ResultLink)
        .outerjoin(EventSession, EventSession.id == ResultLink.session_id)
        .where(event.in_(events))
    )


def _event_of_link() -> ColumnElement[UUID]:
    return func.coalesce(ResultLink.event_id, EventSession.event_id)


def _places(session: Session, condition: ColumnElement[bool]) -> defaultdict[UUID, list[Place]]:
    query = (
        select(ResultLink.result_id, ResultLink.role, Event, EventSession)
        .outerjoin(EventSession, EventSession.id == ResultLink.session_id)
        .join(Event, Event.id == _event_of_link())
        .where(condition)
        .order_by(Event.start_day, Event.code, EventSession.code, ResultLink.role)
    )
    found: defaultdict[UUID, list[Place]] = defaultdict(list)
    for result, role, event, held in session.execute(query):
        found[result].append(Place("session" if held else "event", named(held or event), role))
    return found


def _reach(session: Session, results: Collection[UUID]) -> dict[UUID, ReachCounts]:
    """Reach of those whose release has registrations; an industry without enterprises counts 0."""
    found = {result: [0, 0, 0] for result in reach_queries.known(session, results)}
    for row in reach_queries.standings(session, list(found)):
        if row.registered or row.archived_at is None:
            found[row.result_id][0 if row.heard else 1 if row.registered else 2] += 1
    return {result: ReachCounts(*counts) for result, counts in found.items()}


def _counts(session: Session, results: Collection[UUID]) -> defaultdict[UUID, list[CountLine]]:
    """The counts of each result, the stated before the imported, and by level."""
    query = (
        select(LevelCount, Source.code)
        .outerjoin(Source, Source.id == LevelCount.source_id)
        .where(LevelCount.result_id.in_(results))
        .order_by(func.length(LevelCount.code), LevelCount.code)
    )
    found: defaultdict[UUID, list[CountLine]] = defaultdict(list)
    for count, source in session.execute(query):
        found[count.result_id].append(count_line(count, source))
    for counts in found.values():
        counts.sort(key=_order)
    return found


def _order(line: CountLine | LevelFigure) -> tuple[int, int, str]:
    return _PROVENANCE.index(line.provenance), list(Level).index(line.level), line.region_code or ""


def _stated_shares(session: Session, results: Collection[UUID]) -> dict[UUID, StatementLine]:
    """The share of the province that somebody stated of each result."""
    query = (
        select(Statement, Source.code)
        .outerjoin(Source, Source.id == Statement.source_id)
        .where(Statement.result_id.in_(results), Statement.kind == StatementKind.SHARE)
        .order_by(Statement.code)
    )
    said: defaultdict[UUID, list[StatementLine]] = defaultdict(list)
    for statement, source in session.execute(query):
        assert statement.result_id is not None
        said[statement.result_id].append(statement_line(statement, source))
    found = {result: navigation_figures.share_among(lines) for result, lines in said.items()}
    return {result: line for result, line in found.items() if line is not None}


def _share(counts: Sequence[CountLine], stated: StatementLine | None) -> ShareCheck | None:
    """The stated share beside the first computed one; None where there is neither."""
    computed = navigation_figures.shares_of(counts, stated)
    if not computed:
        return ShareCheck(stated.value, None, None) if stated else None
    return ShareCheck(stated.value if stated else None, computed[0].percent, computed[0].agrees)


def _figures(
    counts: Sequence[CountLine], stated: StatementLine | None, sources: Mapping[str, SourceRef]
) -> tuple[LevelFigure, ...]:
    """The counts, and the province's as the stated share implies it where nobody gave one; by level."""
    implied = navigation_figures.province_of(counts, stated)
    told = (_figure(line, sources) for line in (*counts, *([implied] if implied else ())))
    levels = list(Level)
    return tuple(sorted(told, key=lambda figure: (levels.index(figure.level), _order(figure))))


def _figure(line: CountLine, sources: Mapping[str, SourceRef]) -> LevelFigure:
    return LevelFigure(
        line.level,
        line.region_code,
        line.provenance,
        line.count,
        line.low,
        line.high,
        line.comparator,
        line.unit,
        line.patent_type,
        line.basis,
        line.applicant_rule,
        line.period,
        line.formula,
        sources[line.source] if line.source else None,
    )


def _sources(session: Session, lines: Iterable[CountLine]) -> dict[str, SourceRef]:
    """The sources of these counts by code."""
    query = select(Source).where(Source.code.in_({line.source for line in lines if line.source}))
    return {row.code: _told(row) for row in session.scalars(query)}


def source_ref(source: Source | None) -> SourceRef | None:
    """Where something was said."""
    return _told(source) if source else None


def _told(source: Source) -> SourceRef:
    return SourceRef(Named(source.code, source.title_zh, source.title_en), source.published_on, source.url)


def stated(session: Session, condition: ColumnElement[bool]) -> tuple[Stated, ...]:
    """Statements of an event or week, by kind."""
    query = (
        select(Statement, Enterprise, Source)
        .outerjoin(Enterprise, Enterprise.id == Statement.enterprise_id)
        .outerjoin(Source, Source.id == Statement.source_id)
        .where(condition)
        .order_by(Statement.code)
    )
    kinds = list(StatementKind)
    found = [
        Stated(
            said.code,
            said.kind,
            named(enterprise) if enterprise else None,
            Words(said.text_zh, said.text_en),
            Words(said.said_by_zh, said.said_by_en),
            said.value,
            said.comparator,
            said.unit,
            said.period,
            said.read_as,
            source_ref(source),
        )
        for said, enterprise, source in session.execute(query)
    ]
    return tuple(sorted(found, key=lambda said: kinds.index(said.kind)))
