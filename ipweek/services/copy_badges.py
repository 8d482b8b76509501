"""Badges that a desk gave out, bound or reissued on its own, and what it printed."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from ipweek.domain.words import DeskConflictKind
from ipweek.services.copy_rows import CopyRows, Row
from ipweek.storage.bulk import insert_rows
from ipweek.storage.tables.badges import Badge, Print
from ipweek.storage.tables.people import Person

_BADGES, _PRINTS, _PEOPLE = (cast("Table", table.__table__) for table in (Badge, Print, Person))


class CopyBadges:
    """Takes in a desk's badges; `conflicts` are those that two desks gave to two people."""

    def __init__(self, session: Session, rows: CopyRows, copy: UUID) -> None:
        self._session, self._rows, self._copy = session, rows, copy
        self.conflicts: list[dict[str, Any]] = []

    def take(self) -> None:
        """New badges, then what was bound and reissued."""
        fresh = list(self._rows.mapped(_BADGES, self._rows.unknown(_BADGES)))
        numbers = self._by("number", [row["number"] for row in fresh])
        worn = self._by("person_id", [row["person_id"] for row in fresh if row["person_id"]])
        made = []
        for row in fresh:
            twin = numbers.get(row["number"])
            if twin is not None:
                self._rows.means(_BADGES, row["id"], twin.id)
                self._given_twice(twin, row["person_id"] or row["former_id"])
            else:
                made.append(self._as_second(row) if self._wears_one(worn, row) else row)
        insert_rows(self._session, _BADGES, made)
        for row in self._rows.mapped(_BADGES, self._rows.changed(_BADGES)):
            self._change(row)
        self._session.flush()

    def prints(self) -> None:
        """What was printed at the desk, each copy counted behind those that were printed meanwhile."""
        for row in self._rows.mapped(_PRINTS, self._rows.unknown(_PRINTS)):
            if row["badge_id"] is None:
                continue
            last = select(func.max(Print.copy)).where(
                Print.badge_id == row["badge_id"], Print.issue == row["issue"]
            )
            copy = max(row["copy"], (self._session.scalar(last) or 0) + 1)
            self._session.execute(_PRINTS.insert(), row | {"copy": copy})

    def _by(self, name: str, values: list[Any]) -> dict[Any, Badge]:
        column = getattr(Badge, name)
        return {
            getattr(row, name): row for row in self._session.scalars(select(Badge).where(column.in_(values)))
        }

    @staticmethod
    def _wears_one(worn: dict[Any, Badge], row: Row) -> bool:
        held = worn.get(row["person_id"])
        return held is not None and held.week_id == row["week_id"]

    @staticmethod
    def _as_second(row: Row) -> Row:
        """A person's second badge leads to him as well, though only one is his."""
        return row | {"person_id": None, "former_id": row["person_id"]}

    def _change(self, row: Row) -> None:
        here = self._session.get(Badge, row["id"], with_for_update=True)
        if here is None:
            return
        if row["issue"] > here.issue:
            here.issue, here.key_id = row["issue"], row["key_id"]
        holder = row["person_id"]
        if holder is not None and here.person_id != holder:
            if here.person_id is not None or here.former_id is not None or here.revoked_at is not None:
                self._given_twice(here, holder)
            else:
                self._bind(here, row, holder)

    def _bind(self, blank: Badge, row: Row, holder: UUID) -> None:
        """A blank becomes somebody's, in place of the one that he had."""
        former = self._session.scalar(
            select(Badge).where(Badge.week_id == row["week_id"], Badge.person_id == holder)
        )
        if former is not None:
            former.person_id, former.former_id = None, holder
            former.revoked_at = former.revoked_at or blank.created_at
            self._session.flush()
        blank.person_id = holder
        self._session.flush()

    def _given_twice(self, badge: Badge, other: UUID | None) -> None:
        own = badge.person_id or badge.former_id
        if other is None or own == other:
            return
        people = sorted(person for person in (own, other) if person is not None)
        names = (badge.id.hex, *(person.hex for person in people))
        self.conflicts.append(
            {
                "key": ":".join((DeskConflictKind.BADGE_TWICE.value, *names)),
                "kind": DeskConflictKind.BADGE_TWICE,
                "badge_id": badge.id,
                "person_id": own,
                "other_id": other,
                "copy_id": self._copy,
            }
        )
