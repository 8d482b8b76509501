"""Every figure of a report explained: what it means is said elsewhere, here is what it comes from."""

from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import NamedTuple

from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import NotFoundError, UsageError
from ipweek.domain.explanations import Explanation, Rows
from ipweek.domain.exports import Scope
from ipweek.domain.figure_list import figures_of
from ipweek.domain.figure_sums import relations_of
from ipweek.domain.figures import SourceRef
from ipweek.domain.operators import Right
from ipweek.domain.summary_figures import Figure, Figures, Sum
from ipweek.services import audit, figure_lists, figure_rows
from ipweek.services.base import Service
from ipweek.services.figure_place import Place
from ipweek.services.records import find
from ipweek.services.report_figures import named
from ipweek.services.reports import events_of
from ipweek.storage.tables.programme import Event, Week

PAGE = 200
_SIMILAR, _ALIKE = 3, 0.6


class Explanations(Service):
    """A figure with the rows behind it, from one picture of the database."""

    def explain(
        self,
        actor: Actor,
        scope: Scope,
        key: str,
        *,
        unmask: bool = False,
        after: Explanation | None = None,
        limit: int | None = PAGE,
    ) -> Explanation:
        """A figure of an event or a week by its key, with at most `limit` rows: the first, or those behind `after`.

        To unmask names and what was said in confidence is audited. Raises NotFoundError `record-missing`,
        `figure-missing`, `figure-unlike`; UsageError `event-or-week`.
        """
        if unmask:
            self.rights.require(actor, Right.UNMASK)
        with self.uow.write() if unmask else self.uow.read() as session:
            place = _place(session, scope, self.clock(), _Window(unmask, after, limit))
            told = _told(place, key) if after is None else after
            behind = figure_rows.behind(place, told.figure)
            if unmask:
                kind, row = _subject(place)
                noted = {"figure": key, "rows": len(behind.rows)}
                audit.record(session, actor, self.clock(), "unmask", kind, row.id, after=noted)
            return replace(told, behind=behind, unmasked=unmask)


class _Window(NamedTuple):
    unmask: bool
    after: Explanation | None
    limit: int | None


def _place(session: Session, scope: Scope, moment: datetime, wanted: _Window) -> Place:
    if bool(scope.event) == bool(scope.week):
        raise UsageError("event-or-week")
    if scope.event:
        events: tuple[Event, ...] = (find(session, "event", scope.event),)
        week = session.get_one(Week, events[0].week_id)
    else:
        week = find(session, "week", scope.week or "")
        events = tuple(events_of(session, week.id))
    rows = wanted.after.behind.rows if wanted.after else ()
    last = rows[-1] if rows else None
    return Place(session, week, events, moment, not scope.event, wanted.unmask, last, wanted.limit)


def _subject(place: Place) -> tuple[str, Event | Week]:
    return ("week", place.week) if place.whole else ("event", place.events[0])


def _told(place: Place, key: str) -> Explanation:
    """All but the rows."""
    figures = figures_of(place.summary)
    figure = figures.get(key) or _missing(key, figures)
    relations = tuple(
        one for one in relations_of(place.summary, figures) if one.whole == key and one.how is Sum.EQUAL
    )
    near = {*figure.of, *(part for one in relations for part, _times in one.parts)}
    kind, row = _subject(place)
    return Explanation(
        kind,
        named(row),
        place.week.zone,
        figure,
        Rows(),
        {one: figures[one] for one in figures if one in near},
        relations,
        _source(place, figure),
        synthetic=place.summary.synthetic,
    )


def _missing(key: str, figures: Figures) -> Figure:
    similar = tuple(get_close_matches(key, figures, _SIMILAR, _ALIKE))
    if not similar:
        raise NotFoundError("figure-unlike", figure=key)
    raise NotFoundError("figure-missing", figure=key, similar=similar)


def _source(place: Place, figure: Figure) -> SourceRef | None:
    """Where a figure was said, as far as it was."""
    if figure.defined == "results.counts":
        return next((one.source for one in figure_lists.figures_at(place, figure.key)), None)
    if figure.defined.startswith("indicators."):
        return next(iter(figure_lists.line_of(place, figure.key).sources), None)
    return None
