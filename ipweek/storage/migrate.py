"""The schema's revisions; Alembic is imported only when something must change."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from ipweek.domain.errors import DatabaseError
from ipweek.storage.data import data_folder
from ipweek.storage.driver_errors import translated_errors

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0012"


def revision(engine: Engine) -> str | None:
    """The revision of a database, or None where it has no schema yet. Raises DatabaseError."""
    with translated_errors(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def require_current(engine: Engine) -> None:
    """Raises DatabaseError where the schema is missing, older or newer than this program."""
    found = revision(engine)
    if found is None:
        raise DatabaseError("workspace-missing")
    if found != HEAD:
        raise DatabaseError("schema-older" if found < HEAD else "schema-newer", found=found, expected=HEAD)


def upgrade(engine: Engine, target: str = "head") -> None:
    """Bring the schema up to a revision, in one transaction where the engine allows."""
    from alembic import command  # noqa: PLC0415 - 0.6 s that a current schema need not pay

    with _own_connection(engine) as connection:
        command.upgrade(_config(connection), target)


def downgrade(engine: Engine, target: str) -> None:
    """Take the schema back to a revision (`base` is empty)."""
    from alembic import command  # noqa: PLC0415 - as above

    with _own_connection(engine) as connection:
        command.downgrade(_config(connection), target)


@contextmanager
def _own_connection(engine: Engine) -> Iterator[Connection]:
    """A connection that never goes back to the pool: SQLite's foreign keys are off on it."""
    with translated_errors(), engine.connect() as connection:
        connection.detach()
        yield connection


def _config(connection: object) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrations_folder() -> Path:
    """Where the revisions lie: in the wheel or in the checkout."""
    return data_folder("migrations")
