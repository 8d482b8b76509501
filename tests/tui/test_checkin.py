"""The check-in as a kiosk: scans, verdicts, finding people, undoing, doors."""

from datetime import UTC, datetime, timedelta

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Button

from ipweek.bootstrap import App
from ipweek.domain.badge_code import BadgeCode, compose
from ipweek.domain.checkin import DoorSettings, ScanAnswer, ScanRequest
from ipweek.domain.errors import DatabaseError
from ipweek.domain.ids import new_id
from ipweek.domain.words import Direction, Reason, ScanKind, Verdict
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens import checkin_verdicts as verdicts
from ipweek.tui.screens.checkin import CheckInScreen
from ipweek.tui.screens.person import PersonScreen
from ipweek.tui.screens.register import RegisterScreen
from ipweek.tui.screens.scan_log import ScanLogScreen
from tests.tui.kiosk import (
    EVENT,
    at_the_door,
    entries,
    log,
    panel,
    register,
    scan,
    type_keys,
)
from tests.tui.steps import settled, shown, until

ENTERPRISE = "惠州华阳样例有限公司"
FOREIGN = (
    "134567890123456789",
    "https://u.wechat.com/kAbC?x=1",
    "wxp://f2f0q",
    "BEGIN:VCARD",
    "ｈｔｔｐ：／／ｗｘ",
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.fixture
def app(door: App) -> IpweekApp:
    """The application on it."""
    return IpweekApp(door)


# Verdicts


async def test_a_guest_passes(door: App, app: IpweekApp) -> None:
    """Name, enterprise, category, seat and sessions stand under a large OK; count and log follow."""
    code = register(door, "张伟", enterprise=ENTERPRISE, category="guest", seat="4-12", sessions=("talk",))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        assert "in 0 of 1" in shown(app)
        await scan(pilot, code)
        await until(pilot, lambda: "The talk" in shown(app) and "in 1 of 1" in shown(app))
        text = shown(app)
        for part in ("✓ 张伟", ENTERPRISE, "guest · seat 4-12", "The talk", "in 1 of 1", "██"):
            assert part in text
        assert panel(app)[0] == "ok"
        assert text.count("张伟") == 2, "on the panel and in the log"
    assert entries(door) == ["张伟"]


async def test_a_duplicate_says_when_and_where(door: App, app: IpweekApp) -> None:
    """Somebody who is in already is named, with the time and desk of the first entry."""
    code = register(door, "李静")
    at = datetime.now(UTC) - timedelta(days=400)
    with_other_desk = type(door.actor)("Li", "B")
    door.checkin.scan(with_other_desk, door.checkin.open_door(door.actor, EVENT), ScanRequest(code, at=at))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, code)
        tone, lines = panel(app)
        assert tone == "dup"
        assert lines[0].startswith(f"! already in since {at:%Y}-")
        assert lines[0].endswith("desk B")
        assert lines[1] == "李静"


async def test_refusals_of_the_door(door: App, app: IpweekApp) -> None:
    """Each refusal has its word and says what to do; nobody enters by it."""
    wrong_event = register(door, "王一", event="other")
    cancelled, revoked = register(door, "王二"), register(door, "王三")
    row = door.registrations.page(EVENT, "王二").rows[0]
    door.registrations.cancel(door.actor, str(row.id))
    door.badges.reissue(door.actor, str(door.registrations.page(EVENT, "王三").rows[0].id))
    forged = compose(BadgeCode(1, 1_000_001, 1), b"another key", new_id())
    invalid = forged[:-1] + str((int(forged[-1]) + 1) % 10)
    expected = [
        (wrong_event, "not registered for this event", "王一"),
        (cancelled, "registration cancelled", "王二"),
        (revoked, "badge replaced by a newer one", "王三"),
        (forged, "forged code", None),
        (invalid, "invalid code", None),
    ]
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        for code, reason, name in expected:
            await scan(pilot, code)
            await until(pilot, lambda reason=reason: reason in panel(app)[1][0])
            tone, lines = panel(app)
            assert (tone, lines[0]) == ("stop", f"✗ {reason}")
            assert name is None or lines[1] == name
            assert lines[-1].endswith((".", "supervisor."))
    assert entries(door) == []
    assert len(log(door)) == len(expected)


