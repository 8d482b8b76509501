"""Phone numbers as people type them, brought to E.164."""

import re
import unicodedata

from ipweek.domain.errors import InvalidError

_HOME = "CN"
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212()/._·']+")
_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_MOBILE_BEGUN = re.compile(r"(?:\+?86|0086)?1[3-9]\d*")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:转|轉|分机|ext\.?|x|#)\s*(\d{1,6})$|(?<=\d{7})-(\d{1,5})$", re.IGNORECASE)


def normalise(text: str) -> str:
    """The number in E.164, with `;ext=` and digits where an extension was given.

    A Chinese mobile is `1[3-9]` and nine digits; whatever else is asked of libphonenumber, at home in China.
    Raises InvalidError phone-scientific (a spreadsheet rounded the number), phone-invalid.
    """
    if _PLAIN_MOBILE.fullmatch(text):  # nearly all of them
        return f"+86{text}"
    typed = unicodedata.normalize("NFKC", text).strip()
    compact = _SEPARATORS.sub("", typed)
    if mobile := _MOBILE.fullmatch(compact):
        return f"+86{mobile[1]}"
    if _SCIENTIFIC.fullmatch(typed.replace(" ", "")):
        raise InvalidError("phone-scientific", value=text)
    if _MOBILE_BEGUN.fullmatch(compact):
        raise InvalidError("phone-invalid", value=text)
    return _by_library(typed, text)


def _by_library(typed: str, text: str) -> str:
    import phonenumbers  # noqa: PLC0415

    extension = _EXTENSION.search(typed)
    number = typed[: extension.start()] if extension else typed
    if not re.fullmatch(r"[+\d\s()./·'\-\u2010-\u2015\u2212]+", number):
        raise InvalidError("phone-invalid", value=text)
    if number.startswith("00"):
        number = "+" + number[2:]
    try:
        parsed = phonenumbers.parse(number, _HOME)
    except phonenumbers.NumberParseException as error:
        raise InvalidError("phone-invalid", value=text) from error
    if not phonenumbers.is_valid_number(parsed):
        raise InvalidError("phone-invalid", value=text)
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"{shown};ext={extension[1] or extension[2]}" if extension else shown
