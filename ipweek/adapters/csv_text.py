"""Text files with separated values: the encoding found by strict attempts, the records with their numbers."""

import codecs
import csv
import re
from io import StringIO

from ipweek.adapters.spreadsheet_limits import check_area
from ipweek.domain.errors import InvalidError

DELIMITERS = (",", "\t", ";")
_AS_TEXT = re.compile(r'="([^"]*)"')  # ="0752": how exports keep a spreadsheet from reading a number

Records = list[tuple[int, list[str]]]
"""Numbered records (from 1, blank ones counted) with their fields."""


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, with or without BOM, UTF-16 with BOM, or GB18030.

    Raises InvalidError not-a-spreadsheet where none of them fits, or the text has NUL characters.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise InvalidError("not-a-spreadsheet", found="text")


def records(text: str, delimiter: str) -> Records:
    """The records that are not blank. A quoted line break is within its record, as spreadsheets number rows.

    Raises InvalidError too-large, and quotes-broken with the record's number: an open quote would swallow the
    rest of the file.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: Records = []
    number = 0
    while True:
        number += 1
        try:
            fields = next(reader)
        except StopIteration:
            return found
        except csv.Error as error:
            if "field limit" in str(error):
                raise InvalidError(
                    "too-large", what="field", row=number, limit=csv.field_size_limit()
                ) from error
            raise InvalidError("quotes-broken", row=number) from error
        check_area(len(found), len(fields))
        if any(fields):
            found.append((number, [_plain(field) for field in fields]))


def _plain(field: str) -> str:
    as_text = _AS_TEXT.fullmatch(field) if field.startswith('="') else None
    return as_text[1] if as_text else field
