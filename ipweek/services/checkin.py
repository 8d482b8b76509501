"""Check-in: doors, scans, marks, undo, and the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from ipweek.domain import badge_code
from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import BadgeCode
from ipweek.domain.checkin import (
    Disagreement,
    Door,
    DoorCount,
    DoorSettings,
    ScanAnswer,
    ScanLine,
    ScanRequest,
    Standing,
    fold,
)
from ipweek.domain.errors import DatabaseError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.text import clean
from ipweek.domain.words import Direction, Reason, ScanKind, Verdict
from ipweek.services import doors
from ipweek.services.base import Clock, Service, utc_now
from ipweek.storage.queries import checkin as statements
from ipweek.storage.queries import checkin_log as log
from ipweek.storage.tables.badges import BadgeKey
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Workspace
from ipweek.storage.unit_of_work import UnitOfWork

CODE_LENGTH = 120
_READ_AT_MOST = 1_000
_WHY_LENGTH = 500
_NUMBERINGS = 3
_RACES = 50
_ALARM = (5, timedelta(minutes=1))


class CheckIn(Service):
    """Scans at doors. With `offline`, this database is a desk's copy: a genuine badge that it does not
    know is accepted for the time being.
    """

    def __init__(self, uow: UnitOfWork, clock: Clock = utc_now, *, offline: bool = False) -> None:
        super().__init__(uow, clock)
        self._offline = offline
        self._keys = _KeyRing(uow)
        self._runs = _Runs(uow)

    def door(self, event_code: str, session_code: str | None = None) -> Door:
        """The door of an event or of one of its sessions. Raises NotFoundError `door-missing`."""
        with self.uow.read() as session:
            return doors.find(session, event_code, session_code)

    def doors(self, event_code: str) -> tuple[Door, ...]:
        """All doors of an event, its own first. Raises NotFoundError `event-missing`."""
        with self.uow.read() as session:
            return doors.of_event(session, event_code)

    def open_door(
        self,
        actor: Actor,
        event_code: str,
        session_code: str | None = None,
        settings: DoorSettings | None = None,
    ) -> Door:
        """The door of an event or session, made where there is none; one that exists keeps its settings.

        Raises NotFoundError `event-missing` or `session-missing`.
        """
        with self.uow.write() as session:
            return doors.ensure(session, actor, self.clock(), event_code, session_code, settings)

    def door_settings(self, door: Door) -> DoorSettings:
        """Whom the door lets in and when."""
        with self.uow.read() as session:
            return doors.settings_of(session, door.id)

    def change_door(self, actor: Actor, door: Door, settings: DoorSettings) -> Door:
        """Replace a door's settings. A new limit counts who is inside already; the excess shows as `over`.

        Raises InvalidError `door-window` or `door-capacity`, NotFoundError `door-missing`.
        """
        with self.uow.write() as session:
            return doors.change(session, actor, self.clock(), door.id, settings)

    def remove_door(self, actor: Actor, door: Door) -> bool:
        """Remove a door; one with history is archived instead, and the answer is True."""
        with self.uow.write() as session:
            return doors.remove(session, actor, self.clock(), door.id)

    def count(self, door: Door) -> DoorCount:
        """How many are inside, against the door's capacity."""
        with self.uow.read() as session:
            return doors.count(session, door.id)

    def scan(self, actor: Actor, door: Door, request: ScanRequest) -> ScanAnswer:
        """Judge one reading and log it, refused ones too; a repeated `id` gets its first answer again.

        Raises NotFoundError `door-missing`, InvalidError `moment-without-offset`.
        """
        text = clean(request.code[:_READ_AT_MOST])[:CODE_LENGTH]
        reading = self._keys.read(text)
        why = clean(request.override or "")[:_WHY_LENGTH] or None
        asked = {
            "id": request.id,
            "raw": text,
            "code": reading.reason,
            "number": reading.badge.number if reading.badge else None,
            "week": reading.week,
            "issue": reading.badge.issue if reading.badge else None,
            "key_id": reading.badge.key_id if reading.badge else None,
            "registration": None,
            "direction": request.direction.value,
            "why": why,
        }
        return self._judge(actor, door, ScanKind.SCAN, asked, request.at)

    def mark_present(
        self, actor: Actor, door: Door, registration_id: UUID, *, at: datetime | None = None
    ) -> ScanAnswer:
        """An organizer vouches that somebody is there: the same rules and the same row, without a code.

        Raises NotFoundError `registration-missing`.
        """
        with self.uow.read() as session:
            if session.get(Registration, registration_id) is None:
                raise NotFoundError("registration-missing", registration=str(registration_id))
        nothing = dict.fromkeys(("code", "number", "week", "issue", "key_id", "why"))
        asked = {
            **nothing,
            "id": new_id(),
            "raw": "",
            "registration": registration_id,
            "direction": Direction.ENTRY.value,
        }
        return self._judge(actor, door, ScanKind.MARK, asked, at)

    def undo(self, actor: Actor, door: Door, registration_id: UUID) -> ScanAnswer:
        """Annul the last accepted entry by a row of its own, and add that admission up anew.

        Raises NotFoundError `entry-missing` where no entry is left to annul.
        """
        annulment = new_id()
        now = self.clock()

        def write(sequence: int, at: datetime) -> ScanAnswer:
            with self.uow.write_core() as connection:
                was_inside = log.take_admission(connection, registration_id, door.id)
                entry = connection.execute(log.last_entry(registration_id, door.id)).mappings().one_or_none()
                if entry is None:
                    raise NotFoundError("entry-missing", registration=str(registration_id), door=door.code)
                row = {
                    **entry,
                    **self._signed(actor),
                    "id": annulment,
                    "sequence": sequence,
                    "kind": ScanKind.ANNULMENT,
                    "device_at": at,
                    "received_at": now,
                    "annuls": entry["id"],
                    **dict.fromkeys(("reason", "first_at", "first_desk", "why")),
                    "override": False,
                }
                connection.execute(insert(Scan), row)
                scans = log.accepted_of(connection, registration_id, door.id)
                standing = fold(scans).get((registration_id, door.id), Standing())
                log.put_standing(connection, registration_id, door.id, standing, was_inside=was_inside)
                answer = log.answer_of(connection, annulment)
                assert answer is not None
                return answer

        return self._numbered(actor, now, annulment, write)

    def scans(
        self,
        event_code: str,
        limit: int = 100,
        *,
        before: ScanLine | None = None,
        verdict: Verdict | None = None,
    ) -> tuple[ScanLine, ...]:
        """Lines of an event's log, the newest first; `before` pages on.

        Raises NotFoundError `event-missing`.
        """
        with self.uow.read() as session:
            return log.lines(session, doors.event_id(session, event_code), limit, before, verdict)

    def forgery_alarm(self, door: Door) -> bool:
        """Whether the door has read five forged codes within a minute; it goes on all the same."""
        number, span = _ALARM
        with self.uow.read() as session:
            return log.forged_since(session, door.id, self.clock() - span) >= number

    def disagreements(self, event_code: str) -> tuple[Disagreement, ...]:
        """Where the log, added up, differs from the admissions and counts kept at scan time."""
        with self.uow.read() as session:
            event = doors.event_id(session, event_code)
            said, kept = fold(log.accepted_at(session, event)), log.standings(session, event)
            rows = session.scalars(select(Checkpoint).where(Checkpoint.event_id == event)).all()
            codes = {row.id: row.code for row in rows}
            found = [
                Disagreement(codes[key[1]], key[0], said.get(key, Standing()), kept.get(key, Standing()))
                for key in sorted({*said, *kept})
                if said.get(key, Standing()) != kept.get(key, Standing())
            ]
            for row in rows:
                inside = sum(standing.inside for key, standing in said.items() if key[1] == row.id)
                if row.capacity is not None and row.present != inside:
                    found.append(Disagreement(row.code, None, inside, row.present))
            return tuple(found)

    def _judge(
        self, actor: Actor, door: Door, kind: ScanKind, asked: dict[str, Any], at: datetime | None
    ) -> ScanAnswer:
        if at is not None and at.tzinfo is None:
            raise InvalidError("moment-without-offset", at=at)
        received_at = self.clock()

        def write(sequence: int, at: datetime) -> ScanAnswer:
            arguments = {
                **asked,
                **self._signed(actor),
                "kind": kind.value,
                "door": door.id,
                "sequence": sequence,
                "at": at,
                "received_at": received_at,
                "offline": self._offline,
            }
            return _answer(self._execute(kind, arguments), arguments)

        return self._numbered(actor, at or received_at, asked["id"], write)

    def _execute(self, kind: ScanKind, arguments: dict[str, Any]) -> Any:
        if self.uow.is_sqlite:
            with self.uow.write_core() as connection:
                row = statements.on_sqlite(connection, kind, arguments)
            if row is None:
                raise NotFoundError("door-missing", door=str(arguments["door"]))
            return row
        with self.uow.autocommit() as connection:
            for _ in range(_RACES):
                # Whoever loses a race did nothing, and is judged anew with the winner in sight.
                row = statements.on_postgres(connection, kind, arguments)
                if row is not None:
                    return row
                if connection.scalar(select(Checkpoint.id).where(Checkpoint.id == arguments["door"])) is None:
                    raise NotFoundError("door-missing", door=str(arguments["door"]))
        raise DatabaseError("database-busy")

    def _numbered(
        self, actor: Actor, moment: datetime, scan: UUID, write: Callable[[int, datetime], ScanAnswer]
    ) -> ScanAnswer:
        """Write with the run's next number; a scan that is in the log already gets its first answer."""
        for left in reversed(range(_NUMBERINGS)):
            sequence, at = self._runs.next(actor.run, moment)
            try:
                return write(sequence, at)
            except IntegrityError:
                self._runs.forget(actor.run)
                with self.uow.read() as session:
                    first = log.answer_of(session, scan)
                if first is not None:
                    return first
                if not left:
                    raise
            except BaseException:
                self._runs.forget(actor.run)
                raise
        raise AssertionError

    @staticmethod
    def _signed(actor: Actor) -> dict[str, Any]:
        return {"run_id": actor.run, "operator": actor.operator[:120], "desk": actor.desk[:120]}


