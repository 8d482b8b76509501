"""Text files with separated values: the encoding found by strict attempts, the records with their numbers."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper

from ipweek.adapters.spreadsheet_limits import check_area
from ipweek.domain.errors import InvalidError

DELIMITERS = (",", "\t", ";")

Records = list[tuple[int, list[str]]]
"""Numbered records (from 1, blank ones counted) with their fields."""
Score = Callable[[list[str], str], tuple[int, int]]
"""How many fields a header names in a text's first lines under a delimiter, and how often it parts them."""

_AS_TEXT = re.compile(r'="([^"]*)"')  # ="0752": how exports keep a spreadsheet from reading a number
_CHUNK = 1 << 20
_LONGEST_LINE = 1 << 21
_FIRST_LINES = 240
_SHOWN_OF_LINE = 50_000
_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",  # begins as UTF-16 does
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig",
}  # fmt: skip
_HIGH = re.compile(rb"[\x80-\xff]+")


def read(data: bytes, score: Score) -> Records:
    """The records of a text: in the encoding, and parted by the delimiter, that give the best header.

    It may be UTF-8, -16 or -32, GB18030, Big5 or a western one. Raises InvalidError not-a-spreadsheet where none
    fits, encoding-mixed where a part does not, text-nul, row-too-long, too-large, quotes-broken.
    """
    if b"\0" in data[:_CHUNK] and not data.startswith(tuple(_BOMS)):
        return _unmarked(data, score)
    sure, *others = _encodings(data)
    fitting = (
        [sure] if _fault(data, sure) is None else [name for name in others if _fault(data, name) is None]
    )
    found = {name: _best(_first_lines(data, name), score) for name in fitting}
    if sure not in found and not any(header for (header, _), _ in found.values()):
        _refuse_mixture(data, score)
    if not found:
        raise InvalidError("not-a-spreadsheet", found="text")
    best = max(found, key=lambda name: found[name][0])
    return records(data, best, found[best][1])


def _unmarked(data: bytes, score: Score) -> Records:
    """UTF-16 without the mark that tells so, if anything parts its lines; else text in which NUL has no place."""
    for encoding in ("utf-16-le", "utf-16-be"):
        fit, delimiter = _best(_first_lines(data, encoding), score)
        if any(fit) and _fault(data, encoding) is None:
            return records(data, encoding, delimiter)
    raise InvalidError("text-nul", row=_line_of(data, data.find(b"\0")))


def _encodings(data: bytes) -> tuple[str, ...]:
    """What the bytes may be in, first what no other text looks like."""
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return (encoding,)
    lengths = [len(run) for run in _HIGH.findall(data[:_CHUNK])]
    if lengths.count(1) * 2 > len(lengths):  # letters with accents stand alone, Chinese characters do not
        return "utf-8", "cp1252"
    return "utf-8", "gb18030", "big5hkscs"


def _fault(data: bytes, encoding: str) -> int | None:
    """Where the bytes are no text in this encoding; None where they are from end to end."""
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    for place in range(0, len(data), _CHUNK):
        try:
            text = decoder.decode(view[place : place + _CHUNK], final=place + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return place + error.start
        if "\0" in text:
            raise InvalidError("text-nul", row=_line_of(data, max(data.find(b"\0"), 0)))
    return None


def _line_of(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _refuse_mixture(data: bytes, score: Score) -> None:
    """Two lists pasted into one file: a header in UTF-8 above rows that are not."""
    place = _fault(data, "utf-8")
    if place and _best(_first_lines(data[:place], "utf-8"), score)[0][0]:
        raise InvalidError("encoding-mixed", row=_line_of(data, place))


def _first_lines(data: bytes, encoding: str) -> list[str]:
    lines = TextIOWrapper(BytesIO(data), encoding, errors="replace")
    read = (lines.readline(_LONGEST_LINE)[:_SHOWN_OF_LINE] for _ in range(_FIRST_LINES))
    return [line for line in read if line.strip()]


def _best(lines: list[str], score: Score) -> tuple[tuple[int, int], str]:
    found = {delimiter: score(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: found[delimiter])
    return found[best], best


def records(data: bytes, encoding: str, delimiter: str) -> Records:
    """The records that are not blank. A quoted line break is within its record, as spreadsheets number rows.

    Raises InvalidError too-large, row-too-long, and quotes-broken with the record's number: an open quote would
    swallow the rest of the file.
    """
    text = TextIOWrapper(BytesIO(data), encoding, newline="")
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
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
                raise InvalidError("row-too-long", row=number, limit=csv.field_size_limit()) from error
            raise InvalidError("quotes-broken", row=number) from error
        except _LineTooLongError as error:
            raise InvalidError("row-too-long", row=number, limit=_LONGEST_LINE) from error
        check_area(number, len(fields))
        if any(fields):
            found.append((number, [_plain(field) for field in fields]))


class _LineTooLongError(Exception):
    """A line that no list has: the bytes are one text without an end."""


def _lines(text: TextIOWrapper) -> Iterator[str]:
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise _LineTooLongError
        yield line


def _plain(field: str) -> str:
    as_text = _AS_TEXT.fullmatch(field) if field.startswith('="') else None
    return as_text[1] if as_text else field
