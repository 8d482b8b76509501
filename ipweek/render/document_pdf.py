"""Documents as PDF: titles, facts, tables and notes on A4 pages."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from ipweek.render import words
from ipweek.render.flow_pdf import Block, Drawn, Grid, Heading, NewPage, Paragraph, write
from ipweek.render.summary_layout import Cell, Document, Section, Table


def pdf(documents: Sequence[Document], out: BinaryIO, folder: Path | None = None) -> Drawn:
    """Each document from a page of its own; `folder` holds fonts that go before the packaged ones."""
    title = documents[0].title if documents else ""
    return write(
        _blocks(documents), out, title=title, foot=title if len(documents) == 1 else "", folder=folder
    )


def _blocks(documents: Sequence[Document]) -> Iterator[Block]:
    for number, document in enumerate(documents):
        if number:
            yield NewPage()
        yield Heading(document.title, 1)
        if document.warning:
            yield Paragraph(document.warning, bold=True)
        if document.facts:
            yield Grid(tuple((label, _cell(value)) for label, value in document.facts), facts=True)
        for section in document.sections:
            yield from _section(section)


def _section(section: Section) -> Iterator[Block]:
    yield Heading(section.title)
    for text in section.texts:
        yield Paragraph(text)
    for table in section.tables:
        yield from _table(table)
    for note in section.notes:
        yield Paragraph(note, item=True)


def _table(table: Table) -> Iterator[Block]:
    shown = [place for place, column in enumerate(table.columns) if not column.bar]
    titles = tuple(table.columns[place].title for place in shown)
    rows = tuple(tuple(_cell(row[place]) for place in shown) for row in table.rows)
    right = frozenset(number for number, place in enumerate(shown) if table.columns[place].right)
    if rows:
        yield Grid(rows, titles if any(titles) else (), right)


def _cell(value: Cell | Decimal) -> str:
    return words.not_stated() if value is None else str(value)
