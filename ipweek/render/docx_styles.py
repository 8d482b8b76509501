"""The styles of a report in Word: GB/T 9704 in Chinese, its sober like in English.

Real styles, so that who edits the report changes one and not each paragraph.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ipweek.i18n import _, language
from ipweek.render import docx_numbering as numbering
from ipweek.render.docx_numbering import Num
from ipweek.render.docx_xml import Element, el, flag

BODY, TITLE, HEADING, CAPTION, ITEM, FOOT = "BodyText", "Title", "Heading", "Caption", "ListBullet", "Footer"
SIGNATURE, DATE = "Signature", "Date"
TABLE, CELL, HEAD, FIGURE = "ReportTable", "TableText", "TableHead", "Figure"
WARNING, ALARM = "Warning", "Alarm"
APPENDIX, APPENDIX_TITLE = "Appendix", "AppendixTitle"
APPENDIX_FIRST, APPENDIX_LIST = "AppendixFirst", "AppendixList"

_OWN = (CELL, HEAD, FIGURE, WARNING, ALARM, APPENDIX, APPENDIX_TITLE, APPENDIX_FIRST, APPENDIX_LIST)
"""Styles that Word does not know by itself."""


class Face(StrEnum):
    """The Chinese typefaces of official documents, as Word knows them."""

    TITLE = "方正小标宋简体"
    BODY = "仿宋_GB2312"
    KAI = "楷体_GB2312"
    HEI = "黑体"
    SONG = "宋体"


LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: sizes and distances in points, indents in hundredths of a character.

    Lines are `line` points high, as high as their letters where it is 0; letters stand `closer` by so much. Paragraphs that
    follow each other may stand `together` without distance. What is None is as in the style it is based on.
    """

    style: str
    name: str
    based: str | None = "Normal"
    following: str | None = None
    face: Face | None = None
    size: float | None = None
    bold: bool | None = None
    closer: float | None = None
    jc: str | None = None
    line: float | None = None
    before: float = 0
    after: float = 0
    first: int | None = None
    right: int | None = None
    hanging: tuple[int, int] | None = None
    together: bool = False
    keep: bool = False
    page: bool = False
    outline: int | None = None
    num: tuple[Num, int] | None = None
    box: bool = False


def chinese() -> tuple[Look, ...]:
    """Sizes by name: 二号 22, 三号 16, 四号 14, 小四 12 points; a page has 22 lines of 28 characters."""
    heads = (Face.HEI, Face.KAI, Face.BODY, Face.BODY)
    return (
        Look("Normal", "Normal", None, face=Face.BODY, size=16, jc="both", line=28),
        Look(BODY, "Body Text", closer=0.25, first=200),
        Look(TITLE, "Title", following=BODY, face=Face.TITLE, size=22, jc="center", line=36, after=28, keep=True),
        *(
            Look(
                f"{HEADING}{level + 1}", f"heading {level + 1}", following=BODY, face=face, bold=level == 2,
                keep=True, outline=level, num=(Num.HEADINGS, level),
            )
            for level, face in enumerate(heads)
        ),
        Look(ITEM, "List Bullet", size=14, line=25, before=6, after=6, together=True, num=(Num.ITEMS, 0)),
        Look(CAPTION, "caption", face=Face.HEI, size=12, jc="center", line=0, before=8, after=4),
        Look(FOOT, "footer", face=Face.SONG, size=14, line=0),
        Look(CELL, _("Table text"), size=12, jc="left", line=0),
        Look(HEAD, _("Table head"), CELL, face=Face.HEI, jc="center", keep=True),
        Look(FIGURE, _("Figure"), following=CAPTION, jc="center", line=0, before=8, keep=True),
        Look(WARNING, _("Warning"), face=Face.HEI, jc="center", after=8),
        Look(ALARM, _("Alarm"), size=14, line=25, jc="left", before=8, after=14, box=True),
        Look(APPENDIX_FIRST, _("First in the list of appendices"), following=APPENDIX_LIST, hanging=(600, 400)),
        Look(APPENDIX_LIST, _("List of appendices"), hanging=(600, 100)),
        Look(SIGNATURE, "Signature", jc="right", right=400, keep=True),
        Look(DATE, "Date", jc="right", right=400),
        Look(APPENDIX, _("Appendix"), following=APPENDIX_TITLE, face=Face.HEI, after=28, keep=True, page=True,
             num=(Num.APPENDICES, 0)),
        Look(APPENDIX_TITLE, _("Title of an appendix"), TITLE, BODY, outline=0),
    )  # fmt: skip


def english() -> tuple[Look, ...]:
    """The same styles for Latin script."""
    sizes = ((15, 16), (13, 12), (12, 10), (12, 10))
    return (
        Look("Normal", "Normal", None, face=Face.SONG, size=12, jc="left", line=17, after=6),
        Look(BODY, "Body Text", jc="both", after=6),
        Look(TITLE, "Title", following=BODY, size=20, bold=True, jc="center", line=26, after=16, keep=True),
        *(
            Look(
                f"{HEADING}{level + 1}", f"heading {level + 1}", following=BODY, size=size, bold=True,
                line=size * 1.3, before=before, after=6, keep=True, outline=level, num=(Num.HEADINGS, level),
            )
            for level, (size, before) in enumerate(sizes)
        ),
        Look(ITEM, "List Bullet", size=11, line=16, before=6, after=6, together=True, num=(Num.ITEMS, 0)),
        Look(CAPTION, "caption", size=10.5, bold=True, jc="center", line=0, before=8, after=4),
        Look(FOOT, "footer", size=12, line=0),
        Look(CELL, _("Table text"), size=10.5, jc="left", line=0),
        Look(HEAD, _("Table head"), CELL, bold=True, jc="center", keep=True),
        Look(FIGURE, _("Figure"), following=CAPTION, jc="center", line=0, before=8, keep=True),
        Look(WARNING, _("Warning"), bold=True, jc="center", after=8),
        Look(ALARM, _("Alarm"), size=11, line=15, before=8, after=12, box=True),
        Look(APPENDIX_FIRST, _("First in the list of appendices"), following=APPENDIX_LIST, hanging=(750, 750)),
        Look(APPENDIX_LIST, _("List of appendices"), hanging=(750, 150)),
        Look(SIGNATURE, "Signature", jc="right", right=400, keep=True),
        Look(DATE, "Date", jc="right", right=400),
        Look(APPENDIX, _("Appendix"), following=APPENDIX_TITLE, bold=True, after=10, keep=True, page=True,
             num=(Num.APPENDICES, 0)),
        Look(APPENDIX_TITLE, _("Title of an appendix"), TITLE, BODY, size=16, outline=0),
    )  # fmt: skip


