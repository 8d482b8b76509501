"""The brief (简报): a report on one page, in sentences with its key figures and one small table.

A sentence of which a figure is withheld is left out; the table says that it is.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ipweek.domain.figure_list import figures_of
from ipweek.domain.report_notes import NoteKind, ReportNotes
from ipweek.domain.reports import EventSummary, IndicatorSummary, ResultSummary, Summary
from ipweek.domain.words import LinkRole
from ipweek.i18n import _, language
from ipweek.render import summary_document, summary_figures, summary_notes, words
from ipweek.render import summary_prose as prose
from ipweek.render.lines import crop
from ipweek.render.summary_layout import Cell, Document, Figure, Section, table
from ipweek.render.summary_people import name
from ipweek.render.summary_tell import Teller

_MOST = 4
"""So many results and indicators are named; a page has no room for more."""
_WIDEST = 240
"""A line that the organizer wrote is cut to so many cells."""


def brief(summary: Summary, hidden: Collection[str] = frozenset()) -> Document:
    """The brief of an event or a week, in the language in force; `hidden` are the keys of withheld figures."""
    tell = Teller(figures_of(summary), hidden)
    whole = summary_document.document(summary, hidden)
    rows = tuple(_rows(tell, summary))
    titles = (_("Key figure"), _("Expected or target"), _("Actual"), _("Share reached"))
    tables = (replace(table(titles, rows), caption=_("Key figures")),) if rows else ()
    sections = [Section(_("In brief"), texts=tuple(_paragraphs(tell, summary)), tables=tables)]
    written = tuple(_written(summary.notes))
    if written:
        sections.append(Section(_("Problems and next steps"), texts=written))
    named = summary.header.event if isinstance(summary, EventSummary) else summary.header.week
    title = _("{name}: brief").format(name=name(named))
    return replace(whole, title=title, facts=(), sections=tuple(sections))


def _paragraphs(tell: Teller, summary: Summary) -> Iterator[str]:
    """The sentences on one matter together."""
    people = _of_event(tell, summary) if isinstance(summary, EventSummary) else _of_week(tell)
    for sentences in (
        (prose.opening(summary), *people, _enterprises(tell)),
        _results(tell, summary.results),
        (*_exchange(tell, summary), _feedback(tell)),
        _targets(summary.indicators),
    ):
        told = _joined(sentences)
        if told:
            yield told


def _joined(sentences: Iterable[str]) -> str:
    """One after the other; Chinese ones have no blank between them."""
    return ("" if language() == "zh" else " ").join(sentence for sentence in sentences if sentence)


def _of_event(tell: Teller, event: EventSummary) -> Iterator[str]:
    """Who was expected, who came."""
    if event.attendance is None:
        yield _("No registrations are recorded, so attendance is not known.")
        return
    here = tell.under("attendance.")
    text = _("{expected} delegates were expected and {came} came: an attendance rate of {rate}.")
    yield _said(here, text, expected="expected", came="expected_attended", rate="rate")
    yield _said(here, _("{attended} people attended in all, walk-ins among them."), attended="attended")


def _of_week(tell: Teller) -> Iterator[str]:
    """What was held, and who came."""
    here = tell.under("totals.")
    yield _said(
        here, _("{events} events with {sessions} sessions were held."), events="events", sessions="sessions"
    )
    text = _("{came} of {expected} expected attendances took place: an attendance rate of {rate}.")
    yield _said(here, text, expected="expected", came="expected_attended", rate="rate")
    text = _("{people} people came, {attendances} attendances in all.")
    yield _said(here, text, people="unique_people", attendances="attendances")


def _enterprises(tell: Teller) -> str:
    text = _("Of {registered} enterprises registered, {attended} sent somebody who attended.")
    return _said(tell, text, registered="enterprises.registered", attended="enterprises.attended")


def _results(tell: Teller, found: Sequence[ResultSummary]) -> Iterator[str]:
    """What was released, and which share of its industry heard it."""
    released = [one for one in found if any(place.role is LinkRole.RELEASED for place in one.places)]
    if not released:
        return
    named = _("; ").join(name(one.header.result) for one in released[:_MOST])
    more = "…" if len(released) > _MOST else ""
    text = _("{n} navigation results were released: {results}.")
    yield text.format(n=summary_figures.number(len(released)), results=named + more)
    heard = [
        _("{industry} {rate}").format(industry=name(one.header.industry), rate=_rate(tell.cell(key)))
        for one in released[:_MOST]
        if tell.known(key := f"results.{one.header.result.code}.reach.rate")
    ]
    if heard:
        text = _("Of the enterprises of each industry, those who heard its result: {shares}.")
        yield text.format(shares=_(", ").join(heard))


def _exchange(tell: Teller, summary: Summary) -> Iterator[str]:
    """What was analysed and asked for, and what came of it."""
    if summary.cases:
        yield _said(tell, _("{n} typical cases were analysed."), n="cases.total")
    if summary.demands.total:
        text = _(
            "Enterprises raised {total} demands: {matched} matched, {closed} settled, {overdue} overdue."
        )
        here = tell.under("demands.")
        yield _said(here, text, total="total", matched="matched", closed="closed", overdue="overdue")


def _feedback(tell: Teller) -> str:
    if not tell.known("feedback.mean") or not tell.known("feedback.response_rate"):
        return ""
    text = _("Satisfaction is {mean} on a scale of 1 to 5; the response rate is {rate}.")
    return text.format(mean=prose.satisfaction(tell), rate=_rate(tell.cell("feedback.response_rate")))


def _targets(indicators: Sequence[IndicatorSummary]) -> Iterator[str]:
    """How far the targets are."""
    aimed = _aimed(indicators)
    if aimed:
        yield _("Towards the targets: {targets}.").format(targets=_("; ").join(map(_target, aimed)))


def _target(line: IndicatorSummary) -> str:
    text = _("{indicator} {actual} (target {target}, {distance})")
    if line.progress.reached:
        distance = _("reached")
    elif line.progress.gap is not None:
        gap = summary_figures.bounded(line.progress.gap, line.progress.gap_is)
        distance = _("distance {gap}").format(gap=gap)
    else:
        text, distance = _("{indicator} {actual} (target {target})"), ""
    return text.format(
        indicator=name(line.indicator),
        actual=summary_figures.reading(line.actual) or words.not_stated(),
        target=summary_figures.reading(line.target),
        distance=distance,
    )


def _aimed(indicators: Sequence[IndicatorSummary]) -> list[IndicatorSummary]:
    return [line for line in indicators if line.target is not None][:_MOST]


def _said(tell: Teller, text: str, **keys: str) -> str:
    """A sentence with its figures; nothing where one of them is withheld or unknown."""
    if not all(map(tell.known, keys.values())):
        return ""
    return text.format(**{part: _rate(tell.cell(key)) for part, key in keys.items()})


def _rate(figure: Figure) -> str:
    """A rate as officials print it: 80.0%（96/120）; any other figure as it is."""
    share = figure.rate
    if share is None or share.value is None:
        return str(figure)
    return _("{percent} ({part} of {whole})").format(
        percent=_("{number} %").format(number=f"{share.value * 100:.1f}"),
        part=summary_figures.number(share.numerator),
        whole=summary_figures.number(share.denominator),
    )


def _rows(tell: Teller, summary: Summary) -> Iterator[tuple[Cell, ...]]:
    """What was to be, what came of it, and the share."""
    event = isinstance(summary, EventSummary)
    here = tell.under("attendance." if event else "totals.")
    if _counted(summary):
        yield _("Attendance rate"), here.cell("expected"), here.cell("expected_attended"), here.cell("rate")
        yield _part(tell, _("Enterprises that came"), "enterprises.registered", "enterprises.attended")
    for one in summary.results[:_MOST]:
        if one.reach is not None:
            reach = tell.under(f"results.{one.header.result.code}.reach.")
            title = _("Reach: {industry}").format(industry=name(one.header.industry))
            yield title, reach.cell("total"), reach.cell("heard"), reach.cell("rate")
    if summary.demands.total:
        yield _part(tell, _("Demands matched"), "demands.total", "demands.matched")
    if summary.feedback.answers:
        said = tell.under("feedback.")
        yield _("Feedback"), said.cell("asked"), said.cell("answered"), said.cell("response_rate")
    yield from map(_indicator, _aimed(summary.indicators))


def _counted(summary: Summary) -> bool:
    if isinstance(summary, EventSummary):
        return summary.attendance is not None
    return summary.totals.attendances is not None


def _part(tell: Teller, title: str, whole: str, part: str) -> tuple[Cell, ...]:
    return title, tell.cell(whole), tell.cell(part), tell.rate(part, whole)


def _indicator(line: IndicatorSummary) -> tuple[Cell, ...]:
    key, progress = f"indicators.{line.indicator.code}", line.progress
    readings = [
        Figure(summary_figures.reading(reading) or "", reading.value, key=f"{key}.{which}")
        if reading
        else None
        for which, reading in (("target", line.target), ("actual", line.actual))
    ]
    share = summary_figures.bounded_percent(progress.attainment, progress.attainment_is) or words.no_data()
    return name(line.indicator), *readings, Figure(share, progress.attainment, key=f"{key}.attainment")


def _written(notes: ReportNotes) -> Iterator[str]:
    """What the organizer wrote of problems and next steps, a line of each."""
    for title, kind in ((_("Problems found"), NoteKind.PROBLEMS), (_("Next steps"), NoteKind.NEXT_STEPS)):
        text = _joined(summary_notes.paragraphs(notes, kind))
        if text:
            yield _("{label}: {text}").format(label=title, text=crop(text, _WIDEST))
