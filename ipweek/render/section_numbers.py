"""The numbers of sections: 一、（一）in Chinese official documents (GB/T 9704), 1 and 1.1 in English."""

from collections.abc import Sequence

from ipweek.i18n import _, language
from ipweek.render.summary_layout import Section

_DIGITS = "〇一二三四五六七八九"


def numbers(sections: Sequence[Section]) -> tuple[str, ...]:
    """What stands before each title, with the space that it needs; appendices are counted apart."""
    part = below = appendix = 0
    told = []
    for section in sections:
        if section.appendix:
            appendix += 1
            told.append(_("Appendix {n}: ").format(n=appendix))
        elif section.depth == 1:
            part, below = part + 1, 0
            told.append(f"{chinese(part)}、" if language() == "zh" else f"{part} ")
        else:
            below += 1
            told.append(f"（{chinese(below)}）" if language() == "zh" else f"{part}.{below} ")
    return tuple(told)


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese: 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
