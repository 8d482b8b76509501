"""The rows that figures of an export become, all at once, and how they go again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from ipweek.domain.ids import new_id
from ipweek.domain.patent_figures import PatentFigures
from ipweek.domain.words import Comparator, Level, PatentType, Provenance
from ipweek.services.records import next_codes
from ipweek.storage.tables.navigation import Applicant, Branch, LevelCount, NavigationResult, YearCount

_TABLES = (LevelCount, YearCount, Branch, Applicant)

Rows = Iterator[dict[str, Any]]


def store(
    session: Session,
    result: NavigationResult,
    batch: UUID,
    figures: PatentFigures,
    enterprises: Mapping[str, UUID],
) -> int:
    """Write all figures beside those that are there; how many applicants are known enterprises.

    `enterprises` are the known ones by the key of each of their names.
    """
    same = {"result_id": result.id, "batch_id": batch, "provenance": Provenance.IMPORTED}
    applicants = list(_applicants(figures, enterprises))
    for kind, table, rows in (
        ("level_count", LevelCount, _levels(figures)),
        ("year_count", YearCount, _years(figures)),
        ("branch", Branch, _branches(figures)),
        ("applicant", Applicant, applicants),
    ):
        _insert(session, table, kind, result.code, ({"id": new_id(), **row, **same} for row in rows))
    return len({row["enterprise_id"] for row in applicants if row["enterprise_id"]})


def remove(session: Session, batch: UUID, results: Iterable[UUID]) -> dict[str, int]:
    """Delete what a batch brought into these results; how many of each. What hung on its branches stays."""
    held = list(results)
    mine = select(Branch.id).where(Branch.batch_id == batch, Branch.result_id.in_(held))
    others = Branch.batch_id.is_distinct_from(batch)
    session.execute(
        update(Branch).where(Branch.parent_id.in_(mine), others).values(parent_id=None),
        execution_options={"synchronize_session": False},
    )
    counts: dict[str, int] = {}
    for table in _TABLES:
        gone = session.execute(
            delete(table).where(table.batch_id == batch, table.result_id.in_(held)),
            execution_options={"synchronize_session": False},
        )
        counts[table.__tablename__] = gone.rowcount  # type: ignore[attr-defined]
    return counts


def results_of(session: Session, batch: UUID) -> set[UUID]:
    """The results in which figures of a batch stand, versions that took them over among them."""
    return {
        found
        for table in _TABLES
        for found in session.scalars(select(table.result_id).where(table.batch_id == batch).distinct())
    }


def _insert(
    session: Session, table: type[Any], kind: str, result: str, rows: Iterable[dict[str, Any]]
) -> None:
    made = list(rows)
    if made:
        codes = next_codes(session, kind, result)
        session.execute(insert(table), [{**row, "code": next(codes)} for row in made])


def _terms(figures: PatentFigures) -> dict[str, Any]:
    return {"unit": figures.unit, "basis": figures.basis, "applicant_rule": figures.rule}


def _period(figures: PatentFigures) -> str | None:
    """The years of application that all counts cover; none where some applications have no year."""
    years = [figure.year for figure in figures.years if figure.level is Level.WORLD]
    if not years or figures.undated.get(Level.WORLD) or figures.years_by_priority:
        return None
    return f"{min(years)}-{max(years)}" if min(years) < max(years) else str(min(years))


def _levels(figures: PatentFigures) -> Rows:
    period = _period(figures)
    for figure in figures.levels:
        yield {
            "level": figure.level,
            "region_code": figure.region_code,
            "count": figure.count,
            "comparator": Comparator.EQUAL,
            "patent_type": figure.patent_type,
            "period": period,
            **_terms(figures),
        }


def _years(figures: PatentFigures) -> Rows:
    for figure in figures.years:
        yield {
            "level": figure.level,
            "region_code": figure.region_code,
            "year": figure.year,
            "count": figure.count,
            "patent_type": PatentType.ALL,
            "provisional": figure.provisional,
            **_terms(figures),
        }


def _branches(figures: PatentFigures) -> Rows:
    """Parents come before their parts, so that each finds the row above it; the symbol is the name."""
    for level, found in figures.branches.items():
        ids: dict[str, UUID] = {}
        for branch in found:
            ids[branch.code] = new_id()
            yield {
                "id": ids[branch.code],
                "parent_id": ids[branch.parent] if branch.parent else None,
                "name_en": branch.code,
                "symbols": [branch.code],
                "level": level,
                "count": branch.count,
            }


def _applicants(figures: PatentFigures, enterprises: Mapping[str, UUID]) -> Rows:
    for level, found in figures.applicants.items():
        for figure in found:
            chinese = not figure.name.isascii()
            yield {
                "level": level,
                "rank": figure.rank,
                "name_zh": figure.name if chinese else None,
                "name_en": None if chinese else figure.name,
                "enterprise_id": enterprises.get(figure.key),
                "count": figure.count,
            }