def _answer(row: Any, arguments: dict[str, Any]) -> ScanAnswer:
    return ScanAnswer(
        id=arguments["id"],
        code=arguments["raw"],
        kind=ScanKind(arguments["kind"]),
        direction=Direction(arguments["direction"]),
        verdict=Verdict(row.verdict),
        reason=Reason(row.reason) if row.reason else None,
        registration=row.registration_id,
        name=row.name or "",
        enterprise=row.enterprise,
        title=row.title,
        category=row.category or "",
        seat=row.seat,
        at=arguments["at"],
        desk=arguments["desk"],
        first_at=row.answer_first_at,
        first_desk=row.answer_first_desk,
        override=bool(row.override),
    )


class _Runs:
    """The next number and the earliest allowed moment of each run, for all threads of this process."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._lock = Lock()
        self._last: dict[UUID, tuple[int, datetime | None]] = {}

    def next(self, run: UUID, moment: datetime) -> tuple[int, datetime]:
        """The number and the effective time of a scan: never before the run's previous one."""
        with self._lock:
            if run not in self._last:
                with self._uow.read() as session:
                    self._last[run] = log.run_so_far(session, run)
            sequence, previous = self._last[run]
            at = moment if previous is None else max(moment, previous)
            self._last[run] = (sequence + 1, at)
            return sequence + 1, at

    def forget(self, run: UUID) -> None:
        """Ask the log again: a number was given out and nothing came of it."""
        with self._lock:
            self._last.pop(run, None)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the digits alone say: a refusal, or a genuine badge of a week."""

    reason: str | None = None
    badge: BadgeCode | None = None
    week: UUID | None = None


class _KeyRing:
    """The signing keys of all weeks, read once and again when a code fits none of them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._workspace: UUID | None = None
        self._keys: dict[int, list[tuple[UUID, bytes]]] = {}

    def read(self, text: str) -> _Reading:
        """Two different genuine codes in one reading are ambiguous; the same one twice is a stutter."""
        digits = badge_code.normalise(text)
        pieces = {digits[i : i + badge_code.DIGITS] for i in range(0, len(digits), badge_code.DIGITS)}
        parsed = {piece: code for piece in pieces if (code := badge_code.parse(piece)) is not None}
        if not pieces or len(parsed) < len(pieces):
            return _Reading(Reason.INVALID.value)
        signed = [_Reading(None, code, self._week(piece, code)) for piece, code in parsed.items()]
        if any(reading.week is None for reading in signed):
            return _Reading(Reason.FORGED.value)
        return signed[0] if len(signed) == 1 else _Reading(Reason.AMBIGUOUS.value)

    def _week(self, digits: str, code: BadgeCode) -> UUID | None:
        signer = self._signer(digits, code)
        if signer is None:
            self._load()
            signer = self._signer(digits, code)
        return signer

    def _signer(self, digits: str, code: BadgeCode) -> UUID | None:
        if self._workspace is None:
            return None
        for week, secret in self._keys.get(code.key_id, ()):
            if badge_code.is_genuine(digits, secret, self._workspace):
                return week
        return None

    def _load(self) -> None:
        with self._uow.read() as session:
            self._workspace = session.scalar(select(Workspace.id))
            keys: dict[int, list[tuple[UUID, bytes]]] = {}
            for key in session.scalars(select(BadgeKey)):
                keys.setdefault(key.key_id, []).append((key.week_id, key.secret))
            self._keys = keys
