"""The reports that an enterprise received, as lines of its page."""

from collections.abc import Iterator, Sequence

from ipweek.domain.receipts import ReceiptLine
from ipweek.i18n import _, language
from ipweek.render.reach_rows import receipt
from ipweek.tui.widgets.page import Leads, Line
from ipweek.tui.widgets.text import fit

_WIDE, _TOLD = 110, 34


def receipt_lines(receipts: Sequence[ReceiptLine], width: int) -> Iterator[Line]:
    """A title over a line a receipt, which leads to the result; nothing where there is none."""
    width = min(width, _WIDE)
    if receipts:
        yield Line()
        yield Line(((_("Reports received"), "strong"),))
    for line in receipts:
        name = fit(f"  {line.result.name(language())}", max(width - _TOLD, 10))
        yield Line(
            ((name, "plain"), (fit(f"  {receipt(line)}", _TOLD), "dim")), Leads("result", line.result.code)
        )
