"""Many rows into one table at once."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Column, Dialect, Table
from sqlalchemy.orm import Session

Rows = Sequence[dict[str, Any]]
_AT_ONCE = 2000


def insert_rows(session: Session, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns, within the caller's transaction, some thousands at once.

    SQLite takes them as tuples, made a column at a time: going through a statement's parameters row by row would
    take as long as the database itself. A default that looks at its row needs that way all the same.
    """
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        _insert(session, table, some)


def _insert(session: Session, table: Table, rows: Rows) -> None:
    connection = session.connection()
    left_out = [column for column in table.columns if column.name not in rows[0] and column.default]
    if connection.dialect.name != "sqlite" or not all(_is_fixed(column) for column in left_out):
        session.execute(table.insert(), rows)
        return
    names = [*rows[0], *(column.name for column in left_out)]
    compiled = table.insert().compile(dialect=connection.dialect, column_keys=names)
    values = [_values(table.c[name], rows, connection.dialect) for name in compiled.positiontup or ()]
    connection.exec_driver_sql(str(compiled), list(zip(*values, strict=True)))


def _is_fixed(column: Column[Any]) -> bool:
    return column.default is not None and column.default.is_scalar


def _values(column: Column[Any], rows: Rows, dialect: Dialect) -> list[Any]:
    """A column of the rows as the driver takes it; a value that stays the same is brought into its form once."""
    process: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    name = column.name
    if name not in rows[0]:
        default = column.default.arg  # type: ignore[union-attr]
        return [process(default) if process else default] * len(rows)
    if process is None:
        return [row[name] for row in rows]
    last = made = None
    done = []
    for row in rows:
        value = row[name]
        if value is not last:
            last, made = value, process(value)
        done.append(made)
    return done
