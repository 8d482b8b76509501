"""To which level a patent belongs: its city, else its province, else its country, else unknown.

Evidence is asked in a fixed order: the city's column, the address, the postcode, the list of known applicants,
the province's column, the country's. What tells nothing leaves a level unknown, and the name of an applicant
is no evidence of where it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipweek.domain.patent_records import PatentRecord
from ipweek.domain.region_clues import (
    ABROAD,
    ELSEWHERE,
    IN_CHINA,
    SILENT,
    Clue,
    RegionReader,
    country,
    postcode_of,
)
from ipweek.domain.regions import TargetRegion
from ipweek.domain.text import enterprise_key
from ipweek.domain.words import ApplicantRule, CountBasis, Level

LEVELS = (Level.WORLD, Level.COUNTRY, Level.PROVINCE, Level.CITY)

_LEGAL_FORMS = frozenset(
    (
        "co",
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "llc",
        "corp",
        "corporation",
        "company",
        "gmbh",
        "ag",
        "sa",
        "kk",
    )
)


class Evidence(StrEnum):
    """What told where a record belongs."""

    CITY = "city"
    ADDRESS = "address"
    POSTCODE = "postcode"
    ALIAS = "alias"
    PROVINCE = "province"
    COUNTRY = "country"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Placing:
    """Whether a record belongs to the country, the province, the city; None is unknown. `how` is what told."""

    country: bool | None
    province: bool | None
    city: bool | None
    how: Evidence | None

    @property
    def level(self) -> Level:
        """The narrowest level to which the record is known to belong."""
        return next(level for level in reversed(LEVELS) if self.is_in(level))

    def is_in(self, level: Level) -> bool | None:
        """Whether the record belongs to a level; None is unknown."""
        return (True, self.country, self.province, self.city)[LEVELS.index(level)]


def applicant_key(name: str) -> str:
    """The form in which applicants match: Chinese names as enterprises do, others without the legal form."""
    if not name.isascii():
        return enterprise_key(name)
    words = re.sub(r"[^0-9a-z ]", "", re.sub(r"[.,&/-]+", " ", name.casefold())).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return "".join(words)


class Placer:
    """Places records for one city. `aliases` are known applicants by `applicant_key`, each with a region code.

    By office, only what was filed at the country's own office belongs to it, its provinces and cities.
    """

    def __init__(
        self,
        target: TargetRegion,
        aliases: Mapping[str, str] | None = None,
        rule: ApplicantRule = ApplicantRule.FIRST,
        basis: CountBasis = CountBasis.APPLICANT_REGION,
    ) -> None:
        self._reader = RegionReader(target)
        self._aliases = aliases or {}
        self._first = rule is ApplicantRule.FIRST
        self._by_office = basis is CountBasis.OFFICE

    def place(self, record: PatentRecord) -> Placing:
        """Where the record belongs."""
        if not self._by_office:
            return _placing(*self._applicants(record))
        if "CN" not in record.offices:
            return _placing(ABROAD, Evidence.OFFICE) if record.offices else _placing(SILENT, None)
        clue, how = self._applicants(record)
        if clue.country is None:
            return _placing(IN_CHINA, Evidence.OFFICE)
        return _placing(clue if clue.country else ELSEWHERE, how)

    def _applicants(self, record: PatentRecord) -> tuple[Clue, Evidence | None]:
        """The first evidence that tells the city; what it leaves open, later evidence tells."""
        provinces = self._reader.provinces("\n".join(record.provinces)) if record.provinces else ()
        countries = [country(text) for text in record.countries]
        if self._first and any(clues and clues[0].country is False for clues in (countries, provinces)):
            return ABROAD, Evidence.COUNTRY
        held: Clue = SILENT
        how = None
        for evidence, clues in self._evidence(record, provinces, countries):
            clue = clues[0] if self._first else _any(clues, len(record.applicants))
            merged = _merged(held, clue)
            if merged != held:
                held, how = merged, evidence
            if held.city is not None:
                break
        return held, how

    def _evidence(
        self, record: PatentRecord, provinces: Sequence[Clue], countries: Sequence[Clue]
    ) -> Iterator[tuple[Evidence, Sequence[Clue]]]:
        """What there is to go by, in order; each piece has a clue for every value of its cell."""
        read = self._reader
        cities = [read.city(text) for text in record.cities]
        # different cities, fewer or more than the applicants, do not tell which one is the first one's
        whose = not self._first or len(cities) == len(record.applicants) or len(set(cities)) == 1
        if cities and whose:
            yield Evidence.CITY, cities
        if record.districts and provinces:
            yield Evidence.CITY, [read.district(text, provinces[0]) for text in record.districts]
        if record.addresses:
            yield Evidence.ADDRESS, [read.address(text) for text in record.addresses]
        posts = record.postcodes or tuple(map(postcode_of, record.addresses))
        if posts and not any(clue.country is False for clue in (*provinces, *countries)):
            yield Evidence.POSTCODE, [read.postcode(text) for text in posts]
        if self._aliases and record.applicants:
            yield (
                Evidence.ALIAS,
                [read.code(self._aliases.get(applicant_key(name), "")) for name in record.applicants],
            )
        if provinces:
            yield Evidence.PROVINCE, provinces
        if countries:
            yield Evidence.COUNTRY, countries


def place(
    record: PatentRecord,
    target: TargetRegion,
    aliases: Mapping[str, str] | None = None,
    rule: ApplicantRule = ApplicantRule.FIRST,
    basis: CountBasis = CountBasis.APPLICANT_REGION,
) -> Placing:
    """Where one record belongs; for many, a `Placer` remembers what it has read."""
    return Placer(target, aliases, rule, basis).place(record)


def _placing(clue: Clue, how: Evidence | None) -> Placing:
    return Placing(clue.country, clue.province, clue.city, how)


def _merged(held: Clue, later: Clue) -> Clue:
    """What is known, and where it was not, what comes later; a later word against it is not heard."""
    pairs = ((held.country, later.country), (held.province, later.province), (held.city, later.city))
    if any(one is not None and other is not None and one != other for one, other in pairs):
        return held
    return Clue(*(other if one is None else one for one, other in pairs))


def _any(clues: Sequence[Clue], applicants: int) -> Clue:
    """What holds for any applicant; that none is there can be said only when all are known."""
    whole = len(clues) >= applicants

    def told(read: Callable[[Clue], bool | None]) -> bool | None:
        values = [read(clue) for clue in clues]
        return True if True in values else False if whole and None not in values else None

    return Clue(
        told(lambda clue: clue.country), told(lambda clue: clue.province), told(lambda clue: clue.city)
    )
