"""The figures of a summary, each under its key."""

from collections.abc import Iterable
from decimal import Decimal

from ipweek.domain.exchange import DemandCounts
from ipweek.domain.feedback import SCORES, FeedbackCounts, Scores
from ipweek.domain.figures import Named, Rate
from ipweek.domain.report_counts import (
    REGISTRATIONS,
    Arrivals,
    AttendanceCounts,
    EnterpriseCounts,
    RegistrationCounts,
)
from ipweek.domain.reports import (
    EventLine,
    EventSummary,
    IndicatorSummary,
    ResultSummary,
    SessionSummary,
    Summary,
    WeekSummary,
    WeekTotals,
)
from ipweek.domain.summary_figures import Counted, Figure, Figures
from ipweek.domain.words import Provenance

PEOPLE, ENTERPRISES, ANSWERS, DEMANDS, THINGS = Counted
ATTENDANCE = (
    "attended",
    "absent",
    "late",
    "punctual",
    "on_leave",
    "expected",
    "expected_attended",
    "after_opening",
    "walk_in_attended",
    "marked",
)
WAYS = ("by_industry", "by_district", "by_label")
NONE = "none"
"""The code of a group of those without an industry, a district or a label."""


def figures_of(summary: Summary) -> Figures:
    """All figures of an event or a week, in the order of the report."""
    told = _List()
    if isinstance(summary, EventSummary):
        _event(told, summary)
    else:
        _week(told, summary)
    return told


def code(named: Named | None) -> str:
    """The part of a key that says which group, session or result it is."""
    return named.code if named else NONE


class _List(dict[str, Figure]):
    """Figures by key; the first of a key stays."""

    def count(
        self,
        key: str,
        value: Decimal | int | None,
        counted: Counted,
        defined: str = "",
        provenance: Provenance = Provenance.DERIVED,
    ) -> None:
        self.setdefault(key, Figure(key, defined or key, counted, value, provenance=provenance))

    def rate(
        self, key: str, rate: Rate | None, of: tuple[str, str], counted: Counted, defined: str = ""
    ) -> None:
        value = rate.value if rate else None
        self.setdefault(key, Figure(key, defined or key, counted, value, rate, of))


def _event(told: _List, summary: EventSummary) -> None:
    _invited(told, "", summary.notes.invited)
    _registrations(told, "", summary.registrations, recorded=summary.attendance is not None)
    _attendance(told, "", summary.attendance)
    _enterprises(told, "", summary.enterprises)
    _sessions(told, summary.sessions)
    _results(told, summary.results)
    told.count("cases.total", len({link.case_code for link in summary.cases}), THINGS)
    _demands(told, summary.demands)
    _feedback(told, summary.feedback, summary.answered)
    _indicators(told, summary.indicators)
    _arrivals(told, "", summary.arrivals)


def _week(told: _List, summary: WeekSummary) -> None:
    _totals(told, summary.totals)
    _invited(told, "totals.", summary.notes.invited)
    _enterprises(told, "", summary.totals.enterprises)
    for line in summary.events:
        _line(told, line)
    _results(told, summary.results)
    told.count("cases.total", len({link.case_code for link in summary.cases}), THINGS)
    _demands(told, summary.demands)
    _feedback(told, summary.feedback, summary.answered)
    _indicators(told, summary.indicators)


def _line(told: _List, line: EventLine) -> None:
    prefix = f"events.{line.header.event.code}."
    _registrations(told, prefix, line.registrations, recorded=line.attendance is not None)
    _attendance(told, prefix, line.attendance)
    _enterprises(told, prefix, line.enterprises)
    told.count(f"{prefix}sessions", line.sessions, THINGS, "events.sessions")
    told.count(f"{prefix}results", line.results, THINGS, "events.results")
    _arrivals(told, prefix, line.arrivals)


def _invited(told: _List, prefix: str, invited: int | None) -> None:
    key = "registrations.invited"
    told.count(prefix + key, invited, PEOPLE, key, Provenance.STATED)


def _registrations(told: _List, prefix: str, counts: RegistrationCounts, *, recorded: bool) -> None:
    """Where none are recorded their counts tell of nobody."""
    for name in REGISTRATIONS:
        key = f"registrations.{name}"
        told.count(prefix + key, getattr(counts, name), PEOPLE if recorded else THINGS, key)


def _attendance(told: _List, prefix: str, counts: AttendanceCounts | None) -> None:
    for name in ATTENDANCE:
        key = f"attendance.{name}"
        told.count(prefix + key, getattr(counts, name) if counts else None, PEOPLE, key)
    for name, over, under in (
        ("rate", "expected_attended", "expected"),
        ("on_time", "punctual", "attended"),
    ):
        key = f"attendance.{name}"
        of = (f"{prefix}attendance.{over}", f"{prefix}attendance.{under}")
        told.rate(prefix + key, getattr(counts, name) if counts else None, of, PEOPLE, key)


def _enterprises(told: _List, prefix: str, counts: EnterpriseCounts) -> None:
    counted = ENTERPRISES if counts.attended is not None else THINGS
    for name in ("registered", "attended"):
        told.count(f"{prefix}enterprises.{name}", getattr(counts, name), counted, f"enterprises.{name}")
    for way in WAYS:
        for group in getattr(counts, way):
            for name in ("registered", "attended"):
                key = f"{prefix}enterprises.{way}.{code(group.group)}.{name}"
                told.count(key, getattr(group, name), ENTERPRISES, f"enterprises.{way}.{name}")


