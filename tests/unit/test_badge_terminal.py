"""A badge on the screen: its symbol decodes, and no text of a person steers the terminal."""

from dataclasses import replace
from io import StringIO

import pytest
import zxingcpp
from PIL import Image
from rich.console import Console
from rich.segment import Segment

from ipweek.domain.badges import BadgeWords
from ipweek.render.badge_terminal import Symbol, badge
from tests.unit.badge_samples import face

FACE = face(7, title="IP manager")


def _console():
    shown = {"file": StringIO(), "width": 80, "force_terminal": True, "legacy_windows": False}
    return Console(color_system="truecolor", record=True, **shown)


def _grey(color):
    return 0 if color is None else sum(color.get_truecolor()) // 3


def _picture(lines, ink, paper):
    """The screen as pixels: four by eight a cell, half blocks painted as a terminal paints them."""
    picture = Image.new("L", (80 * 4 + 40, len(lines) * 8 + 40), paper)
    for y, line in enumerate(lines):
        cells = [(char, *_layers(part.style, ink, paper)) for part in line for char in part.text]
        for x, (char, fore, back) in enumerate(cells):
            upper, lower = {"█": (fore, fore), "▀": (fore, back), "▄": (back, fore)}.get(char, (back, back))
            left, top = 20 + x * 4, 20 + y * 8
            picture.paste(upper, (left, top, left + 4, top + 4))
            picture.paste(lower, (left, top + 4, left + 4, top + 8))
    return picture


def _layers(style, ink, paper):
    if style is None or style.color is None:
        return ink, paper
    return _grey(style.color), _grey(style.bgcolor)


@pytest.mark.parametrize(("ink", "paper"), [(230, 20), (20, 250)], ids=["dark theme", "light theme"])
def test_symbol_decodes_on_any_theme(ink, paper):
    """Colours are explicit on both layers, so the theme behind does not matter."""
    console = _console()
    lines = Segment.split_lines(console.render(Symbol(FACE.code)))
    (found,) = zxingcpp.read_barcodes(_picture(list(lines), ink, paper))
    assert found.text == FACE.code


def test_symbol_decodes_without_colour():
    """With NO_COLOR on a dark theme the shapes alone still read."""
    lines = list(Segment.split_lines(_console().render(Symbol(FACE.code))))
    bare = [[Segment(part.text) for part in line] for line in lines]
    (found,) = zxingcpp.read_barcodes(_picture(bare, 230, 20))
    assert found.text == FACE.code


def test_badge_shows_what_prints():
    """Names, enterprise, seat, mark and the typed code stand beside the symbol, within 80 by 24."""
    console = _console()
    console.print(badge(FACE, BadgeWords(synthetic="SAMPLE", seat="Seat")))
    shown = console.export_text()
    for text in (
        FACE.name,
        FACE.name_latin,
        FACE.enterprise,
        FACE.category,
        "Seat A-12",
        "SAMPLE",
        "0001 000007",
    ):
        assert text in shown
    assert shown.count("\n") <= 22


def test_markup_and_escapes_are_text():
    """Brackets are shown as they are; escape sequences and bidi overrides never reach the terminal."""
    console = _console()
    console.print(badge(replace(FACE, name="[red]x[/] [/]", title="a\x1b]0;t\x07\u202eb")))
    assert "[red]x[/] [/]" in console.export_text()
    assert "\x1b]0" not in console.file.getvalue()
    assert "\u202e" not in console.file.getvalue()


def test_empty_fields_leave_no_gaps():
    """A blank badge is its symbol, week, event and category, without a hole for each missing line."""
    console = _console()
    blank = replace(FACE, name="", name_latin="", enterprise="", title="", seat="", synthetic=False)
    console.print(badge(blank))
    beside = [line[29:].strip() for line in console.export_text().splitlines()]
    assert len(beside) == 15
    assert "\n".join(beside).strip().count("\n\n") == 2
