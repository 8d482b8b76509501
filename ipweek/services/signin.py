"""Sign-in sheets: what is printed, and keying the signed rows in as marks that double nobody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Row, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import BadgeCode, compose, normalise, shown_number
from ipweek.domain.checkin import Door
from ipweek.domain.errors import NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.signin import REASON, Keyed, KeyedRow, SheetOrder, SheetRow, SignInSheet, short_number
from ipweek.domain.starts import Start
from ipweek.domain.words import Direction, Reason, RegistrationStatus, ScanKind, Verdict
from ipweek.services import audit
from ipweek.services.badge_readings import Reading
from ipweek.services.checkin import CheckIn
from ipweek.services.records import find
from ipweek.storage.tables.badges import Badge, BadgeKey
from ipweek.storage.tables.checkin import Admission, Scan
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Room, Venue, Week, Workspace

_WHOLE = 10
_COUNTERS = 10**6


@dataclass(frozen=True, slots=True)
class _Meant:
    """Whose row it is, how often it came to nothing before, and the entry that counts already."""

    registration: UUID
    name: str
    enterprise: str
    tries: int
    entries: int
    first_in: datetime | None
    first_desk: str | None


class SignIn(CheckIn):
    """A door that reads paper: the same rules and the same log, at the sheet's time."""

    def sheet(
        self,
        event: str,
        session_code: str | None = None,
        order: SheetOrder = SheetOrder.ENTERPRISE,
        language: str = "en",
    ) -> SignInSheet:
        """All who hold a place, or of a session that is limited all who are enrolled in it.

        Raises NotFoundError, also `sheet-empty`.
        """
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            part = _part(session, held, session_code)
            rows = session.execute(_people(session, held, part, order)).all()
            week, workspace = session.get_one(Week, held.week_id), session.scalars(select(Workspace)).one()
            if not rows:
                raise NotFoundError("sheet-empty", event=part.code if part else held.code)
            about = part or held
            return SignInSheet(
                _named(week, language),
                _named(held, language),
                _named(part, language) if part else "",
                _start(about) or _start(held),
                _place(session, held, part, language),
                order,
                workspace.synthetic,
                _rows(session, rows, workspace.id, language),
            )

    def record_sheets(self, actor: Actor, event: str, rows: int, target: str) -> None:
        """Note in the audit trail that names left on paper."""
        with self.uow.write() as session:
            held: Event = find(session, "event", event)
            after = {"event": held.code, "rows": rows, "target": target}
            audit.record(session, actor, self.clock(), "export", "event", held.id, after=after)

    def sheet_time(self, door: Door) -> datetime | None:
        """When the session or else the event starts; None where no time is stated."""
        with self.uow.read() as session:
            part = session.get_one(EventSession, door.session_id) if door.session_id else None
            starts = [_start(row) for row in (part, session.get_one(Event, door.event_id)) if row is not None]
            moments = (start.moment(door.zone) for start in starts if start is not None)
            return next((moment for moment in moments if moment is not None), None)

    def key_in(self, actor: Actor, door: Door, typed: str, at: datetime | None = None) -> KeyedRow:
        """Mark one row of a sheet present, at the stated time, else the start, else now.

        The code tells whose row it is, also when the badge was issued anew since; somebody who is in the log as
        having come is told and stays as he is. Raises InvalidError `moment-without-offset`.
        """
        reading = self._keys.read(typed) if len(normalise(typed)) > _WHOLE else None
        with self.uow.read() as session:
            meant = _meant(session, door, typed, reading)
        if isinstance(meant, KeyedRow):
            return meant
        known = KeyedRow(typed, Keyed.ALREADY, Reason.ALREADY_IN, meant.registration, meant.name,
                         meant.enterprise, None, meant.first_in, meant.first_desk)  # fmt: skip
        if meant.entries:
            return known
        # The same row at two desks at once has one id, and the log takes it once.
        scan = uuid5(door.id, f"sign-in sheet {meant.registration} {meant.tries}")
        asked = {
            **dict.fromkeys(("code", "number", "week", "issue", "key_id", "why")),
            "id": scan,
            "raw": normalise(typed)[:120],
            "registration": meant.registration,
            "direction": Direction.ENTRY.value,
            "note": REASON,
        }
        # A run never goes back in time, and this desk may have scanned badges since: each row is a run of its own.
        own = replace(actor, run=new_id())
        answer = self._judge(own, door, ScanKind.MARK, asked, at or self.sheet_time(door))
        self._runs.forget(own.run)
        if answer.verdict is Verdict.ACCEPTED:
            return replace(known, outcome=Keyed.ENTERED, reason=None, at=answer.at)
        outcome = Keyed.ALREADY if answer.reason is Reason.ALREADY_IN else Keyed.REFUSED
        return replace(known, outcome=outcome, reason=answer.reason, at=answer.at,
                       first_at=answer.first_at, first_desk=answer.first_desk)  # fmt: skip

    def take_back(self, actor: Actor, door: Door, row: KeyedRow) -> None:
        """Undo a row that was keyed in. Raises NotFoundError `entry-missing`."""
        if row.registration is None or row.outcome is not Keyed.ENTERED:
            raise NotFoundError("entry-missing", registration=row.typed, door=door.code)
        self.undo(actor, door, row.registration)


def _part(session: Session, held: Event, code: str | None) -> EventSession | None:
    if code is None:
        return None
    part: EventSession = find(session, "session", code)
    if part.event_id != held.id:
        raise NotFoundError("session-missing", session=code)
    return part


