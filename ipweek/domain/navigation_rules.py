"""The rules that a navigation result must keep, checked over its page; one, of immutability, is kept elsewhere.

1 a level is within the ones above it, where counts may be compared; 2 a stated share agrees with the computed one;
3 years sum to the total of the period that they cover; 4 ranks follow counts, and nobody has more than the level;
5 classification symbols are ones, and those given up are told; 7 released on the day of its event, with data up
to that day at most.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Any

from ipweek.domain import ipc
from ipweek.domain.navigation import ApplicantLine, CountLine, ResultPage, RuleNote, Severity, YearLine
from ipweek.domain.navigation_figures import computed_shares, differing, stated_share
from ipweek.domain.words import Comparator, Level, Provenance

_WIDEST_FIRST = tuple(Level)
_PERIOD = re.compile(r"(\d{4})\s*年?(?:\s*(?:[-\u2010-\u2015~～至到]|to)\s*(\d{4})\s*年?)?")


def check(page: ResultPage) -> tuple[RuleNote, ...]:
    """What the rules say of a result, by rule."""
    found = (
        *_levels(page.counts),
        *_share(page),
        *_years(page),
        *_ranks(page),
        *_symbols(page),
        *_dates(page),
    )
    return tuple(sorted(found, key=lambda note: note.rule))


def broken(notes: Sequence[RuleNote]) -> tuple[RuleNote, ...]:
    """The notes that hinder a release."""
    return tuple(note for note in notes if note.severity is Severity.BROKEN)


def _note(rule: int, severity: Severity, code: str, **params: Any) -> RuleNote:
    return RuleNote(rule, severity, code, params)


# Rule 1


def _levels(counts: Sequence[CountLine]) -> Iterator[RuleNote]:
    known = sorted(
        (line for line in counts if line.count is not None), key=lambda line: _WIDEST_FIRST.index(line.level)
    )
    for wide, narrow in combinations(known, 2):
        if wide.level is not narrow.level and not differing(wide, narrow):
            yield from _above(wide, narrow)
    for provenance in Provenance:
        yield from _incomparable([line for line in known if line.provenance is provenance])


def _above(wide: CountLine, narrow: CountLine) -> Iterator[RuleNote]:
    if _bounds(narrow)[0] > _bounds(wide)[1]:
        yield _note(
            1, Severity.BROKEN, "level-above", narrow=narrow.level, narrow_region=narrow.region_code,
            narrow_count=narrow.count, wide=wide.level, wide_region=wide.region_code, wide_count=wide.count,
        )  # fmt: skip


def _incomparable(known: Sequence[CountLine]) -> Iterator[RuleNote]:
    """For each level next to another one of the same provenance that no count of it can be compared with."""
    levels = [level for level in _WIDEST_FIRST if any(line.level is level for line in known)]
    for upper, lower in pairwise(levels):
        pairs = [
            (wide, narrow)
            for wide in known
            for narrow in known
            if (wide.level, narrow.level) == (upper, lower)
        ]
        terms = min((differing(*pair) for pair in pairs), key=len)
        if terms:
            wide, narrow = next(pair for pair in pairs if differing(*pair) == terms)
            yield _note(
                1, Severity.NOT_COMPARABLE, "not-comparable", narrow=lower, narrow_region=narrow.region_code,
                wide=upper, wide_region=wide.region_code, provenance=narrow.provenance, terms=terms,
            )  # fmt: skip


def _bounds(line: CountLine) -> tuple[float, float]:
    """Between what a count lies; one that is about so many may be rounded to its last digit that is not 0."""
    count = line.count
    assert count is not None
    match line.comparator:
        case Comparator.MORE:
            return count + 1, math.inf
        case Comparator.AT_LEAST:
            return count, math.inf
        case Comparator.LESS:
            return 0, count - 1
        case Comparator.AT_MOST:
            return 0, count
        case Comparator.ABOUT:
            half = 10 ** (len(str(count)) - len(str(count).rstrip("0"))) / 2
            low = line.low if line.low is not None else count - half
            return low, line.high if line.high is not None else count + half
    return count, count


# Rule 2


def _share(page: ResultPage) -> Iterator[RuleNote]:
    stated = stated_share(page)
    for found in computed_shares(page):
        if stated is not None and found.agrees is False:
            yield _note(
                2, Severity.WARNING, "share-disagrees", stated=stated.value, comparator=stated.comparator,
                computed=found.percent, narrow=Level.CITY, narrow_region=found.city.region_code,
                narrow_count=found.city.count, wide=Level.PROVINCE, wide_region=found.province.region_code,
                wide_count=found.province.count, provenance=found.city.provenance,
            )  # fmt: skip


# Rule 3


def _years(page: ResultPage) -> Iterator[RuleNote]:
    series: defaultdict[tuple[Any, ...], list[YearLine]] = defaultdict(list)
    for line in page.years:
        series[line.level, line.unit, line.patent_type, line.basis, line.applicant_rule, line.region_code,
               line.provenance, line.batch].append(line)  # fmt: skip
    for terms, lines in series.items():
        for total in page.counts:
            mine = (total.level, total.unit, total.patent_type, total.basis, total.applicant_rule,
                    total.region_code, total.provenance, total.batch)  # fmt: skip
            if mine == terms and total.unit is not None and total.comparator is Comparator.EQUAL:
                yield from _covered(total, lines)


def _covered(total: CountLine, lines: Sequence[YearLine]) -> Iterator[RuleNote]:
    years = period_years(total.period)
    if years is None or total.count is None or not set(years) <= {line.year for line in lines}:
        return
    summed = sum(line.count for line in lines if line.year in years)
    if summed != total.count:
        yield _note(
            3, Severity.WARNING, "years-differ", narrow=total.level, narrow_region=total.region_code,
            summed=summed, total=total.count, period=total.period,
        )  # fmt: skip


def period_years(period: str | None) -> range | None:
    """The years of a period such as 2010-2019 or 2018; None where it is told otherwise."""
    match = _PERIOD.fullmatch((period or "").strip())
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return range(first, last + 1) if first <= last else None


# Rule 4


def _ranks(page: ResultPage) -> Iterator[RuleNote]:
    lists: defaultdict[tuple[Any, ...], list[ApplicantLine]] = defaultdict(list)
    for line in page.applicants:
        lists[line.level, line.provenance, line.batch].append(line)
    for of, lines in lists.items():
        yield from _order(lines)
        totals = [
            _bounds(count)[1]
            for count in page.counts
            if (count.level, count.provenance, count.batch) == of and count.count is not None
        ]
        for line in lines:
            if totals and line.count is not None and line.count > max(totals):
                yield _note(
                    4, Severity.BROKEN, "applicant-above-level", **_named("name", line), count=line.count,
                    narrow=line.level, total=int(max(totals)),
                )  # fmt: skip


def _order(lines: Sequence[ApplicantLine]) -> Iterator[RuleNote]:
    ranked = sorted(
        (line for line in lines if line.rank is not None and line.count is not None),
        key=lambda line: (line.rank, -(line.count or 0)),
    )
    for first, second in pairwise(ranked):
        assert first.count is not None
        assert second.count is not None
        tied = first.rank == second.rank
        if (first.count == second.count) is not tied or first.count < second.count:
            yield _note(
                4, Severity.BROKEN, "rank-not-by-count", narrow=first.level, **_named("name", first),
                rank=first.rank, count=first.count, **_named("other", second), other_rank=second.rank,
                other_count=second.count,
            )  # fmt: skip


def _named(word: str, line: Any) -> dict[str, str]:
    zh, en = line.name_zh, line.name_en
    return {f"{word}_zh": zh or en or line.code, f"{word}_en": en or zh or line.code}


# Rule 5


def _symbols(page: ResultPage) -> Iterator[RuleNote]:
    told: set[str] = set()
    for branch in page.branches:
        for symbol in branch.symbols:
            normal = ipc.normalise(symbol)
            if normal is None:
                yield _note(5, Severity.BROKEN, "symbol-invalid", value=symbol, branch=branch.code)
            elif (moved := ipc.reclassified(normal)) and moved.old not in told:
                told.add(moved.old)
                yield _note(
                    5, Severity.WARNING, "symbol-reclassified", old=moved.old, new=moved.new, year=str(moved.year)
                )  # fmt: skip


# Rule 7


def _dates(page: ResultPage) -> Iterator[RuleNote]:
    values = page.result.values
    code, released, cut_off = page.result.code, values.get("released_on"), values.get("cut_off")
    place = page.release
    if place is not None and place.day != released:
        yield _note(
            7, Severity.BROKEN, "release-not-on-its-day", result=code, released_on=released,
            place=place.place_code, day=place.day,
        )  # fmt: skip
    yield from late_cut_off(code, cut_off, released)


def late_cut_off(code: str, cut_off: date | None, released: date | None) -> Iterator[RuleNote]:
    """Data from after the day of release are a mistake."""
    if cut_off is not None and released is not None and cut_off > released:
        yield _note(
            7, Severity.BROKEN, "cut-off-after-release", result=code, cut_off=cut_off, released_on=released
        )
