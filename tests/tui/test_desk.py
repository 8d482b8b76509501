"""The registration desk: somebody at the table, from the first letter to the badge."""

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from ipweek.bootstrap import App
from ipweek.domain.registrations import NewRegistration, Registered
from ipweek.domain.words import EventKind, EventStatus, QuestionKind, RegistrationSource, RegistrationStatus
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.badge_view import BadgeScreen
from ipweek.tui.screens.choosing import ChoosePerson
from ipweek.tui.screens.dialogs import Ask, Prompt
from ipweek.tui.screens.person import PersonScreen
from ipweek.tui.screens.person_form import PersonFormScreen
from ipweek.tui.screens.register import RegisterScreen
from ipweek.tui.screens.registration_choosing import ChooseRegistration
from ipweek.tui.widgets.form import Form
from tests.tui.conftest import HOSTILE, WIDE
from tests.tui.steps import settled, shown, until

BETA = "Beta Ltd"


def ask(work: App, code: str, kind: QuestionKind, **values: object) -> None:
    """Let the event `later` ask something."""
    work.records.add(
        work.actor, "question", {"code": code, "event": "later", "kind": kind, "name_en": code, **values}
    )


def registered(work: App, name: str, event: str = "later", **values: object) -> Registered:
    """Somebody at an event."""
    return work.registrations.register(work.actor, event, NewRegistration(name, **values))  # type: ignore[arg-type]


def found(work: App, name: str, event: str = "later") -> Registered:
    """The only one of that name."""
    (row,) = work.registrations.page(event, name).rows
    return row


async def at_desk(pilot: Pilot[None], work: App, event: str = "later") -> RegisterScreen:
    """The desk of an event; `later` has no limit of places."""
    await settled(pilot)
    app = pilot.app
    assert isinstance(app, IpweekApp)
    app.hold(work.records.show("week", "w-2019"), work.records.show("event", event))
    app.go("register")
    await settled(pilot)
    assert isinstance(app.screen, RegisterScreen)
    return app.screen


async def opened(pilot: Pilot[None], place: str, row: Registered) -> None:
    """A place that is about a registration."""
    await settled(pilot)
    assert isinstance(pilot.app, IpweekApp)
    pilot.app.go(place, registration=row)
    await settled(pilot)


def form(app: IpweekApp) -> Form:
    """The form in front."""
    return app.screen.query_one(Form)


async def test_a_walk_in_has_a_badge_in_twelve_keys(work: App, app: IpweekApp) -> None:
    """From Home: name, enterprise and phone typed, all else are at most twelve keys."""
    pressed = 0
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.hold(app.week, work.records.show("event", "later"))
        for keys, typed in (
            (["r"], "Wang Lei"),
            (["f7", "enter", "enter"], BETA),
            (["enter"], "13800138000"),
            (["ctrl+s"], ""),
            (["f6"], ""),
        ):
            for key in keys:
                await pilot.press(key)
                pressed += 1
            await settled(pilot)
            for char in typed:
                await pilot.press("space" if char == " " else char)
        await until(pilot, lambda: isinstance(app.screen, BadgeScreen))
        await settled(pilot)
        text = shown(app)
        assert pressed <= 12
        assert "█ ▄▄▄▄▄ █" in text, "the symbol"
        assert "Wang Lei" in text
    row = found(work, "Wang")
    assert row.source is RegistrationSource.WALK_IN
    assert (row.enterprise, row.status) == (BETA, RegistrationStatus.REGISTERED)


async def test_f6_in_the_form_registers_and_shows_the_badge(work: App, app: IpweekApp) -> None:
    """One key instead of two; a field in red shows no badge."""
    async with app.run_test(size=(80, 24)) as pilot:
        await at_desk(pilot, work)
        await pilot.press("insert", "f6")
        await settled(pilot)
        assert "Name is missing" in shown(app)
        await pilot.press(*"Wang", "f6")
        await until(pilot, lambda: isinstance(app.screen, BadgeScreen))
        assert isinstance(app.screen, BadgeScreen)
        assert app.screen.registration.id == found(work, "Wang").id


