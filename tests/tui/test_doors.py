"""Doors and operators in the application: who allows an override, whom a door is for, the clock of the desk."""

from datetime import UTC, datetime, timedelta

import pytest
from textual.pilot import Pilot

from ipweek.bootstrap import App
from ipweek.domain.clocks import ClockReading, Watch
from ipweek.domain.errors import DatabaseError
from ipweek.domain.operators import Voucher
from ipweek.domain.words import ClockSource, LabelKind, OperatorRole
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.checkin import CheckInScreen
from ipweek.tui.screens.dialogs import Ask, Prompt
from ipweek.tui.screens.vouching import Vouch
from tests.tui.kiosk import EVENT, at_the_door, entries, log, panel, register, scan, type_keys
from tests.tui.steps import settled, shown, until


@pytest.fixture
def app(door: App) -> IpweekApp:
    """The application on it."""
    return IpweekApp(door)


@pytest.fixture
def staff(door: App) -> App:
    """Chen is at the desk; Li is an organizer, Wang a supervisor with a PIN."""
    door.operators.add(door.actor, "Li", OperatorRole.ORGANIZER)
    door.actor = door.operators.take_over(door.actor, _by("Li"))
    door.operators.add(door.actor, "Wang", OperatorRole.SUPERVISOR, "4826")
    door.operators.add(door.actor, "Chen", OperatorRole.DESK)
    door.actor = door.operators.take_over(door.actor, _by("Chen"))
    return door


def _by(name: str):
    return Voucher(name)


async def _refused(work: App, pilot: Pilot[None]) -> CheckInScreen:
    code = register(work, "张伟")
    work.registrations.block(work.actor, str(work.registrations.page(EVENT, "张伟").rows[0].id))
    screen = await at_the_door(pilot)
    await scan(pilot, code)
    return screen


async def test_a_supervisor_allows_an_override(staff: App, app: IpweekApp) -> None:
    """A desk operator's reason needs a supervisor's PIN; a wrong one lets nobody in, a badge is read meanwhile."""
    other = register(staff, "李静")
    async with app.run_test(size=(80, 24)) as pilot:
        await _refused(staff, pilot)
        for pin in ("0000", "4826"):
            await pilot.press("ctrl+o")
            type_keys(app, "the mayor", gap=0.12)
            await until(pilot, lambda: "Who allows it?" in shown(app))
            assert "Wang" in shown(app)
            assert "Chen" not in shown(app).partition("Who allows it?")[2], "who may not, is not offered"
            if pin == "4826":
                type_keys(app, other, gap=0.001)
                await settled(pilot)
                assert panel(app)[1][0] == "✓ 李静"
                assert isinstance(app.screen, Vouch), "the question waits"
            await pilot.press("down", *pin)
            assert pin not in shown(app), "it is typed unseen"
            await pilot.press("enter")
            await settled(pilot)
            if pin == "0000":
                assert "That is not the PIN of Wang" in shown(app)
                assert entries(staff) == []
        await until(pilot, lambda: panel(app)[1][0] == "✓ 张伟")
    newest = log(staff)[-1]
    assert (newest.operator, newest.allowed_by, newest.why) == ("Chen", "Wang", "the mayor")


async def test_nobody_allows_it_by_esc(staff: App, app: IpweekApp) -> None:
    """Esc at the question leaves the refusal as it was."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _refused(staff, pilot)
        await pilot.press("ctrl+o")
        type_keys(app, "the mayor", gap=0.12)
        await until(pilot, lambda: isinstance(app.screen, Vouch))
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is screen
        assert panel(app)[0] == "stop"
    assert entries(staff) == []


async def test_whom_a_door_is_for(door: App, app: IpweekApp) -> None:
    """The list of doors leads to a form; what is set there is asked at the door and shown in the list."""
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.go("doors")
        await settled(pilot)
        text = shown(app)
        assert text.index("Main door") < text.index("The talk")
        await pilot.press("enter")
        await settled(pilot)
        form = app.screen.form  # type: ignore[attr-defined]
        form.boxes["labels"].text = "high_tech"
        form.boxes["enterprises"].text = "nobody"
        form.boxes["opens"].text = "2019-04-25 08:30"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "with the code nobody" in shown(app))
        assert "with the code nobody" in shown(app)
        form.boxes["enterprises"].text = "hzhy"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Doors" in shown(app).splitlines()[1])
        await settled(pilot)
        assert "hzhy, high-tech enterprise" in shown(app)
        assert "2019-04-25 08:30 –" in shown(app)
    kept = door.checkin.door_settings(door.checkin.door(EVENT))
    assert (kept.enterprises, kept.labels) == (("hzhy",), (LabelKind.HIGH_TECH,))


async def test_operators_are_recorded(door: App, app: IpweekApp) -> None:
    """The first is an organizer; somebody else takes the desk over, and the top line says so."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("operators")
        await settled(pilot)
        assert "Nobody yet" in shown(app)
        await pilot.press("insert")
        await settled(pilot)
        for role, told in (("desk", "The first operator is an organizer"), ("organizer", "Li saved")):
            form = app.screen.form  # type: ignore[attr-defined]
            form.boxes["name"].text, form.boxes["pin"].text = "Li", "4826"
            form.boxes["role"].text = role
            await pilot.press("ctrl+s")
            await until(pilot, lambda told=told: told in shown(app))
            assert told in shown(app)
            assert "4826" not in shown(app)
        await settled(pilot)
        await pilot.press("f5", *"4826", "enter")
        await until(pilot, lambda: "at this desk: Li" in shown(app))
        assert "Li" in shown(app).splitlines()[0]
    assert door.actor.operator == "Li"


