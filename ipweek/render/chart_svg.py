"""A chart as an SVG element that stands by itself: no script, no style sheet, nothing fetched.

Texts and axes take the colour of the text around, so that it can be read on a dark page and on paper.
"""

from hashlib import blake2s
from xml.etree.ElementTree import Element, SubElement, tostring

from ipweek.render.chart_marks import Drawing, Line, Mark, Rect, Text
from ipweek.render.chart_shapes import lay_out
from ipweek.render.chart_styles import STYLES
from ipweek.render.chart_text import is_known
from ipweek.render.summary_layout import Chart

_NAMESPACE = "http://www.w3.org/2000/svg"
_FONTS = "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
_NO_XML = {0xFFFE: None, 0xFFFF: None}


def svg(chart: Chart, width: int = 640) -> str:
    """The chart as wide as that; it may be scaled."""
    return tostring(_element(lay_out(chart, width)), encoding="unicode")


def _element(drawing: Drawing) -> Element:
    height = f"{drawing.height:.0f}"
    told = f"{drawing.width}\n{drawing.title}\n{drawing.description}"
    name = blake2s(told.encode(), digest_size=6).hexdigest()
    attributes = {
        "xmlns": _NAMESPACE,
        "role": "img",
        "aria-labelledby": f"t{name} d{name}",
        "viewBox": f"0 0 {drawing.width:.0f} {height}",
        "width": f"{drawing.width:.0f}",
        "height": height,
        "font-family": _FONTS,
        "font-size": f"{drawing.size:g}",
        "fill": "currentColor",
    }
    root = Element("svg", attributes)
    SubElement(root, "title", id=f"t{name}").text = drawing.title.translate(_NO_XML)
    SubElement(root, "desc", id=f"d{name}").text = drawing.description.translate(_NO_XML)
    for mark in drawing.marks:
        _add(root, mark)
    return root


def _add(root: Element, mark: Mark) -> None:
    match mark:
        case Rect():
            _add_rect(root, mark)
        case Line(x1=x1, y1=y1, x2=x2, y2=y2, strong=strong):
            ends = _lengths(x1=x1, y1=y1, x2=x2, y2=y2)
            opacity = "0.7" if strong else "0.15"
            SubElement(root, "line", {**ends, "stroke": "currentColor", "stroke-opacity": opacity})
        case Text():
            _add_text(root, mark)


def _add_rect(root: Element, mark: Rect) -> None:
    style = STYLES[mark.fill].on(mark)
    inset = style.line / 2
    attributes = _lengths(
        x=mark.x + inset,
        y=mark.y + inset,
        width=mark.width - style.line,
        height=mark.height - style.line,
    )
    attributes |= {"fill": style.colour, "fill-opacity": f"{style.opacity:g}"}
    if style.line:
        attributes |= {"stroke": style.colour, "stroke-width": f"{style.line:g}"}
    SubElement(root, "rect", attributes, **{"class": "sample" if mark.sample else mark.fill.value})


def _add_text(root: Element, mark: Text) -> None:
    attributes = _lengths(x=mark.x, y=mark.y)
    if mark.anchor != "start":
        attributes["text-anchor"] = mark.anchor
    if mark.soft:
        attributes["fill-opacity"] = "0.7"
    if not is_known(mark.text):
        attributes |= {"textLength": f"{mark.width:.2f}", "lengthAdjust": "spacingAndGlyphs"}
    SubElement(root, "text", attributes).text = mark.text.translate(_NO_XML)


def _lengths(**values: float) -> dict[str, str]:
    return {name: f"{value:.2f}".rstrip("0").rstrip(".") for name, value in values.items()}
