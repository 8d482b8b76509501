"""Indicators as JSON."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from ipweek.domain.figures import SourceRef
from ipweek.domain.indicator_series import IndicatorPage, PeriodLine, Value
from ipweek.domain.indicators import Progress, Reading


def indicator_json(page: IndicatorPage) -> dict[str, Any]:
    """The record, and where it stands towards its latest target."""
    latest = page.latest
    return {
        "code": page.record.code,
        "archived": page.record.archived,
        **page.record.values,
        "latest": {
            "actual": _reading(latest.actual),
            "target": _reading(latest.target),
            "baseline": _reading(latest.baseline),
            **_progress(latest.progress),
        },
    }


def series_json(page: IndicatorPage) -> dict[str, Any]:
    """The same with every period and every value; a period names its values by code."""
    return {
        **indicator_json(page),
        "periods": [_period(line) for line in page.lines],
        "values": [_value(value) for value in page.values],
    }


def _period(line: PeriodLine) -> dict[str, Any]:
    match, change = line.match, line.change
    return {
        "period": line.period,
        "actual": _code(line.actual),
        "target": _code(line.target),
        "baseline": _code(line.baseline),
        "set_against": _code(match.actual) if match else None,
        **_progress(match.progress if match else Progress()),
        "change": {
            "amount": change.amount,
            "comparator": change.amount_is,
            "rate": _rounded(change.rate),
        }
        if change
        else None,
    }


def _code(value: Value | None) -> str | None:
    return value.code if value else None


def _value(value: Value) -> dict[str, Any]:
    return {
        "code": value.code,
        "kind": value.kind,
        **asdict(value.reading),
        "source": _source(value.source),
    }


def _reading(reading: Reading | None) -> dict[str, Any] | None:
    return asdict(reading) if reading else None


def _source(source: SourceRef | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {**asdict(source.title), "published_on": source.published_on, "url": source.url}


def _progress(found: Progress) -> dict[str, Any]:
    known = found.gap is not None
    return {
        "gap": found.gap,
        "attainment": _rounded(found.attainment),
        "growth_needed": _rounded(found.growth_needed),
        "since_baseline": _rounded(found.since_baseline),
        "gap_comparator": found.gap_is if known else None,
        "attainment_comparator": found.attainment_is if known else None,
        "reached": found.reached,
    }


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 4)
