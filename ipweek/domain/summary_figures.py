"""Every figure of a summary under a key, and how figures add up.

A key is the path of the figure in the summary's JSON form, items of a list by their code (`none` where they have none):
`attendance.late`, `sessions.qled-talk.attended`, `results.qled.reach.heard`, `enterprises.by_district.hc.registered`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ipweek.domain.figures import Rate
from ipweek.domain.words import Provenance


class Counted(StrEnum):
    """What a figure counts: few people, enterprises, answers or demands could tell of one of them."""

    PEOPLE = "people"
    ENTERPRISES = "enterprises"
    ANSWERS = "answers"
    DEMANDS = "demands"
    THINGS = "things"  # events, patents, places: nobody's privacy


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a number, or a rate with its two counts.

    `defined` names its definition, which is one for all sessions, districts and so on (`sessions.attended`). `of` are the
    keys of what it is computed from: a rate's numerator and denominator, how many a mean is of and the scores behind it.
    A value that nobody stated is None.
    """

    key: str
    defined: str
    counted: Counted
    value: Decimal | int | None
    rate: Rate | None = None
    of: tuple[str, ...] = ()
    provenance: Provenance = Provenance.DERIVED


class Sum(StrEnum):
    """How the parts add up to the whole."""

    EQUAL = "equal"
    AT_LEAST = "at_least"  # parts overlap: together at least the whole
    AT_MOST = "at_most"  # parts together at most the whole


@dataclass(frozen=True, slots=True)
class Relation:
    """Some figures together are another one; each part with how often it counts."""

    code: str
    whole: str
    parts: tuple[tuple[str, int], ...]
    how: Sum = Sum.EQUAL


Figures = Mapping[str, Figure]
