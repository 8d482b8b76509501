"""The kinds of records that are set up by hand, field by field."""

from ipweek.domain.kind_fields import (
    CAPACITY,
    CODE,
    END,
    N_,
    NAME_EN,
    NAME_ZH,
    NOTE,
    START,
    STATUS,
)
from ipweek.domain.kinds_cases import CASE, CASE_EVENT, CASE_PARTY
from ipweek.domain.kinds_exchange import DEMAND, DEMAND_ACTION, DEMAND_ANSWER
from ipweek.domain.kinds_navigation import (
    APPLICANT,
    BRANCH,
    CHAIN_NODE,
    DOCUMENT,
    FINDING,
    INDICATOR,
    INDICATOR_VALUE,
    LEVEL_COUNT,
    RECEIPT,
    RECOMMENDATION,
    RESULT,
    SOURCE,
    STATEMENT,
    YEAR_COUNT,
)
from ipweek.domain.kinds_report import COVERAGE, PHOTOGRAPH
from ipweek.domain.records import Field, FieldKind, RecordKind
from ipweek.domain.words import EventKind, Membership, QuestionKind

WEEK = RecordKind(
    "week",
    N_("Week"),
    N_("Weeks"),
    (
        CODE,
        NAME_ZH,
        NAME_EN,
        Field("city_zh", N_("City (Chinese)")),
        Field("city_en", N_("City (English)")),
        Field("region_code", N_("Region code"), help=N_("GB/T 2260, such as 441300")),
        Field("year", N_("Year"), FieldKind.INTEGER, required=True),
        Field("zone", N_("Time zone"), FieldKind.ZONE, required=True, help=N_("such as Asia/Shanghai")),
        Field("starts_on", N_("First day"), FieldKind.DAY),
        Field("ends_on", N_("Last day"), FieldKind.DAY),
        Field("theme_zh", N_("Theme (Chinese)")),
        Field("theme_en", N_("Theme (English)")),
        NOTE,
    ),
    ("code", "name", "year", "starts_on", "zone"),
)

VENUE = RecordKind(
    "venue",
    N_("Venue"),
    N_("Venues"),
    (CODE, NAME_ZH, NAME_EN, Field("address", N_("Address")), NOTE),
    ("code", "name", "address"),
)

ROOM = RecordKind(
    "room",
    N_("Room"),
    N_("Rooms"),
    (
        CODE,
        Field("venue", N_("Venue"), FieldKind.REFERENCE, required=True, refers="venue"),
        NAME_ZH,
        NAME_EN,
        CAPACITY,
        NOTE,
    ),
    ("code", "name", "venue", "capacity"),
    parent="venue",
)

EVENT = RecordKind(
    "event",
    N_("Event"),
    N_("Events"),
    (
        CODE,
        Field("week", N_("Week"), FieldKind.REFERENCE, required=True, refers="week"),
        Field("kind", N_("Kind"), FieldKind.CHOICE, required=True, choices=EventKind),
        NAME_ZH,
        NAME_EN,
        Field("venue", N_("Venue"), FieldKind.REFERENCE, refers="venue"),
        START,
        END,
        Field("grace_minutes", N_("Minutes of grace"), FieldKind.INTEGER, help=N_("later than this is late")),
        CAPACITY,
        STATUS,
        Field("membership", N_("Belongs to the week"), FieldKind.CHOICE, choices=Membership),
        Field("host", N_("Host")),
        Field("organizer", N_("Organizer")),
        Field("co_organizer", N_("Co-organizer")),
        NOTE,
    ),
    ("code", "name", "kind", "start", "venue", "capacity", "status"),
    parent="week",
)

