"""A chart drawn on a page: the same shapes at the same places as in SVG, in the fonts of the document."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from ipweek.render.chart_marks import Drawing, Line, Rect, Text
from ipweek.render.chart_shapes import lay_out
from ipweek.render.chart_styles import STYLES
from ipweek.render.fonts import FontSet
from ipweek.render.summary_layout import Chart

_INK, _SOFT, _FAINT = map(HexColor, ("#14202b", "#5b6873", "#dde2e6"))
_PICTURE_WIDTH = 480.0  # points: a picture across a page has texts of about its size of letters


def texts(drawing: Drawing) -> Iterator[str]:
    """What the fonts have to have."""
    return (mark.text for mark in drawing.marks if isinstance(mark, Text))


def draw(canvas: Canvas, fonts: FontSet, drawing: Drawing, x: float, top: float) -> None:
    """Draw the chart, its upper left corner at (x, top)."""
    for mark in drawing.marks:
        match mark:
            case Rect():
                _draw_rect(canvas, mark, x, top)
            case Line():
                canvas.setLineWidth(0.8 if mark.strong else 0.6)
                canvas.setStrokeColor(_SOFT if mark.strong else _FAINT)
                canvas.line(x + mark.x1, top - mark.y1, x + mark.x2, top - mark.y2)
            case Text():
                canvas.setFillColor(_SOFT if mark.soft else _INK)
                _draw_text(canvas, fonts, mark, drawing.size, (x, top))


def _draw_rect(canvas: Canvas, mark: Rect, x: float, top: float) -> None:
    style = STYLES[mark.fill].on(mark)
    colour, inset = HexColor(style.colour), style.line / 2
    canvas.setFillColor(_on_white(colour, style.opacity))
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(style.line)
    canvas.rect(
        x + mark.x + inset,
        top - mark.y - mark.height + inset,
        mark.width - style.line,
        mark.height - style.line,
        stroke=int(style.line > 0),
        fill=1,
    )


def _on_white(colour: Color, opacity: float) -> Color:
    """What a colour that lets so much through looks like on paper."""
    return Color(*(1 - opacity * (1 - part) for part in (colour.red, colour.green, colour.blue)))


def _draw_text(canvas: Canvas, fonts: FontSet, mark: Text, size: float, origin: tuple[float, float]) -> None:
    """A text that is wider than planned is drawn narrower."""
    natural = fonts.measure(mark.text, size)
    width = min(natural, mark.width)
    left = mark.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
    canvas.saveState()
    canvas.translate(origin[0] + left, origin[1] - mark.y)
    if natural > mark.width:
        canvas.scale(mark.width / natural, 1)
    fonts.draw(canvas, 0, 0, mark.text, size)
    canvas.restoreState()


def chart_png(chart: Chart, width_px: int, folder: Path | None = None) -> bytes:
    """The chart as a picture of so many pixels across; `folder` holds fonts that go first."""
    import pypdfium2  # noqa: PLC0415 - only where pictures are wanted

    drawing = lay_out(chart, _PICTURE_WIDTH)
    page, picture = BytesIO(), BytesIO()
    canvas = Canvas(page, pagesize=(drawing.width, drawing.height))
    draw(canvas, FontSet(set(texts(drawing)), folder), drawing, 0, drawing.height)
    canvas.save()
    document = pypdfium2.PdfDocument(page.getvalue())
    try:
        shown = document[0].render(scale=width_px / drawing.width).to_pil().convert("RGB")
        shown.quantize(64).save(picture, "PNG", optimize=True)
    finally:
        document.close()
    return picture.getvalue()
