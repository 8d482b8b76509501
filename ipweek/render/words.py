"""Display words of the vocabularies, in the language in force."""

from enum import StrEnum

from ipweek.domain.certificates import WhyNot
from ipweek.domain.duplicates import DuplicateKind, Evidence
from ipweek.domain.exports import ExportForm, ExportKind, ReportForm, Tongue
from ipweek.domain.print_runs import RunOrder
from ipweek.domain.printers import PrinterState
from ipweek.domain.report_notes import NoteKind, NotePart
from ipweek.domain.signin import SheetOrder
from ipweek.domain.words import (
    ApplicantRule,
    Better,
    CaseCause,
    Category,
    ChainStage,
    ClockSource,
    Comparator,
    Confidentiality,
    ConflictStatus,
    CountBasis,
    Countermeasure,
    CountUnit,
    DemandCategory,
    DemandStatus,
    DeskConflictKind,
    Dimension,
    Direction,
    EntryRule,
    EventKind,
    EventStatus,
    FindingStage,
    Horizon,
    ImportKind,
    Keep,
    LabelKind,
    LabelStanding,
    Level,
    LinkRole,
    Membership,
    OperatorRole,
    PartyRole,
    PatentType,
    Priority,
    Provenance,
    QuestionKind,
    ReachState,
    Reason,
    RegistrationSource,
    RegistrationStatus,
    ResultStatus,
    RowOutcome,
    ScanKind,
    SpeakerRole,
    StatementKind,
    Strength,
    ValueKind,
    Verdict,
    YesNo,
)
from ipweek.i18n import N_, _

_TEXTS = {
    "background": N_("Background"),
    "preparation": N_("Preparation"),
    "effect": N_("Effect"),
    "problems": N_("Problems found"),
    "next_steps": N_("Next steps"),
}

