"""The places of the application by name; whoever opens one needs to know no more of it."""

from collections.abc import Callable
from typing import Any

from ipweek.tui.screens.badge_view import BadgeScreen
from ipweek.tui.screens.badges import BadgesScreen
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.checkin import CheckInScreen
from ipweek.tui.screens.enterprise import EnterpriseScreen
from ipweek.tui.screens.importing import ImportScreen
from ipweek.tui.screens.links import LinksScreen
from ipweek.tui.screens.live import LiveScreen
from ipweek.tui.screens.people import PeopleScreen
from ipweek.tui.screens.person import PersonScreen
from ipweek.tui.screens.person_form import PersonFormScreen
from ipweek.tui.screens.programme import ProgrammeScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.screens.register import RegisterScreen
from ipweek.tui.screens.result import ResultScreen
from ipweek.tui.screens.scan_log import ScanLogScreen
from ipweek.tui.screens.summary import SummaryScreen

PLACES: dict[str, Callable[..., BaseScreen]] = {
    "register": RegisterScreen,
    "checkin": CheckInScreen,
    "scans": ScanLogScreen,
    "people": PeopleScreen,
    "registration": PersonScreen,
    "correct": PersonFormScreen,
    "badge": BadgeScreen,
    "enterprises": lambda **about: RecordsScreen("enterprise", **about),
    "enterprise": EnterpriseScreen,
    "live": LiveScreen,
    "programme": ProgrammeScreen,
    "records": RecordsScreen,
    "form": RecordFormScreen,
    "results": lambda **about: RecordsScreen("result", **about),
    "result": ResultScreen,
    "links": LinksScreen,
    "summary": SummaryScreen,
    "import": ImportScreen,
    "badges": BadgesScreen,
}

NEEDS_EVENT = ("register", "checkin", "scans", "people", "enterprise", "live", "badges")
NEEDS_WEEK = ("summary",)


def screen_of(place: str, about: dict[str, Any]) -> BaseScreen:
    """A new screen of a place. Raises KeyError."""
    return PLACES[place](**about)
