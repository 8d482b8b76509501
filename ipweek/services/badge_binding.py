"""Blank badges become somebody's at the desk, by a scan."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import shown_number
from ipweek.domain.badges import Bound
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.words import Reason
from ipweek.services import audit
from ipweek.services.badge_readings import KeyRing
from ipweek.services.base import Clock, Service, utc_now
from ipweek.services.registration_rows import refuse_ended, resolve
from ipweek.storage.tables.badges import Badge, Print
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork


class Bindings(Service):
    """Binding a blank's code to who holds it."""

    def __init__(self, uow: UnitOfWork, clock: Clock = utc_now) -> None:
        super().__init__(uow, clock)
        self._keys = KeyRing(uow)

    def bind(self, actor: Actor, code: str, ref: str, event: str | None = None) -> Bound:
        """Make a blank badge somebody's, in place of the one he has in that week, which is revoked from then on.

        His own badge again changes nothing. Raises InvalidError `badge-code-digits`, `badge-code-forged` or
        `badge-revoked`, AlreadyThereError `badge-taken` with whose it is, NotFoundError `badge-other-week`.
        """
        reading = self._keys.read(code)
        if reading.badge is None:
            if reading.reason is Reason.FORGED:
                raise InvalidError("badge-code-forged")
            raise InvalidError("badge-code-digits", text=code)
        moment = self.clock()
        with self.uow.write() as session:
            registration = resolve(session, ref, event)
            refuse_ended(session, registration, ref)
            week = session.get_one(Event, registration.event_id).week_id
            blank = session.scalar(select(Badge).where(Badge.number == reading.badge.number))
            number = shown_number(reading.badge.number)
            if blank is None or week not in (reading.week, blank.week_id) or blank.week_id != reading.week:
                raise NotFoundError("badge-other-week", badge=number)
            person = session.get_one(Person, registration.person_id)
            if blank.revoked_at is not None or blank.issue != reading.badge.issue:
                raise InvalidError("badge-revoked", badge=number)
            if blank.person_id == person.id:
                return Bound(registration.id, number, person.name, None)
            if blank.person_id is not None:
                raise _taken(session, blank, number)
            former = session.scalar(select(Badge).where(Badge.week_id == week, Badge.person_id == person.id))
            if former is not None:
                former.person_id, former.former_id, former.revoked_at = None, person.id, moment
                session.flush()
            blank.person_id = person.id
            before = {"badge": shown_number(former.number) if former else None}
            after = {"badge": number, "registration": registration.id}
            audit.record(session, actor, moment, "bind", "badge", blank.id, before=before, after=after)
            return Bound(registration.id, number, person.name, before["badge"])

    def would_revoke(self, registration: UUID) -> bool:
        """Whether the badge that a registration has now is on paper, so that binding another takes it out of use."""
        with self.uow.read() as session:
            query = (
                select(Print.id)
                .join(Badge, (Badge.id == Print.badge_id) & (Badge.issue == Print.issue))
                .join(Registration, Registration.person_id == Badge.person_id)
                .join(Event, (Event.id == Registration.event_id) & (Event.week_id == Badge.week_id))
                .where(Registration.id == registration)
                .limit(1)
            )
            return session.scalar(query) is not None


def _taken(session: Session, badge: Badge, number: str) -> AlreadyThereError:
    name = session.scalar(select(Person.name).where(Person.id == badge.person_id)) or ""
    return AlreadyThereError("badge-taken", badge=number, name=name)
