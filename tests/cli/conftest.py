"""Workspaces for the command line: a seeded one and the demonstration's, made once and copied for each test."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ipweek.cli.app import cli
from ipweek.i18n import choose

Run = Callable[..., Result]
_RELEASE = ("--event", "release-2019")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No setting of this machine's user; English again afterwards."""
    for name in ("IPWEEK_DATABASE_URL", "IPWEEK_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "IPWEEK_FONTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IPWEEK_CONFIG", str(tmp_path / "no-config.toml"))
    monkeypatch.setenv("IPWEEK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("IPWEEK_DESK", "desk-1")
    monkeypatch.setenv("IPWEEK_OPERATOR", "operator")
    yield
    choose("en")


@pytest.fixture
def run() -> Run:
    """Run the command line in this process, as without a terminal."""

    def invoke(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=typed)

    return invoke


def _made(folder: Path, *arguments: str) -> Path:
    found = CliRunner().invoke(cli, ["--operator", "o", "--desk", "d", "--home", str(folder), *arguments])
    assert found.exit_code == 0, found.output
    return folder


@pytest.fixture(scope="session")
def seeded_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the data of Huizhou 2019."""
    return _made(tmp_path_factory.mktemp("seeded"), "init", "--seed", "huizhou-2019")


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's workspace, its day played."""
    folder = tmp_path_factory.mktemp("demo")
    return _made(folder, "demo", "--headless", "--dir", str(folder))


@pytest.fixture
def seeded(seeded_template: Path, tmp_path: Path) -> Path:
    """The workspace in force: the seeded one."""
    return Path(shutil.copytree(seeded_template, tmp_path / "home"))


@pytest.fixture
def codes(run: Run, seeded: Path) -> list[str]:
    """Three people registered at the event, nobody in yet."""
    for name in ("甲", "乙", "丙"):
        run("register", *_RELEASE, "--name", name, "--phone", f"1990000000{ord(name) % 10}")
    return [row["code"] for row in json.loads(run("badge", "codes", *_RELEASE, "--json").stdout)]


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    """The workspace in force: the demonstration's."""
    return Path(shutil.copytree(demo_template, tmp_path / "home"))


@pytest.fixture
def python() -> str:
    """This interpreter, for tests in a process of their own."""
    return sys.executable
