"""A summary in the terminal: plain tables, figures at the right, bars; whatever was typed is never markup."""

from decimal import Decimal
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from ipweek.domain.reports import Summary
from ipweek.render import summary_document, words
from ipweek.render.bars import bar
from ipweek.render.lines import wrapped
from ipweek.render.section_numbers import numbers
from ipweek.render.summary_layout import Cell, Column, Document, Section, Table
from ipweek.render.summary_texts import cleaned

_BAR_WIDTH, _WIDE_BAR = 10, 20
_WIDE = 100
_SHORT = 20
_MARK = 2
"""Cells for a mark that ends a line, and may not begin the next one."""
_ACCENT = "cyan"


def terminal(summary: Summary, width: int = 80) -> RenderableType:
    """The summary for a screen of `width` cells, in the language in force."""
    return laid_out(summary_document.document(summary), width)


def laid_out(document: Document, width: int = 80) -> RenderableType:
    """A document for a screen of `width` cells."""
    return Group(*(part for piece in pieces(document, width) for part in piece))


def pieces(document: Document, width: int) -> list[list[RenderableType]]:
    """The same in pieces: what stands before the sections, each of them, what stands behind; what is wrong comes first."""
    document = cleaned(document)
    head: list[RenderableType] = [Text(document.title, "bold")]
    if document.warning:
        head.append(Text(document.warning, "bold yellow"))
    head += [_folded(alarm, width, "bold red", "! ") for alarm in document.alarms]
    head.append(_facts(document.facts, width))
    head += [_folded(assurance, width, "dim") for assurance in document.assurances]
    told = section_titles(document)
    sections = [_section(*each, width) for each in zip(document.sections, told, strict=True)]
    return [head, *sections, _signature(document)]


def section_titles(document: Document) -> tuple[str, ...]:
    """The sections' titles, numbered where a document has parts and sections below them, as a report has."""
    parted = any(section.depth > 1 for section in document.sections)
    told = numbers(document.sections) if parted else ("",) * len(document.sections)
    return tuple(number + section.title for number, section in zip(told, document.sections, strict=True))


def _signature(document: Document) -> list[RenderableType]:
    if not document.signed_by:
        return []
    return [
        Text(""),
        Text(document.signed_by, justify="right"),
        Text(document.signed_on or "", justify="right"),
    ]


def _facts(facts: tuple[tuple[str, str | None], ...], width: int) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(max_width=max(width - 20, 20), overflow="fold")
    for label, value in facts:
        grid.add_row(Text(label), _cell(value))
    return grid


def _section(section: Section, title: str, width: int) -> list[RenderableType]:
    style = f"bold {_ACCENT}" if section.depth == 1 else "bold"
    parts: list[RenderableType] = [Text(""), Text(title, style)]
    parts += [_indented(_folded(text, width - 1)) for text in section.texts]
    for place, table in enumerate(section.tables):
        parts += [Text("")] if place else []
        parts += [_indented(Text(table.caption, "bold"))] if table.caption else []
        parts.append(Padding(_grid(table, wide=width >= _WIDE), (0, 0, 0, 1), expand=False))
    parts += [_indented(_folded(picture.caption, width - 1)) for picture in section.pictures]
    parts += [_indented(_folded(note, width - 1, "dim", "· ")) for note in section.notes]
    return parts


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 1), expand=False)


def _folded(text: str, width: int, style: str = "", lead: str = "") -> Text:
    """A paragraph broken between Chinese characters, too; all its lines stand behind the lead."""
    behind = " " * cell_len(lead)
    room = width - cell_len(lead) - _MARK
    lines = [line for each in text.split("\n") for line in wrapped(each, room)]
    return Text(lead + f"\n{behind}".join(lines), style, overflow="fold")


def _grid(table: Table, *, wide: bool) -> Grid:
    """A table as wide as it needs: the first column and long words fold, figures never do."""
    shown = [place for place, column in enumerate(table.columns) if wide or not column.wide]
    bar = _WIDE_BAR if wide else _BAR_WIDTH
    titled = any(column.title for column in table.columns)
    wide = wide or not titled
    grid = Grid(box=None, show_header=titled, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for place in shown:
        cells = [_shown(row[place], wide=wide) for row in table.rows]
        _add_column(grid, table.columns[place], cells, bar, folds=place == 0)
    for row in table.rows:
        grid.add_row(
            *(
                _bar(row[place], bar) if table.columns[place].bar else _cell(row[place], wide=wide)
                for place in shown
            )
        )
    return grid


def _add_column(grid: Grid, column: Column, cells: list[str], bar: int, *, folds: bool) -> None:
    if column.bar:
        grid.add_column(width=bar)
        return
    longest = max((cell_len(line) for cell in cells for line in cell.splitlines()), default=0)
    keeps = not folds and (column.right or longest <= _SHORT)
    words_of_title = column.title.split() or [""]
    room = max(longest, *(cell_len(word) for word in words_of_title))
    title = "\n".join(wrap(column.title, room)) if keeps else column.title
    grid.add_column(
        Text(title),
        justify="right" if column.right else "left",
        no_wrap=keeps,
        overflow="fold",
        vertical="top",
    )


def _shown(value: Cell, *, wide: bool) -> str:
    """A cell's text; on a narrow screen what stands in brackets goes on a line of its own."""
    text = words.not_stated() if value is None else str(value)
    return text if wide else text.replace(" (", "\n(")


def _cell(value: Cell, *, wide: bool = True) -> Text:
    return Text(_shown(value, wide=wide), "dim" if value is None else "")


def _bar(value: Cell, width: int) -> Text:
    return Text(bar(value, width), _ACCENT) if isinstance(value, Decimal) else Text("")
