"""One row of an import: its cells read as texts, flags, numbers and moments, and what is wrong in them."""

import re
import unicodedata
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Literal

from ipweek.domain.errors import InvalidError
from ipweek.domain.import_labels import LABEL_HEADERS
from ipweek.domain.import_recognition import is_reason
from ipweek.domain.records import INTEGERS
from ipweek.domain.text import clean, folded, from_cell, has_hidden, is_formula, is_kept_cell

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `number` is what the spreadsheet shows, `cells` are as many as the columns."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a spreadsheet does not show: rows by number and columns (0 is A) that were read, sheets that were not.

    Of the sheets only those in which a header was recognised are named.
    """

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table: columns from the sheet's A on, rows below the header without blanks and remarks.

    `sheet` is empty for a text file. `left_out` are the numbers of the rows below the header taken for
    remarks; `also` names further sheets in which a header was recognised, and of which nothing was read.
    `faults` are empty cells, by row number and column, whose formula has no value, each with the problem's code.
    """

    sheet: str
    header_row: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: tuple[int, ...] = ()
    also: tuple[str, ...] = ()
    hidden: Hidden = field(default_factory=Hidden)
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a cell: its row as the spreadsheet shows it, header and value as in the file."""

    row: int
    column: str
    value: str
    code: str
    severity: Severity = "error"
    params: Mapping[str, object] = field(default_factory=dict)


LENGTHS: Mapping[str, int] = {
    "name": 200, "name_latin": 200, "name_en": 200, "short_name": 200, "enterprise": 200, "contact": 200,
    "title": 200, "category": 40, "seat": 200, "rank": 50, "district": 200, "group": 200, "contact_role": 200,
    "industries": 4000, "quota": 50, "sessions": 4000, "registered_at": 50, "note": 4000,
    "aliases": 4000, "labels": 4000, "contacts": 4000, "badge": 40, "number": 90, "comment": 4000, "submitted_at": 50,
    "event": 200, "session": 200, "code": 60, "kind": 40, "date": 100, "time": 100, "start": 100, "end": 100,
    "venue": 200, "room": 200, "speakers": 500, "moderators": 500, "capacity": 50, "host": 200, "organizer": 200,
    **dict.fromkeys(LABEL_HEADERS, 200),
}  # fmt: skip
"""The longest text that a field takes, in characters."""

_EMAIL_LENGTH = 254  # RFC 5321, section 4.5.3.1
_EMAIL = re.compile(r"(?![=+-])[^\s@<>()\[\],;:\"]+@(?:[^\s@<>()\[\],;:\".]+\.)+[^\s@<>()\[\],;:\".\d]{2,}")
_MASKED = re.compile(r"\*{2,}|(?<=\w)\*|\*(?=@)")
_SEVERAL = re.compile(r"(\s*[;；、,，|\n]+\s*)")
_QUOTA = re.compile(r"(\d{1,10})\s*(?:人|名|个|位)?")
_MOMENT = re.compile(r"([12]\d{3})\D(\d{1,2})\D(\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_FORMULA_ERRORS = frozenset(
    ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")
)  # as text files keep them
_YES = frozenset(("是", "有", "yes", "y", "true", "1", "√", "✓", "✔"))
_NO = frozenset(("否", "不是", "无", "没有", "no", "n", "false", "0", "×", "✗"))


def chosen(choices: Sequence[str], known: Container[str] = ()) -> tuple[str, ...]:
    """The names in what `RowCheck.choices` read: of one text, as many parts as make a `known` name (folded) are one."""
    if len(choices) != 1:
        return tuple(choices)
    parts = _SEVERAL.split(choices[0])
    found, place = [], 0
    while place < len(parts):
        ends = range(len(parts), place, -2)
        end = next((end for end in ends if folded("".join(parts[place:end])) in known), place + 1)
        found.append("".join(parts[place:end]).strip())
        place = end + 1
    return tuple(dict.fromkeys(part for part in found if part))


class RowCheck:
    """Reads the fields of one row and collects what is wrong with them."""

    def __init__(self, table: Table, row: Row, columns: Mapping[str, int], problems: list[Problem]) -> None:
        self._table = table
        self._row = row
        self._columns = columns
        self._problems = problems
        self.good = True

    def problem(
        self, name: str, code: str, severity: Severity = "error", params: Mapping[str, object] | None = None
    ) -> None:
        """Note what is wrong with a field; an error makes the row no good."""
        column = self._columns.get(name)
        header = "" if column is None else clean(self._table.columns[column])
        self.good = self.good and severity == "warning"
        self._problems.append(
            Problem(self._row.number, header, self._raw(name), code, severity, params or {})
        )

    def has(self, name: str) -> bool:
        """Whether the table has a column for a field."""
        return name in self._columns

    def required(self, name: str) -> str:
        """A text that must be there; an empty one, or one of hidden characters only, is an error."""
        raw = self._raw(name)
        if not clean(raw):
            if not self._is_fault(name):
                self.problem(name, "hidden-only" if raw else "value-missing", params={"field": name})
            return ""
        return self.text(name) or ""

    def text(self, name: str, *, lines: bool = False) -> str | None:
        """A text without hidden characters, None where the cell is empty; a formula is an error."""
        raw = self._raw(name)
        if raw.isalnum() and len(raw) <= LENGTHS[name] and unicodedata.is_normalized("NFC", raw):
            return raw  # letters and digits alone are nothing to look into: the usual case
        if not raw or not self._harmless(name, raw):
            self._is_fault(name)
            return None
        value = clean(raw, lines=lines)
        if is_kept_cell(value):
            value = from_cell(value)
        elif is_formula(value):
            self.problem(name, "formula")
        if len(value) > LENGTHS[name]:
            self.problem(name, "too-long", params={"limit": LENGTHS[name], "length": len(value)})
        return value or None

    def short(self, name: str) -> str | None:
        """A cell as it is, cleaned, for a reader who judges it."""
        value = clean(self._raw(name))
        if not value:
            self._is_fault(name)
        return value or None

    def checked(self, name: str, check: Callable[[str], str]) -> str | None:
        """A value in the form that `check` gives it; its InvalidError names the problem."""
        raw = self._raw(name)
        value = clean(raw) if raw and self._harmless(name, raw) else ""
        if not value:
            self._is_fault(name)
            return None
        try:
            return check(from_cell(value))
        except InvalidError as error:
            self.problem(name, "formula" if value[0] in "=@" else error.code)
            return None

    def several(self, name: str) -> tuple[str, ...]:
        """The texts that a cell lists, each once; online forms part them with ┋, people as they like."""
        choices = self.choices(name)
        return choices if "┋" in self._raw(name) else chosen(choices)

    def choices(self, name: str) -> tuple[str, ...]:
        """What a cell lists where a name may itself hold a comma: ┋ parts it, and `chosen` whatever else does."""
        value = self.text(name, lines=True) or ""
        if "┋" not in value:
            return (value,) if value else ()
        return tuple(dict.fromkeys(part.strip() for part in value.split("┋") if part.strip()))

    def flag(self, name: str) -> bool | None:
        """Yes or no; any other word is a warning, and not stated."""
        value = self.text(name)
        word = folded(value or "")
        if word and word not in _YES | _NO:
            self.problem(name, "flag-unknown", "warning")
        return True if word in _YES else False if word in _NO else None

    def quota(self, name: str) -> int | None:
        """A number of people, as large as forms take it, with or without 人."""
        value = self.text(name)
        if value is None:
            return None
        read = _QUOTA.fullmatch(unicodedata.normalize("NFKC", value))
        if read is None or (number := int(read[1])) >= INTEGERS:
            self.problem(name, "number-invalid")
            return None
        return number

    def moment(self, name: str) -> datetime | None:
        """A local date with a time, as forms note it; one that cannot be read is a warning."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return _moment(value)
        except ValueError:
            self.problem(name, "moment-invalid", "warning")
            return None

    def _raw(self, name: str) -> str:
        """The cell; the apostrophe by which a list of refused rows keeps a formula from running is no part of it."""
        column = self._columns.get(name)
        value = "" if column is None else self._row.cells[column]
        return from_cell(value) if value[:1] == "'" and _are_refused(self._table.columns) else value

    def _is_fault(self, name: str) -> bool:
        """Whether the cell is empty only because its formula has no value: an error, for something was meant."""
        if not self._table.faults:
            return False
        code = self._table.faults.get((self._row.number, self._columns.get(name, -1)))
        if code is not None:
            self.problem(name, code)
        return code is not None

    def _harmless(self, name: str, raw: str) -> bool:
        """Warn of hidden characters; refuse a masked value where an identity would be lost by it."""
        if raw[0] == "#" and raw in _FORMULA_ERRORS:
            self.problem(name, "formula-error")
            return False
        if not raw.isprintable() and has_hidden(raw):
            self.problem(name, "hidden-removed", "warning")
        if (
            name in _MASKABLE
            and "*" in (shown := unicodedata.normalize("NFKC", raw))
            and _MASKED.search(shown)
        ):
            self.problem(name, "masked-value")
            return False
        return True


