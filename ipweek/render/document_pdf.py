"""Documents as PDF: titles, facts, tables, charts, pictures and notes on A4 pages."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from ipweek.render import flow_blocks as blocks
from ipweek.render import words
from ipweek.render.chart_shapes import lay_out
from ipweek.render.flow_page import ROOM
from ipweek.render.flow_pdf import Drawn, write
from ipweek.render.section_numbers import numbers
from ipweek.render.summary_layout import Cell, Document, Section, Table

_CHART_SIZE = 9.0


def pdf(documents: Sequence[Document], out: BinaryIO, folder: Path | None = None) -> Drawn:
    """Each document from a page of its own; `folder` holds fonts that go before the packaged ones."""
    title = documents[0].title if documents else ""
    return write(
        _blocks(documents), out, title=title, foot=title if len(documents) == 1 else "", folder=folder
    )


def _blocks(documents: Sequence[Document]) -> Iterator[blocks.Block]:
    for number, document in enumerate(documents):
        if number:
            yield blocks.NewPage()
        yield blocks.Heading(document.title, 1)
        yield from opening(document)
        for section in document.sections:
            yield from _section(section, section.title)


def opening(document: Document) -> Iterator[blocks.Block]:
    """What stands below the title: what must not be overlooked, and the facts."""
    if document.warning:
        yield blocks.Paragraph(document.warning, bold=True)
    if document.alarms:
        yield blocks.Box(document.alarms)
    if document.facts:
        yield blocks.Grid(tuple((label, _cell(value)) for label, value in document.facts), facts=True)
    for assurance in document.assurances:
        yield blocks.Paragraph(assurance, soft=True)


def numbered(document: Document) -> Iterator[blocks.Block]:
    """The sections with their numbers; the signature before the appendices, each of which has its own pages."""
    numbers_of, signed = numbers(document.sections), False
    for section, number in zip(document.sections, numbers_of, strict=True):
        if section.appendix:
            if not signed:
                yield from _signature(document)
            signed = True
            yield blocks.NewPage()
        yield from _section(section, number + section.title)
    if not signed:
        yield from _signature(document)


def _signature(document: Document) -> Iterator[blocks.Block]:
    lines = tuple(line for line in (document.signed_by, document.signed_on) if line)
    if lines:
        yield blocks.Signature(lines)


def _section(section: Section, title: str) -> Iterator[blocks.Block]:
    yield blocks.Heading(title, section.depth + 1)
    for text in section.texts:
        yield blocks.Paragraph(text, prose=True)
    for table in section.tables:
        yield from _table(table)
    for chart in section.charts:
        yield blocks.Figure(lay_out(chart, ROOM, _CHART_SIZE), chart.title)
    for first in range(0, len(section.pictures), 2):
        yield blocks.Pictures(section.pictures[first : first + 2])
    for note in section.notes:
        yield blocks.Paragraph(note, item=True)


def _table(table: Table) -> Iterator[blocks.Block]:
    shown = [place for place, column in enumerate(table.columns) if not column.bar]
    titles = tuple(table.columns[place].title for place in shown)
    rows = tuple(tuple(_cell(row[place]) for place in shown) for row in table.rows)
    right = frozenset(number for number, place in enumerate(shown) if table.columns[place].right)
    if rows:
        yield blocks.Grid(rows, titles if any(titles) else (), right, caption=table.caption)


def _cell(value: Cell | Decimal) -> str:
    return words.not_stated() if value is None else str(value)
