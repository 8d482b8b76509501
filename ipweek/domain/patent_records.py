"""One row of a patent export, whatever database it came from, and the fields that its columns may hold."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipweek.domain.words import PatentType


class PatentField(StrEnum):
    """What a column of a patent export can hold; the names are those of `--map COL=FIELD`."""

    PUBLICATION_NUMBER = "publication_number"
    APPLICATION_NUMBER = "application_number"
    APPLICATION_DATE = "application_date"
    PRIORITY_DATE = "priority_date"
    PUBLICATION_DATE = "publication_date"
    GRANT_DATE = "grant_date"
    FAMILY = "family"
    FAMILY_MEMBERS = "family_members"
    KIND = "kind"
    TYPE = "type"
    APPLICANTS = "applicants"
    ADDRESS = "address"
    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    POSTCODE = "postcode"
    IPC = "ipc"
    CPC = "cpc"
    TITLE = "title"
    OFFICE = "office"
    STATUS = "status"


class PatentSource(StrEnum):
    """The databases whose exports are known by their columns."""

    LENS = "lens"
    GOOGLE = "google"
    PATENTSCOPE = "patentscope"
    ESPACENET = "espacenet"
    INCOPAT = "incopat"
    PATSNAP = "patsnap"
    CNIPA = "cnipa"
    OTHER = "other"


class ReadingStoppedError(Exception):
    """Somebody asked to stop while an export was being read; nothing came of it."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that could not be read as what its column holds."""

    field: PatentField
    value: str
    code: str


@dataclass(frozen=True, slots=True)
class PatentRecord:
    """A row read: numbers and symbols in their normal forms, lists parted, what is not told empty or None.

    `offices` are where the row's publications came out, two letters each. `application_year` may be known
    without the day. `granted` and `in_force` are None where nothing in the row tells.
    """

    publication_number: str = ""
    application_number: str = ""
    application_date: date | None = None
    application_year: int | None = None
    priority_year: int | None = None
    publication_date: date | None = None
    family: str = ""
    kind: str = ""
    patent_type: PatentType | None = None
    granted: bool | None = None
    in_force: bool | None = None
    applicants: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    title: str = ""
    offices: tuple[str, ...] = ()
    status: str = ""
    faults: tuple[CellFault, ...] = ()
