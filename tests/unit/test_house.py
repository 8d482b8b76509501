"""The house rules: layers, types, style, and imports that stay deferred."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_layers() -> None:
    """Imports run one way, by the contracts in pyproject.toml."""
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_types() -> None:
    """The strict type checker is content."""
    found = _run("mypy")
    assert found.returncode == 0, found.stdout


def test_style() -> None:
    """The linter is content with everything."""
    found = _run("ruff", "check", ".")
    assert found.returncode == 0, found.stdout


def test_format() -> None:
    """The formatter would change nothing."""
    found = _run("ruff", "format", "--check", ".")
    assert found.returncode == 0, found.stdout


def test_top_level() -> None:
    """The top level holds what was agreed on and no more."""
    agreed = {"ipweek", "migrations", "tests", "seed_data", "pyproject.toml", "README.md", "LICENSE"}
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        names = {path.name for path in ROOT.iterdir()}
    else:
        names = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert not {name for name in names if not name.startswith(".")} - agreed - {"build", "dist"}


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("ipweek.domain.kinds", ("sqlalchemy", "rich", "textual", "click")),
        ("ipweek.config", ("sqlalchemy", "rich", "textual", "click")),
        ("ipweek.services.registrations", ("rich", "textual", "click", "reportlab", "pypinyin", "alembic")),
        ("ipweek.bootstrap", ("textual", "click", "reportlab", "alembic", "python_calamine")),
    ],
)
def test_imports_stay_deferred(module: str, heavy: tuple[str, ...]) -> None:
    """What a module does not need at once is not loaded with it."""
    script = f"import sys, {module}; print(*(name for name in {heavy!r} if name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


def test_work_behind_a_screen_begins_in_one_place() -> None:
    """A coroutine made before its worker runs is left lying where the screen goes first: only `start` makes workers."""
    places = (ROOT / "ipweek" / "tui").rglob("*.py")
    makers = [path.name for path in places if ".run_worker(" in path.read_text("utf-8")]
    assert makers == ["background.py"]
