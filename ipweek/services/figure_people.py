"""The people behind a figure: registrations, attendances, those of a session."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.sql.selectable import Subquery

from ipweek.domain.badge_code import shown_number
from ipweek.domain.explanations import Row, RowKind, Rows
from ipweek.domain.figures import Named
from ipweek.services.figure_place import Place
from ipweek.services.records import find
from ipweek.services.report_counts import cutoffs
from ipweek.services.stays import limits_of
from ipweek.storage.queries import figure_rows as queries
from ipweek.storage.queries import reports, stays
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.people import Registration

_STAYS = ("stayed", "mean_minutes", "left_early")
_RATES = {"rate": ("expected_attended", "expected"), "on_time": ("punctual", "attended")}


def registrations(place: Place, key: str) -> Rows:
    """By status or source; how many were invited is said by somebody."""
    return Rows() if key.endswith("registrations.invited") else attendance(place, key)


def attendance(place: Place, key: str) -> Rows:
    """By what was decided on attendance; of a rate all of the denominator."""
    name = key.rpartition(".")[2]
    entry = reports.came(place.ids)
    met = reports.conditions(entry, *cutoffs(place.session, place.events, place.week.zone))
    if name in _RATES:
        part, whole = _RATES[name]
        return _registrations(place, entry, met[whole], counts=met[part])
    if name == "marked":
        return _registrations(place, entry, _among(reports.marks(place.ids)))
    return _registrations(place, entry, met[name])


def of_session(place: Place, key: str) -> Rows:
    """Who holds a place in a session, or went in by its door; its capacity was set."""
    _sessions, _dot, rest = key.partition(".")
    code, _dot, name = rest.rpartition(".")
    held = find(place.session, "session", code)
    entry = reports.came(place.ids, held.id)
    if name == "capacity":
        return Rows()
    if name in _STAYS:
        here = stays.who(place.session, _doors_of(place, held.id), left_early=name == "left_early")
        return _registrations(place, entry, Registration.id.in_(here), held=held.id)
    if name == "enrolled":
        places = reports.enrolments(place.ids).subquery("places")
        here = select(places.c.registration_id).where(places.c.session_id == held.id)
        return _registrations(place, entry, Registration.id.in_(here), held=held.id)
    return _registrations(place, entry, entry.c.registration_id.is_not(None), held=held.id)


def _doors_of(place: Place, held: UUID) -> stays.Doors:
    """The session's doors; whose time is known does not depend on what time it is now."""
    own = set(place.session.scalars(select(Checkpoint.id).where(Checkpoint.session_id == held)))
    known = limits_of(place.session, place.ids, datetime.max.replace(tzinfo=UTC))
    return {door: limits for door, limits in known.items() if door in own}


def arrivals(place: Place, key: str) -> Rows:
    """Who first came in within a quarter of an hour."""
    entry = reports.came(place.ids)
    begins = datetime.fromisoformat(key.partition(".")[2])
    span = int(begins.timestamp()) // reports.QUARTER
    return _registrations(place, entry, reports.span_of(place.session, entry.c.first_in) == span)


def asked(place: Place, _key: str) -> Rows:
    """Who came to the events of which something was said."""
    said = place.session.scalars(
        select(FeedbackAnswer.event_id).where(FeedbackAnswer.event_id.in_(place.ids)).distinct()
    ).all()
    entry = reports.came(said)
    came = and_(entry.c.registration_id.is_not(None), Registration.event_id.in_(said))
    return _registrations(place, entry, came)


def unique(place: Place, _key: str) -> Rows:
    """Persons who came, each once."""
    total, found = queries.people(place.session, place.ids, _after(place), place.limit)
    rows = tuple(
        Row(
            (row.sort_key, row.id.hex),
            (place.shown(row.name), _named(row), row.times),
        )
        for row in found
    )
    return Rows(RowKind.PEOPLE, rows, total, total)


def _registrations(
    place: Place,
    entry: Subquery,
    wanted: ColumnElement[bool],
    *,
    counts: ColumnElement[bool] | None = None,
    held: UUID | None = None,
) -> Rows:
    here = and_(Registration.event_id.in_(place.ids), wanted)
    total, counting, found = queries.registrations(
        place.session, here, entry, counts, _after(place), place.limit
    )
    how = queries.entered_by(place.session, [row.id for row in found], place.ids, held)
    rows = tuple(_row(place, row, how.get(row.id)) for row in found)
    return Rows(RowKind.REGISTRATIONS, rows, total, counting)


def _row(place: Place, row: Any, how: object) -> Row:
    return Row(
        (row.sort_key, row.id.hex),
        (
            row.event,
            None if row.badge is None else shown_number(row.badge),
            place.shown(row.name),
            _named(row),
            row.status,
            row.source,
            row.first_in,
            how,
        ),
        bool(row.counts),
    )


def _among(rows: Subquery) -> ColumnElement[bool]:
    return Registration.id.in_(select(rows.c.registration_id))


def _after(place: Place) -> queries.Key | None:
    return None if place.after is None else (place.after.key[0], UUID(place.after.key[1]))


def _named(row: Any) -> Named | None:
    return Named(row.code, row.name_zh, row.name_en) if row.code else None
