"""What a summary is made of before it is laid out: titles, tables, notes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

Cell = str | Decimal | None


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
    """Rows of cells; None is *not stated*."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A title, what stands under it, and notes below: paragraphs of text, tables, and items."""

    title: str
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole summary; `warning` says that data are synthetic, empty where they are not."""

    title: str
    warning: str
    facts: tuple[tuple[str, str | None], ...]
    sections: tuple[Section, ...] = field(default=())


def figures_table(rows: Iterable[tuple[str, str | None, Decimal | None]]) -> Table:
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
