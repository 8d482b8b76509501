"""The summary of an event or a week: figures that carry where they come from.

None is *not stated* and never 0. Moments are aware UTC; a rate keeps its two counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ipweek.domain import feedback as opinions
from ipweek.domain.cases import CaseLink
from ipweek.domain.exchange import DemandCounts, together
from ipweek.domain.feedback import FeedbackCounts
from ipweek.domain.figures import Named, Rate, SourceRef, Words
from ipweek.domain.indicators import Progress, Reading
from ipweek.domain.reconciliation import Check
from ipweek.domain.report_counts import Arrivals, AttendanceCounts, EnterpriseCounts, RegistrationCounts
from ipweek.domain.report_notes import ReportNotes
from ipweek.domain.shares import ShareCheck
from ipweek.domain.starts import Start
from ipweek.domain.stays import StayCounts
from ipweek.domain.words import (
    ApplicantRule,
    Better,
    Comparator,
    CountBasis,
    CountUnit,
    EventKind,
    EventStatus,
    Level,
    LinkRole,
    Membership,
    PatentType,
    Provenance,
    ResultStatus,
    StatementKind,
)


@dataclass(frozen=True, slots=True)
class WeekHeader:
    """Which week it is."""

    week: Named
    city: Words
    year: int
    zone: str
    starts_on: date | None
    ends_on: date | None
    theme: Words
    synthetic: bool


@dataclass(frozen=True, slots=True)
class EventHeader:
    """Which event it is; the hosts are texts as stated."""

    event: Named
    week: str
    kind: EventKind
    status: EventStatus
    membership: Membership
    start: Start | None
    end: Start | None
    venue: Named | None
    host: str | None
    organizer: str | None
    co_organizer: str | None
    capacity: int | None
    synthetic: bool


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session and its door; `attended` is None where it has none, `fill` without a capacity or a door.

    `stay` tells of the times inside, None without a door.
    """

    session: Named
    kind: EventKind
    status: EventStatus
    start: Start | None
    end: Start | None
    room: Named | None
    has_door: bool
    enrolled: int
    attended: int | None
    capacity: int | None
    synthetic: bool
    stay: StayCounts | None = None

    @property
    def fill(self) -> Rate | None:
        """Attended, of the capacity."""
        if self.attended is None or not self.capacity:
            return None
        return Rate(self.attended, self.capacity)


@dataclass(frozen=True, slots=True)
class LevelFigure:
    """How many patents at a level: a derived count has bounds and the formula it came by."""

    level: Level
    region_code: str | None
    provenance: Provenance
    count: int | None
    low: int | None
    high: int | None
    comparator: Comparator
    unit: CountUnit | None
    patent_type: PatentType | None
    basis: CountBasis | None
    applicant_rule: ApplicantRule | None
    period: str | None
    formula: str | None
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class ReachCounts:
    """Enterprises of a result's industry by whether they heard it."""

    heard: int
    registered_only: int
    missed: int

    @property
    def total(self) -> int:
        """All enterprises of the industry."""
        return self.heard + self.registered_only + self.missed

    @property
    def rate(self) -> Rate:
        """Those who heard it, of all."""
        return Rate(self.heard, self.total)


@dataclass(frozen=True, slots=True)
class Place:
    """The event or session (`kind`) that released, presented or discussed a result."""

    kind: str
    place: Named
    role: LinkRole


@dataclass(frozen=True, slots=True)
class ResultHeader:
    """Which navigation result it is."""

    result: Named
    industry: Named
    version: int
    status: ResultStatus
    released_on: date | None
    cut_off: date | None


@dataclass(frozen=True, slots=True)
class ResultSummary:
    """A result with its counts; `reach` is None where no event or session released it, or none that has
    registrations.

    `share` is the city's share of the province, stated and computed.
    """

    header: ResultHeader
    places: tuple[Place, ...]
    figures: tuple[LevelFigure, ...]
    share: ShareCheck | None
    reach: ReachCounts | None

    def figure(self, level: Level) -> LevelFigure | None:
        """The count to show for a level: stated, else imported, else derived; None where there is none."""
        order = list(Provenance)
        known = [figure for figure in self.figures if figure.level is level and figure.count is not None]
        return min(known, key=lambda figure: order.index(figure.provenance), default=None)


