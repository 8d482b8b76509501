"""The kinds of records that are set up by hand, field by field."""

from ipweek.domain.records import Field, FieldKind, RecordKind
from ipweek.domain.words import Better, EventKind, EventStatus, Membership, QuestionKind


def N_(message: str) -> str:  # noqa: N802 - gettext's own name; the words are translated where they are shown
    """Mark a label for translation."""
    return message


_CODE = Field("code", N_("Code"), FieldKind.CODE, required=True, help=N_("short name for the command line"))
_NAME_ZH = Field("name_zh", N_("Name (Chinese)"))
_NAME_EN = Field("name_en", N_("Name (English)"))
_NOTE = Field("note", N_("Note"), FieldKind.LONG_TEXT)
_START = Field("start", N_("Start"), FieldKind.START, help=N_("2019-04-25, or with a time: 2019-04-25 09:30"))
_END = Field("end", N_("End"), FieldKind.START, help=N_("2019-04-25, or with a time: 2019-04-25 11:30"))
_CAPACITY = Field("capacity", N_("Capacity"), FieldKind.INTEGER, help=N_("empty: no limit"))
_STATUS = Field("status", N_("Status"), FieldKind.CHOICE, choices=EventStatus)

WEEK = RecordKind(
    "week",
    N_("Week"),
    N_("Weeks"),
    (
        _CODE,
        _NAME_ZH,
        _NAME_EN,
        Field("city_zh", N_("City (Chinese)")),
        Field("city_en", N_("City (English)")),
        Field("region_code", N_("Region code"), help=N_("GB/T 2260, such as 441300")),
        Field("year", N_("Year"), FieldKind.INTEGER, required=True),
        Field("zone", N_("Time zone"), FieldKind.ZONE, required=True, help=N_("such as Asia/Shanghai")),
        Field("starts_on", N_("First day"), FieldKind.DAY),
        Field("ends_on", N_("Last day"), FieldKind.DAY),
        Field("theme_zh", N_("Theme (Chinese)")),
        Field("theme_en", N_("Theme (English)")),
        _NOTE,
    ),
    ("code", "name", "year", "starts_on", "zone"),
)

VENUE = RecordKind(
    "venue",
    N_("Venue"),
    N_("Venues"),
    (_CODE, _NAME_ZH, _NAME_EN, Field("address", N_("Address")), _NOTE),
    ("code", "name", "address"),
)

ROOM = RecordKind(
    "room",
    N_("Room"),
    N_("Rooms"),
    (
        _CODE,
        Field("venue", N_("Venue"), FieldKind.REFERENCE, required=True, refers="venue"),
        _NAME_ZH,
        _NAME_EN,
        _CAPACITY,
        _NOTE,
    ),
    ("code", "name", "venue", "capacity"),
    parent="venue",
)

EVENT = RecordKind(
    "event",
    N_("Event"),
    N_("Events"),
    (
        _CODE,
        Field("week", N_("Week"), FieldKind.REFERENCE, required=True, refers="week"),
        Field("kind", N_("Kind"), FieldKind.CHOICE, required=True, choices=EventKind),
        _NAME_ZH,
        _NAME_EN,
        Field("venue", N_("Venue"), FieldKind.REFERENCE, refers="venue"),
        _START,
        _END,
        Field("grace_minutes", N_("Minutes of grace"), FieldKind.INTEGER, help=N_("later than this is late")),
        _CAPACITY,
        _STATUS,
        Field("membership", N_("Belongs to the week"), FieldKind.CHOICE, choices=Membership),
        Field("host", N_("Host")),
        Field("organizer", N_("Organizer")),
        Field("co_organizer", N_("Co-organizer")),
        _NOTE,
    ),
    ("code", "name", "kind", "start", "venue", "capacity", "status"),
    parent="week",
)

