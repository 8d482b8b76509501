"""The whole model of a navigation result as JSON."""

from dataclasses import asdict
from typing import Any

from ipweek.domain.documents import DocumentCheck
from ipweek.domain.navigation import LinkLine, ResultPage, RuleNote
from ipweek.domain.navigation_figures import computed_shares, implied_province, stated_share
from ipweek.domain.reach import Reach
from ipweek.render import rules
from ipweek.render.reach_json import reach_json

_PARTS = ("years", "branches", "applicants", "nodes", "findings", "advice", "statements", "documents")


def result_json(page: ResultPage, reach: Reach) -> dict[str, Any]:
    """Every part by name; the counts with the one that a stated share implies; what the rules say."""
    implied, said = implied_province(page), stated_share(page)
    return {
        "code": page.result.code,
        "archived": page.result.archived,
        **page.result.values,
        "industry_zh": page.industry_zh,
        "industry_en": page.industry_en,
        "supersedes": page.supersedes,
        "superseded_by": page.superseded_by,
        "region": asdict(page.region) if page.region else None,
        "counts": [asdict(line) for line in (*page.counts, *([implied] if implied else []))],
        "share": {
            "stated": said.value if said else None,
            "comparator": said.comparator if said else None,
            "computed": [
                {"percent": round(one.percent, 4), "agrees": one.agrees, "provenance": one.city.provenance,
                 "patent_type": one.city.patent_type}
                for one in computed_shares(page)
            ],
        },
        **{name: [asdict(line) for line in getattr(page, name)] for name in _PARTS},
        "exports": [{**asdict(line), "unknown": dict(line.unknown)} for line in page.exports],
        "receipts": page.receipts,
        "links": [link_json(line) for line in page.links],
        "reach": reach_json(reach),
        "notes": [note_json(note, page) for note in page.notes],
    }  # fmt: skip


def link_json(line: LinkLine) -> dict[str, Any]:
    """What a place did with a result."""
    return {
        "kind": line.place_kind,
        "place": line.place_code,
        "day": line.day,
        "result": line.result_code,
        "as": line.role,
    }


def note_json(note: RuleNote, page: ResultPage) -> dict[str, Any]:
    """A note with its sentence in the language in force."""
    return {
        "rule": note.rule,
        "severity": note.severity,
        "code": note.code,
        "params": dict(note.params),
        "sentence": rules.sentence(note, page.region),
    }


def check_json(found: DocumentCheck) -> dict[str, Any]:
    """A document and what became of its file."""
    return asdict(found)
