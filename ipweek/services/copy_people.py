"""Walk-ins of a desk's copy: enterprises by name, people, registrations, sessions, each with a place where one is free."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import cast
from uuid import UUID

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.words import RegistrationStatus
from ipweek.services import places
from ipweek.services.copy_rows import CopyRows, Row
from ipweek.services.matching import longer_key
from ipweek.services.registration_changes import hand_over, release_place
from ipweek.storage.bulk import insert_rows
from ipweek.storage.tables.audit import AuditEntry, AuditValues
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession

_ENTERPRISES, _PEOPLE, _REGISTRATIONS, _ENROLMENTS, _ENTRIES, _VALUES = (
    cast("Table", table.__table__)
    for table in (Enterprise, Person, Registration, Enrolment, AuditEntry, AuditValues)
)
_REGISTERED, _WAITING, _CANCELLED = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.WAITING,
    RegistrationStatus.CANCELLED,
)
_LIVE = (_REGISTERED, _WAITING)
_TYPED = (
    *("enterprise_id", "title", "category", "seat", "note", "answers", "source"),
    *("substitute_for", "registered_at"),
)
"""What is said anew of somebody who registers again."""


class CopyPeople:
    """Takes in whom a desk registered and what ended there.

    `newcomers` are the people that it added, `ended` the registrations whose status a merge changed.
    """

    def __init__(self, session: Session, actor: Actor, moment: datetime, rows: CopyRows) -> None:
        self._session, self._actor, self._moment, self._rows = session, actor, moment, rows
        self.newcomers: list[UUID] = []
        self.ended: list[UUID] = []

    def take(self) -> int:
        """Take everybody in; how many registrations are new."""
        self._enterprises()
        self._people()
        new = self._registrations()
        self._enrolments()
        self._changes()
        self._session.flush()
        self._typed_of_known()
        return new

    def _enterprises(self) -> None:
        """An enterprise is the one of the same name, as at any desk."""
        fresh = self._rows.unknown(_ENTERPRISES)
        keys = {row["key"] for row in fresh}
        here = or_(Enterprise.archived_at.is_(None), Enterprise.merged_into.is_not(None))
        named: dict[str, UUID] = {}
        known = select(Enterprise).where(Enterprise.key.in_(keys), here)
        for held in self._session.scalars(known.order_by(Enterprise.archived_at.is_not(None), Enterprise.id)):
            named.setdefault(held.key, held.merged_into or held.id)
        made = []
        for row in fresh:
            if row["key"] in named:
                self._rows.means(_ENTERPRISES, row["id"], named[row["key"]])
            else:
                made.append(row)
        insert_rows(self._session, _ENTERPRISES, self._rows.mapped(_ENTERPRISES, made))

    def _people(self) -> None:
        """Whose registration is here already, for only the answer got lost, is the one whom it names here."""
        fresh = self._rows.unknown(_PEOPLE)
        people = {row["id"] for row in fresh}
        own = {row["id"]: row["person_id"] for row in self._rows.added(_REGISTRATIONS)}
        known = select(Registration.id, Registration.person_id).where(
            Registration.id.in_([one for one, person in own.items() if person in people])
        )
        for row in self._session.execute(known):
            self._rows.means(_PEOPLE, own[row.id], row.person_id)
            people.discard(own[row.id])
        made = [row for row in fresh if row["id"] in people]
        insert_rows(self._session, _PEOPLE, self._rows.mapped(_PEOPLE, made))
        self.newcomers = [row["id"] for row in self._rows.added(_PEOPLE)]

    def _registrations(self) -> int:
        """Who is registered here by now keeps that registration; the others get a place each, substitutes first."""
        fresh = list(self._rows.mapped(_REGISTRATIONS, self._rows.unknown(_REGISTRATIONS)))
        people = {row["person_id"] for row in fresh}
        held = {
            (row.person_id, row.event_id): row.id
            for row in self._session.scalars(select(Registration).where(Registration.person_id.in_(people)))
        }
        made = []
        for row in fresh:
            there = held.setdefault((row["person_id"], row["event_id"]), row["id"])
            if there == row["id"]:
                made.append(row)
            else:
                self._rows.means(_REGISTRATIONS, row["id"], there)
        wished = [row["id"] for row in made if row["status"] is _REGISTERED]
        waiting = {"status": _WAITING, "confirmed_at": None}
        insert_rows(
            self._session,
            _REGISTRATIONS,
            (row | waiting if row["status"] is _REGISTERED else row for row in made),
        )
        self._substitutes([row for row in made if row["substitute_for"] and row["status"] is _REGISTERED])
        self._give_places(wished)
        return len(made)

    def _substitutes(self, rows: Sequence[Row]) -> None:
        """Whoever came for a delegate has his place, as at any desk, as long as he still holds it."""
        for row in rows:
            self._takes_over(self._session.get_one(Registration, row["id"]))
        self._session.flush()

    def _takes_over(self, new: Registration) -> bool:
        """Whether a registration came to a place, or a place in line, for somebody else."""
        old = self._session.get(Registration, new.substitute_for) if new.substitute_for else None
        if old is None or not hand_over(self._session, self._actor, old, new, self._moment):
            return False
        old.cancelled_at = new.registered_at
        self.ended.append(old.id)
        return True

    def _give_places(self, wished: Sequence[UUID]) -> None:
        """Places of the events for those who stand in line yet, in the order in which they registered."""
        rows = self._session.scalars(
            select(Registration)
            .where(Registration.id.in_(wished), Registration.status == _WAITING)
            .order_by(Registration.event_id, Registration.registered_at, Registration.id)
        ).all()
        for event, group in groupby(rows, lambda row: row.event_id):
            line = list(group)
            for row in line[: places.take_places(self._session, Event, event, len(line))]:
                row.status, row.confirmed_at = _REGISTERED, row.registered_at
        self._session.flush()

    def _enrolments(self) -> None:
        """Sessions, each with a place where one is free and the registration holds one."""
        fresh = self._rows.unknown(_ENROLMENTS)
        sessions = set(self._session.scalars(select(EventSession.id)))
        rows = [
            row
            for row in self._rows.mapped(_ENROLMENTS, fresh)
            if row["registration_id"] is not None and row["session_id"] in sessions
        ]
        own = {row["registration_id"] for row in rows}
        held = {
            (one.registration_id, one.session_id)
            for one in self._session.scalars(select(Enrolment).where(Enrolment.registration_id.in_(own)))
        }
        placed = set(
            self._session.scalars(
                select(Registration.id).where(Registration.id.in_(own), Registration.status == _REGISTERED)
            )
        )
        made = [row for row in rows if (row["registration_id"], row["session_id"]) not in held]
        made.sort(key=lambda row: (row["session_id"].hex, row["enrolled_at"], row["id"].hex))
        for identity, group in groupby(made, lambda row: row["session_id"]):
            line = list(group)
            wished = [row for row in line if row["status"] is _REGISTERED]
            entitled = [row for row in wished if row["registration_id"] in placed]
            for row in wished:
                row["status"] = _WAITING
            free = places.take_places(self._session, EventSession, identity, len(entitled)) if entitled else 0
            for row in entitled[:free]:
                row["status"] = _REGISTERED
        insert_rows(self._session, _ENROLMENTS, made)

    def _changes(self) -> None:
        """Who registered at the desk again is registered, and what ended there ends here."""
        ended = []
        for row in self._rows.mapped(_REGISTRATIONS, self._rows.changed(_REGISTRATIONS)):
            here = self._rows.meaning(_REGISTRATIONS, row["id"])
            held = self._session.get(Registration, here, with_for_update=True) if here else None
            if held is None:
                continue
            if row["status"] not in _LIVE:
                ended.append((held, row))
            elif held.status is _CANCELLED:
                self._reopen(held, row)
        for held, row in ended:
            if held.status in _LIVE:
                self._end(held, row)

    def _end(self, held: Registration, row: Row) -> None:
        held.cancelled_at = row["cancelled_at"]
        release_place(self._session, self._actor, held, row["status"], self._moment)
        self.ended.append(held.id)

    def _reopen(self, held: Registration, row: Row) -> None:
        if held.cancelled_at is not None and row["registered_at"] <= held.cancelled_at:
            return
        for name in _TYPED:
            setattr(held, name, row[name])
        held.status, held.confirmed_at, held.cancelled_at = _WAITING, None, None
        self._session.flush()
        places.wish(self._session, held, (), self._moment)
        if not self._takes_over(held):
            places.take_for(self._session, held, self._moment)
        self.ended.append(held.id)

    def _typed_of_known(self) -> None:
        """What a desk typed of somebody whom it knew stands in its trail, and is kept once, as at any desk."""
        told = {row["entry_id"]: row["after"] for row in self._rows.added(_VALUES)}
        entries = [row for row in self._rows.unknown(_ENTRIES) if row["action"] == "register"]
        for entry in entries:
            here = self._rows.meaning(_REGISTRATIONS, entry["record_id"])
            held = self._session.get(Registration, here) if here else None
            if held is None:
                continue
            person, typed = self._session.get_one(Person, held.person_id), told.get(entry["id"], {})
            person.name_latin = typed.get("name_latin") or person.name_latin
            person.email = typed.get("email") or person.email
            enterprise = self._session.get(Enterprise, held.enterprise_id) if held.enterprise_id else None
            name = (enterprise.name_zh or enterprise.name_en) if enterprise else None
            person.search_key = longer_key(person.search_key, person.name_latin, name)
        self._session.flush()