SESSION = RecordKind(
    "session",
    N_("Session"),
    N_("Sessions"),
    (
        _CODE,
        Field("event", N_("Event"), FieldKind.REFERENCE, required=True, refers="event"),
        Field("kind", N_("Kind"), FieldKind.CHOICE, required=True, choices=EventKind),
        _NAME_ZH,
        _NAME_EN,
        Field("room", N_("Room"), FieldKind.REFERENCE, refers="room"),
        _START,
        _END,
        _CAPACITY,
        Field(
            "speakers",
            N_("Speakers"),
            FieldKind.REFERENCES,
            refers="speaker",
            help=N_("codes, separated by ;"),
        ),
        Field("moderators", N_("Moderators"), FieldKind.REFERENCES, refers="speaker"),
        _STATUS,
        _NOTE,
    ),
    ("code", "name", "kind", "start", "room", "capacity", "status"),
    parent="event",
)

QUESTION = RecordKind(
    "question",
    N_("Question"),
    N_("Questions"),
    (
        _CODE,
        Field("event", N_("Event"), FieldKind.REFERENCE, required=True, refers="event"),
        Field("kind", N_("Kind"), FieldKind.CHOICE, required=True, choices=QuestionKind),
        Field("name_zh", N_("Question (Chinese)")),
        Field("name_en", N_("Question (English)")),
        Field("choices", N_("Answers to choose from"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("required", N_("Answer required"), FieldKind.FLAG),
        Field("position", N_("Place in the form"), FieldKind.INTEGER),
        _NOTE,
    ),
    ("code", "name", "kind", "required"),
    parent="event",
)

SPEAKER = RecordKind(
    "speaker",
    N_("Speaker"),
    N_("Speakers"),
    (
        _CODE,
        _NAME_ZH,
        _NAME_EN,
        Field("title", N_("Title")),
        Field("organisation", N_("Organisation")),
        _NOTE,
    ),
    ("code", "name", "title", "organisation"),
)

INDUSTRY = RecordKind(
    "industry",
    N_("Industry"),
    N_("Industries"),
    (
        _CODE,
        _NAME_ZH,
        _NAME_EN,
        Field("aliases", N_("Also called"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("standard_codes", N_("GB/T 4754 codes"), FieldKind.WORDS, help=N_("separated by ;")),
        _NOTE,
    ),
    ("code", "name", "aliases"),
)

ENTERPRISE = RecordKind(
    "enterprise",
    N_("Enterprise"),
    N_("Enterprises"),
    (
        _CODE,
        _NAME_ZH,
        _NAME_EN,
        Field("short_name", N_("Short name")),
        Field("credit_code", N_("Credit code"), help=N_("18 characters, GB 32100")),
        Field("district", N_("District")),
        Field("industries", N_("Industries"), FieldKind.REFERENCES, refers="industry"),
        Field("quota", N_("Delegate quota"), FieldKind.INTEGER),
        _NOTE,
    ),
    ("code", "name", "district", "industries", "quota"),
)

RESULT = RecordKind(
    "result",
    N_("Navigation result"),
    N_("Navigation results"),
    (
        _CODE,
        Field("industry", N_("Industry"), FieldKind.REFERENCE, required=True, refers="industry"),
        _NAME_ZH,
        _NAME_EN,
        Field("cut_off", N_("Data cut-off"), FieldKind.DAY),
        Field("search_query", N_("Search query"), FieldKind.LONG_TEXT),
        Field("databases", N_("Databases"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("commissioned_by", N_("Commissioned by")),
        Field("authors", N_("Authors")),
        Field("standard", N_("Standard")),
        _NOTE,
    ),
    ("code", "name", "industry", "version", "status", "released_on"),
    parent="industry",
)

INDICATOR = RecordKind(
    "indicator",
    N_("Indicator"),
    N_("Indicators"),
    (
        _CODE,
        Field("week", N_("Week"), FieldKind.REFERENCE, required=True, refers="week"),
        _NAME_ZH,
        _NAME_EN,
        Field("unit", N_("Unit")),
        Field("better", N_("Better is"), FieldKind.CHOICE, choices=Better),
        _NOTE,
    ),
    ("code", "name", "week", "unit"),
    parent="week",
)

KINDS = {
    kind.code: kind
    for kind in (
        WEEK,
        EVENT,
        SESSION,
        QUESTION,
        VENUE,
        ROOM,
        SPEAKER,
        INDUSTRY,
        ENTERPRISE,
        RESULT,
        INDICATOR,
    )
}
