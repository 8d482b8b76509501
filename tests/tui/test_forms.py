"""Forms check, save and ask; the registration desk finds and adds; badges do their work."""

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button

from ipweek.bootstrap import App
from ipweek.domain.errors import NotFoundError
from ipweek.domain.records import Record
from ipweek.domain.registrations import NewRegistration, RegistrationPage
from ipweek.domain.words import EventKind, RegistrationSource, RegistrationStatus
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.badge_checks import Findings
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.home import HomeScreen
from ipweek.tui.screens.people import PeopleScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.screens.register import RegisterScreen
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.matches import Matches
from tests.tui.conftest import HOSTILE
from tests.tui.steps import settled, shown, until


def _text(app: IpweekApp, field: str) -> str:
    return app.screen.query_one(Form).boxes[field].text


async def test_a_form_says_what_is_wrong_under_its_field(app: IpweekApp) -> None:
    """Leaving a field checks it; saving with an error saves nothing and goes to the field."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="room")
        await settled(pilot)
        app.screen.query_one(Form).boxes["capacity"].text = "many"
        await pilot.press("ctrl+s")
        await settled(pilot)
        text = shown(app)
        assert "Code is missing" in text
        assert "many" in text.split("Capacity")[2], "the error names the value"
        assert "Not saved" in text
        assert isinstance(app.screen, RecordFormScreen)
        await pilot.press("x")
        await settled(pilot)
        assert "Code is missing" not in shown(app), "mended"


async def test_enter_goes_through_the_fields_and_ctrl_s_saves(work: App, app: IpweekApp) -> None:
    """A record typed with the keyboard alone is stored as typed."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="venue")
        await settled(pilot)
        await pilot.press("h", "a", "l", "l", "minus", "b", "enter", *"Hall", "enter", *"B", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        saved = work.records.show("venue", "hall-b")
        assert (saved.values["name_zh"], saved.values["name_en"]) == ("Hall", "B")
        assert "saved" in shown(app)


async def test_a_refusal_of_the_service_stands_under_its_field(app: IpweekApp) -> None:
    """A code that is taken is told in the status, and the form stays with what was typed."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="venue")
        await settled(pilot)
        await pilot.press(*"hall", "enter", *"Hall", "ctrl+s")
        await until(pilot, lambda: app.last is not None)
        await settled(pilot)
        assert isinstance(app.screen, RecordFormScreen)
        assert app.last is not None
        assert app.last.tone == "bad"
        assert _text(app, "name_zh") == "Hall"


async def test_a_dirty_form_asks_with_the_harmless_answer_in_focus(app: IpweekApp) -> None:
    """Esc on typed text asks; Enter stays, and the text is still there."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="venue")
        await settled(pilot)
        await pilot.press(*"abc", "escape")
        await pilot.pause(0.1)
        assert isinstance(app.screen, Ask)
        assert isinstance(app.focused, Button)
        assert app.focused.id == "no"
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert _text(app, "code") == "abc"
        await pilot.press("escape")
        await pilot.pause(0.1)
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert isinstance(app.screen, HomeScreen)


async def test_an_untouched_form_asks_nothing(work: App, app: IpweekApp) -> None:
    """Forms of every kind open clean, with values of every sort of field in them."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for kind, code in (
            ("event", "release"),
            ("session", "talk"),
            ("enterprise", "acme"),
            ("week", "w-2019"),
        ):
            app.go("form", kind=kind, record=work.records.show(kind, code))
            await settled(pilot)
            assert not app.screen.query_one(Form).dirty, kind
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
            assert isinstance(app.screen, HomeScreen), kind


async def test_editing_changes_only_what_was_changed(work: App, app: IpweekApp) -> None:
    """The other fields of a record stay as they are."""
    before = work.records.show("session", "talk").values
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="session", record=work.records.show("session", "talk"))
        await settled(pilot)
        app.screen.query_one(Form).boxes["capacity"].text = "40"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    after = work.records.show("session", "talk").values
    assert dict(after) == {**before, "capacity": 40}


async def test_the_language_switch_keeps_what_is_typed(app: IpweekApp) -> None:
    """F8 in a form changes its labels; text, choice and focus stay."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="event")
        await settled(pilot)
        app.screen.query_one(Form).boxes["kind"].text = "panel"
        await pilot.press(*"abc")
        focused = app.focused
        await pilot.press("f8")
        await settled(pilot)
        assert _text(app, "code") == "abc"
        assert _text(app, "kind") == "panel"
        assert app.focused is focused
        await pilot.press("d")
        assert _text(app, "code") == "abcd"


async def test_pasted_escape_sequences_do_not_reach_a_field(app: IpweekApp) -> None:
    """What steers a terminal is taken out as it comes in."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="venue")
        await settled(pilot)
        app.screen.query_one(Form).boxes["name_zh"].text = "\x1b[31m张\u202e伟"
        assert _text(app, "name_zh") == "[31m张伟"


async def test_references_are_chosen_from_a_list(app: IpweekApp) -> None:
    """F3 in a reference field narrows the list by typing and takes the code."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="room")
        await settled(pilot)
        await pilot.press("enter", "f3")
        await pilot.pause(0.2)
        await pilot.press(*"hall", "enter")
        await pilot.pause(0.2)
        assert _text(app, "venue") == "hall"


async def test_removing_asks_and_says_what_became_of_it(work: App, app: IpweekApp) -> None:
    """What others refer to is archived, the rest deleted; the status says which."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for kind, word in (("indicator", "deleted"), ("venue", "archived")):
            app.go("records", kind=kind)
            await settled(pilot)
            await pilot.press("delete")
            await pilot.pause(0.1)
            await pilot.press("right", "enter")
            await until(pilot, lambda word=word: app.last is not None and word in app.last.text)
            assert app.last is not None
            assert word in app.last.text
            await pilot.press("escape")
            await settled(pilot)
    assert work.records.count("indicator") == 0


async def test_a_list_is_searched(app: IpweekApp) -> None:
    """The slash opens the search, which narrows the list; Esc ends it."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("records", kind="event")
        await settled(pilot)
        await pilot.press("slash", *"exch")
        await settled(pilot)
        assert "1 of 1" in shown(app).splitlines()[1]
        await pilot.press("escape")
        await settled(pilot)
        assert "1 of 2" in shown(app).splitlines()[1]


# The registration desk


async def test_somebody_new_is_registered_or_waits(work: App, app: IpweekApp) -> None:
    """Capacity 3 and four registered: the new one waits, and is told at which place."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        await pilot.press(*"Wang", "ctrl+n")
        await settled(pilot)
        assert _text(app, "name") == "Wang"
        await pilot.press("f7", "ctrl+s")
        await until(pilot, lambda: app.last is not None)
        assert app.last is not None
        assert "waiting list, place 2" in app.last.text
        await settled(pilot)
        assert "waiting 2" in shown(app).splitlines()[1]
    row = work.registrations.page("release", "Wang").rows[0]
    assert row.source is RegistrationSource.WALK_IN
    assert row.status is RegistrationStatus.WAITING


async def test_a_cancellation_tells_who_moved_up(work: App, app: IpweekApp) -> None:
    """F5 asks, cancels the one under the cursor and names the one who got the place."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        app.screen.query_one(Matches)
        assert isinstance(app.screen, RegisterScreen)
        app.screen.find.value = "张伟"
        await settled(pilot)
        await pilot.press("f5")
        await pilot.pause(0.1)
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.last is not None)
        assert app.last is not None
        assert "moved up" in app.last.text
        assert "李静" in app.last.text
    assert work.registrations.waiting_list("release") == ()