# By vocabulary, since members of two of them may be equal as texts.
_WORDS: dict[type[StrEnum], dict[str, str]] = {
    DuplicateKind: {"people": N_("people"), "enterprises": N_("enterprises")},
    Evidence: {
        "same_phone": N_("same phone"),
        "same_email": N_("same e-mail"),
        "same_name": N_("same name"),
        "same_reading": N_("name reads alike"),
        "same_enterprise": N_("same enterprise"),
        "same_organisation": N_("same organisation code"),
        "similar_name": N_("similar name"),
        "name_differs": N_("other name"),
        "phone_differs": N_("other phone"),
        "email_differs": N_("other e-mail"),
        "code_differs": N_("other credit code"),
        "number_differs": N_("other number in the name"),
        "district_differs": N_("other district"),
    },
    EventKind: {
        "release": N_("release"),
        "exchange": N_("exchange"),
        "case_analysis": N_("case analysis"),
        "training": N_("training"),
        "panel": N_("panel"),
        "ceremony": N_("ceremony"),
        "other": N_("other"),
    },
    EventStatus: {
        "planned": N_("planned"),
        "open": N_("open"),
        "closed": N_("closed"),
        "cancelled": N_("cancelled"),
    },
    RunOrder: {
        "pinyin": N_("by pinyin"),
        "enterprise": N_("by enterprise"),
        "rank": N_("by rank"),
        "seat": N_("by seat"),
    },
    PrinterState: {
        "idle": N_("ready"),
        "printing": N_("printing"),
        "stopped": N_("stopped"),
        "refusing": N_("takes no jobs"),
    },
    Membership: {"stated": N_("stated"), "not_stated": N_("not stated")},
    QuestionKind: {
        "text": N_("text"),
        "choice": N_("choice"),
        "yes_no": N_("yes or no"),
        "date": N_("date"),
        "number": N_("number"),
    },
    YesNo: {"yes": N_("yes"), "no": N_("no")},
    SpeakerRole: {"speaker": N_("speaker"), "moderator": N_("moderator")},
    Provenance: {"stated": N_("stated"), "imported": N_("imported"), "derived": N_("derived")},
    LabelKind: {
        "high_tech": N_("high-tech enterprise"),
        "specialised": N_("specialised enterprise"),
        "little_giant": N_("little giant enterprise"),
        "ip_demonstration": N_("IP demonstration enterprise"),
        "ip_advantage": N_("IP advantage enterprise"),
        "ip_management": N_("certified for IP management"),
    },
    LabelStanding: {"in_force": N_("in force"), "expired": N_("expired"), "not_yet": N_("not yet")},
    Category: {
        "delegate": N_("delegate"),
        "guest": N_("guest"),
        "speaker": N_("speaker"),
        "expert": N_("expert"),
        "media": N_("media"),
        "organizer": N_("organizer"),
        "staff": N_("staff"),
    },
    RegistrationStatus: {
        "registered": N_("registered"),
        "waiting": N_("waiting"),
        "cancelled": N_("cancelled"),
        "blocked": N_("blocked"),
    },
    RegistrationSource: {
        "import": N_("imported"),
        "desk": N_("at the desk"),
        "walk_in": N_("walk-in"),
        "mail": N_("by mail"),
    },
    ResultStatus: {"draft": N_("draft"), "released": N_("released"), "superseded": N_("superseded")},
    Level: {
        "world": N_("World"),
        "country": N_("China"),
        "province": N_("Province"),
        "city": N_("City"),
    },
    CountUnit: {
        "application": N_("applications"),
        "publication": N_("publications"),
        "family": N_("families"),
        "granted": N_("grants"),
        "in_force": N_("in force"),
    },
    PatentType: {
        "invention": N_("inventions"),
        "utility": N_("utility models"),
        "design": N_("designs"),
        "all": N_("all patents"),
    },
    CountBasis: {
        "office": N_("by patent office"),
        "applicant_region": N_("by region of the applicant"),
        "priority_country": N_("by country of priority"),
    },
    ApplicantRule: {"first": N_("first applicant"), "any": N_("any applicant")},
    LinkRole: {"released": N_("released"), "presented": N_("presented"), "discussed": N_("discussed")},
    ReachState: {
        "heard": N_("heard"),
        "registered_only": N_("registered only"),
        "missed": N_("missed"),
    },
    StatementKind: {
        "figure": N_("figure"),
        "share": N_("share"),
        "quotation": N_("quotation"),
        "attendee": N_("attendee"),
        "direction": N_("direction"),
        "purpose": N_("purpose"),
        "fact": N_("fact"),
    },
    ChainStage: {
        "upstream": N_("upstream"),
        "midstream": N_("midstream"),
        "downstream": N_("downstream"),
    },
    Strength: {"strong": N_("strong"), "medium": N_("medium"), "weak": N_("weak"), "gap": N_("gap")},
    FindingStage: {
        "direction": N_("direction"),
        "positioning": N_("positioning"),
        "path": N_("path"),
    },
    Dimension: {
        "structure": N_("structure"),
        "market": N_("market"),
        "technology": N_("technology"),
        "talent": N_("talent"),
        "capital": N_("capital"),
        "risk": N_("risk"),
    },
    Horizon: {"short": N_("short term"), "medium": N_("medium term"), "long": N_("long term")},
    CaseCause: {
        "patent": N_("patent infringement"),
        "trade_secret": N_("trade secrets"),
        "validity": N_("validity"),
        "frand": N_("FRAND licensing"),
        "ownership": N_("ownership"),
    },
    PartyRole: {
        "claimant": N_("claimant"),
        "defendant": N_("defendant"),
        "third_party": N_("third party"),
    },
    Countermeasure: {
        "non_infringement": N_("non-infringement"),
        "invalidation": N_("invalidation"),
        "prior_art": N_("prior art or prior use"),
        "design_around": N_("design-around"),
        "licence": N_("licence or cross-licence"),
        "joint_defence": N_("joint defence"),
        "customer_indemnity": N_("customer indemnity"),
        "declaratory_action": N_("declaratory action"),
        "border_response": N_("customs or trade-fair response"),
        "evidence_preservation": N_("evidence preservation"),
        "overseas_insurance": N_("overseas IP insurance"),
        "guidance_centre": N_("overseas dispute guidance centre"),
    },
    DemandCategory: {
        "retrieval": N_("patent retrieval"),
        "layout": N_("patent layout"),
        "dispute": N_("dispute"),
        "overseas_filing": N_("overseas filing"),
        "pledge_finance": N_("pledge finance"),
        "transfer": N_("transfer or licence"),
        "ip_management": N_("IP management certification"),
        "talent": N_("talent"),
        "other": N_("other"),
    },
    DemandStatus: {
        "new": N_("new"),
        "accepted": N_("taken up"),
        "matched": N_("matched"),
        "in_progress": N_("in progress"),
        "closed": N_("settled"),
        "declined": N_("declined"),
    },
    Confidentiality: {
        "public": N_("public"),
        "internal": N_("internal"),
        "confidential": N_("confidential"),
    },
    Priority: {"low": N_("low"), "normal": N_("normal"), "high": N_("high")},
    ValueKind: {"actual": N_("actual"), "target": N_("target"), "baseline": N_("baseline")},
    Better: {"higher": N_("higher"), "lower": N_("lower")},
    EntryRule: {
        "once": N_("once"),
        "after_exit": N_("again after leaving"),
        "many": N_("any number of times"),
    },
    OperatorRole: {"desk": N_("desk"), "supervisor": N_("supervisor"), "organizer": N_("organizer")},
    ClockSource: {"server": N_("the server's clock"), "log": N_("what was written last")},
    Direction: {"entry": N_("entry"), "exit": N_("exit")},
    SheetOrder: {
        "enterprise": N_("by enterprise"),
        "pinyin": N_("by pinyin"),
        "rank": N_("by rank"),
    },
    WhyNot: {
        "not_attended": N_("no accepted entry or mark at this event"),
        "cancelled": N_("the registration was cancelled"),
    },
    DeskConflictKind: {
        "two_entries": N_("two entries"),
        "cancelled_meanwhile": N_("cancelled meanwhile"),
        "blocked_meanwhile": N_("kept out meanwhile"),
        "no_place": N_("no place left"),
        "over_capacity": N_("over the limit"),
        "walk_in_twice": N_("the same walk-in twice"),
        "unknown_badge": N_("unknown badge"),
        "badge_twice": N_("one badge for two"),
        "clock_skew": N_("wrong clock"),
    },
    ConflictStatus: {"open": N_("to settle"), "settled": N_("decided")},
    Keep: {"first": N_("the first stands"), "second": N_("the second stands"), "both": N_("both stand")},
    ScanKind: {"scan": N_("scan"), "mark": N_("marked present"), "annulment": N_("annulment")},
    Verdict: {"accepted": N_("accepted"), "refused": N_("refused")},
    Reason: {
        "invalid": N_("invalid code"),
        "forged": N_("forged code"),
        "unknown": N_("unknown badge"),
        "ambiguous": N_("more than one matches"),
        "not_in_copy": N_("genuine, not in this copy"),
        "wrong_event": N_("not registered for this event"),
        "cancelled": N_("registration cancelled"),
        "waiting": N_("on the waiting list only"),
        "revoked": N_("badge replaced by a newer one"),
        "blocked": N_("blocked"),
        "wrong_session": N_("not enrolled in this session"),
        "not_entitled": N_("not entitled to this door"),
        "not_open": N_("not open yet"),
        "closed": N_("closed"),
        "full": N_("full"),
        "already_in": N_("already in"),
    },
    ImportKind: {
        "enterprises": N_("enterprises"),
        "registrations": N_("registrations"),
        "programme": N_("programme"),
        "patents": N_("patents"),
        "feedback": N_("feedback"),
    },
    ExportKind: {
        "registrations": N_("registrations"),
        "enterprises": N_("enterprises"),
        "scans": N_("scans at the doors"),
        "schedule": N_("programme"),
        "demands": N_("demands"),
        "feedback": N_("feedback"),
    },
    ExportForm: {
        "xlsx": N_("XLSX workbook"),
        "csv": N_("CSV text"),
        "json": N_("JSON for programs"),
        "ics": N_("calendar (ICS)"),
    },
    NoteKind: _TEXTS,
    NotePart: {**_TEXTS, "invited": N_("People invited"), "signed_by": N_("Signed by")},
    ReportForm: {
        "terminal": N_("plain text (TXT)"),
        "md": N_("Markdown text"),
        "html": N_("web page (HTML)"),
        "pdf": N_("PDF document"),
        "docx": N_("Word document (DOCX)"),
        "xlsx": N_("XLSX workbook"),
        "csv": N_("CSV text"),
        "json": N_("JSON for programs"),
    },
    Tongue: {"zh": "中文", "en": "English"},
    RowOutcome: {
        "added": N_("added"),
        "updated": N_("updated"),
        "unchanged": N_("unchanged"),
        "refused": N_("refused"),
    },
}

