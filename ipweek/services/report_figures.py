"""What was said beside what was counted: results with their shares and reach, indicators, statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.orm import Session

from ipweek.domain import indicators, shares
from ipweek.domain.indicators import Reading
from ipweek.domain.reports import (
    IndicatorSummary,
    LevelFigure,
    Named,
    Place,
    ReachCounts,
    ResultHeader,
    ResultSummary,
    SourceRef,
    Stated,
    Words,
)
from ipweek.domain.shares import ShareCheck
from ipweek.domain.words import (
    Comparator,
    Level,
    LinkRole,
    Provenance,
    StatementKind,
    ValueKind,
)
from ipweek.storage.queries import reach as reach_queries
from ipweek.storage.tables.enterprises import Enterprise, Industry
from ipweek.storage.tables.navigation import (
    Indicator,
    IndicatorValue,
    LevelCount,
    NavigationResult,
    ResultLink,
    Source,
    Statement,
)
from ipweek.storage.tables.programme import Event, EventSession

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
    figures, stated = _figures(session, places), _stated_shares(session, places)
    reach = _reach(session, places)
    return tuple(
        ResultSummary(
            header(result, industry),
            tuple(places[result.id]),
            _with_derived(figures[result.id], stated.get(result.id)),
            _share(figures[result.id], stated.get(result.id)),
            reach.get(result.id),
        )
        for result, industry in found
    )


def header(result: NavigationResult, industry: Industry) -> ResultHeader:
    """Which result it is."""
    return ResultHeader(
        named(result), named(industry), result.version, result.status, result.released_on, result.cut_off
    )


def named(row: NavigationResult | Industry | Event | EventSession | Enterprise | Indicator) -> Named:
    """Code and names of a row."""
    return Named(row.code, row.name_zh, row.name_en)


def release_place(session: Session, result: UUID) -> Place | None:
    """Where a result was released: a session before an event; None where it was not."""
    found = _places(session, ResultLink.result_id == result)[result]
    released = [place for place in found if place.role is LinkRole.RELEASED]
    return min(released, key=lambda place: place.kind != "session", default=None)


def results_by_event(session: Session, events: Collection[UUID]) -> dict[UUID, int]:
    """How many results each event and its sessions dealt with."""
    event = _event_of_link()
    query = (
        select(event, func.count(distinct(ResultLink.result_id)))
        .outerjoin(EventSession, EventSession.id == ResultLink.session_id)
        .where(event.in_(events))
        .group_by(event)
    )
    return dict(session.execute(query).all())


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
    found = dict.fromkeys(reach_queries.known(session, results), ReachCounts(0, 0, 0))
    for row in reach_queries.reach_counts(session, list(found)):
        found[row.result_id] = ReachCounts(row.heard, row.registered_only, row.missed)
    return found


def _figures(session: Session, results: Collection[UUID]) -> defaultdict[UUID, list[LevelFigure]]:
    query = (
        select(LevelCount, Source)
        .outerjoin(Source, Source.id == LevelCount.source_id)
        .where(LevelCount.result_id.in_(results))
    )
    found: defaultdict[UUID, list[LevelFigure]] = defaultdict(list)
    for count, source in session.execute(query):
        found[count.result_id].append(
            LevelFigure(
                count.level,
                count.region_code,
                count.provenance,
                count.count,
                count.low,
                count.high,
                count.comparator,
                count.unit,
                count.patent_type,
                count.basis,
                count.applicant_rule,
                count.period,
                count.formula,
                _source(source),
            )
        )
    for figures in found.values():
        figures.sort(key=_figure_order)
    return found


def _figure_order(figure: LevelFigure) -> tuple[int, int, str]:
    return list(Level).index(figure.level), _PROVENANCE.index(figure.provenance), figure.region_code or ""


def _stated_shares(session: Session, results: Collection[UUID]) -> dict[UUID, Decimal]:
    query = (
        select(Statement.result_id, Statement.value)
        .where(
            Statement.result_id.in_(results),
            Statement.kind == StatementKind.SHARE,
            Statement.value.is_not(None),
        )
        .order_by(Statement.code)
    )
    return {result: value for result, value in session.execute(query) if result and value is not None}


def _at(figures: Iterable[LevelFigure], level: Level, provenance: Provenance) -> LevelFigure | None:
    for figure in figures:
        if (figure.level, figure.provenance) == (level, provenance) and figure.count is not None:
            return figure
    return None


def _share(figures: Sequence[LevelFigure], stated: Decimal | None) -> ShareCheck | None:
    """Computed only from comparable counts of one provenance, never from one that a share itself gave."""
    for provenance in (Provenance.STATED, Provenance.IMPORTED):
        city, province = _at(figures, Level.CITY, provenance), _at(figures, Level.PROVINCE, provenance)
        if city and province and shares.is_comparable(city, province):
            return shares.check(stated, city.count, province.count)
    return None if stated is None else shares.check(stated, None, None)


def _with_derived(figures: Sequence[LevelFigure], stated: Decimal | None) -> tuple[LevelFigure, ...]:
    """The figures, and the province's count as the stated share implies it where nobody gave one.

    It assumes that both count the same unit, which the source does not say.
    """
    city = _at(figures, Level.CITY, Provenance.STATED)
    province_known = any(figure.level is Level.PROVINCE and figure.count is not None for figure in figures)
    if stated is None or city is None or city.count is None or province_known:
        return tuple(figures)
    whole = shares.whole_of(city.count, stated)
    if whole is None:
        return tuple(figures)
    derived = LevelFigure(
        Level.PROVINCE,
        f"{city.region_code[:2]}0000" if city.region_code else None,
        Provenance.DERIVED,
        whole.count,
        whole.low,
        whole.high,
        Comparator.ABOUT,
        city.unit,
        city.patent_type,
        city.basis,
        city.applicant_rule,
        city.period,
        f"{city.count} / {stated} %",
        city.source,
    )
    return tuple(sorted((*figures, derived), key=_figure_order))


def _source(source: Source | None) -> SourceRef | None:
    if source is None:
        return None
    return SourceRef(Named(source.code, source.title_zh, source.title_en), source.published_on, source.url)


def indicator_summaries(session: Session, week: UUID) -> tuple[IndicatorSummary, ...]:
    """The week's indicators, a line for each target of each; one without a target has a line too."""
    query = (
        select(Indicator, IndicatorValue, Source)
        .outerjoin(IndicatorValue, IndicatorValue.indicator_id == Indicator.id)
        .outerjoin(Source, Source.id == IndicatorValue.source_id)
        .where(Indicator.week_id == week, Indicator.archived_at.is_(None))
        .order_by(Indicator.code)
    )
    known: dict[UUID, Indicator] = {}
    values: defaultdict[UUID, list[tuple[IndicatorValue, Source | None]]] = defaultdict(list)
    for indicator, value, source in session.execute(query):
        known[indicator.id] = indicator
        if value is not None:
            values[indicator.id].append((value, source))
    lines = [
        line for indicator in known.values() for line in _indicator_lines(indicator, values[indicator.id])
    ]
    return tuple(sorted(lines, key=lambda line: (line.target is None, line.actual is None)))


