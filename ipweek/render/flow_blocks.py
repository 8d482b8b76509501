"""What flows over pages: headings, paragraphs, tables, charts, pictures."""

from collections.abc import Iterator
from dataclasses import dataclass

from ipweek.render import chart_pdf
from ipweek.render.chart_marks import Drawing
from ipweek.render.summary_layout import Picture


@dataclass(frozen=True, slots=True)
class Heading:
    """A title of the whole (level 1), of a section (2) or of a part of it (3); it stays with what follows."""

    text: str
    level: int = 2
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines of text; a soft one is grey, an item has a bullet, prose in Chinese begins two characters in."""

    text: str
    soft: bool = False
    item: bool = False
    bold: bool = False
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells under a header, if there is one; each column is as wide as it needs, within the page.

    `facts` are labels and values: grey labels, no rules. A caption stands above, the header again on each page.
    """

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    facts: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption below, never on two pages."""

    drawing: Drawing
    caption: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """One picture, or two beside each other, with their captions below."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """What nobody must overlook, in a frame."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines at the right, never on two pages."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Heading | Paragraph | Grid | Figure | Pictures | Box | Signature | NewPage


def texts(block: Block) -> Iterator[str]:
    """All that a block says."""
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield text
        case Grid(rows=rows, header=header, caption=caption):
            yield from (caption, *header)
            for row in rows:
                yield from row
        case Figure(drawing=drawing, caption=caption):
            yield from (caption, *chart_pdf.texts(drawing))
        case Pictures(pictures=pictures):
            yield from (picture.caption for picture in pictures)
        case Box(texts=lines) | Signature(lines=lines):
            yield from lines
