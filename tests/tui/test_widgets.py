"""Text in cells, figures, tables; keys that have ids and no letters where something is typed."""

from decimal import Decimal

import pytest
from rich.cells import cell_len
from textual.binding import Binding
from textual.screen import Screen

from ipweek.tui.app import IpweekApp
from ipweek.tui.figures import bar, spark
from ipweek.tui.places import PLACES
from ipweek.tui.screens import (
    badge_view,
    badges,
    dialogs,
    home,
    importing,
    importing_columns,
    importing_file,
    importing_outcome,
    importing_preview,
    imports,
    links,
    people,
    person,
    person_form,
    programme,
    record_form,
    records,
    register,
    register_find,
    registration_choosing,
    result,
    summary,
)
from ipweek.tui.screens.importing_step import Step
from ipweek.tui.widgets.chrome import shown_key
from ipweek.tui.widgets.page import Line, Page
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.text import crop, ends, fit, visible

TEXTS = ("", "abc", "惠州华阳样例有限公司", "a惠b州", "\x1b[31mred\u202e", "e\u0301" * 9, "宽" * 200)
MODULES = (
    badge_view, badges, dialogs, home, importing, importing_columns, importing_file, importing_outcome,
    importing_preview, imports, links, people, person, person_form, programme, record_form,
    records, register, register_find, registration_choosing, result, summary,
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("width", [0, 1, 2, 3, 7, 40])
def test_fit_is_exact(text: str, width: int) -> None:
    """Whatever the text, it takes the cells it was given, and no hidden character is in it."""
    for shown in (fit(text, width), fit(text, width, right=True), ends(text, text, width)):
        assert cell_len(shown) == width
        assert shown == visible(shown)


def test_crop_says_that_it_cut() -> None:
    """A cut text ends in an ellipsis, also between the two cells of a character."""
    assert crop("惠州华阳", 8) == "惠州华阳"
    assert crop("惠州华阳", 7) == "惠州华…"
    assert crop("惠州华阳", 6) == "惠州…"


def test_ends_keeps_what_matters() -> None:
    """The text at the right stands whole in its half; the one at the left gives way to it."""
    assert ends("a" * 90, "right", 20) == "a" * 12 + "…  right"
    assert ends("left", "r" * 90, 20) == "left  " + "r" * 13 + "…"


def test_bars_and_sparks() -> None:
    """Eighths of cells; more than all is all; nothing is nothing."""
    assert bar(Decimal("0.5"), 4) == "██  "
    assert bar(Decimal(9), 2) == "██"
    assert bar(Decimal("0.0625"), 2) == "▏ "
    assert spark([0, 7], 8) == "▁█"
    assert spark([1, 1, 1, 1], 2) == "██"
    assert spark([0, 0], 8) == ""


def test_keys_are_written_as_people_read_them() -> None:
    """Textual's names as labels."""
    assert [shown_key(key) for key in ("ctrl+p", "f10", "insert,ctrl+n", "escape")] == [
        "Ctrl+P",
        "F10",
        "Ins",
        "Esc",
    ]


async def test_a_table_never_is_wider_than_its_screen(app: IpweekApp) -> None:
    """Optional columns go first, then the widest are shrunk; every line has the width of the widget."""
    columns = [Column[str](title, lambda row: row, optional=title == "d") for title in "abcd"]
    async with app.run_test(size=(80, 24)) as pilot:
        screen: Screen[None] = Screen()
        await app.push_screen(screen)
        table = Rows(columns)
        await screen.mount(table)
        table.show(TEXTS)
        await pilot.pause()
        for y in range(len(TEXTS) + 1):
            assert table.render_line(y).cell_length == table.size.width
        assert "d" not in table.render_line(0).text


def _bindings() -> list[tuple[str, Binding]]:
    found = []
    for module in MODULES:
        for name, thing in vars(module).items():
            if (
                isinstance(thing, type)
                and issubclass(thing, Screen | Step)
                and thing.__module__ == module.__name__
            ):
                found += [(name, binding) for binding in thing.__dict__.get("BINDINGS", ())]
    return found


def test_bindings_have_ids() -> None:
    """Keys can be remapped, because each binding has a name."""
    assert [name for name, binding in _bindings() if binding.description and not binding.id] == []
    assert len(_bindings()) > 30


def test_no_letters_are_keys_where_something_is_typed() -> None:
    """Single letters are keys on Home only."""
    letters = [name for name, binding in _bindings() for key in binding.key.split(",") if len(key) == 1]
    assert set(letters) == {"HomeScreen"}


def test_places_have_screens() -> None:
    """Every letter of Home leads to a place."""
    assert {place for _letter, place, _label in home.LETTERS} <= set(PLACES)


async def test_a_line_is_cleaned_as_it_is_drawn(app: IpweekApp) -> None:
    """Whatever a span holds, no hidden character reaches the terminal."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen: Screen[None] = Screen()
        await app.push_screen(screen)
        page = Page()
        await screen.mount(page)
        page.show(lambda _width: [Line((("\x1b[31mred\u202e", "plain"),))])
        await pilot.pause()
        assert page.render_line(0).text.strip() == "[31mred"
