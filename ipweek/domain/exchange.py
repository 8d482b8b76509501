"""Demands as they are worked on: which status follows which, what the board, a page and the figures tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from ipweek.domain.contacts import masked_phone
from ipweek.domain.records import Record
from ipweek.domain.words import Confidentiality, DemandCategory, DemandStatus

OPEN = (DemandStatus.NEW, DemandStatus.ACCEPTED, DemandStatus.MATCHED, DemandStatus.IN_PROGRESS)
MET = (DemandStatus.MATCHED, DemandStatus.IN_PROGRESS)
"""The statuses that somebody or something has to stand behind."""
MATCHED = (*MET, DemandStatus.CLOSED)
SATISFACTION = range(1, 6)
_ORDER = (*OPEN, DemandStatus.CLOSED)
_SAID = ("text", "outcome", "note")
_Word = TypeVar("_Word", DemandCategory, DemandStatus)


def steps(status: DemandStatus) -> tuple[DemandStatus, ...]:
    """What a demand may become, the usual step first.

    Onward by one or by several, declined while it is open, and from wherever it stands back to being taken up: a match
    that falls through, or an end that was none.
    """
    if status not in OPEN:
        return (DemandStatus.ACCEPTED,)
    onward = _ORDER[_ORDER.index(status) + 1 :]
    back = (DemandStatus.ACCEPTED,) if status in MET else ()
    return (*onward, DemandStatus.DECLINED, *back)


@dataclass(frozen=True, slots=True)
class NewDemand:
    """What is taken down at the table: the enterprise by name or code, the rest as it is said.

    Without a contact a delegate of the enterprise is taken, where only one can be meant.
    """

    enterprise: str
    category: DemandCategory
    text: str
    contact: str = ""
    phone: str = ""
    event: str | None = None
    session: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL


@dataclass(frozen=True, slots=True)
class DemandFilter:
    """Which demands are looked for; `text` is words that all stand somewhere in a demand."""

    week: str | None = None
    event: str | None = None
    session: str | None = None
    status: DemandStatus | None = None
    overdue: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class DemandCounts:
    """Demands in figures: `matched` are those that got a match or came further, `overdue` those with a late action.

    `every_category` and `every_status` name the words that nobody used, too: to leave one out would tell that it is 0.
    """

    by_category: Mapping[DemandCategory, int] = field(default_factory=lambda: MappingProxyType({}))
    by_status: Mapping[DemandStatus, int] = field(default_factory=lambda: MappingProxyType({}))
    overdue: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_status.values())

    @property
    def every_category(self) -> Mapping[DemandCategory, int]:
        """The whole vocabulary; nothing where there is no demand."""
        return {word: self.by_category.get(word, 0) for word in DemandCategory if self.total}

    @property
    def every_status(self) -> Mapping[DemandStatus, int]:
        """The whole vocabulary; nothing where there is no demand."""
        return {word: self.by_status.get(word, 0) for word in DemandStatus if self.total}

    @property
    def matched(self) -> int:
        """Matched, in progress or closed."""
        return sum(self.by_status.get(status, 0) for status in MATCHED)

    @property
    def closed(self) -> int:
        """Closed, and so with a result."""
        return self.by_status.get(DemandStatus.CLOSED, 0)


def counted(groups: Iterable[tuple[DemandCategory, DemandStatus, int, int]]) -> DemandCounts:
    """The counts of groups of demands: category, status, how many, how many of them overdue."""
    found = tuple(groups)
    return DemandCounts(
        _summed(DemandCategory, ((category, n) for category, _status, n, _late in found)),
        _summed(DemandStatus, ((status, n) for _category, status, n, _late in found)),
        sum(late for *_group, late in found),
    )


def together(parts: Iterable[DemandCounts]) -> DemandCounts:
    """The counts of several events as one."""
    found = tuple(parts)
    return DemandCounts(
        _summed(DemandCategory, (pair for part in found for pair in part.by_category.items())),
        _summed(DemandStatus, (pair for part in found for pair in part.by_status.items())),
        sum(part.overdue for part in found),
    )


def _summed(vocabulary: type[_Word], pairs: Iterable[tuple[_Word, int]]) -> Mapping[_Word, int]:
    """In the order of the vocabulary, without those that are none."""
    sums = dict.fromkeys(vocabulary, 0)
    for word, n in pairs:
        sums[word] += n
    return MappingProxyType({word: n for word, n in sums.items() if n})


@dataclass(frozen=True, slots=True)
class Board:
    """A window of the demands found, by status and urgency, and the counts of all of the place.

    The records also tell `enterprise_zh`, `enterprise_en`, `to_do` (actions not done), `due_on` (the next of them) and
    `overdue` (how many are late).
    """

    records: tuple[Record, ...]
    total: int
    counts: DemandCounts


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What somebody does about a demand."""

    code: str
    text: str
    owner: str | None
    due_on: date | None
    done_on: date | None
    evidence: str | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class OverdueAction:
    """A late action with the demand that it belongs to."""

    action: ActionLine
    days: int
    demand: str
    event: str | None
    enterprise_zh: str | None
    enterprise_en: str | None
    category: DemandCategory
    status: DemandStatus


@dataclass(frozen=True, slots=True)
class Answer:
    """What may answer a demand: `kind` is result, case, speaker or provider; `code` is that of the record it names.

    `own` is the code of the answer itself, None where it is only suggested.
    """

    kind: str
    code: str | None
    name_zh: str | None
    name_en: str | None
    own: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DemandPage:
    """All that is known of one demand; `demand` tells what the records of a board do."""

    demand: Record
    event_zh: str | None
    event_en: str | None
    session_zh: str | None
    session_en: str | None
    answers: tuple[Answer, ...]
    actions: tuple[ActionLine, ...]
    suggestions: tuple[Answer, ...]


def unexposed(record: Record) -> Record:
    """A demand as lists and exports have it: no whole phone number, and nothing that was said in confidence.

    Instead of a confidential text stands the word of the vocabulary. Other records are as they are.
    """
    if record.kind != "demand":
        return record
    values = dict(record.values)
    if values.get("phone"):
        values["phone"] = masked_phone(str(values["phone"]))
    if values.get("confidentiality") is Confidentiality.CONFIDENTIAL:
        values |= {name: Confidentiality.CONFIDENTIAL for name in _SAID if values.get(name)}
    return replace(record, values=MappingProxyType(values))
