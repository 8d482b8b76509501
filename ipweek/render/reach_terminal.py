"""Who heard a result, in the terminal."""

from collections.abc import Collection

from rich.console import Group, RenderableType
from rich.text import Text

from ipweek.domain.reach import Reach, ReachRow
from ipweek.domain.text import clean
from ipweek.domain.words import ReachState
from ipweek.i18n import N_, _
from ipweek.render import reach_rows, summary_terminal
from ipweek.render import summary_figures as figures
from ipweek.render.summary_layout import Cell, Column, Document, Section, Table
from ipweek.render.summary_people import name

_TITLES = {
    ReachState.HEARD: N_("Heard"),
    ReachState.REGISTERED_ONLY: N_("Registered only"),
    ReachState.MISSED: N_("Missed"),
}


def terminal(
    found: Reach, width: int = 80, states: Collection[ReachState] = tuple(ReachState)
) -> RenderableType:
    """Enterprise by enterprise, part by part."""
    title = name(found.result.result)
    if found.place is None:
        return _unknown(title, _("No event or session has released this result."))
    if found.counts is None:
        return _unknown(title, _("No registrations are recorded there, so its reach is not known."))
    facts = (
        (_("Released at"), name(found.place.place)),
        (_("Heard"), figures.rate(found.counts.rate)),
    )
    parts = tuple(_part(found, state) for state in ReachState if state in states)
    return summary_terminal.laid_out(Document(title, "", facts, parts), width)


def _unknown(title: str, why: str) -> RenderableType:
    return Group(Text(title, "bold"), Text(why, "dim"))


def _part(found: Reach, state: ReachState) -> Section:
    rows = found.rows((state,))
    title = f"{_(_TITLES[state])} ({len(rows)})"
    if not rows:
        return Section(title)
    came = state is not ReachState.MISSED
    columns = (
        Column(_("Enterprise")),
        Column(_("District"), wide=True),
        *((Column(_("Delegates")),) if came else ()),
        Column(_("Contact"), wide=state is ReachState.HEARD),
        Column(_("Reports"), right=True),
    )
    return Section(title, (Table(columns, tuple(_row(found, row, came=came) for row in rows)),))


def _row(found: Reach, row: ReachRow, *, came: bool) -> tuple[Cell, ...]:
    people = (reach_rows.delegates(row, found.zone) or None,) if came else ()
    return (
        name(row.enterprise),
        clean(row.district) if row.district else None,
        *people,
        reach_rows.contact(row.contact) or None,
        figures.number(row.copies) if row.copies else "–",
    )
