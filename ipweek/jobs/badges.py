"""Print runs: read the faces, draw them, then log what was drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.badges import STANDARD, BadgeFace, BadgeWords, ProgrammeLine, SheetLayout
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.i18n import _, language
from ipweek.jobs.badge_layouts import LayoutJobs
from ipweek.jobs.files import written_whole
from ipweek.render import words
from ipweek.services.badges import Badges, Printed
from ipweek.services.programme import Programme

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

    def __init__(self, badges: Badges, programme: Programme, layouts: LayoutJobs, settings: Settings) -> None:
        self._badges = badges
        self._programme = programme
        self._layouts = layouts
        self._settings = settings

    def faces(self, event: str, refs: Sequence[str] = (), *, only_new: bool = False) -> tuple[BadgeFace, ...]:
        """The faces with their category as a word of the language in force."""
        faces = self._badges.faces(event, refs, only_new=only_new, language=language())
        return tuple(replace(face, category=words.category(face.category)) for face in faces)

    def pdf(
        self,
        actor: Actor,
        event: str,
        out: Path,
        refs: Sequence[str] = (),
        *,
        only_new: bool = False,
        layout: str = STANDARD,
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
        """The faces to print. Raises NotFoundError `badges-none`, and what `LayoutJobs.layout` does."""
        self._layouts.layout(layout)
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
        """Draw faces into a file. Raises InvalidError `glyphs-missing`, `logo-unreadable`."""
        from ipweek.render import badge_sheet, fonts  # noqa: PLC0415 - reportlab costs 0.1 s

        chosen, said = self._layouts.layout(layout), printed_words()
        programme = self._programme_of(faces, chosen)
        shown = badge_sheet.texts(faces, chosen, said, programme)
        font_set = fonts.FontSet(shown, self._settings.fonts)
        lacking = font_set.missing("".join(sorted(shown)))
        if lacking and not allow_missing:
            told = "; ".join(_lacking(face, lacking) for face in faces if set(lacking) & set(_texts(face)))
            raise InvalidError("glyphs-missing", people=told or lacking, count=len(lacking))
        return badge_sheet.draw_sheet(
            faces, file, font_set, layout=chosen, start_at=start_at, words=said, programme=programme
        )

    def _programme_of(self, faces: Sequence[BadgeFace], layout: SheetLayout) -> tuple[ProgrammeLine, ...]:
        """The programme of the badges' week, where the layout has a back for it."""
        if layout.design.back is None or not faces or not faces[0].week_code:
            return ()
        from ipweek.render import badge_programme  # noqa: PLC0415 - only where it is printed

        return badge_programme.lines(self._programme.schedule(faces[0].week_code))


def printed_words() -> BadgeWords:
    """The words of a badge besides its own, in the language in force."""
    return BadgeWords(synthetic=_("SYNTHETIC 样例"), seat=_("Seat 座位"))


def _texts(face: BadgeFace) -> str:
    texts = (face.name, face.name_latin, face.enterprise, face.title, face.category, face.seat)
    return "".join((*texts, face.week, face.event))


def _lacking(face: BadgeFace, lacking: str) -> str:
    found = dict.fromkeys(char for char in _texts(face) if char in lacking)
    return f"{face.name}: {' '.join(found)}"