def _people(
    session: Session, held: Event, part: EventSession | None, order: SheetOrder
) -> Select[*tuple[Any, ...]]:
    """Registrations with their people, enterprises and badges, in order; no enterprise, no rank come last."""
    wanted = (
        select(Registration, Person, Enterprise, Badge)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
        .outerjoin(Badge, (Badge.person_id == Person.id) & (Badge.week_id == held.week_id))
        .where(Registration.event_id == held.id, Registration.status == RegistrationStatus.REGISTERED)
    )
    if part is not None:
        enrolled = exists().where(Enrolment.session_id == part.id)
        if part.capacity is not None or session.scalar(select(enrolled)):
            own = exists().where(
                Enrolment.session_id == part.id,
                Enrolment.registration_id == Registration.id,
                Enrolment.status == RegistrationStatus.REGISTERED,
            )
            wanted = wanted.where(own)
    by_pinyin = (Person.sort_key, Registration.id)
    first = {
        SheetOrder.ENTERPRISE: (Enterprise.sort_key.nulls_last(), Enterprise.id, Person.rank.nulls_last()),
        SheetOrder.RANK: (Person.rank.nulls_last(),),
        SheetOrder.PINYIN: (),
    }
    return wanted.order_by(*first[order], *by_pinyin)


def _rows(session: Session, rows: Sequence[Row[Any]], workspace: UUID, language: str) -> tuple[SheetRow, ...]:
    keys = session.execute(select(BadgeKey.week_id, BadgeKey.key_id, BadgeKey.secret))
    secrets = {(week, key): secret for week, key, secret in keys}
    shorts = Counter(row.Badge.number % _COUNTERS for row in rows if row.Badge)

    def made(row: Row[Any]) -> SheetRow:
        badge, registration, code, number = row.Badge, row.Registration, "", ""
        if badge is not None:
            said = BadgeCode(badge.key_id, badge.number, badge.issue)
            code = compose(said, secrets[badge.week_id, badge.key_id], workspace)
            alone = shorts[badge.number % _COUNTERS] == 1
            number = short_number(badge.number) if alone else shown_number(badge.number)
        return SheetRow(
            registration.id,
            row.Person.name,
            row.Person.name_latin or "",
            _named(row.Enterprise, language) if row.Enterprise else "",
            registration.title or "",
            registration.category,
            registration.seat or "",
            code,
            number,
            registration.on_leave,
        )

    return tuple(map(made, rows))


def _meant(session: Session, door: Door, typed: str, reading: Reading | None) -> _Meant | KeyedRow:
    """Whose row a code or number is, or why it is nobody's."""
    if reading is not None and reading.badge is None:
        return KeyedRow(typed, Keyed.UNKNOWN, reading.reason)
    week = select(Event.week_id).where(Event.id == door.event_id).scalar_subquery()
    wanted = (
        select(Person.name, Registration.id, func.coalesce(Enterprise.name_zh, Enterprise.name_en, ""))
        .select_from(Badge)
        .join(Person, Person.id == Badge.person_id)
        .outerjoin(
            Registration,
            (Registration.person_id == Person.id) & (Registration.event_id == door.event_id),
        )
        .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
    )
    if reading is not None and reading.badge is not None:
        wanted = wanted.where(Badge.number == reading.badge.number, Badge.week_id == reading.week)
    else:
        digits = normalise(typed)
        if not (digits.isascii() and digits.isdecimal()):
            return KeyedRow(typed, Keyed.UNKNOWN, Reason.INVALID)
        number = int(digits)
        same = Badge.number == number if len(digits) == _WHOLE else Badge.number % _COUNTERS == number
        wanted = wanted.where(same, Badge.week_id == week)
    rows = session.execute(wanted).all()
    here = [row for row in rows if row[1] is not None]
    if len(here) > 1:
        return KeyedRow(typed, Keyed.UNKNOWN, Reason.AMBIGUOUS)
    if not here:
        reason = Reason.WRONG_EVENT if len(rows) == 1 else Reason.UNKNOWN
        return KeyedRow(typed, Keyed.UNKNOWN, reason, name=rows[0][0] if len(rows) == 1 else "")
    name, registration, enterprise = here[0]
    return _standing(session, door, registration, name, enterprise)


def _standing(session: Session, door: Door, registration: UUID, name: str, enterprise: str) -> _Meant:
    """How often the row came to nothing, refused or undone, and what the door knows of the person."""
    undo = aliased(Scan)
    tries = session.scalar(
        select(func.count())
        .select_from(Scan)
        .outerjoin(undo, undo.annuls == Scan.id)
        .where(
            Scan.registration_id == registration,
            Scan.checkpoint_id == door.id,
            Scan.kind == ScanKind.MARK,
            Scan.why == REASON,
            or_(Scan.verdict == Verdict.REFUSED, undo.id.is_not(None)),
        )
    )
    held = session.get(Admission, (registration, door.id))
    entries, first, desk = (held.entries, held.first_in, held.first_desk) if held else (0, None, None)
    return _Meant(registration, name, enterprise, tries or 0, entries, first, desk)


def _named(row: Any, language: str) -> str:
    first, second = (row.name_zh, row.name_en) if language == "zh" else (row.name_en, row.name_zh)
    return first or second or ""


def _start(row: Event | EventSession) -> Start | None:
    return Start(row.start_day, row.start_time) if row.start_day else None


def _place(session: Session, held: Event, part: EventSession | None, language: str) -> str:
    """The session's room with its venue, else the event's venue."""
    room = session.get(Room, part.room_id) if part is not None and part.room_id else None
    venue = session.get(Venue, room.venue_id if room else held.venue_id) if room or held.venue_id else None
    return " · ".join(_named(row, language) for row in (venue, room) if row is not None)
