"""Pairs that may be one, two side by side, and merges: lines for screens and terminals, and JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ipweek.domain.duplicates import Duplicate, DuplicateKind, Evidence, Suspect
from ipweek.domain.merging import FieldPair, Merged, MergeLine, Party, Review, SharedEvent, Side
from ipweek.i18n import N_, _
from ipweek.render.lines import Line, Span, crop, fit, wrapped
from ipweek.render.shown_values import shown
from ipweek.render.words import TABLES, table_name, word

_AGAINST = (
    Evidence.NAME_DIFFERS,
    Evidence.PHONE_DIFFERS,
    Evidence.EMAIL_DIFFERS,
    Evidence.CODE_DIFFERS,
    Evidence.NUMBER_DIFFERS,
    Evidence.DISTRICT_DIFFERS,
)
_LABEL = 18
_MARK = 3
_MOST = 60


def reasons(evidence: Iterable[Evidence]) -> str:
    """Why two may be one, and with a minus why not."""
    return " ".join(("−" if each in _AGAINST else "+") + word(each) for each in evidence)


def holdings(party: Party) -> str:
    """What somebody has, in words."""
    told = [f"{table_name(name)} {number}" for name, number in party.has.items()]
    return " · ".join(told) or _("nothing")


def suspect(one: Suspect) -> str:
    """One of a pair on one line."""
    return " · ".join(part for part in (one.name, one.detail, one.phone) if part)


# Side by side


def review_lines(review: Review, width: int) -> Sequence[Line]:
    """Two side by side: each field, marked where it differs and by what is taken; what they have; what a merge does."""
    half = min(max((width - _LABEL - 2 * _MARK) // 2, 8), _MOST)
    score = _("{score} of 100").format(score=review.score)
    lines = [
        Line(((f"{score}  ", "strong"), (crop(reasons(review.evidence), max(width - 12, 8)), "plain"))),
        Line(),
        _head(half),
        *(_field(pair, half) for pair in review.fields),
        Line(),
        *_has(review, width),
    ]
    return [*lines, *_consequences(review, width)]


def _head(half: int) -> Line:
    return Line(
        (
            (" " * (_LABEL + _MARK), "plain"),
            (fit(_("kept"), half), "strong"),
            (" " * _MARK, "plain"),
            (fit(_("merged into it"), half), "strong"),
        )
    )


def _field(pair: FieldPair, half: int) -> Line:
    takes = (pair.chosen in (Side.KEEP, Side.BOTH), pair.chosen in (Side.DROP, Side.BOTH))
    sign = "  " if pair.same else "≠ "
    spans: list[Span] = [(sign, "warn"), (fit(_(pair.field.label), _LABEL - 2), "dim")]
    for value, taken in zip((pair.keep, pair.drop), takes, strict=True):
        marked = "● " if taken and not pair.same else "  "
        role = "plain" if pair.same or taken else "dim"
        spans += [(f" {marked}", "accent"), (fit(value or "–", half), role)]
    return Line(tuple(spans), pair.field.name)


def _has(review: Review, width: int) -> Iterator[Line]:
    for title, party in ((_("kept"), review.keep), (_("merged into it"), review.drop)):
        yield Line(
            ((fit(f"  {title}", _LABEL + 2), "dim"), (crop(holdings(party), width - _LABEL - 2), "plain"))
        )


def _consequences(review: Review, width: int) -> Iterator[Line]:
    told = [*map(_event_text, review.events), *badge_texts(review.badges)]
    if told:
        yield Line()
    for text in told:
        for place, part in enumerate(wrapped(text, width - 2)):
            yield Line((("  " if place else "! ", "warn"), (part, "plain")))


def _event_text(event: SharedEvent) -> str:
    told = _("{event}: both are registered ({keep} · {drop}); the left one goes on, with all that both had")
    if event.stays is Side.DROP:
        told = _(
            "{event}: both are registered ({keep} · {drop}); the right one goes on, with all that both had"
        )
    return told.format(event=event.code, keep=word(event.keep), drop=word(event.drop))


def badge_texts(badges: Iterable[Any]) -> list[str]:
    """What becomes of the badges where both have one."""
    told = _("{week}: badge {stays} stays; badge {other} still opens the door, for the same person")
    return [told.format(week=one.week, stays=one.stays, other=one.other) for one in badges]


def merged_texts(merged: Merged) -> list[str]:
    """What a merge came to."""
    rows = _(", ").join(
        f"{table_name(name)} {number}" for name, number in merged.rows.items() if name in TABLES
    )
    told = [_("{drop} is {keep} now").format(drop=shown(merged.drop.name), keep=shown(merged.keep.name))]
    told += [_("Changed: {rows}").format(rows=rows)] if rows else []
    told += badge_texts(merged.badges)
    return told + [_("{name} moved up").format(name=shown(name)) for name in merged.promoted]


# JSON


def duplicate_json(pair: Duplicate) -> dict[str, Any]:
    """A proposed pair."""
    return {
        "kind": pair.kind,
        "score": pair.score,
        "evidence": list(pair.evidence),
        "first": _suspect_json(pair.first),
        "second": _suspect_json(pair.second),
    }


def _suspect_json(one: Suspect) -> dict[str, Any]:
    return {"ref": one.ref, "name": one.name, "detail": one.detail or None, "phone": one.phone}


def review_json(review: Review) -> dict[str, Any]:
    """Two side by side."""
    return {
        "kind": review.kind,
        "score": review.score,
        "evidence": list(review.evidence),
        "keep": _party_json(review.keep),
        "drop": _party_json(review.drop),
        "fields": [
            {
                "field": pair.field.name,
                "keep": pair.keep,
                "drop": pair.drop,
                "same": pair.same,
                "taken": pair.chosen,
            }
            for pair in review.fields
        ],
        "events": [
            {"event": one.code, "keep": one.keep, "drop": one.drop, "goes_on": one.stays}
            for one in review.events
        ],
        "badges": _badges_json(review.badges),
    }


def merged_json(merged: Merged) -> dict[str, Any]:
    """What a merge, or its undo, came to."""
    return {
        "merge": str(merged.id),
        "kind": merged.kind,
        "keep": _party_json(merged.keep),
        "drop": _party_json(merged.drop),
        "rows": dict(merged.rows),
        "promoted": list(merged.promoted),
        "badges": _badges_json(merged.badges),
    }


def _party_json(party: Party) -> Mapping[str, Any]:
    return {"ref": party.ref, "name": party.name, "has": dict(party.has)}


def _badges_json(badges: Iterable[Any]) -> list[dict[str, str]]:
    return [{"week": one.week, "stays": one.stays, "other": one.other} for one in badges]


def merge_json(line: MergeLine) -> dict[str, Any]:
    """A merge of the list."""
    return {
        "merge": str(line.id),
        "kind": line.kind,
        "keep": line.keep,
        "drop": line.drop,
        "rows": line.rows,
        "at": line.merged_at,
        "undone_at": line.undone_at,
        "operator": line.operator,
    }


KINDS: Mapping[DuplicateKind, str] = {
    DuplicateKind.PEOPLE: N_("People entered twice?"),
    DuplicateKind.ENTERPRISES: N_("Enterprises entered twice?"),
}
"""Titles of the lists."""
