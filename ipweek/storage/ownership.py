"""Whether whoever runs the program owns its database, and not only works with it."""

import os

from sqlalchemy import text

from ipweek.storage.engine import database_file
from ipweek.storage.unit_of_work import UnitOfWork

_OWNS = text(
    "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'operators'::regclass"
)


def is_owner(uow: UnitOfWork) -> bool:
    """By the account that owns the file, where the system knows accounts, or by the role that owns the tables.

    Nobody owns a desk's copy: what is done there counts elsewhere.
    """
    if uow.copy is not None or uow.is_away:
        return False
    if not uow.is_sqlite:
        with uow.read() as session:
            return bool(session.scalar(_OWNS))
    account = getattr(os, "getuid", None)
    return account is None or database_file(uow.engine.url).stat().st_uid == account()
