"""A summary as a workbook to count on with: a sheet a table, numbers as numbers, each rate with the counts it is made of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from math import ceil
from typing import Any, BinaryIO, NamedTuple

from ipweek.domain.figures import Rate
from ipweek.i18n import _
from ipweek.render import words
from ipweek.render.cell_formats import SHARE, written
from ipweek.render.sheet_names import sheet_names
from ipweek.render.sheets import neutral, without_xml_noise
from ipweek.render.summary_layout import Cell, Column, Document, Figure, Section, Table

_A4 = 9
_NARROWEST, _WIDEST, _FRONT = 6, 60, 52
_LINE = 18
"""The height of a line in points."""
_WORD = 4
"""What a line loses, on average, to a word that goes to the next."""
_MOST_LINES = 22
"""No row is higher than 409 points."""
_COUNT, _ANY = "#,##0", "General"
_FORMATS = 150
_LONGEST_HEADER = 80
"""A page's header has room for 255 characters."""


def xlsx(document: Document, out: BinaryIO) -> None:
    """Write a document as a workbook in the language in force; the file stays open. Rows are not kept in memory."""
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is wanted

    settings = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(out, settings) as book:
        book.set_properties(_properties(document))
        sheets, notes = _sheets(document), tuple(_notes(document.sections))
        own, remarks, *names = sheet_names(
            ((_("Overview"),), (_("Remarks"),), *(sheet.titles for sheet in sheets)), _("Table")
        )
        writer = _Book(book, text(document.title))
        index = [*zip(names, sheets, strict=True)]
        if notes:
            index.append((remarks, _Sheet((_("Remarks"),), _notes_table(notes))))
        _front(writer, own, document, index)
        for name, sheet in index:
            _table(writer, name, sheet.table)


def text(value: object) -> str:
    """A cell's text, which no spreadsheet runs."""
    return without_xml_noise(neutral(value))


def _properties(document: Document) -> dict[str, str]:
    found = {"title": document.title, "author": document.signed_by, "comments": document.warning}
    return {name: text(value) for name, value in found.items() if value}


class _Sheet(NamedTuple):
    """A table and what it is called: its section's title, beside others of the section what it is of."""

    titles: tuple[str, ...]
    table: Table


def _sheets(document: Document) -> tuple[_Sheet, ...]:
    return tuple(
        _Sheet((section.title, _of(table) if len(section.tables) > 1 else ""), table)
        for section in document.sections
        for table in section.tables
    )


def _of(table: Table) -> str:
    return table.caption or next((column.title for column in table.columns), "")