async def test_the_one_just_registered_is_under_the_cursor(work: App, app: IpweekApp) -> None:
    """Of two with one name the badge key means the newer, whatever the order of the list."""
    for number in range(3):
        registered(work, "Wang", phone=f"1380013800{number}")
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_desk(pilot, work)
        await pilot.press(*"Wang", "insert")
        await settled(pilot)
        form(app).boxes["phone"].text = "13800138009"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not desk.adding)
        await settled(pilot)
        assert desk.matches.count == 5, "four of that name, and the offer"
        assert desk.matches.chosen is not None
        assert desk.matches.chosen.phone is not None
        assert desk.matches.chosen.phone.endswith("8009")


async def test_keys_that_come_in_a_burst_lose_nothing(work: App, app: IpweekApp) -> None:
    """Text typed right before the key that opens the form is in it, and what follows goes into the form."""
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_desk(pilot, work)
        for key, char in (("w", "w"), ("e", "e"), ("f7", None)):
            app.post_message(events.Key(key, char))
        await settled(pilot)
        assert form(app).boxes["name"].text == "we"
        assert app.focused is form(app).boxes["name"].control.widget
        for key, char in (("i", "i"), ("ctrl+s", None)):
            app.post_message(events.Key(key, char))
        await until(pilot, lambda: not desk.adding)
    assert found(work, "wei").name == "wei"


async def test_somebody_similar_is_told_while_typing(work: App, app: IpweekApp) -> None:
    """The docked line names him; Ctrl+O opens him, and the form is as it was after Esc."""
    registered(work, HOSTILE, enterprise="acme", phone="13800138000")
    async with app.run_test(size=(120, 40)) as pilot:
        await at_desk(pilot, work)
        await pilot.press("insert", *"Wang")
        await settled(pilot)
        assert "Here already?" not in shown(app)
        form(app).boxes["phone"].text = "138 0013 8000"
        await settled(pilot)
        assert "Here already? Ctrl+O opens: [/] [red]x[/red]" in shown(app)
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert isinstance(app.screen, PersonScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert form(app).boxes["name"].text == "Wang"


async def test_a_substitute_takes_the_place(work: App, app: IpweekApp) -> None:
    """F4 on a delegate: the form has what belongs to the place, both names are shown, nobody else moves up."""
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_desk(pilot, work, "release")
        desk.find.value = "张伟"
        await settled(pilot)
        await pilot.press("f4")
        await settled(pilot)
        assert "Comes for 张伟" in shown(app)
        assert form(app).boxes["enterprise"].text == HOSTILE
        await pilot.press(*"Wang", "ctrl+s")
        await until(pilot, lambda: not desk.adding)
        await settled(pilot)
        assert "Wang registered in place of 张伟" in shown(app)
        assert "stands in for 张伟" in shown(app)
    assert found(work, "Wang", "release").status is RegistrationStatus.REGISTERED
    assert found(work, "张伟", "release").status is RegistrationStatus.CANCELLED
    assert found(work, "李静", "release").status is RegistrationStatus.WAITING


async def test_f4_on_nobody_takes_who_was_typed_and_asks_for_whom(work: App, app: IpweekApp) -> None:
    """A name that is not on the list becomes the substitute's, and the delegate is chosen."""
    registered(work, "张伟", enterprise="acme")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_desk(pilot, work)
        await pilot.press(*"Wang")
        await settled(pilot)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, ChooseRegistration))
        assert isinstance(app.screen, ChooseRegistration)
        await pilot.press("escape")
        await settled(pilot)
        assert form(app).boxes["name"].text == "Wang"


async def test_keys_about_nobody_say_so(work: App, app: IpweekApp) -> None:
    """Edit, badge, print and cancel while the cursor stands on the offer to add."""
    async with app.run_test(size=(80, 24)) as pilot:
        await at_desk(pilot, work)
        await pilot.press(*"Wang")
        await settled(pilot)
        for key in ("f2", "f5", "f6", "f12"):
            app.last = None
            await pilot.press(key)
            await until(pilot, lambda: app.last is not None)
            assert app.last is not None, key
            assert "Find somebody first" in app.last.text


