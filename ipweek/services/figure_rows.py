"""The rows behind a figure of a summary, found by its key.

Each way to find them takes its conditions from where the figure is counted, so that count and list cannot drift apart.
"""

from collections.abc import Callable
from dataclasses import replace

from ipweek.domain.explanations import Rows
from ipweek.domain.summary_figures import Figure
from ipweek.services import figure_lists as lists
from ipweek.services import figure_people as people
from ipweek.services.figure_place import Place

_EVENT = "events."

_Finder = Callable[[Place, str], Rows]
_FINDERS: dict[str, _Finder] = {
    "registrations": people.registrations,
    "attendance": people.attendance,
    "sessions": people.of_session,
    "arrivals": people.arrivals,
    "totals.unique_people": people.unique,
    "totals.attendances": lambda place, _key: people.attendance(place, "attendance.attended"),
    "totals.events": lists.events,
    "totals.sessions": lists.sessions,
    "events.sessions": lists.sessions,
    "events.results": lists.results,
    "enterprises": lists.enterprises,
    "results.reach": lists.reach,
    "results.counts": lists.counts,
    "cases.total": lists.cases,
    "demands": lists.demands,
    "feedback.asked": people.asked,
    "feedback": lists.answers,
    "indicators": lists.indicator,
}
"""By the beginning of a figure's definition; each takes the key without the event that it is of."""


def behind(place: Place, figure: Figure) -> Rows:
    """The rows of a figure, behind `place.after` where that is given; what nobody stated has none."""
    if figure.value is None and figure.rate is None:
        return Rows()
    here, key = _narrowed(place, figure.key)
    if figure.defined.startswith(("registrations.", "attendance.")):
        key = figure.defined  # the sums of a week are those of its events
    begins = max((one for one in _FINDERS if f"{figure.defined}.".startswith(f"{one}.")), key=len)
    return _FINDERS[begins](here, key)


def _narrowed(place: Place, key: str) -> tuple[Place, str]:
    """A figure of one event of a week is explained as that event's own."""
    for event in place.events:
        prefix = f"{_EVENT}{event.code}."
        if key.startswith(prefix):
            return replace(place, events=(event,)), key.removeprefix(prefix)
    return place, key
