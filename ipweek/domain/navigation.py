"""A navigation result as it is read: counts by level, what was said of it, where it was released."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipweek.domain.records import Record
from ipweek.domain.words import (
    ApplicantRule,
    Comparator,
    CountBasis,
    CountUnit,
    Level,
    LinkRole,
    PatentType,
    Provenance,
    StatementKind,
)


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many patents at a level; None is *not stated*. `low` and `high` bound a derived count."""

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
class ResultPage:
    """All that is known of one result."""

    result: Record
    industry_zh: str | None
    industry_en: str | None
    supersedes: str | None
    superseded_by: str | None
    counts: tuple[CountLine, ...]
    statements: tuple[StatementLine, ...]
    documents: tuple[DocumentLine, ...]
    links: tuple[LinkLine, ...]
