"""Figures as text: numbers in groups of three, rates with both their counts, dates in the language in force."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ipweek.domain.figures import Rate
from ipweek.domain.indicators import Reading
from ipweek.domain.reports import LevelFigure
from ipweek.domain.shares import ShareCheck
from ipweek.domain.starts import Start
from ipweek.domain.words import Comparator, Provenance
from ipweek.i18n import _
from ipweek.render import words
from ipweek.render.lines import Span, fit

_CENT = Decimal("0.01")


def number(value: Decimal | int | None) -> str | None:
    """A number in groups of three, at most two places when it is no whole one."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return f"{int(value):,}"
        exponent = value.as_tuple().exponent
        return f"{value.quantize(_CENT, ROUND_HALF_UP) if isinstance(exponent, int) and exponent < -2 else value:,}"
    return f"{value:,}"


def percent(share: Decimal, places: int = 1) -> str:
    """A share, 0 to 1, in percent."""
    step = Decimal(1).scaleb(-places)
    return f"{(share * 100).quantize(step, ROUND_HALF_UP):,} %"


def rate(share: Rate | None) -> str:
    """A rate with numerator and denominator; without anybody to take a share of, no percentage."""
    if share is None:
        return words.no_data()
    counts = _("{part} of {whole}").format(part=number(share.numerator), whole=number(share.denominator))
    return f"{percent(share.value)} ({counts})" if share.value is not None else f"– ({counts})"


def level(figure: LevelFigure | None) -> str | None:
    """A level's count with its comparator; a derived one is about."""
    if figure is None or figure.count is None:
        return None
    about = Comparator.ABOUT if figure.provenance is Provenance.DERIVED else figure.comparator
    return words.sign(about) + f"{figure.count:,}"


def share(check: ShareCheck | None) -> str | None:
    """The share as stated; where nobody stated it, as computed."""
    if check is None:
        return None
    if check.stated is not None:
        return f"{number(check.stated)} %"
    return None if check.computed is None else f"{check.computed.quantize(Decimal('0.1'), ROUND_HALF_UP)} %"


def reading(value: Reading | None) -> str | None:
    """An indicator's value with its comparator, to the place to which it was stated."""
    return None if value is None else f"{words.sign(value.comparator)}{value.value:,f}"


def figure(text: str | None, width: int) -> Span:
    """A figure at the right of its column; None is not stated, and dim."""
    if text is None:
        return fit(words.not_stated(), width, right=True), "dim"
    return fit(text, width, right=True), "plain"


def bounded(value: Decimal | None, comparator: Comparator) -> str | None:
    """A number that follows from a stated one, a bound where that one was."""
    return None if value is None else words.sign(comparator) + (number(value) or "")


def bounded_percent(value: Decimal | None, comparator: Comparator, places: int = 2) -> str | None:
    """A share that follows from stated numbers, to two places as officials print it."""
    return None if value is None else words.sign(comparator) + percent(value, places)


def day(value: date | None) -> str | None:
    """A date in the language in force."""
    if value is None:
        return None
    return _("{year}-{month:02d}-{day:02d}").format(year=value.year, month=value.month, day=value.day)


def start(value: Start | None) -> str | None:
    """A date with its time, or with the word that no time was stated."""
    if value is None:
        return None
    shown = day(value.day) or ""
    clock = f"{value.time:%H:%M}" if value.time else "(" + _("time not stated") + ")"
    return f"{shown} {clock}"
