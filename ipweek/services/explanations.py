"""Every figure of a report explained: what it means is said elsewhere, here is what it comes from."""

from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import NotFoundError, UsageError
from ipweek.domain.explanations import Explanation
from ipweek.domain.exports import Scope
from ipweek.domain.figure_list import figures_of
from ipweek.domain.figure_sums import relations_of
from ipweek.domain.figures import SourceRef
from ipweek.domain.summary_figures import Figure, Figures, Sum
from ipweek.services import audit, figure_lists, figure_rows
from ipweek.services.base import Service
from ipweek.services.figure_place import Place
from ipweek.services.records import find
from ipweek.services.report_figures import named
from ipweek.services.reports import event_summary, events_of, today, week_summary
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
        with self.uow.write() if unmask else self.uow.read() as session:
            place = _place(session, scope, self.clock())
            if after is not None and after.behind.rows:
                place = replace(place, after=after.behind.rows[-1])
            figures = figures_of(place.summary)
            figure = figures.get(key) or _missing(key, figures)
            behind = figure_rows.behind(replace(place, unmask=unmask, limit=limit), figure)
            kind, row = ("event", place.events[0]) if scope.event else ("week", place.week)
            if unmask:
                told = {"figure": key, "rows": len(behind.rows)}
                audit.record(session, actor, self.clock(), "unmask", kind, row.id, after=told)
            relations = tuple(
                one
                for one in relations_of(place.summary, figures)
                if one.whole == key and one.how is Sum.EQUAL
            )
            near = {*figure.of, *(part for one in relations for part, _times in one.parts)}
            return Explanation(
                kind,
                named(row),
                place.week.zone,
                figure,
                behind,
                {one: figures[one] for one in figures if one in near},
                relations,
                _source(place, figure),
                synthetic=place.summary.synthetic,
                unmasked=unmask,
            )


def _place(session: Session, scope: Scope, moment: datetime) -> Place:
    if bool(scope.event) == bool(scope.week):
        raise UsageError("event-or-week")
    if scope.event:
        event: Event = find(session, "event", scope.event)
        week = session.get_one(Week, event.week_id)
        summary = event_summary(session, event, moment)
        return Place(session, summary, week, (event,), today(week, moment))
    week = find(session, "week", scope.week or "")
    events = tuple(events_of(session, week.id))
    return Place(session, week_summary(session, week, moment), week, events, today(week, moment))


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
