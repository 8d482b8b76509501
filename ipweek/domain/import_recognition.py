"""Which column of a spreadsheet holds which field: how a header row is recognised, and what is remembered of it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ipweek.domain.errors import InvalidError, NotFoundError, UsageError
from ipweek.domain.import_fields import KINDS, MANY, ONE_OF, Field
from ipweek.domain.text import clean, letters

LONGEST_HEADER = 200
"""Characters; a longer text is no header, and is not even looked at."""

LEFT_OUT = "-"
"""What `--map COL=-` says: this column is nothing."""


REASON_HEADERS = ("Reason for refusal", "拒收原因")
"""The header of the last column of a list of refused rows, in either language; an import passes over it."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which column (0 is the spreadsheet's A) holds which field, and the headers that name none."""

    fields: Mapping[int, str] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()

    def column(self, name: str) -> int | None:
        """The column that holds a field, or None."""
        return next((column for column, known in self.fields.items() if known == name), None)


_REASONS = frozenset(map(letters, REASON_HEADERS))
_BRACKETED = re.compile(r"[(\[{<《〈「【〔][^)\]}>》〉」】〕]*[)\]}>》〉」】〕]")
_NUMBERING = re.compile(
    r"^\s*(?:第?\s*[0-9一二三四五六七八九十]{1,3}\s*题?|q\s*\d{1,3})\s*[、..:)]\s*", re.IGNORECASE
)
_RATED = re.compile(
    r"评价|评分|打分|满意|分值|[1１]\s*分?\s*[-–—~～至到]\s*[5５]\s*分?|rating|score|satisf|\brate\b|1\s*(?:to|-|–)\s*5",
    re.IGNORECASE,
)
_SCALE = re.compile(r"[(\[（【][^)\]）】]*[1１][^)\]）】]*[5５][^)\]）】]*[)\]）】]\s*$")
_COURTESY = re.compile(r"^(?:请(?:输入|填写|选择|提供|问)?)?(?:您|你|贵)?的?(?=.{2})")


