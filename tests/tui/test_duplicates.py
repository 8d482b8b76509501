"""Duplicates in the terminal: proposed, put side by side, chosen from, merged, undone; or found to be two."""

import pytest

from ipweek.bootstrap import App
from ipweek.domain.registrations import NewRegistration
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.duplicate import DuplicateScreen
from ipweek.tui.screens.duplicates import DuplicatesScreen
from ipweek.tui.screens.merges import MergesScreen
from ipweek.tui.screens.person import PersonScreen
from tests.tui.conftest import HOSTILE
from tests.tui.steps import settled, shown, until


@pytest.fixture
def twice(work: App) -> App:
    """Somebody at an event twice, under two names, one of which does harm."""
    for name, title in ((HOSTILE, "Engineer"), ("王芳", "")):
        new = NewRegistration(name, phone="19900001000", title=title)
        work.registrations.register(work.actor, "later", new)
    return work


async def _at(pilot, screen: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, screen))
    await settled(pilot)
    assert isinstance(pilot.app.screen, screen)


@pytest.mark.parametrize(("language", "size"), [("en", (80, 24)), ("zh", (120, 40))])
async def test_side_by_side_merged_and_undone(twice: App, language: str, size: tuple[int, int]) -> None:
    """From home to the pair; → takes the other's value; Enter asks; the merge stands in a list that undoes it."""
    choose(language)
    app = IpweekApp(twice)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("f4")
        await _at(pilot, DuplicatesScreen)
        assert ("同音" if language == "zh" else "+same phone")[:2] in shown(app) or "电话相同" in shown(app)
        await pilot.press("enter")
        await _at(pilot, DuplicateScreen)
        kept = {"en": "kept", "zh": "保留"}[language]
        assert kept in shown(app)
        line = next(line for line in shown(app).splitlines() if "王芳" in line)
        assert "≠" in line
        assert line.index("●") < line.index("王芳") or line.count("●") == 1
        await pilot.press("right")
        await settled(pilot)
        assert app.screen._fields == {"name": "drop"}
        wanted = app.screen._review.fields[0].drop
        await pilot.press("enter")
        await _at(pilot, Ask)
        await pilot.press("right", "enter")
        await _at(pilot, DuplicatesScreen)
        (line,) = twice.merging.merges()
        assert line.keep == wanted
        assert twice.duplicates.people().total == 0
        await pilot.press("f6")
        await _at(pilot, MergesScreen)
        await pilot.press("f5")
        await _at(pilot, Ask)
        await pilot.press("right", "enter")
        await _at(pilot, MergesScreen)
        await until(pilot, lambda: twice.merging.merges()[0].undone_at is not None)
        assert twice.duplicates.people().total == 1


async def test_from_a_person_and_not_the_same(twice: App) -> None:
    """A person's page says that he may be twice, and leads there; a decision that they are two takes the line away."""
    app = IpweekApp(twice)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        row = next(row for row in twice.registrations.page("later").rows if row.name == "王芳")
        app.go("registration", registration=row)
        await _at(pilot, PersonScreen)
        assert "! possible duplicates: 1" in shown(app)
        await pilot.press("home", "enter")
        await _at(pilot, DuplicatesScreen)
        await pilot.press("delete")
        await _at(pilot, Ask)
        await pilot.press("enter")
        await _at(pilot, DuplicatesScreen)
        assert twice.duplicates.people().total == 1
        await pilot.press("delete")
        await _at(pilot, Ask)
        await pilot.press("right", "enter")
        await _at(pilot, DuplicatesScreen)
        assert twice.duplicates.people().total == 0
        await pilot.press("escape")
        await _at(pilot, PersonScreen)
        assert "possible duplicates" not in shown(app)