def _answer(reason: Reason | None, **given: object) -> ScanAnswer:
    moment = datetime(2019, 4, 25, 1, 41, tzinfo=UTC)
    refused = reason is not None and reason is not Reason.NOT_IN_COPY
    values = {
        "id": new_id(), "code": "1", "kind": ScanKind.SCAN, "direction": Direction.ENTRY,
        "verdict": Verdict.REFUSED if refused else Verdict.ACCEPTED, "reason": reason, "registration": None,
        "name": "张伟", "enterprise": ENTERPRISE, "title": "", "category": "delegate", "seat": "4-12", "at": moment,
        "desk": "A", "first_at": moment, "first_desk": "B", "override": False,
    }  # fmt: skip
    return ScanAnswer(**{**values, **given})


@pytest.mark.parametrize("tongue", ["en", "zh"])
async def test_every_reason_has_a_panel(door: App, app: IpweekApp, tongue: str) -> None:
    """Every verdict fits 80 × 24 with its symbol, its reason and what to do, in both languages."""
    choose(tongue)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        talk = door.records.show("session", "talk")
        for reason in (None, *Reason):
            screen._show(verdicts.of_answer(_answer(reason), "Asia/Shanghai", [talk]))
            await pilot.pause()
            tone, lines = panel(app)
            text = shown(app)
            assert tone == {None: "ok", Reason.NOT_IN_COPY: "ok", Reason.ALREADY_IN: "dup"}.get(
                reason, "stop"
            )
            assert screen.panel.has_class(f"-{tone}")
            assert lines[0].startswith({"ok": "✓ ", "dup": "! ", "stop": "✗ "}[tone])
            assert all(line in text for line in lines)
            assert "09:41" in text or reason is not Reason.ALREADY_IN
            assert "█" in text
            assert reason is None or verdicts.WHAT_TO_DO[reason]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("tongue", ["en", "zh"])
async def test_the_word_is_as_large_as_there_is_room(
    app: IpweekApp, tongue: str, size: tuple[int, int]
) -> None:
    """The word takes seven rows in a small terminal and fourteen in a large one, and is centred."""
    choose(tongue)
    async with app.run_test(size=size) as pilot:
        screen = await at_the_door(pilot)
        for reason in (None, Reason.ALREADY_IN, Reason.BLOCKED):
            screen._show(verdicts.of_answer(_answer(reason), "Asia/Shanghai"))
            await pilot.pause()
            rows = [line for line in shown(app).splitlines() if any(char in "█▀▄" for char in line)]
            assert len(rows) == 7 if size[1] == 24 else len(rows) in (12, 14), "some words have a margin"
            left = min(len(row) - len(row.lstrip()) for row in rows)
            right = min(len(row) - len(row.rstrip()) for row in rows)
            assert abs(left - right) <= 16
            assert all(len(line) <= size[0] for line in rows)


async def test_a_verdict_goes_by_itself(app: IpweekApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some seconds the panel is ready for the next badge; no key was pressed."""
    monkeypatch.setattr("ipweek.tui.screens.checkin._VERDICT", 0.2)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, "1" * 18)
        assert panel(app)[0] == "calm"
        await until(pilot, lambda: panel(app)[0] == "idle")
        assert "Ready for the next badge" in shown(app)


async def test_the_bell(door: App, app: IpweekApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """It rings once for an entry, twice for a refusal, and not at all for a foreign code."""
    code, bells = register(door, "张伟"), []
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        monkeypatch.setattr(app, "bell", lambda: bells.append(1))
        for text, rung in ((code, 1), ("1" * 27, 3), ("https://x.cn/pay", 3)):
            await scan(pilot, text)
            await until(pilot, lambda rung=rung: len(bells) == rung)
            assert len(bells) == rung


async def test_the_database_fails(door: App, app: IpweekApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan that could not be written says so over the panel, and the same badge is taken again at once."""
    code = register(door, "张伟")

    def busy(*_about: object) -> ScanAnswer:
        raise DatabaseError("database-busy")

    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        with monkeypatch.context() as patch:
            patch.setattr(door.checkin, "scan", busy)
            await scan(pilot, code)
            tone, lines = panel(app)
            assert (tone, lines[0]) == ("stop", "✗ Not recorded: scan again")
        await scan(pilot, code)
        assert panel(app)[0] == "ok"
    assert entries(door) == ["张伟"]


async def test_five_forged_codes_raise_an_alarm(app: IpweekApp) -> None:
    """The desk goes on, and the status says whom to call."""
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        for number in range(5):
            await scan(pilot, compose(BadgeCode(1, number, 1), b"another key", new_id()))
        await until(pilot, lambda: "Five forged codes" in shown(app))
        assert "Five forged codes" in shown(app)


# Scans


@pytest.mark.parametrize("end", ["enter", "tab", "ctrl+j", "enter ctrl+j", "tab enter"])
async def test_ends_and_paces(door: App, app: IpweekApp, end: str) -> None:
    """CR, LF, CRLF, Tab, Tab and CR; at fifteen and at a thousand characters a second: a row for each code."""
    names = ["张伟", "李静", "王磊", "赵敏"]
    codes = [register(door, name) for name in names]
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        moment = events.Event().time
        for code, gap in zip(codes, (1 / 15, 1 / 15, 0.001, 0.001), strict=True):
            moment = type_keys(app, code, end=end, gap=gap, start=moment) + gap
        await pilot.pause()
        await settled(pilot)
        assert isinstance(app.screen, CheckInScreen)
    assert entries(door) == names
    assert len(log(door)) == 4


async def test_full_width_digits(door: App, app: IpweekApp) -> None:
    """What an input method makes of the digits is the same badge."""
    code = register(door, "张伟")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, code.translate(FULL_WIDTH))
    assert entries(door) == ["张伟"]


