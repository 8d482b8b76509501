"""Text as people type it and spreadsheets bring it: cleaned once, compared by one rule."""

import re
import unicodedata
from functools import lru_cache

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]+")
_SPACES = re.compile(r"\s+")
_BRACKETS = str.maketrans("〔〕【】[]", "()()()")
_COMPANY_ENDINGS = ("有限责任公司", "有限公司", "公司")


def is_hidden(char: str) -> bool:
    """Whether a character steers a terminal or the reading direction instead of showing something."""
    if (
        char in _BIDI or char in _INVISIBLE or ord(char) & 0xFFFE == 0xFFFE
    ):  # the last: no characters at all, nor XML
        return True
    return unicodedata.category(char) in ("Cc", "Cs")


def clean(text: str, *, lines: bool = False) -> str:
    """The text without control and bidi characters, in NFC, white space folded to single spaces.

    With `lines`, line breaks stay, at most two in a row.
    """
    if lines:
        kept = [clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # nothing to take out: the usual case, ten times as fast
    spaced = "".join(" " if char in "\t\n\r\v\f\u2028\u2029" else char for char in text)
    shown = "".join(char for char in spaced if not is_hidden(char))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", shown)).strip()


def tongue(text: str) -> str:
    """`zh` where a text has more Chinese characters than words in letters, else `en`."""
    return "zh" if len(_HAN.findall(text)) > len(_LATIN.findall(text)) else "en"


def has_hidden(text: str) -> bool:
    """Whether cleaning would take characters out of the text."""
    return any(is_hidden(char) and char not in "\t\n\r" for char in text)


def seat_key(seat: str | None) -> str | None:
    """What orders seats as people count them, 4-2 before 4-12: each number behind its length."""
    return re.sub(r"\d+", _counted, seat) if seat else None


def _counted(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0") or "0"
    return chr(ord("0") + len(digits)) + digits


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text: it begins like a formula and is neither a number nor a phone.

    The marks are those of OWASP's note on CSV injection: = + - @.
    """
    if text[:1].isalnum():
        return False
    folded = unicodedata.normalize("NFKC", text).lstrip()
    if folded[:1] not in ("=", "+", "-", "@"):
        return False
    return folded[:1] in "=@" or re.fullmatch(r"[+-][\d\s().-]*", folded) is None


NOTHING = frozenset(("(空)", "（空）", "N/A", "n/a", "#N/A", "-", "--", "—", "——", "/", "\\"))
"""What stands in a cell of a spreadsheet in which nothing is said."""


def to_cell(text: str) -> str:
    """The text as a cell of a spreadsheet: what would run there, or be read as nothing, gets an apostrophe in front."""
    return f"'{text}" if _is_kept(text.lstrip("'")) else text


def from_cell(text: str) -> str:
    """The text that `to_cell` made a cell of; any other cell is as it is."""
    return text[1:] if is_kept_cell(text) else text


def is_kept_cell(text: str) -> bool:
    """Whether an apostrophe in front says that the rest is a text, however it looks."""
    return text.startswith("'") and _is_kept(text.lstrip("'"))


def _is_kept(text: str) -> bool:
    return text in NOTHING or is_formula(text)


def folded(text: str) -> str:
    """The form in which names are compared: NFKC, lower case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def letters(text: str) -> str:
    """The form in which headers and the words of a vocabulary are compared: NFKC, lower case, letters and digits only."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


@lru_cache(maxsize=4096)
def enterprise_key(name: str) -> str:
    """The form in which enterprise names match: folded, brackets alike, without a final 有限责任公司, 有限公司 or 公司."""
    key = folded(clean(name)).translate(_BRACKETS)
    for ending in _COMPANY_ENDINGS:
        if key.endswith(ending) and len(key) > len(ending):
            return key.removesuffix(ending)
    return key


def digits_of(text: str) -> str:
    """The decimal digits of a text after NFKC, without whatever stands between them."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char in "0123456789")
