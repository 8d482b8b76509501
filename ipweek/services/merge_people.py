"""Making one person of two."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Table, exists, func, or_, select
from sqlalchemy.orm import Session

from ipweek.adapters import pinyin
from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import shown_number
from ipweek.domain.duplicates import DuplicateKind
from ipweek.domain.merging import FIELDS, Side, TwoBadges, chosen_value
from ipweek.domain.words import Verdict
from ipweek.services import matching
from ipweek.services.merge_log import MergeLog
from ipweek.services.merge_registrations import REGISTRATIONS, give_places, goes_on, unite
from ipweek.storage.queries.merges import references
from ipweek.storage.tables.badges import Badge, Print
from ipweek.storage.tables.checkin import Scan
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Week

PEOPLE, BADGES = (cast("Table", table.__table__) for table in (Person, Badge))
COLUMNS = {"enterprise": "enterprise_id"}
"""Fields that are kept in a column of another name."""
_OWN = ("registrations.person_id", "badges.person_id")


@dataclass(frozen=True, slots=True)
class BadgePair:
    """The badges of two people in one week, either of which may be missing."""

    week: UUID
    keep: Badge | None
    drop: Badge | None
    stays: Side


def merge(
    log: MergeLog, actor: Actor, keep: Person, drop: Person, fields: Mapping[str, Side], moment: datetime
) -> tuple[list[str], tuple[TwoBadges, ...]]:
    """Let everything of one person be the other's; returns who moved up, and the weeks in which he has two badges.

    The one that goes is archived, and what named it names the other.
    """
    keep_id, drop_id = keep.id, drop.id
    badges = badges_of(log.session, keep_id, drop_id)
    two = two_badges(log.session, badges)
    promoted = _registrations(log, actor, keep_id, drop_id, moment)
    for pair in badges:
        _badges(log, pair, keep_id, drop_id)
    for column in references(PEOPLE):
        if str(column) not in _OWN:
            log.move(column, drop_id, keep_id)
    _record(log, keep_id, drop_id, fields, moment)
    return promoted, two


def _registrations(log: MergeLog, actor: Actor, keep: UUID, drop: UUID, moment: datetime) -> list[str]:
    query = select(REGISTRATIONS).order_by(REGISTRATIONS.c.id)
    held = {row.event_id: row for row in log.session.execute(query.where(REGISTRATIONS.c.person_id == keep))}
    freed = []
    for row in log.session.execute(query.where(REGISTRATIONS.c.person_id == drop)).all():
        stays, own = row, held.get(row.event_id)
        if own is not None:
            stays = goes_on(own, row)
            freed.append(unite(log, stays, row if stays is own else own))
        log.change(REGISTRATIONS, REGISTRATIONS.c.id == stays.id, {"person_id": keep})
    return [name for each in freed for name in give_places(log, actor, each, moment)]


# Badges


def badges_of(session: Session, keep: UUID, drop: UUID) -> tuple[BadgePair, ...]:
    """The badges of both, by week; the one that was used, else printed, stays the person's."""
    rows = session.scalars(
        select(Badge).where(Badge.person_id.in_((keep, drop))).order_by(Badge.week_id)
    ).all()
    by_week: dict[UUID, dict[UUID | None, Badge]] = {}
    for row in rows:
        by_week.setdefault(row.week_id, {})[row.person_id] = row
    found = []
    for week, held in by_week.items():
        own, other = held.get(keep), held.get(drop)
        stays = Side.KEEP
        if own is None or (other is not None and _worth(session, other) > _worth(session, own)):
            stays = Side.DROP
        found.append(BadgePair(week, own, other, stays))
    return tuple(found)


def _worth(session: Session, badge: Badge) -> tuple[bool, bool, bool]:
    """What speaks for a badge: it counts, somebody came in with it, somebody may wear it."""
    used = select(exists().where(Scan.badge_id == badge.id, Scan.verdict == Verdict.ACCEPTED))
    printed = select(exists().where(Print.badge_id == badge.id, Print.issue == badge.issue))
    return badge.revoked_at is None, bool(session.scalar(used)), bool(session.scalar(printed))


def two_badges(session: Session, badges: tuple[BadgePair, ...]) -> tuple[TwoBadges, ...]:
    """The weeks in which both have a badge."""
    found = []
    for pair in badges:
        if pair.keep is not None and pair.drop is not None:
            numbers = [shown_number(badge.number) for badge in (pair.keep, pair.drop)]
            stays, other = numbers if pair.stays is Side.KEEP else reversed(numbers)
            code = session.scalar(select(Week.code).where(Week.id == pair.week)) or ""
            found.append(TwoBadges(code, stays, other))
    return tuple(found)


def _badges(log: MergeLog, pair: BadgePair, keep: UUID, drop: UUID) -> None:
    """The one that stays is the person's; the other stays on the merged name, and leads the door to him all the same."""
    if pair.stays is Side.KEEP:
        return
    assert pair.drop is not None
    if pair.keep is not None:
        log.change(BADGES, BADGES.c.id == pair.keep.id, {"person_id": None})
    log.change(BADGES, BADGES.c.id == pair.drop.id, {"person_id": keep})
    if pair.keep is not None:
        log.change(BADGES, BADGES.c.id == pair.keep.id, {"person_id": drop})


# The person's own record


def _record(log: MergeLog, keep: UUID, drop: UUID, fields: Mapping[str, Side], moment: datetime) -> None:
    both = {row.id: row for row in log.session.execute(select(PEOPLE).where(PEOPLE.c.id.in_((keep, drop))))}
    own, other = both[keep], both[drop]
    values: dict[str, Any] = {}
    for field in FIELDS[DuplicateKind.PEOPLE]:
        column = COLUMNS.get(field.name, field.name)
        values[column] = chosen_value(field.name, getattr(own, column), getattr(other, column), fields)
    values |= _stricter(own, other)
    values["sort_key"] = pinyin.sort_key(values["name"])
    values["search_key"] = _search_key(log.session, keep, values, (own, other))
    log.change_one(PEOPLE, own, values)
    log.change_one(PEOPLE, other, {"archived_at": moment, "merged_into": keep})


def _stricter(own: Row[Any], other: Row[Any]) -> dict[str, Any]:
    """Consent that only one of them gave is none; of two the earlier counts, and the earlier end of keeping."""
    told = [row for row in (own, other) if row.consent_version is not None]
    ends = [row.retain_until for row in (own, other) if row.retain_until is not None]
    consent = (
        min(told, key=lambda row: (row.consent_at is not None, row.consent_at)) if len(told) == 2 else None
    )
    return {
        "consent_version": consent.consent_version if consent else None,
        "consent_at": consent.consent_at if consent else None,
        "retain_until": min(ends, default=None),
    }


def _search_key(session: Session, person: UUID, values: Mapping[str, Any], both: tuple[Row[Any], ...]) -> str:
    """He answers to both names, both phones, and to every enterprise that he has come for."""
    came_for = select(Registration.enterprise_id).where(Registration.person_id == person)
    ids = [row.enterprise_id for row in both]
    name = func.coalesce(Enterprise.name_zh, Enterprise.name_en)
    query = (
        select(name).where(or_(Enterprise.id.in_(ids), Enterprise.id.in_(came_for))).order_by(Enterprise.id)
    )
    firms = session.scalars(query).all()
    key = matching.search_key(values["name"], values["name_latin"], None, values["phone"])
    names = [name for row in both for name in (row.name, row.name_latin, row.phone)]
    return matching.longer_key(key, *names, *firms)
