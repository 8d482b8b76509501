"""Whether the figures of a summary agree with each other and with the records."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ipweek.domain.summary_figures import Figures, Relation, Sum

ATTENDANCES = "attendances"
LOG_ENTRIES, LOG_FIRST, LOG_INSIDE = "log-entries", "log-first-in", "log-inside"
DOOR = "door-present"
LOG = (LOG_ENTRIES, LOG_FIRST, LOG_INSIDE)
"""What the log of scans, added up, says of an event's admissions."""


@dataclass(frozen=True, slots=True)
class Check:
    """Two ways to the same number, `found` and `expected`; `holds` tells whether they agree.

    `code` says what was compared, `key` names the figure, the event or the door that it is about. Where figures add up,
    `parts` are their keys and `how` says whether to the same number. `differing` are the records that do not agree, at
    the doors of `event`.
    """

    code: str
    key: str
    found: Decimal | int
    expected: Decimal | int
    holds: bool
    how: Sum = Sum.EQUAL
    parts: tuple[str, ...] = ()
    differing: int = 0
    event: str = ""


def related(figures: Figures, relations: Iterable[Relation]) -> tuple[Check, ...]:
    """Each relation with the whole and the sum of its parts; one of figures that nobody stated is left out."""
    return tuple(check for one in relations if (check := _related(figures, one)) is not None)


def unreconciled(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Those that do not hold."""
    return tuple(check for check in checks if not check.holds)


def compared(code: str, key: str, found: int, expected: int, differing: int = 0, event: str = "") -> Check:
    """A number against the same number got another way, and how many records differ behind the two."""
    holds = found == expected and not differing
    return Check(code, key, found, expected, holds, differing=differing, event=event)


def _related(figures: Figures, relation: Relation) -> Check | None:
    whole = _value(figures, relation.whole)
    parts = [(_value(figures, key), times) for key, times in relation.parts]
    if whole is None or any(value is None for value, _times in parts):
        return None
    total = sum((value * times for value, times in parts if value is not None), start=0)
    met = {
        Sum.EQUAL: whole == total,
        Sum.AT_LEAST: total >= whole,
        Sum.AT_MOST: total <= whole,
    }
    keys = tuple(key for key, _times in relation.parts)
    return Check(relation.code, relation.whole, whole, total, met[relation.how], relation.how, keys)


def _value(figures: Figures, key: str) -> Decimal | int | None:
    figure = figures.get(key)
    return figure.value if figure else None