@cache
def _are_refused(columns: tuple[str, ...]) -> bool:
    """Whether a table is a list of refused rows, whose values are as they were first read."""
    return any(map(is_reason, columns))


def told_of_sheet(table: Table, columns: Mapping[str, int]) -> list[Problem]:
    """Warnings of what the organizer does not see in the file: hidden rows and columns, and other sheets with a list."""
    told: list[Problem] = []

    def warn(row: int, column: str, value: str, code: str, **params: object) -> None:
        told.append(Problem(row, column, value, code, "warning", params))

    if rows := table.hidden.rows:
        warn(rows[0], "", "", "rows-hidden", rows=runs(rows))
    for column in table.hidden.columns:
        if column in columns.values():
            warn(table.header_row, clean(table.columns[column]), "", "column-hidden")
    for code, sheets in (("sheet-also", table.also), ("sheet-hidden", table.hidden.sheets)):
        for sheet in sheets:
            warn(table.header_row, "", clean(sheet), code)
    return told


def runs(numbers: Sequence[int]) -> str:
    """Numbers in rising order as people write them: 3, 5–9."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found)


_MASKABLE = frozenset(
    (
        "name",
        "name_latin",
        "phone",
        "email",
        "enterprise",
        "group",
        "credit_code",
        "contact",
        "contact_phone",
        "contact_email",
        "contacts",
    )
)


def email_address(text: str) -> str:
    """An address in its plain form, `local@host.tld`, half-width, the host in lower case.

    Quoted local parts, display names, hosts without a dot and numeric ones are refused: nobody registers with
    them, and each is far more often a slip. So is what begins like a formula. Raises email-invalid.
    """
    address = unicodedata.normalize("NFKC", text).strip()
    if len(address) > _EMAIL_LENGTH or not _EMAIL.fullmatch(address) or ".." in address:
        raise InvalidError("email-invalid", field="email")
    local, _, host = address.rpartition("@")
    return f"{local}@{host.lower()}"


def _moment(text: str) -> datetime:
    """Read 2019/4/10 19:24:34 and its kin. Raises ValueError."""
    parts = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if parts is None:
        raise ValueError(text)
    return datetime(*(int(part or 0) for part in parts.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