SESSION = RecordKind(
    "session",
    N_("Session"),
    N_("Sessions"),
    (
        CODE,
        Field("event", N_("Event"), FieldKind.REFERENCE, required=True, refers="event"),
        Field("kind", N_("Kind"), FieldKind.CHOICE, required=True, choices=EventKind),
        NAME_ZH,
        NAME_EN,
        Field("room", N_("Room"), FieldKind.REFERENCE, refers="room"),
        START,
        END,
        CAPACITY,
        Field(
            "speakers",
            N_("Speakers"),
            FieldKind.REFERENCES,
            refers="speaker",
            help=N_("codes, separated by ;"),
        ),
        Field("moderators", N_("Moderators"), FieldKind.REFERENCES, refers="speaker"),
        STATUS,
        NOTE,
    ),
    ("code", "name", "kind", "start", "room", "capacity", "status"),
    parent="event",
)

QUESTION = RecordKind(
    "question",
    N_("Question"),
    N_("Questions"),
    (
        CODE,
        Field("event", N_("Event"), FieldKind.REFERENCE, required=True, refers="event"),
        Field("kind", N_("Kind"), FieldKind.CHOICE, required=True, choices=QuestionKind),
        Field("name_zh", N_("Question (Chinese)")),
        Field("name_en", N_("Question (English)")),
        Field("choices", N_("Answers to choose from"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("required", N_("Answer required"), FieldKind.FLAG),
        Field("position", N_("Place in the form"), FieldKind.INTEGER),
        NOTE,
    ),
    ("code", "name", "kind", "required"),
    parent="event",
)

SPEAKER = RecordKind(
    "speaker",
    N_("Speaker"),
    N_("Speakers"),
    (
        CODE,
        NAME_ZH,
        NAME_EN,
        Field("title", N_("Title")),
        Field("organisation", N_("Organisation")),
        NOTE,
    ),
    ("code", "name", "title", "organisation"),
)

INDUSTRY = RecordKind(
    "industry",
    N_("Industry"),
    N_("Industries"),
    (
        CODE,
        NAME_ZH,
        NAME_EN,
        Field("aliases", N_("Also called"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("standard_codes", N_("GB/T 4754 codes"), FieldKind.WORDS, help=N_("separated by ;")),
        NOTE,
    ),
    ("code", "name", "aliases"),
)

ENTERPRISE = RecordKind(
    "enterprise",
    N_("Enterprise"),
    N_("Enterprises"),
    (
        CODE,
        NAME_ZH,
        NAME_EN,
        Field("short_name", N_("Short name")),
        Field("credit_code", N_("Credit code"), help=N_("18 characters, GB 32100")),
        Field("district", N_("District")),
        Field("industries", N_("Industries"), FieldKind.REFERENCES, refers="industry"),
        Field("quota", N_("Delegate quota"), FieldKind.INTEGER),
        Field(
            "group",
            N_("Corporate group"),
            FieldKind.REFERENCE,
            refers="enterprise",
            help=N_("the enterprise at the head of its group"),
        ),
        NOTE,
    ),
    ("code", "name", "district", "industries", "quota"),
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
        SOURCE,
        RESULT,
        LEVEL_COUNT,
        YEAR_COUNT,
        BRANCH,
        APPLICANT,
        CHAIN_NODE,
        FINDING,
        RECOMMENDATION,
        STATEMENT,
        DOCUMENT,
        RECEIPT,
        CASE,
        CASE_PARTY,
        CASE_EVENT,
        DEMAND,
        DEMAND_ANSWER,
        DEMAND_ACTION,
        INDICATOR,
        INDICATOR_VALUE,
        COVERAGE,
        PHOTOGRAPH,
    )
}
"""In an order in which every kind stands after those it refers to, but for answers' and parts' own parents."""

PARTS = {
    parent: tuple(kind.code for kind in KINDS.values() if kind.numbered and kind.parent == parent)
    for parent in ("result", "case", "demand", "indicator")
}
"""The kinds of which a record consists: they are reached through it."""

WHOLES = tuple(code for code in KINDS if all(code not in parts for parts in PARTS.values()))
"""The kinds that stand by themselves."""