def looks() -> tuple[Look, ...]:
    """The styles for the language in force."""
    return chinese() if language() == "zh" else english()


def body_size() -> float:
    """How large the text is, in points: a character of indents."""
    return _size("Normal")


def cell_size() -> float:
    """How large the text of a table is, in points."""
    return _size(CELL)


def _size(style: str) -> float:
    return next(look.size for look in looks() if look.style == style and look.size)


def styles() -> Iterator[Element]:
    """What a part of styles holds: defaults, paragraphs' styles, the table's."""
    lang = el("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    yield el("docDefaults", el("rPrDefault", el("rPr", _fonts(Face.SONG), lang)), el("pPrDefault"))
    yield from map(_style, looks())
    yield el(
        "style", el("name", val="Default Paragraph Font"), type="character", default=1, styleId="Letters"
    )
    yield el("style", el("name", val="No List"), type="numbering", default=1, styleId="NoList")
    yield el(
        "style", el("name", val="Normal Table"), _cells(), type="table", default=1, styleId="NormalTable"
    )
    yield _table()


def _style(look: Look) -> Element:
    known = {"customStyle": 1} if look.style in _OWN else {}
    if look.based is None:
        known["default"] = 1
    return el(
        "style",
        el("name", val=look.name),
        el("basedOn", val=look.based) if look.based else None,
        el("next", val=look.following) if look.following else None,
        el("qFormat"),
        _paragraph(look),
        _letters(look),
        type="paragraph",
        styleId=look.style,
        **known,
    )


def _paragraph(look: Look) -> Element:
    return el(
        "pPr",
        flag("keepNext", on=look.keep),
        flag("pageBreakBefore", on=look.page),
        numbering.used(*look.num) if look.num else None,
        _box() if look.box else None,
        el("snapToGrid", val=0) if look.line == 0 else None,
        _spacing(look),
        _indent(look),
        flag("contextualSpacing", on=look.together),
        el("jc", val=look.jc) if look.jc else None,
        el("outlineLvl", val=look.outline) if look.outline is not None else None,
    )


def _spacing(look: Look) -> Element:
    height: dict[str, str | float] = {}
    if look.line is not None:
        height = (
            {"line": twips(look.line), "lineRule": "exact"}
            if look.line
            else {"line": 240, "lineRule": "auto"}
        )
    return el("spacing", before=twips(look.before), after=twips(look.after), **height)


def _indent(look: Look) -> Element | None:
    """By characters, which Word prefers and which follow the size of the text; by points for others."""
    parts: dict[str, int] = {}
    if look.first is not None:
        parts |= {"firstLineChars": look.first, "firstLine": chars(look.first)}
    if look.right is not None:
        parts |= {"rightChars": look.right, "right": chars(look.right)}
    if look.hanging is not None:
        left, back = look.hanging
        parts |= {"leftChars": left, "left": chars(left), "hangingChars": back, "hanging": chars(back)}
    return el("ind", **parts) if parts else None


def _letters(look: Look) -> Element:
    double = None if look.size is None else round(look.size * 2)
    return el(
        "rPr",
        _fonts(look.face) if look.face else None,
        None if look.bold is None else el("b", val=int(look.bold)),
        None if look.closer is None else el("spacing", val=twips(-look.closer)),
        None if double is None else el("sz", val=double),
        None if double is None else el("szCs", val=double),
    )


def _fonts(face: Face) -> Element:
    return el("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=face, cs=LATIN)


def _box() -> Element:
    sides = ("top", "left", "bottom", "right")
    return el("pBdr", *(el(side, val="single", sz=8, space=4, color="auto") for side in sides))


def _table() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return el(
        "style",
        el("name", val=_("Report table")),
        el("basedOn", val="NormalTable"),
        el("qFormat"),
        el(
            "tblPr",
            el("tblBorders", *(el(side, val="single", sz=4, space=0, color="auto") for side in sides)),
        ),
        el("tcPr", el("vAlign", val="center")),
        *(
            el("tblStylePr", el("tcPr", el("shd", val="clear", color="auto", fill="EDEDED")), type=part)
            for part in ("firstRow", "firstCol")
        ),
        type="table",
        customStyle=1,
        styleId=TABLE,
    )


def _cells() -> Element:
    sides = (("top", 30), ("left", 85), ("bottom", 30), ("right", 85))
    return el(
        "tblPr",
        el("tblInd", w=0, type="dxa"),
        el("tblCellMar", *(el(side, w=width, type="dxa") for side, width in sides)),
    )


def twips(points: float) -> int:
    """A distance as Word counts it, in twentieths of a point."""
    return round(points * 20)


def chars(hundredths: int) -> int:
    """That many hundredths of a character of the text, in twentieths of a point."""
    return twips(hundredths / 100 * body_size())
