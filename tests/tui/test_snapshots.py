"""How Home, a form and the registration desk look; after a change that is meant, run with --snapshot-update.

The pictures depend on nothing but the data of `conftest.filled_file`, the catalogue and the pinned Textual.
"""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ipweek.bootstrap import App
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from tests.tui.steps import settled

Compare = Callable[..., bool]

LOOKS = [(tongue, size) for tongue in ("en", "zh") for size in ((80, 24), (120, 40))]


async def _still(pilot: Pilot[None]) -> None:
    """Everything drawn, and no cursor that blinks."""
    await settled(pilot)
    for entry in pilot.app.screen.query(Input):
        entry.cursor_blink = False
    await pilot.pause()


@pytest.mark.parametrize(("tongue", "size"), LOOKS, ids=[f"{tongue}-{size[0]}" for tongue, size in LOOKS])
@pytest.mark.parametrize("place", ["home", "form", "register"])
def test_looks(work: App, snap_compare: Compare, place: str, tongue: str, size: tuple[int, int]) -> None:
    """The screen looks as it did when somebody last looked at it and agreed."""
    choose(tongue)

    async def arrive(pilot: Pilot[None]) -> None:
        await settled(pilot)
        app = pilot.app
        assert isinstance(app, IpweekApp)
        if place == "form":
            app.go("form", kind="event", record=work.records.show("event", "later"))
        if place == "register":
            app.go("register")
            await settled(pilot)
            await pilot.press("ctrl+n", *"wang")
        await _still(pilot)

    assert snap_compare(IpweekApp(work), terminal_size=size, run_before=arrive)
