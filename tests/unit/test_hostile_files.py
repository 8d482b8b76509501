"""Files that do harm, or are not what they seem: a clear sentence each, in bounded memory."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ipweek.adapters.spreadsheets import read_table
from ipweek.domain.errors import IpweekError
from ipweek.domain.import_recognition import HeaderRecogniser
from ipweek.i18n import choose
from ipweek.render.errors import sentence
from tests.unit.hostile_files import HEAVY, READ, REFUSED

PEOPLE = HeaderRecogniser("registrations")
MEGABYTES = 700
"""The most that a process may hold while it reads any of the heavy files."""


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    """By its own code, in both languages, saying what to do; nothing of the inside of the program shows."""
    made, code = REFUSED[name]
    with pytest.raises(IpweekError) as caught:
        read_table(made(tmp_path), header_fields=PEOPLE)
    assert caught.value.code == code
    try:
        for language, ending in (("en", "."), ("zh", "。")):
            choose(language)
            told = sentence(caught.value)
            assert told.endswith(ending)
            assert len(told) < 400
            assert not re.search(r"Error|Traceback|None|\{|–|--debug|\n", told)
            assert language == "en" or re.search(r"[一-鿿]", told)
    finally:
        choose("en")


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read(tmp_path: Path, name: str) -> None:
    """What can be read is read as people meant it, whatever the file is called, and nothing is written beside it."""
    made, cells = READ[name]
    path = made(tmp_path)
    there = set(tmp_path.parent.rglob("*"))
    assert [row.cells for row in read_table(path, header_fields=PEOPLE).rows] == [cells]
    assert set(tmp_path.parent.rglob("*")) == there


def peak_of(path: Path) -> tuple[str, float]:
    """What a process of its own says of a file, and how many megabytes it held at most."""
    command = [sys.executable, "-m", "tests.unit.test_hostile_files", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    code, _, peak = done.stdout.strip().rpartition(" ")
    return code, float(peak)


@pytest.mark.parametrize("name", ["95 MB in one line", pytest.param("*", marks=pytest.mark.soak)])
def test_a_heavy_file_is_told_in_bounded_memory(tmp_path: Path, name: str) -> None:
    """Measured in a process of its own; the plain run has one of them."""
    for each in HEAVY if name == "*" else [name]:
        made, code = HEAVY[each]
        path = made(tmp_path)
        told, peak = peak_of(path)
        path.unlink()
        assert told == code, each
        assert peak < MEGABYTES, each


if __name__ == "__main__":
    told = ""
    try:
        read_table(Path(sys.argv[1]), header_fields=PEOPLE)
    except IpweekError as refusal:
        told = refusal.code
    about = Path("/proc/self/status").read_text(encoding="ascii")  # getrusage tells what its parent held too
    held = re.search(r"VmHWM:\s*(\d+)", about)
    sys.stdout.write(f"{told} {int(held[1]) / 1024}")
