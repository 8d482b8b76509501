"""The spreadsheets of a folder to choose from, and paths as people give them."""

import os
from pathlib import Path

import pytest

from ipweek.tui.widgets.file_list import as_path, picks, usual_folders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three spreadsheets of different days, and what is none."""
    for day, name in enumerate(("old.csv", "Form.XLSX", "form 2.ods")):
        (tmp_path / name).write_bytes(b"x" * 10)
        os.utime(tmp_path / name, (day * 86400, day * 86400))
    for name in ("~$form.xlsx", ".hidden.csv", "photo.png"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "2019").mkdir()
    return tmp_path


def test_newest_first_then_folders_then_elsewhere(folder: Path) -> None:
    """Marks of open documents, hidden files and other files are left out."""
    here, found = picks("", folder, (folder, folder / "2019"))
    assert here == folder
    named = [pick.label for pick in found]
    assert named[:5] == ["form 2.ods", "Form.XLSX", "old.csv", "2019/", "../"]
    assert found[5].path == folder / "2019"


def test_the_beginning_of_a_name_leaves_what_begins_so(folder: Path) -> None:
    """In whatever case; a folder's own name shows what is in it."""
    assert [pick.label for pick in picks(str(folder / "FORM"), Path(), ())[1]] == ["form 2.ods", "Form.XLSX"]
    assert picks(f"{folder}/", Path(), ())[0] == folder
    assert picks(str(folder), Path(), ())[0] == folder
    assert picks(str(folder / "no" / "where"), Path(), ())[1] == ()


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("  /a/b.xlsx ", "/a/b.xlsx"),
        ("'/a/b c.xlsx'", "/a/b c.xlsx"),
        ('"/a/b c.xlsx"', "/a/b c.xlsx"),
        ("/a/b\\ c.xlsx", "/a/b c.xlsx"),
        ("file:///a/%E5%90%8D%E5%8D%95.xlsx", "/a/名单.xlsx"),
        ("/a/it's.xlsx", "/a/it's.xlsx"),
        ("/a/", "/a/"),
        ("", ""),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths of another form")
def test_paths_as_they_are_dropped_and_pasted(typed: str, path: str) -> None:
    """Quotation marks, escaped spaces and addresses of files are what terminals and file managers give."""
    assert as_path(typed) == path


def test_the_home_folder_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A tilde is the home folder, and folders that are gone are not offered."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert as_path("~/x.csv") == str(tmp_path / "x.csv")
    assert usual_folders([str(tmp_path / "gone"), 7, str(tmp_path)])[0] == tmp_path
