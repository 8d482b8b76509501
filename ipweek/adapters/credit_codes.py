"""Unified social credit codes (统一社会信用代码) after GB 32100-2015."""

import re
import unicodedata
from functools import lru_cache

from ipweek.domain.errors import InvalidError

_FORM = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_SEPARATORS = re.compile(r"[\s\-·]+")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d+")


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """The code in half-width capitals without separators, its form and check digit checked.

    The form is ours: the library refuses the letters that the standard allows in the first eight places.
    Raises InvalidError credit-code-scientific (a spreadsheet rounded it), credit-code-form and
    credit-code-check.
    """
    from stdnum.cn.uscc import calc_check_digit  # noqa: PLC0415

    code = compact(text)
    if not _FORM.fullmatch(code):
        raise InvalidError(
            "credit-code-scientific" if _ROUNDED.fullmatch(code) else "credit-code-form", value=text
        )
    if calc_check_digit(code[:-1]) != code[-1]:
        raise InvalidError("credit-code-check", value=text)
    return code


def compact(text: str) -> str:
    """The text in half-width capitals without separators: how a code is kept, if it is one."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_one(text: str) -> bool:
    """Whether a text is a credit code whose check digit is right."""
    try:
        normalise(text)
    except InvalidError:
        return False
    return True
