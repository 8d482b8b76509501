"""The fields that many kinds of records share."""

from ipweek.domain.records import Field, FieldKind
from ipweek.domain.words import Comparator, EventStatus, Provenance


def N_(message: str) -> str:  # noqa: N802 - gettext's own name; the words are translated where they are shown
    """Mark a label for translation."""
    return message


CODE = Field("code", N_("Code"), FieldKind.CODE, required=True, help=N_("short name for the command line"))
NAME_ZH = Field("name_zh", N_("Name (Chinese)"))
NAME_EN = Field("name_en", N_("Name (English)"))
NOTE = Field("note", N_("Note"), FieldKind.LONG_TEXT)
START = Field("start", N_("Start"), FieldKind.START, help=N_("2019-04-25, or with a time: 2019-04-25 09:30"))
END = Field("end", N_("End"), FieldKind.START, help=N_("2019-04-25, or with a time: 2019-04-25 11:30"))
CAPACITY = Field("capacity", N_("Capacity"), FieldKind.INTEGER, help=N_("empty: no limit"))
STATUS = Field("status", N_("Status"), FieldKind.CHOICE, choices=EventStatus)
NUMBER = Field("code", N_("Code"), FieldKind.CODE, help=N_("empty: it gets the next number"))
TEXT_ZH = Field("text_zh", N_("Text (Chinese)"), FieldKind.LONG_TEXT)
TEXT_EN = Field("text_en", N_("Text (English)"), FieldKind.LONG_TEXT)
COMPARATOR = Field(
    "comparator", N_("Comparator"), FieldKind.CHOICE, choices=Comparator, help=N_("empty: exactly")
)
PROVENANCE = Field(
    "provenance", N_("Provenance"), FieldKind.CHOICE, choices=Provenance, help=N_("empty: stated")
)
SOURCE = Field("source", N_("Source"), FieldKind.REFERENCE, refers="source")