def recognise(
    headers: Sequence[str],
    kind: str,
    overrides: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> Recognition:
    """Tell which column holds which field of an import of this kind (a key of `KINDS`).

    Where several headers name one field, the surest synonym wins and the others stay unmapped. `overrides`
    maps a header, or a column letter, to a field (see `parse_map`); what is `remembered` of these headers holds
    where they say nothing. Raises InvalidError field-unknown, and column-twice where a required field is named
    twice alike; NotFoundError column-missing.
    """
    chosen, left_out = _overridden(headers, KINDS[kind], overrides or {})
    _recall(headers, remembered or {}, chosen, left_out)
    synonyms = _synonyms(kind)
    claims: dict[str, list[tuple[int, int]]] = {}
    for column, header in enumerate(headers):
        found = None if column in left_out or len(header) > LONGEST_HEADER else _lookup(header, synonyms)
        if found is not None and found[1].name not in chosen.values():
            claims.setdefault(found[1].name, []).append((found[0], column))
    for known in KINDS[kind]:
        columns = [column for _, column in sorted(claims.get(known.name, ()))]
        if known.required and len({_plain_core(headers[column]) for column in columns[:2]}) < len(
            columns[:2]
        ):
            raise InvalidError(
                "column-twice", field=known.name, columns=[headers[column] for column in columns]
            )
        if columns:
            chosen[columns[0]] = known.name
    if kind == "feedback":
        chosen |= _rated(headers, chosen, left_out)
    rest = (clean(headers[column]) for column in range(len(headers)) if column not in chosen)
    return Recognition(
        dict(sorted(chosen.items())), tuple(header for header in rest if header and not is_reason(header))
    )


def _recall(
    headers: Sequence[str], remembered: Mapping[str, str], chosen: dict[int, str], spoken: set[int]
) -> None:
    """Add what is remembered where the user said nothing else."""
    places = {letters(header): column for column, header in enumerate(headers) if header}
    for header, name in remembered.items():
        column = places.get(header)
        if column is None or column in spoken or (name in chosen.values() and name not in MANY):
            continue
        spoken.add(column)
        if name != LEFT_OUT:
            chosen[column] = name


def is_reason(header: str) -> bool:
    """Whether a header is that of the reasons in a list of refused rows, which is nothing of the file's own."""
    return letters(header) in _REASONS


def header_digest(headers: Iterable[str]) -> str:
    """What a set of headers is known again by, in whatever order and width it is written."""
    plain = sorted(letters(header) for header in headers if header and not is_reason(header))
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()


def to_remember(headers: Sequence[str], kind: str, recognition: Recognition) -> dict[str, str] | None:
    """What to keep of how these headers were read: each by its plain form, `-` where it was left out.

    None where a guess says the same, so that nothing need be kept. A header that stands twice is not kept.
    """
    try:
        if recognise(headers, kind).fields == recognition.fields:
            return None
    except InvalidError:  # what cannot be guessed is worth remembering
        pass
    plain = [letters(header) for header in headers]
    return {
        name: recognition.fields.get(column, LEFT_OUT)
        for column, name in enumerate(plain)
        if name and plain.count(name) == 1 and name not in _REASONS
    }


def _rated(headers: Sequence[str], chosen: Mapping[int, str], left_out: set[int]) -> dict[int, str]:
    """The further questions of a form that ask for a score."""
    return {
        column: "rating"
        for column, header in enumerate(headers)
        if column not in chosen
        and column not in left_out
        and len(header) <= LONGEST_HEADER
        and _RATED.search(header)
    }


def question_of(header: str) -> str:
    """What a column of a form asks, without its number and the scale behind it."""
    bare = clean(_SCALE.sub("", _without_numbering(header))).rstrip(":： ")
    return bare or clean(header)


def likelier(headers: Sequence[str], kind: str) -> str | None:
    """The kind of spreadsheet (a key of `KINDS`) that knows more of these headers than the named one does, if any."""

    def known(each: str) -> int:
        found = (_lookup(header, _synonyms(each)) for header in headers if len(header) <= LONGEST_HEADER)
        return len({hit[1].name for hit in found if hit is not None})

    best = max((kind, *KINDS), key=known)
    return best if best != kind else None


@dataclass(frozen=True, slots=True)
class HeaderRecogniser:
    """How a reader finds the header row of an import of one kind, with what `--map` said."""

    kind: str
    overrides: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What earlier imports keep of headers, by `header_digest`."""

    def recall(self, headers: Sequence[str]) -> Mapping[str, str]:
        """What is remembered of these headers."""
        return self.remembered.get(header_digest(headers), {}) if self.remembered else {}

    @property
    def expected(self) -> tuple[str, ...]:
        """The usual headers of the required fields."""
        needed = [
            known for known in KINDS[self.kind] if known.required or known.name in ONE_OF.get(self.kind, ())
        ]
        return tuple(header for known in needed for header in known.headers[:3])

    def score(self, headers: Sequence[str]) -> int:
        """How many fields a row of texts names; 0 where a required one is missing: it is no header."""
        try:
            recognition = recognise(headers, self.kind, self.overrides, self.recall(headers))
        except NotFoundError:
            recognition = recognise(headers, self.kind)
        except InvalidError as error:
            if error.code == "field-unknown":
                raise
            return 1
        held = set(recognition.fields.values())
        complete = all(known.name in held for known in KINDS[self.kind] if known.required)
        either = ONE_OF.get(self.kind)
        return (
            len(held) if complete and (either is None or (len(held) > 1 and held.intersection(either))) else 0
        )


def parse_map(items: Iterable[str]) -> dict[str, str]:
    """Read `COL=FIELD` items; COL is a header or a column letter, FIELD may be `-` for a column to leave out.

    Raises UsageError map-form.
    """
    overrides: dict[str, str] = {}
    for item in items:
        column, equals, name = item.rpartition("=")
        if not equals or not column.strip() or not name.strip():
            raise UsageError("map-form", item=item)
        overrides[column.strip()] = name.strip()
    return overrides


def column_letter(column: int) -> str:
    """The letters over a column (0 is A), as spreadsheets show them."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _overridden(
    headers: Sequence[str], fields: Sequence[Field], overrides: Mapping[str, str]
) -> tuple[dict[int, str], set[int]]:
    """What the user said: columns with their fields, and all columns that he spoke of."""
    chosen: dict[int, str] = {}
    spoken: set[int] = set()
    names = {known.name for known in fields}
    for header, name in overrides.items():
        if name != LEFT_OUT and name not in names:
            raise InvalidError("field-unknown", field=name, fields=sorted(names))
        column = _column_named(header, headers)
        spoken.add(column)
        if name == LEFT_OUT:
            continue
        if name in chosen.values() and name not in MANY:
            raise InvalidError(
                "column-twice", field=name, columns=[key for key, known in overrides.items() if known == name]
            )
        chosen[column] = name
    return chosen, spoken


def _column_named(wanted: str, headers: Sequence[str]) -> int:
    for form in (letters, _plain_core):
        for column, header in enumerate(headers):
            if header and form(header) == form(wanted):
                return column
    for column in range(len(headers)):
        if column_letter(column) == wanted.upper():
            return column
    raise NotFoundError(
        "column-missing", column=wanted, columns=[clean(header) for header in headers if clean(header)]
    )


@cache
def _synonyms(kind: str) -> Mapping[str, tuple[int, Field]]:
    """Each header in its plain form, with its rank and its field; a word of two fields goes to the first."""
    found: dict[str, tuple[int, Field]] = {}
    for known in KINDS[kind]:
        for rank, header in enumerate(known.headers):
            found.setdefault(letters(header), (rank, known))
    return found


def _lookup(header: str, synonyms: Mapping[str, tuple[int, Field]]) -> tuple[int, Field] | None:
    """Ask with the words in brackets first, for 名称（英文）is another field than 名称（全称）."""
    return synonyms.get(letters(_without_numbering(header))) or synonyms.get(_plain_core(header))


def _plain_core(header: str) -> str:
    """The header compared without numbering, hints in brackets and courtesies."""
    bare = _BRACKETED.sub("", _without_numbering(header)).strip()
    return _COURTESY.sub("", letters(bare) if bare else letters(header))


def _without_numbering(header: str) -> str:
    return _NUMBERING.sub("", unicodedata.normalize("NFKC", header))
