"""Demands in the terminal: taken down at the table in seconds, the board, and one demand to its end."""

from datetime import date

import pytest

from ipweek.bootstrap import App
from ipweek.domain.exchange import DemandFilter, NewDemand
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import Confidentiality, DemandCategory, DemandStatus, EventKind
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.case import CaseScreen
from ipweek.tui.screens.demand import DemandScreen
from ipweek.tui.screens.demand_entry import DemandEntryScreen
from ipweek.tui.screens.dialogs import Ask, Choose, Prompt
from ipweek.tui.screens.exchange import ExchangeScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from tests.tui.conftest import HOSTILE, WIDE
from tests.tui.steps import settled, shown, until


@pytest.fixture
def table(work: App) -> App:
    """An exchange session with two demands: one late and named to do harm, one confidential."""
    values = {"code": "exchange", "event": "release", "kind": EventKind.EXCHANGE, "name_en": "Table"}
    work.records.add(work.actor, "session", values)
    work.records.edit(work.actor, "enterprise", "acme", {"name_en": "Acme", "name_zh": "爱科米"})
    _raise(work, HOSTILE + WIDE, enterprise=HOSTILE, contact=HOSTILE, session="exchange")
    _raise(work, "Our secret", enterprise="acme", confidentiality=Confidentiality.CONFIDENTIAL)
    work.exchange.act(work.actor, "release-demand-1", HOSTILE * 3, owner=WIDE, due_on=date(2019, 5, 1))
    return work


def _raise(work: App, text: str, **given: object) -> None:
    values = {"category": DemandCategory.DISPUTE, "event": "release", **given}
    work.exchange.raise_(work.actor, NewDemand(text=text, **values))


async def _open(pilot, place: str, /, **about: object) -> None:
    await settled(pilot)
    pilot.app.go(place, **about)
    await settled(pilot)


async def _at(pilot, screen: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, screen))
    await settled(pilot)
    assert isinstance(pilot.app.screen, screen)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_screens_fit(table: App, language: str, size: tuple[int, int]) -> None:
    """Late in sign and word, confidential texts on no list; nothing hostile is run or breaks a line."""
    choose(language)
    late = "! 逾期" if language == "zh" else "! overdue"
    app = IpweekApp(table)
    async with app.run_test(size=size) as pilot:
        await _open(pilot, "exchange")
        text = shown(app)
        assert ("! 05-01 " + late[2:]) in text
        assert HOSTILE[:9] in text
        assert "secret" not in text
        assert ("保密" if language == "zh" else "confidential") in text
        await pilot.press("enter")
        await _at(pilot, DemandScreen)
        assert late in shown(app).splitlines()[1]
        assert HOSTILE[:12] in shown(app)
        await _open(pilot, "demand-entry")
        assert ("专利布局" if language == "zh" else "patent layout") in shown(app)
        await _open(pilot, "demand", code="release-demand-2")
        assert "Our secret" in shown(app)


async def test_a_demand_in_ten_keys(table: App) -> None:
    """Beyond what is typed, five keys: the completion, on, the category's digit, save; then the next one."""
    app = IpweekApp(table)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, "demand-entry", place=table.records.show("session", "exchange"))
        await pilot.press(*"Acm")
        await settled(pilot)
        keys = ["right", "enter", "2"]
        await pilot.press(*keys, *"Where to file", "ctrl+s")
        await until(pilot, lambda: table.exchange.board().total == 3)
        await settled(pilot)
        assert len(keys) + 1 <= 10
        values = table.exchange.demand("release-demand-3").demand.values
        assert (values["enterprise"], values["session"]) == ("acme", "exchange")
        assert (values["category"], values["text"]) == (DemandCategory.LAYOUT, "Where to file")
        assert values["contact"] == "李静" or values["contact"] is None
        form = app.screen.form
        assert not form.dirty
        assert app.focused is form.boxes["enterprise"].control.widget
        assert "release-demand-3" in app.last.text
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert table.exchange.board().total == 3
        assert app.last.tone == "bad"
        await pilot.press("f4")
        await _at(pilot, DemandScreen)
        assert app.screen.code == "release-demand-3"


async def test_a_badge_tells_who_asks(table: App) -> None:
    """A scan fills enterprise and contact and goes on to the category; typed text stays."""
    table.records.edit(table.actor, "event", "release", {"capacity": 9})
    row = table.registrations.register(table.actor, "release", NewRegistration("赵敏", enterprise="acme"))
    code = next(one.code for one in table.badges.codes("release") if one.registration == row.id)
    app = IpweekApp(table)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, "demand-entry")
        app.screen.form.boxes["text"].text = "typed before"
        await app._open_person(code)
        await settled(pilot)
        boxes = app.screen.form.boxes
        assert (boxes["enterprise"].text, boxes["contact"].text) == ("爱科米", "赵敏")
        assert app.focused is boxes["category"].control.widget
        await pilot.press("9")
        await settled(pilot)
        assert boxes["category"].text == "other"
        await pilot.press("escape")
        await _at(pilot, Ask)
        await pilot.press("enter")
        await _at(pilot, DemandEntryScreen)
        assert app.screen.form.boxes["text"].text == "typed before"


