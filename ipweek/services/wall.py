"""The wall: one picture of an event for everybody in the hall, cheap enough to ask for all day."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ipweek.domain.figures import Named
from ipweek.domain.starts import Start
from ipweek.domain.wall import QUARTER_SECONDS, Wall, WallSession, by_time
from ipweek.services.base import Service
from ipweek.services.live import standing_of
from ipweek.services.records import find
from ipweek.services.report_figures import named
from ipweek.services.reports import today
from ipweek.storage.queries import wall as queries
from ipweek.storage.tables.programme import Event, EventSession, Room, Week


class Walls(Service):
    """Totals and sessions; no person is read, and an enterprise only where its name is asked for."""

    def look(self, event: str, *, enterprises: bool = False) -> Wall:
        """The event as it stands now; with `enterprises`, the names of those present too. Raises NotFoundError."""
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            week = session.get_one(Week, held.week_id)
            moment = self.clock()
            standing, quarters = standing_of(session, held, week.zone, QUARTER_SECONDS)
            rows = queries.enterprise_names(session, held.id) if enterprises else None
            return Wall(
                event=named(held),
                zone=week.zone,
                as_of=moment,
                standing=standing,
                arrivals=quarters,
                enterprises=queries.enterprises_inside(session, held.id) if rows is None else len(rows),
                sessions=by_time(_sessions(session, held, week.zone)),
                released=tuple(map(named, queries.released(session, held.id, today(week, moment)))),
                names=None if rows is None else tuple(Named(row.code, row.zh, row.en) for row in rows),
            )


def _sessions(session: Session, event: Event, zone: str) -> Iterator[WallSession]:
    fill, limits = queries.fill(session, event.id), queries.limits(session, event.id)
    for held, room in queries.sessions(session, event.id):
        day = held.start_day or event.start_day
        if day is None:
            continue
        counted: Any = fill.get(held.id)
        limited = any(limit is not None for limit in limits.get(held.id, ()))
        at_door = limited or bool(
            counted and counted.passed
        )  # else its door is there, and nobody stands at it
        yield WallSession(
            named(held),
            Named(room.code, room.name_zh, room.name_en) if room else None,
            day,
            Start(day, held.start_time).moment(zone),
            Start(held.end_day, held.end_time).moment(zone) if held.end_day else None,
            taken=counted.taken if counted else 0 if at_door or held.capacity is not None else None,
            present=(counted.present if counted else 0) if at_door else None,
            seats=_seats(held, room, limits),
        )


def _seats(held: EventSession, room: Room | None, limits: dict[UUID, list[int | None]]) -> int | None:
    """What the tightest limit allows: the session's own, its room's, its doors' together."""
    doors = limits.get(held.id, [])
    stated = [each for each in doors if each is not None]
    together = sum(stated) if doors and len(stated) == len(doors) else None
    known = [each for each in (held.capacity, room.capacity if room else None, together) if each is not None]
    return min(known, default=None)
