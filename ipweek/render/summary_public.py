"""A summary's JSON as it may be published."""

from collections.abc import Collection
from typing import Any

from ipweek.domain.figure_list import NONE


def withhold(values: dict[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    """The same without the hidden figures, which are null; `withheld` are their keys.

    Nor do checks tell their numbers, those of doors and of the log among them, nor by their order which is larger.
    """
    kept: dict[str, Any] = _kept(values, "", frozenset({*hidden, *map(_noted, hidden)}))
    return {**kept, "withheld": sorted(hidden)}


def _unnumbered(check: dict[str, Any]) -> dict[str, Any]:
    return {**check, "found": None, "expected": None, "differing": None, "parts": sorted(check["parts"])}


def _noted(key: str) -> str:
    """The key of the same number among the organizer's notes, where it has one."""
    before, found, _rest = key.partition("registrations.invited")
    return f"{before.removesuffix('totals.')}notes.invited" if found else key


def _kept(node: Any, key: str, hidden: frozenset[str]) -> Any:
    """A part of it; a rate is withheld with both its counts."""
    if key in hidden:
        return dict.fromkeys(node) if isinstance(node, dict) else None
    under = f"{key}." if key else ""
    if isinstance(node, dict):
        return {name: _kept(value, under + name, hidden) for name, value in node.items()}
    if isinstance(node, list) and key.rpartition(".")[2] == "checks":
        return sorted(map(_unnumbered, node), key=lambda check: (check["code"], check["key"], check["parts"]))
    if isinstance(node, list):
        return [_kept(item, under + _name(item, place), hidden) for place, item in enumerate(node, 1)]
    return node


def _name(item: Any, place: int) -> str:
    """What a key calls an item of a list: its code, its moment, else which one it is."""
    if not isinstance(item, dict):
        return str(place)
    if "code" in item:
        return item["code"] or NONE
    return str(item.get("at", place))
