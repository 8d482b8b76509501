"""Who may be entered twice: what speaks for two being one, what against it, and how much."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from ipweek.domain.text import enterprise_key, folded


class DuplicateKind(StrEnum):
    """What can be entered twice."""

    PEOPLE = "people"
    ENTERPRISES = "enterprises"


class Evidence(StrEnum):
    """What speaks for two being one, and what against it."""

    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"
    SAME_NAME = "same_name"
    SAME_READING = "same_reading"
    SAME_ENTERPRISE = "same_enterprise"
    SAME_ORGANISATION = "same_organisation"
    SIMILAR_NAME = "similar_name"
    NAME_DIFFERS = "name_differs"
    PHONE_DIFFERS = "phone_differs"
    EMAIL_DIFFERS = "email_differs"
    CODE_DIFFERS = "code_differs"
    NUMBER_DIFFERS = "number_differs"
    DISTRICT_DIFFERS = "district_differs"


LEAST_LIKENESS = 85
"""Names of enterprises that are less alike, in percent, are not proposed."""
_CROWD = 8
"""A phone or address of more people is an office's: of these, only those whose names read alike are proposed."""
_WEIGHTS = {
    Evidence.SAME_PHONE: 60,
    Evidence.SAME_EMAIL: 50,
    Evidence.SAME_NAME: 30,
    Evidence.SAME_READING: 15,
    Evidence.SAME_ENTERPRISE: 20,
    Evidence.NAME_DIFFERS: -40,
    Evidence.PHONE_DIFFERS: -25,
    Evidence.EMAIL_DIFFERS: -10,
}
_OF_ENTERPRISES = {
    Evidence.SAME_ORGANISATION: 80,
    Evidence.SAME_NAME: 75,
    Evidence.CODE_DIFFERS: -30,
    Evidence.NUMBER_DIFFERS: -25,
    Evidence.DISTRICT_DIFFERS: -10,
}
_LATIN_ENDING = re.compile(
    r"[.,]*(co\.?,?ltd|coltd|company,?limited|limited|ltd|inc|corp|corporation|company|gmbh|llc)\.?$"
)
_NUMBERS = re.compile(r"[0-9]+|[一二三四五六七八九十甲乙丙丁东南西北]")

Pair = tuple[UUID, UUID]
"""Two records by id, the smaller one first."""


def pair_of(one: UUID, other: UUID) -> Pair:
    """The pair of two ids, in whichever order they come."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is compared of a person; `reading` is the pinyin of the name, `firm` the key of the enterprise."""

    id: UUID
    name: str
    reading: str
    phone: str | None
    email: str | None
    firm: str | None


@dataclass(frozen=True, slots=True)
class EnterpriseFacts:
    """What is compared of an enterprise; `keys` are those of all its names and aliases."""

    id: UUID
    core: str
    keys: frozenset[str]
    credit_code: str | None
    district: str | None


