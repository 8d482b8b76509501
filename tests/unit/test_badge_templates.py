"""Badge templates: our own are sound, an organizer's errors are told by line and key, copies go before ours."""

from pathlib import Path

import pytest

from ipweek.adapters import badge_templates
from ipweek.adapters.badge_templates import builtin, names
from ipweek.domain.badge_design import Area, Cut, Part, contrast
from ipweek.domain.errors import InvalidError, IpweekError, NotFoundError, UsageError
from ipweek.render.errors import sentence

WHOLE = badge_templates.text_of("a4-2x5", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace's folder of templates."""
    return tmp_path


def _refused(folder: Path, text: str, code: str) -> str:
    folder.joinpath("mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        badge_templates.find("mine", folder)
    assert caught.value.code == code
    return sentence(caught.value)


@pytest.mark.parametrize("name", names(None))
def test_ours_are_sound(name):
    """Cards lie on the page, areas on the card and apart; the symbol is large enough and stands free; it has a title."""
    layout = builtin(name)
    left, top = layout.corner(layout.cards - 1)
    assert left + layout.card_width <= layout.page_width
    assert top + layout.card_height <= layout.page_height
    card, design = Area(0, 0, layout.card_width, layout.card_height), layout.design
    areas = [text.area for text in design.texts.values()]
    assert all(card.holds(area) for area in (*areas, design.symbol.area, design.ribbon.area))
    apart = [*areas, design.symbol.area]
    assert not any(one.meets(other) for place, one in enumerate(apart) for other in apart[:place])
    assert design.symbol.module >= 0.5
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in design.ribbon.colours.values())
    assert layout.title("zh") != layout.title("en")


def test_one_based_on_another_is_stretched():
    """A card twice as wide and high has everything at twice the place; what the file says itself goes first."""
    base, large = builtin("a4-2x5").design, builtin("a6").design
    across, down = 148 / 90, 105 / 54
    assert large.texts[Part.NAME].area == base.texts[Part.NAME].area.stretched(across, down)
    assert large.texts[Part.NAME].largest == pytest.approx(27 * across)
    assert large.symbol.size == pytest.approx(19.95 * across)
    small = builtin("a4-label-63x38").design
    assert Part.WEEK not in small.texts
    assert small.texts[Part.EVENT].bold
    assert small.texts[Part.EVENT].colour == base.texts[Part.EVENT].colour


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("columns = 2", "colums = 2", "template-key-near", "line {line}: there is no key cards.colums; write columns."),
        ("[text.title]", "[text.titel]", "template-key-near", "line {line}: there is no key text.titel; write title."),
        ("gap-y = 0", "wrongness = 0", "template-key-unknown", "line {line}: there is no key cards.wrongness"),
        ("rows = 5\n", "\n", "template-key-missing", "line 14: cards.rows is missing"),
        ("rows = 5", "rows = 5.5", "template-whole", "line {line}: cards.rows = 5.5"),
        ("columns = 2", "columns = 3", "template-page-full", "cards.width: the cards need 285 mm, but the page has 210"),
        ('cut = "frame"', 'cut = "dots"', "template-choice", "none, frame, marks"),
        ("width = 210", 'width = "A4"', "template-number", "line {line}: page.width = A4"),
        ("bold = true", 'bold = "yes"', "template-flag", "text.week.bold = yes"),
        ('delegate = "#1f4e79"', 'delegate = "navy"', "template-colour", "line {line}: ribbon.colours.delegate = navy"),
        ("size = [27, 17]", "size = [17, 27]", "template-sizes", "text.name.size"),
        ("[5, 12.6, 56.7, 13]", "[5, 12.6, 56.7]", "template-area", "text.name.area"),
        ("[5, 12.6, 56.7, 13]", "[5, 12.6, 90, 13]", "template-outside", "reaches to 95, 25.6"),
        ("[5, 12.6, 56.7, 13]", "[5, 12.6, 60, 13]", "template-on-symbol", "text.name.area reaches into"),
        ("[0, 45, 90, 9]", "[0, 30, 90, 9]", "template-on-symbol", "ribbon.area"),
        ("size = 19.95", "size = 10", "template-symbol-small", "at least 10.5 mm"),
        ("x = 65.55", "x = 69", "template-symbol-edge", "quiet zone of 3.8 mm"),
        ('below = "name"', 'below = "latin"', "template-below-nothing", "text.latin.below = latin"),
        ("size = 19.95", "size = 19,95", "template-syntax", "line {line}: this is no TOML"),
        ("[text.synthetic]", "[other]", "template-key-unknown", "other"),
        ("# [logo]", "[back]\narea = [0, 0, 9, 9]\n#", "template-back-of-many", "page with one card"),
    ],
)  # fmt: skip
def test_errors_name_line_and_key(folder, old, new, code, told):
    """Every mistake is one sentence with the file, the line and the key; a near miss gets the right word."""
    assert old in WHOLE
    found = _refused(folder, WHOLE.replace(old, new, 1), code)
    assert found.startswith("mine.toml, line ")
    assert told.replace("{line}", str(WHOLE[: WHOLE.index(old)].count("\n") + 1)) in found


