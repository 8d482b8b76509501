"""What a patent export came to, as `import patents --json` prints it."""

from typing import Any

from ipweek.domain.patent_figures import LevelFigure, PatentFigures
from ipweek.domain.patent_imports import PatentImport, PatentReport
from ipweek.domain.words import PatentType
from ipweek.render import problems


def report_json(report: PatentReport) -> dict[str, Any]:
    """The batch, null where nothing was stored, the rows and all figures."""
    preview, figures = report.preview, report.preview.figures
    return {
        "batch": str(report.batch) if report.batch else None,
        "result": preview.result,
        "file": preview.path.name,
        "sha256": preview.sha256,
        "sheet": preview.sheet or None,
        "header_row": preview.header_row,
        "mapping": dict(preview.mapping),
        "rows": figures.rows,
        "added": figures.counted,
        "updated": 0,
        "unchanged": figures.rows - figures.refused - figures.counted,
        "refused": figures.refused,
        "errors": [problems.as_json(found) for found in figures.problems if found.severity == "error"],
        **figures_json(figures),
        "linked": report.linked,
    }


def figures_json(figures: PatentFigures) -> dict[str, Any]:
    """All figures with the terms of counting."""
    return {
        "source": figures.source,
        "unit": figures.unit,
        "basis": figures.basis,
        "applicant_rule": figures.rule,
        "cut_off": figures.cut_off,
        "cut_off_assumed": figures.cut_off_assumed,
        "years_by_priority": figures.years_by_priority,
        "counted": figures.counted,
        "duplicates": figures.duplicates,
        "left_out": figures.left_out,
        "after_cut_off": figures.after_cut_off,
        "granted": figures.granted,
        "untyped": figures.untyped,
        "undated": dict(figures.undated),
        "unclassified": figures.unclassified,
        "keyed_by": dict(figures.keyed),
        "placed_by": {how or "none": count for how, count in figures.placed_by.items()},
        "levels": [_level(one) for one in figures.levels if one.patent_type is PatentType.ALL],
        "types": [_level(one) for one in figures.levels if one.patent_type is not PatentType.ALL],
        "years": [
            {"level": one.level, "region": one.region_code, "year": one.year, "count": one.count,
             "provisional": one.provisional}
            for one in figures.years
        ],
        "branches": [
            {"level": level, "symbol": one.code, "part_of": one.parent, "count": one.count,
             "moved_to": one.reclassified.new if one.reclassified else None}
            for level, found in figures.branches.items()
            for one in found
        ],
        "applicants": [
            {"level": level, "rank": one.rank, "name": one.name, "count": one.count}
            for level, found in figures.applicants.items()
            for one in found
        ],
        "warnings": [problems.as_json(found) for found in figures.problems if found.severity == "warning"],
    }  # fmt: skip


def _level(one: LevelFigure) -> dict[str, Any]:
    return {
        "level": one.level,
        "region": one.region_code,
        "patent_type": one.patent_type,
        "count": one.count,
        "unknown": one.unknown,
        "unknown_by": dict(one.unknown_by),
    }


def import_json(line: PatentImport) -> dict[str, Any]:
    """An import that was undone, or can be."""
    return {
        "batch": str(line.id),
        "result": line.result,
        "file": line.file_name,
        "at": line.imported_at,
        "undone_at": line.undone_at,
    }
