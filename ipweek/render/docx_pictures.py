"""Charts and photographs of a report in Word, each with words for who cannot see it."""

from io import BytesIO
from pathlib import Path

from docx.document import Document as Word
from docx.image.exceptions import UnrecognizedImageError
from docx.image.image import Image
from docx.shared import Mm

from ipweek.render.chart_frame import description
from ipweek.render.chart_pdf import chart_png
from ipweek.render.docx_looks import FIGURE
from ipweek.render.docx_package import TEXT_WIDTH
from ipweek.render.docx_xml import Element, el, paragraph
from ipweek.render.summary_layout import Chart, Picture

_CHART_PIXELS = 1840
"""A chart across the page at 300 dots to the inch."""
_WIDEST, _HIGHEST = TEXT_WIDTH - 2, 85.0
"""Two pictures with their captions find room on a page, in millimetres."""
_WORDS = 2000
"""Word shows no more of a description."""


def picture(word: Word, content: bytes, width: int, height: int, told: str) -> Element:
    """A picture in a paragraph of its own, as wide as the page unless that makes it too high."""
    scale = min(_WIDEST / width, _HIGHEST / height)
    held = BytesIO(_known(content))
    shape = word.part.new_pic_inline(held, Mm(width * scale), Mm(height * scale))
    shape.docPr.set("descr", told[:_WORDS])
    return paragraph(FIGURE, el("r", el("drawing", shape)))


def _known(content: bytes) -> bytes:
    """A picture that python-docx knows: some cameras write JPEG without the marks by which it does."""
    try:
        Image.from_blob(content)
    except UnrecognizedImageError:
        from PIL import Image as Photo  # noqa: PLC0415 - few pictures need it

        held = BytesIO()
        with Photo.open(BytesIO(content)) as photo:
            photo.save(held, "PNG")
        return held.getvalue()
    return content


def photograph(word: Word, shown: Picture) -> Element:
    """A photograph; its caption tells what it shows."""
    return picture(word, shown.content, shown.width, shown.height, shown.caption)


def chart(word: Word, shown: Chart, fonts: Path | None) -> Element:
    """A chart as a picture as wide as the page; its figures are its words."""
    content = chart_png(shown, _CHART_PIXELS, fonts)
    size = Image.from_blob(content)
    return picture(word, content, size.px_width, size.px_height, description(shown))