async def test_for_whom_somebody_comes_is_chosen_in_the_form(work: App, app: IpweekApp) -> None:
    """F4 in the form searches as the desk does; what is typed already stays."""
    registered(work, "张伟", enterprise="acme", seat="4-12")
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_desk(pilot, work)
        await pilot.press("insert", *"Wang")
        form(app).boxes["enterprise"].text = BETA
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, ChooseRegistration))
        app.screen.query_one(Input).value = "zw"
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is desk)
        await settled(pilot)
        assert "Comes for 张伟" in shown(app)
        assert [form(app).boxes[name].text for name in ("enterprise", "seat")] == [BETA, "4-12"]
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not desk.adding)
    assert found(work, "Wang").substitute_for == "张伟"


async def test_a_name_of_several_asks_who_is_meant(work: App, app: IpweekApp) -> None:
    """Enter on the whole name, or on digits, asks; Esc opens nobody; pointed at, or of a part, nobody is asked."""
    for phone, enterprise in (("13800138001", BETA), ("13800138002", "acme")):
        registered(work, "Wang", phone=phone, enterprise=enterprise)
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_desk(pilot, work)
        for typed in ("wang", "1380013"):
            desk.find.value = typed
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, ChoosePerson))
            await settled(pilot)
            assert BETA in shown(app)
            assert "…8001" in shown(app)
            assert "…8002" in shown(app)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is desk)
        assert desk.find.value == "1380013"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChoosePerson))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, PersonScreen))
        assert isinstance(app.screen, PersonScreen)
        assert app.screen.registration.enterprise != BETA
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is desk)
        for typed, keys in (("wang", ("down", "enter")), ("wan", ("enter",))):
            desk.find.value = typed
            await settled(pilot)
            await pilot.press(*keys)
            await until(pilot, lambda: isinstance(app.screen, PersonScreen))
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is desk)


async def test_for_whom_of_several_of_one_name(work: App, app: IpweekApp) -> None:
    """The delegate of a substitute is asked for where the name is not enough."""
    for phone, seat in (("13800138001", "1"), ("13800138002", "2")):
        registered(work, "Wang", phone=phone, seat=seat)
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_desk(pilot, work)
        await pilot.press("insert", *"Chen", "f4")
        await until(pilot, lambda: isinstance(app.screen, ChooseRegistration))
        app.screen.query_one(Input).value = "wang"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChoosePerson))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.screen is desk)
        await settled(pilot)
        assert form(app).boxes["seat"].text == "2"


async def test_a_substitute_and_his_delegate_lead_to_each_other(work: App, app: IpweekApp) -> None:
    """Each page names the other, one Enter away."""
    row = registered(work, "Wang")
    registered(work, "Chen", substitute_for=str(row.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "registration", found(work, "Wang"))
        assert "Replaced by           Chen" in shown(app)
        for name, other in (("Chen", "Stands in for         Wang"), ("Wang", "Replaced by           Chen")):
            await pilot.press("enter")
            await until(pilot, lambda name=name: shown(app).splitlines()[1].split()[0] == name)
            await settled(pilot)
            assert other in shown(app)


async def test_sessions_leave_and_note_are_changed_on_the_form(work: App, app: IpweekApp) -> None:
    """A full session is waited for, which the status and the page say; an ended registration has neither."""
    work.records.add(
        work.actor, "session",
        {"code": "small", "event": "later", "kind": EventKind.RELEASE, "name_en": "Small", "capacity": 1},
    )  # fmt: skip
    registered(work, "Chen", sessions=("small",))
    row = registered(work, "Wang")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "registration", row)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, PersonFormScreen))
        await settled(pilot)
        boxes = form(app).boxes
        boxes["sessions"].text, boxes["on_leave"].text, boxes["note"].text = "small", "yes", "by train"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PersonScreen))
        await settled(pilot)
        assert "Wang saved · full, waits for Small" in shown(app)
        assert "full, waiting · Small" in shown(app)
        now = found(work, "Wang")
        assert (now.sessions_waiting, now.on_leave, now.note) == (("small",), True, "by train")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, PersonFormScreen))
        assert form(app).boxes["sessions"].text == "small"
        form(app).boxes["sessions"].text = ""
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PersonScreen))
        assert found(work, "Wang").wished == ()
        work.registrations.cancel(work.actor, str(row.id))
        await opened(pilot, "correct", found(work, "Wang"))
        assert {"sessions", "on_leave"}.isdisjoint(form(app).boxes)


