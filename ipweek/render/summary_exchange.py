"""The sections of a summary on typical cases and on what enterprises asked for."""

from collections.abc import Sequence

from ipweek.domain.cases import CaseLink
from ipweek.domain.exchange import DemandCounts
from ipweek.i18n import _
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.render.summary_layout import Section, figures_table, table
from ipweek.render.summary_tell import Teller


def cases(links: Sequence[CaseLink]) -> Section | None:
    """Which cases were analysed, and where."""
    if not links:
        return None
    rows = [
        (
            either(link.case_zh, link.case_en) or link.case_code,
            either(link.place_zh, link.place_en) or link.place_code,
            figures.day(link.day),
        )
        for link in links
    ]
    return Section(_("Cases analysed"), (table((_("Case"), _("Where"), _("Day")), rows, texts=3),), depth=2)


def demands(tell: Teller, counts: DemandCounts) -> Section | None:
    """What was asked for, what came of it, and what is late."""
    if not counts.total:
        return None
    here = tell.under("demands.")
    parts = figures_table(
        (
            (_("Demands"), here.cell("total"), None),
            (_("Matched"), here.rate("matched", "total"), here.bar("matched", "total")),
            (_("Settled with a result"), here.rate("closed", "total"), here.bar("closed", "total")),
            (_("Overdue"), here.cell("overdue"), None),
        )
    )
    by = (
        (_("Category"), {words.word(word): f"by_category.{word}" for word in counts.by_category}),
        (_("Status"), {words.word(word): f"by_status.{word}" for word in counts.by_status}),
    )
    tables = (
        table(
            (title, _("Demands")),
            [(label, here.cell(key), here.bar(key, "total")) for label, key in found.items()],
            bar=True,
        )
        for title, found in by
    )
    note = _("Matched are those in progress and settled too; overdue are open ones with a late action.")
    return Section(_("Demands of enterprises"), (parts, *tables), (note,), depth=2)
