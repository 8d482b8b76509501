"""What a summary is made of before it is laid out: titles, tables, notes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ipweek.domain.figures import Rate


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is shown, and the value behind it for spreadsheets.

    `key` names it among the summary's figures, empty where it is none of them. A rate's value is its share, 0 to 1.
    A withheld figure has a text and no value.
    """

    text: str
    value: Decimal | int | date | None = None
    rate: Rate | None = None
    key: str = ""

    def __str__(self) -> str:
        return self.text


Cell = str | Figure | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: figures stand at the right; a bar's cells are shares from 0 to 1, and only screens draw it.

    A `wide` one is left out where the screen is narrow.
    """

    title: str = ""
    right: bool = False
    bar: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; None is *not stated*. `caption` names it where the section's title does not."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


class ChartKind(StrEnum):
    """How a chart is drawn."""

    COLUMNS = "columns"  # upright, over time
    BARS = "bars"  # lying, one group of bars a row
    SHARES = "shares"  # lying, each value a share of a whole that is drawn behind it; more than the whole is marked


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A group of values under one label, a value for each series; None is *not stated* or withheld.

    `shown` are the values as text. In SHARES a value is the share, 0 to 1 and perhaps more.
    """

    label: str
    values: tuple[Decimal | int | None, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures that also stand in a table; `title` is its caption."""

    title: str
    kind: ChartKind
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph as JPEG or PNG, with its caption."""

    caption: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Section:
    """A title, what stands under it, and notes below: paragraphs of text, tables, charts, pictures and items.

    Sections of depth 2 belong to the one of depth 1 before them. An appendix begins on a page of its own.
    """

    title: str
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    pictures: tuple[Picture, ...] = ()
    depth: int = 1
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole summary; `warning` says that data are synthetic, empty where they are not.

    `alarms` stand on the first page: figures that do not reconcile. `assurances` do, too, and are good news. `signed_by`
    and `signed_on` close an official document; None where nobody is named.
    """

    title: str
    warning: str
    facts: tuple[tuple[str, str | None], ...]
    sections: tuple[Section, ...] = field(default=())
    alarms: tuple[str, ...] = ()
    assurances: tuple[str, ...] = ()
    signed_by: str | None = None
    signed_on: str | None = None


def figures_table(rows: Iterable[tuple[str, Cell, Decimal | None]]) -> Table:
    """Labels with their figures, and a bar beside those that are shares."""
    return Table((Column(), Column(right=True), Column(bar=True)), tuple(rows))


def table(
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    texts: int = 1,
    wide: Collection[int] = (),
    bar: bool = False,
) -> Table:
    """A table of which the first `texts` columns are words and the others figures, the last perhaps a bar.

    `wide` are the places of columns for wide screens, where the bar shows too.
    """
    columns = [Column(title, right=place >= texts, wide=place in wide) for place, title in enumerate(titles)]
    if bar:
        columns.append(Column(bar=True, wide=True))
    return Table(tuple(columns), tuple(tuple(row) for row in rows))
