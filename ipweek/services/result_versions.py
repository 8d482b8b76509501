"""The next version of a released result: it begins as a draft with all that the old one consists of."""

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ipweek.domain.ids import new_id
from ipweek.domain.kinds import KINDS, PARTS
from ipweek.storage.tables.kinds import KEEPING
from ipweek.storage.tables.navigation import NavigationResult, ResultDocument

if TYPE_CHECKING:
    from uuid import UUID

COPIED = tuple(kind for kind in PARTS["result"] if kind != "receipt")
"""The parts that a version takes over; reports were received of the old one."""

_OWN = ("id", "code", "result_id", "parent_id")
_ELSEWHERE = ("event_id", "week_id")
"""Where a statement is told as well: there it stands once, with the version that was told."""


def next_code(session: Session, old: NavigationResult) -> str:
    """A free code for the next version: the first one's, with the number of the version."""
    stem = re.sub(r"-v\d+$", "", old.code)
    number = old.version + 1
    while session.scalar(select(NavigationResult.id).where(NavigationResult.code == f"{stem}-v{number}")):
        number += 1
    return f"{stem}-v{number}"


def copy_parts(session: Session, old: NavigationResult, new: NavigationResult) -> dict[str, int]:
    """Copy what a result consists of into its next version; returns how many of each kind."""
    counts: dict[str, int] = {}
    for kind in COPIED:
        table = KEEPING[kind].table
        rows = session.scalars(
            select(table).where(table.result_id == old.id).order_by(func.length(table.code), table.code)
        ).all()
        copies: dict[UUID, Any] = {}
        for number, row in enumerate(rows, 1):
            copies[row.id] = _copy(row, new, f"{new.code}-{KINDS[kind].numbered}-{number}")
        session.add_all(copies.values())
        session.flush()
        for row in rows:
            if getattr(row, "parent_id", None) in copies:
                copies[row.id].parent_id = copies[row.parent_id].id
        if rows:
            counts[kind] = len(rows)
    papers = session.scalars(
        select(ResultDocument.document_id).where(ResultDocument.result_id == old.id)
    ).all()
    session.add_all(ResultDocument(result_id=new.id, document_id=paper) for paper in papers)
    session.flush()
    return {**counts, **({"document": len(papers)} if papers else {})}


def _copy(row: Any, new: NavigationResult, code: str) -> Any:
    kept = {
        column.name: getattr(row, column.name)
        for column in row.__table__.c
        if column.name not in (*_OWN, *_ELSEWHERE)
    }
    return type(row)(id=new_id(), code=code, result_id=new.id, **kept)
