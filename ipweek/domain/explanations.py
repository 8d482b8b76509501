"""What a figure of a summary comes from: its parts, its source, and the rows that were counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ipweek.domain.figures import Named, SourceRef
from ipweek.domain.summary_figures import Figure, Figures, Relation


class RowKind(StrEnum):
    """What stands behind a figure, a row each."""

    NOTHING = "nothing"  # somebody stated it
    REGISTRATIONS = "registrations"
    PEOPLE = "people"
    ENTERPRISES = "enterprises"
    DEMANDS = "demands"
    ANSWERS = "answers"
    COUNTS = "counts"
    VALUES = "values"
    EVENTS = "events"
    SESSIONS = "sessions"
    RESULTS = "results"
    CASES = "cases"


COLUMNS: Mapping[RowKind, tuple[str, ...]] = MappingProxyType(
    {
        RowKind.NOTHING: (),
        RowKind.REGISTRATIONS: (
            *("event", "badge_no", "name", "enterprise"),
            *("status", "source", "first_in", "how"),
        ),
        RowKind.PEOPLE: ("name", "enterprise", "attendances"),
        RowKind.ENTERPRISES: ("code", "enterprise", "district", "registered", "attended"),
        RowKind.DEMANDS: (
            "event",
            "code",
            "enterprise",
            "category",
            "status",
            "raised_on",
            "overdue",
            "text",
        ),
        RowKind.ANSWERS: ("event", "number", "submitted_at", "name", "session", "score", "comment"),
        RowKind.COUNTS: (
            *("level", "count", "low", "high", "unit", "patent_type"),
            *("period", "provenance", "formula", "source"),
        ),
        RowKind.VALUES: ("kind", "value", "period", "read_as", "as_of", "provenance", "note"),
        RowKind.EVENTS: ("code", "event", "start"),
        RowKind.SESSIONS: ("event", "code", "session", "kind", "start", "capacity"),
        RowKind.RESULTS: ("code", "result", "version", "released"),
        RowKind.CASES: ("code", "case", "place"),
    }
)
"""The columns of each kind; in the cells stand values and words, not texts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One that was counted; `key` is its place in the order. In a rate, `counts` tells whether the numerator has it."""

    key: tuple[str, ...]
    cells: tuple[object, ...]
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """A window of the rows behind a figure, the number of all of them, and of those that the numerator has."""

    kind: RowKind = RowKind.NOTHING
    rows: tuple[Row, ...] = ()
    total: int = 0
    counting: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure, and what is behind it.

    `relations` are those in which other figures add up to it; the figures named there and in its `of` are in `near`.
    `place` is the event or week (`kind`) whose summary it stands in. Not `unmasked`, names are hidden but for their
    first character.
    """

    kind: str
    place: Named
    zone: str
    figure: Figure
    behind: Rows
    near: Figures
    relations: tuple[Relation, ...] = ()
    source: SourceRef | None = None
    synthetic: bool = False
    unmasked: bool = False
