"""What the organizer writes for the report: texts, media coverage, photographs; figures come from the records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from ipweek.domain.figures import Words


class NoteKind(StrEnum):
    """The parts of the report that the organizer writes."""

    BACKGROUND = "background"
    PREPARATION = "preparation"
    EFFECT = "effect"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a newspaper, station or site reported; `url` is as typed."""

    code: str
    outlet: Words
    title: Words
    published_on: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture of the event as JPEG or PNG, `width` and `height` in pixels."""

    code: str
    caption: Words
    taken_on: date | None
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReportNotes:
    """All of them for an event or a week; `invited` is how many people the organizer says were invited.

    `signed_by` is who issues the report.
    """

    texts: Mapping[NoteKind, Words] = field(default_factory=lambda: MappingProxyType({}))
    invited: int | None = None
    signed_by: Words = field(default_factory=lambda: Words(None, None))
    coverage: tuple[Coverage, ...] = ()
    photographs: tuple[Photograph, ...] = ()
