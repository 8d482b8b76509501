"""Figures as numbers that a spreadsheet shows the way the report prints them."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from ipweek.i18n import language
from ipweek.render import summary_figures as figures
from ipweek.render.summary_layout import Figure

SHARE = "0.0 %"
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel's calendar has a day too many, or none."""
_PRINTED = re.compile(
    r"(?P<sign>\D{0,3}?)[-−]?(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?P<percent>\s?%)?(?P<rest>\s?[(（].{1,30}[)）])?"
)
_DAYS = {"en": "yyyy-mm-dd", "zh": 'yyyy"年"m"月"d"日"'}
_HOUR = "hh:mm"
_CLOCK = re.compile(r"\b(\d{2}):(\d{2})\b")


class Written(NamedTuple):
    """A value, and the number format under which it reads as it was printed."""

    value: Decimal | int | datetime
    form: str


def written(figure: Figure) -> Written | None:
    """What a cell gets of a figure; None where it is no number and stays a text, as a withheld one does."""
    if isinstance(figure.value, date):
        return _moment(figure.text, figure.value)
    return None if figure.value is None else _number(figure.text, figure.value)


def _number(text: str, value: Decimal | int) -> Written:
    """A sign as ≥, the percent and a remark in brackets are the format's, so that the number goes on counting."""
    printed = _PRINTED.fullmatch(text.strip())
    if printed is None or '"' in text:
        return Written(value, _plain(value))
    places = len(printed["part"] or "")
    shown = Decimal(printed["whole"].replace(",", "") + (f".{printed['part']}" if places else ""))
    form = "#,##0" + ("." + "0" * places if places else "")
    sign, rest = (f'"{said}"' if said else "" for said in (printed["sign"], printed["rest"]))
    if printed["percent"] and _alike(Decimal(value) * 100, shown, places):
        return Written(value, f"{sign}{form} %{rest}")
    if _alike(Decimal(value), shown, places):
        percent = '" %"' if printed["percent"] else ""
        return Written(value, f"{sign}{form}{percent}{rest}")
    return Written(value, _plain(value))


def _plain(value: Decimal | int) -> str:
    """The format of a number of which nobody said how it is printed."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) and value % 1 else 0
    return "#,##0" + ("." + "0" * min(-exponent, 6) if isinstance(exponent, int) and exponent else "")


def _alike(value: Decimal, shown: Decimal, places: int) -> bool:
    """Whether a number rounds to what is printed, by whichever rule halves go."""
    return abs(abs(value) - shown) * 2 <= Decimal(1).scaleb(-places)


def _moment(text: str, value: date) -> Written | None:
    """A date, with the time of day where one is printed; what else is said of it is the format's."""
    day = value.date() if isinstance(value, datetime) else value
    if day < _FIRST_DAY:
        return None
    clock = _CLOCK.search(text)
    moment = datetime.combine(day, time(int(clock[1]), int(clock[2])) if clock else time())
    if clock and text.strip() == clock[0]:
        return Written(moment, _HOUR)
    printed, said = figures.day(day) or "", text.replace(clock[0] if clock else "", "").strip()
    if not said.startswith(printed) or '"' in said:
        return None
    rest = said.removeprefix(printed)
    form = _DAYS[language()] + (f" {_HOUR}" if clock else "")
    return Written(moment, form + f'"{rest}"' * bool(rest))
