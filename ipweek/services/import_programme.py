"""Planning an import of a programme: events, sessions, and the rooms and people that are new with them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.adapters import pinyin
from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, IpweekError
from ipweek.domain.import_report import FieldChange, RowChange
from ipweek.domain.import_rows import Problem
from ipweek.domain.imports import ProgrammeDraft
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import shown
from ipweek.domain.starts import Start
from ipweek.domain.text import folded
from ipweek.domain.words import EventKind, RowOutcome
from ipweek.services.import_plan import Plan, RowResult, key_text
from ipweek.services.records import add_row, as_record, edit_row
from ipweek.storage.tables.kinds import KEEPING
from ipweek.storage.tables.programme import Event, EventSession, Room, SessionSpeaker, Speaker, Venue, Week

if TYPE_CHECKING:
    from uuid import UUID

_TABLES: Mapping[str, Any] = {
    "event": Event,
    "session": EventSession,
    "venue": Venue,
    "room": Room,
    "speaker": Speaker,
}
_PLACE = re.compile(r"(.+?)\s*[·•,，/|]\s*(.+)|(.*[^\x00-\x7f].*?)\s+(.+)")
_PLAIN = ("name_en", "kind", "capacity", "note")


class ProgrammePlanner:
    """Writes drafts into the caller's transaction, one by one: what a row breaks undoes that row alone."""

    def __init__(
        self, session: Session, actor: Actor, moment: datetime, week: Week, drafts: Sequence[ProgrammeDraft]
    ) -> None:
        self._session, self._actor, self._moment, self._week = session, actor, moment, week
        self._drafts = drafts
        self._claimed: set[UUID] = set()
        self._made: list[RowResult] = []
        self.plan = Plan()
        self.problems: list[Problem] = []

    def run(self, told: Callable[[int], None] = lambda _done: None) -> None:
        """All drafts, the events before the sessions: a session may stand above its event."""
        for done, draft in enumerate(sorted(self._drafts, key=lambda draft: draft.session is not None)):
            told(done)
            self._made = []
            try:
                with self._session.begin_nested():
                    result = self._event(draft) if draft.session is None else self._held(draft)
            except IpweekError as error:
                self.plan.changes = [change for change in self.plan.changes if change.row != draft.row]
                field = str(error.params.get("field", "session" if draft.session else "event"))
                value = str(error.params.get("value", error.params.get("code", "")))
                self.problems.append(Problem(draft.row, field, value, error.code, "error", error.params))
                self._session.expire_all()
                continue
            self.plan.results.append(result)
            self.plan.sides += self._made
        self.plan.results.sort(key=lambda result: result.number)
        self._note_additions()

    def _note_additions(self) -> None:
        """The keys of all rows that are new, those that belong to a record included."""
        made = [one for one in (*self.plan.results, *self.plan.sides) if one.outcome is RowOutcome.ADDED]
        for result in made:
            keeping = KEEPING[str(result.record_kind)]
            own = [keeping.table.__table__.c.id == result.record_id]
            owned = [(table, table.__table__.c[column]) for table, column in keeping.owned]
            if result.record_kind == "speaker":
                owned.append((SessionSpeaker, SessionSpeaker.__table__.c.speaker_id))
            wanted = [
                (keeping.table, *own),
                *((table, column == result.record_id) for table, column in owned),
            ]
            for table, where in wanted:
                keys = self._session.execute(select(*table.__table__.primary_key).where(where))
                noted = self.plan.keys.setdefault(table.__tablename__, [])
                noted += [key for row in keys if (key := key_text(row)) not in noted]

    def _event(self, draft: ProgrammeDraft) -> RowResult:
        place = draft.venue or draft.room
        venue = self._venue(place, draft.row).code if place else None
        values = {
            **self._values(draft),
            "venue": venue,
            "host": draft.host,
            "organizer": draft.organizer,
        }
        row = self._find_event(draft.event, draft.code)
        if row is None:
            return self._add("event", draft, {**self._named(draft.event), "week": self._week.code, **values})
        return self._change("event", draft, row, values)

    def _held(self, draft: ProgrammeDraft) -> RowResult:
        event = self._find_event(draft.event) or self._implied(draft)
        room = self._room(draft, event)
        values = {
            **self._values(draft),
            "room": room.code if room else None,
            "speakers": self._speakers(draft.speakers, draft.row),
            "moderators": self._speakers(draft.moderators, draft.row),
        }
        assert draft.session is not None
        row = self._find_session(draft, event)
        if row is None:
            return self._add("session", draft, {**self._named(draft.session), "event": event.code, **values})
        return self._change("session", draft, row, values)

    def _values(self, draft: ProgrammeDraft) -> dict[str, Any]:
        return {name: getattr(draft, name) for name in (*_PLAIN, "start", "end")}

    def _named(self, name: str) -> dict[str, Any]:
        return {"name_en" if name.isascii() else "name_zh": name}

    def _add(self, kind: str, draft: ProgrammeDraft, values: Mapping[str, Any]) -> RowResult:
        name = str(draft.session or draft.event)
        stem = values["event"] if kind == "session" else pinyin.slug(name) or kind
        code = draft.code or self._free_code(stem, "event", "session", numbered=kind == "session")
        given = {key: value for key, value in values.items() if value not in (None, ())}
        row = self._write(kind, {"kind": EventKind.OTHER, **given, "code": code})
        self._claimed.add(row.id)
        self.plan.changes.append(RowChange(draft.row, RowOutcome.ADDED, name))
        return RowResult(draft.row, RowOutcome.ADDED, row.id, {}, self._said(kind, row), kind)

    def _change(self, kind: str, draft: ProgrammeDraft, row: Any, values: Mapping[str, Any]) -> RowResult:
        self._claimed.add(row.id)
        before = as_record(self._session, kind, row).values
        given = {name: value for name, value in values.items() if value not in (None, ())}
        known = {"start": before["start"] or self._day_of_event(kind, row), "end": before["end"]}
        for name in ("start", "end"):
            if name in given and _says_less(given[name], known[name]):
                del given[name]
        changed = {name: value for name, value in given.items() if before[name] != value}
        if not changed:
            return RowResult(draft.row, RowOutcome.UNCHANGED, row.id, record_kind=kind)
        made = edit_row(self._session, self._actor, self._moment, kind, row.code, changed).values
        old, new = ({name: shown(values[name]) for name in changed} for values in (before, made))
        diff = tuple(FieldChange(name, old[name] or None, new[name] or None) for name in changed)
        self.plan.changes.append(
            RowChange(draft.row, RowOutcome.UPDATED, str(draft.session or draft.event), diff)
        )
        return RowResult(draft.row, RowOutcome.UPDATED, row.id, old, new, kind)

    def _day_of_event(self, kind: str, row: Any) -> Start | None:
        """The day of a session that states none."""
        event = self._session.get_one(Event, row.event_id) if kind == "session" else None
        return Start(event.start_day) if event and event.start_day else None

    def _implied(self, draft: ProgrammeDraft) -> Event:
        """An event that only its sessions name: on their days, at their venue where they have one venue."""
        own = [each for each in self._drafts if folded(each.event) == folded(draft.event)]
        days = sorted({each.start.day for each in own if each.start})
        venues = {each.venue for each in own}
        venue = next(iter(venues)) if len(venues) == 1 else None
        stem = pinyin.slug(draft.event) or "event"
        values = {
            **self._named(draft.event),
            "code": self._free_code(stem, "event", "session"),
            "week": self._week.code,
            "kind": EventKind.OTHER,
            "start": Start(days[0]) if days else None,
            "end": Start(days[-1]) if len(days) > 1 else None,
            "venue": self._venue(venue, draft.row).code if venue and not _parts(venue) else None,
        }
        made: Event = self._side("event", values, draft.row)
        return made

    def _find_event(self, name: str, code: str | None = None) -> Any:
        """An event of the week by code or name. Raises AlreadyThereError for a code that is another's."""
        query = select(Event).where(Event.week_id == self._week.id, Event.archived_at.is_(None))
        found = list(self._session.scalars(query.order_by(Event.start_day.nulls_last(), Event.code)))
        if code is not None:
            self._refuse_other(code, "event", found)
        return _matching(found, code or name) or _matching(found, name)

    def _find_session(self, draft: ProgrammeDraft, event: Event) -> Any:
        """A session of the event by code, else by name: of several of one name, the one at that time."""
        query = select(EventSession).where(
            EventSession.event_id == event.id, EventSession.archived_at.is_(None)
        )
        found = list(self._session.scalars(query.order_by(EventSession.code)))
        if draft.code is not None:
            self._refuse_other(draft.code, "session", found)
            if (row := _matching(found, draft.code)) is not None:
                return row
        alike = [row for row in found if row.id not in self._claimed and _is(row, str(draft.session))]
        starts = {row.id: _start_of(row) for row in alike}
        if (row := next((row for row in alike if starts[row.id] == draft.start), None)) is not None:
            return row
        others = {
            each.start
            for each in self._drafts
            if each is not draft and each.session and folded(each.session) == folded(str(draft.session))
        }
        free = [row for row in alike if starts[row.id] not in others]
        return free[0] if free else None

    def _refuse_other(self, code: str, kind: str, own: Iterable[Any]) -> None:
        if any(row.code == code for row in own):
            return
        for other in ("event", "session"):
            table = _TABLES[other]
            if self._session.scalar(select(table.id).where(table.code == code)) is not None:
                raise AlreadyThereError("code-taken", field="code", kind=kind, code=code, value=code)

    def _venue(self, name: str, row: int) -> Any:
        found = self._known("venue", name)
        code = self._free_code(pinyin.slug(name) or "venue", "venue")
        return found or self._side("venue", {**self._named(name), "code": code}, row)

    def _room(self, draft: ProgrammeDraft, event: Event) -> Any:
        """The room that a session's cells name: in its own venue, in its event's, or a place of its own."""
        held = self._session.get(Venue, event.venue_id) if event.venue_id else None
        venue, room = draft.venue, draft.room
        if room is None:
            if venue is None or (held is not None and _is(held, venue)):
                return None
            venue, room = _parts(venue) or (None, venue)
        if venue is not None:
            held = self._venue(venue, draft.row)
        known = self._known("room", room, *((Room.venue_id == held.id,) if held else ()))
        if known is None and venue is None:
            known = self._known("room", room)
        if known is not None:
            return known
        where = held or self._venue(room, draft.row)
        code = self._free_code(f"{where.code}-{pinyin.slug(room) or 'room'}", "room")
        return self._side("room", {**self._named(room), "venue": where.code, "code": code}, draft.row)

    def _speakers(self, people: Sequence[tuple[str, str | None]], row: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._speaker(name, title, row) for name, title in people))

    def _speaker(self, name: str, title: str | None, row: int) -> str:
        """By code or name; of several of one name, the one with that title."""
        query = select(Speaker).where(Speaker.archived_at.is_(None)).order_by(Speaker.code)
        alike = [speaker for speaker in self._session.scalars(query) if _is(speaker, name)]
        exact = next((speaker for speaker in alike if speaker.title == title), None)
        if alike and (title is None or exact is not None or alike[0].title is None):
            return str((exact or alike[0]).code)
        code = self._free_code(pinyin.slug(name) or "speaker", "speaker")
        values = {**self._named(name), "title": title, "code": code}
        return str(self._side("speaker", values, row).code)

    def _known(self, kind: str, name: str, *more: Any) -> Any:
        table = _TABLES[kind]
        query = select(table).where(table.archived_at.is_(None), *more).order_by(table.code)
        return _matching(self._session.scalars(query), name)

    def _side(self, kind: str, values: Mapping[str, Any], number: int) -> Any:
        """Add what a row needs beside itself."""
        made = self._write(kind, values)
        self._made.append(RowResult(number, RowOutcome.ADDED, made.id, {}, self._said(kind, made), kind))
        return made

    def _write(self, kind: str, values: Mapping[str, Any]) -> Any:
        return add_row(self._session, self._actor, self._moment, kind, values)

    def _said(self, kind: str, row: Any) -> dict[str, str]:
        """What a record says, as it is typed."""
        values = as_record(self._session, kind, row).values
        return {field.name: shown(values[field.name]) for field in KINDS[kind].fields}

    def _free_code(self, stem: str, *kinds: str, numbered: bool = False) -> str:
        """The stem, or the stem with the first free number behind it."""
        stem = stem[:50].strip("-")
        taken: set[str] = set()
        for table in map(_TABLES.__getitem__, kinds):
            query = select(table.code).where(table.code.startswith(stem, autoescape=True))
            taken.update(self._session.scalars(query))
        if not numbered and stem not in taken:
            return stem
        return next(
            code for number in count(1 if numbered else 2) if (code := f"{stem}-{number}") not in taken
        )


def _matching(rows: Iterable[Any], name: str) -> Any:
    """The first of the rows that a name or a code means."""
    return next((row for row in rows if _is(row, name)), None)


def _is(row: Any, name: str) -> bool:
    wanted = folded(name)
    return any(wanted == folded(word) for word in (row.name_zh, row.name_en, row.code) if word)


def _parts(place: str) -> tuple[str, str] | None:
    """A venue and a room in it, where a text names both."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return None
    venue, room, other, inside = found.groups()
    return venue or other, room or inside


def _start_of(row: EventSession) -> Start | None:
    return Start(row.start_day, row.start_time) if row.start_day else None


def _says_less(given: Start, known: Start | None) -> bool:
    """Whether a day is given where day and time are known already."""
    return known is not None and given.day == known.day and given.time is None
