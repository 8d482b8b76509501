"""Adding, editing, listing, showing and removing the records that are set up by hand."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import (
    AlreadyThereError,
    DatabaseError,
    InvalidError,
    NotFoundError,
    UsageError,
)
from ipweek.domain.ids import new_id
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import Field, FieldKind, Record, RecordKind
from ipweek.domain.starts import Start
from ipweek.domain.text import clean
from ipweek.services import audit, matching, record_rules
from ipweek.services.base import Service
from ipweek.services.marks import is_synthetic
from ipweek.storage.queries import merges
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.kinds import KEEPING, SideTable

PAGE = 200
_CHUNK = 500
_IN_COPIES = ("week", "event", "session", "question", "venue", "room", "enterprise")


class Records(Service):
    """The same five verbs for every kind of `domain.kinds.KINDS`; values are as `records.parse` gives them."""

    def list(
        self,
        kind: str,
        parent: str | None = None,
        *,
        of: str | None = None,
        archived: bool = False,
        offset: int = 0,
        limit: int = PAGE,
    ) -> tuple[Record, ...]:
        """Records of a kind by code, at most `limit` of them; `parent` is the code of where they belong.

        `of` is the field that names it, where there are several such.
        """
        known = _kind(kind)
        table = KEEPING[kind].table
        query = select(table).order_by(*record_rules.order_of(table)).offset(offset).limit(limit)
        with self._reading(kind) as session:
            if parent is not None:
                field = _parent_field(known, of)
                belongs = getattr(table, f"{field.name}_id")
                query = query.where(belongs == find(session, str(field.refers), parent).id)
            if not archived:
                query = query.where(*_unarchived(table))
            return _records(session, known, session.scalars(query).all())

    def count(self, kind: str) -> int:
        """How many records of a kind there are, archived ones left out."""
        table = KEEPING[_kind(kind).code].table
        with self._reading(kind) as session:
            return session.scalar(select(func.count()).select_from(table).where(*_unarchived(table))) or 0

    def show(self, kind: str, code: str) -> Record:
        """One record. Raises NotFoundError."""
        with self._reading(kind) as session:
            return as_record(session, kind, find(session, kind, code))

    @contextmanager
    def _reading(self, kind: str) -> Iterator[Session]:
        """The copy in a server's place holds what doors need. Raises DatabaseError `needs-server` for anything else."""
        with self.uow.read() as session:
            if kind not in _IN_COPIES and self.uow.is_away:
                raise DatabaseError("needs-server")
            yield session

    def add(self, actor: Actor, kind: str, values: Mapping[str, Any]) -> Record:
        """Add a record. Raises AlreadyThereError `code-taken`, InvalidError for a value, NotFoundError for a reference."""
        values = record_rules.prepared(kind, values)
        with self.uow.write() as session:
            return as_record(session, kind, add_row(session, actor, self.clock(), kind, values))

    def edit(self, actor: Actor, kind: str, code: str, values: Mapping[str, Any]) -> Record:
        """Change the named fields and no other. Raises as `add`, and InvalidError `result-released`."""
        values = record_rules.prepared(kind, values)
        with self.uow.write() as session:
            return edit_row(session, actor, self.clock(), kind, code, values)

    def remove(self, actor: Actor, kind: str, code: str) -> bool:
        """Delete a record that nothing refers to, else archive it. Returns whether it was archived.

        Raises InvalidError `result-released` for a part of such a result, `record-in-use` where a kind keeps no archive.
        """
        with self.uow.write() as session:
            row = find(session, kind, code)
            before = as_record(session, kind, row).values
            record_rules.before_remove(session, kind, row)
            archived = not _deleted(session, kind, row)
            if archived:
                if not hasattr(row, "archived_at"):
                    raise InvalidError("record-in-use", kind=kind, code=row.code)
                row.archived_at = self.clock()
            action = "archive" if archived else "delete"
            audit.record(session, actor, self.clock(), action, kind, row.id, before=before)
            return archived


def add_row(session: Session, actor: Actor, moment: datetime, kind: str, values: Mapping[str, Any]) -> Any:
    """Add a record within a transaction; raises as `Records.add`."""
    known = _kind(kind)
    values = {**values, "code": values.get("code") or _next_code(session, known, values)}
    _require(known, values)
    _refuse_taken(session, kind, values["code"])
    record_rules.before_add(session, kind, values)
    row = KEEPING[kind].table(id=new_id())
    if hasattr(row, "synthetic"):
        row.synthetic = is_synthetic(session)
    _assign(session, known, row, values)
    record_rules.before_save(session, kind, row, None, moment)
    session.add(row)
    _flush(session)
    _assign_sides(session, known, row.id, values)
    record_rules.after_add(session, kind, row, moment)
    audit.record(session, actor, moment, "add", kind, row.id, after=values)
    return row