def test_a_file_that_nests_without_end_is_no_template(folder):
    """What would exhaust the reader is refused like any other mistake."""
    assert "mine.toml, line 1" in _refused(folder, "x = " + "[" * 5000, "template-syntax")


def test_a_badge_names_whom_it_is_for(folder):
    """Neither the name nor the mark of invented people can be left out."""
    without = WHOLE[: WHOLE.index("# Says on badges of invented")]
    assert "text.synthetic is missing" in _refused(folder, without, "template-key-missing")


def test_an_organizers_own_goes_before_ours(folder):
    """A changed copy of the same name is taken, and may be based on ours of that name."""
    own = folder / "a4-2x5.toml"
    own.write_text('based-on = "a4-2x5"\n' + WHOLE[WHOLE.index("[page]") : WHOLE.index("# The QR")]
                   .replace('"frame"', '"marks"'), encoding="utf-8")  # fmt: skip
    assert badge_templates.find("a4-2x5", folder).cut is Cut.MARKS
    assert badge_templates.find("a4-2x5", folder).design.texts == builtin("a4-2x5").design.texts
    assert builtin("a4-2x5").cut is Cut.FRAME
    assert names(folder) == names(None)


def test_files_names_and_circles(folder):
    """A file is taken by its path with the logo beside it; what is missing, no text or goes in circles is told."""
    file = folder / "zone" / "badge.toml"
    file.parent.mkdir()
    file.write_text(
        WHOLE.replace("# [logo]\n# file", "[logo]\nfile").replace("# area", "area"), encoding="utf-8"
    )
    assert badge_templates.find(str(file), folder).design.logo.file == folder / "zone" / "logo.png"
    for name in ("one", "two"):
        other = {"one": "two", "two": "one"}[name]
        text = f'based-on = "{other}"\n' + WHOLE[WHOLE.index("[page]") : WHOLE.index("# The QR")]
        folder.joinpath(f"{name}.toml").write_text(text, encoding="utf-8")
    folder.joinpath("gbk.toml").write_bytes("# 胸卡".encode("gbk"))
    for name, kind, code in (
        ("one", InvalidError, "template-circle"),
        ("gbk", InvalidError, "template-unreadable"),
        (str(folder / "none.toml"), NotFoundError, "template-missing"),
        ("none", UsageError, "layout-unknown"),
    ):
        with pytest.raises(kind) as caught:
            badge_templates.find(name, folder)
        assert isinstance(caught.value, IpweekError)
        assert caught.value.code == code


def test_contrast_is_that_of_wcag():
    """Black on white is 21, a colour on itself 1, a known grey 4.54."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#1f4e79", "#1f4e79") == 1
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
