"""A table: columns laid out by display width, a window of rows that grows as the cursor goes down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.cells import cell_len

from ipweek.domain.text import clean
from ipweek.i18n import _
from ipweek.tui.widgets.lines import Lines, Span
from ipweek.tui.widgets.text import fit

Row = TypeVar("Row")
Cell = str | Span

_GAP = 2
_LEAST = 6
_READABLE = 24
_WIDEST = 44
_SAMPLE = 500


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`title` is a marked message; `cell` gives a row's text, with a role where it is not plain.

    An `optional` column is left out where all of them would be too narrow to read.
    """

    title: str
    cell: Callable[[Row], Cell]
    right: bool = False
    optional: bool = False


class Rows(Lines, Generic[Row]):
    """Rows of one type under the titles of their columns."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()
        self._natural: dict[Column[Row], int] = {}
        self._laid_out: tuple[tuple[Column[Row], int], ...] = ()

    @property
    def count(self) -> int:
        """How many rows are here."""
        return len(self.rows)

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def target(self, index: int) -> object:
        """The row itself."""
        return self.rows[index]

    def shows(self, column: Column[Row]) -> bool:
        """Whether there is room for a column."""
        return any(each is column for each, _width in self._laid_out)

    def show(self, rows: Sequence[Row], *, cursor: int | None = None) -> None:
        """Show these rows instead."""
        self.rows = tuple(rows)
        self._measure()
        self._lay()
        self.relaid(cursor=cursor)

    def grow(self, rows: Sequence[Row]) -> None:
        """Show these rows below the others."""
        self.rows += tuple(rows)
        self._measure_more(rows)
        self._lay()
        self.relaid()

    def on_resize(self) -> None:
        """Lay the columns out for another width."""
        self._lay()
        super().on_resize()

    def retranslate(self) -> None:
        """Lay out and draw in the language in force."""
        self._measure()
        self._lay()
        super().retranslate()

    def _measure(self) -> None:
        """The widths that the columns would like to have; of a long list a part tells them."""
        self._natural = {column: cell_len(_titled(column)) for column in self.columns}
        self._measure_more(self.rows[:_SAMPLE])

    def _measure_more(self, rows: Sequence[Row]) -> None:
        for column, width in self._natural.items():
            cells = (cell_len(self._text(column, row)) for row in rows)
            self._natural[column] = min(max((width, *cells)), _WIDEST)

    def _lay(self) -> None:
        """Natural widths; where they do not fit, optional columns go first and the widest are shrunk then."""
        widths = dict(self._natural)
        optional = [column for column in self.columns if column.optional]
        while optional and sum(min(width, _READABLE) for width in widths.values()) > self._room(len(widths)):
            del widths[optional.pop()]
        while widths and sum(widths.values()) > self._room(len(widths)) and max(widths.values()) > _LEAST:
            widths[max(widths, key=lambda column: widths[column])] -= 1
        self._laid_out = tuple(widths.items())
        self.header = [("  ", "plain"), *self._laid([(column, _titled(column)) for column in widths], "dim")]

    def _room(self, columns: int) -> int:
        return self.width - 2 - _GAP * (columns - 1)

    def _text(self, column: Column[Row], row: Row) -> str:
        cell = column.cell(row)
        return clean(cell if isinstance(cell, str) else cell[0])

    def spans(self, index: int) -> Sequence[Span]:
        """The cells of a row."""
        row = self.rows[index]
        return self._laid([(column, column.cell(row)) for column, _width in self._laid_out], "plain")

    def _laid(self, cells: Sequence[tuple[Column[Row], Cell]], role: str) -> list[Span]:
        laid: list[Span] = []
        widths = dict(self._laid_out)
        for column, cell in cells:
            text, own = (cell, role) if isinstance(cell, str) else cell
            laid += [(fit(text, widths[column], right=column.right), own), (" " * _GAP, "plain")]
        return laid


def _titled(column: Column[Row]) -> str:
    """The title in the language in force; gettext answers to an empty message with the head of its catalogue."""
    return _(column.title) if column.title else ""
