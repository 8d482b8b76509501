"""What happens to a registration between the form and the door: corrections, leave, a block, another person."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import InvalidError
from ipweek.domain.people import RegistrationChanges
from ipweek.domain.registrations import Cancelled, Registered
from ipweek.domain.text import clean, is_formula
from ipweek.domain.words import Category, RegistrationStatus
from ipweek.services import audit, enrolments, matching, places, questions
from ipweek.services.base import Service
from ipweek.services.registration_rows import refuse_ended, resolve, views
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event

_LIMITS = {"title": 200, "category": 40, "seat": 200, "note": 200, "enterprise": 200}


class RegistrationEdits(Service):
    """Changes of one registration; the badge stays genuine through all of them."""

    def edit(
        self, actor: Actor, ref: str, changes: RegistrationChanges, event: str | None = None
    ) -> Registered:
        """Correct what was typed, note a leave, and change the sessions to the ones named.

        Raises InvalidError with the field's name and value, NotFoundError; for a registration that ended, as
        `leave` where its leave or its sessions are to change.
        """
        moment = self.clock()
        with self.uow.write() as session:
            row = resolve(session, ref, event)
            if changes.on_leave is not None or changes.sessions is not None:
                refuse_ended(session, row, ref)
            wanted = _wanted(session, row, changes)
            before = {name: getattr(row, name) for name in wanted}
            for name, value in wanted.items():
                setattr(row, name, value)
            if wanted:
                audit.record(
                    session, actor, moment, "edit", "registration", row.id, before=before, after=wanted
                )
            if changes.sessions is not None:
                enrolments.change(session, actor, row, changes.sessions, moment)
            if changes.on_leave is not None:
                _note_leave(session, actor, row, moment, on_leave=changes.on_leave)
            session.flush()
            return views(session, [row.id])[0]

    def leave(self, actor: Actor, ref: str, event: str | None = None, *, on_leave: bool = True) -> Registered:
        """Note that somebody is on leave (请假), or that he comes after all; he keeps his place.

        Raises InvalidError `already-cancelled`, AlreadyThereError `registration-blocked`.
        """
        with self.uow.write() as session:
            row = resolve(session, ref, event)
            refuse_ended(session, row, ref)
            _note_leave(session, actor, row, self.clock(), on_leave=on_leave)
            session.flush()
            return views(session, [row.id])[0]

    def block(self, actor: Actor, ref: str, event: str | None = None, *, why: str = "") -> Cancelled:
        """Keep somebody out: his place goes to the first in line.

        Raises InvalidError `already-blocked` or `already-cancelled`.
        """
        with self.uow.write() as session:
            row = resolve(session, ref, event)
            session.refresh(row, with_for_update=True)
            if row.status is RegistrationStatus.BLOCKED:
                raise InvalidError("already-blocked", registration=ref)
            if row.status is RegistrationStatus.CANCELLED:
                raise InvalidError("already-cancelled", registration=ref)
            before = {"status": row.status}
            promoted = release_place(session, actor, row, RegistrationStatus.BLOCKED, self.clock())
            after = {"status": row.status, "why": clean(why)[:200]}
            audit.record(
                session, actor, self.clock(), "block", "registration", row.id, before=before, after=after
            )
            session.flush()
            session.expire_all()
            return Cancelled(
                views(session, [row.id])[0], views(session, [promoted.id])[0] if promoted else None
            )

    def unblock(self, actor: Actor, ref: str, event: str | None = None) -> Registered:
        """Let somebody in again: with a place where one is free, else at the end of the line.

        Raises InvalidError `not-blocked`.
        """
        moment = self.clock()
        with self.uow.write() as session:
            row = resolve(session, ref, event)
            session.refresh(row, with_for_update=True)
            if row.status is not RegistrationStatus.BLOCKED:
                raise InvalidError("not-blocked", registration=ref)
            row.status, row.registered_at, row.confirmed_at = RegistrationStatus.WAITING, moment, None
            places.wish(session, row, (), moment)
            places.take_for(session, row, moment)
            audit.record(
                session,
                actor,
                moment,
                "unblock",
                "registration",
                row.id,
                before={"status": RegistrationStatus.BLOCKED},
                after={"status": row.status},
            )
            session.flush()
            return views(session, [row.id])[0]


def _note_leave(
    session: Session, actor: Actor, row: Registration, moment: datetime, *, on_leave: bool
) -> None:
    if row.on_leave is not on_leave:
        before, row.on_leave = {"on_leave": row.on_leave}, on_leave
        after = {"on_leave": on_leave}
        audit.record(session, actor, moment, "leave", "registration", row.id, before=before, after=after)


def release_place(
    session: Session, actor: Actor, row: Registration, status: RegistrationStatus, moment: datetime
) -> Registration | None:
    """Give a registration a status without a place; returns who moved up for it."""
    held_place = row.status is RegistrationStatus.REGISTERED
    row.status = status
    session.flush()
    places.leave_all(session, actor, row, moment)
    if not held_place:
        return None
    places.give_back(session, Event, row.event_id)
    return places.promote_first(session, actor, Event, row.event_id, moment)


def hand_over(session: Session, actor: Actor, old: Registration, new: Registration, moment: datetime) -> bool:
    """Pass a place, or a place in line, on to another registration of the event; nobody else moves.

    Returns False where the old one holds neither.
    """
    if old.id == new.id:
        return False
    held = session.scalar(
        select(Registration)
        .where(Registration.id == old.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if held is None or held.status not in (RegistrationStatus.REGISTERED, RegistrationStatus.WAITING):
        return False
    if held.status is RegistrationStatus.REGISTERED:
        new.status, new.confirmed_at = RegistrationStatus.REGISTERED, moment
    else:
        new.registered_at = held.registered_at
    before = {"status": held.status}
    held.status, held.cancelled_at = RegistrationStatus.CANCELLED, moment
    after = {"status": held.status}
    audit.record(session, actor, moment, "cancel", "registration", held.id, before=before, after=after)
    session.flush()
    places.pass_on(session, actor, held, new, moment)
    return True


def _wanted(session: Session, row: Registration, changes: RegistrationChanges) -> dict[str, Any]:
    """The fields that really change, as columns."""
    values: dict[str, Any] = {}
    for name, limit in _LIMITS.items():
        typed = getattr(changes, name)
        if typed is None:
            continue
        value = clean(typed)
        if len(value) > limit:
            raise InvalidError("field-too-long", field=name, limit=limit, length=len(value))
        if is_formula(value):
            raise InvalidError("field-formula", field=name, value=value)
        values[name] = value or None
    if "category" in values:
        values["category"] = values["category"] or Category.DELEGATE.value
    if "enterprise" in values:
        typed = values.pop("enterprise")
        enterprise = matching.enterprise_or_new(session, typed) if typed else None
        values["enterprise_id"] = enterprise.id if enterprise else None
        if enterprise is not None:
            person = session.get_one(Person, row.person_id)
            person.search_key = matching.longer_key(
                person.search_key, enterprise.name_zh or enterprise.name_en
            )
    if changes.answers:
        values["answers"] = questions.changed(session, row.event_id, row.answers, changes.answers)
    return {name: value for name, value in values.items() if getattr(row, name) != value}