async def test_over_the_quota_is_told_and_goes_on(work: App, app: IpweekApp) -> None:
    """The second of an enterprise with one place: registered, with a word; the page of each says it too."""
    work.records.edit(work.actor, "enterprise", "acme", {"quota": 1})
    registered(work, "Chen", enterprise="acme")
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_desk(pilot, work)
        await pilot.press("insert", *"Wang")
        form(app).boxes["enterprise"].text = "acme"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not desk.adding)
        await settled(pilot)
        assert "over quota: 2 of 1 · Wang registered" in shown(app)
        await opened(pilot, "registration", found(work, "Wang"))
        assert "delegates 2, quota 1 · over quota" in shown(app)


async def test_an_event_asks_its_own_questions(work: App, app: IpweekApp) -> None:
    """Each kind has its control; a required one is marked and refused empty; the answers are stored."""
    ask(work, "lunch", QuestionKind.CHOICE, choices=("[b]Fish", HOSTILE), required=True, position=1)
    ask(work, "parking", QuestionKind.YES_NO, position=2)
    ask(work, "night", QuestionKind.DATE, position=3)
    ask(work, "guests", QuestionKind.NUMBER, position=4)
    ask(work, "wish", QuestionKind.TEXT, position=5)
    async with app.run_test(size=(120, 40)) as pilot:
        desk = await at_desk(pilot, work)
        await pilot.press("insert", *"Wang", "ctrl+s")
        await settled(pilot)
        assert "lunch · required" in shown(app)
        assert "lunch is missing" in shown(app)
        boxes = form(app).boxes
        assert list(boxes)[-5:] == [
            f"answer:{code}" for code in ("lunch", "parking", "night", "guests", "wish")
        ]
        for code, text in (("lunch", "[b]Fish"), ("night", "2019-04-24"), ("guests", "two")):
            boxes[f"answer:{code}"].text = text
        await settled(pilot)
        assert "[b]Fish" in shown(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "two is no number" in shown(app)
        boxes["answer:guests"].text = "2"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not desk.adding)
    row = found(work, "Wang")
    kept = work.people.show(str(row.id)).answers[row.id]
    assert kept == {"lunch": "[b]Fish", "night": "2019-04-24", "guests": "2"}, (
        "what nobody answered is not no"
    )


async def test_questions_follow_the_language(work: App, app: IpweekApp) -> None:
    """F8 asks in the other language and keeps the answer."""
    ask(work, "lunch", QuestionKind.TEXT, name_zh="午餐")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_desk(pilot, work)
        await pilot.press("insert")
        form(app).boxes["answer:lunch"].text = "fish"
        await pilot.press("f8")
        await settled(pilot)
        assert "午餐" in shown(app)
        assert form(app).boxes["answer:lunch"].text == "fish"


async def test_leave_is_noted_and_taken_back(work: App, app: IpweekApp) -> None:
    """F7 on the page, twice."""
    row = registered(work, "Wang")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "registration", row)
        for on_leave, word in ((True, "is on leave"), (False, "comes after all")):
            await pilot.press("f7")
            await until(pilot, lambda word=word: app.last is not None and word in app.last.text)
            await settled(pilot)
            assert found(work, "Wang").on_leave is on_leave
            assert ("on leave" in shown(app).splitlines()[4]) is on_leave
            assert ("F7 Comes" in shown(app)) is on_leave, "the key says what it does now"


