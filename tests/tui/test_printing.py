"""Badges from the desk onto a printer: few keys, no waiting, and what failed stays in sight."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from ipweek.adapters import printers
from ipweek.bootstrap import App
from ipweek.domain.printers import PrintJob
from ipweek.domain.registrations import Registered
from ipweek.tui import printing
from ipweek.tui.app import IpweekApp
from ipweek.tui.memory import recall, remember
from ipweek.tui.screens.badge_view import BadgeScreen
from ipweek.tui.screens.badges import BadgesScreen
from ipweek.tui.screens.dialogs import Ask, Choose, Prompt
from ipweek.tui.widgets.form import Form
from tests.fake_cups import READY, FakeCups
from tests.tui.steps import settled, shown, until


@pytest.fixture(autouse=True)
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCups:
    """CUPS's commands, with one printer; jobs are looked at soon."""
    monkeypatch.setattr(printing, "LOOKS", (0.01,) * 3)
    return FakeCups(tmp_path / "cups", monkeypatch)


@pytest.fixture(autouse=True)
def room(work: App) -> None:
    """An event with room for everybody."""
    work.records.edit(work.actor, "event", "release", {"capacity": 100})


@pytest.fixture
def chosen(tmp_path: Path, work: App) -> None:
    """A desk that knows its printer."""
    remember(work.settings.home, printer="label", layout="86x54")


def _row(work: App, name: str) -> Registered:
    return next(row for row in work.registrations.page("release").rows if row.name == name)


def _log(work: App) -> list[tuple[str, int, str | None]]:
    return [(line.name, line.copy, line.reason) for line in reversed(work.badges.prints("release"))]


async def _opened(pilot: Pilot[None], app: IpweekApp, place: str, **about: object) -> None:
    await settled(pilot)
    app.go(place, **about)
    await settled(pilot)


async def _told(pilot: Pilot[None], text: str) -> None:
    await until(pilot, lambda: text in shown(pilot.app))
    assert text in shown(pilot.app)


async def test_a_walk_in_has_his_badge_in_two_keys(work: App, app: IpweekApp, cups: FakeCups) -> None:
    """F6 registers and shows, F6 prints; the first time asks where, and the next run of the desk knows."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, app, "register")
        await pilot.press(*"Wang", "insert", "f7", "f6")
        await until(pilot, lambda: isinstance(app.screen, BadgeScreen))
        await settled(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await settled(pilot)
        await pilot.press(*"86x", "enter")
        await _told(pilot, "Badge of Wang sent to label")
        await _told(pilot, "copies printed: 1")
    assert _log(work) == [("Wang", 1, None)]
    assert "media=Custom.86x54mm" in cups.was("asked")
    again = IpweekApp(work)
    async with again.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, again, "register")
        await pilot.press(*"Zhao", "insert", "f12")
        await _told(pilot, "Badge of Zhao sent to label")
    assert len(cups.taken) == 2


@pytest.mark.usefixtures("chosen")
async def test_a_second_copy_is_asked_for(work: App, app: IpweekApp, cups: FakeCups) -> None:
    """From the person's page: the harmless answer has the focus; the other prints and says so in the log."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, app, "registration", registration=_row(work, "张伟"))
        await pilot.press("f12")
        await _told(pilot, "Badge of 张伟 sent to label")
        for keys, copies in ((("enter",), 1), (("right", "enter"), 2)):
            await pilot.press("f12")
            await until(pilot, lambda: isinstance(app.screen, Ask))
            await settled(pilot)
            assert isinstance(app.focused, Button)
            assert app.focused.id == "no"
            assert "张伟 has a badge, printed" in shown(app)
            await pilot.press(*keys)
            await until(pilot, lambda copies=copies: len(_log(work)) == copies and not app.printing._coming)
            assert len(cups.taken) == copies
    assert _log(work) == [("张伟", 1, None), ("张伟", 2, "printed again")]


