"""The sections of a summary in the order of an official report, in the language in force."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from ipweek.domain.figure_list import figures_of
from ipweek.domain.report_counts import Arrivals
from ipweek.domain.report_notes import NoteKind
from ipweek.domain.reports import EventSummary, Summary, WeekSummary
from ipweek.i18n import _
from ipweek.render import (
    summary_definitions,
    summary_exchange,
    summary_feedback,
    summary_indicators,
    summary_notes,
    summary_people,
    summary_results,
    summary_sources,
)
from ipweek.render import summary_prose as prose
from ipweek.render.summary_layout import Section
from ipweek.render.summary_tell import Teller


def of_summary(summary: Summary, tell: Teller | None = None) -> tuple[Section, ...]:
    """From background to next steps, then the appendices; parts of which there is nothing to say are left out."""
    told = tell or Teller(figures_of(summary))
    return tuple(
        section
        for part in (
            _background(summary),
            _preparation(told, summary),
            _activities(told, summary),
            _results(told, summary),
            _exchange(told, summary),
            _effect(told, summary),
            _written(_("Problems found"), summary, NoteKind.PROBLEMS),
            _written(_("Next steps"), summary, NoteKind.NEXT_STEPS),
            _appendices(told, summary),
        )
        for section in part
    )


def _part(title: str, texts: Iterable[str], *sections: Section | None) -> Iterator[Section]:
    """A part with the sections below it; nothing where all of it is empty."""
    told, below = tuple(texts), [section for section in sections if section is not None]
    if told or below:
        yield Section(title, texts=told)
        yield from below


def _written(title: str, summary: Summary, kind: NoteKind) -> Iterator[Section]:
    return _part(title, summary_notes.paragraphs(summary.notes, kind))


def _background(summary: Summary) -> Iterator[Section]:
    written = summary_notes.paragraphs(summary.notes, NoteKind.BACKGROUND)
    return _part(_("Background and theme"), (prose.opening(summary), *written))


def _preparation(tell: Teller, summary: Summary) -> Iterator[Section]:
    recorded = isinstance(summary, WeekSummary) or summary.attendance is not None
    here = tell.under("totals.") if isinstance(summary, WeekSummary) else tell
    return _part(
        _("Preparation"),
        summary_notes.paragraphs(summary.notes, NoteKind.PREPARATION),
        summary_people.registrations(here, recorded=recorded),
    )


def _activities(tell: Teller, summary: Summary) -> Iterator[Section]:
    sections: tuple[Section | None, ...]
    if isinstance(summary, WeekSummary):
        known = summary.totals.attendances is not None
        sections = (
            summary_people.events(tell, summary.events),
            summary_people.totals(tell),
            summary_people.enterprises(tell, summary.totals.enterprises),
        )
    else:
        known = summary.attendance is not None
        sections = (
            _attendance(tell, summary),
            summary_people.enterprises(tell, summary.enterprises),
            summary_people.sessions(tell, summary.sessions),
        )
    told = prose.attendance(tell, week=isinstance(summary, WeekSummary)) if known else ()
    return _part(_("Activities"), told, *sections)


def _attendance(tell: Teller, summary: EventSummary) -> Section | None:
    if summary.attendance is None:
        return None
    keys = [f"arrivals.{quarter.at.isoformat()}" for quarter in summary.arrivals]
    arrivals = list(zip(_hours(summary.arrivals, ZoneInfo(summary.week.zone)), keys, strict=True))
    return summary_people.attendance(tell, timed=summary.attendance.late is not None, arrivals=arrivals)


def _hours(arrivals: Sequence[Arrivals], zone: ZoneInfo) -> list[str]:
    """When each quarter began; where there are several days, the first of each says which."""
    moments = [quarter.at.astimezone(zone) for quarter in arrivals]
    days = [moment.date() for moment in moments]
    begins = [len(set(days)) > 1 and day not in days[:place] for place, day in enumerate(days)]
    return [
        f"{moment:%m-%d %H:%M}" if first else f"{moment:%H:%M}"
        for moment, first in zip(moments, begins, strict=True)
    ]


def _results(tell: Teller, summary: Summary) -> Iterator[Section]:
    section = summary_results.results(tell, summary.results)
    if section is not None:
        yield replace(section, texts=tuple(prose.results(tell, summary.results)))


def _exchange(tell: Teller, summary: Summary) -> Iterator[Section]:
    return _part(
        _("Exchange and case analysis"),
        prose.exchange(tell, cases=len(summary.cases)),
        summary_exchange.cases(summary.cases),
        summary_exchange.demands(tell, summary.demands),
    )


def _effect(tell: Teller, summary: Summary) -> Iterator[Section]:
    written = summary_notes.paragraphs(summary.notes, NoteKind.EFFECT)
    return _part(
        _("Effect"),
        (*written, *prose.feedback(tell)),
        summary_feedback.feedback(tell, summary.feedback),
        summary_indicators.indicators(summary.indicators),
        summary_notes.coverage(summary.notes.coverage),
        summary_notes.photographs(summary.notes.photographs),
        summary_sources.attendees(summary.attendees),
        summary_sources.statements(summary.stated),
    )


def _appendices(tell: Teller, summary: Summary) -> Iterator[Section]:
    sources = summary_sources.sources(summary.results, summary.indicators, summary.stated)
    for section in (summary_definitions.definitions(tell.figures), sources):
        if section is not None:
            yield section
