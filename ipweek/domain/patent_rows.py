"""The cells of a row of a patent export, read into a record by its format."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ipweek.domain import ipc
from ipweek.domain import patent_numbers as numbers
from ipweek.domain.patent_headers import PatentFormat
from ipweek.domain.patent_records import CellFault, PatentField, PatentRecord, PatentSource
from ipweek.domain.regions import country_code
from ipweek.domain.text import clean
from ipweek.domain.words import PatentType

_F = PatentField
_SEVERAL = re.compile(r"\s*(?:;;|[;；|、\n\r])+\s*")
_IN_ORDER = re.compile(r"\s*(?:;;|[;；|\n\r])\s*")
_COUNTRY_MARK = re.compile(r"\s*\[([A-Z]{2})\]$")
_LEGAL_FORM = re.compile(
    r"(?:co|ltd|limited|inc|incorporated|llc|l\.l\.c|corp|corporation|company|s\.?a|s\.?p\.?a|gmbh|ag|n\.?v|b\.?v"
    r"|plc|lp|l\.p|kk|k\.k|pte|pty|a/s|oy|ab)\b\.?.{0,4}",
    re.IGNORECASE,
)
_OFFICES_APART = {
    "中国台湾": "TW",
    "台湾": "TW",
    "中国香港": "HK",
    "香港": "HK",
    "欧洲": "EP",
    "中国澳门": "MO",
}
_NOTHING = frozenset(("-", "--", "—", "/", "无", "N/A", "n/a", "null", "NULL", "None", "nan"))
_IN_FORCE = frozenset(("有效", "有权", "授权", "有效专利", "维持", "active", "in force", "in-force"))
_NOT_IN_FORCE = frozenset(
    ("无效", "失效", "无权", "审中", "在审", "审查中", "公开", "实质审查", "撤回", "驳回", "放弃", "届满", "终止",
     "未缴年费", "期限届满", "权利终止", "pending", "expired", "inactive", "discontinued", "dead", "lapsed",
     "withdrawn", "revoked")
)  # fmt: skip


class RowReader:
    """Reads rows of one format."""

    def __init__(self, layout: PatentFormat) -> None:
        self._columns = dict(layout.columns)
        self._source = layout.source

    def read(self, cells: Sequence[str]) -> PatentRecord:
        """The record of a row; what cannot be read is left empty and told as a fault."""
        faults: list[CellFault] = []
        texts = {
            field: _text(cells[column])
            for field, column in self._columns.items()
            if column < len(cells) and cells[column]
        }
        get = texts.get
        offices, documents = self._documents(
            get(_F.PUBLICATION_NUMBER, ""), get(_F.OFFICE, ""), get(_F.KIND, "")
        )
        first = (
            documents[0]
            if documents
            else numbers.Document(offices[0] if offices else "", "", get(_F.KIND, ""))
        )
        number = self._application(get(_F.APPLICATION_NUMBER, ""), first.office, faults)
        applicants, countries = self._applicants(get(_F.APPLICANTS, ""))
        filed = _day(texts, _F.APPLICATION_DATE, faults)
        published = _day(texts, _F.PUBLICATION_DATE, faults)
        priority = _day(texts, _F.PRIORITY_DATE, faults)
        patent_type, type_grants = _type(get(_F.TYPE, ""))
        return PatentRecord(
            publication_number="".join(first) if first.number else "",
            application_number=number,
            application_date=filed.day if filed else None,
            application_year=filed.year if filed else numbers.year_of_number(number),
            priority_year=priority.year if priority else None,
            publication_date=published.day if published else None,
            family=_family(get(_F.FAMILY, ""), get(_F.FAMILY_MEMBERS, ""), first),
            kind=first.kind,
            patent_type=patent_type
            or numbers.type_of_kind(first.office, first.kind)
            or numbers.type_of_number(number),
            granted=_granted(documents or [first], type_grants, has_day=bool(get(_F.GRANT_DATE))),
            in_force=_in_force(get(_F.STATUS, "")),
            applicants=applicants,
            addresses=_aligned(get(_F.ADDRESS, "")),
            countries=_aligned(get(_F.COUNTRY, "")) or countries,
            provinces=_aligned(get(_F.PROVINCE, "")),
            cities=_aligned(get(_F.CITY, "")),
            districts=_aligned(get(_F.DISTRICT, "")),
            postcodes=_aligned(get(_F.POSTCODE, "")),
            symbols=_symbols(texts, faults),
            title=get(_F.TITLE, ""),
            offices=offices,
            status=get(_F.STATUS, ""),
            faults=tuple(faults),
        )

    def _documents(self, text: str, office: str, kind: str) -> tuple[tuple[str, ...], list[numbers.Document]]:
        """The publications of the row, of which Espacenet puts all of a family into one cell."""
        named = _office(office)
        if self._source is PatentSource.ESPACENET:
            documents = [
                numbers.publication(part, named, kind) for part in re.split(r"[\s;,]+", text) if part
            ]
        else:
            documents = [numbers.publication(text, named, kind)] if text else []
        documents = [document for document in documents if document.number]
        offices = dict.fromkeys(document.office for document in documents if document.office)
        if named:
            offices.setdefault(named)
        return tuple(offices), documents

    def _application(self, text: str, office: str, faults: list[CellFault]) -> str:
        if not text:
            return ""
        if numbers.is_rounded(text):
            faults.append(CellFault(_F.APPLICATION_NUMBER, text, "number-rounded"))
            return ""
        return numbers.application(text, office)

    def _applicants(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names, and the countries that Espacenet writes behind them: `EVE ENERGY CO LTD [CN]`."""
        if self._source is PatentSource.GOOGLE:
            return _parted_by_commas(text), ()
        names = _several(text)
        if self._source is not PatentSource.ESPACENET or "[" not in text:
            return names, ()
        marks = [_COUNTRY_MARK.search(name) for name in names]
        bare = tuple(_COUNTRY_MARK.sub("", name) for name in names)
        return bare, tuple(mark[1] for mark in marks if mark)


