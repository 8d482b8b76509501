"""A Word file around its paragraphs: page, fonts, settings, page numbers; the same bytes for the same content."""

from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm

from ipweek.i18n import language
from ipweek.render.docx_looks import FOOT, LATIN, Face, Scale
from ipweek.render.docx_numbering import numbering
from ipweek.render.docx_styles import indent, styles
from ipweek.render.docx_xml import Element, el, field, paragraph, typed

TEXT_WIDTH, TEXT_HEIGHT = 156.0, 225.0
"""How wide and high the text of a page is, in millimetres."""
_FALL_BACKS = {
    Face.TITLE: "方正小标宋_GBK,华文中宋,宋体",
    Face.BODY: "仿宋,FangSong,华文仿宋",
    Face.KAI: "楷体,KaiTi,华文楷体",
    Face.HEI: "SimHei,微软雅黑",
    Face.SONG: "SimSun",
}
_KEPT = (RT.STYLES, RT.SETTINGS, RT.NUMBERING)


def blank(title: str, author: str, *, appendices: int, scale: Scale) -> Word:
    """An A4 page of GB/T 9704 without text, in the language in force."""
    word = docx.Document()
    _strip(word)
    word.styles.element[:] = list(styles(scale))
    word.part.numbering_part.element[:] = list(numbering(scale.text, appendices))
    word.settings.element[:] = _settings()
    _add_fonts(word)
    _set_page(word.sections[0])
    end = word.element.body[-1]
    end.attrib.clear()
    end.remove(
        end.find(qn("w:docGrid"))
    )  # lines and letters stand as their styles say, in each program alike
    properties = word.core_properties
    properties.title, properties.author = title[:255], author[:255]
    properties.language = "zh-CN" if language() == "zh" else "en-US"
    return word


def save(word: Word, out: BinaryIO) -> None:
    """Write the file without the time of day, so that the same report is the same file."""
    drawn = BytesIO()
    word.save(drawn)
    with ZipFile(drawn) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            kept = ZipInfo(part.filename)
            kept.compress_type = ZIP_DEFLATED
            target.writestr(kept, source.read(part))


def _strip(word: Word) -> None:
    """Take away what the packaged blank brings along: old styles, a thumbnail, another program's traces."""
    package = word.part.package
    assert package is not None
    core = word.core_properties  # read first: it would be made anew, with the time of day
    _keep(word.part.rels, _KEPT)
    _keep(package.rels, (RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES))
    core._element[:] = []  # noqa: SLF001 - python-docx has no way to take a property away


def _keep(relations: Relationships, kinds: tuple[str, ...]) -> None:
    for key in [key for key, relation in relations.items() if relation.reltype not in kinds]:
        del relations[key]


def _settings() -> list[Element]:
    uri = "http://schemas.microsoft.com/office/word"
    compat = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
    }
    return [
        el("zoom", percent=100),
        el("defaultTabStop", val=420),
        el("evenAndOddHeaders"),
        el("characterSpacingControl", val="compressPunctuation"),
        el(
            "compat",
            el("useFELayout"),
            *(el("compatSetting", name=n, uri=uri, val=v) for n, v in compat.items()),
        ),
        el("themeFontLang", val="en-US", eastAsia="zh-CN"),
    ]


def _add_fonts(word: Word) -> None:
    """Name the fonts with those that may stand in for them: not every office has the prescribed ones."""
    han = (
        el(
            "font",
            el("altName", val=others),
            el("charset", val="86"),
            el("family", val="auto"),
            el("pitch", val="variable"),
            name=face,
        )
        for face, others in _FALL_BACKS.items()
    )
    latin = el(
        "font", el("charset", val="00"), el("family", val="roman"), el("pitch", val="variable"), name=LATIN
    )
    package = word.part.package
    assert package is not None
    fonts = el("fonts", *han, latin)
    part = XmlPart(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, fonts, package)
    word.part.relate_to(part, RT.FONT_TABLE)


def _set_page(section: Section) -> None:
    """Text of 156 by 225 mm, the page number 7 mm below it: outside, odd pages at the right and even ones at the left."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    _number(section.footer, "right")
    _number(section.even_page_footer, "left")


def _number(footer: _Footer, side: str) -> None:
    """The page number between dashes at a side, one character in."""
    footer.is_linked_to_previous = False
    inset = indent(14, **{side: 100})
    shown = (typed("— "), *field("PAGE", "1"), typed(" —"))
    footer.part.element[:] = [paragraph(FOOT, *shown, props=(inset, el("jc", val=side)))]
