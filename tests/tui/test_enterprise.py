"""One enterprise on one screen: its people, its quota, labels and contacts, and the ways to it and from it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from ipweek.bootstrap import App
from ipweek.domain.ids import new_id
from ipweek.domain.text import is_hidden
from ipweek.domain.words import LabelKind
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseContact, EnterpriseLabel
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.enterprise import EnterpriseScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.widgets.page import Page
from tests.tui.conftest import HOSTILE
from tests.tui.steps import settled, shown, until

EVIL = "\x1b[31m\u202e[/]evil"


@pytest.fixture
def furnished(work: App) -> App:
    """The enterprise with labels, one of them expired, and a contact named to do harm."""
    with work.uow.write_core() as connection:
        acme = connection.scalar(select(Enterprise.id).where(Enterprise.code == "acme"))
        label = {"enterprise_id": acme, "certificate": EVIL, "valid_from": date(2016, 1, 1)}
        connection.execute(
            insert(EnterpriseLabel),
            [
                {"id": new_id(), "label": LabelKind.HIGH_TECH, "valid_to": date(2018, 12, 31), **label},
                {"id": new_id(), "label": LabelKind.LITTLE_GIANT, "valid_to": None, **label},
            ],
        )
        contact = {"name": EVIL, "phone": "+8619900001234", "email": "somebody@example.com"}
        connection.execute(insert(EnterpriseContact), {"id": new_id(), "enterprise_id": acme, **contact})
    return work


async def _open(pilot) -> None:
    await settled(pilot)
    pilot.app.go("enterprise", code="acme")
    await settled(pilot)


async def test_everything_on_one_page(furnished: App) -> None:
    """People with their status, the record, labels with their validity, contacts masked; nothing of it raw."""
    app = IpweekApp(furnished)
    async with app.run_test(size=(120, 40)) as pilot:
        await _open(pilot)
        text = shown(app)
        assert "李静" in text
        assert "waiting" in text
        assert HOSTILE[:12] in text
        assert [line for line in text.splitlines() if "high-tech" in line and "expired" in line]
        assert not [line for line in text.splitlines() if "little giant" in line and "expired" in line]
        assert "1234" in text
        assert "19900001234" not in text
        assert "somebody@" not in text
        assert not any(is_hidden(char) for char in text.replace("\n", ""))


@pytest.mark.parametrize(("quota", "over"), [(1, "2 more than the quota of 1"), (3, ""), (None, "")])
async def test_the_quota_warns(work: App, app: IpweekApp, quota: int | None, over: str) -> None:
    """Three people are told beside the quota, and those past it in a line of their own."""
    work.records.edit(work.actor, "enterprise", "acme", {"quota": quota})
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot)
        title = shown(app).splitlines()[1]
        assert "delegates 3" in title
        assert (f"quota {quota}" in title) == (quota is not None)
        assert ("over quota" in title) == bool(over)
        assert over in shown(app)
        assert bool(over) == ("more than the quota" in shown(app))


async def test_a_delegate_is_one_enter_away(app: IpweekApp) -> None:
    """Enter opens the delegate under the cursor, and Esc comes back to the enterprise."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot)
        delegate = app.screen.query_one(Page).current
        await pilot.press("enter")
        await settled(pilot)
        assert not isinstance(app.screen, EnterpriseScreen)
        assert delegate.name[:8] in shown(app).splitlines()[1]
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, EnterpriseScreen)


async def test_the_list_of_enterprises_leads_to_it(app: IpweekApp) -> None:
    """Enter on an enterprise opens its page, F2 there its form; its industry leads to the results."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("e")
        await settled(pilot)
        await pilot.press("slash", *"acme", "enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, EnterpriseScreen)
        await pilot.press("f2")
        await settled(pilot)
        assert isinstance(app.screen, RecordFormScreen)
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("end", "enter")
        await settled(pilot)
        assert isinstance(app.screen, RecordsScreen)
        assert app.screen.kind.code == "result"


async def test_without_an_event_it_asks_for_one(app: IpweekApp) -> None:
    """Where no event is in hand one is chosen first, and then the enterprise stands there."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.hold(app.week, None)
        app.go("enterprise", code="acme")
        await pilot.pause(0.1)
        await pilot.press(*"exchange", "enter")
        await pilot.pause(0.1)
        await settled(pilot)
        assert isinstance(app.screen, EnterpriseScreen)
        assert "nobody yet" in shown(app)


async def _type(pilot, *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def test_contact_label_and_name_are_added_and_removed(work: App, app: IpweekApp) -> None:
    """Ins chooses what; the form saves; the page shows it; F2 on its line corrects it, Delete takes it away."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot)
        await _type(pilot, "insert")
        await _type(pilot, "enter")
        await _type(pilot, *"Wang", "enter", *"manager", "enter", *"12", "ctrl+s")
        assert "phone number" in shown(app), "a wrong one is told under its field"
        await _type(pilot, *"345", "ctrl+s")
        app.screen.query_one("Form").boxes["phone"].text = "19900000001"
        await _type(pilot, "ctrl+s")
        assert isinstance(app.screen, EnterpriseScreen)
        await _type(pilot, "insert")
        await _type(pilot, *"other", "enter")
        await _type(pilot, *"Acme Works", "ctrl+s")
        await _type(pilot, "end")
        text = shown(app)
        assert "Acme Works" in text
        assert "199****0001" in text
        await _type(pilot, "delete")
        await _type(pilot, "right", "enter")
        assert work.enterprises.aliases("acme") == ()
        await _type(pilot, "end", "f2")
        await _type(pilot, "end", *"!", "ctrl+s")
        (contact,) = work.enterprises.contacts(work.actor, "acme")
        assert (contact.name, contact.role, contact.phone) == ("Wang!", "manager", "199****0001")


async def test_the_list_counts_and_is_narrowed(work: App, app: IpweekApp) -> None:
    """Came of registered beside the quota; F4 leaves those over it, which may be none, and gives the others back."""
    work.records.add(work.actor, "enterprise", {"code": "far", "name_zh": "远处", "name_en": "Far"})
    work.records.edit(work.actor, "enterprise", "acme", {"quota": 1})
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await _type(pilot, "e")
        assert "0/2 +1" in shown(app)
        assert "1 (+2)" in shown(app)
        await _type(pilot, "f4")
        await _type(pilot, "enter")
        assert "over quota" in shown(app).splitlines()[1]
        assert "Far" not in shown(app)
        work.records.edit(work.actor, "enterprise", "acme", {"quota": 9})
        app.screen.reload()
        await until(pilot, lambda: "Nothing matches" in shown(app))
        await _type(pilot, "f4")
        await _type(pilot, "enter")
        assert "Far" in shown(app)


async def test_codes_go_out_as_pictures(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """F9 asks for a folder and writes the ZIP of this enterprise."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot)
        await _type(pilot, "f9")
        app.screen.query_one("Entry").value = str(tmp_path / "codes")
        await pilot.press("enter")
        await until(
            pilot, lambda: app.last is not None and "ZIP" in app.last.text and app.last.tone == "good"
        )
        assert len(list((tmp_path / "codes").iterdir())) == 1


async def test_there_and_back_is_one_place(work: App, app: IpweekApp) -> None:
    """From a person to the enterprise and to the same person again is back where one was: one Esc leads on."""
    row = work.registrations.page("release", "李静").rows[0]
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        home = app.screen
        for place, about in (
            ("registration", {"registration": row}),
            ("enterprise", {"code": "acme"}),
            ("registration", {"registration": row}),
        ):
            app.go(place, **about)
            await settled(pilot)
        assert "李静" in shown(app).splitlines()[1]
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is home
