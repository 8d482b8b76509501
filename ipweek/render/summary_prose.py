"""Sentences with the figures of a summary, as an official report tells them."""

from collections.abc import Iterator, Sequence

from ipweek.domain.reports import EventHeader, EventSummary, ResultSummary, Summary, WeekHeader
from ipweek.domain.text import clean
from ipweek.domain.words import LinkRole
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_layout import Figure
from ipweek.render.summary_people import name
from ipweek.render.summary_tell import Teller


def opening(summary: Summary) -> str:
    """When and where it took place, and under which theme."""
    return (
        _of_event(summary.header, summary.week)
        if isinstance(summary, EventSummary)
        else _of_week(summary.header)
    )


def _of_event(event: EventHeader, week: WeekHeader) -> str:
    text = _("“{event}” is part of {week}; date: {date}; venue: {venue}.")
    return text.format(
        event=name(event.event),
        week=name(week.week),
        date=figures.start(event.start) or words.not_stated(),
        venue=name(event.venue) if event.venue else words.not_stated(),
    )


def _of_week(week: WeekHeader) -> str:
    days = [figures.day(day) for day in (week.starts_on, week.ends_on) if day]
    text = _("{week}; city: {city}; dates: {dates}; theme: {theme}.")
    return text.format(
        week=name(week.week),
        city=clean(week.city.text(language()) or "") or words.not_stated(),
        dates=" – ".join(day for day in days if day) or words.not_stated(),
        theme=clean(week.theme.text(language()) or "") or words.not_stated(),
    )


def attendance(tell: Teller, *, week: bool) -> Iterator[str]:
    """How many came, of whom, and from how many enterprises."""
    if week:
        text = _(
            "{events} events with {sessions} sessions were held; {people} people came, {attendances} attendances in all. "
            "Of the expected {rate} attended."
        )
        here = tell.under("totals.")
        yield text.format(
            events=here.cell("events"),
            sessions=here.cell("sessions"),
            people=here.cell("unique_people"),
            attendances=here.cell("attendances"),
            rate=here.cell("rate"),
        )
    else:
        text = _(
            "{registered} people were registered and {expected} expected; {attended} attended. "
            "The attendance rate is {rate}."
        )
        yield text.format(
            registered=tell.cell("registrations.registered"),
            expected=tell.cell("attendance.expected"),
            attended=tell.cell("attendance.attended"),
            rate=tell.cell("attendance.rate"),
        )
    text = _("Of {registered} enterprises registered, {attended} sent somebody who attended.")
    yield text.format(
        registered=tell.cell("enterprises.registered"), attended=tell.cell("enterprises.attended")
    )


def results(tell: Teller, found: Sequence[ResultSummary]) -> Iterator[str]:
    """What was released, and which share of its industry heard it."""
    released = [one for one in found if any(place.role is LinkRole.RELEASED for place in one.places)]
    if not released:
        return
    text = _("{n} navigation results were released: {results}.")
    yield text.format(
        n=figures.number(len(released)), results=_("; ").join(name(one.header.result) for one in released)
    )
    for one in released:
        key = f"results.{one.header.result.code}.reach."
        if one.reach and tell.known(f"{key}rate"):
            heard = _("{result} was heard by {rate} of the enterprises of its industry.")
            yield heard.format(result=name(one.header.result), rate=tell.cell(f"{key}rate"))


def exchange(tell: Teller, *, cases: int) -> Iterator[str]:
    """What was analysed and asked for, and what came of it."""
    if cases:
        yield _("{n} typical cases were analysed.").format(n=tell.cell("cases.total"))
    if tell.known("demands.total") and tell.cell("demands.total").value:
        text = _("Enterprises raised {total} demands: {matched} are matched, {closed} settled with a result.")
        yield text.format(
            total=tell.cell("demands.total"),
            matched=tell.cell("demands.matched"),
            closed=tell.cell("demands.closed"),
        )


def feedback(tell: Teller) -> Iterator[str]:
    """How content people were."""
    if tell.known("feedback.mean"):
        text = _("Satisfaction is {mean} on a scale of 1 to 5; the response rate is {rate}.")
        yield text.format(mean=satisfaction(tell), rate=tell.cell("feedback.response_rate"))


def satisfaction(tell: Teller) -> Figure:
    """The mean of all answers."""
    return tell.mean("feedback.mean", "feedback.n")
