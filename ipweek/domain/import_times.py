"""Days and hours as programmes write them: 4月25日（星期四）上午, 9:30—11:30, 14：00, 下午2点半."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

_DASHES = str.maketrans("—–―−~至到", "-------")
_WEEKDAY = re.compile(
    r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b\.?"
)
_HALF = "上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|晚间|晚"
_MERIDIEM = r"[ap]\.?m\b\.?"
_DAY = (
    r"(?P<y>[12]\d{3})\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})(?!\d)日?|"
    r"(?P<m2>\d{1,2})\s?月\s?(?P<d2>\d{1,2})\s?[日号]?|(?P<d3>\d{1,2})\s?[日号]"
)
_SHORT_DAY = r"|(?P<m4>\d{1,2})[/.](?P<d4>\d{1,2})(?![\d:])"
_CLOCK = (
    rf"(?:(?P<half>{_HALF}|{_MERIDIEM})\s?)?(?:(?P<h>\d{{1,2}})(?:(?P<colon>[:DOT])(?P<min>\d{{2}})(?::\d{{2}})?"
    rf"|\s?[点时](?:(?P<word>半|整)|(?P<min2>\d{{1,2}})分?)?|(?=\s?{_MERIDIEM}))(?!\d)(?:\s?(?P<after>{_MERIDIEM}))?)"
)
_REST = rf"(?P<dash>\s?-\s?)|(?P<skip>[\s(),;]+|{_HALF}|全天|半天|待定|all day|tb[ac])"
_DATES = re.compile("|".join((_DAY + _SHORT_DAY, _CLOCK.replace("DOT", ""), _REST)))
_TIMES = re.compile("|".join((_DAY, _CLOCK.replace("DOT", "."), _REST)))
_EARLY = ("凌晨", "上午", "早上", "早晨", "a")


@dataclass(frozen=True, slots=True)
class When:
    """What a cell says: a day, from when, until when; what it does not say is None."""

    day: date | None = None
    begins: time | None = None
    ends: time | None = None
    last: date | None = None


def read_when(text: str, year: int, *, times: bool = False) -> When:
    """Read a day, a time, a range of either, or a day with times; a day without a year is of `year`.

    9.30 is a day, unless the cell is one of `times`. Words such as 上午 without an hour state none. Raises ValueError.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    plain = re.sub(r"(?<=\d)t(?=\d\d:)", " ", _WEEKDAY.sub(" ", plain))
    days: list[date] = []
    clocks: list[time] = []
    half, dashes = "", 0
    for found in _tokens(plain, _TIMES if times else _DATES):
        if found["dash"]:
            dashes += 1
        elif found["h"]:
            half = found["half"] or found["after"] or half
            clocks.append(_clock(found, half, clocks))
        elif not found["skip"]:
            days.append(_day(found, days, year))
    if len(days) > 2 or len(clocks) > 2 or dashes > 1 or (not dashes and max(len(days), len(clocks)) > 1):
        raise ValueError(text)
    first, last = [*days, None, None][:2]
    begins, ends = [*clocks, None, None][:2]
    return When(first, begins, ends, last)


def _tokens(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(text):
        found = pattern.match(text, place)
        if found is None or found.end() == place:
            raise ValueError(text)
        yield found
        place = found.end()


def _day(found: re.Match[str], days: list[date], year: int) -> date:
    """A day; one without a month is of the month before it."""
    named = found.groupdict()
    month = named["m"] or named["m2"] or named.get("m4")
    day = named["d"] or named["d2"] or named["d3"] or named.get("d4")
    if month is None and not days:
        raise ValueError(found[0])
    before = days[-1] if days else date(year, 1, 1)
    return date(int(named["y"] or before.year), int(month or before.month), int(day or 0))


def _clock(found: re.Match[str], half: str, clocks: list[time]) -> time:
    """A time of day; 2 in the afternoon is 14, also where only the beginning says so."""
    hour, minute = int(found["h"]), int(found["min"] or found["min2"] or (30 if found["word"] == "半" else 0))
    late = half != "" and not half.startswith(_EARLY)
    if hour < 12 and late and not (half == "中午" and hour > 9):
        hour += 12
    if hour == 12 and half.startswith(("a", "凌晨")):
        hour = 0
    made = time(hour, minute)
    if clocks and half and hour < 12 and made <= clocks[0]:
        return time(hour + 12, minute)
    return made