async def test_a_scanner_without_an_end(door: App, app: IpweekApp) -> None:
    """A whole code and then silence is taken too."""
    code = register(door, "张伟")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        type_keys(app, code, end="")
        await until(pilot, lambda: bool(entries(door)))
    assert entries(door) == ["张伟"]


async def test_a_double_read_is_one_scan(door: App, app: IpweekApp) -> None:
    """The same badge within two seconds is sent once; after that it is a duplicate."""
    code = register(door, "张伟")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        now = events.Event().time
        for moment in (now, now + 1.5, now + 4):
            type_keys(app, code, start=moment, gap=0)
        await pilot.pause()
        await settled(pilot)
        assert panel(app)[0] == "dup"
    assert [line.answer.reason for line in log(door)] == [None, Reason.ALREADY_IN]


async def test_a_payment_code_is_one_calm_verdict(door: App, app: IpweekApp) -> None:
    """A foreign code opens nothing, searches nothing and is not kept."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        for text in FOREIGN:
            screen._back_to_ready()
            await scan(pilot, text)
            tone, lines = panel(app)
            assert (tone, lines[0]) == ("calm", "That is no badge")
            assert not screen.finding
            assert text not in shown(app)
    assert log(door) == []


async def test_a_paste_of_several(door: App, app: IpweekApp) -> None:
    """Every code of a paste is taken, in order, whatever parts them."""
    names = ["张伟", "李静", "王磊", "赵敏"]
    codes = [register(door, name) for name in names]
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        app.post_message(events.Paste(f"{codes[0]}\r\n{codes[1]}\t{codes[2]} {codes[3]}"))
        await pilot.pause()
        await settled(pilot)
    assert entries(door) == names


async def test_any_focus(door: App, app: IpweekApp) -> None:
    """A button with the focus is neither pressed nor in the way, and a list is not opened."""
    codes, pressed = [register(door, name) for name in ("张伟", "李静", "王磊")], []
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        button = Button("Press", action="app.bell")
        button.press = lambda: pressed.append(1)  # type: ignore[method-assign, assignment, return-value]
        await screen.mount(button)
        button.focus()
        await scan(pilot, codes[0], codes[1])
        screen.finder.can_focus = True
        await pilot.press("f3")
        await settled(pilot)
        screen.finder.focus()
        await scan(pilot, codes[2])
        assert isinstance(app.screen, CheckInScreen)
        assert not screen.finding, "the verdict is in front"
    assert pressed == []
    assert entries(door) == ["张伟", "李静", "王磊"]


async def test_scans_go_on_under_a_question(door: App, app: IpweekApp) -> None:
    """With the list of doors open or a text being typed into the palette, a badge is read all the same."""
    codes = [register(door, name) for name in ("张伟", "李静")]
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await pilot.press("f6")
        await pilot.pause(0.1)
        await scan(pilot, codes[0])
        assert "Which door?" in shown(app)
        await pilot.press("escape")
        await pilot.press("ctrl+p")
        await pilot.pause(0.1)
        type_keys(app, codes[1])
        await until(pilot, lambda: len(entries(door)) == 2)
        await pilot.press("escape")
        await settled(pilot)
    assert entries(door) == ["张伟", "李静"]


async def test_letters_under_a_question_are_nobodys(door: App, app: IpweekApp) -> None:
    """Stray keys under a question neither answer it nor look somebody up when it is gone; Enter answers."""
    register(door, "李静")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press("f6")
        await pilot.pause(0.1)
        await pilot.press(*"li")
        await until(pilot, lambda: not screen._line)
        await pilot.press("down", "enter")
        await until(pilot, lambda: screen._door is not None and screen._door.session_id is not None)
        assert "CHECK-IN · The talk" in shown(app)
        assert not screen.finding


async def test_the_log_is_whole_when_the_screen_is_left(door: App, app: IpweekApp) -> None:
    """Scans under way are written though nobody waits for their verdict."""
    codes = [register(door, f"甲{place}") for place in range(20)]
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        for code in codes:
            type_keys(app, code, gap=0)
        app.post_message(events.Key("escape", None))
        await pilot.pause()
        await settled(pilot)
    assert entries(door) == [f"甲{place}" for place in range(20)]


# Finding, marking, undoing


async def test_somebody_is_found_by_name(door: App, app: IpweekApp) -> None:
    """Typed initials show who it may be; Enter marks present, recorded as such."""
    register(door, "张伟", enterprise=ENTERPRISE)
    register(door, "李静")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press(*"zhangw")
        await until(pilot, lambda: screen.finding)
        assert [row.name for row in screen.finder.rows] == ["张伟"]
        await pilot.press("enter")
        await settled(pilot)
        tone, lines = panel(app)
        assert (tone, lines[0]) == ("ok", "✓ 张伟")
        assert "marked present without a scan" in lines
        assert not screen.finding
    assert [(line.answer.kind, line.answer.code) for line in log(door)] == [(ScanKind.MARK, "")]


@pytest.mark.parametrize("digits", ["5678", "５６７８"])
async def test_somebody_is_found_by_last_digits(door: App, app: IpweekApp, digits: str) -> None:
    """The end of the phone number, typed quickly with Enter, shows who it is and marks nobody yet."""
    register(door, "张伟", phone="13800135678")
    register(door, "李静", phone="13800130000")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        type_keys(app, digits)
        await until(pilot, lambda: screen.finding)
        assert [row.name for row in screen.finder.rows] == ["张伟"]
        assert log(door) == []


async def test_somebody_is_found_by_the_number_of_the_badge(door: App, app: IpweekApp) -> None:
    """The last digits of the number on the badge lead to its person, who comes first."""
    register(door, "李静")
    register(door, "张伟")
    number = door.registrations.page(EVENT, "张伟").rows[0].badge_no
    assert number is not None
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press(*number[-4:], "enter")
        await until(pilot, lambda: screen.finding)
        assert screen.finder.rows[0].name == "张伟"


async def test_nobody_is_found(door: App, app: IpweekApp) -> None:
    """A name that nobody has says so; Esc empties the line, a second Esc leaves."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press(*"xyz", "backspace")
        await until(pilot, lambda: "Nobody found: xy" in shown(app))
        assert "▸ xy▏" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert not screen.finding
        assert app.screen is screen
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is not screen