@dataclass(frozen=True, slots=True)
class Likely:
    """Two that may be one, how likely in points of 100, and why."""

    first: UUID
    second: UUID
    score: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Suspect:
    """One of a pair as a list shows it; `ref` names it at a command line. Phones are masked."""

    id: UUID
    ref: str
    name: str
    detail: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A proposed pair as it leaves the service."""

    kind: DuplicateKind
    first: Suspect
    second: Suspect
    score: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DuplicateList:
    """The most likely pairs first; `total` counts those beyond the limit too."""

    pairs: tuple[Duplicate, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DistinctLine:
    """A pair that was found to be two."""

    kind: DuplicateKind
    first: str
    second: str
    decided_at: datetime
    operator: str


# People


def likely_people(people: Iterable[PersonFacts]) -> list[Likely]:
    """Pairs by phone, by e-mail address, and by name within an enterprise."""
    known = list(people)
    pairs: dict[Pair, tuple[PersonFacts, PersonFacts]] = {}
    for group in _groups((facts.phone, facts) for facts in known):
        _pair_up(group, pairs)
    for group in _groups(((facts.email or "").casefold(), facts) for facts in known):
        _pair_up(group, pairs)
    for group in _groups((facts.firm and (facts.firm, folded(facts.name)), facts) for facts in known):
        _pair_up(group, pairs)
    return ranked(compare_people(*each) for each in pairs.values())


def _groups(keyed: Iterable[tuple[Hashable, PersonFacts]]) -> Iterator[Sequence[PersonFacts]]:
    found: dict[Hashable, list[PersonFacts]] = {}
    for key, facts in keyed:
        if key:
            found.setdefault(key, []).append(facts)
    return (group for group in found.values() if len(group) > 1)


def _pair_up(group: Sequence[PersonFacts], pairs: dict[Pair, tuple[PersonFacts, PersonFacts]]) -> None:
    """Everybody with everybody; in a crowd, the first of each reading with the others of it."""
    if len(group) <= _CROWD:
        wanted: Iterable[tuple[PersonFacts, PersonFacts]] = combinations(group, 2)
    else:
        alike = _groups((facts.reading, facts) for facts in group)
        wanted = ((part[0], other) for part in alike for other in part[1:])
    for one, other in wanted:
        pairs[pair_of(one.id, other.id)] = (one, other)


def compare_people(one: PersonFacts, other: PersonFacts) -> Likely:
    """What speaks for two people being one."""
    evidence = [*_contact(one, other)]
    if folded(one.name) == folded(other.name):
        evidence.append(Evidence.SAME_NAME)
        if one.firm and one.firm == other.firm:
            evidence.append(Evidence.SAME_ENTERPRISE)
    elif one.reading == other.reading:
        evidence.append(Evidence.SAME_READING)
    else:
        evidence.append(Evidence.NAME_DIFFERS)
    return _judged(one.id, other.id, evidence, sum(_WEIGHTS[each] for each in evidence))


def _contact(one: PersonFacts, other: PersonFacts) -> Iterator[Evidence]:
    if one.phone and other.phone:
        yield Evidence.SAME_PHONE if one.phone == other.phone else Evidence.PHONE_DIFFERS
    if one.email and other.email:
        same = one.email.casefold() == other.email.casefold()
        yield Evidence.SAME_EMAIL if same else Evidence.EMAIL_DIFFERS


# Enterprises


def name_core(name: str) -> str:
    """What is left of an enterprise's name to compare: without its legal form, 集团, 股份 and 市."""
    key = enterprise_key(name)
    if key.isascii():
        key = _LATIN_ENDING.sub("", key)
        return "".join(char for char in key if char.isalnum())
    for ending in ("(集团)", "集团", "股份"):
        if key.endswith(ending) and len(key) > len(ending) + 1:
            key = key.removesuffix(ending)
    return key.replace("(集团)", "").replace("市", "", 1)


def compare_enterprises(one: EnterpriseFacts, other: EnterpriseFacts, likeness: float) -> Likely:
    """What speaks for two enterprises being one; `likeness` is that of their cores, in percent."""
    evidence: list[Evidence] = []
    if organisation(one.credit_code) and organisation(other.credit_code):
        same = organisation(one.credit_code) == organisation(other.credit_code)
        evidence.append(Evidence.SAME_ORGANISATION if same else Evidence.CODE_DIFFERS)
    points = 0
    if one.keys & other.keys:
        evidence.append(Evidence.SAME_NAME)
    elif likeness >= LEAST_LIKENESS:
        evidence.append(Evidence.SIMILAR_NAME)
        points = round(30 + (likeness - LEAST_LIKENESS) * 2)
        if _NUMBERS.findall(one.core) != _NUMBERS.findall(other.core):
            evidence.append(Evidence.NUMBER_DIFFERS)
    if one.district and other.district and folded(one.district) != folded(other.district):
        evidence.append(Evidence.DISTRICT_DIFFERS)
    return _judged(
        one.id, other.id, evidence, points + sum(_OF_ENTERPRISES.get(each, 0) for each in evidence)
    )


def organisation(credit_code: str | None) -> str | None:
    """The nine characters of a credit code that stay when an enterprise changes its registrar (GB 11714)."""
    return credit_code[8:17] if credit_code and len(credit_code) == 18 else None


def _judged(one: UUID, other: UUID, evidence: Sequence[Evidence], points: int) -> Likely:
    return Likely(
        *pair_of(one, other), max(1, min(points, 100)), tuple(sorted(evidence, key=list(Evidence).index))
    )


def ranked(found: Iterable[Likely]) -> list[Likely]:
    """The most likely first."""
    return sorted(found, key=lambda each: (-each.score, each.first, each.second))
