"""The day of a release: that of its event, and so it stays when the event is moved."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain import navigation_rules
from ipweek.domain.actor import Actor
from ipweek.domain.errors import InvalidError
from ipweek.domain.navigation import HomeRegion, RuleNote
from ipweek.domain.words import LinkRole
from ipweek.services import audit
from ipweek.storage.tables.navigation import NavigationResult, ResultLink
from ipweek.storage.tables.programme import Event, EventSession


def refuse(notes: Iterable[RuleNote], home: HomeRegion | None = None) -> None:
    """Raise the first of these notes as InvalidError; `home` is by what names the levels go."""
    for note in notes:
        raise InvalidError(note.code, **note.params, home=home)


def day_of(session: Session, place: Event | EventSession) -> date | None:
    """The day of a place; a session that states none has its event's."""
    if place.start_day is None and isinstance(place, EventSession):
        return session.get_one(Event, place.event_id).start_day
    return place.start_day


def follow_day(session: Session, actor: Actor, place: Event | EventSession, moment: datetime) -> None:
    """Carry the day of a place to the results that it released.

    Raises InvalidError `cut-off-after-release` where the data of one would be younger than its release.
    """
    for row, held in _released_at(session, place):
        day = day_of(session, held)
        if day == row.released_on:
            continue
        refuse(navigation_rules.late_cut_off(row.code, row.cut_off, day))
        before, row.released_on = row.released_on, day
        dates = {"before": {"released_on": before}, "after": {"released_on": day}}
        audit.record(session, actor, moment, "edit", "result", row.id, **dates)


def _released_at(
    session: Session, place: Event | EventSession
) -> list[tuple[NavigationResult, Event | EventSession]]:
    """What was released at a place, an event's sessions among it; with where exactly."""
    query = (
        select(NavigationResult, EventSession)
        .join(ResultLink, ResultLink.result_id == NavigationResult.id)
        .outerjoin(EventSession, EventSession.id == ResultLink.session_id)
        .where(ResultLink.role == LinkRole.RELEASED)
    )
    if isinstance(place, Event):
        query = query.where((ResultLink.event_id == place.id) | (EventSession.event_id == place.id))
    else:
        query = query.where(ResultLink.session_id == place.id)
    return [(row, held or place) for row, held in session.execute(query.order_by(NavigationResult.code))]
