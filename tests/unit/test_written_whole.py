"""Output files: whole or not at all, and one sentence where they cannot be."""

import os
from pathlib import Path
from typing import BinaryIO

import pytest

from ipweek.domain.errors import InvalidError
from ipweek.jobs.files import written_whole
from ipweek.render.errors import sentence
from tests.desk import refusal


def write(path: Path, data: bytes = b"new") -> None:
    """Write a file as jobs do."""
    with written_whole(path) as file:
        file.write(data)


def write_half_of(file: BinaryIO) -> None:
    """Fail in the middle."""
    file.write(b"half")
    file.write(None)  # type: ignore[arg-type]


def beside(path: Path) -> list[str]:
    """What is in the folder of a file."""
    return sorted(each.name for each in path.parent.iterdir())


def test_a_file_takes_its_place_and_leaves_nothing_beside(tmp_path: Path) -> None:
    """A new one, an old one, and through a link, which stays a link."""
    path, link = tmp_path / "out.xlsx", tmp_path / "link.xlsx"
    link.symlink_to(path)
    for target, data in ((path, b"1"), (path, b"2"), (link, b"3")):
        write(target, data)
        assert path.read_bytes() == data
    assert link.is_symlink()
    assert beside(path) == ["link.xlsx", "out.xlsx"]


def test_a_block_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """The old file, and no half of the new one."""
    (path := tmp_path / "out.xlsx").write_bytes(b"old")
    with pytest.raises(TypeError), written_whole(path) as file:
        write_half_of(file)
    assert path.read_bytes() == b"old"
    assert beside(path) == ["out.xlsx"]


def test_a_device_stays_a_device(tmp_path: Path) -> None:
    """Nothing takes the place of /dev/null; a full disk is told as such."""
    write(Path("/dev/null"))
    assert Path("/dev/null").is_char_device()
    told = refusal(InvalidError, "file-not-writable", write, Path("/dev/full"))
    assert told["detail"] == "No space left on device"


@pytest.mark.parametrize(
    "place", ["folder", "missing/out.xlsx", "file/out.xlsx", "pipe", "x" * 300, "nul\0.xlsx"]
)
def test_a_place_that_takes_no_file_is_told(tmp_path: Path, place: str) -> None:
    """A folder, a folder that is missing or is a file, a pipe without a reader, an endless name, a NUL."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidError) as caught:
        write(tmp_path / place)
    assert caught.value.code == "file-not-writable"
    assert len(sentence(caught.value).splitlines()) == 1


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The write fails at its end; the old file and nothing else is there."""
    (path := tmp_path / "out.xlsx").write_bytes(b"old")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    refusal(InvalidError, "file-not-writable", write, path)
    assert path.read_bytes() == b"old"
    assert beside(path) == ["out.xlsx"]


def test_a_folder_that_is_read_only_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated, for nothing is read-only to root."""

    def refused(*_arguments: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    assert (
        refusal(InvalidError, "file-not-writable", write, tmp_path / "out.xlsx")["detail"]
        == "Permission denied"
    )


@pytest.mark.parametrize("lock", ["~$out.xlsx", ".~lock.out.xlsx#"])
def test_a_file_open_in_an_office_program_is_told(tmp_path: Path, lock: str) -> None:
    """By the mark beside it; a mark without its file is left over, and no reason."""
    path = tmp_path / "out.xlsx"
    (tmp_path / lock).touch()
    write(path)
    assert refusal(InvalidError, "file-open-elsewhere", write, path)["lock"] == lock


def test_a_file_that_windows_holds_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replacing it is refused there; simulated."""
    (path := tmp_path / "out.xlsx").write_bytes(b"old")

    def held(*_arguments: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", held)
    refusal(InvalidError, "file-open-elsewhere", write, path)
    assert beside(path) == ["out.xlsx"]
