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
from ipweek.render.section_numbers import numbers
from ipweek.render.summary_layout import Cell, Column, Document, Section, Table
from ipweek.render.summary_texts import cleaned

_BAR_WIDTH, _WIDE_BAR = 10, 20
_WIDE = 100
_SHORT = 20
_ACCENT = "cyan"


def terminal(summary: Summary, width: int = 80) -> RenderableType:
    """The summary for a screen of `width` cells, in the language in force."""
    return laid_out(summary_document.document(summary), width)


def laid_out(document: Document, width: int = 80) -> RenderableType:
    """A document for a screen of `width` cells."""
    document = cleaned(document)
    parts: list[RenderableType] = [Text(document.title, "bold")]
    if document.warning:
        parts.append(Text(document.warning, "bold yellow"))
    parts.append(_facts(document.facts, width))
    parts += [Text(f"! {alarm}", "bold red", overflow="fold") for alarm in document.alarms]
    parts += [Text(assurance, "dim", overflow="fold") for assurance in document.assurances]
    for number, section in zip(_numbers(document), document.sections, strict=True):
        parts += _section(section, number, width)
    if document.signed_by:
        parts += [
            Text(""),
            Text(document.signed_by, justify="right"),
            Text(document.signed_on or "", justify="right"),
        ]
    return Group(*parts)


def _facts(facts: tuple[tuple[str, str | None], ...], width: int) -> RenderableType:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(max_width=max(width - 20, 20), overflow="fold")
    for label, value in facts:
        grid.add_row(Text(label), _cell(value))
    return grid


def _numbers(document: Document) -> tuple[str, ...]:
    """Numbers where a document has parts and sections below them, as a report has."""
    parted = any(section.depth > 1 for section in document.sections)
    return numbers(document.sections) if parted else ("",) * len(document.sections)


def _section(section: Section, number: str, width: int) -> list[RenderableType]:
    style = f"bold {_ACCENT}" if section.depth == 1 else "bold"
    parts: list[RenderableType] = [Text(""), Text(number + section.title, style)]
    parts += [Padding(Text(text, overflow="fold"), (0, 0, 0, 1), expand=False) for text in section.texts]
    for place, table in enumerate(section.tables):
        parts += [Text("")] if place else []
        parts += [Padding(Text(table.caption, "bold"), (0, 0, 0, 1), expand=False)] if table.caption else []
        parts.append(Padding(_grid(table, wide=width >= _WIDE), (0, 0, 0, 1), expand=False))
    parts += [
        Padding(Text(picture.caption, overflow="fold"), (0, 0, 0, 1), expand=False)
        for picture in section.pictures
    ]
    parts += [
        Padding(Text(f"· {note}", "dim", overflow="fold"), (0, 0, 0, 1), expand=False)
        for note in section.notes
    ]
    return parts


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