async def test_a_scan_comes_before_a_half_typed_name(door: App, app: IpweekApp) -> None:
    """A badge is read while somebody types; the verdict is in front and the letters stay."""
    code = register(door, "张伟")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press(*"li")
        await scan(pilot, code)
        assert panel(app)[0] == "ok"
        assert screen._line.text == "li"
    assert entries(door) == ["张伟"]


async def test_several_are_marked_together(door: App, app: IpweekApp) -> None:
    """Ins ticks several; Enter marks each by a record of his own, and says who was in already."""
    codes = {name: register(door, name, category="guest") for name in ("陈一", "陈二", "陈三")}
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await at_the_door(pilot)
        await scan(pilot, codes["陈二"])
        await pilot.press("f3")
        await until(pilot, lambda: screen.finding)
        await pilot.press("insert", "insert", "insert", "enter")
        await settled(pilot)
        tone, lines = panel(app)
        assert (tone, lines[0]) == ("ok", "✓ marked present: 2 of 3")
        assert any(line.startswith("! 陈二: already in") for line in lines)
    kinds = [(line.answer.kind, line.answer.verdict) for line in log(door)]
    assert kinds.count((ScanKind.MARK, Verdict.ACCEPTED)) == 2
    assert len(kinds) == 4


async def test_ticks_stay_from_one_search_to_the_next(door: App, app: IpweekApp) -> None:
    """One name typed and ticked, then another: Enter marks both."""
    for name in ("陈一", "李静", "王磊"):
        register(door, name)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        for typed, name in (("chen", "陈一"), ("lij", "李静")):
            await pilot.press(*typed)
            await until(pilot, lambda typed=typed: screen.finding and screen._searched == typed)
            await until(pilot, lambda name=name: screen.finder.rows and screen.finder.rows[0].name == name)
            await pilot.press("insert", *["backspace"] * len(typed))
        assert "● " in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert panel(app)[1][0] == "✓ marked present: 2 of 2"
    assert sorted(entries(door)) == ["李静", "陈一"]


