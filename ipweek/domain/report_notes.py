"""What the organizer writes for the report: texts, media coverage, photographs; figures come from the records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from ipweek.domain.figures import Words
from ipweek.domain.kind_fields import N_
from ipweek.domain.records import Field, FieldKind

TEXT_LIMIT = 20_000
PICTURE_BYTES = 20 << 20
"""How large the file of a photograph may be."""
PICTURE_SIDE = 1600
"""As many pixels as a photograph keeps at most, across and down: what a page shows."""
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png")
_NOTHING = Words(None, None)


class NoteKind(StrEnum):
    """The parts of the report that the organizer writes."""

    BACKGROUND = "background"
    PREPARATION = "preparation"
    EFFECT = "effect"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"


class NotePart(StrEnum):
    """What can be written down for a report at a time: its texts, who was invited, who signs."""

    BACKGROUND = "background"
    PREPARATION = "preparation"
    EFFECT = "effect"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"
    INVITED = "invited"
    SIGNED_BY = "signed_by"


def _texts(part: NotePart, zh: str, en: str) -> tuple[Field, ...]:
    return (
        Field(f"{part}_zh", zh, FieldKind.LONG_TEXT, limit=TEXT_LIMIT),
        Field(f"{part}_en", en, FieldKind.LONG_TEXT, limit=TEXT_LIMIT),
    )


NOTE_FIELDS: Mapping[NotePart, tuple[Field, ...]] = {
    NotePart.BACKGROUND: _texts(NotePart.BACKGROUND, N_("Background (Chinese)"), N_("Background (English)")),
    NotePart.PREPARATION: _texts(
        NotePart.PREPARATION, N_("Preparation (Chinese)"), N_("Preparation (English)")
    ),
    NotePart.EFFECT: _texts(NotePart.EFFECT, N_("Effect (Chinese)"), N_("Effect (English)")),
    NotePart.PROBLEMS: _texts(NotePart.PROBLEMS, N_("Problems (Chinese)"), N_("Problems (English)")),
    NotePart.NEXT_STEPS: _texts(NotePart.NEXT_STEPS, N_("Next steps (Chinese)"), N_("Next steps (English)")),
    NotePart.INVITED: (
        Field(
            "invited",
            N_("People invited"),
            FieldKind.INTEGER,
            help=N_("as the organizer says; empty: not stated"),
        ),
    ),
    NotePart.SIGNED_BY: (
        Field("signed_by_zh", N_("Signed by (Chinese)"), help=N_("who issues the report")),
        Field("signed_by_en", N_("Signed by (English)"), help=N_("who issues the report")),
    ),
}
"""The fields of each part; those of a text are its Chinese and its English wording."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is kept of the file of a photograph: the picture as a JPEG, without what the camera noted in it."""

    name: str
    content: bytes = field(repr=False)
    width: int
    height: int

    def __str__(self) -> str:
        return self.name


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
    """A picture of the event as JPEG or PNG, `width` and `height` in pixels.

    `content` is empty where the pictures were not asked for.
    """

    code: str
    caption: Words
    taken_on: date | None
    content: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReportNotes:
    """All of them for an event or a week; `invited` is how many people the organizer says were invited.

    `signed_by` is who issues the report.
    """

    texts: Mapping[NoteKind, Words] = field(default_factory=lambda: MappingProxyType({}))
    invited: int | None = None
    signed_by: Words = _NOTHING
    coverage: tuple[Coverage, ...] = ()
    photographs: tuple[Photograph, ...] = ()

    def values(self, part: NotePart) -> dict[str, Any]:
        """What is written of a part, by the names of its fields."""
        if part is NotePart.INVITED:
            return {"invited": self.invited}
        words = self.signed_by if part is NotePart.SIGNED_BY else self.texts.get(NoteKind(part), _NOTHING)
        return {f"{part}_zh": words.zh, f"{part}_en": words.en}


def noted(values: Mapping[str, Any]) -> ReportNotes:
    """The notes that fields make, without coverage and photographs; a text that nobody wrote is not there."""
    texts = {kind: Words(values.get(f"{kind}_zh"), values.get(f"{kind}_en")) for kind in NoteKind}
    return ReportNotes(
        MappingProxyType({kind: words for kind, words in texts.items() if words != _NOTHING}),
        values.get("invited"),
        Words(values.get("signed_by_zh"), values.get("signed_by_en")),
    )
