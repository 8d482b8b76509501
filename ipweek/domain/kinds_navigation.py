"""Navigation results and what they consist of; sources, documents, receipts, indicators."""

from ipweek.domain.kind_fields import (
    CODE,
    COMPARATOR,
    N_,
    NAME_EN,
    NAME_ZH,
    NOTE,
    NUMBER,
    PROVENANCE,
    TEXT_EN,
    TEXT_ZH,
)
from ipweek.domain.kind_fields import SOURCE as _SOURCE
from ipweek.domain.records import Field, FieldKind, RecordKind
from ipweek.domain.words import (
    ApplicantRule,
    Better,
    ChainStage,
    CountBasis,
    CountUnit,
    Dimension,
    FindingStage,
    Horizon,
    Level,
    PatentType,
    StatementKind,
    Strength,
    ValueKind,
)

_RESULT = Field("result", N_("Navigation result"), FieldKind.REFERENCE, required=True, refers="result")
_LEVEL = Field("level", N_("Level"), FieldKind.CHOICE, required=True, choices=Level)
_REGION = Field("region_code", N_("Region code"), help=N_("GB/T 2260, such as 441300"))
_COUNTED = (
    Field("unit", N_("Unit"), FieldKind.CHOICE, choices=CountUnit),
    Field("patent_type", N_("Patent type"), FieldKind.CHOICE, choices=PatentType),
    Field("basis", N_("Counted by"), FieldKind.CHOICE, choices=CountBasis),
    Field("applicant_rule", N_("Applicants counted"), FieldKind.CHOICE, choices=ApplicantRule),
)
_COUNT = Field("count", N_("Count"), FieldKind.INTEGER)
_TITLE_ZH = Field("title_zh", N_("Title (Chinese)"))
_TITLE_EN = Field("title_en", N_("Title (English)"))

