"""Badges onto sheets: which faces, in what words, drawing them and looking them over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from ipweek.config import Settings
from ipweek.domain.badges import STANDARD, BadgeFace, BadgeWords, ProgrammeLine, SheetLayout
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.preflight import FindingKind, Preflight
from ipweek.i18n import _, language
from ipweek.jobs.badge_layouts import LayoutJobs
from ipweek.jobs.files import written_whole
from ipweek.render import words
from ipweek.services.badges import Badges
from ipweek.services.programme import Programme


@dataclass(frozen=True, slots=True)
class DrawnBadges:
    """A drawn PDF, and what the preflight found in it."""

    pages: int
    badges: int
    data: bytes
    preflight: Preflight


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
        return tuple(map(_worded, faces))

    def faces_of(self, registrations: Sequence[UUID]) -> dict[UUID, BadgeFace]:
        """The faces of registrations, whatever has become of them."""
        found = self._badges.faces_of(registrations, language())
        return {own: _worded(face) for own, face in found.items()}

    def layout(self, name: str) -> SheetLayout:
        """The layout of a name or file. Raises as `LayoutJobs.layout` does."""
        return self._layouts.layout(name)

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
    ) -> DrawnBadges:
        """Draw faces into a file.

        Raises InvalidError `glyphs-missing`, `badge-codes-unread`, `logo-unreadable` before anything is in it.
        """
        drawn = self.checked(faces, layout=layout, start_at=start_at)
        refuse(drawn.preflight, allow_missing=allow_missing)
        file.write(drawn.data)
        return drawn

    def checked(
        self, faces: Sequence[BadgeFace], *, layout: str = STANDARD, start_at: int = 1
    ) -> DrawnBadges:
        """Draw faces and look them over, whatever is found. Raises as `LayoutJobs.layout` does, `badge-start-place`."""
        from ipweek.render import badge_check, badge_sheet, fonts  # noqa: PLC0415 - reportlab costs 0.1 s

        chosen = self.layout(layout)
        said = printed_words()
        programme = self._programme_of(faces, chosen)
        font_set = fonts.FontSet(badge_sheet.texts(faces, chosen, said, programme), self._settings.fonts)
        found = tuple(badge_check.look_over(faces, font_set, chosen, said, programme))
        if any(finding.kind is FindingKind.LOGO_UNREADABLE for finding in found):
            chosen = replace(chosen, design=replace(chosen.design, logo=None))
        held = BytesIO()
        summary = badge_sheet.draw_sheet(
            faces, held, font_set, layout=chosen, start_at=start_at, words=said, programme=programme
        )
        read = badge_check.read_back(held.getvalue(), faces, chosen, start_at)
        preflight = Preflight(
            chosen.name, len(faces), summary.pages, read.pages, read.codes, (*found, *read.findings)
        )
        return DrawnBadges(summary.pages, summary.badges, held.getvalue(), preflight)

    def check(self, faces: Sequence[BadgeFace], *, layout: str, allow_missing: bool) -> None:
        """Look faces over before the first of several drawings is begun. Raises as `draw`, codes apart."""
        from ipweek.render import badge_check, badge_sheet, fonts  # noqa: PLC0415 - reportlab costs 0.1 s

        chosen, said = self.layout(layout), printed_words()
        programme = self._programme_of(faces, chosen)
        font_set = fonts.FontSet(badge_sheet.texts(faces, chosen, said, programme), self._settings.fonts)
        found = tuple(badge_check.look_over(faces, font_set, chosen, said, programme))
        refuse(Preflight(chosen.name, len(faces), 0, 0, 0, found), allow_missing=allow_missing)

    def preflight(
        self, event: str, refs: Sequence[str] = (), *, only_new: bool = False, layout: str = STANDARD
    ) -> Preflight:
        """What would come out wrong in a run; nothing is written. Raises as `wanted` does."""
        faces = self.wanted(event, refs, only_new=only_new, layout=layout)
        return self.checked(faces, layout=layout).preflight

    def preview(self, event: str, refs: Sequence[str], out: Path, *, layout: str = STANDARD) -> Preflight:
        """The first page as a PNG, or the cards of `refs`; backs stand below their fronts.

        Raises as `wanted` does, and InvalidError `file-not-writable`.
        """
        from ipweek.render import badge_preview  # noqa: PLC0415 - pdfium only where it is used

        chosen = self._layouts.layout(layout)
        faces = self.wanted(event, refs, only_new=False, layout=layout)[: chosen.cards]
        drawn = self.checked(faces, layout=layout)
        picture = badge_preview.png(drawn.data, chosen, len(faces) if refs else None)
        with written_whole(out) as file:
            file.write(picture)
        return drawn.preflight

    def _programme_of(self, faces: Sequence[BadgeFace], layout: SheetLayout) -> tuple[ProgrammeLine, ...]:
        """The programme of the badges' week, where the layout has a back for it."""
        if layout.design.back is None or not faces or not faces[0].week_code:
            return ()
        from ipweek.render import badge_programme  # noqa: PLC0415 - only where it is printed

        return badge_programme.lines(self._programme.schedule(faces[0].week_code))


def _worded(face: BadgeFace) -> BadgeFace:
    """With its category as a word of the language in force."""
    return replace(face, category=words.category(face.category))


def printed_words() -> BadgeWords:
    """The words of a badge besides its own, in the language in force."""
    return BadgeWords(synthetic=_("SYNTHETIC 样例"), seat=_("Seat 座位"))


def refuse(found: Preflight, *, allow_missing: bool) -> None:
    """Raise what forbids printing; characters that no font has may be allowed."""
    lacking = [finding for finding in found.stopping if finding.kind is FindingKind.GLYPHS]
    if lacking and not allow_missing:
        told = "; ".join(f"{one.who or one.part}: {one.params['characters']}" for one in lacking)
        raise InvalidError("glyphs-missing", people=told, count=len(lacking))
    for finding in found.stopping:
        if finding.kind is FindingKind.LOGO_UNREADABLE:
            params = finding.params
            raise InvalidError("logo-unreadable", file=params["file"], detail=params["detail"])
    unread = [finding.who for finding in found.stopping if finding.kind is FindingKind.CODE]
    if unread:
        raise InvalidError("badge-codes-unread", people=", ".join(unread), layout=found.layout)
