"""Every screen opens, with names that were made to break it, in both languages and in a small terminal."""

from dataclasses import replace
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len
from sqlalchemy import select, update
from textual.events import Key

from ipweek.bootstrap import App
from ipweek.domain.checkin import DoorSettings
from ipweek.domain.duplicates import Duplicate
from ipweek.domain.ids import new_id
from ipweek.domain.kinds import KINDS, WHOLES
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.report_notes import NotePart
from ipweek.domain.text import is_hidden
from ipweek.domain.words import OperatorRole
from ipweek.i18n import _, choose, language
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.people import Person
from ipweek.storage.tables.programme import Event
from ipweek.tui.app import IpweekApp
from ipweek.tui.places import PLACES
from ipweek.tui.screens.dialogs import Help
from ipweek.tui.screens.enterprise_part import Part
from ipweek.tui.screens.home import LETTERS, HomeScreen
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.widgets.chrome import MOST_KEYS, KeyLine
from tests.tui.conftest import HOSTILE
from tests.tui.steps import settled, shown, until

SIZES = ((80, 24), (120, 40))
_FORMS = (
    "form", "correct", "demand-entry", "enterprise-part", "import", "imports", "patents", "badges", "badge",
    "summary", "scans", "report-text", "duplicate", "signin-sheets", "certificates", "export", "print-log",
    "door", "operator", "wall", "desks",
)  # fmt: skip
"""Places without a line under a cursor, here at least."""


def _twice(work: App) -> Duplicate:
    """Somebody who is there twice, under a name that does harm and another."""
    for name in (HOSTILE, "王芳"):
        work.registrations.register(work.actor, "later", NewRegistration(name, phone="19900001000"))
    return work.duplicates.people().pairs[0]


def _about(work: App, place: str) -> dict[str, object]:
    """What a place is about, where it needs to be told; and what it shows, where nothing is there yet."""
    page = work.registrations.page("release", "李静")
    if place in ("demand", "exchange"):
        need = {
            "code": "need",
            "enterprise": "acme",
            "event": "release",
            "category": "layout",
            "text": HOSTILE,
        }
        work.records.add(work.actor, "demand", need)
    if place in ("duplicate", "duplicates", "merges"):
        pair = _twice(work)
        if place == "merges":
            work.merging.merge(work.actor, pair.first.ref, pair.second.ref)
        if place == "duplicate":
            return {"pair": pair}
    if place == "feedback":
        with work.uow.write() as session:
            event = session.scalars(select(Event).where(Event.code == "release")).one()
            session.add(
                FeedbackAnswer(id=new_id(), event_id=event.id, key="1", satisfaction=5, comment=HOSTILE)
            )
    if place in ("operator", "operators"):
        line = work.operators.add(work.actor, HOSTILE, OperatorRole.ORGANIZER)
        return {"line": line} if place == "operator" else {}
    return {
        "door": {"door": work.checkin.door("release"), "settings": DoorSettings(note=HOSTILE)},
        "registration": {"registration": page.rows[0]},
        "correct": {"registration": page.rows[0]},
        "badge": {"registration": page.rows[0]},
        "records": {"kind": "session"},
        "form": {"kind": "event", "record": work.records.show("event", "release")},
        "result": {"code": "led-2019"},
        "enterprise": {"code": "acme"},
        "enterprise-part": {"enterprise": work.records.show("enterprise", "acme"), "part": Part("contact")},
        "case": {"code": "a-v-b"},
        "demand": {"code": "need"},
        "indicator": {"code": "grants"},
        "figure": {"kind": "event", "code": "release", "key": "registrations.registered"},
        "reach": {"code": "led-2019"},
        "report-text": {
            "place": work.records.show("event", "release"),
            "part": NotePart.EFFECT,
            "values": {"effect_zh": HOSTILE},
        },
        "links": {"place": work.records.show("event", "release")},
    }.get(place, {})


@pytest.mark.parametrize("place", sorted(PLACES))
async def test_opens(work: App, place: str) -> None:
    """A screen opens with hostile names in it, shows no hidden character, names its keys, F1 last, and goes by Esc."""
    app, about = IpweekApp(work), _about(work, place)
    async with app.run_test(size=SIZES[0]) as pilot:
        await settled(pilot)
        for tongue, size in product(("en", "zh"), SIZES):
            choose(tongue)
            await pilot.resize_terminal(*size)
            app.go(place, **about)
            await settled(pilot)
            assert app.screen.size == size
            _looks_right(app, place, tongue)
            await pilot.press("escape")
            await settled(pilot)
            assert isinstance(app.screen, HomeScreen)


