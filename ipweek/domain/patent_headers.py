"""Which column of a patent export holds what, told by the headers, and which database it came from."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.import_recognition import LEFT_OUT, LONGEST_HEADER, column_letter
from ipweek.domain.patent_records import PatentField, PatentSource
from ipweek.domain.text import clean
from ipweek.domain.words import CountUnit

_F = PatentField

SYNONYMS: Mapping[PatentField, str] = {
    _F.PUBLICATION_NUMBER: (
        "公开(公告)号|公开公告号|公布(公告)号|公开号|公告号|授权公告号|专利公开号|文献号|公开(公告)号码"
        "|display key|publication number|publication no|publication numbers|id|patent number|publication_number"
    ),
    _F.APPLICATION_NUMBER: (
        "申请号|专利申请号|申请号码|申请(专利)号|专利号|application number|application no|appl no|application_number"
    ),
    _F.APPLICATION_DATE: (
        "申请日|申请日期|专利申请日|申请年|application date|filing date|filing/creation date|application_date"
    ),
    _F.PRIORITY_DATE: "最早优先权日|优先权日|earliest priority date|earliest priority|priority date",
    _F.PUBLICATION_DATE: (
        "公开(公告)日|公开公告日|公布(公告)日|公开日|公告日|首次公开日|专利公开日|公开(公告)日期"
        "|publication date|earliest publication|publication_date"
    ),
    _F.GRANT_DATE: "授权公告日|授权日|授权日期|grant date|granted date",
    _F.FAMILY: (
        "简单同族ID|简单同族编号|家族ID|同族ID|同族号|DocDB同族ID|family number|simple family id|family id"
        "|simple family number|docdb family id|inpadoc family id"
    ),
    _F.FAMILY_MEMBERS: "简单同族|DocDB同族|同族专利|simple family members|simple family",
    _F.KIND: "文献种类代码|文献代码|公开类型代码|种类代码|kind|kind code|publication kind",
    _F.TYPE: "专利类型|发明类型|专利种类|文献类型|document type|patent type|publication type",
    _F.APPLICANTS: (
        "申请人|[标]原始申请(专利权)人|原始申请(专利权)人|申请(专利权)人|申请人/专利权人|专利申请人"
        "|[标]当前申请(专利权)人|当前申请(专利权)人|标准化申请人|第一申请人|专利权人|当前权利人"
        "|applicants|applicant|assignee|assignees|original assignee|owners"
    ),
    _F.ADDRESS: (
        "申请人地址|原始申请(专利权)人地址|申请(专利权)人地址|第一申请人地址|地址|专利地址|联系地址"
        "|当前申请(专利权)人地址|当前专利权人地址|工商注册地址|applicant address|applicants address|address"
    ),
    _F.COUNTRY: (
        "申请人国别代码|申请人国家/地区|申请人国别|原始申请(专利权)人区域|原始申请(专利权)人国家|申请人国家"
        "|当前申请(专利权)人区域|当前申请(专利权)人国家|applicant country|applicants country|applicant countries"
    ),
    _F.PROVINCE: (
        "国省代码|申请人省市代码|国别省市代码|国省名称|国(省)代码|申请人国省代码|申请人省份|申请人所在省"
        "|原始申请(专利权)人州/省|当前申请(专利权)人州/省|省市|省份|省|applicant province|province"
    ),
    _F.CITY: (
        "中国申请人地市|申请人地市|申请人城市|申请人所在市|原始申请(专利权)人地市|当前申请(专利权)人地市"
        "|地市|城市|所在地市|applicant city|city"
    ),
    _F.DISTRICT: (
        "中国申请人区县|申请人区县|原始申请(专利权)人区县|当前申请(专利权)人区县|区县|applicant district"
    ),
    _F.POSTCODE: "申请人邮编|申请人邮政编码|邮编|邮政编码|applicant postcode|postcode|zip code|postal code",
    _F.IPC: (
        "IPC|IPC分类号|IPC分类|国际专利分类号|分类号|专利分类号|国际分类号|IPC主分类|IPC主分类号|主分类号|主IPC"
        "|IPC主分类号(小组)|IPCR classifications|I P C|international classification|ipc classifications|ipcr"
    ),
    _F.CPC: "CPC|CPC分类号|CPC分类|CPC主分类号|CPC classifications",
    _F.TITLE: (
        "标题|名称|发明名称|专利名称|专利标题|题名|标题(中文)|标题(译)(简体中文)|发明(设计)名称|title|patent title"
    ),
    _F.OFFICE: (
        "公开国别|受理局|公开国代码|专利国别|受理局代码|公开国家|jurisdiction|country|office|publication country"
        "|authority"
    ),
    _F.STATUS: "专利有效性|简单法律状态|当前法律状态|法律状态|有效性|法律状态/事件|legal status|patent status",
}

NUMBERS = (_F.PUBLICATION_NUMBER, _F.APPLICATION_NUMBER, _F.FAMILY)
"""At least one of these must be there: without a number nothing can be counted once."""

REGIONS = (_F.ADDRESS, _F.COUNTRY, _F.PROVINCE, _F.CITY, _F.DISTRICT, _F.POSTCODE)
"""The columns that tell where an applicant is."""

_ENOUGH = 3  # a number and two fields more make an export; fewer may be any list with an 申请号

_MARKS: tuple[tuple[PatentSource, tuple[str, ...]], ...] = (
    (PatentSource.LENS, ("lens id", "display key")),
    (PatentSource.GOOGLE, ("inventor/author", "filing/creation date", "result link")),
    (PatentSource.ESPACENET, ("family number", "earliest priority", "earliest publication")),
    (PatentSource.PATENTSCOPE, ("application id", "priorities data", "national phase entries", "I P C")),
    (PatentSource.INCOPAT, ("链接到incoPat", "合享价值度", "中国申请人地市", "申请人省市代码", "公开国别")),
    (
        PatentSource.PATSNAP,
        (
            "当前申请(专利权)人", "[标]当前申请(专利权)人", "[标]原始申请(专利权)人", "原始申请(专利权)人",
            "受理局", "简单同族编号", "当前申请(专利权)人地市", "法律状态/事件",
        ),
    ),
    (PatentSource.CNIPA, ("国省代码", "申请(专利权)人", "发明(设计)人", "申请(专利)号", "主权项")),
)  # fmt: skip
_SURE = {PatentSource.LENS: 1, PatentSource.CNIPA: 1, PatentSource.INCOPAT: 1, PatentSource.PATSNAP: 1}


@dataclass(frozen=True, slots=True)
class PatentFormat:
    """An export understood: the database, and the column (0 is the spreadsheet's A) of each field.

    `headers` are all headers as they stand there, `unmapped` those that hold nothing of use.
    """

    source: PatentSource
    columns: Mapping[PatentField, int]
    headers: tuple[str, ...]
    unmapped: tuple[str, ...]

    @property
    def mapping(self) -> dict[str, str]:
        """Header to field, in the order of the columns."""
        held = sorted((column, field) for field, column in self.columns.items())
        return {self.headers[column]: field.value for column, field in held}

    @property
    def tells_regions(self) -> bool:
        """Whether anything in a row can tell where its applicant is."""
        return self.source is PatentSource.ESPACENET or any(field in self.columns for field in REGIONS)

    @property
    def units(self) -> tuple[CountUnit, ...]:
        """What can be counted in this export, the natural unit first. Rows of Espacenet are whole families."""
        held = self.columns
        if self.source is PatentSource.ESPACENET or not {*NUMBERS[:2]} & set(held):
            return (CountUnit.FAMILY,)
        units = [CountUnit.APPLICATION, CountUnit.PUBLICATION]
        if _F.FAMILY in held or _F.FAMILY_MEMBERS in held:
            units.append(CountUnit.FAMILY)
        if {_F.KIND, _F.TYPE, _F.GRANT_DATE, _F.PUBLICATION_NUMBER} & set(held):
            units.append(CountUnit.GRANTED)
        if _F.STATUS in held:
            units.append(CountUnit.IN_FORCE)
        return tuple(units)

    def header(self, field: PatentField) -> str:
        """The header over a field, empty where no column holds it."""
        column = self.columns.get(field)
        return "" if column is None else self.headers[column]


def plain(header: str) -> str:
    """A header as it is compared: NFKC, lower case, letters and digits only."""
    return "".join(char for char in unicodedata.normalize("NFKC", header).casefold() if char.isalnum())


def _known() -> dict[str, tuple[PatentField, int]]:
    """Each header in its plain form, with its field and its rank; a word of two fields goes to the first."""
    found: dict[str, tuple[PatentField, int]] = {}
    for field, headers in SYNONYMS.items():
        for rank, header in enumerate(headers.split("|")):
            found.setdefault(plain(header), (field, rank))
    return found


_KNOWN = _known()


def score(cells: Iterable[str], mapping: Mapping[str, str] | None = None) -> int:
    """How many fields a row of texts names; 0 where no number is among them: it is no header."""
    names = {plain(cell) for cell in cells if len(cell) <= LONGEST_HEADER}
    fields = {_KNOWN[name][0].value for name in names if name in _KNOWN}
    fields |= {field for column, field in (mapping or {}).items() if plain(column) in names}
    return len(fields) if fields & {field.value for field in NUMBERS} else 0


def guessed(headers: Sequence[str], mapping: Mapping[str, str]) -> dict[int, PatentField]:
    """What each column would be by itself, for a table that `recognise` refuses."""
    told: dict[int, PatentField] = {}
    for column, header in enumerate(headers):
        known = _KNOWN.get(plain(header)) if len(header) <= LONGEST_HEADER else None
        named = mapping.get(header) or mapping.get(column_letter(column))
        if named in list(PatentField):
            told[column] = PatentField(named)
        elif known is not None and named is None:
            told[column] = known[0]
    return told


def recognise(headers: Sequence[str], mapping: Mapping[str, str] | None = None) -> PatentFormat:
    """Tell what each column holds; where several name one field, the surest synonym wins.

    `mapping` maps a header, or a column letter, to a field, or to `-` for a column to leave out. Raises
    InvalidError not-a-patent-export, column-twice (two equal headers), field-unknown; NotFoundError
    column-missing.
    """
    headers = tuple(clean(header) for header in headers)
    spoken = _spoken(headers, mapping or {})
    claims: dict[PatentField, list[tuple[int, int]]] = {}
    for column, header in enumerate(headers):
        known = _KNOWN.get(plain(header)) if len(header) <= LONGEST_HEADER else None
        if known is not None and column not in spoken and known[0] not in spoken.values():
            claims.setdefault(known[0], []).append((known[1], column))
    columns = {field: column for column, field in spoken.items() if field is not None}
    for field, found in claims.items():
        found.sort()
        _refuse_equal(headers, field, [column for rank, column in found if rank == found[0][0]])
        columns[field] = found[0][1]
    _refuse_other_lists(headers, columns, mapped=bool(mapping))
    held = set(columns.values())
    rest = tuple(header for column, header in enumerate(headers) if header and column not in held)
    return PatentFormat(_source(headers), MappingProxyType(columns), headers, rest)


def _spoken(headers: Sequence[str], mapping: Mapping[str, str]) -> dict[int, PatentField | None]:
    """What the user said of columns; None is one to leave out."""
    spoken: dict[int, PatentField | None] = {}
    for wanted, name in mapping.items():
        if name != LEFT_OUT and name not in list(PatentField):
            raise InvalidError("field-unknown", field=name, fields=[field.value for field in PatentField])
        field = None if name == LEFT_OUT else PatentField(name)
        if field is not None and field in spoken.values():
            columns = [column for column, other in mapping.items() if other == name]
            raise InvalidError("column-twice", field=name, columns=columns)
        spoken[_column_named(wanted, headers)] = field
    return spoken


def _column_named(wanted: str, headers: Sequence[str]) -> int:
    names = [plain(header) for header in headers]
    if plain(wanted) and plain(wanted) in names:
        return names.index(plain(wanted))
    for column in range(len(headers)):
        if column_letter(column) == wanted.upper():
            return column
    raise NotFoundError("column-missing", column=wanted, columns=[header for header in headers if header])


def _refuse_equal(headers: Sequence[str], field: PatentField, columns: Sequence[int]) -> None:
    if len(columns) > 1:
        told = [f"{headers[column]} ({column_letter(column)})" for column in columns]
        raise InvalidError("column-twice", field=field.value, columns=told)


def _refuse_other_lists(headers: Sequence[str], columns: Mapping[PatentField, int], *, mapped: bool) -> None:
    lacking = not set(columns) & set(NUMBERS)
    if lacking or (len(columns) < _ENOUGH and not mapped):
        needed = [SYNONYMS[field].split("|")[0] for field in NUMBERS[:2]]
        needed += [SYNONYMS[field].split("|")[0] for field in (_F.APPLICATION_DATE, _F.APPLICANTS)]
        shown = [header[:40] for header in headers if header][:20]
        raise InvalidError("not-a-patent-export", seen=shown, needed=needed)


def _source(headers: Sequence[str]) -> PatentSource:
    """The database whose own headers are met most; the more telling ones are asked first."""
    names = {plain(header) for header in headers}
    met = {source: sum(plain(mark) in names for mark in marks) for source, marks in _MARKS}
    best = max(met, key=lambda source: met[source])
    return best if met[best] >= _SURE.get(best, 2) else PatentSource.OTHER
