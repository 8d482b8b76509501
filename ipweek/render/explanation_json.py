"""A figure explained, as JSON."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from ipweek.domain.explanations import COLUMNS, Explanation, Row
from ipweek.domain.figure_list import figures_of
from ipweek.domain.figures import Named, Words
from ipweek.domain.indicators import Reading
from ipweek.domain.reconciliation import Check
from ipweek.domain.reports import Summary
from ipweek.domain.summary_figures import Figure
from ipweek.i18n import language
from ipweek.render.definitions import definition, label


def shape(told: Explanation) -> dict[str, Any]:
    """The figure, what it means and comes from, and its rows, each a value a column."""
    source = told.source
    return {
        "figure": {**figure_shape(told.figure), "definition": str(definition(told.figure))},
        "place": {"kind": told.kind, **_named(told.place)},
        "source": source and {**_named(source.title), "published_on": source.published_on, "url": source.url},
        "computed_from": [figure_shape(told.near[key]) for key in told.figure.of if key in told.near],
        "adds_up": [
            [{"key": key, "times": times, "value": told.near[key].value} for key, times in relation.parts]
            for relation in told.relations
        ],
        "synthetic": told.synthetic,
        "rows_of": told.behind.kind.value,
        "total": told.behind.total,
        "counting": told.behind.counting,
        "rows": [_row(told, row) for row in told.behind.rows],
    }


def listed(summary: Summary) -> list[dict[str, Any]]:
    """All figures of a summary."""
    return [figure_shape(figure) for figure in figures_of(summary).values()]


def figure_shape(figure: Figure) -> dict[str, Any]:
    """A figure by itself."""
    rate = figure.rate
    return {
        "key": figure.key,
        "label": str(label(figure)),
        "value": figure.value,
        "numerator": rate.numerator if rate else None,
        "denominator": rate.denominator if rate else None,
        "provenance": figure.provenance.value,
    }


def check_shape(check: Check) -> dict[str, Any]:
    """A check of the reconciliation: what was compared, and both numbers."""
    return {
        "code": check.code,
        "key": check.key,
        "found": check.found,
        "expected": check.expected,
        "how": check.how.value,
        "parts": list(check.parts),
        "differing": check.differing,
        "event": check.event or None,
        "holds": check.holds,
    }


def _row(told: Explanation, row: Row) -> dict[str, Any]:
    names = COLUMNS[told.behind.kind]
    cells = {name: _value(cell, told.zone) for name, cell in zip(names, row.cells, strict=True)}
    return cells if told.figure.rate is None else {**cells, "numerator": row.counts}


def _value(cell: object, zone: str) -> Any:
    shape = next((shape for kind, shape in _SHAPES if isinstance(cell, kind)), None)
    return shape(cell, zone) if shape else cell


_SHAPES: tuple[tuple[type, Callable[[Any, str], Any]], ...] = (
    (StrEnum, lambda cell, _zone: cell.value),
    (datetime, lambda cell, zone: cell.astimezone(ZoneInfo(zone))),
    (Named, lambda cell, _zone: _named(cell)),
    (Words, lambda cell, _zone: cell.text(language())),
    (Reading, lambda cell, _zone: {"value": cell.value, "comparator": cell.comparator.value}),
)


def _named(named: Named) -> dict[str, Any]:
    return {
        "code": named.code,
        "name": named.name(language()),
        "name_zh": named.zh,
        "name_en": named.en,
    }
