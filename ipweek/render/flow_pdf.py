"""Blocks as PDF that flows over A4 pages, in any script, with page numbers and an outline."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.text import clean
from ipweek.i18n import language
from ipweek.render import flow_blocks, flow_layout
from ipweek.render.flow_blocks import Block
from ipweek.render.flow_page import LEFT, Flow, Place, draw, draw_foot
from ipweek.render.fonts import FontSet

_LANGUAGES = {"en": "en", "zh": "zh-CN"}


class Drawn(NamedTuple):
    """What was drawn, and the characters that no font has."""

    pages: int
    missing: str


def write(
    blocks: Iterable[Block], out: BinaryIO, *, title: str, foot: str, folder: Path | None, author: str = ""
) -> Drawn:
    """Draw the blocks as PDF; `foot` stands beside the page number, `folder` holds fonts that go first."""
    known = tuple(blocks)
    said = {title, foot, "0123456789/…", flow_layout.BULLET}
    said.update(text for block in known for text in flow_blocks.texts(block))
    characters = {char for text in said for char in text}
    fonts = FontSet({clean(line) for text in said for line in text.splitlines()}, folder)
    flow = Flow(fonts)
    flow_layout.place(flow, known)
    canvas = Canvas(out, pagesize=A4, pageCompression=1, lang=_LANGUAGES[language()])
    canvas.setCreator("ipweek")
    canvas.setTitle(clean(title))
    canvas.setAuthor(clean(author))
    canvas.setSubject("")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    outline = _Outline(canvas)
    for number, page in enumerate(flow.pages, 1):
        draw(canvas, page, fonts, outline.add)
        draw_foot(canvas, fonts, clean(foot), f"{number} / {len(flow.pages)}")
        canvas.showPage()
    canvas.save()
    return Drawn(len(flow.pages), fonts.missing(clean("".join(sorted(characters)))))


class _Outline:
    """The headings as a tree that a viewer shows beside the pages."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._many, self._depth = 0, -1

    def add(self, place: Place) -> None:
        """A heading on the page in work; none lies more than a step below the one before it."""
        self._many += 1
        self._depth = min(place.level - 1, self._depth + 1)
        key = f"heading-{self._many}"
        self._canvas.bookmarkPage(key, fit="XYZ", left=LEFT, top=place.y + 4)
        self._canvas.addOutlineEntry(place.title, key, self._depth)
