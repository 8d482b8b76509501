"""Type so small that a document fits one page in Word; heights are reckoned rather too large than too small."""

from collections.abc import Iterator
from itertools import takewhile
from math import ceil

from rich.cells import cell_len

from ipweek.render import docx_looks as style
from ipweek.render.docx_columns import Grid, fit
from ipweek.render.docx_looks import Look, Scale, looks, scales
from ipweek.render.docx_package import TEXT_HEIGHT, TEXT_WIDTH
from ipweek.render.docx_table import grid_of
from ipweek.render.summary_layout import Document, Section

_POINTS = 72 / 25.4
_WIDTH, _HEIGHT = TEXT_WIDTH * _POINTS, TEXT_HEIGHT * _POINTS
_LEADING = 1.5
_NARROWER = 0.05
"""A Latin letter of a text is somewhat less than half an em wide."""
_SEAL = ("", "", "")
"""The empty lines above a signature."""


def fitting(document: Document) -> Scale:
    """The largest sizes in which the document fits one page and leaves a line free; the smallest where none does."""
    fits = (scale for scale in scales() if _Ruler(scale).height(document) <= _HEIGHT - scale.line)
    return next(fits, scales()[-1])


class _Ruler:
    """Measures a document in one scale."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._looks = {look.style: look for look in looks(scale)}

    def height(self, document: Document) -> float:
        """About how high all of it is, in points."""
        facts = Grid((), tuple((label, fact or "") for label, fact in document.facts))
        tables = [facts] if facts.rows else []
        tables += [grid_of(table) for section in _main(document) for table in section.tables]
        texts = sum(self._paragraph(kind, text) for kind, text in _paragraphs(document))
        return texts + sum(fit(grid, self._scale.cell).height for grid in tables)

    def _paragraph(self, kind: str, text: str) -> float:
        look = self._looks[kind]
        size, line = self._of(look, "size"), self._of(look, "line")
        ems = [(look.first or 0) / 100 + _ems(part) for part in text.split("\n")]
        lines = sum(max(1, ceil(length * size / _WIDTH)) for length in ems)
        return look.before + look.after + lines * (line or size * _LEADING)

    def _of(self, look: Look, part: str) -> float:
        """A size of a style, or of the one it is based on."""
        value: float | None = getattr(look, part)
        if value is None and look.based:
            return self._of(self._looks[look.based], part)
        return value or 0.0


def _ems(text: str) -> float:
    """About how wide a text is on one line."""
    return cell_len(text) / 2 - _NARROWER * sum(map(str.isascii, text))


def _paragraphs(document: Document) -> Iterator[tuple[str, str]]:
    """The paragraphs with their styles."""
    yield style.TITLE, document.title
    if document.warning:
        yield style.WARNING, document.warning
    if document.alarms:
        yield style.ALARM, "\n".join(("", *document.alarms))  # one box, with a line that says why
    yield from ((style.BODY, text) for text in document.assurances)
    for section in _main(document):
        yield from _section(section)
    signature = [line for line in (document.signed_by, document.signed_on) if line]
    yield from ((style.BODY, line) for line in (*_SEAL, *signature) if signature)


def _main(document: Document) -> Iterator[Section]:
    """The sections before the appendices, which have pages of their own."""
    return takewhile(lambda section: not section.appendix, document.sections)


def _section(section: Section) -> Iterator[tuple[str, str]]:
    yield f"{style.HEADING}{section.depth}", section.title
    yield from ((style.BODY, line) for text in section.texts for line in text.splitlines())
    yield from ((style.CAPTION, table.caption or section.title) for table in section.tables)
    yield from ((style.ITEM, note) for note in section.notes)
