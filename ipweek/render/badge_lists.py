"""Print runs and the print log as tables."""

from collections.abc import Iterable

from rich.table import Table

from ipweek.domain.badges import PrintLine
from ipweek.domain.print_runs import JAM, PrintRun, RunBadge
from ipweek.i18n import _
from ipweek.render.lists import clock, grid


def runs(found: Iterable[PrintRun], zone: str) -> Table:
    """Runs, and how far they have come."""
    headers = [_("Run"), _("Time"), _("Badges"), _("Pages"), _("State"), _("Sheet"), _("Printed on")]
    rows = [
        (
            run.ref,
            clock(run.created_at, zone),
            run.badges,
            run.pages,
            progress(run),
            run.layout,
            run.target,
            run.operator,
            run.desk,
        )
        for run in found
    ]
    return grid([*headers, _("Operator"), _("Desk")], rows)


def progress(run: PrintRun) -> str:
    """Complete, or the page at which it stands."""
    return _("complete") if run.is_complete else _("stands before page {page}").format(page=run.done + 1)


def run_badges(found: Iterable[RunBadge]) -> Table:
    """The badges of a run on their pages."""
    headers = [_("Page"), _("Place"), _("Badge"), _("Name"), _("Copies")]
    rows = [
        (badge.page, badge.place, badge.badge_no, badge.name or _("blank"), badge.copies) for badge in found
    ]
    return grid(headers, rows)


def reason(line: PrintLine) -> str | None:
    """Why a copy was printed: as somebody typed it, a jam in the language in force."""
    return _("jam") if line.reason == JAM else line.reason


def print_log(found: Iterable[PrintLine], zone: str) -> Table:
    """Copies as they were printed."""
    headers = [_("Time"), _("Badge"), _("Name"), _("Issue"), _("Copy"), _("Reason"), _("Printed on")]
    rows = [
        (
            clock(line.printed_at, zone),
            line.badge_no,
            line.name or _("blank"),
            line.issue,
            line.copy,
            reason(line),
            line.target,
            line.operator,
            line.desk,
        )
        for line in found
    ]
    return grid([*headers, _("Operator"), _("Desk")], rows)
