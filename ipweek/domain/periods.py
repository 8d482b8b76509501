"""Periods as officials write them: 2019, 2019H1, 2019Q3, 2019-06, 2019年上半年, 2016-2020."""

import re
import unicodedata
from dataclasses import dataclass

_YEAR = r"(?P<year>\d{4})年?"
_FORMS = (
    re.compile(rf"{_YEAR}(度)?"),
    re.compile(rf"{_YEAR}-?(H(?P<half>[12])|(?P<half_zh>[上下])半年)", re.IGNORECASE),
    re.compile(rf"{_YEAR}-?(Q(?P<quarter>[1-4])|第?(?P<quarter_zh>[一二三四1-4])季度)", re.IGNORECASE),
    re.compile(rf"{_YEAR}-?(?P<month>0?[1-9]|1[0-2])月?(-(0[1-9]|[12]\d|3[01]))?"),
    re.compile(r"(?P<year>\d{4})年?-(?P<last>\d{4})年?"),
)
_DASHES = re.compile(r"\s*[-\u2010-\u2015~\u301c至/]\s*")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last month of a period, counted from the year 0."""

    first: int
    last: int

    @property
    def year_before(self) -> "Span | None":
        """The same part of the year before; None for what is longer than a year."""
        if self.last - self.first >= _MONTHS:
            return None
        return Span(self.first - _MONTHS, self.last - _MONTHS)


def span(period: str) -> Span | None:
    """What a period covers; None where it is not written as one."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", period).strip()).replace(" ", "")
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _span(found.groupdict())
    return None


def _span(said: dict[str, str | None]) -> Span | None:
    january = int(said["year"] or 0) * _MONTHS
    if last := said.get("last"):
        end = int(last) * _MONTHS + _MONTHS - 1
        return Span(january, end) if end > january else None
    if half := said.get("half") or said.get("half_zh"):
        return _part(january, "12上下".index(half) % 2, 6)
    if quarter := said.get("quarter") or said.get("quarter_zh"):
        return _part(january, "1234一二三四".index(quarter) % 4, 3)
    if month := said.get("month"):
        return _part(january, int(month) - 1, 1)
    return Span(january, january + _MONTHS - 1)


def _part(january: int, number: int, months: int) -> Span:
    first = january + number * months
    return Span(first, first + months - 1)


def order(period: str) -> tuple[bool, int, int, str]:
    """Sorts by the end, the shorter of two with the same end first; what is no known period comes last."""
    known = span(period)
    return (False, known.last, -known.first, period) if known else (True, 0, 0, period)


def same(first: str, second: str) -> bool:
    """Whether two texts name one period."""
    known = span(first)
    return first == second if known is None else known == span(second)


def is_later(first: str, second: str) -> bool:
    """Whether the first is known to end after the second."""
    one, other = span(first), span(second)
    return one is not None and other is not None and one.last > other.last