_SIGNS = {
    Comparator.EQUAL: "",
    Comparator.MORE: "> ",
    Comparator.AT_LEAST: "≥ ",
    Comparator.ABOUT: "≈ ",
    Comparator.LESS: "< ",
    Comparator.AT_MOST: "≤ ",
}


def word(value: StrEnum) -> str:
    """The word of a vocabulary's code; a code without a word stands for itself."""
    text = _WORDS.get(type(value), {}).get(value.value)
    return _(text) if text else value.value


TABLES = {
    "people": N_("people"),
    "registrations": N_("registrations"),
    "enrolments": N_("sessions"),
    "scans": N_("scans"),
    "badges": N_("badges"),
    "demands": N_("demands"),
    "prints": N_("printed copies"),
    "admissions": N_("entries"),
    "checkpoint_enterprises": N_("doors"),
    "receipts": N_("reports received"),
    "enterprise_aliases": N_("aliases"),
    "enterprise_contacts": N_("contacts"),
    "enterprise_industries": N_("industries"),
    "enterprise_labels": N_("labels"),
    "case_parties": N_("cases"),
    "statements": N_("statements"),
    "applicants": N_("patent applicants"),
    "conflicts": N_("conflicts between desks"),
}
"""What people call the rows of tables that others refer to."""


def table_name(name: str) -> str:
    """What people call the rows of a table; its own name where they have no word for it."""
    return _(TABLES[name]) if name in TABLES else name


def category(code: str) -> str:
    """A category's word; the organizer's own words are as they are."""
    return word(Category(code)) if code in set(Category) else code


def category_codes(text: str) -> tuple[str, ...]:
    """The codes of a category that is written as its word, in the language in force."""
    return tuple(code.value for code in Category if word(code) == text)


def label(code: str) -> str:
    """An enterprise label's word."""
    return word(LabelKind(code)) if code in set(LabelKind) else code


def sign(comparator: Comparator) -> str:
    """What stands before a number: nothing for an exact one."""
    return _SIGNS[comparator]


def not_stated() -> str:
    """What stands where nobody stated a figure or a name; never 0."""
    return _("not stated")


def no_data() -> str:
    """What stands where nothing was recorded, so that nothing can be counted."""
    return _("no data")
