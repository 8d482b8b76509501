"""The places of the application by name; whoever opens one needs to know no more of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ipweek.tui.screens.badge_view import BadgeScreen
from ipweek.tui.screens.badges import BadgesScreen
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.case import CaseScreen
from ipweek.tui.screens.cases import CasesScreen
from ipweek.tui.screens.certificates import CertificatesScreen
from ipweek.tui.screens.checkin import CheckInScreen
from ipweek.tui.screens.demand import DemandScreen
from ipweek.tui.screens.demand_entry import DemandEntryScreen
from ipweek.tui.screens.desks import DesksScreen
from ipweek.tui.screens.doors import DoorScreen, DoorsScreen
from ipweek.tui.screens.duplicate import DuplicateScreen
from ipweek.tui.screens.duplicates import DuplicatesScreen
from ipweek.tui.screens.enterprise import EnterpriseScreen
from ipweek.tui.screens.enterprise_part import EnterprisePartScreen
from ipweek.tui.screens.enterprises import EnterprisesScreen
from ipweek.tui.screens.exchange import ExchangeScreen
from ipweek.tui.screens.exporting import ExportScreen
from ipweek.tui.screens.feedback import FeedbackScreen
from ipweek.tui.screens.figure import FigureScreen
from ipweek.tui.screens.figures import FiguresScreen
from ipweek.tui.screens.importing import ImportScreen
from ipweek.tui.screens.imports import ImportsScreen
from ipweek.tui.screens.indicator import IndicatorScreen
from ipweek.tui.screens.indicators import IndicatorsScreen
from ipweek.tui.screens.links import LinksScreen
from ipweek.tui.screens.live import LiveScreen
from ipweek.tui.screens.merges import MergesScreen
from ipweek.tui.screens.operators import OperatorScreen, OperatorsScreen
from ipweek.tui.screens.patents import PatentsScreen
from ipweek.tui.screens.people import PeopleScreen
from ipweek.tui.screens.person import PersonScreen
from ipweek.tui.screens.person_form import PersonFormScreen
from ipweek.tui.screens.photographs import PhotographsScreen
from ipweek.tui.screens.print_log import PrintLogScreen
from ipweek.tui.screens.prints import PrintsScreen
from ipweek.tui.screens.programme import ProgrammeScreen
from ipweek.tui.screens.reach import ReachScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.screens.register import RegisterScreen
from ipweek.tui.screens.report_notes import ReportNotesScreen
from ipweek.tui.screens.report_text import ReportTextScreen
from ipweek.tui.screens.result import ResultScreen
from ipweek.tui.screens.scan_log import ScanLogScreen
from ipweek.tui.screens.signin import SignInScreen
from ipweek.tui.screens.signin_sheets import SheetsScreen
from ipweek.tui.screens.summary import SummaryScreen
from ipweek.tui.screens.timetable import TimetableScreen
from ipweek.tui.screens.wall import WallScreen

PLACES: dict[str, Callable[..., BaseScreen]] = {
    "register": RegisterScreen,
    "checkin": CheckInScreen,
    "scans": ScanLogScreen,
    "doors": DoorsScreen,
    "door": DoorScreen,
    "operators": OperatorsScreen,
    "operator": OperatorScreen,
    "people": PeopleScreen,
    "registration": PersonScreen,
    "correct": PersonFormScreen,
    "badge": BadgeScreen,
    "enterprises": EnterprisesScreen,
    "enterprise": EnterpriseScreen,
    "enterprise-part": EnterprisePartScreen,
    "duplicates": DuplicatesScreen,
    "duplicate": DuplicateScreen,
    "merges": MergesScreen,
    "desks": DesksScreen,
    "live": LiveScreen,
    "wall": WallScreen,
    "programme": ProgrammeScreen,
    "timetable": TimetableScreen,
    "records": lambda kind, **about: _LISTS.get(kind, partial(RecordsScreen, kind))(**about),
    "form": RecordFormScreen,
    "results": lambda **about: RecordsScreen("result", **about),
    "result": ResultScreen,
    "cases": CasesScreen,
    "case": CaseScreen,
    "exchange": ExchangeScreen,
    "demand": DemandScreen,
    "demand-entry": DemandEntryScreen,
    "indicators": IndicatorsScreen,
    "indicator": IndicatorScreen,
    "links": LinksScreen,
    "reach": ReachScreen,
    "summary": SummaryScreen,
    "report-notes": ReportNotesScreen,
    "report-text": ReportTextScreen,
    "figures": FiguresScreen,
    "figure": FigureScreen,
    "import": ImportScreen,
    "imports": ImportsScreen,
    "export": ExportScreen,
    "feedback": FeedbackScreen,
    "patents": PatentsScreen,
    "badges": BadgesScreen,
    "prints": PrintsScreen,
    "print-log": PrintLogScreen,
    "signin-sheets": SheetsScreen,
    "signin": SignInScreen,
    "certificates": CertificatesScreen,
}

_LISTS: dict[str, Callable[..., BaseScreen]] = {
    "case": CasesScreen,
    "demand": ExchangeScreen,
    "enterprise": EnterprisesScreen,
    "photograph": PhotographsScreen,
}

NEEDS_EVENT = (
    *("register", "checkin", "scans", "doors", "people", "enterprise", "live", "badges", "demand-entry"),
    *("feedback", "signin-sheets", "signin", "certificates", "print-log", "wall"),
)
NEEDS_WEEK = ("exchange", "indicators", "summary", "report-notes", "figures", "timetable")


def screen_of(place: str, about: dict[str, Any]) -> BaseScreen:
    """A new screen of a place. Raises KeyError."""
    return PLACES[place](**about)
