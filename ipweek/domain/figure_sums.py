"""How the figures of a summary add up: what its reconciliation checks, and what could be computed back."""

from collections.abc import Iterable, Iterator

from ipweek.domain.exchange import MATCHED
from ipweek.domain.feedback import SCORES
from ipweek.domain.figure_list import WAYS, code
from ipweek.domain.report_counts import REGISTRATIONS, EnterpriseCounts
from ipweek.domain.reports import EventSummary, ResultSummary, Summary, WeekSummary
from ipweek.domain.summary_figures import Figures, Relation, Sum
from ipweek.domain.words import DemandStatus


def relations_of(summary: Summary, figures: Figures) -> tuple[Relation, ...]:
    """The relations that hold among the figures of a summary; those of figures that it lacks are left out."""
    told = _event(summary) if isinstance(summary, EventSummary) else _week(summary)
    found = (*told, *_demands(figures), *_feedback(figures))
    return tuple(relation for relation in found if relation.parts and _known(relation, figures))


def _known(relation: Relation, figures: Figures) -> bool:
    keys = (relation.whole, *(part for part, _times in relation.parts))
    return all(key in figures and figures[key].value is not None for key in keys)


def _sum(name: str, whole: str, parts: Iterable[str], how: Sum = Sum.EQUAL) -> Relation:
    return Relation(name, whole, tuple((part, 1) for part in parts), how)


def _event(summary: EventSummary) -> Iterator[Relation]:
    yield from _people("")
    yield from _enterprises(summary.enterprises)
    arrivals = [f"arrivals.{quarter.at.isoformat()}" for quarter in summary.arrivals]
    yield _sum("arrivals", "attendance.attended", arrivals)
    for held in summary.sessions:
        key = f"sessions.{held.session.code}.attended"
        yield _sum("session", "attendance.attended", [key], Sum.AT_MOST)
        for part in ("stayed", "left_early"):
            yield _sum("session", key, [f"sessions.{held.session.code}.{part}"], Sum.AT_MOST)
    yield from _results(summary.results)
    yield from _asked([""], Sum.EQUAL)


def _week(summary: WeekSummary) -> Iterator[Relation]:
    codes = [line.header.event.code for line in summary.events]
    counted = [line.header.event.code for line in summary.events if line.attendance]
    for name in REGISTRATIONS:
        parts = [f"events.{event}.registrations.{name}" for event in codes]
        yield _sum("week", f"totals.registrations.{name}", parts)
    yield _sum("week", "totals.sessions", [f"events.{event}.sessions" for event in codes])
    for whole, name in (
        ("attendances", "attended"),
        ("expected", "expected"),
        ("expected_attended", "expected_attended"),
    ):
        yield _sum("week", f"totals.{whole}", [f"events.{event}.attendance.{name}" for event in counted])
    yield _sum("people", "totals.attendances", ["totals.unique_people"], Sum.AT_MOST)
    for event in counted:
        yield _sum("event", "totals.unique_people", [f"events.{event}.attendance.attended"], Sum.AT_MOST)
    for name in ("registered", "attended"):
        parts = [f"events.{event}.enterprises.{name}" for event in counted]
        yield _sum("week", f"enterprises.{name}", parts, Sum.AT_LEAST)
    for line in summary.events:
        prefix = f"events.{line.header.event.code}."
        yield from _people(prefix)
        arrivals = [f"{prefix}arrivals.{quarter.at.isoformat()}" for quarter in line.arrivals]
        yield _sum("arrivals", f"{prefix}attendance.attended", arrivals)
    yield from _enterprises(summary.totals.enterprises)
    yield from _results(summary.results)
    elsewhere = any(line.feedback.answers and not line.attendance for line in summary.events)
    asked = [f"events.{line.header.event.code}." for line in summary.asked]
    yield from _asked(asked, Sum.AT_MOST if elsewhere else Sum.EQUAL)


