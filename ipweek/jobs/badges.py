"""Print runs: read the faces, draw them, then log what was drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.badges import LAYOUTS, BadgeFace, BadgeWords, MissingGlyphs
from ipweek.domain.errors import InvalidError, NotFoundError, UsageError
from ipweek.i18n import _, language
from ipweek.jobs.files import written_whole
from ipweek.render import words
from ipweek.services.badges import Badges, Printed

if TYPE_CHECKING:
    from ipweek.render.badge_sheet import SheetSummary


@dataclass(frozen=True, slots=True)
class BadgeRun:
    """What a run wrote."""

    path: Path
    pages: int
    badges: int


class BadgeJobs:
    """Badges onto paper and into files."""

    def __init__(self, badges: Badges, settings: Settings) -> None:
        self._badges = badges
        self._settings = settings

    def faces(self, event: str, refs: Sequence[str] = (), *, only_new: bool = False) -> tuple[BadgeFace, ...]:
        """The faces with their category as a word of the language in force."""
        faces = self._badges.faces(event, refs, only_new=only_new, language=language())
        return tuple(replace(face, category=words.category(face.category)) for face in faces)

    def missing(self, faces: Sequence[BadgeFace]) -> list[MissingGlyphs]:
        """Characters that no font has, by person."""
        from ipweek.render import badge_sheet, fonts  # noqa: PLC0415 - reportlab costs 0.1 s

        return badge_sheet.missing(faces, fonts.FontSet(badge_sheet.texts(faces), self._settings.fonts))

    def pdf(
        self,
        actor: Actor,
        event: str,
        out: Path,
        refs: Sequence[str] = (),
        *,
        only_new: bool = False,
        layout: str = "a4-2x5",
        start_at: int = 1,
        allow_missing: bool = False,
        reason: str | None = None,
    ) -> BadgeRun:
        """Draw an event's badges into a PDF and log each copy.

        Raises what `wanted` and `draw` do, and InvalidError `file-not-writable`.
        """
        faces = self.wanted(event, refs, only_new=only_new, layout=layout)
        with written_whole(out) as file:
            drawn = self.draw(faces, file, layout=layout, start_at=start_at, allow_missing=allow_missing)
            self._badges.record_prints(
                actor, [Printed(face.registration, reason) for face in faces], f"pdf {out.name}"
            )
        return BadgeRun(out, drawn.pages, drawn.badges)

    def wanted(
        self, event: str, refs: Sequence[str], *, only_new: bool, layout: str
    ) -> tuple[BadgeFace, ...]:
        """The faces to print. Raises NotFoundError `badges-none`, UsageError `layout-unknown`."""
        if layout not in LAYOUTS:
            raise UsageError("layout-unknown", layout=layout, known=", ".join(LAYOUTS))
        faces = self.faces(event, refs, only_new=only_new)
        if not faces:
            raise NotFoundError("badges-none", event=event)
        return faces

    def draw(
        self,
        faces: Sequence[BadgeFace],
        file: BinaryIO,
        *,
        layout: str,
        start_at: int = 1,
        allow_missing: bool = False,
    ) -> "SheetSummary":
        """Draw faces into a file. Raises InvalidError `glyphs-missing` before anything is in it."""
        from ipweek.render import badge_sheet, fonts  # noqa: PLC0415 - reportlab costs 0.1 s

        printed_words = BadgeWords(synthetic=_("SYNTHETIC 样例"), seat=_("Seat 座位"))
        font_set = fonts.FontSet(badge_sheet.texts(faces, printed_words), self._settings.fonts)
        lacking = badge_sheet.missing(faces, font_set)
        if lacking and not allow_missing:
            told = "; ".join(f"{item.name}: {' '.join(item.characters)}" for item in lacking)
            raise InvalidError("glyphs-missing", people=told, count=len(lacking))
        return badge_sheet.draw_sheet(
            faces, file, font_set, layout=LAYOUTS[layout], start_at=start_at, words=printed_words
        )
