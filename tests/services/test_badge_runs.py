"""Print runs: the order of the pages, what left and what did not, and going on where it stands."""

import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Barrier

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from ipweek.config import Settings
from ipweek.domain.errors import AlreadyThereError, InvalidError, IpweekError, NotFoundError, UsageError
from ipweek.domain.people import PersonChanges
from ipweek.domain.print_runs import RunOrder
from ipweek.jobs import badge_runs, printing
from ipweek.jobs.badge_layouts import LayoutJobs
from ipweek.jobs.badge_runs import RunJobs
from ipweek.jobs.badges import BadgeJobs
from ipweek.jobs.printing import PrintJobs, To
from ipweek.services.badge_runs import BadgeRuns
from ipweek.services.people import People
from ipweek.services.programme import Programme
from tests.desk import EVENT, Desk, refusal
from tests.fake_cups import READY, FakeCups


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCups:
    """CUPS's commands, with one printer."""
    return FakeCups(tmp_path / "cups", monkeypatch)


@pytest.fixture
def jobs(desk: Desk, tmp_path: Path) -> RunJobs:
    """Runs into files."""
    settings = Settings(tmp_path, "", "en", "A", "Chen", None, tmp_path / "cache", layout="86x54")
    return RunJobs(
        desk.runs, BadgeJobs(desk.badges, Programme(desk.uow, desk.clock), LayoutJobs(settings), settings)
    )


@pytest.fixture
def prints(desk: Desk, jobs: RunJobs, tmp_path: Path) -> PrintJobs:
    """Runs onto a printer, two cards a job."""
    settings = Settings(tmp_path, "", "en", "A", "Chen", None, tmp_path / "cache", layout="86x54")
    return PrintJobs(desk.badges, desk.records, jobs._jobs, jobs, settings)


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs of two pages."""
    monkeypatch.setattr(printing, "PAGES_AT_ONCE", 2)
    monkeypatch.setattr(badge_runs, "PICTURES_AT_ONCE", 2)


def people(desk: Desk, count: int = 5) -> None:
    """So many guests, in the order of their pinyin."""
    for number in range(count):
        desk.register(f"来宾{number}", f"1990000000{number}")


def log(desk: Desk) -> list[tuple[str, int, str | None]]:
    """Who left on paper, which copy and why, the oldest first."""
    return [(line.name, line.copy, line.reason) for line in reversed(desk.badges.prints(EVENT))]


def codes_on(pdf: bytes) -> list[str]:
    """What a reader finds on the pages."""
    document = pypdfium2.PdfDocument(pdf)
    found = [zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil()) for page in document]
    return [one.text for page in found for one in page]


def test_the_order_of_the_pages(desk: Desk, jobs: RunJobs) -> None:
    """By pinyin, enterprise, rank or seat; who lacks what decides comes last; a sheet begins where it is told."""
    told = (("周一", "乙公司", "2-1", "3"), ("安二", "甲公司", "1-12", ""), ("李三", "", "1-2", "1"))
    for name, enterprise, seat, rank in told:
        row = desk.register(name, enterprise=enterprise, seat=seat)
        if rank:
            People(desk.uow, desk.clock).edit(desk.actor, str(row.id), PersonChanges(rank=rank))
    shown = {
        order: [badge.name for badge in desk.runs.badges(jobs.begin(desk.actor, EVENT, sort=order))]
        for order in RunOrder
    }
    assert shown == {
        RunOrder.PINYIN: ["安二", "李三", "周一"],
        RunOrder.ENTERPRISE: ["安二", "周一", "李三"],
        RunOrder.RANK: ["李三", "周一", "安二"],
        RunOrder.SEAT: ["李三", "安二", "周一"],
    }
    run = jobs.begin(desk.actor, EVENT, start_at=9)
    assert [(badge.page, badge.place) for badge in desk.runs.badges(run)] == [(1, 9), (1, 10), (2, 1)]
    assert [badge.name for badge in desk.runs.badges(run, 2, 2)] == ["周一"]
    refusal(InvalidError, "badge-start-place", jobs.begin, desk.actor, EVENT, start_at=11)


@pytest.mark.usefixtures("two_at_once")
def test_a_printer_that_is_gone_leaves_a_run_that_goes_on(
    desk: Desk, prints: PrintJobs, cups: FakeCups
) -> None:
    """What was logged is what left; going on prints the rest, and nothing twice."""
    people(desk)
    gone: list[tuple[int, int]] = []

    def unplugged(done: int, pages: int) -> None:
        gone.append((done, pages))
        if done == 4:
            cups.stop("unplugged")

    params = refusal(
        IpweekError, "printer-stopped", prints.send, desk.actor, EVENT, to=To(progress=unplugged)
    )
    assert gone == [(2, 5), (4, 5)]
    assert [name for name, _copy, _reason in log(desk)] == ["来宾0", "来宾1", "来宾2", "来宾3"]
    cups.says("printers", READY)
    sent = prints.resume(desk.actor, str(params["run"]))
    assert (sent.run, sent.badges, sent.pages, sent.names) == (params["run"], 1, 1, ("来宾4",))
    assert log(desk) == [(f"来宾{number}", 1, None) for number in range(5)]
    assert [code for pdf in cups.taken for code in codes_on(pdf)] == [
        issued.code for issued in desk.badges.codes(EVENT)
    ]
    assert cups.was("released") == ["label-1", "label-2", "label-3"]
    refusal(InvalidError, "run-complete", prints.resume, desk.actor, sent.run)


@pytest.mark.parametrize("when", ["held", "logged"])
@pytest.mark.usefixtures("two_at_once")
def test_a_run_that_is_killed_goes_on(
    desk: Desk, prints: PrintJobs, cups: FakeCups, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Killed before the log, the held job never prints; killed after it, the job is let out when the run goes on."""

    class Killed(BaseException):
        """The process is gone: nothing tidies up."""

    people(desk, 3)

    def killed(*_given: object, **_named: object) -> None:
        raise Killed

    with monkeypatch.context() as torn:
        torn.setattr(printing.printers, "cancel", lambda _job: None)
        torn.setattr(BadgeRuns, "discard", lambda *_given: False)
        torn.setattr(*((BadgeRuns, "log") if when == "held" else (printing.printers, "release")), killed)
        with pytest.raises(Killed):
            prints.send(desk.actor, EVENT)
    (run,) = desk.runs.list(EVENT)
    assert (run.done, cups.was("released")) == (0, [])
    prints.resume(desk.actor, run.ref)
    assert log(desk) == [(f"来宾{number}", 1, None) for number in range(3)]
    left = [int(job.rpartition("-")[2]) - 1 for job in cups.was("released")]
    assert sorted(code for job in left for code in codes_on(cups.taken[job])) == sorted(
        issued.code for issued in desk.badges.codes(EVENT)
    )


