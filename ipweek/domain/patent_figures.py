"""What a patent export comes to: counts by level and year, branches, applicants, and what stays unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipweek.domain.import_rows import Problem
from ipweek.domain.ipc import Branch, IpcLevel
from ipweek.domain.patent_records import PatentSource
from ipweek.domain.words import ApplicantRule, CountBasis, CountUnit, Level, PatentType


class UnknownReason(StrEnum):
    """Why it is not known whether a record belongs to a level."""

    NOTHING_TOLD = "nothing_told"
    ONLY_COUNTRY = "only_country"
    ONLY_PROVINCE = "only_province"


@dataclass(frozen=True, slots=True)
class TallyTerms:
    """How to count; a unit or basis of None is the export's natural one.

    `cut_off` None takes the latest publication in the export. `top` is how many applicants of a level.
    """

    unit: CountUnit | None = None
    basis: CountBasis | None = None
    rule: ApplicantRule = ApplicantRule.FIRST
    cut_off: date | None = None
    top: int = 20
    depth: IpcLevel = IpcLevel.MAIN_GROUP


@dataclass(frozen=True, slots=True)
class LevelFigure:
    """How many belong to a level, and of how many nobody knows, by the reason."""

    level: Level
    region_code: str | None
    patent_type: PatentType
    count: int
    unknown_by: Mapping[UnknownReason, int]

    @property
    def unknown(self) -> int:
        """Of how many it is not known whether they belong to the level."""
        return sum(self.unknown_by.values())


@dataclass(frozen=True, slots=True)
class YearFigure:
    """How many of a level were filed in a year; a provisional one will grow as more is published."""

    level: Level
    region_code: str | None
    year: int
    count: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class ApplicantFigure:
    """An applicant of a level; `key` is the form in which its name matches an enterprise's."""

    level: Level
    rank: int
    name: str
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class PatentFigures:
    """All figures of an export.

    `counted` are applications or families (as `unit` says) out of `rows`; `duplicates` are further rows of
    the same ones, `left_out` those that are not granted or not in force where that is the unit. `keyed` says
    by which number they were told apart, `placed_by` by which evidence ('' is none). Counts of branches
    overlap. `undated` and `unclassified` are in no year and in no branch.
    """

    source: PatentSource
    unit: CountUnit
    basis: CountBasis
    rule: ApplicantRule
    cut_off: date | None
    cut_off_assumed: bool
    years_by_priority: bool
    rows: int
    refused: int
    duplicates: int
    counted: int
    left_out: int
    after_cut_off: int
    granted: int
    untyped: int
    undated: Mapping[Level, int]
    unclassified: int
    keyed: Mapping[str, int]
    placed_by: Mapping[str, int]
    levels: tuple[LevelFigure, ...]
    years: tuple[YearFigure, ...]
    branches: Mapping[Level, tuple[Branch, ...]]
    applicants: Mapping[Level, tuple[ApplicantFigure, ...]]
    problems: tuple[Problem, ...]
    problems_total: int

    def level(self, level: Level, patent_type: PatentType = PatentType.ALL) -> LevelFigure | None:
        """The figure of a level; None where the export has no patent of the type."""
        wanted = (level, patent_type)
        return next((one for one in self.levels if (one.level, one.patent_type) == wanted), None)
