"""A summary as a Word file in the layout of official documents (GB/T 9704), to be edited further in Word or WPS."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from docx.document import Document as Word
from rich.cells import cell_len

from ipweek.i18n import _
from ipweek.render import docx_fit, docx_package, docx_pictures, words
from ipweek.render import docx_looks as style
from ipweek.render.docx_columns import Grid
from ipweek.render.docx_looks import Scale, scales
from ipweek.render.docx_numbering import Num, appendix_number, used
from ipweek.render.docx_styles import indent
from ipweek.render.docx_table import grid_of, table
from ipweek.render.docx_xml import Element, field, line_break, paragraph, run, stay, tab, text, typed
from ipweek.render.summary_layout import Document, Section, Table
from ipweek.render.summary_texts import cleaned

_SEAL = 3
"""So many empty lines above the signature give the seal its room."""
_INSET = 4.0
"""The date ends so many characters before the right edge; the signature stands centred on it."""


def docx(document: Document, out: BinaryIO, fonts: Path | None = None, *, one_page: bool = False) -> None:
    """The document as a Word file, in the language in force; with `one_page` in letters so small that it fits there.

    `fonts` is a folder of those that charts take first.
    """
    document = cleaned(document)
    scale = docx_fit.fitting(document) if one_page else scales()[0]
    chapters, appendices = _parted(document.sections)
    word = docx_package.blank(
        document.title, document.signed_by or "", appendices=len(appendices), scale=scale
    )
    writer = _Writer(word, scale, fonts)
    blocks = [
        *_opening(document, scale),
        *(block for section in chapters for block in writer.section(section)),
    ]
    titles = [section.title for section in appendices if section.depth == 1]
    closing = [*_appendix_list(titles), *_signature(document, scale)]
    for block in (*blocks[-1:], *closing[:-1]) if closing else ():
        stay(block)  # no signature on a page without text
    blocks += closing
    blocks += [block for section in appendices for block in writer.section(section, appendix=True)]
    end = word.element.body[-1]  # how the pages are stays last
    for block in blocks:
        end.addprevious(block)
    docx_package.save(word, out)


def _parted(sections: Iterable[Section]) -> tuple[list[Section], list[Section]]:
    """The report's sections and its appendices', each with what stands below it."""
    parts: tuple[list[Section], list[Section]] = [], []
    below = False
    for section in sections:
        below = section.appendix if section.depth == 1 else below
        parts[below].append(section)
    return parts


def _opening(document: Document, scale: Scale) -> Iterator[Element]:
    """What the first page begins with."""
    yield text(style.TITLE, document.title)
    if document.warning:
        yield text(style.WARNING, document.warning)
    if document.alarms:
        yield _boxed(
            [_("These figures do not reconcile; check them before the report goes out:"), *document.alarms]
        )
    if document.facts:
        rows = tuple((label, words.not_stated() if fact is None else fact) for label, fact in document.facts)
        yield table(Grid((), rows), scale.cell)
    yield from (text(style.BODY, assurance) for assurance in document.assurances)


def _boxed(lines: Sequence[str]) -> Element:
    """One paragraph, so that its lines stand in one box."""
    first, *others = lines
    return paragraph(
        style.ALARM, run(first), *(part for line in others for part in (line_break(), run(line)))
    )


class _Writer:
    """Writes sections, and counts the tables and figures as it goes."""

    def __init__(self, word: Word, scale: Scale, fonts: Path | None) -> None:
        self._word = word
        self._scale = scale
        self._fonts = fonts
        self._tables = 0
        self._figures = 0

    def section(self, section: Section, *, appendix: bool = False) -> Iterator[Element]:
        """A section: its heading, texts, tables, charts, pictures and notes."""
        yield from _heading(section, appendix=appendix)
        for told in section.texts:
            yield from (text(style.BODY, line) for line in told.splitlines())
        for shown in section.tables:
            if shown.rows:
                yield self._above(_caption(section, shown))
                yield table(grid_of(shown), self._scale.cell)
        for chart in section.charts:
            yield docx_pictures.chart(self._word, chart, self._fonts)
            yield self._below(chart.title)
        for picture in section.pictures:
            yield docx_pictures.photograph(self._word, picture)
            yield self._below(picture.caption)
        yield from (text(style.ITEM, note) for note in section.notes)

    def _above(self, title: str) -> Element:
        """A table's caption stays with the table below it."""
        self._tables += 1
        return _numbered(_("Table {number}"), self._tables, title, keep=True)

    def _below(self, title: str) -> Element:
        self._figures += 1
        return _numbered(_("Figure {number}"), self._figures, title)


def _heading(section: Section, *, appendix: bool) -> Iterator[Element]:
    if section.depth > 1:
        counted = (used(Num.APPENDICES, section.depth - 1),) if appendix else ()
        yield paragraph(f"{style.HEADING}{section.depth}", run(section.title), props=counted)
    elif appendix:
        yield paragraph(style.APPENDIX)
        yield text(style.APPENDIX_TITLE, section.title)
    else:
        yield text(f"{style.HEADING}1", section.title)


def _caption(section: Section, shown: Table) -> str:
    """A table without a caption is called as its section, and as its first column where there are several."""
    if shown.caption:
        return shown.caption
    several = sum(not other.caption for other in section.tables) > 1
    head = shown.columns[0].title
    return _("{label}: {text}").format(label=section.title, text=head) if several and head else section.title


def _numbered(called: str, number: int, title: str, *, keep: bool = False) -> Element:
    """A caption that Word counts by itself."""
    label, after = called.split("{number}")
    counted = field(f"SEQ {label.strip()} \\* ARABIC", str(number))
    return paragraph(style.CAPTION, typed(label), *counted, typed(f"{after}  "), run(title), keep=keep)


def _appendix_list(titles: Sequence[str]) -> Iterator[Element]:
    """What is appended, named below the text."""
    if not titles:
        return
    yield paragraph(style.BODY)
    for place, title in enumerate(titles):
        number = (typed(f"{appendix_number(place)}."), tab()) if len(titles) > 1 else ()
        yield paragraph(
            style.APPENDIX_LIST if place else style.APPENDIX_FIRST, *_lead(place, titles), *number, run(title)
        )


def _lead(place: int, titles: Sequence[str]) -> tuple[Element, ...]:
    if place:
        return ()
    return (typed(_("Appendices: ") if len(titles) > 1 else _("Appendix: ")),)


def _signature(document: Document, scale: Scale) -> list[Element]:
    """Who signs, and when, at the right, with room for the seal above."""
    signer, day = document.signed_by or "", document.signed_on or ""
    if not signer and not day:
        return []
    blocks = [paragraph(style.BODY) for _line in range(_SEAL)]
    if signer:
        blocks.append(paragraph(style.SIGNATURE, run(signer), props=(_inset(signer, day, scale.text),)))
    if day:
        blocks.append(text(style.DATE, day))
    return blocks


def _inset(signer: str, day: str, em: float) -> Element:
    """How far from the right edge a signature stands centred on its date."""
    inset = max(0.0, _INSET + (cell_len(day) - cell_len(signer)) / 4) if day else _INSET
    return indent(em, right=round(inset * 100))
