"""Phone numbers and e-mail addresses as people are shown them: in full, or masked."""

import re

_MOBILE = re.compile(r"\+86(1[3-9]\d{9})")
_LANDLINE = re.compile(r"\+86(10|2\d|(?![48]00)[3-9]\d\d)(\d{7,8})")
_EXTENSION = ";ext="


def shown_phone(phone: str) -> str:
    """An E.164 number as China writes it: `19900001000`, `0752-2000001-801`; a foreign one as it is."""
    number, _, extension = phone.partition(_EXTENSION)
    if mobile := _MOBILE.fullmatch(number):
        number = mobile[1]
    elif landline := _LANDLINE.fullmatch(number):
        number = f"0{landline[1]}-{landline[2]}"
    return f"{number}-{extension}" if extension else number


def masked_phone(phone: str) -> str:
    """An E.164 number with its middle hidden: `138****5678`, `0752-***0001`, `+852****4567`."""
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
    """A name with all but the first character of each word hidden: `王**`, `J*** S***`."""
    return " ".join(word[:1] + ("***" if word.isascii() else "*" * (len(word) - 1)) for word in name.split())
