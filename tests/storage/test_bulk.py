"""Many rows at once come out as they do one by one."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from ipweek.domain.ids import new_id
from ipweek.domain.words import ImportKind, RowOutcome
from ipweek.storage.bulk import insert_rows
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.imports import ImportBatch, ImportRow
from ipweek.storage.unit_of_work import UnitOfWork


def _rows(batch: Any, count: int) -> list[dict[str, Any]]:
    return [
        {"id": new_id(), "batch_id": batch, "number": number, "record_kind": "person", "outcome": RowOutcome.ADDED,
         "record_id": None if number % 2 else new_id(), "before": {"name": "甲"}, "after": {}}
        for number in range(count)
    ]  # fmt: skip


def test_rows_are_stored_as_they_are(uow: UnitOfWork) -> None:
    """Ids, words, JSON and nothing, more of them than go at once; out of a generator, and none at all."""
    batch = ImportBatch(
        id=new_id(), kind=ImportKind.ENTERPRISES, file_name="f", sha256="0" * 64, mapping={}, operator="o",
        imported_at=datetime(2019, 4, 25, tzinfo=UTC), rows=0, added=0, updated=0, unchanged=0, refused=0,
    )  # fmt: skip
    rows = _rows(batch.id, 4500)
    table = ImportRow.metadata.tables[ImportRow.__tablename__]
    with uow.write() as session:
        session.add(batch)
        session.flush()
        insert_rows(session, table, (row for row in rows))
        insert_rows(session, table, [])
    with uow.read() as session:
        found = session.execute(select(table).order_by(table.c.number)).mappings().all()
    assert [{name: row[name] for name in rows[0]} for row in found] == rows


def test_what_a_row_does_not_say_has_its_default(uow: UnitOfWork) -> None:
    """A fixed default, and one that looks at its row."""
    table = Enterprise.metadata.tables[Enterprise.__tablename__]
    known = {"name_zh": "样例", "key": "样例", "sort_key": "yang li"}
    with uow.write() as session:
        insert_rows(session, table, [{"id": new_id(), "code": "fixed", **known}])
        insert_rows(session, table, [{"id": new_id(), "code": "looking", "name_zh": "样例", "key": "样例"}])
    with uow.read() as session:
        found = {row.code: row for row in session.scalars(select(Enterprise))}
        assert found["fixed"].synthetic is found["looking"].synthetic is False
        assert found["looking"].sort_key
