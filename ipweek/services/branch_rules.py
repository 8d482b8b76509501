"""What a technology branch asks beyond its fields: symbols that are ones, and a place in its own result's tree."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from ipweek.domain import ipc
from ipweek.domain.errors import InvalidError
from ipweek.storage.tables.navigation import Branch

if TYPE_CHECKING:
    from uuid import UUID


def check(session: Session, row: Branch) -> None:
    """Put the symbols into their normal form.

    Raises InvalidError `symbol-invalid`, `branch-of-other-result`, `branch-of-itself`.
    """
    row.symbols = [_normal(text) for text in row.symbols or ()]
    seen: set[UUID] = {row.id}
    above = row.parent_id
    while above is not None:
        parent = session.get_one(Branch, above)
        if parent.result_id != row.result_id:
            raise InvalidError("branch-of-other-result", field="parent", value=parent.code)
        if above in seen:
            raise InvalidError("branch-of-itself", field="parent", value=parent.code)
        seen.add(above)
        above = parent.parent_id


def _normal(text: str) -> str:
    found = ipc.normalise(text)
    if found is None:
        raise InvalidError("symbol-invalid", field="symbols", value=text)
    return found
