"""Groups of enterprises (集团): a tree of who belongs to whom, and nothing goes in a circle."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.errors import InvalidError
from ipweek.storage.tables.enterprises import Enterprise


def check(session: Session, row: Enterprise) -> None:
    """An enterprise is in no group that it heads itself, however many levels up.

    Those above it are locked, so that no other desk closes the circle at the same time. Raises InvalidError
    `group-of-itself`.
    """
    above, seen = row.group_id, {row.id}
    while above is not None:
        if above in seen:
            raise InvalidError("group-of-itself", field="group", value=_code(session, row.group_id))
        seen.add(above)
        locked = select(Enterprise.group_id).where(Enterprise.id == above).with_for_update(key_share=True)
        above = session.scalar(locked)


def _code(session: Session, enterprise: UUID | None) -> str:
    return session.scalar(select(Enterprise.code).where(Enterprise.id == enterprise)) or ""
