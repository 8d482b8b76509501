"""Navigation results: what they hold, where they were released, how a new version takes over."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.kinds import RESULT
from ipweek.domain.navigation import CountLine, DocumentLine, LinkLine, ResultPage, StatementLine
from ipweek.domain.records import Record
from ipweek.domain.words import LinkRole, ResultStatus
from ipweek.services import audit
from ipweek.services.base import Service
from ipweek.services.records import add_row, as_record, find
from ipweek.storage.tables.enterprises import Industry
from ipweek.storage.tables.navigation import (
    Document,
    LevelCount,
    NavigationResult,
    ResultDocument,
    ResultLink,
    Source,
    Statement,
)
from ipweek.storage.tables.programme import Event, EventSession


class Navigation(Service):
    """What sessions and events did with results, and what a result says."""

    def link(
        self, actor: Actor, place: str, result: str, role: LinkRole = LinkRole.PRESENTED
    ) -> tuple[LinkLine, ...]:
        """Link an event or session, by its code, to a result; releasing it there dates and closes the result.

        Returns the links of the place. Raises NotFoundError, AlreadyThereError `link-exists`, InvalidError
        `released-elsewhere` or `cut-off-after-release`.
        """
        with self.uow.write() as session:
            held = find_place(session, place)
            row: NavigationResult = find(session, "result", result)
            if session.scalar(_link_of(held, row, role)) is not None:
                raise AlreadyThereError("link-exists", place=held.code, result=row.code)
            if role is LinkRole.RELEASED:
                _release(session, held, row)
            column = "event_id" if isinstance(held, Event) else "session_id"
            session.add(ResultLink(id=new_id(), result_id=row.id, role=role, **{column: held.id}))
            after = {"place": held.code, "result": row.code, "role": role}
            audit.record(session, actor, self.clock(), "link", "result", row.id, after=after)
            session.flush()
            return _links(session, place=held)

    def unlink(self, actor: Actor, place: str, result: str, role: LinkRole | None = None) -> int:
        """Take links away, of all roles unless one is given; returns how many there were.

        Raises NotFoundError `link-missing`, InvalidError `release-stands` for what was released there.
        """
        with self.uow.write() as session:
            held = find_place(session, place)
            row: NavigationResult = find(session, "result", result)
            found = session.scalars(_link_of(held, row, role)).all()
            if not found:
                raise NotFoundError("link-missing", place=held.code, result=row.code)
            if any(link.role is LinkRole.RELEASED for link in found):
                raise InvalidError("release-stands", place=held.code, result=row.code)
            for link in found:
                session.delete(link)
            before = {"place": held.code, "result": row.code, "roles": [link.role for link in found]}
            audit.record(session, actor, self.clock(), "unlink", "result", row.id, before=before)
            return len(found)

    def links(self, place: str | None = None, result: str | None = None) -> tuple[LinkLine, ...]:
        """The links of an event (its sessions' too), of a session, or of a result; by day."""
        with self.uow.read() as session:
            held = find_place(session, place) if place else None
            row = find(session, "result", result) if result else None
            return _links(session, place=held, result=row)

    def supersede(self, actor: Actor, code: str, values: Mapping[str, Any]) -> Record:
        """Add the next version of a result as a draft; the old one stands until the new one is released.

        Values not given are those of the old version. Raises InvalidError `result-not-released`,
        AlreadyThereError `code-taken` with the code of the next version where there is one.
        """
        with self.uow.write() as session:
            old: NavigationResult = find(session, "result", code)
            if old.status is not ResultStatus.RELEASED:
                raise InvalidError("result-not-released", result=old.code)
            next_version = session.scalar(
                select(NavigationResult.code).where(NavigationResult.supersedes_id == old.id)
            )
            if next_version is not None:
                raise AlreadyThereError("code-taken", kind="result", code=next_version)
            known = as_record(session, "result", old).values
            carried = {field.name: known[field.name] for field in RESULT.fields if field.name != "code"}
            row = add_row(session, actor, self.clock(), "result", {**carried, **values})
            row.supersedes_id, row.version = old.id, old.version + 1
            session.flush()
            return as_record(session, "result", row)

    def result(self, code: str) -> ResultPage:
        """All that is known of a result; a bare industry code names its latest released one."""
        with self.uow.read() as session:
            row: NavigationResult = find(session, "result", code)
            industry = session.get_one(Industry, row.industry_id)
            older = session.get(NavigationResult, row.supersedes_id) if row.supersedes_id else None
            newer = session.scalar(select(NavigationResult).where(NavigationResult.supersedes_id == row.id))
            return ResultPage(
                as_record(session, "result", row),
                industry.name_zh,
                industry.name_en,
                older.code if older else None,
                newer.code if newer else None,
                _counts(session, row),
                _statements(session, row),
                _documents(session, row),
                _links(session, result=row),
            )


def find_place(session: Session, code: str) -> Event | EventSession:
    """The event or session of a code. Raises NotFoundError."""
    for kind in ("event", "session"):
        try:
            found: Event | EventSession = find(session, kind, code)
        except NotFoundError:
            continue
        return found
    raise NotFoundError("place-missing", place=code)


def _release(session: Session, held: Event | EventSession, row: NavigationResult) -> None:
    if row.status is not ResultStatus.DRAFT:
        raise InvalidError("released-elsewhere", result=row.code)
    day = held.start_day
    if day is None and isinstance(held, EventSession):
        day = session.get_one(Event, held.event_id).start_day
    if row.cut_off and day and row.cut_off > day:
        raise InvalidError("cut-off-after-release", result=row.code, cut_off=row.cut_off, released_on=day)
    row.status, row.released_on = ResultStatus.RELEASED, day
    if row.supersedes_id:
        session.get_one(NavigationResult, row.supersedes_id).status = ResultStatus.SUPERSEDED


def _link_of(held: Event | EventSession, row: NavigationResult, role: LinkRole | None) -> Select[ResultLink]:
    place = ResultLink.event_id if isinstance(held, Event) else ResultLink.session_id
    query = select(ResultLink).where(place == held.id, ResultLink.result_id == row.id)
    return query if role is None else query.where(ResultLink.role == role)


def _links(
    session: Session, *, place: Event | EventSession | None = None, result: NavigationResult | None = None
) -> tuple[LinkLine, ...]:
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


def _counts(session: Session, row: NavigationResult) -> tuple[CountLine, ...]:
    query = (
        select(LevelCount, Source.code)
        .outerjoin(Source, Source.id == LevelCount.source_id)
        .where(LevelCount.result_id == row.id)
        .order_by(LevelCount.provenance, LevelCount.level)
    )
    return tuple(
        CountLine(
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
        )
        for count, source in session.execute(query)
    )


def _statements(session: Session, row: NavigationResult) -> tuple[StatementLine, ...]:
    query = (
        select(Statement, Source.code)
        .outerjoin(Source, Source.id == Statement.source_id)
        .where(Statement.result_id == row.id)
        .order_by(Statement.kind, Statement.code)
    )
    return tuple(
        StatementLine(
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
        for said, source in session.execute(query)
    )


def _documents(session: Session, row: NavigationResult) -> tuple[DocumentLine, ...]:
    query = (
        select(Document)
        .join(ResultDocument, ResultDocument.document_id == Document.id)
        .where(ResultDocument.result_id == row.id)
        .order_by(Document.code)
    )
    return tuple(
        DocumentLine(paper.code, paper.title_zh, paper.title_en, paper.location, paper.sha256)
        for paper in session.scalars(query)
    )
