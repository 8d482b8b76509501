"""The styles of a report in Word; real ones, so that who edits the report changes one and not each paragraph."""

from collections.abc import Iterator

from ipweek.i18n import _
from ipweek.render import docx_numbering as numbering
from ipweek.render.docx_looks import (
    ALARM,
    APPENDIX,
    APPENDIX_FIRST,
    APPENDIX_LIST,
    APPENDIX_TITLE,
    CELL,
    FIGURE,
    HEAD,
    LATIN,
    TABLE,
    WARNING,
    Face,
    Look,
    Scale,
    looks,
)
from ipweek.render.docx_xml import Element, el, flag

_OWN = (CELL, HEAD, FIGURE, WARNING, ALARM, APPENDIX, APPENDIX_TITLE, APPENDIX_FIRST, APPENDIX_LIST)
"""Styles that Word does not know by itself."""


def styles(scale: Scale) -> Iterator[Element]:
    """What a part of styles holds: defaults, paragraphs' styles, the table's."""
    lang = el("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    yield el("docDefaults", el("rPrDefault", el("rPr", _fonts(Face.SONG), lang)), el("pPrDefault"))
    yield from (_style(look, scale.text) for look in looks(scale))
    yield el(
        "style", el("name", val="Default Paragraph Font"), type="character", default=1, styleId="Letters"
    )
    yield el("style", el("name", val="No List"), type="numbering", default=1, styleId="NoList")
    yield el(
        "style", el("name", val="Normal Table"), _cells(), type="table", default=1, styleId="NormalTable"
    )
    yield _table()


def _style(look: Look, em: float) -> Element:
    known = {"customStyle": 1} if look.style in _OWN else {}
    if look.based is None:
        known["default"] = 1
    return el(
        "style",
        el("name", val=look.name),
        el("basedOn", val=look.based) if look.based else None,
        el("next", val=look.following) if look.following else None,
        el("qFormat"),
        _paragraph(look, em),
        _letters(look),
        type="paragraph",
        styleId=look.style,
        **known,
    )


def _paragraph(look: Look, em: float) -> Element:
    return el(
        "pPr",
        flag("keepNext", on=look.keep),
        flag("pageBreakBefore", on=look.page),
        numbering.used(*look.num) if look.num else None,
        _box() if look.box else None,
        el("snapToGrid", val=0) if look.line == 0 else None,
        _spacing(look),
        _indent(look, em),
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


def _indent(look: Look, em: float) -> Element | None:
    """By characters, which Word prefers and which follow the size of the text; by points for others."""
    left, hanging = look.hanging or (None, None)
    parts = {"firstLine": look.first, "right": look.right, "left": left, "hanging": hanging}
    known = {side: hundredths for side, hundredths in parts.items() if hundredths is not None}
    return indent(em, **known) if known else None


def indent(em: float, **hundredths: int) -> Element:
    """Indents in hundredths of a character; a character of the text is `em` points wide."""
    points = {side: twips(n / 100 * em) for side, n in hundredths.items()}
    return el("ind", **{f"{side}Chars": n for side, n in hundredths.items()}, **points)


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
