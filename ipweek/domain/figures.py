"""What figures are told with: a share of two counts, a name in two languages, where it was said."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of two counts; `value` is None where the denominator is 0."""

    numerator: int
    denominator: int

    @property
    def value(self) -> Decimal | None:
        """The share, 0 to 1, to four places."""
        if self.denominator == 0:
            return None
        return (Decimal(self.numerator) / self.denominator).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a code and a name in one language or both."""

    code: str
    zh: str | None = None
    en: str | None = None

    def name(self, language: str) -> str:
        """The name in a language, else in the other, else the code."""
        first, second = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return first or second or self.code


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one language or both."""

    zh: str | None
    en: str | None

    def text(self, language: str) -> str | None:
        """The text in a language, else in the other; None where nobody stated it."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a figure or a text was said."""

    title: Named
    published_on: date | None
    url: str | None
