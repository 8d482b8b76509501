"""What a merge leaves behind: who is meant by the one that is gone, and what refers to a table."""

from collections.abc import Iterator
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, func, select
from sqlalchemy.orm import Session, aliased

from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.base import Base
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.merges import Merge, MergeRow
from ipweek.storage.tables.people import Person

_Mergeable = TypeVar("_Mergeable", Person, Enterprise)
_Owner = aliased(Person)


def kept(session: Session, row: _Mergeable) -> _Mergeable:
    """The record itself, or the one that it was merged into."""
    return row if row.merged_into is None else session.get_one(type(row), row.merged_into)


def holder_of_badge() -> ColumnElement[UUID | None]:
    """Who holds a badge or held it, on whomever's name it was issued: a person may have two since a merge."""
    owner = func.coalesce(Badge.person_id, Badge.former_id)
    into = select(_Owner.merged_into).where(_Owner.id == owner).scalar_subquery()
    return func.coalesce(into, owner)


def standing_for(session: Session, record: UUID) -> UUID:
    """The id of the row that a removed one was merged into, else the id itself."""
    seen = {record}
    while (into := session.scalar(_into(record))) is not None and into not in seen:
        seen.add(into)
        record = into
    return record


def _into(record: UUID) -> Any:
    return (
        select(MergeRow.into_id)
        .join(Merge, Merge.id == MergeRow.merge_id)
        .where(MergeRow.record_id == record, MergeRow.into_id.is_not(None), Merge.undone_at.is_(None))
        .limit(1)
    )


def references(target: Table) -> Iterator[Column[Any]]:
    """Every column of every table that refers to the ids of this one."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table is target and key.column.name == "id" for key in column.foreign_keys):
                yield column
