"""What people said afterwards: scores from 1 to 5, opinions, and what they add up to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from uuid import UUID

SCORES = range(1, 6)


@dataclass(frozen=True, slots=True)
class Scores:
    """How often each score was given."""

    by_score: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def n(self) -> int:
        """How many gave one."""
        return sum(self.by_score.values())

    @property
    def mean(self) -> Decimal | None:
        """The mean to two places; None where nobody gave a score."""
        if not self.n:
            return None
        total = sum(score * count for score, count in self.by_score.items())
        return (Decimal(total) / self.n).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def count(self, score: int) -> int:
        """How often this one was given."""
        return self.by_score.get(score, 0)


def scored(given: Iterable[int]) -> Scores:
    """The scores given, counted."""
    counted = Counter(given)
    return Scores(MappingProxyType({score: counted[score] for score in SCORES if counted[score]}))


def added(parts: Iterable[Scores]) -> Scores:
    """Several counts as one."""
    total: Counter[int] = Counter()
    for part in parts:
        total.update(part.by_score)
    return Scores(MappingProxyType({score: total[score] for score in SCORES if total[score]}))


@dataclass(frozen=True, slots=True)
class SessionFeedback:
    """What was said of one session."""

    code: str
    name_zh: str | None
    name_en: str | None
    answers: int
    satisfaction: Scores


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """The answers of an event in figures.

    `respondents` are people who answered, one who answered twice is one, and each anonymous answer another. `ratings`
    are the form's further rated questions.
    """

    answers: int = 0
    respondents: int = 0
    anonymous: int = 0
    comments: int = 0
    satisfaction: Scores = field(default_factory=Scores)
    ratings: Mapping[str, Scores] = field(default_factory=lambda: MappingProxyType({}))
    sessions: tuple[SessionFeedback, ...] = ()


def together(parts: Iterable[FeedbackCounts]) -> FeedbackCounts:
    """The answers of several events as one."""
    found = tuple(parts)
    questions = dict.fromkeys(question for part in found for question in part.ratings)
    return FeedbackCounts(
        sum(part.answers for part in found),
        sum(part.respondents for part in found),
        sum(part.anonymous for part in found),
        sum(part.comments for part in found),
        added(part.satisfaction for part in found),
        MappingProxyType(
            {one: added(part.ratings[one] for part in found if one in part.ratings) for one in questions}
        ),
        tuple(session for part in found for session in part.sessions),
    )


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One answer; without a `name` it is anonymous. `number` is that of the form, where it had one.

    `session` is what the form called it, the session's own names where it is known; `phone` is masked unless asked for.
    """

    id: UUID
    key: str
    number: str | None
    submitted_at: datetime | None
    name: str | None
    enterprise: str | None
    phone: str | None
    session_code: str | None
    session_zh: str | None
    session_en: str | None
    satisfaction: int | None
    ratings: Mapping[str, int]
    comment: str | None
    person: UUID | None = None

    def session(self, language: str) -> str | None:
        """The session's name in a language, else as the form has it."""
        first, second = (
            (self.session_zh, self.session_en) if language == "zh" else (self.session_en, self.session_zh)
        )
        return first or second


def number_of(key: str) -> str | None:
    """The number that the form gave an answer, None where the row itself had to tell it."""
    return None if key.startswith(ROW) else key.partition(APART)[0]


ROW, APART = "row-", "@"
"""How the key of an answer without a number begins, and what parts a number from its moment."""