@pytest.mark.usefixtures("chosen")
async def test_who_says_why_is_not_asked_whether(work: App, app: IpweekApp, cups: FakeCups) -> None:
    """Another copy whose reason stands in the form, as after a correction, is printed with one key."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, app, "badge", registration=_row(work, "张伟"))
        for reason in ("", "corrected"):
            app.screen.query_one(Form).boxes["reason"].text = reason
            await pilot.press("f6")
            await until(
                pilot, lambda reason=reason: _log(work)[-1:] == [("张伟", len(_log(work)), reason or None)]
            )
            await settled(pilot)
    assert _log(work) == [("张伟", 1, None), ("张伟", 2, "corrected")]


@pytest.mark.usefixtures("chosen")
async def test_what_failed_stays_until_it_is_printed(work: App, app: IpweekApp, cups: FakeCups) -> None:
    """A stopped printer marks nothing; the line says why, stays on every screen, and Ctrl+R prints."""
    cups.stop("out of cards")
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, app, "badge", registration=_row(work, "张伟"))
        await pilot.press("f6")
        await _told(pilot, "Not printed: 张伟, the printer is stopped")
        assert _log(work) == []
        await pilot.press("escape")
        await settled(pilot)
        app.tell("something else")
        await _told(pilot, "✗ 1 unprinted: Ctrl+R")
        cups.says("printers", READY)
        await pilot.press("ctrl+r")
        await _told(pilot, "Badge of 张伟 sent to label")
        assert "unprinted" not in shown(app)
    assert _log(work) == [("张伟", 1, None)]


@pytest.mark.usefixtures("chosen")
async def test_a_job_that_the_printer_gives_up_is_told(work: App, app: IpweekApp, cups: FakeCups) -> None:
    """What was sent is followed: a job that ends otherwise than on paper counts as not printed."""
    cups.says("ended", "aborted")
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, app, "badge", registration=_row(work, "张伟"))
        await pilot.press("f6")
        await _told(pilot, "Not printed: 张伟, given up at label")
        assert app.printing.failed == 1


@pytest.mark.usefixtures("chosen")
async def test_an_events_badges_go_one_job_after_the_other(work: App, app: IpweekApp, cups: FakeCups) -> None:
    """All badges of the event from its screen; meanwhile the same order is not taken twice, and quitting waits."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, app, "badges")
        assert isinstance(app.screen, BadgesScreen)
        assert "Printer: label, 86x54" in shown(app)
        order = printing.Order("release", _row(work, "张伟"))
        app.printing._put(order)
        app.printing._put(printing.Order("release", _row(work, "李静")))
        app.printing.take(printing.Order("release", _row(work, "张伟")))
        await _told(pilot, "Badge of 张伟: on its way to the printer")
    assert [name for name, _copy, _reason in _log(work)] == ["张伟", "李静"]
    assert len(cups.taken) == 2


def test_a_memory_that_cannot_be_read_is_empty(tmp_path: Path) -> None:
    """What is kept is kept besides the rest; a broken file is nothing, and is written anew."""
    home = tmp_path / "new"
    assert recall(home) == {}
    remember(home, printer="标签机")
    remember(home, layout="a6")
    assert recall(home) == {"printer": "标签机", "layout": "a6"}
    (home / "desk.json").write_bytes(b"\xff{")
    assert recall(home) == {}
    remember(home, layout="a6")
    assert recall(home) == {"layout": "a6"}
    assert [path.name for path in home.iterdir()] == ["desk.json"]


@pytest.mark.usefixtures("chosen")
async def test_the_queue_shows_what_failed_and_goes_on(
    work: App, app: IpweekApp, cups: FakeCups, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that breaks off stands in the queue with its reason; Enter goes on with it, F4 prints pages again."""
    monkeypatch.setattr("ipweek.jobs.printing.PAGES_AT_ONCE", 1)
    release = printers.release

    def last_breath(job: PrintJob) -> None:
        release(job)
        cups.stop("unplugged")

    monkeypatch.setattr(printers, "release", last_breath)
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, app, "badges")
        await pilot.press("f5")
        await settled(pilot)
        app.printing._put(printing.Order("release"))
        await until(pilot, lambda: app.printing.failed == 1)
        app.screen.reload()
        await _told(pilot, "stands before page 2")
        assert "failed" in shown(app)
        assert "unplugged" in shown(app)
        cups.says("printers", READY)
        monkeypatch.setattr(printers, "release", release)
        await pilot.press("home", "enter")
        await until(pilot, lambda: len(_log(work)) == len(work.badges.codes("release")))
        await until(pilot, lambda: not app.printing.coming)
        app.screen.reload()
        await _told(pilot, "complete")
        last = len(_log(work))
        await pilot.press("home", "f4")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press("backspace", "0", "enter")
        await _told(pilot, "The run has no page 0")
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press("enter")
        await until(pilot, lambda: len(_log(work)) == last + 1)
        await pilot.press("f9")
        await _told(pilot, "1 of")
        assert "jam" in shown(app)
    assert _log(work)[-1][1:] == (2, "jam")


async def test_a_blank_is_bound_by_a_scan(work: App, app: IpweekApp) -> None:
    """At the registration desk to who was registered just now; a printed badge is revoked only when asked to."""
    run = work.badge_runs.begin(work.actor, "release", [], 1, {"blank": 2})
    first, second = (face.code for face in work.badge_runs.blank_faces(run, "en").values())
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, app, "register")
        await pilot.press(*"Wang", "insert")
        await app._open_person(first)
        await _told(pilot, "Register this person first")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.screen.adding)
        await settled(pilot)
        await app._open_person(first)
        await _told(pilot, f"Wang has the badge {first[2:12]}")
        row = _row(work, "Wang")
        work.badge_runs.log(work.actor, run, 2, "label")
        app.go("registration", registration=row)
        await settled(pilot)
        for keys, number in ((("enter",), first), (("right", "enter"), second)):
            await app._open_person(second)
            await until(pilot, lambda: isinstance(app.screen, Ask))
            await settled(pilot)
            await pilot.press(*keys)
            await until(pilot, lambda number=number: _row(work, "Wang").badge_no == number[2:12])
            await settled(pilot)
            assert _row(work, "Wang").badge_no == number[2:12]
