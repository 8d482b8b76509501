"""Reading a navigation result: its parts as lines, and what the rules say of them."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ipweek.domain import navigation_rules
from ipweek.domain.navigation import (
    AdviceLine,
    ApplicantLine,
    BranchLine,
    CountLine,
    DocumentLine,
    ExportLine,
    FindingLine,
    HomeRegion,
    LinkLine,
    NodeLine,
    ResultPage,
    StatementLine,
    YearLine,
)
from ipweek.domain.words import (
    ChainStage,
    Dimension,
    FindingStage,
    Level,
    LinkRole,
    Provenance,
    StatementKind,
)
from ipweek.services.records import as_record
from ipweek.storage.tables.enterprises import Enterprise, Industry
from ipweek.storage.tables.imports import ImportBatch
from ipweek.storage.tables.navigation import (
    Applicant,
    Branch,
    ChainNode,
    Document,
    Finding,
    LevelCount,
    NavigationResult,
    PatentBatch,
    Receipt,
    Recommendation,
    ResultDocument,
    ResultLink,
    Source,
    Statement,
    YearCount,
)
from ipweek.storage.tables.programme import Event, EventSession, Week

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEVELS, _PROVENANCES = list(Level), list(Provenance)


def page_of(session: Session, row: NavigationResult) -> ResultPage:
    """All that is known of a result, checked."""
    industry = session.get_one(Industry, row.industry_id)
    older = session.get(NavigationResult, row.supersedes_id) if row.supersedes_id else None
    newer = session.scalar(select(NavigationResult).where(NavigationResult.supersedes_id == row.id))
    page = ResultPage(
        as_record(session, "result", row),
        industry.name_zh,
        industry.name_en,
        older.code if older else None,
        newer.code if newer else None,
        home_region(session, row.id),
        _counts(session, row.id),
        _years(session, row.id),
        _branches(session, row.id),
        _applicants(session, row.id),
        _nodes(session, row.id),
        _findings(session, row.id),
        _advice(session, row.id),
        _statements(session, row.id),
        _documents(session, row.id),
        _exports(session, row.id),
        session.scalar(select(func.count()).where(Receipt.result_id == row.id)) or 0,
        links(session, result=row),
    )
    return replace(page, notes=navigation_rules.check(page))


def links(
    session: Session, *, place: Event | EventSession | None = None, result: NavigationResult | None = None
) -> tuple[LinkLine, ...]:
    """What a place did with results, or places with a result; all there is where neither is given. By day."""
    query = (
        select(ResultLink.role, NavigationResult, Event, EventSession)
        .join(NavigationResult, NavigationResult.id == ResultLink.result_id)
        .outerjoin(EventSession, EventSession.id == ResultLink.session_id)
        .join(Event, Event.id == func.coalesce(ResultLink.event_id, EventSession.event_id))
        .order_by(
            Event.start_day.nulls_last(),
            Event.code,
            EventSession.start_day.nulls_first(),
            EventSession.start_time.nulls_first(),
            NavigationResult.code,
        )
    )
    if isinstance(place, Event):
        query = query.where(Event.id == place.id)
    elif place is not None:
        query = query.where(EventSession.id == place.id)
    if result is not None:
        query = query.where(NavigationResult.id == result.id)
    return tuple(_link_line(*row) for row in session.execute(query))


def _link_line(role: LinkRole, result: NavigationResult, event: Event, held: EventSession | None) -> LinkLine:
    place: Event | EventSession = held or event
    return LinkLine(
        "session" if held else "event",
        place.code,
        place.name_zh,
        place.name_en,
        place.start_day or event.start_day,
        result.code,
        result.name_zh,
        result.name_en,
        role,
    )


def home_region(session: Session, result: UUID) -> HomeRegion | None:
    """The city of the week in which it was shown, the release first; of the only week where it was not."""
    query = (
        select(Week)
        .join(Event, Event.week_id == Week.id)
        .outerjoin(EventSession, EventSession.event_id == Event.id)
        .join(ResultLink, or_(ResultLink.event_id == Event.id, ResultLink.session_id == EventSession.id))
        .where(ResultLink.result_id == result)
        .order_by((ResultLink.role == LinkRole.RELEASED).desc(), Week.year.desc(), Week.code)
        .limit(1)
    )
    week = session.scalar(query)
    if week is None:
        weeks = session.scalars(select(Week).where(Week.archived_at.is_(None)).limit(2)).all()
        week = weeks[0] if len(weeks) == 1 else None
    return HomeRegion(week.region_code, week.city_zh, week.city_en) if week else None


def _counts(session: Session, result: UUID) -> tuple[CountLine, ...]:
    query = (
        select(LevelCount, Source.code)
        .outerjoin(Source, Source.id == LevelCount.source_id)
        .where(LevelCount.result_id == result)
        .order_by(func.length(LevelCount.code), LevelCount.code)
    )
    found = [count_line(count, source) for count, source in session.execute(query)]
    found.sort(key=lambda line: (_PROVENANCES.index(line.provenance), _LEVELS.index(line.level)))
    return tuple(found)


def count_line(count: LevelCount, source: str | None) -> CountLine:
    """A count with the code of its source."""
    return CountLine(
        count.code,
        count.level,
        count.region_code,
        count.count,
        count.low,
        count.high,
        count.comparator,
        count.unit,
        count.patent_type,
        count.basis,
        count.applicant_rule,
        count.period,
        count.provenance,
        count.formula,
        source,
        count.note,
        count.batch_id,
    )


def _years(session: Session, result: UUID) -> tuple[YearLine, ...]:
    query = (
        select(YearCount, Source.code)
        .outerjoin(Source, Source.id == YearCount.source_id)
        .where(YearCount.result_id == result)
        .order_by(YearCount.year, func.length(YearCount.code), YearCount.code)
    )
    found = [
        YearLine(
            count.code,
            count.level,
            count.region_code,
            count.year,
            count.count,
            count.unit,
            count.patent_type,
            count.basis,
            count.applicant_rule,
            count.provisional,
            count.provenance,
            source,
            count.batch_id,
        )
        for count, source in session.execute(query)
    ]
    found.sort(key=lambda line: (_PROVENANCES.index(line.provenance), _LEVELS.index(line.level)))
    return tuple(found)


def _branches(session: Session, result: UUID) -> tuple[BranchLine, ...]:
    """The tree, each branch before those that are part of it; siblings by number."""
    query = (
        select(Branch, Source.code)
        .outerjoin(Source, Source.id == Branch.source_id)
        .where(Branch.result_id == result)
        .order_by(func.length(Branch.code), Branch.code)
    )
    rows: Sequence[tuple[Branch, str | None]] = [(row, source) for row, source in session.execute(query)]
    known = {row.id: row for row, _source in rows}
    children: dict[UUID | None, list[tuple[Branch, str | None]]] = {}
    for row, source in rows:
        above = row.parent_id if row.parent_id in known else None
        children.setdefault(above, []).append((row, source))
    found: list[BranchLine] = []

    def descend(above: UUID | None, depth: int) -> None:
        for row, source in children.pop(above, ()):
            parent = known[above].code if above else None
            found.append(
                BranchLine(
                    row.code,
                    parent,
                    depth,
                    row.name_zh,
                    row.name_en,
                    tuple(row.symbols),
                    row.level,
                    row.count,
                    row.provenance,
                    source,
                    row.batch_id,
                )
            )
            descend(row.id, depth + 1)

    descend(None, 0)
    return tuple(found)


def _applicants(session: Session, result: UUID) -> tuple[ApplicantLine, ...]:
    query = (
        select(Applicant, Enterprise.code, Source.code)
        .outerjoin(Enterprise, Enterprise.id == Applicant.enterprise_id)
        .outerjoin(Source, Source.id == Applicant.source_id)
        .where(Applicant.result_id == result)
        .order_by(Applicant.rank.nulls_last(), func.length(Applicant.code), Applicant.code)
    )
    found = [
        ApplicantLine(
            row.code,
            row.level,
            row.rank,
            row.name_zh,
            row.name_en,
            enterprise,
            row.count,
            row.provenance,
            source,
            row.batch_id,
        )
        for row, enterprise, source in session.execute(query)
    ]
    found.sort(key=lambda line: (_PROVENANCES.index(line.provenance), _LEVELS.index(line.level)))
    return tuple(found)


def _nodes(session: Session, result: UUID) -> tuple[NodeLine, ...]:
    query = (
        select(ChainNode, Source.code)
        .outerjoin(Source, Source.id == ChainNode.source_id)
        .where(ChainNode.result_id == result)
        .order_by(func.length(ChainNode.code), ChainNode.code)
    )
    found = [
        NodeLine(row.code, row.stage, row.strength, row.name_zh, row.name_en, source)
        for row, source in session.execute(query)
    ]
    return tuple(sorted(found, key=lambda line: list(ChainStage).index(line.stage)))


def _findings(session: Session, result: UUID) -> tuple[FindingLine, ...]:
    query = (
        select(Finding, Source.code)
        .outerjoin(Source, Source.id == Finding.source_id)
        .where(Finding.result_id == result)
        .order_by(func.length(Finding.code), Finding.code)
    )
    found = [
        FindingLine(row.code, row.stage, row.dimension, row.text_zh, row.text_en, source)
        for row, source in session.execute(query)
    ]
    stages, dimensions = list(FindingStage), list(Dimension)
    found.sort(key=lambda line: (stages.index(line.stage), dimensions.index(line.dimension)))
    return tuple(found)


def _advice(session: Session, result: UUID) -> tuple[AdviceLine, ...]:
    query = (
        select(Recommendation)
        .where(Recommendation.result_id == result)
        .order_by(func.length(Recommendation.code), Recommendation.code)
    )
    return tuple(
        AdviceLine(row.code, row.text_zh, row.text_en, row.audience, row.horizon, row.owner)
        for row in session.scalars(query)
    )


def _statements(session: Session, result: UUID) -> tuple[StatementLine, ...]:
    query = (
        select(Statement, Source.code)
        .outerjoin(Source, Source.id == Statement.source_id)
        .where(Statement.result_id == result)
        .order_by(Statement.code)
    )
    found = [statement_line(said, source) for said, source in session.execute(query)]
    return tuple(sorted(found, key=lambda said: list(StatementKind).index(said.kind)))


def statement_line(said: Statement, source: str | None) -> StatementLine:
    """A statement with the code of its source."""
    return StatementLine(
        said.code,
        said.kind,
        said.value,
        said.comparator,
        said.unit,
        said.period,
        said.read_as,
        said.text_zh,
        said.text_en,
        said.said_by_zh,
        said.said_by_en,
        said.provenance,
        source,
        said.note_zh,
        said.note_en,
    )


def _documents(session: Session, result: UUID) -> tuple[DocumentLine, ...]:
    query = (
        select(Document, Source.code)
        .join(ResultDocument, ResultDocument.document_id == Document.id)
        .outerjoin(Source, Source.id == Document.source_id)
        .where(ResultDocument.result_id == result)
        .order_by(Document.code)
    )
    return tuple(
        DocumentLine(paper.code, paper.title_zh, paper.title_en, paper.location, paper.sha256, source)
        for paper, source in session.execute(query)
    )


def _exports(session: Session, result: UUID) -> tuple[ExportLine, ...]:
    """The exports imported into it, and those that its counts were taken over from."""
    taken_over = select(LevelCount.batch_id).where(
        LevelCount.result_id == result, LevelCount.batch_id.is_not(None)
    )
    query = (
        select(PatentBatch, ImportBatch)
        .join(ImportBatch, ImportBatch.id == PatentBatch.batch_id)
        .where(or_(PatentBatch.result_id == result, PatentBatch.batch_id.in_(taken_over)))
        .order_by(ImportBatch.imported_at)
    )
    return tuple(
        ExportLine(
            export.layout,
            batch.file_name,
            batch.imported_at,
            export.unit,
            export.cut_off,
            export.kept,
            export.duplicates,
            export.unknown,
            batch.undone_at is not None,
            batch.id,
        )
        for export, batch in session.execute(query)
    )