def _looks_right(app: IpweekApp, place: str, tongue: str) -> None:
    assert not isinstance(app.screen, HomeScreen)
    assert app.last is None, "nothing was refused"
    text = shown(app)
    keys = text.splitlines()[-1].rstrip().split("  ")
    assert keys[-1].split() == ["F1", _("Help")]
    assert len(keys) <= MOST_KEYS
    labels = [_(each.binding.description) for each in app.screen.active_bindings.values()]
    assert all(key.strip().partition(" ")[2] in labels for key in keys), "labels are whole"
    said = [_(each.binding.description) for each in app.screen.active_bindings.values() if each.binding.show]
    assert tongue == "en" or not any(map(str.isascii, said)), "no English among the Chinese"
    assert not any(is_hidden(char) for char in text.replace("\n", ""))
    assert "▸" in text or place in _FORMS


_WITHOUT_NAMES = {"import", "imports", "patents", "badges", "programme", "demand-entry"}
"""Places that show nothing of what is stored but in their titles."""


@pytest.mark.parametrize("place", sorted(PLACES.keys() - _WITHOUT_NAMES))
async def test_hostile_names_are_shown_as_they_are(work: App, place: str) -> None:
    """What looks like markup stands in lists as it was typed."""
    app = IpweekApp(work)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.go(place, **_about(work, place))
        await settled(pilot)
        assert HOSTILE[:12] in shown(app)


async def test_hostile_bytes_of_the_database_are_cleaned_at_display(work: App) -> None:
    """An escape sequence and a bidi override that came past the input never reach the terminal."""
    with work.uow.write_core() as connection:
        connection.execute(update(Person).values(name="\x1b[31m\u202e[/]evil"))
        connection.execute(update(Enterprise).values(name_en="\x1b[2J\u202e[/]evil"))
        connection.execute(update(Event).values(name_en="\x1b]0;t\x07\u2066[/]evil"))
    app = IpweekApp(work)
    async with app.run_test(size=(80, 24)) as pilot:
        for place in ("people", "live", "register", "summary", "records", "wall"):
            await settled(pilot)
            app.go(place, **({"kind": "event"} if place == "records" else {}))
            await settled(pilot)
            text = shown(app).replace("\n", "")
            assert "evil" in text
            assert not any(is_hidden(char) for char in text)


async def test_letters_lead_on_from_home(app: IpweekApp) -> None:
    """Each letter that Home names opens another screen."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for letter, _place, _label in LETTERS:
            await pilot.press(letter)
            await settled(pilot)
            assert len(app.screen_stack) == 3, letter
            await pilot.press("escape")
            await settled(pilot)


async def test_an_empty_workspace_says_what_to_do(empty_work: App) -> None:
    """Home of an empty workspace offers the first week, and Enter opens its form."""
    app = IpweekApp(empty_work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "This workspace is empty." in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "New: Week" in shown(app)


async def test_a_small_terminal_is_told_so(app: IpweekApp) -> None:
    """Below 80 × 24 stands a plain message, which goes when there is room again."""
    async with app.run_test(size=(79, 24)) as pilot:
        await settled(pilot)
        assert "80 × 24" in shown(app)
        assert "F1" not in shown(app)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "80 × 24" not in shown(app)


async def test_links_are_followed_from_week_to_result(app: IpweekApp) -> None:
    """Week, events, sessions, and by F6 the results: each one Enter away."""
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        for title in ("Weeks", "Events · Week 2019"):
            await pilot.press("enter")
            await settled(pilot)
            assert shown(app).splitlines()[1].strip().startswith(title)
        await pilot.press("f6")
        await settled(pilot)
        assert "released" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "version 1 · released" in shown(app)


async def test_every_screen_has_help(app: IpweekApp) -> None:
    """F1 lists the keys of the screen in front, and Esc closes the list."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press("f1")
        await settled(pilot)
        assert "Keys on this screen" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, RecordsScreen)


