"""Demands of enterprises, what may answer them, and actions."""

from ipweek.domain.kind_fields import N_, NOTE, NUMBER
from ipweek.domain.records import Field, FieldKind, RecordKind
from ipweek.domain.words import Confidentiality, DemandCategory, DemandStatus, Priority

_DEMAND = Field("demand", N_("Demand"), FieldKind.REFERENCE, required=True, refers="demand")

DEMAND = RecordKind(
    "demand",
    N_("Demand"),
    N_("Demands"),
    (
        Field("event", N_("Event"), FieldKind.REFERENCE, refers="event"),
        Field("session", N_("Session"), FieldKind.REFERENCE, refers="session"),
        Field("enterprise", N_("Enterprise"), FieldKind.REFERENCE, required=True, refers="enterprise"),
        Field("contact", N_("Contact")),
        Field("phone", N_("Phone")),
        Field("category", N_("Category"), FieldKind.CHOICE, required=True, choices=DemandCategory),
        Field("text", N_("Demand"), FieldKind.LONG_TEXT, required=True),
        Field("confidentiality", N_("Confidentiality"), FieldKind.CHOICE, choices=Confidentiality),
        Field("priority", N_("Priority"), FieldKind.CHOICE, choices=Priority),
        Field("status", N_("Status"), FieldKind.CHOICE, choices=DemandStatus),
        Field("raised_on", N_("Raised on"), FieldKind.DAY),
        Field("provider", N_("Matched provider")),
        Field("outcome", N_("Outcome"), FieldKind.LONG_TEXT, help=N_("a demand closes only with one")),
        Field("closed_on", N_("Closed on"), FieldKind.DAY),
        Field("satisfaction", N_("Satisfaction"), FieldKind.INTEGER, help=N_("from 1 to 5")),
        NOTE,
        NUMBER,
    ),
    ("code", "name", "enterprise", "category", "status", "priority"),
    parent="event",
    numbered="demand",
)

DEMAND_ANSWER = RecordKind(
    "demand_answer",
    N_("Possible answer"),
    N_("Possible answers"),
    (
        _DEMAND,
        Field("result", N_("Navigation result"), FieldKind.REFERENCE, refers="result"),
        Field("case", N_("Case"), FieldKind.REFERENCE, refers="case"),
        Field("speaker", N_("Speaker"), FieldKind.REFERENCE, refers="speaker"),
        Field("provider", N_("Provider")),
        NOTE,
        NUMBER,
    ),
    ("code", "result", "case", "speaker", "provider"),
    parent="demand",
    numbered="answer",
)

DEMAND_ACTION = RecordKind(
    "demand_action",
    N_("Action"),
    N_("Actions"),
    (
        _DEMAND,
        Field("text", N_("What is to be done"), FieldKind.LONG_TEXT, required=True),
        Field("owner", N_("Who")),
        Field("due_on", N_("Due"), FieldKind.DAY),
        Field("done_on", N_("Done"), FieldKind.DAY),
        Field("evidence", N_("Evidence")),
        NOTE,
        NUMBER,
    ),
    ("code", "name", "owner", "due_on", "done_on"),
    parent="demand",
    numbered="action",
)
