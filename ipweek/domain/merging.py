"""Making one of two: what a person looks at before, what came of it, and what stands in an undo's way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ipweek.domain.duplicates import DuplicateKind, Evidence
from ipweek.domain.errors import UsageError
from ipweek.domain.kind_fields import N_
from ipweek.domain.records import Field
from ipweek.domain.words import RegistrationStatus


class Side(StrEnum):
    """Whose value is taken."""

    KEEP = "keep"
    DROP = "drop"
    BOTH = "both"


class MergeChange(StrEnum):
    """What a merge did to a row of the database; a count is shared with others."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    COUNTED = "counted"


FIELDS = {
    DuplicateKind.PEOPLE: (
        Field("name", N_("Name")),
        Field("name_latin", N_("Latin name")),
        Field("enterprise", N_("Enterprise")),
        Field("title", N_("Title")),
        Field("phone", N_("Phone")),
        Field("email", N_("E-mail")),
        Field("rank", N_("Rank")),
        Field("note", N_("Note")),
    ),
    DuplicateKind.ENTERPRISES: (
        Field("name_zh", N_("Name (Chinese)")),
        Field("name_en", N_("Name (English)")),
        Field("short_name", N_("Short name")),
        Field("credit_code", N_("Credit code")),
        Field("district", N_("District")),
        Field("region_code", N_("Region code")),
        Field("quota", N_("Delegate quota")),
        Field("note", N_("Note")),
    ),
}
"""What is chosen between two, in the order of a screen."""
JOINED = "note"
"""The one field of which both are kept unless one is chosen."""


def chosen_side(name: str, keep: object, drop: object, fields: Mapping[str, Side]) -> Side:
    """Whose value of a field is taken: the one chosen, else what the kept one states, else the other's."""
    if name in fields:
        return fields[name]
    if name == JOINED and keep and drop and keep != drop:
        return Side.BOTH
    return Side.DROP if keep is None and drop is not None else Side.KEEP


def chosen_value(name: str, keep: object, drop: object, fields: Mapping[str, Side]) -> object:
    """The value that is taken of a field."""
    side = chosen_side(name, keep, drop, fields)
    if side is Side.BOTH:
        return f"{keep}\n{drop}" if keep and drop else keep or drop
    return keep if side is Side.KEEP else drop


def check_fields(kind: DuplicateKind, fields: Mapping[str, Side]) -> None:
    """Raises UsageError `merge-field` for a name that is no field of the kind."""
    known = [field.name for field in FIELDS[kind]]
    for name in fields:
        if name not in known:
            raise UsageError("merge-field", field_name=name, known=known)


@dataclass(frozen=True, slots=True)
class FieldPair:
    """A field of both, masked where it is a contact; `same` compares the real values, `chosen` is what is taken
    unless somebody chooses.
    """

    field: Field
    keep: str | None
    drop: str | None
    same: bool
    chosen: Side


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two: an id, what names it at a command line, and how many of what refer to it."""

    id: UUID
    ref: str
    name: str
    has: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SharedEvent:
    """An event at which both are registered, and as what; `stays` is whose registration goes on."""

    code: str
    keep: RegistrationStatus
    drop: RegistrationStatus
    stays: Side


@dataclass(frozen=True, slots=True)
class TwoBadges:
    """A week in which both have a badge: `stays` is the person's from now on, and the other one admits him too."""

    week: str
    stays: str
    other: str


@dataclass(frozen=True, slots=True)
class Review:
    """Two side by side."""

    kind: DuplicateKind
    keep: Party
    drop: Party
    score: int
    evidence: tuple[Evidence, ...]
    fields: tuple[FieldPair, ...]
    events: tuple[SharedEvent, ...] = ()
    badges: tuple[TwoBadges, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge, as a list shows it."""

    id: UUID
    kind: DuplicateKind
    keep: str
    drop: str
    rows: int
    merged_at: datetime
    operator: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge, or its undo, came to: the rows it changed by table, and who moved up for a place set free."""

    id: UUID
    kind: DuplicateKind
    keep: Party
    drop: Party
    rows: Mapping[str, int]
    promoted: tuple[str, ...] = ()
    badges: tuple[TwoBadges, ...] = ()
