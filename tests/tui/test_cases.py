"""The case library and a case's page: found, filtered, linked, exported; who recuses himself stands there in words."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from ipweek.bootstrap import App
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.starts import Start
from ipweek.domain.words import CaseCause, Countermeasure, PartyRole
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.case import CaseScreen
from ipweek.tui.screens.cases import CasesScreen
from ipweek.tui.screens.dialogs import Choose, Prompt
from ipweek.tui.screens.enterprise import EnterpriseScreen
from ipweek.tui.screens.links import LinksScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.widgets.page import Page
from tests.tui.conftest import HOSTILE, WIDE
from tests.tui.steps import settled, shown, until


@pytest.fixture
def cases(work: App) -> App:
    """Three cases: one of our enterprise `acme`, one named to do harm, one later than the event."""

    def add(kind: str, **values: object) -> None:
        work.records.add(work.actor, kind, values)

    work.records.edit(work.actor, "enterprise", "acme", {"name_en": "Acme", "name_zh": "爱科米"})
    add("case", code="acme-case", name_en="Volta v. Acme", name_zh="伏打诉爱科米", cause=CaseCause.PATENT,
        industry="led", forum_en="ITC", outcome_en="Withdrawn.", countermeasures=(Countermeasure.INVALIDATION,))  # fmt: skip
    add("case_party", case="acme-case", name_en="Volta", role=PartyRole.CLAIMANT, country="de")
    add("case_party", case="acme-case", name_en="Acme", role=PartyRole.DEFENDANT)
    add("case_event", case="acme-case", happened="2018-05", text_en="Filed.")
    add("case", code="evil", name_en=HOSTILE, forum_en=WIDE, cause=CaseCause.VALIDITY, outcome_en=HOSTILE * 9)
    add("case_party", case="evil", name_en=WIDE, role=PartyRole.CLAIMANT)
    add("case_event", case="evil", happened="2017", text_en=WIDE * 3)
    add("case", code="late", name_en="Late", cause=CaseCause.FRAND)
    add("case_event", case="late", happened="2021-10-25", text_en="Filed.")
    work.records.edit(work.actor, "event", "release", {"start": Start(date(2019, 4, 25), None)})
    return work


async def _open(pilot, place: str, /, **about: object) -> None:
    await settled(pilot)
    pilot.app.go(place, **about)
    await settled(pilot)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_library_fits(cases: App, language: str, size: tuple[int, int]) -> None:
    """All cases with cause and years, in lines no wider than the terminal; nothing hostile is run or breaks a line."""
    choose(language)
    app = IpweekApp(cases)
    async with app.run_test(size=size) as pilot:
        await _open(pilot, "cases")
        text = shown(app)
        assert ("伏打诉爱科米" if language == "zh" else "Volta v. Acme") in text
        assert HOSTILE[:12] in text
        assert "2021" in text
        assert "4" in text.splitlines()[1]
        await _open(pilot, "case", code="evil")
        assert HOSTILE[:12] in shown(app)
        assert "\x1b" not in shown(app)


async def test_words_and_filters(cases: App) -> None:
    """Words anywhere in a case find it; F4 offers what the library holds, and takes it away again."""
    app = IpweekApp(cases)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, "records", kind="case")
        assert isinstance(app.screen, CasesScreen)
        await pilot.press("slash", *"volta filed", "enter")
        await settled(pilot)
        assert [case.code for case in app.screen.rows.rows] == ["acme-case"]
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.rows.count == 4
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        assert "FRAND" in shown(app)
        await pilot.press(*"invalidation", "enter")
        await until(pilot, lambda: isinstance(app.screen, CasesScreen))
        await settled(pilot)
        assert [case.code for case in app.screen.rows.rows] == ["acme-case"]
        assert "invalidation" in shown(app).splitlines()[1]
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CasesScreen))
        await settled(pilot)
        assert app.screen.rows.count == 4


async def test_a_case_leads_to_everything(cases: App) -> None:
    """Enter on our enterprise opens it, on a session its links; F2 the form of what is under the cursor."""
    cases.cases.link(cases.actor, "talk", "acme-case")
    app = IpweekApp(cases)
    async with app.run_test(size=(120, 50)) as pilot:
        await _open(pilot, "cases")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, CaseScreen))
        await settled(pilot)
        assert "2018-05" in shown(app)
        page = app.screen.query_one(Page)
        kinds = [page.target(place).opens.kind for place in range(page.count) if page.target(place)]
        assert kinds == ["industry", "case_party", "enterprise", "case_event", "session"]
        for place, opened in (
            (2, EnterpriseScreen),
            (3, RecordFormScreen),
            (4, LinksScreen),
            (0, CasesScreen),
        ):
            await pilot.press("home", *["down"] * place, "enter")
            await until(pilot, lambda kind=opened: isinstance(app.screen, kind))
            await settled(pilot)
            assert isinstance(app.screen, opened), place
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, CaseScreen))
        for place, kind in ((0, "case"), (2, "case_party"), (3, "case_event")):
            await pilot.press("home", *["down"] * place, "f2")
            await until(pilot, lambda: isinstance(app.screen, RecordFormScreen))
            assert app.screen.kind.code == kind
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, CaseScreen))


async def test_steps_are_added_and_removed_in_place(cases: App) -> None:
    """Ins asks what, its form knows the case; Del on a step asks and removes it."""
    app = IpweekApp(cases)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, "case", code="acme-case")
        await pilot.press("insert")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordFormScreen))
        await settled(pilot)
        boxes = app.screen.form.boxes
        assert boxes["case"].text == "acme-case"
        boxes["happened"].text, boxes["text_en"].text = "2019-02", "Ended."
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CaseScreen))
        await settled(pilot)
        assert "Ended." in shown(app)
        await pilot.press("end", "delete")
        await until(pilot, lambda: not isinstance(app.screen, CaseScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, CaseScreen))
        await settled(pilot)
        assert [step.happened for step in cases.cases.case("acme-case").steps] == ["2018-05"]


async def test_a_session_links_cases_and_is_told_who_recuses(cases: App) -> None:
    """One key for results and cases; the staff of a party are named at the link, on the links and on the case."""
    cases.registrations.register(cases.actor, "release", NewRegistration("赵敏", enterprise="acme"))
    app = IpweekApp(cases)
    async with app.run_test(size=(120, 40)) as pilot:
        await _open(pilot, "links", place=cases.records.show("session", "talk"))
        await pilot.press("insert")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press(*"acme-case", "enter")
        await until(pilot, lambda: isinstance(app.screen, LinksScreen))
        await until(pilot, lambda: app.screen.rows.count == 1)
        await settled(pilot)
        assert app.last.tone == "warn"
        assert "赵敏" in app.last.text
        assert "爱科米 must recuse" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CaseScreen))
        await settled(pilot)
        assert "赵敏" in shown(app)
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, LinksScreen))
        await settled(pilot)
        await pilot.press("delete")
        await until(pilot, lambda: not isinstance(app.screen, LinksScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, LinksScreen))
        await settled(pilot)
        assert cases.cases.links(case="acme-case") == ()


async def test_a_later_case_is_refused_in_words(cases: App) -> None:
    """The status says why, and nothing is linked."""
    app = IpweekApp(cases)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, "links", case=cases.records.show("case", "late"))
        await pilot.press("insert")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press(*"release", "enter")
        await until(pilot, lambda: app.last is not None and app.last.tone == "bad")
        assert "2021-10-25" in app.last.text
        assert cases.cases.links() == ()


async def test_the_sheet_is_exported(cases: App, tmp_path: Path) -> None:
    """F9 offers the whole case and what was known on the day it is analysed; a file that is there is not lost."""
    cases.cases.link(cases.actor, "release", "acme-case")
    cases.records.add(
        cases.actor, "case_event", {"case": "acme-case", "happened": "2020", "text_en": "Ended."}
    )
    app = IpweekApp(cases)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, "case", code="acme-case")
        for steps, ends in ((0, True), (1, False)):
            out = tmp_path / f"{steps}.pdf"
            await pilot.press("f9")
            await until(pilot, lambda: isinstance(app.screen, Choose))
            await pilot.press(*["down"] * steps, "enter")
            await until(pilot, lambda: isinstance(app.screen, Prompt))
            app.screen.query_one("Entry").value = str(out)
            await pilot.press("enter")
            await until(pilot, out.exists)
            text = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
            assert "Filed." in text
            assert ("Ended." in text) is ends
            assert ("Withdrawn." in text) is ends


async def test_the_desk_is_warned_at_registration(cases: App) -> None:
    """Somebody of a party is registered, and the desk reads that he is to recuse himself."""
    cases.records.edit(cases.actor, "event", "release", {"capacity": 9})
    cases.cases.link(cases.actor, "talk", "acme-case")
    app = IpweekApp(cases)
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, "register")
        await pilot.press("insert")
        await settled(pilot)
        boxes = app.screen.form.boxes
        boxes["name"].text, boxes["enterprise"].text = "钱进", "爱科米"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.last is not None and app.last.tone == "warn")
        assert "钱进" in app.last.text
        assert "recuse" in app.last.text
