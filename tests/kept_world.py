"""A world that was built once and is put back, row by row, for every test that begins with it."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from sqlalchemy import Select, Table, insert, select

from ipweek.storage.tables import Base
from ipweek.storage.unit_of_work import UnitOfWork


class _Place(Protocol):
    @property
    def uow(self) -> UnitOfWork:
        """Its database."""


Place = TypeVar("Place", bound=_Place)
Rows = list[tuple[Table, list[dict[str, Any]]]]
_kept: dict[tuple[Any, ...], Rows] = {}


def kept(place: Place, *steps: Callable[[Place], object]) -> Place:
    """Let an empty database hold what the steps store in it; they are gone once a run for each engine."""
    key = (place.uow.engine.dialect.name, *steps)
    if key in _kept:
        with place.uow.write_core() as connection:
            for table, rows in _kept[key]:
                connection.execute(insert(table), rows)
    else:
        for step in steps:
            step(place)
        _kept[key] = _all_rows(place.uow)
    return place


def _all_rows(uow: UnitOfWork) -> Rows:
    with uow.write_core() as connection:
        found = (
            (table, [dict(row) for row in connection.execute(_in_order(table)).mappings()])
            for table in Base.metadata.sorted_tables
        )
        return [(table, rows) for table, rows in found if rows]


def _in_order(table: Table) -> Select[Any]:
    return select(table).order_by(*table.primary_key)  # ids follow time: a row points to older ones