def test_pages_again_after_a_jam(desk: Desk, prints: PrintJobs, cups: FakeCups, tmp_path: Path) -> None:
    """The run's pages from one on, without a question, as copies because of a jam; onto a printer or into a file."""
    people(desk, 4)
    run = prints.send(desk.actor, EVENT, reason="for the hall").run
    prints.resume(desk.actor, run, from_page=3)
    assert log(desk)[4:] == [("来宾2", 2, "jam"), ("来宾3", 2, "jam")]
    assert codes_on(cups.taken[1]) == [issued.code for issued in desk.badges.codes(EVENT)[2:]]
    again, _freed = prints._runs.resume(run, EVENT, 4)
    prints._runs.pdf(desk.actor, again, tmp_path / "one.pdf")
    assert log(desk)[6:] == [("来宾3", 3, "jam")]
    assert len(codes_on((tmp_path / "one.pdf").read_bytes())) == 1
    refusal(InvalidError, "run-page-missing", prints.resume, desk.actor, run, from_page=5)
    refusal(NotFoundError, "run-missing", prints.resume, desk.actor, "00000000")
    refusal(NotFoundError, "run-missing", prints.resume, desk.actor, "")


@pytest.mark.usefixtures("two_at_once")
def test_what_another_run_printed_meanwhile_is_asked_about(
    desk: Desk, prints: PrintJobs, cups: FakeCups
) -> None:
    """The rest of a broken run that somebody printed as new ones is not printed a second time unasked."""
    people(desk, 3)

    def unplugged(_done: int, _pages: int) -> None:
        cups.stop("unplugged")

    asked = refusal(IpweekError, "printer-stopped", prints.send, desk.actor, EVENT, to=To(progress=unplugged))
    cups.says("printers", READY)
    prints.send(desk.actor, EVENT, only_new=True)
    told = refusal(AlreadyThereError, "run-overtaken", prints.resume, desk.actor, str(asked["run"]))
    assert told["people"] == ["来宾2"]
    prints.resume(desk.actor, str(asked["run"]), again=True)
    assert log(desk)[-1] == ("来宾2", 2, None)


