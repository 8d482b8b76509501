"""Figures out of patent records, fed one by one: each application or family counts once, wherever its rows stand.

The order of the rows changes nothing: of several rows of one application, a fact comes from the earliest
publication that knows it, and a grant in any of them makes it granted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from sys import intern
from typing import Any, NamedTuple

from ipweek.domain import ipc
from ipweek.domain import patent_numbers as numbers
from ipweek.domain.errors import InvalidError
from ipweek.domain.import_rows import Problem, Severity
from ipweek.domain.patent_figures import (
    ApplicantFigure,
    LevelFigure,
    PatentFigures,
    TallyTerms,
    UnknownReason,
    YearFigure,
)
from ipweek.domain.patent_headers import NUMBERS, PatentFormat
from ipweek.domain.patent_records import PatentField, PatentRecord
from ipweek.domain.placing import LEVELS, Placer, Placing, applicant_key
from ipweek.domain.regions import TargetRegion
from ipweek.domain.words import ApplicantRule, CountBasis, CountUnit, Level, PatentType

PROBLEMS_KEPT = 1000
"""So many problems are told one by one; all are counted."""

_NO_DAY = "9999-99-99"


class _Facts(NamedTuple):
    """What a row tells of its application, applicants by their keys."""

    placing: Placing
    year: int | None
    patent_type: PatentType | None
    applicants: tuple[str, ...]
    codes: tuple[str, ...]


class _Held:
    """What is known of one application: its facts, and for each the publication that told it."""

    __slots__ = ("facts", "granted", "in_force", "keys")

    def __init__(self, key: str, facts: _Facts, record: PatentRecord) -> None:
        self.keys: tuple[str, ...] = (key,)
        self.facts = facts
        self.granted = record.granted
        self.in_force = record.in_force

    def merge(self, key: str, facts: _Facts, record: PatentRecord) -> None:
        """Take from another row what an earlier publication tells, or nobody told so far."""
        keys = self.keys if len(self.keys) > 1 else self.keys * len(facts)
        told = [
            _earlier((_unknown(one), mine, one), (_unknown(other), key, other))
            for mine, one, other in zip(keys, self.facts, facts, strict=True)
        ]
        self.keys = tuple(mine for _, mine, _ in told)
        self.facts = _Facts(*(fact for _, _, fact in told))
        self.granted = _either(self.granted, record.granted)
        self.in_force = _either(self.in_force, record.in_force)


class Tally:
    """Counts the records of one export for one city."""

    def __init__(
        self,
        layout: PatentFormat,
        target: TargetRegion,
        terms: TallyTerms | None = None,
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        """`aliases` are names of known applicants with their region's code.

        Raises InvalidError patent-unit where the export has no columns for the unit.
        """
        self._layout = layout
        self._target = target
        self._terms = terms or TallyTerms()
        self._unit = self._terms.unit or layout.units[0]
        if self._unit not in layout.units:
            raise InvalidError(
                "patent-unit", unit=self._unit.value, units=[unit.value for unit in layout.units]
            )
        self._basis = self._terms.basis or (
            CountBasis.APPLICANT_REGION if layout.tells_regions else CountBasis.OFFICE
        )
        known = {applicant_key(name): code for name, code in (aliases or {}).items()}
        self._placer = Placer(target, known, self._terms.rule, self._basis)
        held = layout.columns
        self._by_priority = PatentField.APPLICATION_DATE not in held and PatentField.PRIORITY_DATE in held
        self._held: dict[str, _Held] = {}
        self._keyed: Counter[PatentField] = Counter()
        self._names = _Names()
        self._shared: dict[Any, Any] = {}
        self._rows = self._refused = self._troubled = 0
        self._latest: date | None = None
        self._problems: list[Problem] = []

    def add(self, row: int, record: PatentRecord) -> None:
        """Count a record; `row` is its number as the spreadsheet shows it."""
        self._rows += 1
        field, key = self._key(record)
        for fault in record.faults:
            self._tell(row, fault.field, fault.value, fault.code, refused=not key)
        if not key:
            self._refused += 1
            if not record.faults:
                self._tell(row, field, "", "patent-number-missing", refused=True)
            return
        published = record.publication_date
        if published is not None and (self._latest is None or published > self._latest):
            self._latest = published
        order = f"{published.isoformat() if published else _NO_DAY}{record.publication_number}"
        known = self._held.get(key)
        if known is None:
            self._keyed[field] += 1
            self._held[key] = _Held(order, self._facts(record), record)
        else:
            known.merge(order, self._facts(record), record)

    def figures(self) -> PatentFigures:
        """What was counted."""
        counted = [held for held in self._held.values() if self._counts(held)]
        cut_off = self._terms.cut_off or self._latest
        by_level = {level: [held for held in counted if held.facts.placing.is_in(level)] for level in LEVELS}
        return PatentFigures(
            source=self._layout.source,
            unit=self._unit,
            basis=self._basis,
            rule=self._terms.rule,
            cut_off=cut_off,
            cut_off_assumed=self._terms.cut_off is None,
            years_by_priority=self._by_priority,
            rows=self._rows,
            refused=self._refused,
            duplicates=self._rows - self._refused - len(self._held),
            counted=len(counted),
            left_out=len(self._held) - len(counted),
            after_cut_off=sum(_is_after(held, self._terms.cut_off) for held in counted),
            granted=sum(held.granted is True for held in counted),
            untyped=sum(held.facts.patent_type is None for held in counted),
            undated={
                level: sum(held.facts.year is None for held in found) for level, found in by_level.items()
            },
            unclassified=sum(not held.facts.codes for held in counted),
            keyed={field.value: count for field, count in sorted(self._keyed.items())},
            placed_by={
                how.value if how else "": count
                for how, count in sorted(Counter(held.facts.placing.how for held in counted).items(), key=str)
            },
            levels=tuple(self._levels(counted)),
            years=tuple(self._years(by_level, cut_off)),
            branches={
                level: ipc.branches(
                    (held.facts.codes for held in found if held.facts.codes), self._terms.depth
                )
                for level, found in by_level.items()
            },
            applicants={level: self._top(level, found) for level, found in by_level.items()},
            problems=tuple(self._problems),
            problems_total=self._troubled,
        )

    def _key(self, record: PatentRecord) -> tuple[PatentField, str]:
        """The number by which a record counts once, and which one it is; empty where the row has none."""
        publication = record.publication_number
        if self._unit is CountUnit.FAMILY and record.family:
            return PatentField.FAMILY, "F" + record.family
        if self._unit is CountUnit.PUBLICATION and publication:
            return PatentField.PUBLICATION_NUMBER, "P" + publication
        if record.application_number:
            return PatentField.APPLICATION_NUMBER, "A" + record.application_number
        if publication:
            shared = numbers.shared_number(numbers.publication(publication, kind=record.kind))
            return PatentField.PUBLICATION_NUMBER, "P" + shared
        if record.family:
            return PatentField.FAMILY, "F" + record.family
        return next((field for field in NUMBERS if field in self._layout.columns), NUMBERS[0]), ""

    def _facts(self, record: PatentRecord) -> _Facts:
        names = record.applicants[:1] if self._terms.rule is ApplicantRule.FIRST else record.applicants
        depth = self._terms.depth
        codes = tuple(sorted({intern(ipc.cut(code, depth) or code) for code in record.symbols}))
        year = record.priority_year if self._by_priority else record.application_year
        return _Facts(
            self._share(self._placer.place(record)),
            year,
            record.patent_type,
            self._share(tuple(dict.fromkeys(map(self._names.key, names)))),
            self._share(codes),
        )

    def _share(self, value: Any) -> Any:
        """The first of equal values: a hundred thousand records have few different ones."""
        return self._shared.setdefault(value, value)

    def _counts(self, held: _Held) -> bool:
        if self._unit is CountUnit.GRANTED:
            return held.granted is True
        return self._unit is not CountUnit.IN_FORCE or held.in_force is True

    def _levels(self, counted: Sequence[_Held]) -> Iterator[LevelFigure]:
        types = {held.facts.patent_type for held in counted}
        for kind in (PatentType.ALL, *(kind for kind in PatentType if kind in types)):
            of_kind = [
                held.facts.placing for held in counted if kind in (PatentType.ALL, held.facts.patent_type)
            ]
            for level in LEVELS:
                told = [placing.is_in(level) for placing in of_kind]
                reasons = Counter(
                    _reason(placing) for placing, inside in zip(of_kind, told, strict=True) if inside is None
                )
                yield LevelFigure(
                    level, self._region(level), kind, told.count(True), dict(sorted(reasons.items()))
                )

    def _years(self, by_level: Mapping[Level, Sequence[_Held]], cut_off: date | None) -> Iterator[YearFigure]:
        for level, found in by_level.items():
            counts = Counter(year for held in found if (year := held.facts.year) is not None)
            for year, count in sorted(counts.items()):
                yield YearFigure(level, self._region(level), year, count, is_provisional(year, cut_off))

    def _top(self, level: Level, found: Sequence[_Held]) -> tuple[ApplicantFigure, ...]:
        """The applicants with most records; equal counts share a rank."""
        counts = Counter(key for held in found for key in held.facts.applicants)
        ranked = sorted((-count, self._names.shown(key), key) for key, count in counts.items())
        figures: list[ApplicantFigure] = []
        for place, (negative, name, key) in enumerate(islice(ranked, self._terms.top), 1):
            rank = figures[-1].rank if figures and figures[-1].count == -negative else place
            figures.append(ApplicantFigure(level, rank, name, key, -negative))
        return tuple(figures)

    def _region(self, level: Level) -> str | None:
        province, city = self._target.region_codes
        return {Level.WORLD: None, Level.COUNTRY: "CN", Level.PROVINCE: province, Level.CITY: city}[level]

    def _tell(self, row: int, field: PatentField, value: str, code: str, *, refused: bool) -> None:
        self._troubled += 1
        if len(self._problems) < PROBLEMS_KEPT:
            severity: Severity = "error" if refused else "warning"
            self._problems.append(Problem(row, self._layout.header(field), value, code, severity))


class _Names:
    """Applicants by their keys, each shown by its most frequent spelling."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._spellings: dict[str, Counter[str]] = {}

    def key(self, name: str) -> str:
        """The key of a name that was met once more."""
        found = self._keys.get(name)
        if found is None:
            found = self._keys[name] = intern(applicant_key(name) or name)
        self._spellings.setdefault(found, Counter())[name] += 1
        return found

    def shown(self, key: str) -> str:
        return min(self._spellings[key].items(), key=lambda item: (-item[1], item[0]))[0]


