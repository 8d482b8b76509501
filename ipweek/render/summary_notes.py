"""The sections of a summary that the organizer writes: texts, media coverage, photographs."""

from collections.abc import Sequence

from ipweek.domain.report_notes import Coverage, NoteKind, Photograph, ReportNotes
from ipweek.domain.text import clean
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_layout import Picture, Section, table


def paragraphs(notes: ReportNotes, kind: NoteKind) -> tuple[str, ...]:
    """A text as paragraphs, none where nobody wrote it."""
    written = notes.texts.get(kind)
    text = written.text(language()) if written else None
    lines = clean(text or "", lines=True).split("\n")
    return tuple(line.strip() for line in lines if line.strip())


def coverage(found: Sequence[Coverage]) -> Section | None:
    """What the media reported."""
    if not found:
        return None
    titles = (_("Outlet"), _("Headline"), _("Published"), _("Web address"))
    rows = [
        (
            clean(one.outlet.text(language()) or "") or words.not_stated(),
            clean(one.title.text(language()) or "") or None,
            figures.day(one.published_on),
            clean(one.url or "") or None,
        )
        for one in found
    ]
    return Section(_("Media coverage"), (table(titles, rows, texts=4, wide=(3,)),), depth=2)


def photographs(found: Sequence[Photograph]) -> Section | None:
    """The photographs with their captions; where they are not loaded, the captions alone."""
    if not found:
        return None
    pictures = tuple(
        Picture(_caption(one), one.content, one.width, one.height) for one in found if one.content
    )
    notes = () if pictures else tuple(_caption(one) for one in found)
    return Section(_("Photographs"), notes=notes, pictures=pictures, depth=2)


def _caption(one: Photograph) -> str:
    parts = (clean(one.caption.text(language()) or ""), figures.day(one.taken_on) or "")
    return " · ".join(part for part in parts if part) or one.code