def _people(prefix: str) -> Iterator[Relation]:
    """Of one event; who came on leave, or was confirmed once the door was open, is in `attended` alone."""
    here = f"{prefix}attendance."
    held = f"{prefix}registrations."
    yield _sum(
        "registered",
        f"{held}registered",
        [f"{here}expected", f"{here}on_leave", f"{held}walk_in", f"{here}after_opening"],
    )
    yield _sum("expected", f"{here}expected", [f"{here}expected_attended", f"{here}absent"])
    yield _sum("punctual", f"{here}attended", [f"{here}late", f"{here}punctual"])
    came = [f"{here}expected_attended", f"{here}walk_in_attended"]
    yield _sum("attended", f"{here}attended", came, Sum.AT_MOST)
    for whole, part in (
        (f"{held}registered", f"{held}substitute"),
        (f"{held}walk_in", f"{here}walk_in_attended"),
        (f"{here}attended", f"{here}marked"),
    ):
        yield _sum("part", whole, [part], Sum.AT_MOST)


def _enterprises(counts: EnterpriseCounts) -> Iterator[Relation]:
    """A district is one; of industries and labels an enterprise has several."""
    for way in WAYS:
        groups = [code(group.group) for group in getattr(counts, way)]
        how = Sum.EQUAL if way == "by_district" else Sum.AT_LEAST
        for name in ("registered", "attended"):
            whole = f"enterprises.{name}"
            if groups:
                yield _sum(way, whole, [f"enterprises.{way}.{group}.{name}" for group in groups], how)
            if how is Sum.AT_LEAST:
                for group in groups:
                    yield _sum(way, whole, [f"enterprises.{way}.{group}.{name}"], Sum.AT_MOST)


def _results(results: Iterable[ResultSummary]) -> Iterator[Relation]:
    for result in results:
        key = f"results.{result.header.result.code}.reach"
        yield _sum(
            "reach", f"{key}.total", [f"{key}.{name}" for name in ("heard", "registered_only", "missed")]
        )


def _demands(figures: Figures) -> Iterator[Relation]:
    statuses, categories = (
        [key for key in figures if key.startswith(f"demands.{way}.")] for way in ("by_status", "by_category")
    )
    matched = [key for key in statuses if key.rpartition(".")[2] in MATCHED]
    yield _sum("demands", "demands.total", statuses)
    yield _sum("demands", "demands.total", categories)
    yield _sum("demands", "demands.matched", matched)
    yield _sum("demands", "demands.closed", [key for key in matched if key.endswith(DemandStatus.CLOSED)])
    yield _sum("demands", "demands.total", ["demands.overdue"], Sum.AT_MOST)


def _asked(prefixes: Iterable[str], how: Sum) -> Iterator[Relation]:
    """Who could answer are those who came to the events under these prefixes; elsewhere others may have answered."""
    yield _sum("asked", "feedback.asked", [f"{prefix}attendance.attended" for prefix in prefixes])
    yield _sum("answered", "feedback.respondents", ["feedback.answered"], how)


def _feedback(figures: Figures) -> Iterator[Relation]:
    """Each score's count sums to those who gave one; none of them are more than the answers."""
    for key in figures:
        scored, _dot, name = key.rpartition(".")
        if key.startswith("feedback.") and name == "n":
            yield _sum("scores", key, [f"{scored}.distribution.{score}" for score in SCORES])
            answers = f"{scored}.answers" if f"{scored}.answers" in figures else "feedback.answers"
            yield _sum("part", answers, [key], Sum.AT_MOST)
    for name in ("respondents", "anonymous", "comments"):
        yield _sum("part", "feedback.answers", [f"feedback.{name}"], Sum.AT_MOST)
    sessions = [key for key in figures if key.startswith("feedback.sessions.") and key.endswith(".answers")]
    yield _sum("sessions", "feedback.answers", sessions, Sum.AT_MOST)
