"""Badges looked at before they print: glyphs, sizes, contrast, the logo, and the codes of the drawn pages."""

import random
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from ipweek.domain.badge_code import grouped
from ipweek.domain.badge_design import Part, TextPart, contrast
from ipweek.domain.badges import BadgeFace, BadgeWords, ProgrammeLine, SheetLayout
from ipweek.domain.errors import InvalidError
from ipweek.domain.preflight import Finding, FindingKind
from ipweek.render import badge_back
from ipweek.render.badge_colours import ribbon_colour
from ipweek.render.badge_fitting import Fitting, all_texts, text_of
from ipweek.render.badge_logo import look
from ipweek.render.fonts import FontSet

if TYPE_CHECKING:
    from PIL.Image import Image

READ_ALL = 200
"""So many badges are all read again; of more the first page, the last and a sample between."""
_SAMPLE = 10
_DPI, _FINE_DPI = 150, 300
_COARSE_DPI = 150
_PAPER = "#ffffff"
pdfium = Lock()
"""pdfium works for one thread at a time."""


class ReadBack(NamedTuple):
    """Which codes of a drawn file were read again: on how many pages, how many, and what was not read."""

    pages: int
    codes: int
    findings: tuple[Finding, ...]


def look_over(
    faces: Sequence[BadgeFace],
    fonts: FontSet,
    layout: SheetLayout,
    words: BadgeWords,
    programme: Sequence[ProgrammeLine] = (),
) -> Iterator[Finding]:
    """Everything that shows before a page is drawn."""
    yield from _glyphs(faces, fonts, layout, words)
    yield from _logo(layout)
    yield from _contrast(faces, layout, words)
    yield from _small(faces, fonts, layout, words)
    back = layout.design.back
    if back is not None:
        lacking = fonts.missing("".join(sorted(badge_back.texts(programme))))
        if lacking:
            yield Finding(FindingKind.GLYPHS, part="programme", params={"characters": " ".join(lacking)})
        size = badge_back.size(programme, back, fonts)
        if size < back.legible:
            yield Finding(FindingKind.PROGRAMME_SMALL, params=_sizes(size, back.legible))


def read_back(data: bytes, faces: Sequence[BadgeFace], layout: SheetLayout, start_at: int = 1) -> ReadBack:
    """Read the codes again from the pages of a drawn file, as a scanner will."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - 10 MB of library, only where it is used

    first, cards = start_at - 1, layout.cards
    sheets = -(-(first + len(faces)) // cards)
    wanted = _sample(sheets) if len(faces) > READ_ALL else range(sheets)
    unread: list[Finding] = []
    read = 0
    with pdfium, PdfDocument(data) as document:
        for sheet in wanted:
            held = faces[max(sheet * cards - first, 0) : (sheet + 1) * cards - first]
            page = document[sheet * layout.sides]
            missing = {face.code for face in held}
            for dpi in (_DPI, _FINE_DPI):
                if missing:
                    missing -= _codes(page.render(scale=dpi / 72, grayscale=True).to_pil())
            read += len(held) - len(missing)
            params: dict[str, object] = {"page": sheet * layout.sides + 1}
            unread += [_of(face, FindingKind.CODE, params) for face in held if face.code in missing]
    return ReadBack(len(wanted), read, tuple(unread))


def _codes(picture: "Image") -> set[str]:
    import zxingcpp  # noqa: PLC0415 - only where it is used

    return {
        found.text for found in zxingcpp.read_barcodes(picture, zxingcpp.barcode_formats_from_str("QRCode"))
    }


def _sample(sheets: int) -> Sequence[int]:
    """The first, the last, and some between that are the same for the same number."""
    between = range(1, sheets - 1)
    chosen = random.Random(sheets).sample(between, min(_SAMPLE, len(between)))  # noqa: S311 - no secret
    return sorted({0, sheets - 1, *chosen})


def _glyphs(
    faces: Sequence[BadgeFace], fonts: FontSet, layout: SheetLayout, words: BadgeWords
) -> Iterator[Finding]:
    lacking = set(fonts.missing("".join(sorted(set("".join(all_texts(faces, layout, words)))))))
    if not lacking:
        return
    for face in faces:
        shown = "".join(text_of(face, part, words) for part in layout.design.texts)
        found = " ".join(char for char in dict.fromkeys(shown) if char in lacking)
        if found:
            yield _of(face, FindingKind.GLYPHS, {"characters": found})


def _logo(layout: SheetLayout) -> Iterator[Finding]:
    part = layout.design.logo
    if part is None:
        return
    try:
        picture = look(part)
    except InvalidError as error:
        yield Finding(FindingKind.LOGO_UNREADABLE, params=error.params)
        return
    if picture.dpi < _COARSE_DPI:
        params = {
            "file": part.file.name,
            "dpi": round(picture.dpi),
            "least": _COARSE_DPI,
            "width": round(part.area.width / 25.4 * 2 * _COARSE_DPI),
            "pixels": f"{picture.width}×{picture.height}",
        }
        yield Finding(FindingKind.LOGO_COARSE, params=params)


def _contrast(faces: Sequence[BadgeFace], layout: SheetLayout, words: BadgeWords) -> Iterator[Finding]:
    design = layout.design
    categories = dict.fromkeys(face.category for face in faces)
    for part, text in design.texts.items():
        if not any(text_of(face, part, words) for face in faces):
            continue
        grounds: Iterable[tuple[str, str]] = [("", _PAPER)]
        if design.ribbon is not None and design.ribbon.area.holds(text.area):
            ribbon = design.ribbon
            grounds = [(category, ribbon_colour(ribbon, category)) for category in categories]
        for category, ground in grounds:
            ratio, least = contrast(text.colour, ground), _least_contrast(text)
            if ratio < least:
                params = {
                    "category": category,
                    "ratio": f"{int(ratio * 10) / 10:g}",
                    "least": f"{least:g}",
                    "colour": text.colour,
                    "ground": ground,
                }
                yield Finding(FindingKind.CONTRAST, part=part, params=params)


def _least_contrast(text: TextPart) -> float:
    """WCAG asks less of large type: 18 points, or 14 bold."""
    return 3.0 if text.one_line >= (14 if text.bold else 18) else 4.5


def _small(
    faces: Sequence[BadgeFace], fonts: FontSet, layout: SheetLayout, words: BadgeWords
) -> Iterator[Finding]:
    fitting = Fitting(layout, fonts, words)
    told: set[tuple[Part, str]] = set()
    for face in faces:
        for part, text in layout.design.texts.items():
            said = text_of(face, part, words)
            if not said:
                continue
            size = fitting.size(part, said)
            if size >= text.legible - 0.01:
                continue
            if part in (Part.WEEK, Part.EVENT, Part.SYNTHETIC, Part.CATEGORY):
                # The same on many badges: told once, and of nobody.
                if (part, said) not in told:
                    told.add((part, said))
                    params = {**_sizes(size, text.legible), "text": said}
                    yield Finding(FindingKind.SMALL, part=part, params=params)
            else:
                yield _of(face, FindingKind.SMALL, {**_sizes(size, text.legible), "text": said}, part)


def _sizes(size: float, legible: float) -> dict[str, object]:
    return {"size": f"{int(size * 10) / 10:g}", "legible": f"{legible:g}"}


def _of(face: BadgeFace, kind: FindingKind, params: dict[str, object], part: str = "") -> Finding:
    """A finding of somebody; a blank badge is called by its number."""
    return Finding(kind, face.name or grouped(face.code)[:14], str(face.registration), part, params)