async def test_a_group_arrives(door: App, app: IpweekApp) -> None:
    """From the scan of one, F7 ticks the others of the enterprise who may come; Enter marks them."""
    first = register(door, "张一", enterprise=ENTERPRISE)
    for name in ("张二", "张三"):
        register(door, name, enterprise=ENTERPRISE)
    register(door, "张四", enterprise=ENTERPRISE)
    door.registrations.cancel(door.actor, str(door.registrations.page(EVENT, "张四").rows[0].id))
    register(door, "张五", enterprise="别的样例公司")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await scan(pilot, first)
        await pilot.press("f7")
        await until(pilot, lambda: screen.finding)
        assert {row.name for row in screen.finder.meant} == {"张二", "张三"}
        assert len(screen.finder.rows) == 4
        await pilot.press("enter")
        await settled(pilot)
        assert panel(app)[1][0] == "✓ marked present: 2 of 2"
        assert ENTERPRISE in panel(app)[1]
    assert sorted(entries(door)) == ["张一", "张三", "张二"]


async def test_an_entry_is_undone(door: App, app: IpweekApp) -> None:
    """F4 asks whose entry and whether; the annulment is a row of its own, and the person is out."""
    codes = [register(door, name) for name in ("张伟", "李静")]
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, *codes)
        await pilot.press("f4")
        await pilot.pause(0.2)
        assert "Whose entry is undone?" in shown(app)
        await pilot.press("down", "enter")
        await pilot.pause(0.2)
        assert "Undo the last entry of 张伟" in shown(app)
        await pilot.press("right", "enter")
        await pilot.pause(0.2)
        await settled(pilot)
        await until(pilot, lambda: "in 1 of 2" in shown(app))
        assert panel(app)[1][0] == "↶ 张伟: entry undone"
        assert "in 1 of 2" in shown(app)
        await scan(pilot, codes[0])
        assert panel(app)[0] == "ok", "may come in again, at once"
    assert [line.answer.kind for line in log(door)].count(ScanKind.ANNULMENT) == 1
    assert sum(line.annulled for line in log(door)) == 1


async def test_undoing_is_not_the_answer_in_focus(door: App, app: IpweekApp) -> None:
    """Enter alone keeps the entry; of somebody found, F4 asks at once."""
    code = register(door, "张伟")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await scan(pilot, code)
        await pilot.press(*"zhang")
        await until(pilot, lambda: screen.finding)
        await pilot.press("f4")
        await pilot.pause(0.2)
        assert "Undo the last entry of 张伟" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
    assert len(log(door)) == 1


# Doors and directions


async def test_leaving(door: App, app: IpweekApp) -> None:
    """F5 counts people out, says so on the panel and in the title, and back."""
    code = register(door, "张伟")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, code)
        await pilot.press("f5")
        assert "EXIT: those who leave" in shown(app)
        assert "· EXIT" in shown(app).splitlines()[1]
        await scan(pilot, code)
        await until(pilot, lambda: "in 0 of 1" in shown(app))
        assert "left" in panel(app)[1]
        assert "in 0 of 1" in shown(app)
        await pilot.press("f5")
        await scan(pilot, code)
        assert panel(app)[0] == "ok"
    directions = [line.answer.direction for line in log(door)]
    assert directions == [Direction.ENTRY, Direction.EXIT, Direction.ENTRY]


async def test_another_door(door: App, app: IpweekApp) -> None:
    """F6 opens a session's door, which is made; who is not enrolled there is refused."""
    enrolled, other = register(door, "张伟", sessions=("talk",)), register(door, "李静")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press("f6")
        await pilot.pause(0.2)
        await pilot.press("down", "enter")
        await until(pilot, lambda: screen._door is not None and screen._door.session_id is not None)
        assert "CHECK-IN · The talk · ENTRY" in shown(app)
        await scan(pilot, enrolled)
        assert panel(app)[0] == "ok"
        await scan(pilot, other)
        assert panel(app)[1][0] == "✗ not enrolled in this session"
    assert {line.door for line in log(door)} == {"talk"}


async def test_a_limit_is_what_is_counted_against(door: App, app: IpweekApp) -> None:
    """A door with a limit shows it, and refuses who comes when it is reached."""
    codes = [register(door, name) for name in ("张伟", "李静")]
    opened = door.checkin.open_door(door.actor, EVENT)
    door.checkin.change_door(door.actor, opened, DoorSettings(capacity=1))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, *codes)
        await until(pilot, lambda: "in 1 of 1" in shown(app))
        assert panel(app)[1][0] == "✗ full"
        assert "in 1 of 1" in shown(app)


