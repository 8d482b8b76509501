"""A navigation result as it is read: its counts and trends, branches, applicants, findings, what was said of it.

None is *not stated* and never 0. Names and texts are pairs, Chinese and English, either of which may be missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from ipweek.domain.records import Record
from ipweek.domain.words import (
    ApplicantRule,
    ChainStage,
    Comparator,
    CountBasis,
    CountUnit,
    Dimension,
    FindingStage,
    Horizon,
    Level,
    LinkRole,
    PatentType,
    Provenance,
    StatementKind,
    Strength,
)


class Severity(StrEnum):
    """What a note means: a broken rule hinders the release, the others hinder nothing."""

    BROKEN = "broken"
    WARNING = "warning"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What one of the seven rules says of a result: the rule's number, and a code with what it is about."""

    rule: int
    severity: Severity
    code: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many patents at a level; None is *not stated*. `low` and `high` bound a derived count."""

    code: str
    level: Level
    region_code: str | None
    count: int | None
    low: int | None
    high: int | None
    comparator: Comparator
    unit: CountUnit | None
    patent_type: PatentType | None
    basis: CountBasis | None
    applicant_rule: ApplicantRule | None
    period: str | None
    provenance: Provenance
    formula: str | None
    source: str | None
    note: str | None = None
    batch: UUID | None = None


@dataclass(frozen=True, slots=True)
class YearLine:
    """How many patents of a year at a level; a provisional one will still grow."""

    code: str
    level: Level
    region_code: str | None
    year: int
    count: int
    unit: CountUnit | None
    patent_type: PatentType | None
    basis: CountBasis | None
    applicant_rule: ApplicantRule | None
    provisional: bool
    provenance: Provenance
    source: str | None
    batch: UUID | None = None


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A branch of the technology, behind the one it is part of; `depth` is 0 for a main branch."""

    code: str
    parent: str | None
    depth: int
    name_zh: str | None
    name_en: str | None
    symbols: tuple[str, ...]
    level: Level | None
    count: int | None
    provenance: Provenance
    source: str | None
    batch: UUID | None = None


@dataclass(frozen=True, slots=True)
class ApplicantLine:
    """An applicant at a level; `enterprise` is the code of the one it is, where it is one of ours."""

    code: str
    level: Level
    rank: int | None
    name_zh: str | None
    name_en: str | None
    enterprise: str | None
    count: int | None
    provenance: Provenance
    source: str | None
    batch: UUID | None = None


@dataclass(frozen=True, slots=True)
class NodeLine:
    """A node of the industry chain, and how strong the region is there."""

    code: str
    stage: ChainStage
    strength: Strength | None
    name_zh: str | None
    name_en: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What the analysis found."""

    code: str
    stage: FindingStage
    dimension: Dimension
    text_zh: str | None
    text_en: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """What the analysis recommends: to whom, how soon, and who takes it on."""

    code: str
    text_zh: str | None
    text_en: str | None
    audience: str | None
    horizon: Horizon | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What somebody said: a figure with comparator and unit, or a text; always with its source."""

    code: str
    kind: StatementKind
    value: Decimal | None
    comparator: Comparator | None
    unit: str | None
    period: str | None
    read_as: str | None
    text_zh: str | None
    text_en: str | None
    said_by_zh: str | None
    said_by_en: str | None
    provenance: Provenance
    source: str | None
    note_zh: str | None
    note_en: str | None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of a result; the digest is of the file's bytes, where there is a file."""

    code: str
    title_zh: str | None
    title_en: str | None
    location: str | None
    sha256: str | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A patent export that backs counts: its columns' family, its file, what could not be placed."""

    layout: str
    file_name: str
    imported_at: datetime
    unit: CountUnit
    cut_off: date | None
    kept: int
    duplicates: int
    unknown: Mapping[str, Any]
    undone: bool
    batch: UUID


@dataclass(frozen=True, slots=True)
class LinkLine:
    """An event or session (`place_kind` says which) and what it did with a result."""

    place_kind: str
    place_code: str
    place_zh: str | None
    place_en: str | None
    day: date | None
    result_code: str
    result_zh: str | None
    result_en: str | None
    role: LinkRole


@dataclass(frozen=True, slots=True)
class HomeRegion:
    """The city of the week that a result was shown in, with its GB/T 2260 code."""

    code: str | None
    city_zh: str | None
    city_en: str | None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """All that is known of one result; `notes` are what the rules say of it."""

    result: Record
    industry_zh: str | None
    industry_en: str | None
    supersedes: str | None
    superseded_by: str | None
    region: HomeRegion | None = None
    counts: tuple[CountLine, ...] = ()
    years: tuple[YearLine, ...] = ()
    branches: tuple[BranchLine, ...] = ()
    applicants: tuple[ApplicantLine, ...] = ()
    nodes: tuple[NodeLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    advice: tuple[AdviceLine, ...] = ()
    statements: tuple[StatementLine, ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    exports: tuple[ExportLine, ...] = ()
    receipts: int = 0
    links: tuple[LinkLine, ...] = ()
    notes: tuple[RuleNote, ...] = ()

    @property
    def release(self) -> LinkLine | None:
        """Where it was released: a session before its event; None as long as it was not."""
        released = [link for link in self.links if link.role is LinkRole.RELEASED]
        return min(released, key=lambda link: link.place_kind != "session", default=None)
