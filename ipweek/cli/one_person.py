"""A registration and what belongs to its person, as several commands print them."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from ipweek.cli.printing import under
from ipweek.domain.badges import PrintLine
from ipweek.domain.checkin import ScanLine
from ipweek.domain.people import PersonPage
from ipweek.domain.registrations import Registered
from ipweek.i18n import _
from ipweek.render import export_json

shape = export_json.registration
"""A registration as `registration list --json` prints it."""


def belongings(page: PersonPage, zone: str) -> dict[str, Any]:
    """What a person has beside registrations, as `show --json` prints it; moments in the week's zone."""
    return {
        "rank": page.rank,
        "issue": page.issue,
        "prints": [_print(line, zone) for line in page.prints],
        "scans": [_scan(line, zone) for line in page.scans],
    }


def _print(line: PrintLine, zone: str) -> dict[str, Any]:
    return {
        "issue": line.issue,
        "copy": line.copy,
        "reason": line.reason,
        "target": line.target,
        "at": line.printed_at.astimezone(ZoneInfo(zone)),
        "operator": line.operator,
        "desk": line.desk,
    }


def _scan(line: ScanLine, zone: str) -> dict[str, Any]:
    said = line.answer
    return {
        "door": line.door,
        "kind": said.kind,
        "direction": said.direction,
        "verdict": said.verdict,
        "reason": said.reason,
        "at": said.at.astimezone(ZoneInfo(zone)),
        "desk": said.desk,
        "annulled": line.annulled,
    }


def show_belongings(page: PersonPage, zone: str, registrations: Sequence[Registered]) -> None:
    """Registrations, printed copies and scans, each under its title where there are any."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    if registrations:
        under(_("Registrations"), lists.registrations_of_person(registrations))
    if page.prints:
        under(_("Printed copies"), lists.prints(page.prints, zone))
    if page.scans:
        under(_("At the doors"), lists.scans(page.scans, zone))
