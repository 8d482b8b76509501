"""Check-in: doors, scans, marks, undo, and the log."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, repeat
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import (
    ALL_NEEDS,
    Disagreement,
    Door,
    Identified,
    Need,
    ScanAnswer,
    ScanLine,
    ScanRequest,
    Standing,
    fold,
    is_revoked,
)
from ipweek.domain.errors import DatabaseError, DeniedError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.operators import Right, Voucher
from ipweek.domain.text import clean
from ipweek.domain.words import Direction, Reason, ScanKind, Verdict
from ipweek.services import doors
from ipweek.services.badge_readings import KeyRing, Reading
from ipweek.services.base import Clock, utc_now
from ipweek.services.checkpoints import Checkpoints
from ipweek.services.desk_runs import Runs
from ipweek.services.registration_rows import views
from ipweek.storage.queries import checkin as statements
from ipweek.storage.queries import checkin_log as log
from ipweek.storage.queries.merges import holder_of_badge
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.unit_of_work import UnitOfWork

CODE_LENGTH = 120
_READ_AT_MOST = 1_000
_WHY_LENGTH = 500
_NUMBERINGS = 3
_RACES = 50
_ALARM = (5, timedelta(minutes=1))


class CheckIn(Checkpoints):
    """Scans at doors. Where this database is a desk's copy, or `offline` says so, a genuine badge that it does
    not know is accepted for the time being.
    """

    def __init__(self, uow: UnitOfWork, clock: Clock = utc_now, *, offline: bool = False) -> None:
        super().__init__(uow, clock)
        self._offline = offline
        self._keys = KeyRing(uow)
        self._runs = Runs(uow)

    def scan(self, actor: Actor, door: Door, request: ScanRequest) -> ScanAnswer:
        """Judge one reading and log it, refused ones too; a repeated `id` gets its first answer again.

        Raises NotFoundError `door-missing`, InvalidError `moment-without-offset`, DeniedError for an override.
        """
        return self.uow.repeated(partial(self._scan, actor, door, request))

    def _scan(self, actor: Actor, door: Door, request: ScanRequest) -> ScanAnswer:
        text = _raw(request.code)
        why = _why(request.override)
        try:
            allowed_by = self._allowed(actor, door, why, request.by, text)
        except DeniedError:
            with self.uow.read() as session:
                first = log.answer_of(session, request.id)
            if first is None:
                raise
            return first
        asked = {
            **_of_badge(self._keys.read(text)),
            "id": request.id,
            "raw": text,
            "registration": None,
            "direction": request.direction.value,
            "why": why,
            "allowed_by": allowed_by,
        }
        return self._judge(actor, door, ScanKind.SCAN, asked, request.at)

    def mark_present(
        self,
        actor: Actor,
        door: Door,
        registration_id: UUID,
        *,
        at: datetime | None = None,
        override: str | None = None,
        by: Voucher | None = None,
    ) -> ScanAnswer:
        """An organizer vouches that somebody is there: the same rules and the same row, without a code.

        Raises NotFoundError `registration-missing`, DeniedError for an override.
        """
        return self._mark(actor, door, registration_id, Direction.ENTRY, at, override, by)

    def mark_left(
        self,
        actor: Actor,
        door: Door,
        registration_id: UUID,
        *,
        at: datetime | None = None,
        override: str | None = None,
        by: Voucher | None = None,
    ) -> ScanAnswer:
        """An organizer vouches that somebody has gone. Raises as `mark_present`."""
        return self._mark(actor, door, registration_id, Direction.EXIT, at, override, by)

    def identify(self, code: str, event_code: str) -> Identified:
        """Whose badge a code is, for places that are no door: nobody is admitted, and nothing is logged.

        Raises NotFoundError `event-missing`.
        """
        reading = self._keys.read(_raw(code))
        with self.uow.read() as session:
            event = doors.event_id(session, event_code)
            read = reading.badge
            if read is None:
                return Identified(reading.reason)
            found = session.execute(
                select(Badge, Person.name, Registration.id)
                .select_from(Badge)
                .join(Person, Person.id == holder_of_badge())
                .outerjoin(
                    Registration, (Registration.person_id == Person.id) & (Registration.event_id == event)
                )
                .where(Badge.number == read.number, Badge.week_id == reading.week)
            ).one_or_none()
            if found is None:
                return Identified(Reason.UNKNOWN)
            badge, name, registration = found
            if registration is None:
                return Identified(Reason.WRONG_EVENT, name)
            revoked = is_revoked(read.issue, read.key_id, badge.issue, badge.key_id, badge.revoked_at)
            row = views(session, [registration])[0]
            return Identified(Reason.REVOKED if revoked else None, name, row)

    def undo(self, actor: Actor, door: Door, registration_id: UUID, by: Voucher | None = None) -> ScanAnswer:
        """Annul the last accepted entry by a row of its own, and add that admission up anew.

        Raises NotFoundError `entry-missing`, or `entry-not-in-copy`, where no entry is left to annul, DeniedError.
        """
        return self.uow.repeated(partial(self._undo, actor, door, registration_id, new_id(), by))

    def _undo(
        self, actor: Actor, door: Door, registration_id: UUID, annulment: UUID, by: Voucher | None
    ) -> ScanAnswer:
        about = {"door": door.code, "registration": registration_id.hex}
        allowed_by = self.rights.require(actor, Right.UNDO, by, about)
        now = self.clock()

        def write(acting: Actor, sequence: int, at: datetime) -> ScanAnswer:
            with self.uow.write_core() as connection:
                was_inside = log.take_admission(connection, registration_id, door.id)
                entry = connection.execute(log.last_entry(registration_id, door.id)).mappings().one_or_none()
                if entry is None:
                    if self.uow.copy is not None:
                        raise NotFoundError("entry-not-in-copy", registration=str(registration_id))
                    raise NotFoundError("entry-missing", registration=str(registration_id), door=door.code)
                row = {
                    **log.annulment(entry, annulment, sequence, at, now),
                    **self._signed(acting),
                    "allowed_by": allowed_by,
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

    def _mark(
        self,
        actor: Actor,
        door: Door,
        registration_id: UUID,
        direction: Direction,
        at: datetime | None,
        override: str | None,
        by: Voucher | None,
    ) -> ScanAnswer:
        scan, why = new_id(), _why(override)

        def judge() -> ScanAnswer:
            with self.uow.read() as session:
                if session.get(Registration, registration_id) is None:
                    raise NotFoundError("registration-missing", registration=str(registration_id))
            asked = {
                **_of_badge(Reading()),
                "id": scan,
                "raw": "",
                "registration": registration_id,
                "direction": direction.value,
                "why": why,
                "allowed_by": self._allowed(actor, door, why, by, registration_id.hex),
            }
            return self._judge(actor, door, ScanKind.MARK, asked, at)

        return self.uow.repeated(judge)

    def _allowed(
        self, actor: Actor, door: Door, why: str | None, by: Voucher | None, whom: str
    ) -> str | None:
        """Who lets a rule be set aside; nobody is asked where nothing is to be. Raises DeniedError."""
        if why is None:
            return None
        return self.rights.require(actor, Right.OVERRIDE, by, {"door": door.code, "whom": whom, "why": why})

    def _judge(
        self, actor: Actor, door: Door, kind: ScanKind, asked: dict[str, Any], at: datetime | None
    ) -> ScanAnswer:
        if at is not None and at.tzinfo is None:
            raise InvalidError("moment-without-offset", at=at)
        received_at = self.clock()

        def write(acting: Actor, sequence: int, at: datetime) -> ScanAnswer:
            arguments = {
                **dict.fromkeys(("note", "allowed_by")),
                **asked,
                **self._signed(acting),
                "kind": kind.value,
                "door": door.id,
                "sequence": sequence,
                "at": at,
                "received_at": received_at,
                "offline": self._offline or self.uow.copy is not None,
            }
            return _answer(self._execute(kind, door.needs, arguments), arguments)

        return self._numbered(actor, at or received_at, asked["id"], write)

    def _execute(
        self, kind: ScanKind, needs: frozenset[Need], arguments: dict[str, Any]
    ) -> statements.Answered:
        """By what the door needed when it was looked up; where that has changed, by all that a door may need."""
        if self.uow.is_sqlite:
            with self.uow.write_core() as connection:
                for asked in dict.fromkeys((needs, ALL_NEEDS)):
                    found = statements.on_sqlite(connection, kind, asked, arguments)
                    if found is not None:
                        return found
            raise NotFoundError("door-missing", door=str(arguments["door"]))
        with self.uow.cursor() as cursor:
            for asked in chain((needs,), repeat(ALL_NEEDS, _RACES)):
                # Whoever loses a race did nothing, and is judged anew with the winner in sight.
                row = statements.on_postgres(cursor, kind, asked, arguments)
                if row is not None:
                    return row
                if not self._is_there(arguments["door"]):
                    raise NotFoundError("door-missing", door=str(arguments["door"]))
        raise DatabaseError("database-busy")

    def _is_there(self, door: UUID) -> bool:
        with self.uow.read() as session:
            return session.scalar(select(Checkpoint.id).where(Checkpoint.id == door)) is not None

    def _numbered(
        self, actor: Actor, moment: datetime, scan: UUID, write: Callable[[Actor, int, datetime], ScanAnswer]
    ) -> ScanAnswer:
        """Write with the run's next number; a scan that is in the log already gets its first answer."""
        acting = actor.at(self.uow.copy)
        for left in reversed(range(_NUMBERINGS)):
            sequence, at = self._runs.next(acting.run, moment)
            try:
                return write(acting, sequence, at)
            except IntegrityError:
                self._runs.forget(acting.run)
                with self.uow.read() as session:
                    first = log.answer_of(session, scan)
                if first is not None:
                    return first
                if not left:
                    raise
            except BaseException:
                self._runs.forget(acting.run)
                raise
        raise AssertionError

    @staticmethod
    def _signed(actor: Actor) -> dict[str, Any]:
        return {"run_id": actor.run, "operator": actor.operator[:120], "desk": actor.desk[:120]}


def _raw(code: str) -> str:
    """A reading as it is kept."""
    return clean(code[:_READ_AT_MOST])[:CODE_LENGTH]


def _why(override: str | None) -> str | None:
    return clean(override or "")[:_WHY_LENGTH] or None


def _of_badge(reading: Reading) -> dict[str, Any]:
    badge = reading.badge
    return {
        "code": reading.reason.value if reading.reason else None,
        "number": badge.number if badge else None,
        "week": reading.week,
        "issue": badge.issue if badge else None,
        "key_id": badge.key_id if badge else None,
    }


def _answer(row: statements.Answered, arguments: dict[str, Any]) -> ScanAnswer:
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
        offline=arguments["offline"],
    )
