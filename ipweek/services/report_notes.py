"""What the organizer writes for the report of an event or week; coverage and photographs are `Records`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.figures import Words
from ipweek.domain.ids import new_id
from ipweek.domain.report_notes import NOTE_FIELDS, Coverage, Photograph, ReportNotes, noted
from ipweek.services import audit
from ipweek.services.base import Service
from ipweek.services.record_rules import order_of
from ipweek.services.records import find
from ipweek.storage.tables.programme import Event, Week
from ipweek.storage.tables.report_notes import CoverageRow, PhotographContent, PhotographRow, ReportNotesRow

_NAMES = tuple(field.name for fields in NOTE_FIELDS.values() for field in fields)
_PLACES = ("event", "week")


class Notes(Service):
    """The texts of a report, part by part; a place is the kind and the code of an event or a week."""

    def show(self, kind: str, code: str, *, pictures: bool = False) -> ReportNotes:
        """All of a place; with `pictures`, the contents of its photographs too. Raises NotFoundError."""
        with self.uow.read() as session:
            return notes_of(session, _place(session, kind, code), pictures=pictures)

    def write(
        self,
        actor: Actor,
        kind: str,
        code: str,
        values: Mapping[str, Any],
        *,
        seen: Mapping[str, Any] | None = None,
    ) -> ReportNotes:
        """Write the named fields of `NOTE_FIELDS` and no others, as `records.parse` gives them; None takes one back.

        `seen` is what the writer began with: InvalidError `text-changed` where another desk has written since.
        Raises NotFoundError, UsageError `field-unknown`.
        """
        unknown = next((name for name in values if name not in _NAMES), None)
        if unknown is not None:
            raise UsageError("field-unknown", field=unknown)
        with self.uow.write() as session:
            place = _place(session, kind, code)
            row = _row(session, place)
            before = {name: getattr(row, name, None) for name in values}
            if seen is not None and any(before[name] != seen.get(name) for name in values):
                raise InvalidError("text-changed")
            changed = {name: value for name, value in values.items() if value != before[name]}
            if changed:
                _keep(session, place, row, changed)
                old = {name: before[name] for name in changed}
                audit.record(session, actor, self.clock(), "write", kind, place.id, before=old, after=changed)
            return notes_of(session, place)

    def photograph(self, code: str) -> Photograph:
        """One photograph with its content. Raises NotFoundError."""
        with self.uow.read() as session:
            row: PhotographRow = find(session, "photograph", code)
            return _photograph(row, row.contents.content)


def notes_of(session: Session, place: Event | Week, *, pictures: bool = False) -> ReportNotes:
    """All that is written for the report of a place itself; a week's are not those of its events."""
    row = _row(session, place)
    found = noted({name: getattr(row, name) for name in _NAMES}) if row else ReportNotes()
    coverage = session.scalars(
        select(CoverageRow).where(_belongs(CoverageRow, place)).order_by(*order_of(CoverageRow))
    )
    photographs = session.scalars(
        select(PhotographRow)
        .where(_belongs(PhotographRow, place))
        .order_by(func.length(PhotographRow.code), PhotographRow.code)
    ).all()
    contents = _contents(session, [one.id for one in photographs]) if pictures else {}
    return replace(
        found,
        coverage=tuple(map(_coverage, coverage)),
        photographs=tuple(_photograph(one, contents.get(one.id, b"")) for one in photographs),
    )


def _place(session: Session, kind: str, code: str) -> Event | Week:
    if kind not in _PLACES:
        raise UsageError("kind-unknown", kind=kind)
    place: Event | Week = find(session, kind, code)
    return place


def _belongs(table: type[Any], place: Event | Week) -> Any:
    column = table.event_id if isinstance(place, Event) else table.week_id
    return column == place.id


def _row(session: Session, place: Event | Week) -> ReportNotesRow | None:
    return session.scalar(select(ReportNotesRow).where(_belongs(ReportNotesRow, place)))


def _keep(
    session: Session, place: Event | Week, row: ReportNotesRow | None, changed: Mapping[str, Any]
) -> None:
    """Store it; where nothing is left, so is no row, and the place can be deleted again."""
    if row is None:
        own = {"event_id" if isinstance(place, Event) else "week_id": place.id}
        row = ReportNotesRow(id=new_id(), **own)
        session.add(row)
    for name, value in changed.items():
        setattr(row, name, value)
    session.flush()
    if all(getattr(row, name) is None for name in _NAMES):
        session.delete(row)
        session.flush()


def _contents(session: Session, photographs: list[UUID]) -> dict[UUID, bytes]:
    query = select(PhotographContent).where(PhotographContent.photograph_id.in_(photographs))
    return {row.photograph_id: row.content for row in session.scalars(query)}


def _coverage(row: CoverageRow) -> Coverage:
    outlet, title = Words(row.outlet_zh, row.outlet_en), Words(row.title_zh, row.title_en)
    return Coverage(row.code, outlet, title, row.published_on, row.url)


def _photograph(row: PhotographRow, content: bytes) -> Photograph:
    caption = Words(row.caption_zh, row.caption_en)
    return Photograph(row.code, caption, row.taken_on, content, row.width, row.height)
