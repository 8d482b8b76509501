"""A report as lines of a screen, and on which line each of its parts begins."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.console import Console, Group
from rich.segment import Segment

from ipweek.domain.text import clean
from ipweek.i18n import _
from ipweek.render.summary_layout import Document, Section, Table
from ipweek.render.summary_terminal import pieces, section_titles

MOST_ROWS = 200
"""Rows of a table that a screen shows: nobody scrolls through more, and a file has them all."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section by its numbered title, and the line that this stands on."""

    title: str
    depth: int
    line: int


@dataclass(frozen=True, slots=True)
class Paper:
    """All lines, none of them wider than what they were laid out for."""

    lines: tuple[Sequence[Segment], ...] = ()
    parts: tuple[Part, ...] = ()


def paper(document: Document, width: int) -> Paper:
    """A document laid out for a screen, in the language in force."""
    short = replace(document, sections=tuple(map(_shortened, document.sections)))
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system="truecolor")
    lines: list[Sequence[Segment]] = []
    begins = []
    for piece in pieces(short, width):
        begins.append(len(lines) + 1)  # an empty line stands before each title
        lines += console.render_lines(Group(*piece), pad=False) if piece else ()
    titles = map(clean, section_titles(short))
    parts = zip(titles, short.sections, begins[1:], strict=False)
    return Paper(tuple(lines), tuple(Part(title, section.depth, line) for title, section, line in parts))


def _shortened(section: Section) -> Section:
    if all(len(table.rows) <= MOST_ROWS for table in section.tables):
        return section
    told = _("A screen shows the first {n} rows of a list; an exported file has all.").format(n=MOST_ROWS)
    return replace(section, tables=tuple(map(_begun, section.tables)), notes=(told, *section.notes))


def _begun(table: Table) -> Table:
    return replace(table, rows=table.rows[:MOST_ROWS])
