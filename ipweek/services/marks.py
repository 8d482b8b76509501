"""Marks that everything in a workspace bears."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.storage.tables.programme import Workspace


def is_synthetic(session: Session) -> bool:
    """Whether this is a demonstration: whatever is added to it is synthetic, and says so."""
    return bool(session.scalar(select(Workspace.synthetic)))