async def test_the_board_is_narrowed(table: App) -> None:
    """By status, by what is late, by words; from a session of exchange it opens on its own demands."""
    table.exchange.move(table.actor, "release-demand-2", DemandStatus.DECLINED)
    app = IpweekApp(table)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, "records", kind="session", parent=table.records.show("event", "release"))
        await pilot.press("end", "enter")
        if not isinstance(app.screen, ExchangeScreen):
            app.go("exchange", parent=table.records.show("session", "exchange"))
        await _at(pilot, ExchangeScreen)
        assert [row.code for row in app.screen.rows.rows] == ["release-demand-1"]
        await pilot.press("f5")
        await settled(pilot)
        await pilot.press("f5")
        await settled(pilot)
        assert app.screen.rows.count == 2
        await pilot.press("f3")
        await settled(pilot)
        assert [row.code for row in app.screen.rows.rows] == ["release-demand-1"]
        await pilot.press("f3", "f4")
        await _at(pilot, Choose)
        await pilot.press(*"decl", "enter")
        await _at(pilot, ExchangeScreen)
        assert [row.code for row in app.screen.rows.rows] == ["release-demand-2"]
        await pilot.press("insert")
        await _at(pilot, DemandEntryScreen)


async def test_a_demand_to_its_end(table: App) -> None:
    """F4 asks for what the next status needs; a suggestion is taken, an action done, the outcome entered."""
    table.records.add(
        table.actor, "case", {"code": "c", "name_en": "Volta v. Acme", "cause": "patent", "industry": "led"}
    )
    table.records.edit(table.actor, "enterprise", "acme", {"industries": ("led",)})
    code = "release-demand-2"
    action = table.exchange.act(table.actor, code, "Call").code
    app = IpweekApp(table)

    def status() -> DemandStatus:
        return table.exchange.demand(code).demand.values["status"]

    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, "demand", code=code)
        await pilot.press("f4")
        await _at(pilot, Choose)
        await pilot.press(*"matched", "enter")
        await _at(pilot, Prompt)
        await pilot.press(*"A firm", "enter")
        await until(pilot, lambda: status() is DemandStatus.MATCHED)
        await _at(pilot, DemandScreen)
        await pilot.press("insert")
        await _at(pilot, Choose)
        await pilot.press(*"volta", "enter")
        await until(pilot, lambda: bool(table.exchange.demand(code).answers))
        await _at(pilot, DemandScreen)
        page = app.screen.query_one("Page")
        line = next(
            n
            for n in range(page.count)
            if getattr(page.target(n), "part", None) and page.target(n).part.code == action
        )
        page.cursor = line
        await pilot.press("f5")
        await _at(pilot, Prompt)
        await pilot.press("enter")
        await until(pilot, lambda: table.exchange.demand(code).actions[0].done_on is not None)
        await _at(pilot, DemandScreen)
        await pilot.press("f4")
        await _at(pilot, Choose)
        await pilot.press(*"settled", "enter")
        await _at(pilot, Prompt)
        await pilot.press(*"Filed", "enter")
        await until(pilot, lambda: status() is DemandStatus.CLOSED)
        await _at(pilot, DemandScreen)
        assert "Filed" in shown(app)
        assert (
            table.exchange.overdue(DemandFilter(event="release"), date(2030, 1, 1))[0].demand
            == "release-demand-1"
        )
        line = next(
            n
            for n in range(page.count)
            if getattr(page.target(n), "opens", None) and page.target(n).opens.kind == "case"
        )
        page.cursor = line
        await pilot.press("enter")
        await _at(pilot, CaseScreen)
        await pilot.press("escape")
        await _at(pilot, DemandScreen)
        page.cursor = 0
        await pilot.press("home", "f2")
        await _at(pilot, RecordFormScreen)
        assert app.screen.form.boxes["text"].text == "Our secret"


async def test_home_tells_how_many(table: App) -> None:
    """Demands and what is overdue stand at their event."""
    app = IpweekApp(table)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "2 demands, 1 overdue" in shown(app)
        await pilot.press("d")
        await _at(pilot, ExchangeScreen)
        assert app.screen.parent_record is None
        await pilot.press("escape", "home", "down", "enter")
        await _at(pilot, ExchangeScreen)
        assert app.screen.parent_record.code == "release"
