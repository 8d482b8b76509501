"""Enterprises as lists show them: found by what is typed, narrowed by filters, counted at an event."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from ipweek.domain.enterprises import EnterpriseFilter
from ipweek.domain.text import clean, folded
from ipweek.domain.words import LabelKind, RegistrationStatus
from ipweek.storage.queries.report_enterprises import in_force
from ipweek.storage.queries.reports import came
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseIndustry,
    EnterpriseLabel,
    Industry,
)
from ipweek.storage.tables.people import Registration

LIVE = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)
_CHUNK = 500
_LONGEST = 1_000
"""Longer patterns are refused by SQLite."""
_MOST_INITIALS = 20_000
"""So many ids fit into one statement on both engines."""
_INITIALS = re.compile(r"[a-z]{2,10}")


def group(head: UUID) -> CTE:
    """The ids of an enterprise and of all that belong to it, on whatever level."""
    found = select(Enterprise.id).where(Enterprise.id == head).cte("belonging", recursive=True)
    below = aliased(Enterprise)
    return found.union(select(below.id).join(found, below.group_id == found.c.id))


def sharing(head: UUID) -> CTE:
    """The ids of an enterprise and of those below it that have no quota of their own: its quota is theirs too."""
    found = select(Enterprise.id).where(Enterprise.id == head).cte("sharing", recursive=True)
    below = aliased(Enterprise)
    shares = select(below.id).join(found, below.group_id == found.c.id).where(below.quota.is_(None))
    return found.union(shares)


def matching(session: Session, wanted: EnterpriseFilter, day: date) -> list[ColumnElement[bool]]:
    """The conditions of a filter but for the group, the industry and the quota, which are known by ids."""
    conditions: list[ColumnElement[bool]] = [_says(session, word) for word in clean(wanted.text).split()]
    if not wanted.archived:
        conditions.append(Enterprise.archived_at.is_(None))
    if wanted.district is not None:
        conditions.append(Enterprise.district == wanted.district)
    if wanted.label is not None:
        conditions.append(
            exists().where(
                EnterpriseLabel.enterprise_id == Enterprise.id,
                EnterpriseLabel.label == wanted.label,
                in_force(day),
            )
        )
    return conditions


def _says(session: Session, word: str) -> ColumnElement[bool]:
    """Whether an enterprise has a word in a name, an alias, a code, or the pinyin of its name, initials too."""
    key = folded(word)[:_LONGEST]
    plain = word.lower()[:_LONGEST]
    alias = exists().where(
        EnterpriseAlias.enterprise_id == Enterprise.id, EnterpriseAlias.key.contains(key, autoescape=True)
    )
    ways = [
        func.lower(Enterprise.name_zh).contains(plain, autoescape=True),
        Enterprise.key.contains(key, autoescape=True),
        Enterprise.key_en.contains(key, autoescape=True),
        func.lower(Enterprise.name_en).contains(plain, autoescape=True),
        func.lower(Enterprise.short_name).contains(plain, autoescape=True),
        func.lower(Enterprise.credit_code).contains(key, autoescape=True),
        Enterprise.code.contains(key, autoescape=True),
        func.replace(Enterprise.sort_key, " ", "").contains(key, autoescape=True),
        alias,
    ]
    if _INITIALS.fullmatch(key):
        ways.append(Enterprise.id.in_(_of_initials(session, key)))
    return or_(*ways)


def _of_initials(session: Session, initials: str) -> list[UUID]:
    """The enterprises of whose name these are the initials of syllables in a row; the database finds those in any."""
    pattern = "".join(f"% {letter}" for letter in initials) + "%"
    query = select(Enterprise.id, Enterprise.sort_key)
    found = session.execute(query.where(literal(" ").concat(Enterprise.sort_key).like(pattern)))
    return [row.id for row in found if initials in _initials(row.sort_key or "")][:_MOST_INITIALS]


def _initials(sort_key: str) -> str:
    """The first letters of the syllables, which stand before the gap in the key."""
    return "".join(syllable[:1] for syllable in sort_key.partition("  ")[0].split(" "))


def of_industry(industry: UUID) -> ColumnElement[bool]:
    """Whether an enterprise is of an industry."""
    return exists().where(
        EnterpriseIndustry.enterprise_id == Enterprise.id, EnterpriseIndustry.industry_id == industry
    )


def counts(
    session: Session, event: UUID, enterprises: Select[UUID] | CTE | None = None
) -> Mapping[UUID, Any]:
    """Per enterprise (registered, waiting, came) at an event; those without a registration are left out."""
    entry = came([event])
    query = (
        select(
            Registration.enterprise_id,
            _count(Registration.status == RegistrationStatus.REGISTERED, "registered"),
            _count(Registration.status == RegistrationStatus.WAITING, "waiting"),
            _count(entry.c.registration_id.is_not(None), "came"),
        )
        .outerjoin(entry, entry.c.registration_id == Registration.id)
        .where(Registration.event_id == event, Registration.enterprise_id.is_not(None))
        .group_by(Registration.enterprise_id)
    )
    if enterprises is not None:
        ids = select(enterprises.c.id) if isinstance(enterprises, CTE) else enterprises
        query = query.where(Registration.enterprise_id.in_(ids))
    return {row.enterprise_id: row for row in session.execute(query)}


def live(session: Session, event: UUID) -> Sequence[Any]:
    """Rows of (enterprise, status, people) of those who hold a place at an event or wait for one."""
    query = (
        select(Registration.enterprise_id, Registration.status, func.count().label("people"))
        .where(
            Registration.event_id == event,
            Registration.enterprise_id.is_not(None),
            Registration.status.in_(LIVE),
        )
        .group_by(Registration.enterprise_id, Registration.status)
    )
    return session.execute(query).all()


def live_of(session: Session, event: UUID, enterprises: CTE) -> Mapping[RegistrationStatus, int]:
    """How many of some enterprises hold a place at an event, and how many wait for one."""
    query = (
        select(Registration.status, func.count())
        .where(
            Registration.event_id == event,
            Registration.enterprise_id.in_(select(enterprises.c.id)),
            Registration.status.in_(LIVE),
        )
        .group_by(Registration.status)
    )
    return dict(session.execute(query).all())


def _count(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.count(case((condition, 1))).label(name)


def labels_of(session: Session, enterprises: Collection[UUID], day: date) -> dict[UUID, list[LabelKind]]:
    """The labels of enterprises that hold on a day."""
    found: dict[UUID, list[LabelKind]] = {}
    for part in _chunks(enterprises):
        query = (
            select(EnterpriseLabel.enterprise_id, EnterpriseLabel.label)
            .where(EnterpriseLabel.enterprise_id.in_(part), in_force(day))
            .order_by(EnterpriseLabel.label)
        )
        for enterprise, label in session.execute(query):
            found.setdefault(enterprise, []).append(label)
    return found


def members_of(session: Session, heads: Collection[UUID]) -> dict[UUID, int]:
    """How many enterprises belong to each of these directly; archived ones are left out."""
    found: dict[UUID, int] = {}
    for part in _chunks(heads):
        query = (
            select(Enterprise.group_id, func.count())
            .where(Enterprise.group_id.in_(part), Enterprise.archived_at.is_(None))
            .group_by(Enterprise.group_id)
        )
        found |= {head: count for head, count in session.execute(query) if head is not None}
    return found


def named(session: Session, enterprises: Collection[UUID]) -> dict[UUID, Any]:
    """Code and names of enterprises by id."""
    found: dict[UUID, Any] = {}
    for part in _chunks(enterprises):
        query = select(Enterprise.id, Enterprise.code, Enterprise.name_zh, Enterprise.name_en)
        found |= {row.id: row for row in session.execute(query.where(Enterprise.id.in_(part)))}
    return found


def facets(session: Session, day: date) -> Sequence[Any]:
    """Rows of (name, value, zh, en, count): what unarchived enterprises can be narrowed by."""
    here = Enterprise.archived_at.is_(None)
    count = func.count().label("count")
    districts = (
        select(Enterprise.district, count)
        .where(here, Enterprise.district.is_not(None))
        .group_by(Enterprise.district)
    )
    industries = (
        select(Industry.code, Industry.name_zh, Industry.name_en, count)
        .join(EnterpriseIndustry, EnterpriseIndustry.industry_id == Industry.id)
        .join(Enterprise, Enterprise.id == EnterpriseIndustry.enterprise_id)
        .where(here)
        .group_by(Industry.code, Industry.name_zh, Industry.name_en)
    )
    labels = (
        select(EnterpriseLabel.label, count)
        .join(Enterprise, Enterprise.id == EnterpriseLabel.enterprise_id)
        .where(here, in_force(day))
        .group_by(EnterpriseLabel.label)
    )
    head, member = aliased(Enterprise), aliased(Enterprise)
    groups = (
        select(head.code, head.name_zh, head.name_en, count)
        .join(member, member.group_id == head.id)
        .where(member.archived_at.is_(None))
        .group_by(head.code, head.name_zh, head.name_en, head.sort_key)
        .order_by(head.sort_key)
    )
    return (
        *(
            ("district", code, None, None, n)
            for code, n in session.execute(districts.order_by(Enterprise.district))
        ),
        *(("industry", *row) for row in session.execute(industries.order_by(Industry.code))),
        *(
            ("label", code, None, None, n)
            for code, n in session.execute(labels.order_by(EnterpriseLabel.label))
        ),
        *(("group", *row) for row in session.execute(groups)),
    )


def _chunks(ids: Collection[UUID]) -> list[list[UUID]]:
    unique = list(dict.fromkeys(ids))
    return [unique[start : start + _CHUNK] for start in range(0, len(unique), _CHUNK)]
