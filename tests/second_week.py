"""A second week in another city and time zone, as an organizer types it; and what must come of it, either way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WEEK, EVENT, RESULT = "berlin-2020", "berlin-release", "optics-2020"


@dataclass(frozen=True)
class Typed:
    """A record: its kind, and what is typed into its fields, in their order."""

    kind: str
    texts: Mapping[str, str]


RECORDS: Sequence[Typed] = (
    Typed(
        "week",
        {
            "code": WEEK,
            "name_en": "IP Week Berlin",
            "city_en": "Berlin",
            "year": "2020",
            "zone": "Europe/Berlin",
        },
    ),
    Typed("venue", {"code": "urania", "name_en": "Urania", "address": "An der Urania 17"}),
    Typed("room", {"code": "humboldt", "venue": "urania", "name_en": "Humboldt Hall", "capacity": "120"}),
    Typed("speaker", {"code": "noether", "name_en": "Dr Noether", "title": "Patent attorney"}),
    Typed(
        "event",
        {
            "code": EVENT,
            "week": WEEK,
            "kind": "release",
            "name_en": "Release of results",
            "venue": "urania",
            "start": "2020-06-15 09:00",
            "end": "2020-06-15 17:00",
        },
    ),
    Typed(
        "session",
        {
            "code": "led-talk",
            "event": EVENT,
            "kind": "panel",
            "name_en": "LED screens",
            "room": "humboldt",
            "start": "2020-06-15 09:30",
            "end": "2020-06-15 11:00",
            "speakers": "noether",
        },
    ),
    Typed("industry", {"code": "optics", "name_en": "Optics"}),
    Typed(
        "enterprise", {"code": "acme", "name_en": "Acme GmbH", "district": "Mitte", "industries": "optics"}
    ),
    Typed("enterprise", {"code": "beta", "name_en": "Beta AG", "district": "Pankow", "industries": "optics"}),
    Typed("enterprise", {"code": "gamma", "name_en": "Gamma KG", "industries": "optics"}),
    Typed("result", {"code": RESULT, "industry": "optics", "name_en": "Optics 2020"}),
)
PEOPLE = {"Ada Berg": "acme", "Otto Lang": "acme", "Ida Kern": "beta"}
"""Who is registered, and for which enterprise."""

CAME = ("Ada Berg", "Otto Lang")
"""Whose badge is scanned at the door of the event."""

HEARD = {"heard": [("acme", 2)], "registered_only": [("beta", 1)], "missed": [("gamma", 0)]}
"""The enterprises of the industry by what became of them, and how many people of theirs."""

TIMES = {
    "Release of results": ("2020-06-15T09:00:00+02:00", "2020-06-15T17:00:00+02:00"),
    "LED screens": ("2020-06-15T09:30:00+02:00", "2020-06-15T11:00:00+02:00"),
}
"""On the clocks of Berlin in summer."""


def reached(told: Mapping) -> dict[str, list[tuple[str, int]]]:
    """What `reach --json` says, in short."""
    return {name: [(row["code"], row["people"]) for row in told[name]] for name in HEARD}