async def test_a_registration_without_a_name_is_refused_at_its_field(app: IpweekApp) -> None:
    """Nothing is stored, the field says why."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("ctrl+n", "ctrl+s")
        await settled(pilot)
        assert "Name is missing" in shown(app)


async def test_a_service_refusal_keeps_the_form(app: IpweekApp) -> None:
    """Somebody who is registered already is told so, and the typed text stays."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("ctrl+n")
        app.screen.query_one(Form).boxes["name"].text = "李静"
        app.screen.query_one(Form).boxes["enterprise"].text = "acme"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.last is not None)
        assert app.last is not None
        assert app.last.tone == "bad"
        assert _text(app, "name") == "李静"


async def test_the_newest_search_wins(work: App, app: IpweekApp) -> None:
    """The answer to an earlier search that comes late is never shown."""
    real, release = work.registrations.page, threading.Event()

    def slow(event: str, query: str = "", **rest: object) -> RegistrationPage:
        if query == "张":
            release.wait(5)
        return real(event, query, **rest)  # type: ignore[arg-type]

    work.registrations.page = slow  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert isinstance(app.screen, RegisterScreen)
        app.screen.find.value = "张"
        await pilot.pause(0.1)
        app.screen.find.value = "李静"
        matches = app.screen.matches
        await until(pilot, lambda: [row.name for row in matches.rows] == ["李静"])
        release.set()
        await pilot.pause(0.2)
        assert [row.name for row in matches.rows] == ["李静"]


