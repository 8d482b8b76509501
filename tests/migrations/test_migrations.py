"""The schema's revisions: up and down with data on both engines, and never apart from the tables."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine, inspect, text

from ipweek.domain.actor import Actor
from ipweek.domain.errors import DatabaseError
from ipweek.services.workspace import Workspaces
from ipweek.storage import migrate
from ipweek.storage.tables import Base
from ipweek.storage.unit_of_work import UnitOfWork


def test_the_head_that_the_program_expects_is_the_newest_revision() -> None:
    """A start compares with a constant instead of importing Alembic; the constant is right."""
    assert ScriptDirectory(str(migrate.migrations_folder())).get_current_head() == migrate.HEAD


def test_tables_and_revisions_agree(engine: Engine) -> None:
    """Autogenerate finds nothing to do after all revisions."""
    with engine.connect() as connection, redirect_stdout(io.StringIO()):
        command.check(migrate._config(connection))


def test_a_table_that_no_revision_made_is_noticed(engine: Engine) -> None:
    """The comparison of the test above can fail."""
    with engine.connect() as connection:
        connection.execute(text("DROP TABLE admissions"))
        connection.commit()
    with engine.connect() as connection, redirect_stdout(io.StringIO()), pytest.raises(CommandError):
        command.check(migrate._config(connection))


def test_down_and_up_again_with_data(engine: Engine, uow: UnitOfWork, actor: Actor) -> None:
    """A database with the seed in it goes down to nothing and up to a usable schema again."""
    Workspaces(uow).create(actor)
    Workspaces(uow).seed(actor, "huizhou-2019")
    migrate.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert migrate.revision(engine) is None
    migrate.upgrade(engine)
    migrate.require_current(engine)
    Workspaces(uow).create(actor)
    assert Workspaces(uow).seed(actor, "huizhou-2019")["result"] == 3


def test_upgrading_twice_changes_nothing(engine: Engine, uow: UnitOfWork, actor: Actor) -> None:
    """A current database is left as it is, data and all."""
    Workspaces(uow).create(actor)
    migrate.upgrade(engine)
    assert Workspaces(uow).info().revision == migrate.HEAD


@pytest.mark.parametrize(
    ("found", "code"), [("0000", "schema-older"), ("9999", "schema-newer"), (None, "workspace-missing")]
)
def test_another_revision_is_refused(engine: Engine, found: str | None, code: str) -> None:
    """An older, a newer and a missing schema are told apart, before anything is read."""
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        if found:
            connection.execute(text("INSERT INTO alembic_version VALUES (:found)"), {"found": found})
    with pytest.raises(DatabaseError) as refused:
        migrate.require_current(engine)
    assert refused.value.code == code


def test_every_constraint_has_a_name() -> None:
    """Unnamed constraints cannot be dropped by a later revision on SQLite."""
    unnamed = [
        (table.name, constraint)
        for table in Base.metadata.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert not unnamed


def test_revisions_do_not_import_the_program() -> None:
    """A revision keeps its meaning when the tables move on."""
    for file in (migrate.migrations_folder() / "versions").glob("*.py"):
        assert not re.search(r"^(from|import) ipweek", Path(file).read_text(encoding="utf-8"), re.MULTILINE)
