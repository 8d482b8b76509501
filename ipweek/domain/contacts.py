"""Names, phone numbers and e-mail addresses as people are shown them: in full, or masked."""

import re
import unicodedata

_MOBILE = re.compile(r"\+86(1[3-9]\d{9})")
_LANDLINE = re.compile(r"\+86(10|2\d|(?![48]00)[3-9]\d\d)(\d{7,8})")
_EXTENSION = ";ext="
_COMPOUND_SURNAMES = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "东方",
     "端木", "澹台", "独孤", "南宫", "轩辕", "闻人", "申屠", "万俟", "单于")
)  # fmt: skip


def shown_phone(phone: str) -> str:
    """An E.164 number as China writes it: `19900001000`, `0752-2000001-801`; a foreign one as it is."""
    number, _, extension = phone.partition(_EXTENSION)
    if mobile := _MOBILE.fullmatch(number):
        number = mobile[1]
    elif landline := _LANDLINE.fullmatch(number):
        number = f"0{landline[1]}-{landline[2]}"
    return f"{number}-{extension}" if extension else number


def masked_phone(phone: str) -> str:
    """An E.164 number with its middle hidden: `138****5678`, `0752-***0001`, `+852****4567`; one hidden already stays."""
    if "*" in phone:
        return phone
    number = phone.partition(_EXTENSION)[0]
    if mobile := _MOBILE.fullmatch(number):
        return f"{mobile[1][:3]}****{mobile[1][-4:]}"
    if landline := _LANDLINE.fullmatch(number):
        return f"0{landline[1]}-{'*' * (len(landline[2]) - 4)}{landline[2][-4:]}"
    return f"{number[:4]}****{number[-4:]}" if len(number) > 8 else "****"


def masked_email(email: str) -> str:
    """An address with its local part hidden but for the first letter: `s***@example.com`."""
    local, at, host = email.rpartition("@")
    return f"{local[:1]}***@{host}" if at else "***"


def masked_name(name: str) -> str:
    """A name with all but the surname hidden, and how long the rest is: `张*`, `欧阳*`, `Zhang W***`, `Z***`.

    Of a Latin name the first word is whole, of the others there is an initial: nobody guesses which is the surname.
    """
    if unicodedata.east_asian_width(name[:1] or " ") == "W":
        return f"{name[:2] if len(name) > 2 and name[:2] in _COMPOUND_SURNAMES else name[0]}*"
    first, _, rest = name.strip().partition(" ")
    if rest:
        return f"{first} {_initial(rest)}***"
    return f"{_initial(first)}***" if first else ""


def _initial(word: str) -> str:
    """The first letter, with the marks that belong to it."""
    end = 1
    while end < len(word) and unicodedata.combining(word[end]):
        end += 1
    return word[:end]