def _indicator_lines(
    indicator: Indicator, values: Sequence[tuple[IndicatorValue, Source | None]]
) -> list[IndicatorSummary]:
    actual = _latest(values, ValueKind.ACTUAL)
    baseline = _latest(values, ValueKind.BASELINE)
    targets = sorted(
        (pair for pair in values if pair[0].kind is ValueKind.TARGET), key=lambda pair: pair[0].period
    )
    return [_line(indicator, actual, target, baseline) for target in targets or (None,)]


def _line(
    indicator: Indicator,
    actual: tuple[IndicatorValue, Source | None] | None,
    target: tuple[IndicatorValue, Source | None] | None,
    baseline: tuple[IndicatorValue, Source | None] | None,
) -> IndicatorSummary:
    now, aim, base = _reading(actual), _reading(target), _reading(baseline)
    sources = [_source(pair[1]) for pair in (actual, target, baseline) if pair]
    return IndicatorSummary(
        named(indicator),
        indicator.unit,
        now,
        aim,
        base,
        indicators.progress(now, aim, base, indicator.better),
        tuple(dict.fromkeys(source for source in sources if source)),
    )


def _reading(pair: tuple[IndicatorValue, Source | None] | None) -> Reading | None:
    if pair is None:
        return None
    value = pair[0]
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


def _latest(
    values: Sequence[tuple[IndicatorValue, Source | None]], kind: ValueKind
) -> tuple[IndicatorValue, Source | None] | None:
    """The newest by the period it is read as, then by its date; of equals, the stated one."""
    of_kind = [pair for pair in values if pair[0].kind is kind]

    def age(pair: tuple[IndicatorValue, Source | None]) -> tuple[str, str, int]:
        value = pair[0]
        day = value.as_of.isoformat() if value.as_of else ""
        return value.read_as or value.period, day, -_PROVENANCE.index(value.provenance)

    return max(of_kind, key=age, default=None)


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
            _source(source),
        )
        for said, enterprise, source in session.execute(query)
    ]
    return tuple(sorted(found, key=lambda said: kinds.index(said.kind)))
