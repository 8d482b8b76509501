"""Reading a copy's file: nothing of it counts before signature and seals are found to hold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, column, select, table

from ipweek.domain.copies import Manifest, sealing_key
from ipweek.domain.errors import InvalidError
from ipweek.storage import copy_file, seals
from ipweek.storage.tables.badges import Lease
from ipweek.storage.tables.copies import Copy
from ipweek.storage.tables.programme import Workspace

_SEALS = table("seals", column("table_name"), column("record_id"), column("position"), column("change"))


@dataclass(frozen=True, slots=True)
class CopyContents:
    """What a copy brings back: by table the rows that it added, and those that it changed with the place in its log."""

    manifest: Manifest
    lease: RowMapping
    signature: str
    added: Mapping[str, Sequence[dict[str, Any]]]
    changed: Mapping[str, Sequence[tuple[int, dict[str, Any]]]]
    position: int


def read_copy(file: Path, workspace: UUID, secret: bytes | None) -> CopyContents:
    """What the file adds, where it is a copy of this workspace and nobody altered it. Raises as `Copies.merge`."""
    with copy_file.snapshot(file) as connection:
        manifest, signature = manifest_in(connection, file)
        if manifest.workspace != workspace:
            raise InvalidError("copy-other-workspace", path=str(file))
        if secret is None or manifest.signed(secret) != signature:
            raise InvalidError("copy-altered", part="manifest", position=0)
        key = sealing_key(secret, manifest.copy)
        sealed = seals.verified(connection, key, signature, dict(manifest.rows))
        lease = connection.execute(select(Lease.__table__)).mappings().one()
        added = _read(connection, sealed.added)
        later = _read(connection, sealed.changed)
        changed = {
            name: list(zip(places.values(), later[name], strict=True))
            for name, places in sealed.changed.items()
        }
        return CopyContents(manifest, lease, signature, added, changed, sealed.position)


def read_manifest(file: Path) -> Manifest:
    """What a file says it is. Raises InvalidError as `copy_file.snapshot`."""
    with copy_file.snapshot(file) as connection:
        return manifest_in(connection, file)[0]


def manifest_in(connection: Connection, file: Path) -> tuple[Manifest, str]:
    """What an opened file says it is, and its signature."""
    own = cast("UUID | None", connection.scalar(select(Workspace.copy_id)))
    row = connection.execute(select(Copy.__table__).where(Copy.id == own)).mappings().one_or_none()
    workspace = connection.scalar(select(Workspace.id))
    if row is None or workspace is None:
        raise InvalidError("copy-not-one", path=str(file))
    manifest = Manifest(
        row["id"],
        workspace,
        row["desk"],
        tuple(row["events"]),
        row["lease"],
        row["taken_at"],
        row["operator"],
        row["rows"],
    )
    return manifest, row["signature"] or ""


def _read(connection: Connection, ids: Mapping[str, Collection[UUID]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of these ids by table, as they were sealed first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in seals.SEALED:
        wanted = ids[each.name]
        rows = _by_id(connection, each) if wanted else {}
        found[each.name] = [dict(rows[identity]) for identity in wanted]
    return found


def _by_id(connection: Connection, each: Table) -> dict[UUID, RowMapping]:
    (key,) = each.primary_key.columns
    sealed = select(_SEALS.c.record_id).where(_SEALS.c.table_name == each.name)
    rows = connection.execute(select(each).where(key.in_(sealed))).mappings()
    return {row[key.name]: row for row in rows}