def is_provisional(year: int, cut_off: date | None) -> bool:
    """Whether a year lies, even in part, in the two years before the cut-off, when not all is published yet."""
    if cut_off is None:
        return False
    complete = cut_off.year - 2 if (cut_off.month, cut_off.day) == (12, 31) else cut_off.year - 3
    return year > complete


def tallied(tally: Tally, rows: Iterable[tuple[int, PatentRecord]]) -> PatentFigures:
    """Feed all rows of a reader to a tally; its figures."""
    for number, record in rows:
        tally.add(number, record)
    return tally.figures()


def _unknown(fact: object) -> int:
    if isinstance(fact, Placing):
        return (fact.country, fact.province, fact.city).count(None)
    return 1 if fact is None or fact == () else 0


def _earlier(one: tuple[int, str, Any], other: tuple[int, str, Any]) -> tuple[int, str, Any]:
    """What is known before what is not, then the earlier publication; equal ones by what they say."""
    if one[:2] == other[:2]:
        return one if one[2] is other[2] else min(one, other, key=repr)
    return one if one[:2] < other[:2] else other


def _either(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 - neither is a switch
    return one if other is None else other if one is None else one or other


def _is_after(held: _Held, cut_off: date | None) -> bool:
    """Whether the earliest publication of an application came out after the cut-off."""
    first = min(held.keys)[: len(_NO_DAY)]
    return cut_off is not None and first != _NO_DAY and first > cut_off.isoformat()


def _reason(placing: Placing) -> UnknownReason:
    if placing.country is None:
        return UnknownReason.NOTHING_TOLD
    return UnknownReason.ONLY_PROVINCE if placing.province is not None else UnknownReason.ONLY_COUNTRY