@dataclass(frozen=True, slots=True)
class IndicatorSummary:
    """An indicator's latest actual against one target; either may be None, and so what follows from them."""

    indicator: Named
    unit: str | None
    actual: Reading | None
    target: Reading | None
    baseline: Reading | None
    progress: Progress
    sources: tuple[SourceRef, ...]
    better: Better = Better.HIGHER


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source says of the event or week, a *stated attendee* among it: shown, and counted in nothing."""

    code: str
    kind: StatementKind
    enterprise: Named | None
    text: Words
    said_by: Words
    value: Decimal | None
    comparator: Comparator | None
    unit: str | None
    period: str | None
    read_as: str | None
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class EventSummary:
    """All figures of one event; `indicators` are its week's.

    `attendance` is None where no registrations are recorded: who came is then not known, and not 0. `as_of` is the day,
    in the week's zone, on which the figures were read.
    `synthetic`: made-up people or records are among the figures.
    """

    week: WeekHeader
    header: EventHeader
    registrations: RegistrationCounts
    attendance: AttendanceCounts | None
    enterprises: EnterpriseCounts
    sessions: tuple[SessionSummary, ...]
    results: tuple[ResultSummary, ...]
    indicators: tuple[IndicatorSummary, ...]
    stated: tuple[Stated, ...]
    arrivals: tuple[Arrivals, ...]
    synthetic: bool
    cases: tuple[CaseLink, ...] = ()
    demands: DemandCounts = field(default_factory=DemandCounts)
    feedback: FeedbackCounts = field(default_factory=FeedbackCounts)
    notes: ReportNotes = field(default_factory=ReportNotes)
    checks: tuple[Check, ...] = ()
    as_of: date | None = None

    @property
    def attendees(self) -> tuple[Stated, ...]:
        """Who a source says attended; counted in no rate."""
        return attendees_of(self.stated)

    @property
    def answered(self) -> Rate | None:
        """Who answered, of those who came; None where it is not known who came."""
        return Rate(self.feedback.respondents, self.attendance.attended) if self.attendance else None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event in the summary of its week; `attendance` as in `EventSummary`."""

    header: EventHeader
    registrations: RegistrationCounts
    attendance: AttendanceCounts | None
    enterprises: EnterpriseCounts
    sessions: int
    results: int
    arrivals: tuple[Arrivals, ...]
    cases: int = 0
    demands: DemandCounts = field(default_factory=DemandCounts)
    feedback: FeedbackCounts = field(default_factory=FeedbackCounts)


@dataclass(frozen=True, slots=True)
class WeekTotals:
    """Sums over the events; `people` are unique persons who came, `attendances` person by event.

    These two are None where no event has registrations.
    """

    events: int
    sessions: int
    registrations: RegistrationCounts
    people: int | None
    attendances: int | None
    rate: Rate
    enterprises: EnterpriseCounts


@dataclass(frozen=True, slots=True)
class WeekSummary:
    """All figures of a week; events by date, the undated last. `notes` are the week's own, not its events'."""

    header: WeekHeader
    events: tuple[EventLine, ...]
    results: tuple[ResultSummary, ...]
    indicators: tuple[IndicatorSummary, ...]
    totals: WeekTotals
    stated: tuple[Stated, ...]
    synthetic: bool
    cases: tuple[CaseLink, ...] = ()
    notes: ReportNotes = field(default_factory=ReportNotes)
    checks: tuple[Check, ...] = ()
    as_of: date | None = None

    @property
    def attendees(self) -> tuple[Stated, ...]:
        """Who a source says attended; counted in no rate."""
        return attendees_of(self.stated)

    @property
    def demands(self) -> DemandCounts:
        """Those of all events."""
        return together(line.demands for line in self.events)

    @property
    def feedback(self) -> FeedbackCounts:
        """What was said of all events."""
        return opinions.together(line.feedback for line in self.events)

    @property
    def answered(self) -> Rate | None:
        """Who answered, of those who came to the events of which something was said."""
        asked = [(line.feedback, line.attendance) for line in self.asked if line.attendance]
        if not asked:
            return None
        answered = sum(said.respondents for said, _came in asked)
        return Rate(answered, sum(came.attended for _said, came in asked))

    @property
    def asked(self) -> tuple[EventLine, ...]:
        """The events of which something was said and it is known who came."""
        return tuple(line for line in self.events if line.feedback.answers and line.attendance)


Summary = EventSummary | WeekSummary


def attendees_of(stated: Iterable[Stated]) -> tuple[Stated, ...]:
    """The stated attendees among statements."""
    return tuple(said for said in stated if said.kind is StatementKind.ATTENDEE)