def _sessions(told: _List, sessions: Iterable[SessionSummary]) -> None:
    for held in sessions:
        key = f"sessions.{held.session.code}"
        told.count(f"{key}.enrolled", held.enrolled, PEOPLE, "sessions.enrolled")
        told.count(f"{key}.attended", held.attended, PEOPLE, "sessions.attended")
        told.count(f"{key}.capacity", held.capacity, THINGS, "sessions.capacity", Provenance.STATED)
        stay = held.stay
        told.count(f"{key}.stayed", stay.n if stay else None, PEOPLE, "sessions.stayed")
        mean = Figure(
            f"{key}.mean_minutes",
            "sessions.mean_minutes",
            PEOPLE,
            stay.mean_minutes if stay else None,
            of=(f"{key}.stayed",),
        )
        told.setdefault(mean.key, mean)
        told.count(f"{key}.left_early", stay.left_early if stay else None, PEOPLE, "sessions.left_early")
        told.rate(f"{key}.fill", held.fill, (f"{key}.attended", f"{key}.capacity"), PEOPLE, "sessions.fill")


def _results(told: _List, results: Iterable[ResultSummary]) -> None:
    for result in results:
        key = f"results.{result.header.result.code}"
        for figure in result.figures:
            if figure.count is not None:
                told.count(
                    f"{key}.counts.{figure.level}.{figure.provenance}",
                    figure.count,
                    THINGS,
                    "results.counts",
                    figure.provenance,
                )
        reach = result.reach
        for name in ("heard", "registered_only", "missed", "total"):
            value = getattr(reach, name) if reach else None
            told.count(f"{key}.reach.{name}", value, ENTERPRISES, f"results.reach.{name}")
        of = (f"{key}.reach.heard", f"{key}.reach.total")
        told.rate(f"{key}.reach.rate", reach.rate if reach else None, of, ENTERPRISES, "results.reach.rate")


def _demands(told: _List, counts: DemandCounts) -> None:
    for name in ("total", "matched", "closed", "overdue"):
        told.count(f"demands.{name}", getattr(counts, name), DEMANDS)
    for word, n in counts.every_category.items():
        told.count(f"demands.by_category.{word}", n, DEMANDS, "demands.by_category")
    for status, n in counts.every_status.items():
        told.count(f"demands.by_status.{status}", n, DEMANDS, "demands.by_status")


def _feedback(told: _List, counts: FeedbackCounts, answered: Rate | None) -> None:
    """Who answered where it is known who came, and who came there, stand apart: elsewhere people answer, too."""
    if not counts.answers:
        return
    for name in ("answers", "respondents", "anonymous", "comments"):
        told.count(f"feedback.{name}", getattr(counts, name), ANSWERS)
    told.count("feedback.answered", answered.numerator if answered else None, ANSWERS)
    told.count("feedback.asked", answered.denominator if answered else None, PEOPLE)
    told.rate("feedback.response_rate", answered, ("feedback.answered", "feedback.asked"), ANSWERS)
    _scores(told, "feedback", "feedback", counts.satisfaction)
    for number, scores in enumerate(counts.ratings.values(), 1):
        _scores(told, f"feedback.ratings.{number}", "feedback.ratings", scores)
    for one in counts.sessions:
        key = f"feedback.sessions.{one.code}"
        told.count(f"{key}.answers", one.answers, ANSWERS, "feedback.answers")
        _scores(told, key, "feedback", one.satisfaction)


def _scores(told: _List, key: str, defined: str, scores: Scores) -> None:
    told.count(f"{key}.n", scores.n, ANSWERS, f"{defined}.n")
    parts = tuple(f"{key}.distribution.{score}" for score in SCORES)
    for score, part in zip(SCORES, parts, strict=True):
        told.count(part, scores.count(score), ANSWERS, f"{defined}.distribution")
    mean = Figure(f"{key}.mean", f"{defined}.mean", ANSWERS, scores.mean, of=(f"{key}.n", *parts))
    told.setdefault(mean.key, mean)


def _indicators(told: _List, indicators: Iterable[IndicatorSummary]) -> None:
    for line in indicators:
        key = f"indicators.{line.indicator.code}"
        for name, reading in (("actual", line.actual), ("target", line.target)):
            told.count(
                f"{key}.{name}",
                reading.value if reading else None,
                THINGS,
                f"indicators.{name}",
                reading.provenance if reading else Provenance.STATED,
            )
        for name in ("gap", "attainment", "growth_needed"):
            told.count(f"{key}.{name}", getattr(line.progress, name), THINGS, f"indicators.{name}")


def _arrivals(told: _List, prefix: str, arrivals: Iterable[Arrivals]) -> None:
    for quarter in arrivals:
        told.count(f"{prefix}arrivals.{quarter.at.isoformat()}", quarter.people, PEOPLE, "arrivals.people")


def _totals(told: _List, totals: WeekTotals) -> None:
    told.count("totals.events", totals.events, THINGS)
    told.count("totals.sessions", totals.sessions, THINGS)
    _registrations(told, "totals.", totals.registrations, recorded=totals.attendances is not None)
    told.count("totals.unique_people", totals.people, PEOPLE)
    told.count("totals.attendances", totals.attendances, PEOPLE)
    known = totals.rate if totals.attendances is not None else None
    told.count(
        "totals.expected_attended", known.numerator if known else None, PEOPLE, "attendance.expected_attended"
    )
    told.count("totals.expected", known.denominator if known else None, PEOPLE, "attendance.expected")
    of = ("totals.expected_attended", "totals.expected")
    told.rate("totals.rate", known, of, PEOPLE, "attendance.rate")
