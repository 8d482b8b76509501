"""Typical cases as they are read: who, what happened when, where they were analysed, and who recuses himself."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from ipweek.domain.records import Facet, Record
from ipweek.domain.words import CaseCause, Countermeasure, PartyRole

LATER = (
    "stage_zh",
    "stage_en",
    "outcome_zh",
    "outcome_en",
    "amount",
    "currency",
    "remedies_zh",
    "remedies_en",
    "final",
    "countermeasures",
    "lessons_zh",
    "lessons_en",
    "sources",
    "verified_on",
    "note",
)
"""What sums up a whole case: on a day before its end nobody could have said it."""


def earliest(happened: str) -> date:
    """The first day that a day, a month or a year may mean."""
    return date.fromisoformat(f"{happened}-01-01"[:10])


def latest(happened: str) -> date:
    """The last day that a day, a month or a year may mean."""
    if len(happened) == len("2019-04-25"):
        return date.fromisoformat(happened)
    year, month = int(happened[:4]), int(happened[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are looked for: all words of `text` in any field, and these codes; `forum` is a part of its name."""

    text: str = ""
    industry: str | None = None
    forum: str | None = None
    cause: CaseCause | None = None
    countermeasure: Countermeasure | None = None


@dataclass(frozen=True, slots=True)
class CaseList:
    """A window of the cases found; their records also tell the `first` and the `last` step."""

    records: tuple[Record, ...]
    total: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party; `enterprise` is the code of the one of ours that it is, by link, credit code or name."""

    code: str
    name_zh: str | None
    name_en: str | None
    role: PartyRole
    country: str | None
    enterprise: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """What happened on a day, in a month or in a year."""

    code: str
    happened: str
    text_zh: str | None
    text_en: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CaseLink:
    """An event or session (`place_kind` says which) that analyses a case."""

    place_kind: str
    place_code: str
    place_zh: str | None
    place_en: str | None
    day: date | None
    case_code: str
    case_zh: str | None
    case_en: str | None


@dataclass(frozen=True, slots=True)
class Recusal:
    """Somebody who is to hear how a case of his own enterprise is analysed."""

    registration: UUID
    event_code: str
    place_code: str
    place_zh: str | None
    place_en: str | None
    name: str
    enterprise: str
    role: PartyRole
    case_code: str
    case_zh: str | None
    case_en: str | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that is known of one case, or was `as_of` a day: `left_out` where something lies after it."""

    case: Record
    industry_zh: str | None
    industry_en: str | None
    parties: tuple[PartyLine, ...]
    steps: tuple[StepLine, ...]
    links: tuple[CaseLink, ...]
    as_of: date | None = None
    left_out: bool = False

    def until(self, day: date) -> "CasePage":
        """The page as of a day: without what lies after it, or may lie after it where only a month is known."""
        steps = tuple(step for step in self.steps if latest(step.happened) <= day)
        if len(steps) == len(self.steps):
            return replace(self, as_of=day)
        values = {name: _unsaid(self.case.values, name) for name in self.case.values}
        told = replace(self.case, values=MappingProxyType(values))
        return replace(self, case=told, steps=steps, as_of=day, left_out=True)


def _unsaid(values: Mapping[str, object], name: str) -> object:
    if name not in LATER:
        return values[name]
    return () if isinstance(values[name], tuple) else None
