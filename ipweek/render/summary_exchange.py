"""The sections of a summary on typical cases and on what enterprises asked for."""

from collections.abc import Sequence

from ipweek.domain.cases import CaseLink
from ipweek.domain.exchange import DemandCounts
from ipweek.domain.figures import Rate
from ipweek.i18n import _
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.case_sheet import either
from ipweek.render.summary_layout import Section, figures_table, table


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
    return Section(_("Cases analysed"), (table((_("Case"), _("Where"), _("Day")), rows, texts=3),))


def demands(counts: DemandCounts) -> Section | None:
    """What was asked for, what came of it, and what is late."""
    if not counts.total:
        return None
    matched, closed = Rate(counts.matched, counts.total), Rate(counts.closed, counts.total)
    parts = figures_table(
        (
            (_("Demands"), figures.number(counts.total), None),
            (_("Matched"), figures.rate(matched), matched.value),
            (_("Settled with a result"), figures.rate(closed), closed.value),
            (_("Overdue"), figures.number(counts.overdue), None),
        )
    )
    by = (
        (_("Category"), {words.word(word): n for word, n in counts.by_category.items()}),
        (_("Status"), {words.word(word): n for word, n in counts.by_status.items()}),
    )
    tables = (
        table(
            (title, _("Demands")),
            [(label, figures.number(n), Rate(n, counts.total).value) for label, n in found.items()],
            bar=True,
        )
        for title, found in by
    )
    note = _("Matched are those in progress and settled too; overdue are open ones with a late action.")
    return Section(_("Demands of enterprises"), (parts, *tables), (note,))