async def test_the_whole_log(door: App, app: IpweekApp) -> None:
    """F9 lists every line with verdict and kind; refusals alone by F3; Enter opens the person."""
    codes = [register(door, name) for name in ("张伟", "李静")]
    async with app.run_test(size=(120, 40)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, *codes, "9" * 27)
        await pilot.press("f9")
        await settled(pilot)
        assert isinstance(app.screen, ScanLogScreen)
        text = shown(app)
        assert text.index("✗ invalid code") < text.index("李静") < text.index("张伟")
        await pilot.press("f3")
        await settled(pilot)
        assert "张伟" not in shown(app)
        await pilot.press("f3")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, PersonScreen)


# Letting in for a reason


async def _refused(door: App, pilot: Pilot[None], name: str) -> CheckInScreen:
    """Somebody blocked is refused at the door."""
    code = register(door, name)
    door.registrations.block(door.actor, str(door.registrations.page(EVENT, name).rows[0].id))
    screen = await at_the_door(pilot)
    await scan(pilot, code)
    assert panel(pilot.app)[0] == "stop"  # type: ignore[arg-type]
    return screen


async def test_a_refusal_is_set_aside_for_a_reason(door: App, app: IpweekApp) -> None:
    """Ctrl+O asks why in the line itself; Enter alone is no reason; the row keeps reason and refusal."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _refused(door, pilot, "张伟")
        await pilot.press("ctrl+o", "enter")
        await settled(pilot)
        assert "Why is 张伟 let in?" in shown(app)
        assert "A reason is needed" in shown(app)
        assert panel(app)[0] == "stop", "the refusal stays in sight"
        type_keys(app, "the mayor's guest", gap=0.12)
        await settled(pilot)
        tone, lines = panel(app)
        assert (tone, lines[0]) == ("ok", "✓ 张伟")
        assert "let in all the same: blocked" in lines
        assert "Why is" not in shown(app)
        assert "let in all the same: blocked" in shown(app).splitlines()[-2], "the status says so"
        await pilot.press("f9")
        await settled(pilot)
        assert "✓ let in all" in shown(app)
    newest = log(door)[-1]
    assert (newest.why, newest.answer.override, newest.answer.reason) == (
        "the mayor's guest",
        True,
        Reason.BLOCKED,
    )


@pytest.mark.parametrize("gap", [0.001, 1 / 15])
async def test_a_scan_is_no_reason(door: App, app: IpweekApp, gap: float) -> None:
    """A badge that comes while a reason is typed is judged and shown, however slow; the question goes."""
    other = register(door, "李静")
    async with app.run_test(size=(80, 24)) as pilot:
        await _refused(door, pilot, "张伟")
        await pilot.press("ctrl+o")
        moment = type_keys(app, "the host", end="", gap=0.12)
        type_keys(app, other, end="enter ctrl+j", gap=gap, start=moment + 0.5)
        await settled(pilot)
        assert panel(app)[1][0] == "✓ 李静"
        assert "Why is" not in shown(app)
        assert "the host" not in shown(app)
    assert entries(door) == ["李静"]


@pytest.mark.parametrize("text", ["ABC-1234-X", "https://u.wechat.com/kAbC?x=1"])
async def test_another_code_is_no_reason(door: App, app: IpweekApp, text: str) -> None:
    """What a scanner reads of something else gets its calm verdict, and nobody is let in by it."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _refused(door, pilot, "张伟")
        await pilot.press("ctrl+o")
        type_keys(app, text, gap=1 / 15)
        await settled(pilot)
        assert panel(app)[0] == "calm"
        assert "Why is" not in shown(app)
    assert entries(door) == []


async def test_a_refusal_stays_one_by_esc(door: App, app: IpweekApp) -> None:
    """Esc leaves the question and stays at the door; other keys of the door wait for the answer."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _refused(door, pilot, "张伟")
        await pilot.press("ctrl+o", "f6")
        type_keys(app, "领导", end="")
        await settled(pilot)
        assert app.screen is screen
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is screen
        assert "Why is" not in shown(app)
        assert "领导" not in shown(app)
    assert entries(door) == []


async def test_nobody_unknown_is_let_in(app: IpweekApp) -> None:
    """After a forged code there is nobody whom a reason could let in, and no key for it."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await scan(pilot, compose(BadgeCode(1, 1, 1), b"another key", new_id()))
        assert screen.last_refusal is None
        assert "Ctrl+O" not in shown(app)


