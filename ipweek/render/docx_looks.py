"""How the paragraphs of a report look in Word: GB/T 9704 in Chinese, its sober like in English."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipweek.i18n import _, language
from ipweek.render.docx_numbering import Num

BODY, TITLE, HEADING, CAPTION, ITEM, FOOT = "BodyText", "Title", "Heading", "Caption", "ListBullet", "Footer"
SIGNATURE, DATE = "Signature", "Date"
TABLE, CELL, HEAD, FIGURE = "ReportTable", "TableText", "TableHead", "Figure"
WARNING, ALARM = "Warning", "Alarm"
APPENDIX, APPENDIX_TITLE = "Appendix", "AppendixTitle"
APPENDIX_FIRST, APPENDIX_LIST = "AppendixFirst", "AppendixList"


class Face(StrEnum):
    """The Chinese typefaces of official documents, as Word knows them."""

    TITLE = "方正小标宋简体"
    BODY = "仿宋_GB2312"
    KAI = "楷体_GB2312"
    HEI = "黑体"
    SONG = "宋体"


LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes in points: of the text and its lines, of tables, of a title and its lines, and the distance below it."""

    text: float
    line: float
    cell: float
    title: float
    title_line: float
    gap: float


_CHINESE = (
    Scale(16, 28, 12, 22, 36, 28),
    Scale(14, 24, 10.5, 22, 32, 14),
    Scale(12, 20, 10.5, 18, 28, 10),
    Scale(10.5, 16, 9, 16, 24, 8),
    Scale(9, 13, 7.5, 14, 20, 6),
)
"""三号, 四号, 小四, 五号, 小五 for the text."""
_ENGLISH = (
    Scale(12, 17, 10.5, 20, 26, 16),
    Scale(11, 15, 9, 18, 24, 12),
    Scale(10, 13.5, 9, 16, 22, 8),
    Scale(9, 12, 7.5, 14, 20, 6),
    Scale(8, 10.5, 7.5, 13, 17, 4),
)


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


def scales() -> Sequence[Scale]:
    """The sizes for the language in force: first those of a report, then smaller ones for what has one page."""
    return _CHINESE if language() == "zh" else _ENGLISH


def looks(scale: Scale) -> tuple[Look, ...]:
    """The styles for the language in force."""
    return _chinese(scale) if language() == "zh" else _english(scale)


def _chinese(scale: Scale) -> tuple[Look, ...]:
    """A page of a report has 22 lines of 28 characters."""
    heads = (Face.HEI, Face.KAI, Face.BODY, Face.BODY)
    text, line, small = scale.text, scale.line, scale.text - 2
    return (
        Look("Normal", "Normal", None, face=Face.BODY, size=text, jc="both", line=line),
        Look(BODY, "Body Text", closer=0.25, first=200),
        Look(TITLE, "Title", following=BODY, face=Face.TITLE, size=scale.title, jc="center", line=scale.title_line,
             after=scale.gap, keep=True),
        *(
            Look(
                f"{HEADING}{level + 1}", f"heading {level + 1}", following=BODY, face=face, bold=level == 2,
                keep=True, outline=level, num=(Num.HEADINGS, level),
            )
            for level, face in enumerate(heads)
        ),
        Look(ITEM, "List Bullet", size=small, line=line - 3, before=6, after=6, together=True, num=(Num.ITEMS, 0)),
        Look(CAPTION, "caption", face=Face.HEI, size=scale.cell, jc="center", line=0, before=8, after=4),
        Look(FOOT, "footer", face=Face.SONG, size=14, line=0),
        Look(CELL, _("Table text"), size=scale.cell, jc="left", line=0),
        Look(HEAD, _("Table head"), CELL, face=Face.HEI, jc="center", keep=True),
        Look(FIGURE, _("Chart or photograph"), following=CAPTION, jc="center", line=0, before=8, keep=True),
        Look(WARNING, _("Warning"), face=Face.HEI, jc="center", after=8),
        Look(ALARM, _("Alarm"), size=small, line=line - 3, jc="left", before=8, after=14, box=True),
        Look(APPENDIX_FIRST, _("First in the list of appendices"), following=APPENDIX_LIST, hanging=(600, 400)),
        Look(APPENDIX_LIST, _("List of appendices"), hanging=(600, 100)),
        Look(SIGNATURE, "Signature", jc="right", right=400, keep=True),
        Look(DATE, "Date", jc="right", right=400),
        Look(APPENDIX, _("Appendix"), following=APPENDIX_TITLE, face=Face.HEI, after=line, keep=True, page=True,
             num=(Num.APPENDICES, 0)),
        Look(APPENDIX_TITLE, _("Title of an appendix"), TITLE, BODY, outline=0),
    )  # fmt: skip


def _english(scale: Scale) -> tuple[Look, ...]:
    """The same styles for Latin script."""
    text, line, small = scale.text, scale.line, scale.text - 1
    sizes = ((text + 3, text + 4), (text + 1, text), (text, text - 2), (text, text - 2))
    return (
        Look("Normal", "Normal", None, face=Face.SONG, size=text, jc="left", line=line, after=6),
        Look(BODY, "Body Text", jc="both", after=6),
        Look(TITLE, "Title", following=BODY, size=scale.title, bold=True, jc="center", line=scale.title_line,
             after=scale.gap, keep=True),
        *(
            Look(
                f"{HEADING}{level + 1}", f"heading {level + 1}", following=BODY, size=size, bold=True,
                line=size * 1.3, before=before, after=6, keep=True, outline=level, num=(Num.HEADINGS, level),
            )
            for level, (size, before) in enumerate(sizes)
        ),
        Look(ITEM, "List Bullet", size=small, line=line - 1, before=6, after=6, together=True, num=(Num.ITEMS, 0)),
        Look(CAPTION, "caption", size=scale.cell, bold=True, jc="center", line=0, before=8, after=4),
        Look(FOOT, "footer", size=12, line=0),
        Look(CELL, _("Table text"), size=scale.cell, jc="left", line=0),
        Look(HEAD, _("Table head"), CELL, bold=True, jc="center", keep=True),
        Look(FIGURE, _("Chart or photograph"), following=CAPTION, jc="center", line=0, before=8, keep=True),
        Look(WARNING, _("Warning"), bold=True, jc="center", after=8),
        Look(ALARM, _("Alarm"), size=small, line=line - 2, before=8, after=12, box=True),
        Look(APPENDIX_FIRST, _("First in the list of appendices"), following=APPENDIX_LIST, hanging=(750, 750)),
        Look(APPENDIX_LIST, _("List of appendices"), hanging=(750, 150)),
        Look(SIGNATURE, "Signature", jc="right", right=400, keep=True),
        Look(DATE, "Date", jc="right", right=400),
        Look(APPENDIX, _("Appendix"), following=APPENDIX_TITLE, bold=True, after=10, keep=True, page=True,
             num=(Num.APPENDICES, 0)),
        Look(APPENDIX_TITLE, _("Title of an appendix"), TITLE, BODY, size=16, outline=0),
    )  # fmt: skip
