"""Cases, their parties and what happened when."""

from ipweek.domain.kind_fields import CODE, N_, NAME_EN, NAME_ZH, NOTE, NUMBER, TEXT_EN, TEXT_ZH
from ipweek.domain.records import Field, FieldKind, RecordKind
from ipweek.domain.words import CaseCause, Countermeasure, PartyRole, YesNo

_CASE = Field("case", N_("Case"), FieldKind.REFERENCE, required=True, refers="case")

CASE = RecordKind(
    "case",
    N_("Case"),
    N_("Cases"),
    (
        CODE,
        NAME_ZH,
        NAME_EN,
        Field("forum_zh", N_("Forum (Chinese)")),
        Field("forum_en", N_("Forum (English)")),
        Field("dockets", N_("Dockets"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("cause", N_("Cause"), FieldKind.CHOICE, required=True, choices=CaseCause),
        Field("industry", N_("Industry"), FieldKind.REFERENCE, refers="industry"),
        Field("technology_zh", N_("Technology (Chinese)")),
        Field("technology_en", N_("Technology (English)")),
        Field("rights", N_("Rights at issue"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("stage_zh", N_("Stage (Chinese)")),
        Field("stage_en", N_("Stage (English)")),
        Field("outcome_zh", N_("Outcome (Chinese)"), FieldKind.LONG_TEXT),
        Field("outcome_en", N_("Outcome (English)"), FieldKind.LONG_TEXT),
        Field("amount", N_("Amount"), FieldKind.DECIMAL),
        Field("currency", N_("Currency"), help=N_("three letters, such as CNY")),
        Field("remedies_zh", N_("Remedies (Chinese)"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("remedies_en", N_("Remedies (English)"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("final", N_("Final"), FieldKind.CHOICE, choices=YesNo),
        Field("countermeasures", N_("Countermeasures"), FieldKind.CHOICES, choices=Countermeasure),
        Field("lessons_zh", N_("Lessons (Chinese)"), FieldKind.LONG_TEXT),
        Field("lessons_en", N_("Lessons (English)"), FieldKind.LONG_TEXT),
        Field("sources", N_("Sources"), FieldKind.WORDS, help=N_("separated by ;")),
        Field("verified_on", N_("Verified on"), FieldKind.DAY),
        NOTE,
    ),
    ("code", "name", "cause", "industry", "final"),
    parent="industry",
)

CASE_PARTY = RecordKind(
    "case_party",
    N_("Party"),
    N_("Parties"),
    (
        _CASE,
        NAME_ZH,
        NAME_EN,
        Field("role", N_("Role"), FieldKind.CHOICE, required=True, choices=PartyRole),
        Field("country", N_("Country or region"), help=N_("two letters, such as CN")),
        Field("enterprise", N_("Enterprise"), FieldKind.REFERENCE, refers="enterprise"),
        Field("credit_code", N_("Credit code"), help=N_("18 characters, GB 32100")),
        NOTE,
        NUMBER,
    ),
    ("code", "name", "role", "country", "enterprise"),
    parent="case",
    numbered="party",
)

CASE_EVENT = RecordKind(
    "case_event",
    N_("Step of a case"),
    N_("Steps of a case"),
    (
        _CASE,
        Field(
            "happened",
            N_("When"),
            FieldKind.PARTIAL_DAY,
            required=True,
            help=N_("a day, a month or a year: 2023-10-05, 2023-10, 2023"),
        ),
        TEXT_ZH,
        TEXT_EN,
        NOTE,
        NUMBER,
    ),
    ("code", "happened", "name"),
    parent="case",
    numbered="step",
)
