"""What is wrong in a programme, as sentences."""

from collections.abc import Iterable, Mapping
from typing import Any

from ipweek.domain.programme import Conflict, ConflictKind, Party
from ipweek.domain.text import clean
from ipweek.i18n import N_, _, language

SENTENCES: Mapping[ConflictKind, str] = {
    ConflictKind.ROOM_TWICE: N_("{subject} is taken twice at the same time: {first}, and {second}."),
    ConflictKind.SPEAKER_TWICE: N_("{subject} is in two places at the same time: {first}, and {second}."),
    ConflictKind.OUTSIDE_EVENT: N_("{first} is not within the time of its event, {second}."),
    ConflictKind.ROOM_TOO_SMALL: N_("{subject} holds {limit}, but {count} are registered: {first}."),
    ConflictKind.PEOPLE_TWICE: N_("{count} enrolled in two places at the same time: {first}, and {second}."),
}


def sentence(conflict: Conflict, draft: str | None = None) -> str:
    """One conflict in the language in force; the one of the code `draft` is being typed, and has no other name."""
    names = [_name(party, draft) for party in conflict.named]
    if len(set(names)) < len(names):
        names = [f"{name} ({party.code})" for name, party in zip(names, conflict.named, strict=True)]
    return _(SENTENCES[conflict.kind]).format(
        subject=clean(conflict.subject.name(language())) if conflict.subject else "",
        first=names[0] if names else conflict.first,
        second=names[1] if len(names) > 1 else conflict.second,
        count=f"{conflict.count:,}",
        limit=f"{conflict.limit:,}",
    )


def _name(party: Party, draft: str | None) -> str:
    return _("this one") if party.code == draft else clean(party.name(language()))


def shape(conflict: Conflict) -> dict[str, Any]:
    """One conflict as JSON prints it."""
    return {
        "kind": conflict.kind,
        "first": conflict.first,
        "second": conflict.second,
        "subject": conflict.subject.code if conflict.subject else None,
        "count": conflict.count,
        "limit": conflict.limit,
        "message": sentence(conflict),
    }


def shapes(found: Iterable[Conflict]) -> list[dict[str, Any]]:
    """Conflicts as JSON prints them."""
    return list(map(shape, found))
