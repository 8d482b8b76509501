"""Charts on paper and in a browser: the bars are where the shapes say, to the pixel."""

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ipweek.render.chart_pdf import chart_png, draw, texts
from ipweek.render.chart_shapes import lay_out
from ipweek.render.chart_svg import svg
from ipweek.render.fonts import FontSet
from ipweek.render.summary_layout import Chart
from tests.unit.chart_samples import charts

CHARTS = charts()
SCALE = 3
WIDTH = 640
CHROMIUM = shutil.which("chromium")
NS = "{http://www.w3.org/2000/svg}"
Bar = tuple[float, float, float, float]


def bars_of(told: str) -> Iterator[Bar]:
    """The bars in an SVG, their lines around included: left, top, right, bottom."""
    for rect in ET.fromstring(told).iter(f"{NS}rect"):
        if rect.get("class") not in {"sample", "whole"}:
            x, y, width, height = (float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
            line = float(rect.get("stroke-width", "0")) / 2
            yield x - line, y - line, x + width + line, y + height + line


def on_paper(chart: Chart) -> Image.Image:
    """The chart drawn by itself on a page."""
    drawing, out = lay_out(chart, WIDTH), BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, drawing.height))
    draw(canvas, FontSet(set(texts(drawing))), drawing, 0, drawing.height)
    canvas.save()
    return pypdfium2.PdfDocument(out.getvalue())[0].render(scale=SCALE).to_pil().convert("RGB")


def is_coloured(picture: Image.Image, x: float, y: float) -> bool:
    """Whether a place is of a bar's colour: neither paper nor grey nor ink."""
    spot = int(x * SCALE), int(y * SCALE)
    if spot[0] >= picture.width:
        return False
    red, green, blue = picture.getpixel(spot)
    return max(red, green, blue) - min(red, green, blue) > 25


def check_bars(picture: Image.Image, told: str) -> int:
    """Each bar's four corners have colour inside and none outside, a pixel and a half away from the edge."""
    found, off = list(bars_of(told)), 1.5
    within = [(left + off, top + off, right - off, bottom - off) for left, top, right, bottom in found]
    wide = [place for place, bar in enumerate(within) if bar[2] > bar[0] and bar[3] > bar[1]]
    for place in wide:
        left, top, right, bottom = within[place]
        for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
            assert is_coloured(picture, x, y), (place, x, y)
        left, top, right, bottom = found[place]
        for x, y in ((left - off, top + off), (right + off, top + off), (left + off, top - off)):
            if not any(one[0] - off < x < one[2] + off and one[1] - off < y < one[3] + off for one in found):
                assert not is_coloured(picture, x, y), (place, x, y)
    return len(wide)


@pytest.mark.parametrize("name", ["arrivals", "industries", "fill", "sixty", "gaps", "below", "huge"])
def test_bars_on_paper_are_where_svg_has_them(name: str) -> None:
    """The page, drawn as pixels, has its bars at the coordinates of the SVG."""
    assert check_bars(on_paper(CHARTS[name]), svg(CHARTS[name], WIDTH)) >= 2


@pytest.mark.system("chromium")
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_bars_in_a_browser_are_where_they_are_on_paper(tmp_path: Path) -> None:
    """A browser shows the SVG file by itself, with its bars at the same pixels as the page has them."""
    told = svg(CHARTS["industries"], WIDTH)
    height = int(ET.fromstring(told).attrib["height"])
    (tmp_path / "chart.svg").write_text(told, encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--user-data-dir={tmp_path / 'profile'}", f"--force-device-scale-factor={SCALE}",
        f"--window-size={WIDTH},{height}", f"--screenshot={tmp_path / 'chart.png'}", f"file://{tmp_path}/chart.svg",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    shown = Image.open(tmp_path / "chart.png").convert("RGB")
    assert check_bars(shown, told) == check_bars(on_paper(CHARTS["industries"]), told) >= 4


def test_a_picture_has_the_width_asked_for() -> None:
    """A chart as PNG is as many pixels wide as asked, in proportion, and small."""
    content = chart_png(CHARTS["industries"], 1200)
    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.width) == ("PNG", 1200)
    drawing = lay_out(CHARTS["industries"], 480)
    assert picture.height == pytest.approx(1200 * drawing.height / drawing.width, abs=2)
    assert len(content) < 60_000
    assert sum(picture.convert("L").histogram()[:160]) > 10_000


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_becomes_a_picture(name: str) -> None:
    """None of the hard ones fails on paper."""
    assert chart_png(CHARTS[name], 300).startswith(b"\x89PNG")
