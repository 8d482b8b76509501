"""The enterprises of a summary: which were registered or came, and to which industries, districts and labels they belong."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from ipweek.storage.queries.reports import came, not_cancelled
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseIndustry, EnterpriseLabel, Industry
from ipweek.storage.tables.people import Registration

DISTRICT, INDUSTRY, LABEL = "district", "industry", "label"
_AT_ONCE = 10_000  # values in a statement: SQLite takes 32,766


def standing_of(events: Collection[UUID]) -> CTE:
    """One row an enterprise: whether it has a registration (1 or 0) and an attendee, and how many of each."""
    entry = came(events)
    return (
        select(
            Registration.enterprise_id,
            func.max(case((not_cancelled(), 1), else_=0)).label("registered"),
            func.max(case((entry.c.registration_id.is_not(None), 1), else_=0)).label("attended"),
            func.count(case((not_cancelled(), 1))).label("delegates"),
            func.count(entry.c.registration_id).label("came"),
        )
        .outerjoin(entry, entry.c.registration_id == Registration.id)
        .where(Registration.event_id.in_(events), Registration.enterprise_id.is_not(None))
        .group_by(Registration.enterprise_id)
        .cte("standing")
    )


def grouped(standing: CTE, day: date | None) -> dict[str, Select[*tuple[Any, ...]]]:
    """Rows of (enterprise, code, zh, en, registered, attended) by way: `industry`, `district` or `label`.

    The code is None for those without. Labels are those in force on `day`, all of them where it is not known.
    """
    none = cast(null(), Text)
    counts = (standing.c.registered, standing.c.attended)
    of_industry = EnterpriseIndustry.enterprise_id == standing.c.enterprise_id
    held = and_(EnterpriseLabel.enterprise_id == standing.c.enterprise_id, in_force(day))
    enterprise = standing.c.enterprise_id
    return {
        DISTRICT: select(
            enterprise, Enterprise.district.label("code"), none.label("zh"), none.label("en"), *counts
        )
        .select_from(standing)
        .join(Enterprise, Enterprise.id == standing.c.enterprise_id),
        INDUSTRY: select(
            enterprise,
            Industry.code.label("code"),
            Industry.name_zh.label("zh"),
            Industry.name_en.label("en"),
            *counts,
        )
        .select_from(standing)
        .outerjoin(EnterpriseIndustry, of_industry)
        .outerjoin(Industry, Industry.id == EnterpriseIndustry.industry_id),
        LABEL: select(
            enterprise,
            cast(EnterpriseLabel.label, Text).label("code"),
            none.label("zh"),
            none.label("en"),
            *counts,
        )
        .select_from(standing)
        .outerjoin(EnterpriseLabel, held),
    }


def memberships(session: Session, enterprises: Collection[UUID], day: date | None) -> Iterator[Any]:
    """Rows of (way, enterprise_id, code, zh, en) by way, as `grouped` has them, of these enterprises."""
    ids = sorted(enterprises)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        here = select(
            Enterprise.id.label("enterprise_id"), literal(1).label("registered"), literal(1).label("attended")
        )
        standing = here.where(Enterprise.id.in_(some)).cte("standing")
        parts = (
            select(literal(way).label("way"), rows.subquery(way))
            for way, rows in grouped(standing, day).items()
        )
        yield from session.execute(union_all(*parts))


def in_force(day: date | None) -> ColumnElement[bool]:
    """Whether a label holds on a day, where that is known; what is not stated does not end it."""
    if day is None:
        return true()
    begun = or_(EnterpriseLabel.valid_from.is_(None), EnterpriseLabel.valid_from <= day)
    lasting = or_(EnterpriseLabel.valid_to.is_(None), EnterpriseLabel.valid_to >= day)
    return and_(begun, lasting)
