"""Typical cases: finding and reading them, linking them to sessions, and who should not hear them analysed."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.cases import (
    CaseFilter,
    CaseLink,
    CaseList,
    CasePage,
    PartyLine,
    Recusal,
    StepLine,
    earliest,
)
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.services import audit, case_parties, case_search
from ipweek.services.base import Service
from ipweek.services.navigation import find_place
from ipweek.services.records import as_record, find
from ipweek.services.release_days import day_of
from ipweek.storage.tables.cases import Case, CaseEvent, CaseParty
from ipweek.storage.tables.cases import CaseLink as LinkRow
from ipweek.storage.tables.enterprises import Industry
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Event, EventSession

PAGE = 200


class Cases(Service):
    """The case library, and what sessions do with it."""

    def search(self, wanted: CaseFilter = CaseFilter(), *, offset: int = 0, limit: int = PAGE) -> CaseList:  # noqa: B008 - frozen
        """The cases that hold all words and pass the filters, the oldest first. Raises NotFoundError for the industry."""
        with self.uow.read() as session:
            return case_search.search(session, wanted, offset, limit)

    def case(self, code: str, as_of: date | None = None) -> CasePage:
        """All that is known of a case, or was known on a day. Raises NotFoundError."""
        with self.uow.read() as session:
            return _page(session, find(session, "case", code), as_of)

    def sheets(self, place: str, as_of: date | None = None) -> tuple[CasePage, ...]:
        """The cases of an event or session, each as of the day on which it is analysed unless another is named.

        Raises NotFoundError, `cases-none` where none is linked.
        """
        with self.uow.read() as session:
            links = links_of(session, place=find_place(session, place))
            if not links:
                raise NotFoundError("cases-none", place=place)
            days = {link.case_code: as_of or link.day for link in links}
            return tuple(_page(session, find(session, "case", code), day) for code, day in days.items())

    def link(self, actor: Actor, place: str, case: str) -> tuple[CaseLink, ...]:
        """Let an event or session analyse a case; returns the cases of the place.

        Raises NotFoundError, AlreadyThereError `case-linked`, InvalidError `case-after-session`.
        """
        with self.uow.write() as session:
            held = find_place(session, place)
            row: Case = find(session, "case", case)
            if session.scalar(_link_of(held, row)) is not None:
                raise AlreadyThereError("case-linked", place=held.code, case=row.code)
            _refuse_later(session, held, row)
            column = "event_id" if isinstance(held, Event) else "session_id"
            session.add(LinkRow(id=new_id(), case_id=row.id, **{column: held.id}))
            after = {"place": held.code, "case": row.code}
            audit.record(session, actor, self.clock(), "link", "case", row.id, after=after)
            session.flush()
            return links_of(session, place=held)

    def unlink(self, actor: Actor, place: str, case: str) -> None:
        """Take the link away. Raises NotFoundError, `case-not-linked` where there is none."""
        with self.uow.write() as session:
            held = find_place(session, place)
            row: Case = find(session, "case", case)
            found = session.scalar(_link_of(held, row))
            if found is None:
                raise NotFoundError("case-not-linked", place=held.code, case=row.code)
            session.delete(found)
            before = {"place": held.code, "case": row.code}
            audit.record(session, actor, self.clock(), "unlink", "case", row.id, before=before)

    def links(self, place: str | None = None, case: str | None = None) -> tuple[CaseLink, ...]:
        """The cases of an event (its sessions' too) or session, or where a case is analysed; by day."""
        with self.uow.read() as session:
            held = find_place(session, place) if place else None
            row = find(session, "case", case) if case else None
            return links_of(session, place=held, case=row)

    def recusals(self, place: str | None = None, case: str | None = None) -> tuple[Recusal, ...]:
        """Who is registered where a case of his own enterprise is analysed; enrolments count where there are any."""
        with self.uow.read() as session:
            links = links_of(
                session,
                place=find_place(session, place) if place else None,
                case=find(session, "case", case) if case else None,
            )
            return case_parties.recusals(session, links)

    def recusals_of(self, registration: UUID) -> tuple[Recusal, ...]:
        """The cases at which somebody should not be, of those that his event analyses."""
        with self.uow.read() as session:
            event = session.get_one(Event, session.get_one(Registration, registration).event_id)
            return case_parties.recusals(session, links_of(session, place=event), registration)


def _page(session: Session, row: Case, as_of: date | None) -> CasePage:
    industry = session.get(Industry, row.industry_id) if row.industry_id else None
    steps = session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == row.id).order_by(CaseEvent.happened, CaseEvent.code)
    )
    page = CasePage(
        as_record(session, "case", row),
        industry.name_zh if industry else None,
        industry.name_en if industry else None,
        _parties(session, row),
        tuple(StepLine(step.code, step.happened, step.text_zh, step.text_en, step.note) for step in steps),
        links_of(session, case=row),
    )
    return page.until(as_of) if as_of else page


def _parties(session: Session, row: Case) -> tuple[PartyLine, ...]:
    query = (
        select(CaseParty)
        .where(CaseParty.case_id == row.id)
        .order_by(CaseParty.role, func.length(CaseParty.code), CaseParty.code)
    )
    parties = session.scalars(query).all()
    ours = case_parties.enterprises_of(session, parties)
    return tuple(
        PartyLine(
            party.code,
            party.name_zh,
            party.name_en,
            party.role,
            party.country,
            ours.get(party.id),
            party.note,
        )
        for party in parties
    )


def _refuse_later(session: Session, held: Event | EventSession, row: Case) -> None:
    """A case that began after the session cannot have been analysed there; of a month or year its first day counts."""
    day = day_of(session, held)
    first = session.scalar(select(func.min(CaseEvent.happened)).where(CaseEvent.case_id == row.id))
    if day and first and earliest(first) > day:
        raise InvalidError("case-after-session", place=held.code, case=row.code, first=first, day=day)


def _link_of(held: Event | EventSession, row: Case) -> Select[LinkRow]:
    place = LinkRow.event_id if isinstance(held, Event) else LinkRow.session_id
    return select(LinkRow).where(place == held.id, LinkRow.case_id == row.id)


def links_of(
    session: Session, *, place: Event | EventSession | None = None, case: Case | None = None
) -> tuple[CaseLink, ...]:
    """The cases of an event, its sessions' too, or of a session; or where a case is analysed; by day."""
    query = (
        select(Case, Event, EventSession)
        .join(LinkRow, LinkRow.case_id == Case.id)
        .outerjoin(EventSession, EventSession.id == LinkRow.session_id)
        .join(Event, Event.id == func.coalesce(LinkRow.event_id, EventSession.event_id))
        .order_by(
            Event.start_day.nulls_last(),
            Event.code,
            EventSession.start_day.nulls_first(),
            EventSession.start_time.nulls_first(),
            EventSession.code.nulls_first(),
            Case.code,
        )
    )
    if isinstance(place, Event):
        query = query.where(Event.id == place.id)
    elif place is not None:
        query = query.where(EventSession.id == place.id)
    if case is not None:
        query = query.where(Case.id == case.id)
    return tuple(_link_line(*row) for row in session.execute(query))


def _link_line(case: Case, event: Event, held: EventSession | None) -> CaseLink:
    place: Event | EventSession = held or event
    return CaseLink(
        "session" if held else "event",
        place.code,
        place.name_zh,
        place.name_en,
        place.start_day or event.start_day,
        case.code,
        case.name_zh,
        case.name_en,
    )
