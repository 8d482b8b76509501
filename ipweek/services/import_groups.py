"""The group that a row of enterprises names (所属集团): found by the rule for names, else added, and no circle."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.adapters import credit_codes
from ipweek.domain.import_report import FieldChange, RowChange
from ipweek.domain.imports import EnterpriseDraft
from ipweek.domain.words import RowOutcome
from ipweek.services.import_plan import RowResult
from ipweek.storage.tables.enterprises import Enterprise

if TYPE_CHECKING:
    from ipweek.services.import_enterprises import EnterprisePlanner

Wish = tuple[EnterpriseDraft, RowResult]
"""A row that names a group, and what the row comes to."""


def join(session: Session, planner: "EnterprisePlanner", wishes: Sequence[Wish]) -> None:
    """Plan the groups of rows; a row that names its own enterprise heads the group."""
    query = select(Enterprise.id, Enterprise.group_id).where(Enterprise.group_id.is_not(None))
    above: dict[UUID, UUID] = dict(session.execute(query).all())  # type: ignore[arg-type] # none is None
    for draft, result in wishes:
        own, head = result.record_id, _head(planner, draft)
        if own is None or head == own or above.get(own) == head:
            continue
        if own in _up(above, head):
            planner.warn(draft, "group", draft.group or "", "group-circle")
            continue
        before = planner.plan.refer(Enterprise, planner.held[own], {"group_id": head})
        if result.outcome is not RowOutcome.ADDED:
            result.before = {**result.before, **before}
            result.after = {**result.after, **dict.fromkeys(before, head)}
            result.outcome = RowOutcome.UPDATED
            names = planner.index.names
            change = FieldChange("group", names[above[own]] if own in above else None, names[head])
            planner.plan.changes.append(RowChange(draft.row, RowOutcome.UPDATED, names[own], (change,)))
        above[own] = head


def _head(planner: "EnterprisePlanner", draft: EnterpriseDraft) -> UUID:
    """The enterprise that a row means by its group, by name, credit code or code; one that nobody knows is added."""
    name = draft.group or ""
    found = planner.index.find(name, credit_codes.compact(name)) or planner.codes.named(name)
    if found is not None:
        return found.id
    made = planner.new(name)
    planner.plan.sides.append(RowResult(draft.row, RowOutcome.ADDED, made))
    return made


def _up(above: dict[UUID, UUID], start: UUID) -> set[UUID]:
    """An enterprise and all that stand above it."""
    found = {start}
    while (at := above.get(start)) is not None and at not in found:
        found.add(at)
        start = at
    return found