async def test_a_refused_mark_is_set_aside_too(door: App, app: IpweekApp) -> None:
    """Somebody without a badge who was refused comes in for a reason, recorded as a mark."""
    register(door, "王局", category="guest")
    door.registrations.block(door.actor, str(door.registrations.page(EVENT, "王局").rows[0].id))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press(*"wang")
        await until(pilot, lambda: screen.finding)
        await pilot.press("enter")
        await settled(pilot)
        assert panel(app)[1][0] == "✗ blocked"
        await pilot.press("ctrl+o")
        type_keys(app, "贵宾")
        await settled(pilot)
        assert panel(app)[0] == "ok"
    assert [(line.answer.kind, line.why) for line in log(door)] == [
        (ScanKind.MARK, None),
        (ScanKind.MARK, "贵宾"),
    ]


# Leaving by mark, groups at sessions, what the status says


async def test_people_leave_by_mark(door: App, app: IpweekApp) -> None:
    """At the exit Enter marks as left, one or many; the group has those ticked who are inside."""
    codes = [register(door, name, enterprise=ENTERPRISE) for name in ("张一", "张二", "张三")]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await scan(pilot, *codes)
        await pilot.press("f5", *"zhangy")
        await until(pilot, lambda: "Enter Mark as left" in shown(app))
        assert screen.finding
        await pilot.press("enter")
        await settled(pilot)
        assert "marked as left without a scan" in panel(app)[1]
        assert "张一 · marked as left" in shown(app).splitlines()[-2]
        await pilot.press("f7")
        await until(pilot, lambda: screen.finding)
        assert {row.name for row in screen.finder.meant} == {"张二", "张三"}
        await pilot.press("enter")
        await settled(pilot)
        assert panel(app)[1][0] == "✓ marked as left: 2 of 2"
        await until(pilot, lambda: "in 0 of 3" in shown(app))
        assert "in 0 of 3" in shown(app)
    marks = [line.answer for line in log(door) if line.answer.kind is ScanKind.MARK]
    assert [answer.direction for answer in marks] == [Direction.EXIT] * 3


async def test_a_group_by_the_name_of_its_enterprise(door: App, app: IpweekApp) -> None:
    """Typed and F7 at once; at a session's door those count who are inside there, whoever came to the event."""
    for name in ("张一", "张二"):
        code = register(door, name, enterprise=ENTERPRISE, sessions=("talk",))
        door.checkin.scan(door.actor, door.checkin.open_door(door.actor, EVENT), ScanRequest(code))
    door.checkin.scan(door.actor, door.checkin.open_door(door.actor, EVENT, "talk"), ScanRequest(code))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await screen._open_door("talk")
        type_keys(app, "hzhy", end="")
        await pilot.press("f7")
        await until(pilot, lambda: bool(screen.finder.ticked))
        assert [row.name for row in screen.finder.meant] == ["张一"]
        assert "1 of 2 ticked" in shown(app)
        assert shown(app).count("inside") == 1
        assert "came" in shown(app)


async def test_two_enterprises_are_no_group(door: App, app: IpweekApp) -> None:
    """Where what is typed fits people of several enterprises, F7 shows them, and nobody is ticked."""
    for name, enterprise in (("张一", ENTERPRISE), ("张二", "别的样例公司")):
        register(door, name, enterprise=enterprise)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        type_keys(app, "zhang", end="")
        await pilot.press("f7")
        await until(pilot, lambda: screen.finding)
        await settled(pilot)
        assert "Several enterprises" in shown(app)
        assert screen.finder.ticked == ()
        await pilot.press("f7")
        await until(pilot, lambda: bool(screen.finder.ticked))
        assert len(screen.finder.rows) == 1


async def test_namesakes_are_told_apart(door: App, app: IpweekApp) -> None:
    """Of two with one name, each row has enterprise, title and the end of the phone at 80 columns."""
    for enterprise, title, phone in (
        (ENTERPRISE, "知识产权经理", "13800135678"),
        ("样例星彩科技有限公司", "工程师", "13800130291"),
    ):
        register(door, "张伟", enterprise=enterprise, title=title, phone=phone)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press(*"zhangw")
        await until(pilot, lambda: screen.finding)
        await settled(pilot)
        for text in (ENTERPRISE, "样例星彩科技有限公司", "知识产权经理", "工程师", "5678", "0291"):
            assert text in shown(app)


async def test_the_status_follows(door: App, app: IpweekApp) -> None:
    """What was found goes when somebody is marked, what was marked goes when somebody is scanned."""
    register(door, "张伟")
    code = register(door, "李静")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press(*"zhang")
        await until(pilot, lambda: screen.finding)
        assert "1 found: Enter marks present" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "found" not in shown(app)
        assert "✓ 张伟 · marked present" in shown(app).splitlines()[-2]
        await scan(pilot, code)
        assert shown(app).splitlines()[-2].strip() == ""


