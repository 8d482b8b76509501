"""The sections of a summary on what the source says, and which sources there are."""

from collections.abc import Sequence

from ipweek.domain.figures import SourceRef
from ipweek.domain.reports import IndicatorSummary, ResultSummary, Stated
from ipweek.domain.text import clean
from ipweek.domain.words import StatementKind
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_layout import Section
from ipweek.render.summary_people import name


def attendees(found: Sequence[Stated]) -> Section | None:
    """Who came, as a source says."""
    if not found:
        return None
    notes = [name(said.enterprise) if said.enterprise else _text(said) for said in found]
    return Section(
        _("Stated attendees (as the source says; counted in no figure)"), notes=tuple(notes), depth=2
    )


def statements(stated: Sequence[Stated]) -> Section | None:
    """What was said of the event or week."""
    told = [said for said in stated if said.kind is not StatementKind.ATTENDEE]
    if not told:
        return None
    notes = (_("{label}: {text}").format(label=words.word(said.kind), text=_text(said)) for said in told)
    return Section(_("What the source says"), notes=tuple(notes), depth=2)


def _text(said: Stated) -> str:
    text = clean(said.text.text(language()) or "") or words.not_stated()
    by = clean(said.said_by.text(language()) or "")
    return _("{text} ({by})").format(text=text, by=by) if by else text


def sources(
    results: Sequence[ResultSummary], indicators: Sequence[IndicatorSummary], stated: Sequence[Stated]
) -> Section | None:
    """Where all of it was said."""
    named: list[SourceRef | None] = [figure.source for result in results for figure in result.figures]
    named += [source for line in indicators for source in line.sources]
    named += [said.source for said in stated]
    found = dict.fromkeys(source for source in named if source is not None)
    if not found:
        return None
    return Section(_("Sources"), notes=tuple(_source(source) for source in found), appendix=True)


def _source(source: SourceRef) -> str:
    parts = (name(source.title), figures.day(source.published_on), clean(source.url or ""))
    return " · ".join(part for part in parts if part)