async def test_blocking_needs_a_reason_and_can_be_taken_back(work: App, app: IpweekApp) -> None:
    """Esc blocks nobody; the first in line gets the place; Del again lets in, at the end of the line."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "registration", found(work, "张伟", "release"))
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press("escape")
        await settled(pilot)
        assert found(work, "张伟", "release").status is RegistrationStatus.REGISTERED
        await pilot.press("delete", *"loud", "enter")
        await until(pilot, lambda: app.last is not None)
        assert app.last is not None
        assert "张伟 blocked · 李静 moved up" in app.last.text
        await settled(pilot)
        assert found(work, "张伟", "release").status is RegistrationStatus.BLOCKED
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.last is not None and "waiting list" in app.last.text)
        assert found(work, "张伟", "release").status is RegistrationStatus.WAITING


async def test_a_registration_is_transferred(work: App, app: IpweekApp) -> None:
    """F9 on the page: the new one has the place and stands in for nobody."""
    row = registered(work, "Wang", seat="4-12")
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_desk(pilot, work)
        app.go("registration", registration=row)
        await settled(pilot)
        await pilot.press("f9")
        await settled(pilot)
        assert "Takes over the registration of Wang" in shown(app)
        await pilot.press(*"Chen", "ctrl+s")
        await until(pilot, lambda: app.last is not None)
        assert app.last is not None
        assert "Chen took over from Wang" in app.last.text
        assert app.screen is not desk
    assert (found(work, "Chen").seat, found(work, "Chen").substitute_for) == ("4-12", None)
    assert found(work, "Wang").status is RegistrationStatus.CANCELLED


async def test_nothing_is_passed_on_by_those_who_hold_nothing(work: App, app: IpweekApp) -> None:
    """A cancelled registration, and one of an event that is not in hand."""
    row = registered(work, "Wang")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_desk(pilot, work, "release")
        app.go("registration", registration=row)
        await settled(pilot)
        await pilot.press("f4")
        assert app.last is not None
        assert "Exchange" in app.last.text
        work.registrations.cancel(work.actor, str(row.id))
        assert isinstance(app.screen, PersonScreen)
        app.screen.reload()
        await settled(pilot)
        await pilot.press("f9")
        assert "holds no place" in app.last.text


async def test_a_correction_keeps_the_badge_and_offers_a_print(
    work: App, app: IpweekApp, tmp_path: Path
) -> None:
    """What is typed anew is stored, masked fields stay; the printed badge's code is the same afterwards."""
    row = registered(work, "Wnag", phone="13800138000", email="a@example.com")
    work.run_jobs.pdf(
        work.actor, work.run_jobs.begin(work.actor, "later", [str(row.id)]), tmp_path / "first.pdf"
    )
    before = work.badges.codes("later")[0].code
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "registration", row)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, PersonFormScreen))
        await settled(pilot)
        boxes = form(app).boxes
        assert "13800138000" not in shown(app)
        boxes["name"].text, boxes["email"].text, boxes["seat"].text = "Wang", "-", "4-12"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, BadgeScreen))
        await settled(pilot)
        assert form(app).boxes["reason"].text == "corrected"
        assert "Seat 座位 4-12" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, PersonScreen)
        assert app.screen.registration.name == "Wang"
    now = found(work, "Wang")
    assert (now.seat, now.email) == ("4-12", None)
    assert now.phone is not None
    assert work.badges.codes("later")[0].code == before


