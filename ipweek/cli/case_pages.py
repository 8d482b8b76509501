"""What `show` tells of cases: a case's parties, steps and sessions, a session's cases, and who recuses himself."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ipweek.cli.printing import note, under
from ipweek.domain.cases import CaseLink, Recusal
from ipweek.i18n import _

if TYPE_CHECKING:
    from ipweek.bootstrap import App


def case_told(app: "App", code: str) -> dict[str, Any]:
    """A case's parties, steps and links as JSON shapes."""
    page = app.cases.case(code)
    return {
        "parties": [
            {
                "code": party.code,
                "name_zh": party.name_zh,
                "name_en": party.name_en,
                "role": party.role,
                "country": party.country,
                "enterprise": party.enterprise,
            }
            for party in page.parties
        ],
        "steps": [
            {"code": step.code, "happened": step.happened, "text_zh": step.text_zh, "text_en": step.text_en}
            for step in page.steps
        ],
        "links": [_link(line) for line in page.links],
        "recusals": [_recusal(found) for found in app.cases.recusals(case=code)],
    }


def place_told(app: "App", code: str) -> dict[str, Any]:
    """The cases of an event or session as JSON shapes."""
    return {
        "cases": [_link(line) for line in app.cases.links(place=code)],
        "recusals": [_recusal(found) for found in app.cases.recusals(code)],
    }


def show_case(app: "App", code: str) -> None:
    """A case's parties, steps and links as tables."""
    from ipweek.render import case_lists  # noqa: PLC0415 - Rich only where it is shown

    page = app.cases.case(code)
    if page.parties:
        under(_("Parties"), case_lists.parties(page.parties))
    if page.steps:
        under(_("Chronology"), case_lists.steps(page.steps))
    if page.links:
        under(_("Events and sessions"), case_lists.links(page.links))
    tell_recusals(app.cases.recusals(case=code))


def show_cases_of(app: "App", place: str) -> None:
    """The cases of an event or session as a table."""
    from ipweek.render import case_lists  # noqa: PLC0415 - Rich only where it is shown

    links = app.cases.links(place=place)
    if links:
        under(_("Cases"), case_lists.links(links))
        tell_recusals(app.cases.recusals(place))


def tell_recusals(found: Iterable[Recusal]) -> None:
    """Who should not hear which case analysed, to stderr: a warning beside the result."""
    from ipweek.render.case_sheet import recusal  # noqa: PLC0415 - only where it is wanted

    for one in found:
        note("! {told}", told=recusal(one))


def _link(line: CaseLink) -> dict[str, Any]:
    return {"kind": line.place_kind, "place": line.place_code, "case": line.case_code, "day": line.day}


def _recusal(found: Recusal) -> dict[str, Any]:
    return {
        "registration": str(found.registration),
        "name": found.name,
        "enterprise": found.enterprise,
        "role": found.role,
        "place": found.place_code,
        "case": found.case_code,
    }