def edit_row(
    session: Session, actor: Actor, moment: datetime, kind: str, code: str, values: Mapping[str, Any]
) -> Record:
    """Change a record within a transaction; raises as `Records.edit`."""
    known = _kind(kind)
    row = find(session, kind, code)
    # What may follow depends on what is there: another desk's change waits for this one.
    session.refresh(row, with_for_update={"key_share": True})
    before = as_record(session, kind, row).values
    changed = {name: value for name, value in values.items() if before.get(name) != value}
    if not changed:
        return as_record(session, kind, row)
    kept = {field.name: before[field.name] for field in known.fields}
    _require(known, {**kept, **changed})
    if "code" in changed:
        if not changed["code"]:
            raise InvalidError("field-required", field="code")
        _refuse_taken(session, kind, changed["code"])
    record_rules.before_edit(session, kind, row, changed)
    with session.no_autoflush:
        _assign(session, known, row, changed)
        record_rules.before_save(session, kind, row, before, moment)
    _flush(session)
    _assign_sides(session, known, row.id, changed)
    made = as_record(session, kind, row).values
    old = {name: value for name, value in kept.items() if value != made[name]}
    new = {name: made[name] for name in old}
    audit.record(session, actor, moment, "edit", kind, row.id, before=old, after=new)
    record_rules.after_edit(session, actor, kind, row, changed, moment)
    return as_record(session, kind, row)


def as_record(session: Session, kind: str, row: Any) -> Record:
    """A row as the record that leaves the service."""
    return as_records(session, kind, [row])[0]


def as_records(session: Session, kind: str, rows: Sequence[Any]) -> tuple[Record, ...]:
    """Rows of a kind as the records that leave the service."""
    return _records(session, _kind(kind), rows)


def find(session: Session, kind: str, code: str) -> Any:
    """The row of a code (or of an id in hex). Raises NotFoundError `KIND-missing`."""
    table, wanted = KEEPING[kind].table, clean(code).lower()
    row = session.scalar(select(table).where(table.code == wanted))
    if row is None:
        row = session.get(table, UUID(wanted)) if _is_id(wanted) else None
    if row is None and kind == "result":
        row = record_rules.latest_result(session, wanted)
    if row is None and kind == "enterprise":
        row = matching.enterprise_of(session, code)
    if row is None:
        raise NotFoundError("record-missing", kind=kind, code=code)
    return merges.kept(session, row) if isinstance(row, Enterprise) else row


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _kind(code: str) -> RecordKind:
    try:
        return KINDS[code]
    except KeyError:
        raise UsageError("kind-unknown", kind=code) from None


def next_codes(session: Session, kind: str, belongs: str | None = None) -> Iterator[str]:
    """The free numbers of a numbered kind, those of the record with the code `belongs` where it is part of one."""
    stem = f"{belongs}-{KINDS[kind].numbered}" if belongs else KINDS[kind].numbered
    codes = KEEPING[kind].table.code
    taken = session.scalars(select(codes).where(codes.startswith(f"{stem}-", autoescape=True)))
    ends = (code.removeprefix(f"{stem}-") for code in taken)
    highest = max((int(end) for end in ends if end.isdecimal()), default=0)
    return (f"{stem}-{number}" for number in count(highest + 1))


def _next_code(session: Session, known: RecordKind, values: Mapping[str, Any]) -> str | None:
    """The next free number of a numbered kind where it belongs; None for a kind whose records are named."""
    if not known.numbered:
        return None
    field = next((known.field(name) for name in known.parents if values.get(name)), None)
    code = find(session, str(field.refers), values[field.name]).code if field else None
    return next(next_codes(session, known.code, code))


def _unarchived(table: Any) -> tuple[Any, ...]:
    return (table.archived_at.is_(None),) if hasattr(table, "archived_at") else ()


def _parent_field(known: RecordKind, name: str | None) -> Field:
    """The field that says where records of a kind belong: the usual one, or that of this name."""
    if known.parent is None or name not in (None, *known.parents):
        raise UsageError("kind-has-no-parent", kind=known.code)
    return known.field(name or known.parent)


def _refuse_taken(session: Session, kind: str, code: str) -> None:
    """Events and sessions share one name space, because a link names either."""
    shared = ("event", "session") if kind in ("event", "session") else (kind,)
    for other in shared:
        table = KEEPING[other].table
        if session.scalar(select(table.id).where(table.code == code)) is not None:
            raise AlreadyThereError("code-taken", kind=other, code=code)


def _require(known: RecordKind, values: Mapping[str, Any]) -> None:
    for name in values:
        if all(field.name != name for field in known.fields):
            raise UsageError("field-unknown", kind=known.code, field=name)
    for field in known.fields:
        if field.required and values.get(field.name) in (None, "", ()):
            raise InvalidError("field-required", field=field.name)
    for word in ("name", "title", "text"):
        named = [field.name for field in known.fields if field.name in (f"{word}_zh", f"{word}_en")]
        if named and not any(values.get(name) for name in named) and not values.get("value"):
            raise InvalidError("field-required", field=named[0])


