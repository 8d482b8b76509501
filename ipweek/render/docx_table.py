"""Tables of a report in Word: a header on every page, rows kept whole, columns as wide as they need within the page."""

from collections.abc import Sequence

from ipweek.i18n import _
from ipweek.render import words
from ipweek.render.docx_columns import Grid, fit
from ipweek.render.docx_looks import CELL, HEAD, TABLE
from ipweek.render.docx_styles import twips
from ipweek.render.docx_xml import Element, el, flag, paragraph, run
from ipweek.render.summary_layout import Table

_SHORT = 12
"""A table of so few rows stays on one page."""


def grid_of(table: Table) -> Grid:
    """What of a table shows on paper: no bars; a list of figures without a header gets one."""
    shown = [place for place, column in enumerate(table.columns) if not column.bar]
    header = tuple(table.columns[place].title for place in shown)
    if not any(header) and len(shown) == 2:
        header = (_("Item"), _("Figures"))
    rows = tuple(
        tuple(words.not_stated() if row[place] is None else str(row[place]) for place in shown)
        for row in table.rows
    )
    right = frozenset(place for place, number in enumerate(shown) if table.columns[number].right)
    return Grid(header if any(header) else (), rows, right)


def table(grid: Grid, usual: float) -> Element:
    """The table, as wide as the text of the page, in the `usual` type or the largest in which its words fit."""
    found = fit(grid, usual)
    own = None if found.size == usual else found.size
    spans = [twips(width) for width in found.widths]
    rows = [_row(grid.header, spans, own, grid, head=True)] if grid.header else []
    last = len(grid.rows) - 1
    rows += [
        _row(row, spans, own, grid, keep=len(grid.rows) <= _SHORT and number < last)
        for number, row in enumerate(grid.rows)
    ]
    look = "0620" if grid.header else "0680"  # the look of the first row, or of the first column; no bands
    return el(
        "tbl",
        el(
            "tblPr",
            el("tblStyle", val=TABLE),
            el("tblW", w=sum(spans), type="dxa"),
            el("jc", val="center"),
            el("tblLayout", type="fixed"),
            el("tblLook", val=look),
        ),
        el("tblGrid", *(el("gridCol", w=span) for span in spans)),
        *rows,
    )


def _row(
    cells: Sequence[str],
    spans: Sequence[int],
    size: float | None,
    grid: Grid,
    *,
    head: bool = False,
    keep: bool = False,
) -> Element:
    made = []
    for place, (words_, span) in enumerate(zip(cells, spans, strict=True)):
        label = head or (not grid.header and place == 0)
        side = (el("jc", val="right"),) if place in grid.right and not head else ()
        told = paragraph(
            HEAD if label else CELL,
            run(words_, size),
            keep=keep,
            props=side,
        )
        made.append(el("tc", el("tcPr", el("tcW", w=span, type="dxa")), told))
    return el("tr", el("trPr", el("cantSplit"), flag("tblHeader", on=head)), *made)