def _notes(sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """What is told in words, each paragraph with the title that it stands under."""
    for section in sections:
        captions = (_("Photograph: {caption}").format(caption=one.caption) for one in section.pictures)
        for paragraph in (*section.texts, *captions, *section.notes):
            for line in paragraph.splitlines():
                if line.strip():
                    yield section.title, line


def _notes_table(notes: Sequence[tuple[str, str]]) -> Table:
    return Table((Column(_("Section")), Column(_("Text"))), tuple(notes))


@dataclass
class _Book:
    """A workbook's formats, each made once, and the title at the head of every printed page."""

    book: Any
    title: str
    _formats: dict[tuple[str, bool], Any] = field(default_factory=dict)

    def number(self, form: str, *, right: bool = True) -> Any:
        """The format of a number; a workbook has room for so many."""
        if len(self._formats) >= _FORMATS and (form, right) not in self._formats:
            form = _ANY
        return self._aligned(form, right=right, num_format=form)

    def plain(self, *, right: bool = False) -> Any:
        """The format of a text, at the right among figures."""
        return self._aligned("", right=right, text_wrap=True)

    def dim(self, *, right: bool = False) -> Any:
        """The format of what nobody stated."""
        return self._aligned("dim", right=right, italic=True, font_color="#7f7f7f")

    def header(self, *, right: bool = False) -> Any:
        """The format of a column's title."""
        return self._aligned("header", right=right, bold=True, bottom=1, bg_color="#e8edf3")

    def _aligned(self, name: str, *, right: bool, **values: Any) -> Any:
        if (name, right) not in self._formats:
            side = {"align": "right", "indent": 1} if right else {"align": "left"}
            self._formats[name, right] = self._format(**side, **values)
        return self._formats[name, right]

    @cached_property
    def label(self) -> Any:
        return self._format(bold=True)

    @cached_property
    def heading(self) -> Any:
        return self._format(bold=True, font_size=16)

    @cached_property
    def alarm(self) -> Any:
        return self._format(bold=True, text_wrap=True, font_color="#b00020")

    @cached_property
    def good(self) -> Any:
        return self._format(text_wrap=True, font_color="#1b6e3c")

    @cached_property
    def link(self) -> Any:
        return self._format(underline=1, font_color="#0b57a4")

    def _format(self, **values: Any) -> Any:
        return self.book.add_format({"valign": "top", **values})

    def sheet(self, name: str, *, landscape: bool) -> Any:
        """A sheet that prints as wide as its paper."""
        sheet = self.book.add_worksheet(name)
        sheet.set_default_row(_LINE)
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{self.title[:_LONGEST_HEADER].replace('&', '&&')}&R{name.replace('&', '&&')}")
        sheet.set_footer("&C&P / &N")
        return sheet


def _front(book: _Book, name: str, document: Document, index: Sequence[tuple[str, _Sheet]]) -> None:
    """What the summary is of, what to know before reading it, and where each table is."""
    sheet = book.sheet(name, landscape=False)
    sheet.set_column(0, 0, max([24, *(_width(target) + 2 for target, _sheet in index)]))
    sheet.set_column(1, 1, _FRONT)
    sheet.set_column(2, 2, 16)
    sheet.set_row(0, 2 * _LINE)
    sheet.write_string(0, 0, book.title, book.heading)
    row = 2
    for label, told, form in _first(book, document):
        _room(sheet, row, _FRONT, (told,))
        sheet.write_string(row, 0, text(label), book.label)
        sheet.write_string(
            row, 1, *((words.not_stated(), book.dim()) if told is None else (text(told), form))
        )
        row += 1
    row += 1
    for column, title in enumerate((_("Sheet name"), _("Contents"), _("Number of rows"))):
        sheet.write_string(row, column, title, book.header(right=column == 2))
    for line, (target, (titles, table)) in enumerate(index, start=row + 1):
        sheet.write_url(line, 0, _internal(target), book.link, text(target))
        sheet.write_string(line, 1, text(" – ".join(filter(None, titles))), book.plain())
        sheet.write_number(line, 2, len(table.rows), book.number(_COUNT))


def _first(book: _Book, document: Document) -> Iterator[tuple[str, str | None, Any]]:
    if document.warning:
        yield _("Warning"), document.warning, book.alarm
    for alarm in document.alarms:
        yield _("Does not add up"), alarm, book.alarm
    for assurance in document.assurances:
        yield _("Checked"), assurance, book.good
    for label, told in document.facts:
        yield label, told, book.plain()
    if document.signed_by or document.signed_on:
        yield _("Signed by"), document.signed_by, book.plain()
        yield _("Signed on"), document.signed_on, book.plain()


def _internal(name: str) -> str:
    return "internal:'" + name.replace("'", "''") + "'!A1"


@dataclass(slots=True)
class _Placed:
    """A column of a table on its sheet: `counts` says that a rate's two counts stand at its right."""

    column: Column
    place: int
    at: int
    counts: bool


def _table(book: _Book, name: str, table: Table) -> None:
    """Header held fast and repeated on paper, a filter on every column; columns as wide as what stands in them."""
    sheet, placed = book.sheet(name, landscape=True), _placed(table)
    titles = _titles(table, placed)
    for at, (title, right) in enumerate(titles):
        sheet.write_string(0, at, title, book.header(right=right))
    widths = [max(_width(title), _NARROWEST) for title, _right in titles]
    for line, row in enumerate(table.rows, start=1):
        _room(sheet, line, _WIDEST, (row[column.place] for column in placed))
        for column in placed:
            for at, shown in enumerate(_written(book, sheet, line, column, row[column.place]), column.at):
                widths[at] = min(max(widths[at], _width(shown)), _WIDEST)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width + 3)  # the filter's button needs room, too
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    if titles:
        sheet.autofilter(0, 0, len(table.rows), len(titles) - 1)


