"""What does not reconcile, as sentences for the first page; and, where all does, that it does."""

from collections.abc import Collection, Iterable, Iterator

from ipweek.domain import reconciliation as domain
from ipweek.domain.figure_list import figures_of
from ipweek.domain.reconciliation import Check, unreconciled
from ipweek.domain.reports import EventSummary, Summary
from ipweek.domain.summary_figures import Figures, Sum
from ipweek.domain.text import clean
from ipweek.i18n import N_, _
from ipweek.render.definitions import label
from ipweek.render.summary_figures import number

_MOST = 6
"""So many alarms stand on the first page; the others are counted."""
_NAMED = 4

_RELATED = {
    Sum.EQUAL: N_(
        "DOES NOT RECONCILE: {figure} is {found}, but its parts ({parts}) add up to {expected}. "
        "See the rows behind it: {command}"
    ),
    Sum.AT_LEAST: N_(
        "DOES NOT RECONCILE: {figure} is {found}, but its parts ({parts}) make only {expected} together. "
        "See the rows behind it: {command}"
    ),
    Sum.AT_MOST: N_(
        "DOES NOT RECONCILE: {figure} is {found}, but {parts} make {expected}, which is more. "
        "See the rows behind it: {command}"
    ),
}
_RECORDED = {
    domain.ATTENDANCES: N_(
        "DOES NOT RECONCILE: {figure} is {found}, but the doors have let in {expected}. "
        "See the rows behind it: {command}"
    ),
    domain.LOG_ENTRIES: N_(
        "DOES NOT RECONCILE: of {key} the log of scans has {expected} entries, but {found} are kept beside it "
        "(records that differ: {differing}). Publish no attendance before it is settled; the log: {command}"
    ),
    domain.LOG_FIRST: N_(
        "DOES NOT RECONCILE: of {key} the first entry is the same in the log of scans and beside it for {found} of "
        "{expected} records. Publish nobody's lateness before it is settled; the log: {command}"
    ),
    domain.LOG_INSIDE: N_(
        "DOES NOT RECONCILE: of {key} the log of scans has {expected} people inside, but {found} are kept beside it "
        "(records that differ: {differing}). The log: {command}"
    ),
    domain.DOOR: N_(
        "DOES NOT RECONCILE: the door {key} counts {found} people inside, but {expected} are; until it is settled it "
        "fills up too early or too late. The doors: {command}"
    ),
}
_WITHHELD = N_("DOES NOT RECONCILE: a figure that is withheld here; see the report that is not public.")


def alarms(summary: Summary, hidden: Collection[str] = frozenset()) -> tuple[str, ...]:
    """A sentence for each check that does not hold, with both numbers and where to look.

    Of figures that are withheld (`hidden`, by key) no number is told.
    """
    wrong, figures = unreconciled(summary.checks), figures_of(summary)
    told = list(
        dict.fromkeys(
            _(_WITHHELD) if hidden and _withheld(check, figures, hidden) else _alarm(summary, figures, check)
            for check in wrong[:_MOST]
        )
    )
    left = len(wrong) - _MOST
    if left > 0:
        told.append(_("… and {n} more that do not reconcile; all are in the JSON form.").format(n=left))
    return tuple(told)


def assurances(summary: Summary, hidden: Collection[str] = frozenset()) -> tuple[str, ...]:
    """One line where every check holds; none where one does not, or nothing was checked.

    With figures withheld it says nothing of entries: no session has more attendees.
    """
    checks = summary.checks
    if not checks or unreconciled(checks):
        return ()
    scanned = 0 if hidden else _entries(checks)
    text = _("All {n} checks hold: sums agree with their parts, and people are no more than attendances.")
    if scanned:
        text = _(
            "All {n} checks hold: sums agree with their parts, people are no more than attendances, and the "
            "{entries} entries in the log of scans are those that were counted."
        )
    return (text.format(n=len(checks), entries=number(scanned)),)


def _withheld(check: Check, figures: Figures, hidden: Collection[str]) -> bool:
    """Whether its numbers could tell a hidden one: those of doors and of the log are no figures that were looked at."""
    return check.key not in figures or not {check.key, *check.parts}.isdisjoint(hidden)


def _entries(checks: Iterable[Check]) -> int:
    return sum(int(check.expected) for check in checks if check.code == domain.LOG_ENTRIES)


def _alarm(summary: Summary, figures: Figures, check: Check) -> str:
    text = _RECORDED.get(check.code) or _RELATED[check.how]
    figure = figures.get(check.key)
    return _(text).format(
        figure=f"{label(figure)} ({clean(check.key)})" if figure else clean(check.key),
        key=clean(check.key),
        found=number(check.found),
        expected=number(check.expected),
        differing=number(check.differing),
        parts=_("; ").join(_parts(figures, check)),
        command=_command(summary, check),
    )


def _parts(figures: Figures, check: Check) -> Iterator[str]:
    for key in check.parts[:_NAMED]:
        yield f"{clean(key)} {number(figures[key].value)}"
    left = len(check.parts) - _NAMED
    if left > 0:
        yield _("{n} more").format(n=left)


def _command(summary: Summary, check: Check) -> str:
    """What to look at next; never translated."""
    if check.code == domain.DOOR:
        return f"ipweek checkpoint list --event {clean(check.event)}"
    if check.code in domain.LOG:
        return f"ipweek scans --event {clean(check.event)}"
    is_event = isinstance(summary, EventSummary)
    code = summary.header.event.code if isinstance(summary, EventSummary) else summary.header.week.code
    return f"ipweek report --{'event' if is_event else 'week'} {clean(code)} --explain {clean(check.key)}"