async def test_the_line_feed_behind_a_scan_marks_nobody(door: App, app: IpweekApp) -> None:
    """With somebody found by half a name, CR and LF of a badge are two ends of one reading."""
    register(door, "张伟")
    code = register(door, "李静")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await pilot.press(*"zhang")
        await until(pilot, lambda: screen.finding)
        await scan(pilot, code, end="enter ctrl+j")
    assert entries(door) == ["李静"]


async def test_a_session_says_what_is_booked_instead(door: App, app: IpweekApp) -> None:
    """Who is not enrolled is told so over the panel, with the session that is booked, by name."""
    register(door, "张伟", sessions=("talk",))
    code = register(door, "李静", sessions=("tour",))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_door(pilot)
        await screen._open_door("talk")
        await scan(pilot, code)
        await until(pilot, lambda: "booked: The tour" in panel(app)[1])
        tone, lines = panel(app)
        assert (tone, lines[0]) == ("stop", "✗ not enrolled in this session")
        assert "booked: The tour" in lines


def test_names_are_cut_where_there_is_no_room() -> None:
    """As many as fit, then how many more; one alone is cropped."""
    names = ["Results release", "Enterprise exchange", "Typical case analysis"]
    assert verdicts.listed(names, 80) == ", ".join(names)
    assert verdicts.listed(names, 50) == "Results release, Enterprise exchange, 1 more"
    assert verdicts.listed(names, 40) == "Results release, 2 more"
    assert verdicts.listed(names, 14) == "Resul…, 2 more"
    assert verdicts.listed(names[:1], 8) == "Results…"
    assert verdicts.listed([], 8) == ""


async def test_a_badge_elsewhere_is_verified(door: App, app: IpweekApp) -> None:
    """Off the door a false, revoked or foreign badge says so in the status; nobody is admitted."""
    register(door, "张伟")
    row = door.registrations.page(EVENT, "张伟").rows[0]
    old = next(issued.code for issued in door.badges.codes(EVENT))
    door.badges.reissue(door.actor, str(row.id))
    forged = compose(BadgeCode(1, int(row.badge_no or 0), 1), b"another key", new_id())
    wrong = old[:-1] + str((int(old[-1]) + 1) % 10)
    away = register(door, "王一", event="other")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        people = app.screen
        for code, said in (
            (forged, "not made here"),
            (wrong, "check digit is wrong"),
            (away, "王一 is not registered"),
        ):
            await scan(pilot, code)
            assert said in shown(app).splitlines()[-2]
            assert app.screen is people
        await scan(pilot, old)
        assert isinstance(app.screen, PersonScreen)
        assert "replaced by a newer one" in shown(app).splitlines()[-2]
    assert log(door) == []


# Other screens


async def test_a_badge_opens_its_person_elsewhere(door: App, app: IpweekApp) -> None:
    """On another screen a scan opens the registration, a second one instead of it, and types nothing."""
    codes = [register(door, name) for name in ("张伟", "李静")]
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        for code, name in zip(codes, ("张伟", "李静"), strict=True):
            await scan(pilot, code)
            assert isinstance(app.screen, PersonScreen)
            assert app.screen.registration.name == name
        assert len(app.screen_stack) == 4
    assert log(door) == []


async def test_a_badge_disturbs_nothing_half_typed(door: App, app: IpweekApp) -> None:
    """Over a form with text in it, a scan says who it is and leaves the form alone; typed digits arrive."""
    code = register(door, "张伟")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("insert", *"Li")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, RegisterScreen)
        await scan(pilot, code)
        assert app.screen is screen
        assert app.last is not None
        assert app.last.text == "张伟"
        await pilot.press(*"56")
        await pilot.pause(0.2)
        assert screen.form.boxes["name"].text == "Li56"


async def test_typing_before_the_event_is_left_alone(empty_work: App) -> None:
    """Without an event a scan says what is missing."""
    app = IpweekApp(empty_work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await scan(pilot, compose(BadgeCode(1, 1, 1), b"key", new_id()))
        assert "choose an event first" in shown(app)


async def test_both_languages_while_running(door: App, app: IpweekApp) -> None:
    """F8 draws verdict, log and line anew; the verdict on the panel stays."""
    code = register(door, "张伟")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, code)
        english = shown(app)
        await pilot.press("f8")
        await pilot.pause()
        assert "✓ 张伟" in shown(app)
        assert shown(app) != english


async def test_hostile_names(door: App, app: IpweekApp) -> None:
    """What looks like markup is shown as it is, on the panel and in the log."""
    name = "[/] [red]x[/red] {name} $accent"
    code = register(door, name)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        await scan(pilot, code)
        assert shown(app).count(name) == 2