def _placed(table: Table) -> list[_Placed]:
    """The columns that are no bars, from left to right."""
    placed: list[_Placed] = []
    at = 0
    for place, column in enumerate(table.columns):
        if column.bar:
            continue
        counts = any(_has_counts(row[place]) for row in table.rows)
        placed.append(_Placed(column, place, at, counts))
        at += 3 if counts else 1
    return placed


def _has_counts(cell: Cell) -> bool:
    """Whether a cell's two counts may be told; those of a withheld rate may not."""
    return (
        isinstance(cell, Figure)
        and cell.rate is not None
        and (cell.value is not None or not cell.rate.denominator)
    )


def _titles(table: Table, placed: Sequence[_Placed]) -> list[tuple[str, bool]]:
    """The title of each column of the sheet, and whether it stands at the right."""
    titled = any(column.title for column in table.columns)
    alone = not titled or sum(one.counts for one in placed) == 1
    found: list[tuple[str, bool]] = []
    for one in placed:
        title, right = text(one.column.title), one.column.right
        if not titled:
            title = _("Value") if right else _("Item")
        found.append((title, right))
        if one.counts and alone:
            found += (_("Numerator"), True), (_("Denominator"), True)
        elif one.counts:
            found.append((_("{title}: numerator").format(title=title), True))
            found.append((_("{title}: denominator").format(title=title), True))
    return found


def _written(book: _Book, sheet: Any, line: int, placed: _Placed, cell: Cell) -> Sequence[str]:
    """Writes a cell, and returns what it shows in each of its columns."""
    at, right = placed.at, placed.column.right
    if isinstance(cell, Figure) and cell.rate is not None and _has_counts(cell):
        return _rate(book, sheet, line, at, cell.rate)
    known = written(cell) if isinstance(cell, Figure) else None
    if known is not None:
        write = sheet.write_number if isinstance(known.value, int | Decimal) else sheet.write_datetime
        write(line, at, known.value, book.number(known.form, right=right))
    elif isinstance(cell, Decimal):
        sheet.write_number(line, at, cell, book.number(_ANY, right=right))
    elif cell is None:
        sheet.write_string(line, at, words.not_stated(), book.dim(right=right))
        return (words.not_stated(),)
    elif shown := text(cell):
        sheet.write_string(line, at, shown, book.plain(right=right))
        return (shown,)
    return (str(cell),)


def _rate(book: _Book, sheet: Any, line: int, at: int, rate: Rate) -> Sequence[str]:
    """The share, which follows from its counts when these are changed."""
    counts = rate.numerator, rate.denominator
    if rate.denominator:
        from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - as above

        above, below = (xl_rowcol_to_cell(line, at + step) for step in (1, 2))
        sheet.write_formula(line, at, f"={above}/{below}", book.number(SHARE), counts[0] / counts[1])
    else:
        sheet.write_string(line, at, "–", book.plain(right=True))
    for step, count in enumerate(counts, start=1):
        sheet.write_number(line, at + step, count, book.number(_COUNT))
    return "100.0 %", f"{counts[0]:,}", f"{counts[1]:,}"


def _room(sheet: Any, row: int, width: int, cells: Iterable[Cell]) -> None:
    """Make a row as high as the lines that its texts fold into: not every program does so by itself."""
    lines = max((_lines(str(cell), width) for cell in cells if cell is not None), default=1)
    if lines > 1:
        sheet.set_row(row, min(lines, _MOST_LINES) * _LINE)


def _lines(shown: str, width: int) -> int:
    folded = (_width(line) for line in shown.split("\n"))
    return sum(ceil(cells / (width - _WORD)) if cells > width else 1 for cells in folded)


def _width(shown: str) -> int:
    """Cells that the widest line takes."""
    from rich.cells import cell_len  # noqa: PLC0415 - as above

    return max((cell_len(line) for line in shown.split("\n")), default=0)
