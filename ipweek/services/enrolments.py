"""Taking part in sessions: enrolling somebody, and taking him out again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.registrations import Cancelled, Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.services import audit, places
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.services.registration_rows import refuse_ended, resolve, views
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession


class Enrolments(Service):
    """Sessions of one registration; each has places of its own, and a line where they are taken."""

    def enrol(self, actor: Actor, ref: str, code: str, event: str | None = None) -> Registered:
        """Enrol somebody in a session: with a place where one is free, else waiting.

        Raises NotFoundError, InvalidError `session-of-other-event` or `already-cancelled`, AlreadyThereError
        `already-enrolled` or `registration-blocked`.
        """
        with self.uow.write() as session:
            row = resolve(session, ref, event)
            refuse_ended(session, row, ref)
            (wanted,) = sessions_named(session, (code,), row.event_id)
            if wanted.id in {one.session_id for one in _live(session, row)}:
                name = session.get_one(Person, row.person_id).name
                raise AlreadyThereError("already-enrolled", name=name, session=wanted.code)
            _enrol(session, actor, row, (wanted,), self.clock())
            session.flush()
            return views(session, [row.id])[0]

    def unenrol(self, actor: Actor, ref: str, code: str, event: str | None = None) -> Cancelled:
        """Take somebody out of a session; the first in line for it moves up by himself.

        Raises NotFoundError `enrolment-missing` and as `resolve`, InvalidError `session-of-other-event`.
        """
        with self.uow.write() as session:
            row = resolve(session, ref, event)
            (left,) = sessions_named(session, (code,), row.event_id)
            one = next((one for one in _live(session, row) if one.session_id == left.id), None)
            if one is None:
                name = session.get_one(Person, row.person_id).name
                raise NotFoundError("enrolment-missing", name=name, session=left.code)
            promoted = _take_out(session, actor, row, one, self.clock())
            session.flush()
            found = {view.id: view for view in views(session, [one.id for one in (row, promoted) if one])}
            return Cancelled(found[row.id], found[promoted.id] if promoted else None)


def sessions_named(session: Session, codes: Collection[str], event: UUID) -> tuple[EventSession, ...]:
    """Sessions of an event by their codes, each once. Raises NotFoundError, InvalidError `session-of-other-event`."""
    found: dict[UUID, EventSession] = {}
    for code in codes:
        wanted: EventSession = find(session, "session", code)
        if wanted.event_id != event:
            other = session.get_one(Event, event).code
            raise InvalidError("session-of-other-event", session=code, event=other)
        found[wanted.id] = wanted
    return tuple(found.values())


def change(
    session: Session, actor: Actor, row: Registration, codes: Collection[str], moment: datetime
) -> None:
    """Let a registration take part in these sessions and no others. Raises as `sessions_named`."""
    wanted = {one.id: one for one in sessions_named(session, codes, row.event_id)}
    having = {one.session_id: one for one in _live(session, row)}
    for identity, one in having.items():
        if identity not in wanted:
            _take_out(session, actor, row, one, moment)
    _enrol(session, actor, row, [wanted[one] for one in wanted if one not in having], moment)


def wished_codes(session: Session, row: Registration) -> tuple[str, ...]:
    """The sessions that a registration takes or took part in or waits for."""
    query = select(EventSession.code).join(Enrolment, Enrolment.session_id == EventSession.id)
    return tuple(
        session.scalars(query.where(Enrolment.registration_id == row.id).order_by(EventSession.code))
    )


def _live(session: Session, row: Registration) -> list[Enrolment]:
    return [
        one for one in places.enrolments_of(session, row) if one.status is not RegistrationStatus.CANCELLED
    ]


def _enrol(
    session: Session, actor: Actor, row: Registration, wanted: Sequence[EventSession], moment: datetime
) -> None:
    if wanted:
        places.wish(session, row, [one.id for one in wanted], moment)
    for one in wanted:
        audit.record(session, actor, moment, "enrol", "registration", row.id, after={"session": one.code})


def _take_out(
    session: Session, actor: Actor, row: Registration, one: Enrolment, moment: datetime
) -> Registration | None:
    code = session.get_one(EventSession, one.session_id).code
    promoted = places.leave(session, actor, one, moment)
    session.delete(one)
    audit.record(session, actor, moment, "unenrol", "registration", row.id, before={"session": code})
    return promoted