@pytest.mark.parametrize("where", ["folder", "disk"])
def test_a_file_that_cannot_be_written_marks_nothing(
    desk: Desk, jobs: RunJobs, tmp_path: Path, where: str
) -> None:
    """A missing folder and a full disk are one sentence; no copy is logged, and no run is left behind."""
    if where == "disk" and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    people(desk, 2)
    out = Path("/dev/full") if where == "disk" else tmp_path / "none" / "badges.pdf"
    run = jobs.begin(desk.actor, EVENT)
    params = refusal(InvalidError, "file-not-writable", jobs.pdf, desk.actor, run, out)
    assert params == {"path": str(out), "detail": os.strerror(28 if where == "disk" else 2)}
    assert (log(desk), desk.runs.list(EVENT)) == ([], ())
    assert where == "folder" or out.is_char_device()


@pytest.mark.usefixtures("two_at_once")
def test_pictures_go_on_where_they_stand(desk: Desk, jobs: RunJobs, tmp_path: Path) -> None:
    """One PNG a badge, some at once; where the folder fills up the rest comes later, and each reads at the layout's size."""
    people(desk, 5)
    folder = tmp_path / "pictures"

    def full(done: int, _pages: int) -> None:
        if done == 4:
            (folder / "5 0001000005 来宾4.png").mkdir()  # stands in the way as a full disk would

    run = jobs.begin(desk.actor, EVENT, layout="86x54")
    params = refusal(InvalidError, "file-not-writable", jobs.png, desk.actor, run, folder, 203, progress=full)
    assert len(log(desk)) == 4
    (folder / "5 0001000005 来宾4.png").rmdir()
    jobs.png(desk.actor, jobs.resume(str(params["run"]))[0], folder, 203)
    assert log(desk) == [(f"来宾{number}", 1, None) for number in range(5)]
    read = []
    for file in sorted(folder.iterdir()):
        picture = Image.open(BytesIO(file.read_bytes()))
        assert picture.size == (688, 432)
        read += [found.text for found in zxingcpp.read_barcodes(picture)]
    assert read == [issued.code for issued in desk.badges.codes(EVENT)]
    sheet = jobs.begin(desk.actor, EVENT)
    refusal(UsageError, "layout-sheet", jobs.png, desk.actor, sheet, folder, 203)


def test_two_desks_at_once_number_their_copies_apart(desk: Desk) -> None:
    """Runs of the same badges logged at the same moment: every copy has a number of its own."""
    people(desk, 3)
    rows = [issued.registration for issued in desk.badges.codes(EVENT)]
    gate = Barrier(2)

    def printing_desk() -> None:
        for _round in range(3):
            run = desk.runs.begin(desk.actor, EVENT, rows, 1, {})
            gate.wait(10)
            desk.runs.log(desk.actor, run, run.pages, "label")

    with ThreadPoolExecutor(2) as desks:
        for done in [desks.submit(printing_desk) for _desk in range(2)]:
            done.result(30)
    assert sorted((name, copy) for name, copy, _reason in log(desk)) == [
        (f"来宾{number}", copy) for number in range(3) for copy in range(1, 7)
    ]


def test_a_run_goes_on_at_one_desk_only(desk: Desk) -> None:
    """A desk that lost the race for the next pages is refused before anything is logged."""
    people(desk, 2)
    run = desk.runs.begin(desk.actor, EVENT, [one.registration for one in desk.badges.codes(EVENT)], 1, {})
    desk.runs.log(desk.actor, run, 1, "label")
    refusal(AlreadyThereError, "run-moved-on", desk.runs.log, desk.actor, run, 2, "label")
    assert len(log(desk)) == 1


def test_blanks(desk: Desk, jobs: RunJobs, tmp_path: Path) -> None:
    """Blanks have genuine codes, are logged without a name, and come after the people that are asked for too."""
    desk.register("李雷", "19900001000")
    run = jobs.begin(desk.actor, EVENT, blank=2)
    jobs.pdf(desk.actor, run, tmp_path / "blanks.pdf")
    assert log(desk) == [("", 1, None)] * 2
    read = codes_on((tmp_path / "blanks.pdf").read_bytes())
    assert sorted(code[2:12] for code in read) == ["0001000002", "0001000003"]
    both = jobs.begin(desk.actor, EVENT, blank=1, everybody=True)
    assert [(badge.name, badge.badge_no) for badge in desk.runs.badges(both)] == [
        ("李雷", "0001000001"),
        ("", "0001000004"),
    ]
    assert desk.runs.discard(both) is False, "the numbers of its blanks are given out"
    refusal(InvalidError, "badge-blanks", jobs.begin, desk.actor, EVENT, blank=1001)
