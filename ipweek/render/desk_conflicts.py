"""Conflicts between desks as words: what is wrong, both sides, and what each answer would do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ipweek.domain.copies import CopyMerged, DeskCopy
from ipweek.domain.desk_conflicts import DeskConflict, PersonSide, ScanSide
from ipweek.domain.text import clean
from ipweek.domain.words import DeskConflictKind, Keep
from ipweek.i18n import N_, _
from ipweek.render.words import word

_SHOWN = 8
_ENTRY_OR_WORD = {
    Keep.FIRST: N_("the entry stands"),
    Keep.SECOND: N_("the entry is annulled"),
}
WAYS: Mapping[DeskConflictKind, Mapping[Keep, str]] = {
    DeskConflictKind.TWO_ENTRIES: {
        Keep.FIRST: N_("the first stands, the second is annulled"),
        Keep.SECOND: N_("the second stands, the first is annulled"),
        Keep.BOTH: N_("both stand"),
    },
    DeskConflictKind.CANCELLED_MEANWHILE: _ENTRY_OR_WORD,
    DeskConflictKind.BLOCKED_MEANWHILE: _ENTRY_OR_WORD,
    DeskConflictKind.NO_PLACE: _ENTRY_OR_WORD,
    DeskConflictKind.UNKNOWN_BADGE: _ENTRY_OR_WORD,
    DeskConflictKind.OVER_CAPACITY: {Keep.BOTH: N_("noted")},
    DeskConflictKind.BADGE_TWICE: {Keep.BOTH: N_("noted")},
    DeskConflictKind.CLOCK_SKEW: {Keep.BOTH: N_("noted")},
    DeskConflictKind.WALK_IN_TWICE: {
        Keep.FIRST: N_("one person: the first record stays"),
        Keep.SECOND: N_("one person: the second record stays"),
        Keep.BOTH: N_("they are two people"),
    },
}
"""What each way of settling a kind comes to."""


def short(conflict: DeskConflict) -> str:
    """The end of its id, by which it is named."""
    return conflict.id.hex[-_SHOWN:]


def subject(conflict: DeskConflict) -> str:
    """Whom or what it is about."""
    if conflict.kind is DeskConflictKind.CLOCK_SKEW:
        return _("clock of {desk}").format(desk=conflict.desk or "–")
    if conflict.kind is DeskConflictKind.OVER_CAPACITY:
        return _("door {door}").format(door=conflict.door or "–")
    if conflict.badge is not None:
        return _("badge {badge}").format(badge=conflict.badge)
    return clean(conflict.person.name) if conflict.person else _("an unknown badge")


def sides(conflict: DeskConflict) -> tuple[str, str]:
    """Both sides, each as one line."""
    zone = ZoneInfo(conflict.zone)
    kind, first = conflict.kind, _scan(conflict.first, zone)
    if kind is DeskConflictKind.TWO_ENTRIES:
        return first, _scan(conflict.second, zone)
    if kind in (DeskConflictKind.WALK_IN_TWICE, DeskConflictKind.BADGE_TWICE):
        return _person(conflict.person), _person(conflict.other)
    if kind is DeskConflictKind.OVER_CAPACITY:
        return first, _("past the limit: {n}").format(n=conflict.amount)
    if kind is DeskConflictKind.CLOCK_SKEW:
        return first, _skew(conflict.amount or 0)
    if kind is DeskConflictKind.UNKNOWN_BADGE:
        return first, _not_registered(conflict)
    status = word(conflict.status_now) if conflict.status_now else "–"
    since = f" {_moment(conflict.ended_at, zone)}" if conflict.ended_at else ""
    return first, f"{status}{since}"


def _not_registered(conflict: DeskConflict) -> str:
    if conflict.person is None:
        return _("nobody is known to wear it")
    return _("{name} is not registered here").format(name=clean(conflict.person.name))


def _skew(seconds: int) -> str:
    minutes, rest = divmod(abs(seconds), 60)
    span = _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    return (_("{span} ahead") if seconds > 0 else _("{span} behind")).format(span=span)


def _scan(side: ScanSide | None, zone: ZoneInfo) -> str:
    if side is None:
        return "–"
    what = word(side.direction)
    told = f"{_moment(side.at, zone)} {what} · {clean(side.desk)} · {clean(side.operator)}"
    return _("{scan} (annulled)").format(scan=told) if side.annulled else told


def _person(side: PersonSide | None) -> str:
    if side is None:
        return "–"
    badge = _("badge {badge}").format(badge=side.badge) if side.badge else ""
    parts = (clean(side.name), badge, side.phone or "", clean(side.enterprise))
    return " · ".join(part for part in parts if part)


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%m-%d %H:%M:%S}"


def ways(conflict: DeskConflict) -> list[tuple[Keep, str]]:
    """How it can be settled, with what that comes to."""
    return [(keep, _(WAYS[conflict.kind][keep])) for keep in conflict.ways]


def settled(conflict: DeskConflict) -> str:
    """Who settled it, how, and why."""
    assert conflict.how is not None
    how = _(WAYS[conflict.kind][conflict.how])
    told = _("settled by {operator}: {how}").format(operator=clean(conflict.settled_by or ""), how=how)
    return f"{told} – {clean(conflict.note)}" if conflict.note else told


def shape(conflict: DeskConflict) -> dict[str, Any]:
    """A conflict as JSON prints it."""
    zone = ZoneInfo(conflict.zone)

    def at(moment: datetime | None) -> datetime | None:
        return moment.astimezone(zone) if moment else None

    def scan(side: ScanSide | None) -> dict[str, Any] | None:
        if side is None:
            return None
        return {
            "scan": str(side.scan),
            "at": at(side.at),
            "desk": side.desk,
            "operator": side.operator,
            "direction": side.direction,
            "annulled": side.annulled,
        }

    def person(side: PersonSide | None) -> dict[str, Any] | None:
        if side is None:
            return None
        return {
            "id": str(side.person),
            "name": side.name,
            "enterprise": side.enterprise,
            "phone": side.phone,
            "badge_no": side.badge,
        }

    return {
        "id": str(conflict.id),
        "kind": conflict.kind,
        "status": conflict.status,
        "event": conflict.event,
        "door": conflict.door,
        "registration": str(conflict.registration) if conflict.registration else None,
        "person": person(conflict.person),
        "other": person(conflict.other),
        "first": scan(conflict.first),
        "second": scan(conflict.second),
        "badge": conflict.badge,
        "status_now": conflict.status_now,
        "ended_at": at(conflict.ended_at),
        "desk": conflict.desk,
        "amount": conflict.amount,
        "ways": list(conflict.ways),
        "found_at": at(conflict.found_at),
        "settled_at": at(conflict.settled_at),
        "how": conflict.how,
        "settled_by": conflict.settled_by,
        "note": conflict.note,
    }


def merged_shape(told: CopyMerged) -> dict[str, Any]:
    """What a file brought, as JSON prints it."""
    return {
        "copy": str(told.copy),
        "scans": told.scans,
        "known": told.known,
        "walk_ins": told.walk_ins,
        "conflicts": told.conflicts,
    }


def merged(told: CopyMerged) -> str:
    """What a file brought, as one line."""
    return _(
        "{desk}: {scans} new scans, {known} known already, {walk_ins} walk-ins, {conflicts} new conflicts"
    ).format(
        desk=clean(told.desk),
        scans=told.scans,
        known=told.known,
        walk_ins=told.walk_ins,
        conflicts=told.conflicts,
    )


def copy_shape(copy: DeskCopy) -> dict[str, Any]:
    """A copy as JSON prints it."""
    return {
        "copy": str(copy.id),
        "desk": copy.desk,
        "events": list(copy.events),
        "lease": copy.lease,
        "taken_at": copy.taken_at,
        "operator": copy.operator,
        "merged_at": copy.merged_at,
        "scans": copy.scans,
    }
