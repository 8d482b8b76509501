"""A workspace on SQLite with one of everything, some of it named to do harm; the application on it."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipweek.bootstrap import App
from ipweek.config import Settings
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.starts import Start
from ipweek.domain.words import CaseCause, EventKind, LinkRole, Membership
from ipweek.i18n import choose
from ipweek.services.base import Clock, utc_now
from ipweek.tui.app import IpweekApp
from tests.conftest import StandingClock
from tests.tui.idle import asked_of_the_loop, read_once
from tests.tui.kiosk import open_event

_LEFT_LYING = (
    "error:coroutine .* was never awaited:RuntimeWarning",
    "error:Exception ignored in. <coroutine:pytest.PytestUnraisableExceptionWarning",
)
"""Work that was begun and never done fails the test that it happens in."""
_IN_REAL_TIME = ("test_watchdog.py", "test_memory.py")
"""What is measured in these is how the application runs at a desk."""
HOSTILE = "[/] [red]x[/red] {name} $accent 张"
WIDE = "宽" * 200


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no coroutine of the application be left lying."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            for warning in _LEFT_LYING:
                item.add_marker(pytest.mark.filterwarnings(warning))


def settings(file: Path) -> Settings:
    """A desk called A, where Chen works."""
    return Settings(
        file.parent, f"sqlite:///{file.as_posix()}", "en", "A", "Chen", None, file.parent / "cache"
    )


@pytest.fixture(scope="module", autouse=True)
def _no_longer_than_needed(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.path.name in _IN_REAL_TIME:
        yield
        return
    with asked_of_the_loop(), read_once():
        yield


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    choose("en")
    yield
    choose("en")
    gc.collect()  # what was left lying in a cycle is found by the test that left it
    gc.freeze()  # and what stays is not looked through again


@pytest.fixture(scope="session")
def filled_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one of everything, written back into one file."""
    file = tmp_path_factory.mktemp("filled") / "ipweek.db"
    shutil.copyfile(sqlite_template, file)
    file.chmod(0o600)
    work = App(settings(file), clock=StandingClock())
    work.workspaces.create(work.actor)
    _fill(work)
    with work.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    work.close()
    return file


def _fill(work: App) -> None:
    def add(kind: str, code: str, name: str, /, **values: object) -> None:
        work.records.add(work.actor, kind, {"code": code, "name_zh": name, "name_en": name, **values})

    add("week", "w-2019", "Week 2019", year=2019, zone="Asia/Shanghai", city_en="Huizhou", theme_en=HOSTILE)
    add("venue", "hall", HOSTILE)
    add("room", "hall-1", WIDE, venue="hall", capacity=100)
    add("industry", "led", HOSTILE)
    add("enterprise", "acme", HOSTILE, industries=("led",), district=WIDE)
    add("speaker", "li", HOSTILE)
    add("result", "led-2019", HOSTILE, industry="led")
    add("case", "a-v-b", HOSTILE, industry="led", cause=CaseCause.PATENT)
    add("indicator", "grants", WIDE, week="w-2019")
    event = {"week": "w-2019", "kind": EventKind.RELEASE, "membership": Membership.STATED}
    add("event", "release", HOSTILE, start=Start.parse("2019-04-25 09:30"), capacity=3, **event)
    add("event", "later", "Exchange", **event)
    add("session", "talk", WIDE, event="release", kind=EventKind.RELEASE, room="hall-1", speakers=("li",))
    work.navigation.link(work.actor, "release", "led-2019", LinkRole.RELEASED)
    for name, enterprise in (("张伟", HOSTILE), (HOSTILE, "acme"), (WIDE, ""), ("李静", "acme")):
        work.registrations.register(
            work.actor, "release", NewRegistration(name, enterprise=enterprise, title=HOSTILE)
        )


@pytest.fixture
def work(filled_file: Path, tmp_path: Path) -> Iterator[App]:
    """The filled workspace, a copy for one test."""
    yield from opened(filled_file, tmp_path)


@pytest.fixture
def empty_work(sqlite_template: Path, tmp_path: Path) -> Iterator[App]:
    """A workspace with nothing in it."""
    yield from opened(sqlite_template, tmp_path)


@pytest.fixture
def door(empty_work: App) -> App:
    """A workspace with an event and its sessions."""
    open_event(empty_work)
    return empty_work


def opened(template: Path, folder: Path, clock: Clock = utc_now) -> Iterator[App]:
    """A copy of a workspace for one test."""
    file = folder / "ipweek.db"
    shutil.copyfile(template, file)
    file.chmod(0o600)
    work = App(settings(file), clock=clock)
    yield work
    work.close()


@pytest.fixture
def app(work: App) -> IpweekApp:
    """The application on the filled workspace."""
    return IpweekApp(work)