async def test_the_palette_runs_commands_in_the_language(app: IpweekApp) -> None:
    """What is typed into the palette finds a place and opens it."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"navigation")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        await settled(pilot)
        assert "Navigation results" in shown(app).splitlines()[1]


async def test_the_palette_speaks_chinese(work: App) -> None:
    """Its line to type in, its commands, and what it says where nothing matches."""
    choose("zh")
    app = IpweekApp(work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await settled(pilot)
        assert _("type what you want to do") in shown(app)
        assert _("Registration desk") in shown(app)
        await pilot.press(*"qqq")
        await until(pilot, lambda: _("No command has this in its name") in shown(app))
        assert _("No command has this in its name") in shown(app)
        assert _("No command has this in its name").isascii() is False
        await pilot.press("escape", "ctrl+p")
        for char in _("Navigation results"):
            app.post_message(Key(char, char))
        app.post_message(Key("enter", None))
        await until(pilot, lambda: isinstance(app.screen, RecordsScreen))
        assert isinstance(app.screen, RecordsScreen), (
            "the command that was typed, not the one that stood there before"
        )


async def test_the_language_changes_while_running(app: IpweekApp) -> None:
    """F8 says the keys in Chinese at once and in English again."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        english = shown(app)
        await pilot.press("f8")
        await settled(pilot)
        assert language() == "zh"
        assert shown(app).splitlines()[0].rstrip().endswith("ZH")
        await pilot.press("f8")
        await settled(pilot)
        assert shown(app) == english


async def test_the_event_in_hand_is_chosen_once(app: IpweekApp) -> None:
    """Ctrl+E changes the event of every screen."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e")
        await pilot.pause(0.1)
        await pilot.press(*"exchange", "enter")
        await pilot.pause(0.1)
        await settled(pilot)
        assert "Exchange · desk A" in shown(app).splitlines()[0]
        await pilot.press("p")
        await settled(pilot)
        assert "nobody yet" in shown(app)


async def test_a_result_is_linked_and_unlinked(work: App, app: IpweekApp) -> None:
    """Ins chooses a result and what was done with it; Del takes the link away after a question."""
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.go("links", place=work.records.show("session", "talk"))
        await settled(pilot)
        await pilot.press("insert")
        await pilot.pause(0.1)
        await pilot.press("enter")
        await pilot.pause(0.1)
        await pilot.press(*"discussed", "enter")
        await pilot.pause(0.2)
        await settled(pilot)
        assert [link.role for link in work.navigation.links("talk")] == ["discussed"]
        await pilot.press("delete")
        await pilot.pause(0.1)
        await pilot.press("right", "enter")
        await pilot.pause(0.2)
        await settled(pilot)
        assert work.navigation.links("talk") == ()


async def test_no_colour_where_the_environment_says_so(work: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR takes every colour out and leaves the text."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = IpweekApp(work)
    assert app.no_color


@pytest.mark.parametrize("theme", ["ipweek-dark", "ipweek-light", "ipweek-contrast"])
async def test_themes(app: IpweekApp, theme: str) -> None:
    """Each theme draws what stands dim in a colour of its own that is not the background's."""
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        await settled(pilot)
        strips = app.screen._compositor.render_strips()
        styles = {
            segment.style for strip in strips for segment in strip if segment.text.strip() and segment.style
        }
        assert all(style.color != style.bgcolor for style in styles)


async def test_every_kind_of_record_is_one_enter_away(work: App, app: IpweekApp) -> None:
    """Whatever can be set up on the command line is listed under the programme."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("programme")
        await settled(pilot)
        seen = shown(app)
        assert [kind for kind in WHOLES if KINDS[kind].plural not in seen] == []


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
async def test_keys_and_letters_can_be_clicked(work: App, tongue: str, size: tuple[int, int]) -> None:
    """A click on a letter of Home goes there, one on a key at the bottom presses it."""
    choose(tongue)
    app = IpweekApp(work)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for word, what in (("P " + _("people"), "people"), ("/ " + _("Search"), "-searching")):
            lines = shown(app).splitlines()
            y = next(place for place, line in enumerate(lines) if word in line)
            await pilot.click(offset=(cell_len(lines[y].partition(word)[0]) + 1, y))
            await settled(pilot)
            assert app.screen.has_class(what)
        (line,) = app.screen.query(KeyLine)
        help_at = cell_len(line.render().plain) - 1
        await pilot.click(KeyLine, offset=(help_at, 0))
        await settled(pilot)
        assert isinstance(app.screen, Help)


async def test_the_clock_of_the_status_is_the_weeks(app: IpweekApp) -> None:
    """Also of what happened before a week was in hand, as the saving of the first one does."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        week = app.week
        assert week is not None
        for zone in ("Asia/Shanghai", "America/Caracas"):
            app.hold(None, None)
            app.tell("saved")
            app.hold(replace(week, values={**week.values, "zone": zone}), None)
            app.redraw_status()
            await settled(pilot)
            assert app.last is not None
            clock = f"{app.last.moment.astimezone(ZoneInfo(zone)):%H:%M}"
            assert shown(app).splitlines()[-2].split() == ["saved", clock]
