"""Badges on a printer: logged is what it took, a second copy is asked for, a refusal leaves no trace."""

from pathlib import Path

import pytest

from ipweek.config import Settings
from ipweek.domain.errors import AlreadyThereError, IpweekError, NotFoundError, UsageError
from ipweek.jobs.badge_layouts import LayoutJobs
from ipweek.jobs.badge_runs import RunJobs
from ipweek.jobs.badges import BadgeJobs
from ipweek.jobs.printing import PrintJobs, To
from ipweek.services.badge_runs import BadgeRuns
from ipweek.services.programme import Programme
from tests.desk import EVENT, Desk, refusal
from tests.fake_cups import FakeCups


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCups:
    """CUPS's commands, with one printer."""
    return FakeCups(tmp_path / "cups", monkeypatch)


@pytest.fixture
def jobs(desk: Desk, cups: FakeCups, tmp_path: Path) -> PrintJobs:
    """What prints, on cards unless told otherwise."""
    settings = Settings(tmp_path, "", "en", "A", "Chen", None, tmp_path / "cache", layout="86x54")
    programme = Programme(desk.uow, desk.clock)
    badge_jobs = BadgeJobs(desk.badges, programme, LayoutJobs(settings), settings)
    return PrintJobs(desk.badges, desk.records, badge_jobs, RunJobs(desk.runs, badge_jobs), settings)


def log(desk: Desk) -> list[tuple[str, int, str, str | None]]:
    """Who was printed, which copy, where and why; the oldest first."""
    return [(line.name, line.copy, line.target, line.reason) for line in reversed(desk.badges.prints(EVENT))]


def spooled(tmp_path: Path) -> list[Path]:
    """Files that wait to be printed."""
    return list((tmp_path / "cache").rglob("*.pdf"))


def test_a_badge_is_printed_and_logged(desk: Desk, jobs: PrintJobs, cups: FakeCups, tmp_path: Path) -> None:
    """The printer gets one page of the layout under a title without a name; nothing of it stays on the disk."""
    made = desk.register("李雷", "19900001000")
    sent = jobs.send(desk.actor, EVENT, [str(made.id)])
    assert (sent.job.id, sent.badges, sent.pages, sent.names) == ("label-1", 1, 1, ("李雷",))
    assert cups.was("asked")[:4] == ["-d", "label", "-t", f"ipweek badge {made.badge_no}"]
    assert "media=Custom.86x54mm" in cups.was("asked")
    assert cups.taken[0].startswith(b"%PDF")
    assert log(desk) == [("李雷", 1, "label", None)]
    assert spooled(tmp_path) == []


def test_another_copy_is_asked_for(desk: Desk, jobs: PrintJobs, cups: FakeCups) -> None:
    """A badge that was printed is refused by name, time and place; a new issue is a first copy again."""
    desk.register("李雷", "19900001000")
    jobs.send(desk.actor, EVENT, ["1"])
    told = refusal(AlreadyThereError, "badge-printed", jobs.send, desk.actor, EVENT, ["1"])
    assert told["people"] == ["李雷 (2019-04-25 12:00, label)"]
    assert len(cups.taken) == 1
    jobs.send(desk.actor, EVENT, ["1"], again=True, reason="lost")
    assert log(desk) == [("李雷", 1, "label", None), ("李雷", 2, "label", "lost")]
    assert [line.copy for line in jobs.printed(EVENT, ["1"])] == [2]
    desk.badges.reissue(desk.actor, "1")
    assert jobs.printed(EVENT, ["1"]) == ()
    assert jobs.send(desk.actor, EVENT, ["1"]).job.id == "label-3"


def test_only_the_new_ones(desk: Desk, jobs: PrintJobs, cups: FakeCups) -> None:
    """New are those never printed; when none is left, that is said and the printer is left alone."""
    for number in range(3):
        desk.register(f"来宾{number}", f"1990000000{number}")
    jobs.send(desk.actor, EVENT, ["2"])
    assert set(jobs.send(desk.actor, EVENT, only_new=True).names) == {"来宾0", "来宾2"}
    refusal(NotFoundError, "badges-none", jobs.send, desk.actor, EVENT, only_new=True)
    assert len(cups.taken) == 2


@pytest.mark.parametrize("how", ["stopped", "refused", "unknown", "layout"])
def test_a_refusal_marks_nothing(
    desk: Desk, jobs: PrintJobs, cups: FakeCups, tmp_path: Path, how: str
) -> None:
    """Whatever the printer does not take is not printed: no line in the log, still new, no file left."""
    desk.register("李雷", "19900001000")
    asked = {"unknown": {"to": To(printer="nope")}, "layout": {"layout": "a5"}}.get(how, {})
    if how == "stopped":
        cups.stop()
    if how == "refused":
        cups.says("refusal", "lp: Error - too many jobs.")
    error = {"unknown": NotFoundError, "layout": UsageError}.get(how, IpweekError)
    code = {"stopped": "printer-stopped", "refused": "print-refused", "unknown": "printer-missing"}.get(how)
    refusal(error, code or "layout-unknown", jobs.send, desk.actor, EVENT, ["1"], **asked)
    assert log(desk) == []
    assert len(desk.badges.faces(EVENT, only_new=True)) == 1
    assert spooled(tmp_path) == []


def test_what_cannot_be_logged_is_taken_back(
    desk: Desk, jobs: PrintJobs, cups: FakeCups, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job whose copy does not reach the log is cancelled."""
    desk.register("李雷", "19900001000")

    def full(*_given: object, **_named: object) -> None:
        raise IpweekError("database-full")

    monkeypatch.setattr(BadgeRuns, "log", full)
    refusal(IpweekError, "database-full", jobs.send, desk.actor, EVENT, ["1"])
    assert cups.was("cancelled") == ["label-1"]
