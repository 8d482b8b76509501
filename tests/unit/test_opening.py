"""Opening a file by the system's program: each system's way, no shell, and one refusal where there is no desktop."""

import os
import sys
from pathlib import Path

import pytest

from ipweek.adapters.opening import open_file
from ipweek.domain.errors import IpweekError, NotFoundError
from tests.desk import refusal


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose name would mean something to a shell or an option parser, named relative to its folder."""
    monkeypatch.chdir(tmp_path)
    file = Path("-a; $(touch x) 总结.md")
    file.write_text("text", encoding="utf-8")
    return file


def _command(folder: Path, name: str, does: str) -> None:
    command = folder / name
    command.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    command.chmod(0o755)


def _desktop(monkeypatch: pytest.MonkeyPatch, folder: Path, *, display: str | None = ":0") -> None:
    monkeypatch.delattr(os, "startfile", raising=False)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if display:
        monkeypatch.setenv("WAYLAND_DISPLAY", display)


@pytest.mark.parametrize(("platform", "command"), [("linux", "xdg-open"), ("darwin", "open")])
def test_by_the_desktops_command(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, command: str
) -> None:
    """The command gets one word, the whole path."""
    _desktop(monkeypatch, tmp_path, display=":0" if platform == "linux" else None)
    monkeypatch.setattr(sys, "platform", platform)
    _command(tmp_path, command, 'printf "%s|" "$@" > opened')
    open_file(file)
    assert Path("opened").read_text("utf-8") == f"{file.absolute()}|"
    assert not Path("x").exists()


def test_by_windows(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows opens it itself; what it refuses is told."""
    started: list[Path] = []
    monkeypatch.setattr(os, "startfile", started.append, raising=False)
    open_file(file)
    assert started == [file.absolute()]

    def refuse(_path: Path) -> None:
        raise OSError(1155, "no program")

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    refusal(IpweekError, "open-refused", open_file, file)


def test_refusals(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone, no desktop, no command, a command that fails."""
    _desktop(monkeypatch, tmp_path, display=None)
    refusal(NotFoundError, "open-gone", open_file, tmp_path / "gone")
    _command(tmp_path, "xdg-open", "exit 4")
    refusal(IpweekError, "open-no-desktop", open_file, file)
    _desktop(monkeypatch, tmp_path)
    refusal(IpweekError, "open-refused", open_file, file)
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    refusal(IpweekError, "open-no-desktop", open_file, file)
