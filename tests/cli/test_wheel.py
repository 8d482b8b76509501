"""The installed program, not the source tree: the wheel carries all that a demonstration needs."""

import json
import os
import site
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as a release would have it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_migrations_seed_and_translations(wheel: Path) -> None:
    """What the program reads at run time is packed beside its code."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "ipweek/_data/migrations/env.py" in names
    assert "ipweek/_data/seed_data/huizhou-2019/1-programme.toml" in names
    assert "ipweek/i18n/zh_CN/LC_MESSAGES/ipweek.mo" in names
    assert any(name.endswith(".tcss") for name in names)
    assert not any(name.startswith(("tests/", "migrations/")) for name in names)


def test_the_demonstration_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """In an environment without the source tree, the main job goes through once; libraries are those here."""
    python = _environment(tmp_path)
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", wheel], check=True)
    purelib = Path(_of(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))
    libraries = [sysconfig.get_path("purelib"), *site.getsitepackages()]
    (purelib / "libraries.pth").write_text("\n".join(dict.fromkeys(libraries)), encoding="utf-8")
    _play(python, tmp_path, purelib)


@pytest.mark.soak
def test_the_declared_requirements_are_all_it_needs(wheel: Path, tmp_path: Path) -> None:
    """The same with nothing but the wheel and what it declares."""
    python = _environment(tmp_path)
    subprocess.run([python, "-m", "pip", "install", "-q", wheel], check=True)
    _play(python, tmp_path, Path(_of(python, "import sysconfig; print(sysconfig.get_path('purelib'))")))


def _environment(folder: Path) -> str:
    venv.create(folder / "venv", with_pip=True)
    scripts = "Scripts" if os.name == "nt" else "bin"
    return str(folder / "venv" / scripts / "python")


def _of(python: str, script: str) -> str:
    # Isolated, or the folder that the tests run in would come first.
    return subprocess.run(
        [python, "-I", "-c", script], check=True, capture_output=True, text=True
    ).stdout.strip()


def _play(python: str, folder: Path, purelib: Path) -> None:
    where = _of(python, "import ipweek; print(ipweek.__file__)")
    assert Path(where).is_relative_to(purelib)
    demo = [python, "-m", "ipweek", "demo", "--headless", "--dir", str(folder / "demo")]
    subprocess.run(demo, check=True, capture_output=True, cwd=folder)
    report = [python, "-m", "ipweek", "--home", str(folder / "demo"), "report", "--event", "release-2019"]
    told = subprocess.run([*report, "--format", "json"], check=True, capture_output=True, cwd=folder)
    assert json.loads(told.stdout)["registrations"]["registered"] > 100
