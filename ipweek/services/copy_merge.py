"""Taking back what a desk's copy has added: rows by their ids, what is known already left alone.

Verdicts are history and are never judged again; what they add up to is counted anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from ipweek.domain import badge_code
from ipweek.domain.actor import Actor
from ipweek.domain.copies import CopyMerged
from ipweek.domain.errors import InvalidError
from ipweek.domain.words import Reason
from ipweek.services import audit, desk_conflict_finding
from ipweek.services.copy_badges import CopyBadges
from ipweek.services.copy_people import CopyPeople
from ipweek.services.copy_reading import CopyContents
from ipweek.services.copy_rows import CopyRows
from ipweek.storage.bulk import insert_rows
from ipweek.storage.queries import recount
from ipweek.storage.queries.merges import holder_of_badge
from ipweek.storage.tables.audit import AuditEntry, AuditValues
from ipweek.storage.tables.badges import Badge, Lease
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.copies import Copy
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Event

_MANY = 500
"""Rows from which on a plan made for few costs more than to look again."""
_SCANS, _CHECKPOINTS = (cast("Table", table.__table__) for table in (Scan, Checkpoint))


class CopyMerge:
    """One file into the main database, within one transaction."""

    def __init__(self, session: Session, actor: Actor, moment: datetime, contents: CopyContents) -> None:
        self._session, self._actor, self._moment, self._contents = session, actor, moment, contents
        self._copy = contents.manifest.copy

    def run(self) -> CopyMerged:
        """Take everything in; what it came to."""
        held = self._held()
        rows = CopyRows(self._session, self._contents, held.merged_position)
        self._doors(rows)
        people = CopyPeople(self._session, self._actor, self._moment, rows)
        walk_ins = people.take()
        badges = CopyBadges(self._session, rows, self._copy)
        badges.take()
        fresh, known = self._scans(rows)
        badges.prints()
        self._trail(rows)
        touched = recount.touched_by(self._copy, self._identify(), people.ended)
        recount.recount(self._session.connection(), touched)
        found = desk_conflict_finding.find(
            self._session, held, self._moment, touched, people.newcomers, badges.conflicts
        )
        told = CopyMerged(self._copy, held.desk, fresh, known, walk_ins, found)
        self._note(held, told)
        return told

    def _held(self) -> Copy:
        """The copy as it was granted; a database restored from before that learns of it.

        A copy that was filled anew has a signature of its own, and a log that begins anew.
        """
        manifest, lease = self._contents.manifest, self._contents.lease
        row = self._session.get(Copy, manifest.copy, with_for_update=True)
        known = self._session.scalar(select(Lease).where(Lease.number == manifest.lease))
        if known is None:
            self._session.execute(insert(Lease), dict(lease))
        else:
            known.next_counter = max(known.next_counter, lease["next_counter"])
        if row is None:
            row = Copy(
                id=manifest.copy, lease=manifest.lease, desk=manifest.desk, events=list(manifest.events)
            )
            row.rows, row.taken_at, row.operator = dict(manifest.rows), manifest.taken_at, manifest.operator
            row.merged_position = 0
            self._session.add(row)
        if row.signature != self._contents.signature:
            row.signature, row.merged_position = self._contents.signature, 0
        self._session.flush()
        return row

    def _doors(self, rows: CopyRows) -> None:
        """A door that a desk opened is the one of the same code; each door's event must still be there."""
        events = set(self._session.scalars(select(Event.id)))
        codes = {row.code: row.id for row in self._session.execute(select(Checkpoint.code, Checkpoint.id))}
        for row in rows.added(_CHECKPOINTS):
            if row["code"] in codes:
                rows.means(_CHECKPOINTS, row["id"], codes[row["code"]])
                continue
            if row["event_id"] not in events:
                raise InvalidError("copy-event-gone", events=", ".join(self._contents.manifest.events))
            self._session.execute(insert(Checkpoint), row | {"present": 0, "over": 0})

    def _scans(self, rows: CopyRows) -> tuple[int, int]:
        """The log; how many of its rows are new, and how many were known."""
        fresh = list(rows.mapped(_SCANS, rows.unknown(_SCANS)))
        if any(row["checkpoint_id"] is None for row in fresh):
            raise InvalidError("copy-event-gone", events=", ".join(self._contents.manifest.events))
        made = [row | {"copy_id": self._copy} for row in fresh]
        self._annul_once(made)
        insert_rows(self._session, _SCANS, made)
        if len(fresh) >= _MANY:
            recount.look_at_the_log(self._session.connection())
        return len(fresh), len(rows.added(_SCANS)) - len(fresh)

    def _annul_once(self, rows: Iterable[dict[str, Any]]) -> None:
        """An entry that was annulled here meanwhile is so already: the desk's own row stays without it."""
        wanted = {row["annuls"] for row in rows} - {None}
        done = set(self._session.scalars(select(Scan.annuls).where(Scan.annuls.in_(wanted))))
        for row in rows:
            if row["annuls"] in done:
                row["annuls"] = None

    def _trail(self, rows: CopyRows) -> None:
        """Who did what at the desk, chain by chain as it was written there."""
        for table in (AuditEntry, AuditValues):
            kept = cast("Table", table.__table__)
            insert_rows(self._session, kept, rows.unknown(kept))

    def _identify(self) -> Sequence[UUID]:
        """Say of scans whose badge no copy knew whose it is, as far as this database knows; their ids."""
        unsaid = self._session.execute(
            select(Scan.id, Scan.code, Checkpoint.event_id)
            .join(Checkpoint, Checkpoint.id == Scan.checkpoint_id)
            .where(
                Scan.reason == Reason.NOT_IN_COPY, Scan.registration_id.is_(None), Scan.copy_id.is_not(None)
            )
        ).all()
        numbers = {row.id: _number(row.code) for row in unsaid}
        holders = _by_key(
            self._session.execute(
                select(Badge.number, Badge.id, holder_of_badge()).where(
                    Badge.number.in_(set(numbers.values()))
                )
            )
        )
        people = {holder for _badge, holder in holders.values() if holder is not None}
        registered = {
            (row.person_id, row.event_id): row.id
            for row in self._session.execute(
                select(Registration.id, Registration.person_id, Registration.event_id).where(
                    Registration.person_id.in_(people)
                )
            )
        }
        told = []
        for row in unsaid:
            badge, person = holders.get(numbers[row.id], (None, None))
            if badge is not None:
                place = registered.get((person, row.event_id))
                told.append({"id": row.id, "badge_id": badge, "person_id": person, "registration_id": place})
        if told:
            self._session.execute(update(Scan), told)
        return [row["id"] for row in told if row["registration_id"] is not None]

    def _note(self, held: Copy, told: CopyMerged) -> None:
        held.merged_at = self._moment
        held.merged_position = max(held.merged_position, self._contents.position)
        after = {name: getattr(told, name) for name in ("desk", "scans", "known", "walk_ins", "conflicts")}
        audit.record(self._session, self._actor, self._moment, "unite", "copy", self._copy, after=after)


def _number(text: str) -> int | None:
    """The badge number of a reading that its desk found genuine."""
    code = badge_code.parse(badge_code.normalise(text)[: badge_code.DIGITS])
    return None if code is None else code.number


def _by_key(rows: Iterable[tuple[int, UUID, UUID | None]]) -> Mapping[int | None, tuple[UUID, UUID | None]]:
    return {number: (badge, holder) for number, badge, holder in rows}
