"""Real numbers of a report in Word: 一、（一）1.（1） in Chinese, 1 and 1.1 in English; items; appendices."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from string import ascii_uppercase

from ipweek.i18n import _, language
from ipweek.render.docx_xml import Element, el


class Num(IntEnum):
    """The lists of a report."""

    HEADINGS = 1
    ITEMS = 2
    APPENDICES = 3


@dataclass(frozen=True, slots=True)
class Level:
    """How the places on a level are counted and written, what follows the number, and where the text begins."""

    form: str
    written: str
    style: str | None = None
    apart: str = "nothing"
    indent: dict[str, int] = field(default_factory=dict)


_COUNT = "chineseCountingThousand"


def numbering(em: float, appendices: int) -> Iterator[Element]:
    """What a part of numbers holds, for text of that size in points; a single appendix has none."""
    inset = {"firstLineChars": 200, "firstLine": round(em * 40)}
    lists = {
        Num.HEADINGS: _headings(inset),
        Num.ITEMS: _items(inset),
        Num.APPENDICES: _appendices(appendices, inset),
    }
    for num, levels in lists.items():
        places = (_level(place, level) for place, level in enumerate(levels))
        yield el("abstractNum", el("multiLevelType", val="multilevel"), *places, abstractNumId=num)
    for num in lists:
        yield el("num", el("abstractNumId", val=num), numId=num)


def used(num: Num, level: int) -> Element:
    """The mark of a paragraph, or of a style, that it is counted."""
    return el("numPr", el("ilvl", val=level), el("numId", val=num))


def appendix_number(place: int) -> str:
    """The number of an appendix: a figure in Chinese, a letter in English."""
    return str(place + 1) if language() == "zh" or place >= len(ascii_uppercase) else ascii_uppercase[place]


def _headings(inset: dict[str, int]) -> tuple[Level, ...]:
    if language() == "zh":
        forms = ((_COUNT, "%1、"), (_COUNT, "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))
        return tuple(
            Level(form, written, f"Heading{place}", indent=inset)
            for place, (form, written) in enumerate(forms, 1)
        )
    texts = ("%1", "%1.%2", "%1.%2.%3", "%1.%2.%3.%4")
    return tuple(
        Level("decimal", written, f"Heading{place}", "tab", _hanging(width))
        for place, (written, width) in enumerate(zip(texts, (480, 600, 720, 900), strict=True), 1)
    )


def _items(inset: dict[str, int]) -> tuple[Level, ...]:
    if language() == "zh":
        return (Level("bullet", "——", "ListBullet", indent=inset),)
    return (Level("bullet", "–", "ListBullet", "tab", _hanging(300)),)


def _appendices(count: int, inset: dict[str, int]) -> tuple[Level, ...]:
    written = _("Appendix {number}").format(number="%1" if count > 1 else "").strip()
    if language() == "zh":
        return Level("decimal", written, "Appendix"), Level(_COUNT, "（%2）", indent=inset)
    below = "%1.%2" if count > 1 else "%2"
    return Level("upperLetter", written, "Appendix"), Level("decimal", below, None, "tab", _hanging(600))


def _hanging(width: int) -> dict[str, int]:
    return {"left": width, "hanging": width}


def _level(place: int, level: Level) -> Element:
    return el(
        "lvl",
        el("start", val=1),
        el("numFmt", val=level.form),
        el("pStyle", val=level.style) if level.style else None,
        el("suff", val=level.apart),
        el("lvlText", val=level.written),
        el("lvlJc", val="left"),
        el("pPr", el("ind", **level.indent)) if level.indent else None,
        ilvl=place,
    )
