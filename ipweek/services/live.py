"""The counts of an event while it runs, from one picture of the database and cheap enough to ask for all day."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ipweek.domain.figures import Named
from ipweek.domain.live import SLOT_SECONDS, DoorTally, LiveCounts, Standing, Tally, arrivals
from ipweek.domain.report_counts import Arrivals
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.services.report_counts import cutoffs
from ipweek.storage.queries import live as queries
from ipweek.storage.tables.programme import Event, Week


class Live(Service):
    """What a desk or a wall shows while people arrive."""

    def counts(self, event: str) -> LiveCounts:
        """How the event stands now. Raises NotFoundError."""
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            named = Named(held.code, held.name_zh, held.name_en)
            zone = session.get_one(Week, held.week_id).zone
            standing, slots = standing_of(session, held, zone, SLOT_SECONDS)
            enterprises = queries.enterprises(session, held.id)
            return LiveCounts(
                event=named,
                zone=zone,
                registered=sum(row.registered for row in enterprises),
                standing=standing,
                doors=tuple(_door(row, named) for row in queries.doors(session, held.id)),
                industries=_industries(session, held, enterprises),
                enterprises=_ordered(Tally(_named(row), row.registered, row.came) for row in enterprises),
                arrivals=slots,
                as_of=self.clock(),
            )


def standing_of(
    session: Session, event: Event, zone: str, seconds: int
) -> tuple[Standing, tuple[Arrivals, ...]]:
    """The people of an event by the definitions of its summary, and their first entries per so many seconds."""
    confirmed_by, late_after = cutoffs(session, [event], zone)
    rows = queries.standing(session, event.id, confirmed_by, late_after, seconds)

    def total(name: str) -> int:
        return sum(getattr(row, name) for row in rows)

    standing = Standing(
        expected=total("expected"),
        expected_attended=total("expected_attended"),
        walk_in_attended=total("walk_in_attended"),
        attended=total("attended"),
        inside=total("inside"),
        late=total("late") if event.id in late_after else None,
    )
    return standing, arrivals({row.span: row.attended for row in rows if row.span is not None}, seconds)


def _door(row: Any, event: Named) -> DoorTally:
    """A door that has no name of its own goes by its session's, else by the event's."""
    named = Named(row.code, row.zh, row.en) if row.zh or row.en else Named(row.code, event.zh, event.en)
    return DoorTally(named, row.came, row.inside, row.capacity)


def _named(row: Any) -> Named | None:
    return Named(row.code, row.zh, row.en) if row.code else None


def _industries(session: Session, held: Event, enterprises: Sequence[Any]) -> tuple[Tally, ...]:
    """The counts of the enterprises added up by industry, those without one as None."""
    found: dict[Any, list[Named]] = {}
    for row in queries.industries(session, held.id):
        found.setdefault(row.enterprise_id, []).append(Named(row.code, row.name_zh, row.name_en))
    sums: dict[Named | None, tuple[int, int]] = {}
    for row in enterprises:
        for industry in found.get(row.id, [None]):
            registered, came = sums.get(industry, (0, 0))
            sums[industry] = (registered + row.registered, came + row.came)
    return _ordered(Tally(industry, *counts) for industry, counts in sums.items())


def _ordered(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    """Large groups first, those without a group last, nobody left out who came or holds a place."""
    counted = [tally for tally in tallies if tally.registered or tally.came]
    return tuple(
        sorted(
            counted, key=lambda tally: (not tally.of, -tally.registered, tally.of.code if tally.of else "")
        )
    )
