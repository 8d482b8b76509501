"""What follows from the counts of a result: shares of the province, and the province that a stated share implies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ipweek.domain import shares
from ipweek.domain.navigation import CountLine, ResultPage, StatementLine
from ipweek.domain.words import Comparator, Level, Provenance, StatementKind

TERMS = ("unit", "patent_type", "basis", "applicant_rule", "period", "region_code")
"""What two counts must have in common before they are set against each other; of a region, the province."""

_EXACT = (Comparator.EQUAL, Comparator.ABOUT)


@dataclass(frozen=True, slots=True)
class ComputedShare:
    """The city's share of the province in percent, from two comparable counts; `agrees` with the stated one.

    `agrees` is None where nobody stated a share.
    """

    city: CountLine
    province: CountLine
    percent: Decimal
    agrees: bool | None


def differing(first: CountLine, second: CountLine) -> tuple[str, ...]:
    """The terms that keep two counts from being compared; a unit that nobody stated is one of them."""
    found = [term for term in TERMS[:-1] if getattr(first, term) != getattr(second, term)]
    if first.unit is None and "unit" not in found:
        found.insert(0, "unit")
    if not _same_region(first, second):
        found.append("region_code")
    return tuple(found)


def _same_region(first: CountLine, second: CountLine) -> bool:
    """Whether one lies in the other as far as codes tell; the world and China hold everything here."""
    regional = [line.region_code for line in (first, second) if line.level in (Level.PROVINCE, Level.CITY)]
    known = [code for code in regional if code]
    if len(known) < 2:
        return True
    return known[0] == known[1] if first.level is second.level else known[0][:2] == known[1][:2]


def stated_share(page: ResultPage) -> StatementLine | None:
    """The share of the province that somebody stated."""
    return share_among(page.statements)


def share_among(statements: Iterable[StatementLine]) -> StatementLine | None:
    """The first stated share of the province."""
    said = (line for line in statements if line.kind is StatementKind.SHARE and line.value is not None)
    return next(said, None)


def computed_shares(page: ResultPage) -> tuple[ComputedShare, ...]:
    """City by province, for each pair of counts of one provenance, and one export, that may be compared."""
    return shares_of(page.counts, stated_share(page))


def shares_of(counts: Iterable[CountLine], stated: StatementLine | None) -> tuple[ComputedShare, ...]:
    """As `computed_shares`, of these counts beside this stated share."""
    return tuple(_computed(counts, stated))


def _computed(counts: Iterable[CountLine], stated: StatementLine | None) -> Iterator[ComputedShare]:
    known = [line for line in counts if line.count is not None and line.comparator in _EXACT]
    provinces = [line for line in known if line.level is Level.PROVINCE and line.count]
    for city in known:
        for province in provinces:
            same = (city.level, city.provenance, city.batch) == (
                Level.CITY,
                province.provenance,
                province.batch,
            )
            if same and city.provenance is not Provenance.DERIVED and not differing(city, province):
                assert city.count is not None
                assert province.count is not None
                percent = Decimal(city.count) * 100 / province.count
                yield ComputedShare(city, province, percent, _agrees(stated, percent))


def _agrees(stated: StatementLine | None, percent: Decimal) -> bool | None:
    """A rounded share agrees by its precision; over, under, at least and at most are what they say."""
    if stated is None or stated.value is None:
        return None
    match stated.comparator:
        case Comparator.MORE:
            return percent > stated.value
        case Comparator.AT_LEAST:
            return percent >= stated.value
        case Comparator.LESS:
            return percent < stated.value
        case Comparator.AT_MOST:
            return percent <= stated.value
    return shares.agrees(stated.value, percent)


def implied_province(page: ResultPage) -> CountLine | None:
    """The province's count as the stated share implies it, where nobody gave one.

    It assumes that both count the same unit, which the source need not say.
    """
    return province_of(page.counts, stated_share(page))


def province_of(counts: Sequence[CountLine], stated: StatementLine | None) -> CountLine | None:
    """As `implied_province`, of these counts and this stated share."""
    city = _first(counts, Level.CITY)
    known = any(line.level is Level.PROVINCE and line.count is not None for line in counts)
    rounded = stated is not None and stated.comparator in (None, *_EXACT)
    if known or city is None or city.count is None or stated is None or not rounded:
        return None
    assert stated.value is not None
    whole = shares.whole_of(city.count, stated.value)
    if whole is None:
        return None
    return replace(
        city,
        code="",
        level=Level.PROVINCE,
        region_code=f"{city.region_code[:2]}0000" if city.region_code else None,
        count=whole.count,
        low=whole.low,
        high=whole.high,
        comparator=Comparator.ABOUT,
        provenance=Provenance.DERIVED,
        formula=f"{city.count:,} / {stated.value} %",
        note=None,
    )


def _first(counts: Sequence[CountLine], level: Level) -> CountLine | None:
    stated = (line for line in counts if line.provenance is Provenance.STATED and line.count is not None)
    return next((line for line in stated if line.level is level and line.comparator in _EXACT), None)
