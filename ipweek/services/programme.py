"""The programme of a week: its timetable, what is wrong in it, its calendar, copies and cancellations."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import InvalidError
from ipweek.domain.kinds import KINDS
from ipweek.domain.programme import Conflict, Party, Schedule, Timetable, conflicts
from ipweek.domain.records import Record
from ipweek.domain.starts import Start
from ipweek.domain.words import EventStatus
from ipweek.services import audit, record_rules
from ipweek.services.base import Service
from ipweek.services.navigation import find_place
from ipweek.services.programme_slots import draft_of, entries_of, in_both, slots_of
from ipweek.services.records import add_row, as_record, find
from ipweek.storage.tables.programme import Event, EventSession, Week

_NOT_COPIED = ("code", "status")


class Programme(Service):
    """What is on when and where, and what cannot be."""

    def timetable(self, week: str) -> Timetable:
        """Events and sessions of a week in the order of time, with every conflict. Raises NotFoundError."""
        with self.uow.read() as session:
            row: Week = find(session, "week", week)
            slots = slots_of(session, row)
            return Timetable(row.code, row.zone, slots, conflicts(slots, in_both(session, row.id)))

    def timetable_of(self, place: str) -> Timetable:
        """An event with its sessions, or one session, and the conflicts that touch them. Raises NotFoundError."""
        with self.uow.read() as session:
            held = find_place(session, place)
            event = held if isinstance(held, Event) else session.get_one(Event, held.event_id)
            row = session.get_one(Week, event.week_id)
            slots = slots_of(session, row)
            own = {slot.code for slot in slots if held.code in (slot.code, slot.event)}
            found = conflicts(slots, in_both(session, row.id))
            touching = tuple(each for each in found if own & {each.first, each.second})
            return Timetable(row.code, row.zone, tuple(slot for slot in slots if slot.code in own), touching)

    def schedule(self, week: str | None = None, event: str | None = None) -> Schedule:
        """The programme of a week, or of an event, as a calendar tells it. Raises NotFoundError."""
        with self.uow.read() as session:
            held = find(session, "event", event) if event else None
            row: Week = session.get_one(Week, held.week_id) if held else find(session, "week", week or "")
            slots = slots_of(session, row)
            wanted = [slot for slot in slots if held is None or held.code in (slot.code, slot.event)]
            party = Party(row.code, row.name_zh, row.name_en)
            return Schedule(party, row.zone, entries_of(session, wanted))

    def conflicts_of(self, kind: str, code: str | None, values: Mapping[str, Any]) -> tuple[Conflict, ...]:
        """What would be wrong with an event or session if it had these values; nothing is written.

        `code` names the one that is edited, None a new one; values that are not given are those it has.
        """
        with self.uow.read() as session:
            row = find(session, kind, code) if code else None
            before = dict(as_record(session, kind, row).values) if row else {}
            wanted = {field.name: before.get(field.name) for field in KINDS[kind].fields} | dict(values)
            event = find(session, "event", wanted["event"]) if kind == "session" and wanted["event"] else None
            week = find(session, "week", wanted["week"]) if kind == "event" and wanted["week"] else None
            if event is not None:
                week = session.get_one(Week, event.week_id)
            if week is None:
                return ()
            draft = draft_of(session, kind, row, wanted, week)
            others = [slot for slot in slots_of(session, week) if slot.id != draft.id]
            found = conflicts([*others, draft], in_both(session, week.id))
            return tuple(each for each in found if draft.code in (each.first, each.second))

    def copy(self, actor: Actor, code: str, new_code: str, values: Mapping[str, Any] | None = None) -> Record:
        """Copy an event with its sessions, or a session, under another code, planned anew.

        Values given are the copy's; where a start is moved and no end is given, the end moves along. Where an event's
        day is moved, its sessions move by as many days and keep their hours; they are called NEW-OLD. Registrations,
        links and doors are not copied. Raises as `Records.add`.
        """
        with self.uow.write() as session:
            held = find_place(session, code)
            kind = "event" if isinstance(held, Event) else "session"
            made = self._copied(session, actor, kind, held, {**(values or {}), "code": new_code})
            if isinstance(held, Event):
                shift = _shift(held.start_day, made.start_day)
                for part in session.scalars(
                    select(EventSession)
                    .where(EventSession.event_id == held.id, EventSession.archived_at.is_(None))
                    .order_by(EventSession.start_day, EventSession.start_time, EventSession.code)
                ).all():
                    moved = _moved(as_record(session, "session", part).values, shift)
                    given = {**moved, "code": f"{new_code}-{part.code}"[:60], "event": made.code}
                    self._copied(session, actor, "session", part, given)
            return as_record(session, kind, made)

    def _copied(self, session: Session, actor: Actor, kind: str, row: Any, given: Mapping[str, Any]) -> Any:
        known = as_record(session, kind, row).values
        carried = {
            field.name: known[field.name] for field in KINDS[kind].fields if field.name not in _NOT_COPIED
        }
        if given.get("start") and "end" not in given:
            carried["end"] = _end_moved(known["start"], known["end"], given["start"])
        return add_row(session, actor, self.clock(), kind, {**carried, **given})

    def cancel(self, actor: Actor, code: str) -> tuple[str, ...]:
        """Cancel an event with its sessions, or a session; returns the codes of what is cancelled now.

        Registrations and scans stay; what is cancelled takes no more of them. Raises InvalidError
        `cancelled-already`, NotFoundError.
        """
        with self.uow.write() as session:
            held = find_place(session, code)
            if held.status is EventStatus.CANCELLED:
                raise InvalidError("cancelled-already", code=held.code)
            rows: list[Event | EventSession] = [held]
            if isinstance(held, Event):
                rows += session.scalars(
                    select(EventSession).where(
                        EventSession.event_id == held.id, EventSession.status != EventStatus.CANCELLED
                    )
                ).all()
            moment = self.clock()
            for row in rows:
                kind = "event" if isinstance(row, Event) else "session"
                before = {"status": row.status}
                row.status = EventStatus.CANCELLED
                record_rules.count_change(row)
                after = {"status": row.status}
                audit.record(session, actor, moment, "cancel", kind, row.id, before=before, after=after)
            return tuple(row.code for row in rows)


def _end_moved(start: Start | None, end: Start | None, to: Start) -> Start | None:
    """The end of what is as long as before; by whole days where an hour is missing."""
    if start is None or end is None:
        return end
    if start.time and end.time and to.time:
        lasts = datetime.combine(end.day, end.time) - datetime.combine(start.day, start.time)
        moved = datetime.combine(to.day, to.time) + lasts
        return Start(moved.date(), moved.time())
    return Start(end.day + (to.day - start.day), end.time)


def _shift(before: date | None, after: date | None) -> timedelta:
    return after - before if before and after else timedelta()


def _moved(values: Mapping[str, Any], shift: timedelta) -> dict[str, Any]:
    return {
        name: Start(values[name].day + shift, values[name].time) if values[name] else None
        for name in ("start", "end")
    }
