"""Which of our enterprises a party of a case is, and whose people are registered where the case is analysed."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.cases import CaseLink, Recusal
from ipweek.domain.text import enterprise_key
from ipweek.domain.words import RegistrationStatus
from ipweek.services.matching import enterprise_of
from ipweek.services.navigation import find_place
from ipweek.storage.tables.cases import Case, CaseParty
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession

_COMING = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)


def enterprises_of(session: Session, parties: Iterable[CaseParty]) -> dict[UUID, str]:
    """The codes of the enterprises that parties are: by link, else by credit code, else by a name."""
    found = {}
    for party in parties:
        if party.enterprise_id is not None:
            found[party.id] = session.get_one(Enterprise, party.enterprise_id).code
            continue
        for typed in (party.credit_code, party.name_zh, party.name_en):
            enterprise = enterprise_of(session, typed) if typed else None
            if enterprise is not None:
                found[party.id] = enterprise.code
                break
    return found


def recusals(
    session: Session, links: Sequence[CaseLink], registration: UUID | None = None
) -> tuple[Recusal, ...]:
    """Who of a party's staff is registered where the case is analysed, in the order of the links."""
    found: list[Recusal] = []
    for link in links:
        parties = session.scalars(
            select(CaseParty)
            .join(Case, Case.id == CaseParty.case_id)
            .where(Case.code == link.case_code)
            .order_by(CaseParty.code)
        ).all()
        people = _People(session, link, registration)
        for party in parties:
            found += people.of(party)
    return tuple(dict.fromkeys(found))


class _People:
    """Those registered at a place, with the enterprises that each of them stands for or belongs to."""

    def __init__(self, session: Session, link: CaseLink, registration: UUID | None) -> None:
        self._link = link
        held = find_place(session, link.place_code)
        event = held if isinstance(held, Event) else session.get_one(Event, held.event_id)
        self._event = event.code
        query = (
            select(Registration.id, Person.name, Enterprise)
            .join(Person, Person.id == Registration.person_id)
            .join(
                Enterprise,
                or_(Enterprise.id == Registration.enterprise_id, Enterprise.id == Person.enterprise_id),
            )
            .where(Registration.event_id == event.id, Registration.status.in_(_COMING))
            .order_by(Person.sort_key, Registration.id, Enterprise.code)
        )
        if isinstance(held, EventSession) and session.scalar(select(exists(_enrolments(held)))):
            query = query.where(Registration.id.in_(_enrolments(held)))
        if registration is not None:
            query = query.where(Registration.id == registration)
        self._rows = session.execute(query).all()
        self._names = _names(session, {enterprise for *_who, enterprise in self._rows})

    def of(self, party: CaseParty) -> Iterator[Recusal]:
        """Those whose enterprise the party is."""
        keys = {enterprise_key(name) for name in (party.name_zh, party.name_en) if name}
        link = self._link
        for registration, name, enterprise in self._rows:
            if (
                enterprise.id == party.enterprise_id
                or (party.credit_code and enterprise.credit_code == party.credit_code)
                or keys & self._names[enterprise.id]
            ):
                yield Recusal(
                    registration,
                    self._event,
                    link.place_code,
                    link.place_zh,
                    link.place_en,
                    name,
                    enterprise.name_zh or enterprise.name_en or enterprise.code,
                    party.role,
                    link.case_code,
                    link.case_zh,
                    link.case_en,
                )


def _enrolments(held: EventSession) -> Select[UUID]:
    return select(Enrolment.registration_id).where(
        Enrolment.session_id == held.id, Enrolment.status.in_(_COMING)
    )


def _names(session: Session, enterprises: set[Enterprise]) -> dict[UUID, set[str]]:
    """By what names enterprises go, as they match."""
    found = {
        one.id: {enterprise_key(name) for name in (one.name_zh, one.name_en, one.short_name) if name}
        for one in enterprises
    }
    for alias in session.scalars(select(EnterpriseAlias).where(EnterpriseAlias.enterprise_id.in_(found))):
        found[alias.enterprise_id].add(alias.key)
    return found