def _text(cell: str) -> str:
    text = cell.strip()
    if text in _NOTHING:
        return ""
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]  # how exports keep a spreadsheet from rounding a number
    return text if text.isprintable() else clean(text, lines=True)


def _aligned(text: str) -> tuple[str, ...]:
    """The values of a cell with one for every applicant; a dash keeps the place of one that is not told."""
    return tuple("" if part in _NOTHING else part for part in _IN_ORDER.split(text)) if text else ()


def _several(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    if text.isascii() and ";" not in text and "\n" not in text and "|" not in text:
        return (text,)
    return tuple(part for part in map(str.strip, _SEVERAL.split(text)) if part and part not in _NOTHING)


@lru_cache(maxsize=1 << 12)
def _parted_by_commas(text: str) -> tuple[str, ...]:
    """Names parted by commas, which also stand before `Ltd.`"""
    names: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,，;]", text))):
        if names and _LEGAL_FORM.fullmatch(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return tuple(names)


def _day(texts: dict[PatentField, str], field: PatentField, faults: list[CellFault]) -> numbers.Day | None:
    text = texts.get(field)
    if not text:
        return None
    found = numbers.day(text)
    if found is None:
        faults.append(CellFault(field, text, "date-unreadable"))
    return found


@lru_cache(maxsize=1 << 10)
def _office(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) == 2 and plain.isascii() and plain.isalpha():
        return plain.upper()
    if code := re.search(r"[(;,]\s*([A-Z]{2})\b|^([A-Z]{2})[(;,]", plain):
        return code[1] or code[2]
    return _OFFICES_APART.get(plain) or country_code(plain)


@lru_cache(maxsize=1 << 10)
def _type(text: str) -> tuple[PatentType | None, bool | None]:
    """The type in words, and whether the words say that it is granted."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    granted = (
        True
        if re.search(r"授权|grant", plain)
        else False
        if "申请" in plain or "application" in plain
        else None
    )
    if re.search(r"外观|design", plain):
        return PatentType.DESIGN, granted
    if re.search(r"新型|utility model|limited patent", plain):
        return PatentType.UTILITY, granted
    if re.search(r"发明|invention|patent application|granted patent|patent of addition", plain):
        return PatentType.INVENTION, granted
    return None, granted


def _granted(documents: Sequence[numbers.Document], by_type: bool | None, *, has_day: bool) -> bool | None:  # noqa: FBT001 - told, not told, or neither
    told = [numbers.is_grant(document.office, document.kind) for document in documents]
    if has_day or by_type or any(told):
        return True
    return False if by_type is False or False in told else None


@lru_cache(maxsize=1 << 10)
def _in_force(text: str) -> bool | None:
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in _IN_FORCE:
        return True
    return False if plain in _NOT_IN_FORCE else None


def _family(family: str, members: str, own: numbers.Document) -> str:
    """The family's number, or where only its members are listed, the first of them all in order."""
    if family:
        return re.sub(r"\s", "", family).upper()
    if not members:
        return ""
    listed = {re.sub(r"[^0-9A-Z]", "", member.upper()) for member in re.split(r"[;；|,\n]+", members)}
    return "M" + min(listed - {""} | ({"".join(own)} if own.number else set()))


def _symbols(texts: dict[PatentField, str], faults: list[CellFault]) -> tuple[str, ...]:
    """The IPC symbols, or where there are none the CPC symbols, each once."""
    for field in (_F.IPC, _F.CPC):
        found: dict[str, None] = {}
        for part in ipc.parts(texts.get(field, "")):
            code = ipc.normalise(part)
            if code is None:
                faults.append(CellFault(field, part, "symbol-invalid"))
            else:
                found[code] = None
        if found:
            return tuple(found)
    return ()
