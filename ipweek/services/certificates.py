"""Certificates of attendance: issued to those who came, logged, verified by their number."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from ipweek.domain import certificates as numbers
from ipweek.domain.actor import Actor
from ipweek.domain.certificates import (
    Certificate,
    CertificateNumber,
    InBoth,
    Issued,
    NotIssued,
    Standing,
    Verified,
    WhyNot,
)
from ipweek.domain.errors import InvalidError
from ipweek.domain.ids import new_id
from ipweek.domain.words import LinkRole, RegistrationStatus
from ipweek.services import audit
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.services.registration_rows import resolve
from ipweek.storage.tables.badges import BadgeKey
from ipweek.storage.tables.certificates import CertificateRow
from ipweek.storage.tables.checkin import Admission, Checkpoint
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.navigation import NavigationResult, ResultLink
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Week, Workspace

_CHUNK = 500


class Certificates(Service):
    """Attendance is what the doors say now: whose entry is annulled, his certificate no longer holds."""

    def issue(self, actor: Actor, event: str, refs: Sequence[str] = ()) -> Issued:
        """Certificates for those of `refs` who came, or for all who did, in the order of pinyin.

        The same person gets the same number again. Raises NotFoundError, InvalidError `certificates-none`,
        `certificate-numbers-used-up`.
        """
        moment = self.clock()
        with self.uow.write() as session:
            held: Event = find(session, "event", event)
            named = [resolve(session, ref, event).id for ref in refs]
            rows = _registered(session, held, named)
            coming = [row for row in rows if row.came]
            refused = tuple(_not_issued(row) for row in rows if not row.came) if named else ()
            if not coming:
                told = ", ".join(one.name for one in refused)
                raise InvalidError("certificates-none", event=held.code, names=told, count=len(refused))
            known = _issued_at(session, held)
            new = [row.Registration.id for row in coming if row.Registration.id not in known]
            if new:
                last = max((row.serial for row in known.values()), default=0)
                known |= _number(session, actor, held, new, last, moment)
            after = {"event": held.code, "certificates": len(coming), "new": len(new)}
            audit.record(session, actor, moment, "issue", "certificate", None, after=after)
            results = _results(session, held)
            made = tuple(_certificate(row, known[row.Registration.id], results) for row in coming)
            return Issued(made, refused, len(new))

    def verify(self, typed: str) -> Verified:
        """What a number is worth, and whose it is."""
        said = numbers.parse(typed)
        if said is None:
            return Verified(typed.strip(), Standing.INVALID)
        with self.uow.read() as session:
            workspace = session.scalars(select(Workspace)).one()
            keys = session.scalars(
                select(BadgeKey.secret).join(Week, Week.id == BadgeKey.week_id).where(Week.year == said.year)
            ).all()
            if not any(numbers.is_genuine(said, key, workspace.id) for key in keys):
                return Verified(str(said), Standing.FORGED)
            row = session.scalar(select(CertificateRow).where(CertificateRow.number == str(said)))
            if row is None:
                return Verified(str(said), Standing.UNKNOWN)
            held = session.get_one(Event, row.event_id)
            found = _registered(session, held, [row.registration_id])[0]
            standing = Standing.GENUINE if found.came else Standing.REVOKED
            return Verified(str(said), standing, _certificate(found, row, _results(session, held)))


def _registered(session: Session, held: Event, wanted: Sequence[UUID]) -> list[Row[Any]]:
    """Registrations with `came`: an accepted entry or mark that stands, at a door of the event or its sessions."""
    if not wanted:
        return list(session.execute(_rows(held)).all())
    found: list[Row[Any]] = []
    for start in range(0, len(wanted), _CHUNK):
        part = _rows(held).where(Registration.id.in_(wanted[start : start + _CHUNK]))
        found += session.execute(part).all()
    return found


def _rows(held: Event) -> Select[*tuple[Any, ...]]:
    came = exists().where(
        Admission.registration_id == Registration.id,
        Admission.checkpoint_id == Checkpoint.id,
        Checkpoint.event_id == held.id,
        Admission.entries > 0,
    )
    return (
        select(Registration, Person, Enterprise, Event, Week, came.label("came"))
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .join(Week, Week.id == Event.week_id)
        .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
        .where(Registration.event_id == held.id)
        .order_by(Person.sort_key, Registration.id)
    )


def _not_issued(row: Row[Any]) -> NotIssued:
    ended = row.Registration.status is RegistrationStatus.CANCELLED
    return NotIssued(row.Person.name, WhyNot.CANCELLED if ended else WhyNot.NOT_ATTENDED)


def _issued_at(session: Session, held: Event) -> dict[UUID, CertificateRow]:
    rows = session.scalars(select(CertificateRow).where(CertificateRow.event_id == held.id))
    return {row.registration_id: row for row in rows}


def _number(
    session: Session, actor: Actor, held: Event, new: Iterable[UUID], last: int, moment: datetime
) -> dict[UUID, CertificateRow]:
    """Number and log new certificates; writers take turns, so that counting on is safe."""
    week, workspace = session.get_one(Week, held.week_id), session.scalars(select(Workspace)).one()
    key = session.scalars(
        select(BadgeKey.secret)
        .where(BadgeKey.week_id == week.id, BadgeKey.retired_at.is_(None))
        .order_by(BadgeKey.created_at.desc())
        .limit(1)
    ).one()
    event = _event_number(session, held, week.year)
    made: dict[UUID, CertificateRow] = {}
    for serial, registration in enumerate(new, last + 1):
        said: CertificateNumber = numbers.make_number(week.year, event, serial, key, workspace.id)
        made[registration] = CertificateRow(
            id=new_id(),
            registration_id=registration,
            event_id=held.id,
            year=week.year,
            event_number=event,
            serial=serial,
            number=str(said),
            issued_at=moment,
            operator=actor.operator,
            desk=actor.desk,
        )
    session.add_all(made.values())
    session.flush()
    return made


def _event_number(session: Session, held: Event, year: int) -> int:
    """The event's number in the year: the one it has, or the next."""
    own = session.scalar(
        select(CertificateRow.event_number).where(CertificateRow.event_id == held.id).limit(1)
    )
    last = select(func.max(CertificateRow.event_number)).where(CertificateRow.year == year)
    return own or (session.scalar(last) or 0) + 1


def _results(session: Session, held: Event) -> tuple[InBoth, ...]:
    """What the event and its sessions released."""
    parts = select(EventSession.id).where(EventSession.event_id == held.id)
    query = (
        select(NavigationResult)
        .where(
            exists().where(
                ResultLink.result_id == NavigationResult.id,
                ResultLink.role == LinkRole.RELEASED,
                or_(ResultLink.event_id == held.id, ResultLink.session_id.in_(parts)),
            )
        )
        .order_by(NavigationResult.code)
    )
    return tuple(InBoth(row.name_zh, row.name_en) for row in session.scalars(query))


def _certificate(row: Row[Any], issued: CertificateRow, results: tuple[InBoth, ...]) -> Certificate:
    held, week, person, enterprise = row.Event, row.Week, row.Person, row.Enterprise
    return Certificate(
        issued.registration_id,
        issued.number,
        person.name,
        person.name_latin or "",
        InBoth(enterprise.name_zh, enterprise.name_en) if enterprise else InBoth(None, None),
        InBoth(week.name_zh, week.name_en),
        InBoth(held.name_zh, held.name_en),
        held.start_day,
        held.end_day,
        held.host,
        held.organizer,
        results,
        issued.issued_at,
        week.zone,
        person.synthetic,
    )
