"""The only wiring: settings in, services and jobs out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.clocks import ClockReading, DeskClock
from ipweek.domain.desk_line import News
from ipweek.domain.errors import DatabaseError
from ipweek.services.base import Clock, utc_now
from ipweek.storage import migrate
from ipweek.storage.engine import open_engine
from ipweek.storage.seals import is_sealed
from ipweek.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from ipweek.jobs.badge_layouts import LayoutJobs
    from ipweek.jobs.badge_pictures import BadgePictureJobs
    from ipweek.jobs.badge_runs import RunJobs
    from ipweek.jobs.badges import BadgeJobs
    from ipweek.jobs.cases import CaseJobs
    from ipweek.jobs.certificates import CertificateJobs
    from ipweek.jobs.demo import Demo, DemoOutcome
    from ipweek.jobs.desk_line import DeskLine
    from ipweek.jobs.desks import DeskJobs
    from ipweek.jobs.exports import ExportJobs
    from ipweek.jobs.name_lists import NameListJobs
    from ipweek.jobs.printing import PrintJobs
    from ipweek.jobs.reach import ReachJobs
    from ipweek.jobs.reports import ReportJobs
    from ipweek.jobs.schedule import ScheduleJobs
    from ipweek.jobs.signin import SignInJobs
    from ipweek.jobs.wall import WallJobs
    from ipweek.services.audit import Audit
    from ipweek.services.badge_binding import Bindings
    from ipweek.services.badge_runs import BadgeRuns
    from ipweek.services.badges import Badges
    from ipweek.services.cases import Cases
    from ipweek.services.certificates import Certificates
    from ipweek.services.checkin import CheckIn
    from ipweek.services.clocks import Clocks
    from ipweek.services.copies import Copies
    from ipweek.services.desk_conflicts import DeskConflicts
    from ipweek.services.documents import Documents
    from ipweek.services.duplicates import Duplicates
    from ipweek.services.enterprises import Enterprises
    from ipweek.services.exchange import Exchange
    from ipweek.services.explanations import Explanations
    from ipweek.services.exports import Exports
    from ipweek.services.feedback import Feedback
    from ipweek.services.imports import Imports
    from ipweek.services.indicators import Indicators
    from ipweek.services.live import Live
    from ipweek.services.merging import Merging
    from ipweek.services.name_lists import NameLists
    from ipweek.services.navigation import Navigation
    from ipweek.services.operators import Operators
    from ipweek.services.patents import Patents
    from ipweek.services.people import People
    from ipweek.services.programme import Programme
    from ipweek.services.receipts import Receipts
    from ipweek.services.records import Records
    from ipweek.services.registrations import Registrations
    from ipweek.services.report_lists import ReportLists
    from ipweek.services.report_notes import Notes
    from ipweek.services.reports import Reports
    from ipweek.services.signin import SignIn
    from ipweek.services.stays import Stays
    from ipweek.services.wall import Walls
    from ipweek.services.workspace import Workspaces


class _Made:
    """A service or job that is loaded and made when it is first asked for: a scan need not wait for the reports' code.

    `needs` are the attributes of the application that it is made from; its class is that of the annotation.
    """

    def __init__(self, module: str, *needs: str) -> None:
        self._module = f"ipweek.{module}"
        self._needs = needs or ("uow", "_clock")
        self._name = self._class = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name, self._class = name, owner.__annotations__[name].strip("\"'")

    def __get__(self, app: Any, owner: type | None = None) -> Any:
        if app is None:
            return self
        made = getattr(import_module(self._module), self._class)(
            *(getattr(app, need) for need in self._needs)
        )
        app.__dict__[self._name] = made
        return made


def _made(module: str, *needs: str) -> Any:
    return _Made(module, *needs)


class App:
    """One opened workspace; each service is made when it is first asked for."""

    audit: "Audit" = _made("services.audit")
    workspaces: "Workspaces" = _made("services.workspace")
    records: "Records" = _made("services.records", "desk_uow", "_clock")
    programme: "Programme" = _made("services.programme")
    schedule_jobs: "ScheduleJobs" = _made("jobs.schedule", "programme")
    navigation: "Navigation" = _made("services.navigation")
    cases: "Cases" = _made("services.cases")
    report_jobs: "ReportJobs" = _made("jobs.reports", "reports", "report_lists", "settings")
    case_jobs: "CaseJobs" = _made("jobs.cases", "cases", "settings")
    exchange: "Exchange" = _made("services.exchange")
    documents: "Documents" = _made("services.documents")
    indicators: "Indicators" = _made("services.indicators")
    registrations: "Registrations" = _made("services.registrations", "desk_uow", "_clock")
    enterprises: "Enterprises" = _made("services.enterprises", "desk_uow", "_clock")
    people: "People" = _made("services.people", "desk_uow", "_clock")
    duplicates: "Duplicates" = _made("services.duplicates")
    merging: "Merging" = _made("services.merging")
    imports: "Imports" = _made("services.imports")
    patents: "Patents" = _made("services.patents")
    badges: "Badges" = _made("services.badges", "desk_uow", "_clock")
    checkin: "CheckIn" = _made("services.checkin", "desk_uow", "_clock")
    copies: "Copies" = _made("services.copies")
    desk_conflicts: "DeskConflicts" = _made("services.desk_conflicts")
    desk_jobs: "DeskJobs" = _made("jobs.desks", "copies")
    clocks: "Clocks" = _made("services.clocks")
    stays: "Stays" = _made("services.stays", "desk_uow", "_clock")
    operators: "Operators" = _made("services.operators", "desk_uow", "_clock")
    signin: "SignIn" = _made("services.signin", "desk_uow", "_clock")
    signin_jobs: "SignInJobs" = _made("jobs.signin", "signin", "settings")
    certificates: "Certificates" = _made("services.certificates")
    certificate_jobs: "CertificateJobs" = _made("jobs.certificates", "certificates", "settings")
    reports: "Reports" = _made("services.reports")
    explanations: "Explanations" = _made("services.explanations")
    report_lists: "ReportLists" = _made("services.report_lists")
    report_notes: "Notes" = _made("services.report_notes")
    feedback: "Feedback" = _made("services.feedback")
    export_jobs: "ExportJobs" = _made("jobs.exports", "exports", "schedule_jobs")
    reach_jobs: "ReachJobs" = _made("jobs.reach", "reports")
    receipts: "Receipts" = _made("services.receipts")
    live: "Live" = _made("services.live")
    wall_jobs: "WallJobs" = _made("jobs.wall", "walls", "settings")
    demo: "Demo" = _made(
        "jobs.demo",
        "workspaces",
        "records",
        "navigation",
        "cases",
        "registrations",
        "imports",
        "badges",
        "run_jobs",
        "checkin",
        "exchange",
        "report_notes",
    )
    badge_jobs: "BadgeJobs" = _made("jobs.badges", "badges", "programme", "layout_jobs", "settings")
    name_lists: "NameLists" = _made("services.name_lists")
    name_list_jobs: "NameListJobs" = _made("jobs.name_lists", "name_lists", "settings")
    layout_jobs: "LayoutJobs" = _made("jobs.badge_layouts", "settings")
    badge_runs: "BadgeRuns" = _made("services.badge_runs", "desk_uow", "_clock")
    bindings: "Bindings" = _made("services.badge_binding", "desk_uow", "_clock")
    run_jobs: "RunJobs" = _made("jobs.badge_runs", "badge_runs", "badge_jobs")
    badge_picture_jobs: "BadgePictureJobs" = _made(
        "jobs.badge_pictures", "badges", "records", "settings", "_clock"
    )
    print_jobs: "PrintJobs" = _made(
        "jobs.printing", "badges", "records", "badge_jobs", "run_jobs", "settings"
    )
    exports: "Exports" = _made("services.exports")
    walls: "Walls" = _made("services.wall")

    def __init__(self, settings: Settings, *, require_schema: bool = True, clock: Clock = utc_now) -> None:
        self.settings = settings
        self._clock = DeskClock(clock)
        self.engine = open_engine(settings.database_url)
        self.uow = UnitOfWork(self.engine)
        desk = settings.desk
        if require_schema:
            migrate.require_current(self.engine)
            if self.is_copy and not settings.desk_is_stated:
                desk = self.copies.desk_name() or desk
        self.desk_uow, self.line = self.uow, None
        self.actor = Actor(settings.operator, desk, pin=settings.pin)
        if not self.uow.is_sqlite:
            self._may_go_on_alone()

    desk_uow: UnitOfWork
    """For what a desk goes on with by itself while its server is away."""
    line: "DeskLine | None"
    """The way to the server, where there is one; a desk that stays open starts it."""

    def _may_go_on_alone(self) -> None:
        from ipweek.jobs.desk_line import DeskLine, folder_of  # noqa: PLC0415 - beside a server only
        from ipweek.services.own_copies import OwnCopies  # noqa: PLC0415 - as above
        from ipweek.storage.desk_unit_of_work import DeskUnitOfWork, ServerUnitOfWork  # noqa: PLC0415 - as above

        desk, server = DeskUnitOfWork(self.uow), ServerUnitOfWork(self.engine)
        server.server_is_away = lambda: desk.is_away
        self.desk_uow, self.uow = desk, server
        folder = folder_of(self.settings.home, str(self.engine.url))
        self.line = DeskLine(OwnCopies(desk, self._clock), folder, self.actor)

    @cached_property
    def is_copy(self) -> bool:
        """Whether this workspace is a desk's copy, without a network to the main one."""
        return self.uow.copy is not None

    def load(self) -> None:
        """Make every service and job now, so that none is loaded while somebody waits at a screen."""
        for name, made in vars(App).items():
            if isinstance(made, _Made):
                getattr(self, name)

    def now(self) -> datetime:
        """This moment, in UTC, as the services have it."""
        return self._clock()

    def wake(self) -> ClockReading:
        """After a sleep: connections that died meanwhile are given up, and the clock is looked at anew.

        Raises DatabaseError while the database is out of reach.
        """
        self.engine.dispose()
        return self.clocks.check(self.actor)

    def close(self) -> None:
        """Close the database's connections."""
        if self.line is not None:
            self.line.close()
        self.engine.dispose()

    def prepare(self) -> None:
        """Make the schema where there is none. Raises DatabaseError for an older or a newer one."""
        if migrate.revision(self.engine) is None:
            migrate.upgrade(self.engine)
        migrate.require_current(self.engine)

    def upgrade(self) -> None:
        """Bring the schema up to date. Raises DatabaseError where there is none, or in a desk's copy of another."""
        found = migrate.revision(self.engine)
        if found is None:
            raise DatabaseError("workspace-missing")
        if found != migrate.HEAD and is_sealed(self.engine):
            raise DatabaseError("copy-upgrade")
        migrate.upgrade(self.engine)


