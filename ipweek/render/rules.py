"""What the rules of navigation results say, as sentences: the same ones before a release and when it is refused."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ipweek.domain.navigation import HomeRegion, RuleNote
from ipweek.domain.text import clean
from ipweek.domain.words import Comparator, Level, Provenance
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.region_names import level_name
from ipweek.render.summary_figures import day, number

SENTENCES: Mapping[str, str] = {
    "level-above": N_(
        "{narrow} has {narrow_count}, more than the {wide_count} of {wide}, which it is part of; correct one of "
        "the counts."
    ),
    "not-comparable": N_(
        "{narrow} and {wide} ({provenance}) are not comparable: {terms} differ or are not stated."
    ),
    "share-disagrees": N_(
        "The stated share is {stated} %, but {narrow_count} of {wide_count} ({narrow} in {wide}, {provenance}) is "
        "{computed} %."
    ),
    "years-differ": N_("The years {period} of {narrow} sum to {summed}, but the total is {total}."),
    "rank-not-by-count": N_(
        "{narrow}: rank {rank} is {name} with {count}, rank {other_rank} is {other} with {other_count}; ranks "
        "follow counts, and equal counts share a rank."
    ),
    "applicant-above-level": N_("{name} has {count}, more than the {total} of all {narrow}; correct one of the counts."),
    "symbol-invalid": N_("{value} is no IPC or CPC symbol; write one such as H01M 10/0525."),
    "symbol-reclassified": N_(
        "{old} was given up in {year}: its documents are in {new} now; search both for the whole period."
    ),
    "release-not-on-its-day": N_(
        "{result} bears {released_on} as its day of release, but {place}, which released it, is on {day}."
    ),
    "cut-off-after-release": N_(
        "{result} has data up to {cut_off}, after the release on {released_on}; correct one of the dates."
    ),
}  # fmt: skip

_TERMS: Mapping[str, str] = {
    "unit": N_("unit"),
    "patent_type": N_("patent type"),
    "basis": N_("way of counting by region"),
    "applicant_rule": N_("applicants counted"),
    "period": N_("period"),
    "region_code": N_("region"),
}


def sentence(note: RuleNote, home: HomeRegion | None = None) -> str:
    """A note in the language in force; the levels by their names where these are known."""
    return told(note.code, note.params, home)


def told(code: str, params: Mapping[str, Any], home: HomeRegion | None = None) -> str:
    """The sentence of a rule's code with its values."""
    home = home or params.get("home")
    shown = {name: _shown(name, value, params, home) for name, value in params.items() if name != "home"}
    for name in ("name", "other"):
        if f"{name}_zh" in params:
            shown[name] = clean(str(params[f"{name}_{language()}"]))
    return _(SENTENCES[code]).format_map(shown)


def _shown(name: str, value: Any, params: Mapping[str, Any], home: HomeRegion | None) -> str:
    if isinstance(value, Level):
        return level_name(value, params.get(f"{name}_region"), home)
    if name == "stated":
        return words.sign(params.get("comparator") or Comparator.EQUAL) + (number(value) or "")
    return _OWN_WAYS[name](value) if name in _OWN_WAYS else _plain(value)


_OWN_WAYS: Mapping[str, Callable[[Any], str]] = {
    "computed": lambda percent: str(percent.quantize(Decimal("0.1"), ROUND_HALF_UP)),
    "terms": lambda terms: _(", ").join(_(_TERMS[term]) for term in terms),
    "rank": str,
    "other_rank": str,
}


def _plain(value: Any) -> str:
    if value is None:
        return words.not_stated()
    if isinstance(value, Provenance):
        return words.word(value)
    if isinstance(value, date):
        return day(value) or ""
    return f"{value:,}" if isinstance(value, int) else clean(str(value))
