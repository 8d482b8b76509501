"""The only wiring: settings in, services and jobs out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.clocks import ClockReading, DeskClock
from ipweek.domain.desk_line import News
from ipweek.domain.errors import DatabaseError
from ipweek.jobs.badge_layouts import LayoutJobs
from ipweek.jobs.badge_pictures import BadgePictureJobs
from ipweek.jobs.badge_runs import RunJobs
from ipweek.jobs.badges import BadgeJobs
from ipweek.jobs.cases import CaseJobs
from ipweek.jobs.certificates import CertificateJobs
from ipweek.jobs.demo import Demo, DemoClock, DemoOutcome
from ipweek.jobs.desk_line import DeskLine, folder_of
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
from ipweek.services.base import Clock, utc_now
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
from ipweek.services.own_copies import OwnCopies
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
from ipweek.storage import migrate
from ipweek.storage.desk_unit_of_work import DeskUnitOfWork, ServerUnitOfWork
from ipweek.storage.engine import open_engine
from ipweek.storage.seals import is_sealed
from ipweek.storage.unit_of_work import UnitOfWork


class App:
    """One opened workspace; each service is made when it is first asked for."""

    def __init__(self, settings: Settings, *, require_schema: bool = True, clock: Clock = utc_now) -> None:
        self.settings = settings
        self._clock = DeskClock(clock)
        self.engine = open_engine(settings.database_url)
        self.uow = UnitOfWork(self.engine)
        desk = settings.desk
        if require_schema:
            migrate.require_current(self.engine)
            if not settings.desk_is_stated:
                desk = Copies(self.uow, self._clock).desk_name() or desk
        self.desk_uow, self.line = self.uow, None
        self.actor = Actor(settings.operator, desk, pin=settings.pin)
        if not self.uow.is_sqlite:
            self._may_go_on_alone()

    desk_uow: UnitOfWork
    """For what a desk goes on with by itself while its server is away."""
    line: DeskLine | None
    """The way to the server, where there is one; a desk that stays open starts it."""

    def _may_go_on_alone(self) -> None:
        desk, server = DeskUnitOfWork(self.uow), ServerUnitOfWork(self.engine)
        server.server_is_away = lambda: desk.is_away
        self.desk_uow, self.uow = desk, server
        folder = folder_of(self.settings.home, str(self.engine.url))
        self.line = DeskLine(OwnCopies(desk, self._clock), folder, self.actor)

    @cached_property
    def is_copy(self) -> bool:
        """Whether this workspace is a desk's copy, without a network to the main one."""
        return self.uow.copy is not None

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

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.uow, self._clock)

    @cached_property
    def workspaces(self) -> Workspaces:
        return Workspaces(self.uow, self._clock)

    @cached_property
    def records(self) -> Records:
        return Records(self.desk_uow, self._clock)

    @cached_property
    def programme(self) -> Programme:
        return Programme(self.uow, self._clock)

    @cached_property
    def schedule_jobs(self) -> ScheduleJobs:
        return ScheduleJobs(self.programme)

    @cached_property
    def navigation(self) -> Navigation:
        return Navigation(self.uow, self._clock)

    @cached_property
    def cases(self) -> Cases:
        return Cases(self.uow, self._clock)

    @cached_property
    def report_jobs(self) -> ReportJobs:
        return ReportJobs(self.reports, self.report_lists, self.settings)

    @cached_property
    def case_jobs(self) -> CaseJobs:
        return CaseJobs(self.cases, self.settings)

    @cached_property
    def exchange(self) -> Exchange:
        return Exchange(self.uow, self._clock)

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.uow, self._clock)

    @cached_property
    def indicators(self) -> Indicators:
        return Indicators(self.uow, self._clock)

    @cached_property
    def registrations(self) -> Registrations:
        return Registrations(self.desk_uow, self._clock)

    @cached_property
    def enterprises(self) -> Enterprises:
        return Enterprises(self.desk_uow, self._clock)

    @cached_property
    def people(self) -> People:
        return People(self.desk_uow, self._clock)

    @cached_property
    def duplicates(self) -> Duplicates:
        return Duplicates(self.uow, self._clock)

    @cached_property
    def merging(self) -> Merging:
        return Merging(self.uow, self._clock)

    @cached_property
    def imports(self) -> Imports:
        return Imports(self.uow, self._clock)

    @cached_property
    def patents(self) -> Patents:
        return Patents(self.uow, self._clock)

    @cached_property
    def badges(self) -> Badges:
        return Badges(self.desk_uow, self._clock)

    @cached_property
    def checkin(self) -> CheckIn:
        return CheckIn(self.desk_uow, self._clock)

    @cached_property
    def copies(self) -> Copies:
        return Copies(self.uow, self._clock)

    @cached_property
    def desk_conflicts(self) -> DeskConflicts:
        return DeskConflicts(self.uow, self._clock)

    @cached_property
    def desk_jobs(self) -> DeskJobs:
        return DeskJobs(self.copies)

    @cached_property
    def clocks(self) -> Clocks:
        return Clocks(self.uow, self._clock)

    @cached_property
    def stays(self) -> Stays:
        return Stays(self.desk_uow, self._clock)

    @cached_property
    def operators(self) -> Operators:
        return Operators(self.uow, self._clock)

    @cached_property
    def signin(self) -> SignIn:
        return SignIn(self.desk_uow, self._clock)

    @cached_property
    def signin_jobs(self) -> SignInJobs:
        return SignInJobs(self.signin, self.settings)

    @cached_property
    def certificates(self) -> Certificates:
        return Certificates(self.uow, self._clock)

    @cached_property
    def certificate_jobs(self) -> CertificateJobs:
        return CertificateJobs(self.certificates, self.settings)

    @cached_property
    def reports(self) -> Reports:
        return Reports(self.uow, self._clock)

    @cached_property
    def explanations(self) -> Explanations:
        return Explanations(self.uow, self._clock)

    @cached_property
    def report_lists(self) -> ReportLists:
        return ReportLists(self.uow, self._clock)

    @cached_property
    def report_notes(self) -> Notes:
        return Notes(self.uow, self._clock)

    @cached_property
    def feedback(self) -> Feedback:
        return Feedback(self.uow, self._clock)

    @cached_property
    def export_jobs(self) -> ExportJobs:
        return ExportJobs(Exports(self.uow, self._clock), self.schedule_jobs)

    @cached_property
    def reach_jobs(self) -> ReachJobs:
        return ReachJobs(self.reports)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self.uow, self._clock)

    @cached_property
    def live(self) -> Live:
        return Live(self.uow, self._clock)

    @cached_property
    def wall_jobs(self) -> WallJobs:
        return WallJobs(Walls(self.uow, self._clock), self.settings)

    @cached_property
    def demo(self) -> Demo:
        return Demo(
            self.workspaces,
            self.records,
            self.navigation,
            self.cases,
            self.registrations,
            self.imports,
            self.badges,
            self.run_jobs,
            self.checkin,
            self.exchange,
            self.report_notes,
        )

    @cached_property
    def badge_jobs(self) -> BadgeJobs:
        return BadgeJobs(self.badges, self.programme, self.layout_jobs, self.settings)

    @cached_property
    def name_lists(self) -> NameLists:
        return NameLists(self.uow, self._clock)

    @cached_property
    def name_list_jobs(self) -> NameListJobs:
        return NameListJobs(self.name_lists, self.settings)

    @cached_property
    def layout_jobs(self) -> LayoutJobs:
        return LayoutJobs(self.settings)

    @cached_property
    def badge_runs(self) -> BadgeRuns:
        return BadgeRuns(self.desk_uow, self._clock)

    @cached_property
    def bindings(self) -> Bindings:
        return Bindings(self.desk_uow, self._clock)

    @cached_property
    def run_jobs(self) -> RunJobs:
        return RunJobs(self.badge_runs, self.badge_jobs)

    @cached_property
    def badge_picture_jobs(self) -> BadgePictureJobs:
        return BadgePictureJobs(self.badges, self.records, self.settings, self._clock)

    @cached_property
    def print_jobs(self) -> PrintJobs:
        return PrintJobs(self.badges, self.records, self.badge_jobs, self.run_jobs, self.settings)


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


def open_demo(settings: Settings, directory: Path) -> tuple[App, DemoOutcome]:
    """The demonstration's workspace in a folder, made where there is none; the day of 2019 is played once."""
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
