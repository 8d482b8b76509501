"""A summary as titles, tables and notes: what the terminal and Markdown lay out, each in its way.

Built in the language in force; whatever a person typed is cleaned here, and escaped by who lays it out.
"""

from collections.abc import Collection
from dataclasses import replace

from ipweek.domain.figure_list import figures_of
from ipweek.domain.figures import Named
from ipweek.domain.reports import EventSummary, Summary, WeekSummary
from ipweek.domain.text import clean
from ipweek.i18n import _, language
from ipweek.render import reconciliation, summary_sections, words
from ipweek.render import summary_figures as figures
from ipweek.render.summary_layout import Document
from ipweek.render.summary_tell import Teller


def document(summary: Summary, hidden: Collection[str] = frozenset()) -> Document:
    """The summary of an event or a week, laid out in sections; `hidden` are the keys of withheld figures."""
    tell = Teller(figures_of(summary), hidden)
    told = _event(summary) if isinstance(summary, EventSummary) else _week(summary)
    signed_by = summary.notes.signed_by.text(language())
    return replace(
        told,
        alarms=reconciliation.alarms(summary, hidden),
        assurances=reconciliation.assurances(summary, hidden),
        sections=summary_sections.of_summary(summary, tell),
        signed_by=clean(signed_by) if signed_by else None,
        signed_on=figures.day(summary.as_of),
    )


def warning(*, synthetic: bool) -> str:
    """The line that marks made-up data wherever they show."""
    return _("SYNTHETIC: people and figures here are made up for demonstration.") if synthetic else ""


def _title(named: Named) -> str:
    return _("{name}: post-event summary").format(name=clean(named.name(language())))


def _event(summary: EventSummary) -> Document:
    header, week = summary.header, summary.week
    facts = (
        (_("Week"), week.week.name(language())),
        (_("Theme"), week.theme.text(language())),
        (_("Kind"), words.word(header.kind)),
        (_("Date"), figures.start(header.start)),
        (_("Venue"), header.venue.name(language()) if header.venue else None),
        (_("Host"), header.host),
        (_("Organizer"), header.organizer),
        (_("Co-organizer"), header.co_organizer),
    )
    return Document(
        _title(header.event),
        warning(synthetic=summary.synthetic),
        tuple((label, clean(text) if text else None) for label, text in facts),
    )


def _week(summary: WeekSummary) -> Document:
    header = summary.header
    span = [figures.day(day) for day in (header.starts_on, header.ends_on) if day]
    facts = (
        (_("City"), header.city.text(language())),
        (_("Year"), str(header.year)),
        (_("Dates"), " – ".join(text for text in span if text) or None),
        (_("Theme"), header.theme.text(language())),
    )
    return Document(
        _title(header.week),
        warning(synthetic=summary.synthetic),
        tuple((label, clean(text) if text else None) for label, text in facts),
    )
