"""How many people an enterprise sends, and how many it may.

Whoever holds a place or waits for one counts; a delegate for whom a substitute comes holds none. An enterprise without a
quota of its own comes under that of the nearest head of its group that has one, together with all others that do.
"""

from collections import Counter
from uuid import UUID

from sqlalchemy import CTE, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.enterprises import EnterpriseName, Quota
from ipweek.domain.words import RegistrationStatus
from ipweek.storage.queries import enterprises as queries
from ipweek.storage.tables.enterprises import Enterprise


def quota_of(session: Session, enterprise: Enterprise, event: UUID) -> Quota:
    """The quota that an enterprise comes under at an event."""
    head, seen = enterprise, {enterprise.id}
    while head.quota is None and head.group_id is not None and head.group_id not in seen:
        head = session.get_one(Enterprise, head.group_id)
        seen.add(head.id)
    if head.quota is None:
        head = enterprise
    counted = _just(head) if head.quota is None else queries.sharing(head.id)
    people = queries.live_of(session, event, counted)
    waiting = people.get(RegistrationStatus.WAITING, 0)
    other = None if head is enterprise else EnterpriseName(head.code, head.name_zh, head.name_en)
    return Quota(people.get(RegistrationStatus.REGISTERED, 0) + waiting, head.quota, waiting, other)


def _just(enterprise: Enterprise) -> CTE:
    return select(Enterprise.id).where(Enterprise.id == enterprise.id).cte("alone")


class Quotas:
    """The quotas of all enterprises at an event, read once."""

    def __init__(self, session: Session, event: UUID | None) -> None:
        rows = session.execute(
            select(Enterprise.id, Enterprise.group_id, Enterprise.quota).where(
                or_(Enterprise.quota.is_not(None), Enterprise.group_id.is_not(None))
            )
        )
        self._tree = {row.id: (row.group_id, row.quota) for row in rows}
        self._coming: Counter[UUID] = Counter()
        self._waiting: Counter[UUID] = Counter()
        for enterprise, status, people in queries.live(session, event) if event else ():
            self.add(enterprise, people)
            if status is RegistrationStatus.WAITING:
                self._waiting[self.head(enterprise)] += people

    def add(self, enterprise: UUID, people: int = 1) -> None:
        """Count more people of an enterprise, or fewer."""
        self._coming[self.head(enterprise)] += people

    def head(self, enterprise: UUID) -> UUID:
        """The enterprise under whose quota this one comes: itself where no quota applies."""
        at: UUID | None = enterprise
        seen: set[UUID] = set()
        while at is not None and at not in seen:
            seen.add(at)
            above, quota = self._tree.get(at, (None, None))
            if quota is not None:
                return at
            at = above
        return enterprise

    def of(self, enterprise: UUID) -> Quota:
        """The quota that an enterprise comes under; the group is left to the caller."""
        head = self.head(enterprise)
        quota = self._tree.get(head, (None, None))[1]
        return Quota(self._coming[head], quota, self._waiting[head])

    def over(self) -> list[UUID]:
        """The enterprises that send more than their quota, those of their groups included."""
        return [head for head in self._coming if self.of(head).over]