RESULT = RecordKind(
    "result",
    N_("Navigation result"),
    N_("Navigation results"),
    (
        CODE,
        Field("industry", N_("Industry"), FieldKind.REFERENCE, required=True, refers="industry"),
        NAME_ZH,
        NAME_EN,
        Field("cut_off", N_("Data cut-off"), FieldKind.DAY),
        Field("search_query", N_("Search query"), FieldKind.LONG_TEXT),
        Field("databases", N_("Databases"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("commissioned_by", N_("Commissioned by")),
        Field("authors", N_("Authors")),
        Field("standard", N_("Standard")),
        NOTE,
    ),
    ("code", "name", "industry", "version", "status", "released_on"),
    parent="industry",
)

INDICATOR = RecordKind(
    "indicator",
    N_("Indicator"),
    N_("Indicators"),
    (
        CODE,
        Field("week", N_("Week"), FieldKind.REFERENCE, required=True, refers="week"),
        NAME_ZH,
        NAME_EN,
        Field("unit", N_("Unit")),
        Field("better", N_("Better is"), FieldKind.CHOICE, choices=Better),
        NOTE,
    ),
    ("code", "name", "week", "unit"),
    parent="week",
)


SOURCE = RecordKind(
    "source",
    N_("Source"),
    N_("Sources"),
    (
        CODE,
        _TITLE_ZH,
        _TITLE_EN,
        Field("publisher_zh", N_("Publisher (Chinese)")),
        Field("publisher_en", N_("Publisher (English)")),
        Field("published_on", N_("Published"), FieldKind.DAY),
        Field("url", N_("Address")),
        NOTE,
    ),
    ("code", "name", "published_on"),
)

LEVEL_COUNT = RecordKind(
    "level_count",
    N_("Level count"),
    N_("Level counts"),
    (
        _RESULT,
        _LEVEL,
        _COUNT,
        COMPARATOR,
        *_COUNTED,
        Field("period", N_("Period"), help=N_("as stated, such as 2010-2019")),
        _REGION,
        PROVENANCE,
        _SOURCE,
        NOTE,
        NUMBER,
    ),
    ("code", "level", "count", "unit", "provenance"),
    parent="result",
    numbered="count",
)

YEAR_COUNT = RecordKind(
    "year_count",
    N_("Year count"),
    N_("Year counts"),
    (
        _RESULT,
        _LEVEL,
        Field("year", N_("Year"), FieldKind.INTEGER, required=True),
        Field("count", N_("Count"), FieldKind.INTEGER, required=True),
        Field("provisional", N_("Provisional"), FieldKind.FLAG, help=N_("within 18 months of the cut-off")),
        *_COUNTED,
        _REGION,
        PROVENANCE,
        _SOURCE,
        NOTE,
        NUMBER,
    ),
    ("code", "level", "year", "count", "provenance"),
    parent="result",
    numbered="year",
)

BRANCH = RecordKind(
    "branch",
    N_("Technology branch"),
    N_("Technology branches"),
    (
        _RESULT,
        NAME_ZH,
        NAME_EN,
        Field("parent", N_("Part of"), FieldKind.REFERENCE, refers="branch"),
        Field("symbols", N_("IPC or CPC classes"), FieldKind.WORDS, help=N_("such as H01M 10/0525; H01M 50")),
        Field("level", N_("Level"), FieldKind.CHOICE, choices=Level),
        _COUNT,
        PROVENANCE,
        _SOURCE,
        NOTE,
        NUMBER,
    ),
    ("code", "name", "symbols", "count", "provenance"),
    parent="result",
    numbered="branch",
)

APPLICANT = RecordKind(
    "applicant",
    N_("Applicant"),
    N_("Applicants"),
    (
        _RESULT,
        _LEVEL,
        Field("rank", N_("Rank"), FieldKind.INTEGER),
        NAME_ZH,
        NAME_EN,
        Field("enterprise", N_("Enterprise"), FieldKind.REFERENCE, refers="enterprise"),
        _COUNT,
        PROVENANCE,
        _SOURCE,
        NOTE,
        NUMBER,
    ),
    ("code", "name", "level", "rank", "count", "provenance"),
    parent="result",
    numbered="applicant",
)

CHAIN_NODE = RecordKind(
    "chain_node",
    N_("Chain node"),
    N_("Chain nodes"),
    (
        _RESULT,
        Field("stage", N_("Stage"), FieldKind.CHOICE, required=True, choices=ChainStage),
        NAME_ZH,
        NAME_EN,
        Field("strength", N_("Strength"), FieldKind.CHOICE, choices=Strength),
        _SOURCE,
        NOTE,
        NUMBER,
    ),
    ("code", "name", "stage", "strength"),
    parent="result",
    numbered="node",
)

FINDING = RecordKind(
    "finding",
    N_("Finding"),
    N_("Findings"),
    (
        _RESULT,
        Field("stage", N_("Stage"), FieldKind.CHOICE, required=True, choices=FindingStage),
        Field("dimension", N_("Dimension"), FieldKind.CHOICE, required=True, choices=Dimension),
        TEXT_ZH,
        TEXT_EN,
        _SOURCE,
        NOTE,
        NUMBER,
    ),
    ("code", "name", "stage", "dimension"),
    parent="result",
    numbered="finding",
)

RECOMMENDATION = RecordKind(
    "recommendation",
    N_("Recommendation"),
    N_("Recommendations"),
    (
        _RESULT,
        TEXT_ZH,
        TEXT_EN,
        Field("audience", N_("For whom")),
        Field("horizon", N_("Horizon"), FieldKind.CHOICE, choices=Horizon),
        Field("owner", N_("Who takes it on")),
        NOTE,
        NUMBER,
    ),
    ("code", "name", "audience", "horizon", "owner"),
    parent="result",
    numbered="advice",
)

STATEMENT = RecordKind(
    "statement",
    N_("Statement"),
    N_("Statements"),
    (
        Field("kind", N_("Kind"), FieldKind.CHOICE, required=True, choices=StatementKind),
        Field("result", N_("Navigation result"), FieldKind.REFERENCE, refers="result"),
        Field("event", N_("Event"), FieldKind.REFERENCE, refers="event"),
        Field("week", N_("Week"), FieldKind.REFERENCE, refers="week"),
        Field("enterprise", N_("Enterprise"), FieldKind.REFERENCE, refers="enterprise"),
        TEXT_ZH,
        TEXT_EN,
        Field("value", N_("Value"), FieldKind.DECIMAL),
        COMPARATOR,
        Field("unit", N_("Unit")),
        Field("period", N_("Period"), help=N_("as stated, such as 2010-2019")),
        Field("read_as", N_("Read as"), help=N_("how the period is understood, where that differs")),
        Field("said_by_zh", N_("Said by (Chinese)")),
        Field("said_by_en", N_("Said by (English)")),
        PROVENANCE,
        _SOURCE,
        Field("note_zh", N_("Note (Chinese)"), FieldKind.LONG_TEXT),
        Field("note_en", N_("Note (English)"), FieldKind.LONG_TEXT),
        NUMBER,
    ),
    ("code", "name", "kind", "value", "source"),
    parent="result",
    numbered="statement",
)

DOCUMENT = RecordKind(
    "document",
    N_("Document"),
    N_("Documents"),
    (
        CODE,
        _TITLE_ZH,
        _TITLE_EN,
        Field("results", N_("Navigation results"), FieldKind.REFERENCES, refers="result"),
        Field("location", N_("File or address"), help=N_("a file is read once for its SHA-256")),
        Field("sha256", "SHA-256", help=N_("empty: made from the file")),
        _SOURCE,
        NOTE,
    ),
    ("code", "name", "results", "location"),
)

RECEIPT = RecordKind(
    "receipt",
    N_("Report received"),
    N_("Reports received"),
    (
        _RESULT,
        Field("enterprise", N_("Enterprise"), FieldKind.REFERENCE, refers="enterprise"),
        Field("received_by", N_("Received by")),
        Field("received_on", N_("Received on"), FieldKind.DAY),
        Field("copies", N_("Copies"), FieldKind.INTEGER),
        Field("event", N_("Event"), FieldKind.REFERENCE, refers="event"),
        NOTE,
        NUMBER,
    ),
    ("code", "enterprise", "received_by", "received_on", "copies"),
    parent="result",
    numbered="receipt",
)

INDICATOR_VALUE = RecordKind(
    "indicator_value",
    N_("Indicator value"),
    N_("Indicator values"),
    (
        Field("indicator", N_("Indicator"), FieldKind.REFERENCE, required=True, refers="indicator"),
        Field("kind", N_("Kind"), FieldKind.CHOICE, required=True, choices=ValueKind),
        Field("value", N_("Value"), FieldKind.DECIMAL, required=True),
        COMPARATOR,
        Field("period", N_("Period"), required=True, help=N_("as stated, such as 2019")),
        Field("read_as", N_("Read as"), help=N_("how the period is understood, where that differs")),
        Field("as_of", N_("As of"), FieldKind.DAY),
        PROVENANCE,
        _SOURCE,
        Field("note_zh", N_("Note (Chinese)"), FieldKind.LONG_TEXT),
        Field("note_en", N_("Note (English)"), FieldKind.LONG_TEXT),
        NUMBER,
    ),
    ("code", "indicator", "kind", "period", "value"),
    parent="indicator",
    numbered="value",
)