async def test_a_lost_pin_is_given_anew(door: App, app: IpweekApp) -> None:
    """F6 on an organizer, and on nobody else: asked first, typed twice and unseen; the help says so."""
    door.operators.add(door.actor, "Li", OperatorRole.ORGANIZER, "4826")
    door.actor = door.operators.take_over(door.actor, Voucher("Li", "4826"))
    door.operators.add(door.actor, "Wang", OperatorRole.SUPERVISOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("operators")
        await settled(pilot)
        await pilot.press("f1")
        await settled(pilot)
        assert "PIN is lost" in shown(app)
        await pilot.press("escape")
        for again, told in (("1358", "The two PINs differ"), ("1357", "Li has a new PIN")):
            await settled(pilot)
            await pilot.press("f6")
            await until(pilot, lambda: isinstance(app.screen, Ask))
            await pilot.press("right", "enter")
            for pin in ("1357", again):
                await until(pilot, lambda: isinstance(app.screen, Prompt))
                asked = app.screen
                await pilot.press(*pin)
                assert pin not in shown(app)
                await pilot.press("enter")
                await until(pilot, lambda asked=asked: app.screen is not asked)
            await until(pilot, lambda told=told: told in shown(app))
            assert told in shown(app)
        await pilot.press("down")
        await settled(pilot)
        assert not app.screen.check_action("reset", ())
    assert door.operators.take_over(door.actor, Voucher("Li", "1357")).operator == "Li"


async def test_a_clock_that_is_off_is_told_at_the_start(door: App, app: IpweekApp) -> None:
    """The first screen says so in a line; the run has noted it."""
    door._clock.device = lambda: datetime.now(UTC) - timedelta(minutes=9)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "clock" in shown(app))
        line = shown(app).splitlines()[-2]
        assert "Set this computer's clock: it is 9 min 0 s behind the last entry here." in line


async def test_nothing_is_lost_over_a_sleep(
    door: App, app: IpweekApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a sleep the database is connected anew, asked again until it answers, and scans go on by the new offset."""
    codes = [register(door, name) for name in ("甲", "乙")]
    clocks = [0.0, 0.0]
    app.clock_watch = Watch(lambda: clocks[0], lambda: clocks[1])
    answers = [
        DatabaseError("database-unreachable"),
        ClockReading(ClockSource.SERVER, timedelta(minutes=5), timedelta(minutes=5)),
    ]

    def wake() -> ClockReading:
        said = answers.pop(0)
        if isinstance(said, DatabaseError):
            raise said
        door.engine.dispose()
        door._clock.offset = said.offset
        return said

    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, codes[0])
        monkeypatch.setattr(door, "wake", wake)
        clocks[:] = [5.0, 5.0]
        app.look()
        await settled(pilot)
        assert len(answers) == 2, "nothing happened yet"
        clocks[:] = [10.0, 3_610.0]
        app.look()
        await settled(pilot)
        assert "database server does not answer" in shown(app)
        clocks[:] = [15.0, 3_615.0]
        app.look()
        await settled(pilot)
        assert "5 min 0 s slow" in shown(app)
        await scan(pilot, codes[1])
        assert panel(app)[1][0] == "✓ 乙"
    first, second = log(door)
    assert entries(door) == ["甲", "乙"]
    assert second.answer.at - first.answer.at > timedelta(minutes=4)