async def test_a_long_list_is_read_a_window_at_a_time(work: App, app: IpweekApp) -> None:
    """The next rows are asked for by the key of the last ones, when the cursor comes near the end."""
    row = work.registrations.page("release").rows[0]
    asked: list[object] = []

    def page(
        _event: str, _query: str = "", *, after: object = None, limit: int = 200, **_: object
    ) -> RegistrationPage:
        asked.append(after)
        return RegistrationPage((row,) * 200, 600, None if len(asked) == 3 else (str(len(asked)), ""))

    work.registrations.page = page  # type: ignore[method-assign, assignment]
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert "1 of 600" in shown(app)
        assert app.screen.rows.count == 200
        for _round in range(3):
            await pilot.press("end")
            await settled(pilot)
        assert asked == [None, ("1", ""), ("2", "")]
        assert "600 of 600" in shown(app)


# Badges


async def test_badges_are_drawn_into_a_file(app: IpweekApp, tmp_path: Path) -> None:
    """Ctrl+S shows what the check found, here a name that is too long, then writes the PDF and says how many are in it."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)
        app.screen.query_one(Form).boxes["out"].text = str(tmp_path / "badges.pdf")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Findings))
        await pilot.press("right", "enter")
        await until(pilot, lambda: (tmp_path / "badges.pdf").exists() and "badges on" in shown(app))
        assert (tmp_path / "badges.pdf").read_bytes().startswith(b"%PDF")


async def test_a_fault_of_the_program_becomes_a_line(work: App, app: IpweekApp) -> None:
    """An exception that no service should raise does not take the desk down."""

    def broken(*_args: object, **_rest: object) -> RegistrationPage:
        raise ZeroDivisionError

    work.registrations.page = broken  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert app.last is not None
        assert "ZeroDivisionError" in app.last.text


async def test_a_record_that_went_meanwhile_is_told(work: App, app: IpweekApp) -> None:
    """Another desk removed what this one opens."""

    def gone(*_args: object) -> None:
        raise NotFoundError("record-missing", kind="result", code=HOSTILE)

    work.navigation.result = gone  # type: ignore[method-assign, assignment]
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("result", code="gone")
        await settled(pilot)
        assert app.last is not None
        assert "[/]" in shown(app)


async def test_sessions_are_called_by_their_names(work: App, app: IpweekApp) -> None:
    """Under the list, under the codes of a substitute's form and in the status, in the language in force."""
    session = {"code": "s-1", "event": "release", "kind": EventKind.RELEASE, "capacity": 1}
    work.records.add(work.actor, "session", session | {"name_en": "Case analysis", "name_zh": "案例分析"})
    work.records.edit(work.actor, "event", "release", {"capacity": 10})
    work.registrations.register(work.actor, "release", NewRegistration("Wang", sessions=("s-1",)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("r", *"wang")
        await settled(pilot)
        assert "Case analysis" in shown(app)
        assert "s-1" not in shown(app)
        await pilot.press("f4")
        await settled(pilot)
        assert _text(app, "sessions") == "s-1"
        assert "Case analysis" in shown(app)
        await pilot.press("f8")
        await settled(pilot)
        assert "案例分析" in shown(app)
        await pilot.press("escape")
        await pilot.press("ctrl+n", *"Zhao")
        app.screen.query_one(Form).boxes["sessions"].text = "s-1"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.last is not None
        assert "案例分析" in app.last.text
        assert "s-1" not in app.last.text


async def test_an_open_choice_names_its_key_and_a_week_begins_with_its_zone(app: IpweekApp) -> None:
    """Space opens the list, Esc closes it alone, and both stand at the bottom in the language in force."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="week")
        await settled(pilot)
        assert _text(app, "zone") == "Asia/Shanghai"
        app.go("form", kind="event")
        await settled(pilot)
        await pilot.press("down", "down")
        await settled(pilot)
        assert "Space Choose" in shown(app)
        await pilot.press("space")
        await settled(pilot)
        assert "Esc Close the list" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, RecordFormScreen)
        assert "Space Choose" in shown(app)


async def test_a_letter_chooses_without_opening_the_list(app: IpweekApp) -> None:
    """A letter takes the next word that begins with it, the same again the one after that; others do nothing."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="event")
        await settled(pilot)
        await pilot.press("down", "down")
        for letter, kind in (("r", "release"), ("c", "case_analysis"), ("c", "ceremony"), ("z", "ceremony")):
            await pilot.press(letter)
            assert _text(app, "kind") == kind
        await pilot.press("f8", "培")
        assert _text(app, "kind") == "training"


async def test_a_new_record_belongs_to_what_is_in_hand(app: IpweekApp) -> None:
    """From the list of all sessions a new one begins at the event in hand."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("records", kind="session")
        await settled(pilot)
        await pilot.press("insert")
        await settled(pilot)
        assert _text(app, "event") == "release"


async def test_a_line_about_a_field_goes_with_its_form(app: IpweekApp) -> None:
    """What is to be mended is told as long as there is something to mend."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="venue")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "see the field marked" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert app.last is None


@pytest.mark.parametrize(
    ("place", "about", "said"),
    [
        ("records", {"kind": "speaker"}, "Nothing here yet: Ins adds the first"),
        ("people", {}, "Nobody is registered yet: Ins registers somebody"),
    ],
)
async def test_an_empty_list_says_what_to_do_next(
    work: App, app: IpweekApp, place: str, about: dict[str, str], said: str
) -> None:
    """And where a search leaves nothing, that nothing matches."""
    work.records.remove(work.actor, "speaker", "li")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.hold(app.week, work.records.show("event", "later"))
        app.go(place, **about)
        await settled(pilot)
        assert said in shown(app)
        await pilot.press("slash", "q", "q")
        await settled(pilot)
        assert said not in shown(app)
        assert " matches" in shown(app)


async def test_a_question_stays_when_the_form_is_saved_behind_it(work: App, app: IpweekApp) -> None:
    """Esc while the form is being saved asks; the saved form takes neither the question nor itself away."""
    real, release = work.records.add, threading.Event()

    def slow(*about: Any) -> Record:
        release.wait(5)
        return real(*about)

    work.records.add = slow  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="venue")
        await settled(pilot)
        form = app.screen
        await pilot.press(*"north", "down", *"North", "ctrl+s", "escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        release.set()
        await until(pilot, lambda: "saved" in shown(app).splitlines()[-2])
        assert isinstance(app.screen, Ask)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is form)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not form)
    assert work.records.show("venue", "north").code == "north"