def _assign(session: Session, known: RecordKind, row: Any, values: Mapping[str, Any]) -> None:
    sides = dict(KEEPING[known.code].sides)
    for name, value in values.items():
        field = known.field(name)
        if name in sides:
            continue
        if field.kind is FieldKind.START:
            setattr(row, f"{name}_day", value.day if value else None)
            setattr(row, f"{name}_time", value.time if value else None)
        elif field.kind is FieldKind.REFERENCE:
            assert field.refers is not None
            setattr(row, f"{name}_id", find(session, field.refers, value).id if value else None)
        elif field.kind in (FieldKind.WORDS, FieldKind.CHOICES):
            setattr(row, name, [str(part) for part in value or ()])
        else:
            setattr(row, name, _default(row, name) if value is None else value)


def _default(row: Any, name: str) -> Any:
    """What a field goes back to: not stated, or the default of one that cannot be left unsaid."""
    column = row.__table__.c[name]
    return None if column.nullable else column.default.arg


def _assign_sides(session: Session, known: RecordKind, own: UUID, values: Mapping[str, Any]) -> None:
    for name, side in KEEPING[known.code].sides:
        if name not in values:
            continue
        refers = known.field(name).refers
        assert refers is not None
        wanted = [find(session, refers, code).id for code in dict.fromkeys(values[name] or ())]
        session.execute(delete(side.table).where(*_side_rows(side, own)))
        for position, other in enumerate(wanted):
            row = {side.own: own, side.other: other, **dict(side.fixed)}
            if "id" in side.table.__table__.c:
                row |= {"id": new_id(), "position": position}
            session.execute(insert(side.table).values(row))


def _side_rows(side: SideTable, own: UUID) -> tuple[Any, ...]:
    columns = side.table.__table__.c
    return (columns[side.own] == own, *(columns[name] == value for name, value in side.fixed))


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise record_rules.explained(error) from error


def _deleted(session: Session, kind: str, row: Any) -> bool:
    try:
        with session.begin_nested():
            for table, column in KEEPING[kind].owned:
                session.execute(delete(table).where(table.__table__.c[column] == row.id))
            session.delete(row)
            session.flush()
    except IntegrityError:
        session.refresh(row)
        return False
    return True


def _records(session: Session, known: RecordKind, rows: Any) -> tuple[Record, ...]:
    ids = [row.id for row in rows]
    sides = {name: _side_values(session, side, ids) for name, side in KEEPING[known.code].sides}
    codes = _codes_meant(session, known, rows, sides)
    return tuple(
        Record(
            known.code,
            row.id,
            row.code,
            MappingProxyType(
                {field.name: _value(field, row, codes, sides) for field in known.fields}
                | record_rules.extra_values(known.code, row)
            ),
            getattr(row, "archived_at", None) is not None,
        )
        for row in rows
    )


def _codes_meant(
    session: Session, known: RecordKind, rows: Any, sides: Mapping[str, Any]
) -> dict[str, dict[UUID, str]]:
    """The codes of all that these rows refer to, by kind."""
    meant: dict[str, set[UUID]] = {}
    for field in known.fields:
        if field.refers is not None and field.name in sides:
            meant.setdefault(field.refers, set()).update(*sides[field.name].values())
        elif field.refers is not None:
            others = (getattr(row, f"{field.name}_id") for row in rows)
            meant.setdefault(field.refers, set()).update(other for other in others if other is not None)
    return {kind: _codes(session, kind, sorted(others)) for kind, others in meant.items()}


def _codes(session: Session, kind: str, ids: Sequence[UUID]) -> dict[UUID, str]:
    table = KEEPING[kind].table
    found: dict[UUID, str] = {}
    for start in range(0, len(ids), _CHUNK):
        query = select(table.id, table.code).where(table.id.in_(ids[start : start + _CHUNK]))
        found |= {row.id: row.code for row in session.execute(query)}
    return found


def _side_values(session: Session, side: SideTable, ids: list[UUID]) -> dict[UUID, list[UUID]]:
    columns = side.table.__table__.c
    query = select(columns[side.own], columns[side.other]).where(
        columns[side.own].in_(ids), *(columns[name] == value for name, value in side.fixed)
    )
    if "position" in columns:
        query = query.order_by(columns["position"])
    found: dict[UUID, list[UUID]] = {}
    for own, other in session.execute(query):
        found.setdefault(own, []).append(other)
    return found


def _value(field: Field, row: Any, codes: Mapping[str, Mapping[UUID, str]], sides: Mapping[str, Any]) -> Any:
    if field.name in sides:
        assert field.refers is not None
        return tuple(codes[field.refers][other] for other in sides[field.name].get(row.id, ()))
    if field.kind is FieldKind.START:
        day = getattr(row, f"{field.name}_day")
        return Start(day, getattr(row, f"{field.name}_time")) if day else None
    if field.kind is FieldKind.REFERENCE:
        assert field.refers is not None
        target = getattr(row, f"{field.name}_id")
        return codes[field.refers][target] if target else None
    value = getattr(row, field.name)
    if field.kind is FieldKind.CHOICES:
        assert field.choices is not None
        return tuple(field.choices(part) for part in value)
    return tuple(value) if field.kind is FieldKind.WORDS else value
