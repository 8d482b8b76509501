"""Finding cases by words and filters: the library is small enough to be read whole, and nothing in it is missed."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.cases import CaseFilter, CaseList
from ipweek.domain.records import Facet, Record
from ipweek.domain.text import folded
from ipweek.services.records import as_records, find
from ipweek.storage.tables.cases import Case, CaseEvent, CaseParty
from ipweek.storage.tables.enterprises import Industry

_FILTERS = tuple(field.name for field in fields(CaseFilter) if field.name != "text")
_UNDATED = "9999"
_SPOKEN: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    (
        CaseParty,
        (CaseParty.name_zh, CaseParty.name_en, CaseParty.country, CaseParty.credit_code, CaseParty.note),
    ),
    (CaseEvent, (CaseEvent.happened, CaseEvent.text_zh, CaseEvent.text_en, CaseEvent.note)),
)


_LATIN = r"[a-z0-9\u00df-\u024f]"


@lru_cache
def _pattern(word: str) -> re.Pattern[str]:
    """Where a word stands, whatever the spacing; one of Latin letters begins a word: LED is not in filed."""
    sought = folded(word)
    start = f"(?<!{_LATIN})" if re.match(_LATIN, sought) else ""
    return re.compile(start + r"\s*".join(map(re.escape, sought)))


@dataclass(frozen=True, slots=True)
class _Book:
    """A case with the text in which words are looked for."""

    record: Record
    industry: Industry | None
    text: str

    def passes(self, wanted: CaseFilter, *, but: str = "") -> bool:
        """Whether the case is one of these; `but` is a filter that is not asked."""
        return all(
            self._meets(name, value)
            for name in _FILTERS
            if name != but and (value := getattr(wanted, name)) is not None
        ) and all(_pattern(word).search(self.text) for word in wanted.text.split())

    def _meets(self, name: str, value: str) -> bool:
        held = self.record.values
        if name == "forum":
            return any(folded(value) in folded(held[key] or "") for key in ("forum_zh", "forum_en"))
        return value in held["countermeasures"] if name == "countermeasure" else held[name] == value

    def facets(self) -> Iterator[tuple[str, str, str | None, str | None]]:
        """What each filter would have to be for this case: field, value, and its name where it is no vocabulary's."""
        held = self.record.values
        if self.industry is not None:
            yield "industry", self.industry.code, self.industry.name_zh, self.industry.name_en
        forum = held["forum_en"] or held["forum_zh"]
        if forum:
            yield "forum", forum, held["forum_zh"], held["forum_en"]
        yield "cause", held["cause"], None, None
        for countermeasure in held["countermeasures"]:
            yield "countermeasure", countermeasure, None, None


def search(session: Session, wanted: CaseFilter, offset: int, limit: int) -> CaseList:
    """The cases that are wanted, the oldest first and the undated last, and what the filters could be set to."""
    if wanted.industry:
        wanted = replace(wanted, industry=find(session, "industry", wanted.industry).code)
    books = _library(session)
    found = [book.record for book in books if book.passes(wanted)]
    return CaseList(tuple(found[offset : offset + limit]), len(found), tuple(_facets(books, wanted)))


def _facets(books: list[_Book], wanted: CaseFilter) -> Iterator[Facet]:
    for name in _FILTERS:
        counts = Counter(
            facet
            for book in books
            if book.passes(wanted, but=name)
            for facet in book.facets()
            if facet[0] == name
        )
        for (_name, value, zh, en), count in sorted(
            counts.items(), key=lambda item: (-item[1], str(item[0][1]))
        ):
            yield Facet(name, value, zh, en, count)


def _library(session: Session) -> list[_Book]:
    rows = session.scalars(select(Case).where(Case.archived_at.is_(None))).all()
    industries = {row.code: row for row in session.scalars(select(Industry))}
    said = _said(session)
    steps = defaultdict(list)
    for case, happened in session.execute(select(CaseEvent.case_id, CaseEvent.happened)):
        steps[case].append(happened)
    books = []
    for record in as_records(session, "case", rows):
        span = {"first": min(steps[record.id], default=None), "last": max(steps[record.id], default=None)}
        industry = industries.get(record.values["industry"])
        named = (industry.name_zh, industry.name_en, *industry.aliases) if industry else ()
        parts = (record.code, *_texts((*record.values.values(), *named, *said[record.id])))
        told = replace(record, values=MappingProxyType({**record.values, **span}))
        books.append(_Book(told, industry, unicodedata.normalize("NFKC", "\n".join(parts)).casefold()))
    return sorted(books, key=lambda book: (book.record.values["first"] or _UNDATED, book.record.code))


def _said(session: Session) -> Mapping[UUID, list[str | None]]:
    """What parties and steps say, by case."""
    found: defaultdict[UUID, list[str | None]] = defaultdict(list)
    for table, columns in _SPOKEN:
        for case, *texts in session.execute(select(table.case_id, *columns)):
            found[case] += texts
    return found


def _texts(values: Iterable[Any]) -> Iterator[str]:
    """What people wrote; the codes of vocabularies are for the filters."""
    for value in values:
        for part in value if isinstance(value, tuple) else (value,):
            if part is not None and not isinstance(part, StrEnum):
                yield str(part)