async def test_a_refused_correction_stands_under_its_field(work: App, app: IpweekApp) -> None:
    """A phone that is none is told at its field, and what was typed is asked about before it is lost."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "correct", registered(work, "Wang"))
        form(app).boxes["phone"].text = "[/]12"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.last is not None)
        await settled(pilot)
        assert "[/]12 is no phone number" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        assert isinstance(app.screen, Ask)


async def test_an_answer_is_corrected(work: App, app: IpweekApp) -> None:
    """The form begins with what was answered; what is emptied is answered no more; the rest stays."""
    ask(work, "lunch", QuestionKind.CHOICE, choices=("Fish", "Rice"))
    ask(work, "wish", QuestionKind.TEXT)
    new = NewRegistration("Wang", category="own word", answers={"lunch": "Fish", "wish": "quiet"})
    row = work.registrations.register(work.actor, "later", new)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "correct", row)
        boxes = form(app).boxes
        assert [boxes[name].text for name in ("answer:lunch", "answer:wish", "category")] == [
            "Fish",
            "quiet",
            "own word",
        ]
        boxes["answer:lunch"].text = ""
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.last is not None)
    assert work.people.show(str(row.id)).answers[row.id] == {"wish": "quiet"}


async def test_a_second_copy_needs_a_reason(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """The first is printed as it is; the next only with a reason, which is in the log."""
    row = registered(work, "Wang")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "badge", row)
        form(app).boxes["out"].text = str(tmp_path / "one.pdf")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "copies printed: 1" in shown(app))
        assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")
        form(app).boxes["out"].text = str(tmp_path / "two.pdf")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "Reason is missing" in shown(app)
        assert not (tmp_path / "two.pdf").exists()
        form(app).boxes["reason"].text = "lost"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "copies printed: 2" in shown(app))
    assert [(line.copy, line.reason) for line in work.people.show(str(row.id)).prints] == [
        (2, "lost"),
        (1, None),
    ]


async def test_who_waits_has_no_badge_to_show(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """The screen says so, and nothing is printed."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "badge", found(work, "李静", "release"))
        assert "No badge to show: 李静" in shown(app)
        form(app).boxes["out"].text = str(tmp_path / "none.pdf")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert not (tmp_path / "none.pdf").exists()


async def test_a_person_is_on_one_screen(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """Registrations everywhere, sessions, answers, copies, scans; what is linked opens and Esc comes back."""
    ask(work, "parking", QuestionKind.YES_NO, name_en="Parking [/]")
    row = work.registrations.register(
        work.actor, "later", NewRegistration("张伟", enterprise=HOSTILE, answers={"parking": "yes"})
    )
    work.run_jobs.pdf(
        work.actor, work.run_jobs.begin(work.actor, "later", [str(row.id)]), tmp_path / "one.pdf"
    )
    work.checkin.mark_present(work.actor, work.checkin.open_door(work.actor, "later"), row.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "registration", row)
        text = shown(app)
        for part in (
            "Parking [/]           yes",
            "At other events",
            "issue 1 · copies printed: 1",
            "issue 1, copy 1 · pdf one.pdf",
            "✓ accepted",
        ):
            assert part in text, part
        page = app.screen
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen.has_class("enterprise")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is page)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, PersonScreen)
        assert app.screen.registration.event == "release"
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, PersonScreen)
        assert app.screen.registration.event == "later"


async def test_a_session_of_a_person_opens(work: App, app: IpweekApp) -> None:
    """Enter on a session leads to its page."""
    row = work.registrations.register(work.actor, "release", NewRegistration("Wang", sessions=("talk",)))
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "registration", row)
        assert WIDE[:10] in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert not isinstance(app.screen, PersonScreen)


@pytest.mark.parametrize("place", ["registration", "correct", "badge"])
async def test_hostile_names_stay_text(work: App, app: IpweekApp, place: str) -> None:
    """What looks like markup is shown as it was typed, on every screen about a person."""
    row = registered(work, HOSTILE, enterprise="acme", title=HOSTILE, seat=WIDE[:100])
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, place, row)
        assert app.last is None
        assert HOSTILE[:16] in "\n".join(shown(app).splitlines()[3:])


async def test_a_closed_event_refuses_in_the_status(work: App, app: IpweekApp) -> None:
    """The form stays as it is."""
    async with app.run_test(size=(80, 24)) as pilot:
        await at_desk(pilot, work)
        work.records.edit(work.actor, "event", "later", {"status": EventStatus.CLOSED})
        await pilot.press("insert", *"Wang", "ctrl+s")
        await until(pilot, lambda: app.last is not None)
        assert app.last is not None
        assert "takes no registrations" in app.last.text
        assert form(app).boxes["name"].text == "Wang"
