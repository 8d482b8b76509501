"""The revision of the report's texts: up from an older workspace, down again without harm to what was there."""

from sqlalchemy import Engine, inspect, text

from ipweek.domain.actor import Actor
from ipweek.services.report_notes import Notes
from ipweek.services.workspace import Workspaces
from ipweek.storage import migrate
from ipweek.storage.unit_of_work import UnitOfWork

_TABLES = {"report_notes", "coverage", "photographs", "photograph_contents"}


def test_an_older_workspace_gets_room_for_texts_and_gives_it_back(
    engine: Engine, uow: UnitOfWork, actor: Actor
) -> None:
    """What was written goes with its tables; weeks and events stay, and can be written of again."""
    Workspaces(uow).create(actor)
    Workspaces(uow).seed(actor, "huizhou-2019")
    migrate.downgrade(engine, "0008")
    assert not _TABLES & set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM events")) == 3
    migrate.upgrade(engine)
    migrate.require_current(engine)
    notes = Notes(uow)
    assert notes.show("week", "huizhou-2019").texts == {}
    assert notes.write(actor, "week", "huizhou-2019", {"invited": 3}).invited == 3
