"""The sections of a summary on typical cases and on what enterprises asked for."""

from collections.abc import Mapping, Sequence

from ipweek.domain.cases import CaseLink
from ipweek.domain.exchange import DemandCounts
from ipweek.i18n import _
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.render.summary_layout import Section, Table, figures_table, table
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
        (_("Category"), {f"by_category.{each}": words.word(each) for each in counts.every_category}),
        (_("Status"), {f"by_status.{each}": words.word(each) for each in counts.every_status}),
    )
    tables = (_by(here, title, labels) for title, labels in by)
    note = _("Matched are those in progress and settled too; overdue are open ones with a late action.")
    return Section(_("Demands of enterprises"), (parts, *tables), (note,), depth=2)


def _by(tell: Teller, title: str, labels: Mapping[str, str]) -> Table:
    """The demands by a vocabulary, without the words that nobody used; one that is withheld may be one of them."""
    rows = [
        (label, tell.cell(key), tell.bar(key, "total"))
        for key, label in labels.items()
        if tell.number(key) != 0
    ]
    return table((title, _("Demands")), rows, bar=True)
