"""Charts as shapes and as SVG: lengths follow values, nothing overlaps or leaves the frame, and nothing breaks out."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from ipweek.i18n import speaking
from ipweek.render.chart_marks import SERIES, Drawing, Fill, Line, Rect, Text
from ipweek.render.chart_shapes import lay_out
from ipweek.render.chart_svg import svg
from ipweek.render.summary_layout import Chart, ChartKind
from tests.unit.chart_samples import HOSTILE, LONG, charts, row, share

CHARTS = charts()
NS = "{http://www.w3.org/2000/svg}"
WIDTHS = (640, 440, 300)


def texts(drawing: Drawing) -> list[Text]:
    """The texts of a chart."""
    return [mark for mark in drawing.marks if isinstance(mark, Text)]


def bars(drawing: Drawing, *fills: Fill) -> list[Rect]:
    """The bars of these fills, without the samples of the legend."""
    rects = (mark for mark in drawing.marks if isinstance(mark, Rect) and not mark.sample)
    return [mark for mark in rects if mark.fill in (fills or SERIES)]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_overlaps_or_leaves_the_frame(name: str, width: int) -> None:
    """Every text lies within the frame, apart from every other one; so do bars and lines."""
    drawing = lay_out(CHARTS[name], width)
    boxes = [
        (text.left, text.y - 0.8 * drawing.size, text.left + text.width, text.y + 0.22 * drawing.size)
        for text in texts(drawing)
    ]
    for left, top, right, bottom in boxes:
        assert left >= -0.01
        assert top >= -0.01
        assert right <= width + 0.01
        assert bottom <= drawing.height + 0.01
    for one, other in combinations(boxes, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        upright = min(one[3], other[3]) - max(one[1], other[1])
        assert across < 0.01 or upright < 0.01, (one, other)
    for mark in drawing.marks:
        if isinstance(mark, Rect):
            assert mark.width >= 0
            assert mark.height >= 0
            assert -0.01 <= mark.x <= mark.x + mark.width <= width + 0.01
            assert -0.01 <= mark.y <= mark.y + mark.height <= drawing.height + 0.01
        if isinstance(mark, Line):
            assert 0 <= min(mark.x1, mark.x2) <= max(mark.x1, mark.x2) <= width + 0.01


@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.COLUMNS])
def test_lengths_are_proportional_to_values(kind: ChartKind) -> None:
    """A bar is as many times as long as another as its value is as large, below 0 too."""
    numbers = (3, 12, 7, 40, -8)
    drawing = lay_out(Chart("t", kind, ("n",), tuple(row(str(n), n) for n in numbers)), 640)
    lengths = [bar.width if kind is ChartKind.BARS else bar.height for bar in bars(drawing)]
    assert [length / lengths[0] * 3 for length in lengths] == pytest.approx([3, 12, 7, 40, 8])


def test_a_share_stands_before_its_whole_and_more_than_the_whole_is_marked() -> None:
    """The whole is drawn behind each share; what is beyond it has a fill of its own and a legend."""
    rows = (share("half", 20, 40), share("all", 40, 40), share("more", 44, 40), share("far more", 400, 40))
    drawing = lay_out(Chart("t", ChartKind.SHARES, ("n",), rows), 640)
    whole = bars(drawing, Fill.WHOLE)
    assert len({bar.width for bar in whole}) == 1
    shares = [bar.width / whole[0].width for bar in bars(drawing)]
    assert shares == pytest.approx([0.5, 1, 1, 1])
    assert [bar.width / whole[0].width for bar in bars(drawing, Fill.OVER)] == pytest.approx([0.1, 0.5])
    said = [text.text for text in texts(drawing)]
    assert "more than the whole" in said
    assert "» 1000.0 % (400 of 40)" in said


def test_what_nobody_stated_is_said_in_words() -> None:
    """No value is no bar, and words stand in its place; 0 is a figure."""
    drawing = lay_out(Chart("t", ChartKind.BARS, ("n",), (row("a", None), row("b", 0), row("c", 4))), 640)
    assert {"no data", "0", "4"} <= {text.text for text in texts(drawing)}
    assert len(bars(drawing)) == 1
    dense = lay_out(CHARTS["gaps"], 640)
    assert "– no data" in {text.text for text in texts(dense)}


def test_what_is_left_out_is_told() -> None:
    """A chart is no higher than a page; rows that are left out are counted, and columns that are added up, too."""
    sixty = lay_out(CHARTS["sixty"], 640)
    assert sixty.height < 700
    drawn = len(bars(sixty, Fill.SECOND))
    assert f"… and {60 - drawn} more in the table" in {text.text for text in texts(sixty)}
    thousand = lay_out(CHARTS["thousand"], 640)
    assert "Each column adds up 6 of them." in {text.text for text in texts(thousand)}
    assert len(bars(thousand)) == 167


def test_long_names_are_cut() -> None:
    """A name takes two lines at most, and … stands where it goes on."""
    said = [text.text for text in texts(lay_out(CHARTS["industries"], 640))]
    assert LONG[:10] in "".join(said)
    assert any(text.endswith("…") for text in said)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CHARTS)
def test_svg_is_well_formed_and_stands_by_itself(name: str, language: str) -> None:
    """An XML parser reads it; it has a role, a title and all values in words, and neither script nor reference."""
    with speaking(language):
        told = svg(CHARTS[name])
        drawing = lay_out(CHARTS[name], 640)
    root = ET.fromstring(told)
    assert root.get("role") == "img"
    first, second = root[0], root[1]
    assert (first.tag, second.tag) == (f"{NS}title", f"{NS}desc")
    assert root.get("aria-labelledby") == f"{first.get('id')} {second.get('id')}"
    assert {element.tag for element in root.iter()} <= {
        f"{NS}{tag}" for tag in ("svg", "title", "desc", "rect", "line", "text")
    }
    assert not any("href" in key or key.startswith("on") for element in root.iter() for key in element.attrib)
    assert told.count("http") == 1
    assert len(root.findall(f"{NS}text")) == len(texts(drawing))
    for char in "\x1b\u202e\ufffe":
        assert char not in told


def test_no_two_charts_of_a_page_share_a_name() -> None:
    """What the titles are called by differs from chart to chart, and from width to width."""
    named = [
        ET.fromstring(svg(chart, width)).get("aria-labelledby")
        for chart in CHARTS.values()
        for width in WIDTHS
    ]
    assert len(set(named)) == len(named)


def test_hostile_names_are_text_in_svg() -> None:
    """Markup in a name is escaped, in title and description as on the chart."""
    told = svg(CHARTS["industries"])
    assert "<script" not in told
    said = "".join(ET.fromstring(told).itertext())
    assert "<script>alert('x')</script>&amp;" in said
    assert "\x1b" in HOSTILE


def test_series_differ_without_colour() -> None:
    """In grey, the fills of a chart lie far apart or one is hollow."""
    from ipweek.render.chart_styles import STYLES

    assert [bool(STYLES[fill].line) for fill in SERIES] == [False, True, False, True]
    assert STYLES[Fill.FIRST].opacity > 4 * STYLES[Fill.WHOLE].opacity