def open_desk(settings: Settings, tell: Callable[[News], None], week: str | None = None) -> App:
    """A desk that stays at work while its server is away, from the start if need be; `tell` hears of it.

    Raises DatabaseError where there is neither server nor copy.
    """
    try:
        app = App(settings)
    except DatabaseError as error:
        if error.code != "database-unreachable":
            raise
        app = App(settings, require_schema=False)
    if app.line is not None:
        app.line.tell = tell
        try:
            app.line.start(week)
        except BaseException:
            app.close()
            raise
    return app


def open_demo(settings: Settings, directory: Path) -> "tuple[App, DemoOutcome]":
    """The demonstration's workspace in a folder, made where there is none; the day of 2019 is played once."""
    from ipweek.jobs.demo import DemoClock, DemoOutcome  # noqa: PLC0415 - only where it is played

    directory.mkdir(parents=True, exist_ok=True)
    database = directory.absolute() / "ipweek.db"
    there = database.exists()
    home = replace(settings, home=directory, database_url=f"sqlite:///{database.as_posix()}")
    clock = DemoClock()
    app = App(home, require_schema=there, clock=clock)
    if there:
        return App(home), DemoOutcome.found(directory)
    migrate.upgrade(app.engine)
    outcome = app.demo.run(app.actor, directory, clock)
    app.close()
    return App(home), outcome
