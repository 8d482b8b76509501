"""The vocabularies: every word a column may hold, by its code."""

from enum import StrEnum


class EventKind(StrEnum):
    RELEASE = "release"
    EXCHANGE = "exchange"
    CASE_ANALYSIS = "case_analysis"
    TRAINING = "training"
    PANEL = "panel"
    CEREMONY = "ceremony"
    OTHER = "other"


class EventStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Membership(StrEnum):
    """Whether the source says that the event belongs to the week."""

    STATED = "stated"
    NOT_STATED = "not_stated"


class QuestionKind(StrEnum):
    """How an event's own question is answered."""

    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DATE = "date"
    NUMBER = "number"


class SpeakerRole(StrEnum):
    SPEAKER = "speaker"
    MODERATOR = "moderator"


class Provenance(StrEnum):
    STATED = "stated"
    IMPORTED = "imported"
    DERIVED = "derived"


class Comparator(StrEnum):
    EQUAL = "="
    MORE = ">"
    AT_LEAST = ">="
    ABOUT = "~"
    LESS = "<"
    AT_MOST = "<="


class LabelKind(StrEnum):
    HIGH_TECH = "high_tech"
    SPECIALISED = "specialised"
    LITTLE_GIANT = "little_giant"
    IP_DEMONSTRATION = "ip_demonstration"
    IP_ADVANTAGE = "ip_advantage"
    IP_MANAGEMENT = "ip_management"


class LabelStanding(StrEnum):
    """Whether a label holds on a day."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    NOT_YET = "not_yet"


class YesNo(StrEnum):
    """An answer that is either, and neither as long as nobody gave it."""

    YES = "yes"
    NO = "no"


class Category(StrEnum):
    """In what quality somebody attends; other words an organizer uses are kept as they are."""

    DELEGATE = "delegate"
    GUEST = "guest"
    SPEAKER = "speaker"
    EXPERT = "expert"
    MEDIA = "media"
    ORGANIZER = "organizer"
    STAFF = "staff"


class RegistrationStatus(StrEnum):
    REGISTERED = "registered"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    BLOCKED = "blocked"


class RegistrationSource(StrEnum):
    IMPORT = "import"
    DESK = "desk"
    WALK_IN = "walk_in"
    MAIL = "mail"


class ResultStatus(StrEnum):
    DRAFT = "draft"
    RELEASED = "released"
    SUPERSEDED = "superseded"


class Level(StrEnum):
    WORLD = "world"
    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"


class CountUnit(StrEnum):
    APPLICATION = "application"
    PUBLICATION = "publication"
    FAMILY = "family"
    GRANTED = "granted"
    IN_FORCE = "in_force"


class PatentType(StrEnum):
    INVENTION = "invention"
    UTILITY = "utility"
    DESIGN = "design"
    ALL = "all"


class CountBasis(StrEnum):
    OFFICE = "office"
    APPLICANT_REGION = "applicant_region"
    PRIORITY_COUNTRY = "priority_country"


class ApplicantRule(StrEnum):
    FIRST = "first"
    ANY = "any"


class LinkRole(StrEnum):
    """What a session or an event did with a navigation result."""

    RELEASED = "released"
    PRESENTED = "presented"
    DISCUSSED = "discussed"


class ReachState(StrEnum):
    """What an enterprise has of a result that was released."""

    HEARD = "heard"
    REGISTERED_ONLY = "registered_only"
    MISSED = "missed"


class StatementKind(StrEnum):
    FIGURE = "figure"
    SHARE = "share"
    QUOTATION = "quotation"
    ATTENDEE = "attendee"
    DIRECTION = "direction"
    PURPOSE = "purpose"
    FACT = "fact"


class ChainStage(StrEnum):
    """Where in its industry's chain a node stands."""

    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"


class Strength(StrEnum):
    """How strong a region is at a node of the industry chain."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"
    GAP = "gap"


class FindingStage(StrEnum):
    """The logic of patent navigation: where the industry goes, where the region stands, what to do."""

    DIRECTION = "direction"
    POSITIONING = "positioning"
    PATH = "path"


class Dimension(StrEnum):
    STRUCTURE = "structure"
    MARKET = "market"
    TECHNOLOGY = "technology"
    TALENT = "talent"
    CAPITAL = "capital"
    RISK = "risk"


class Horizon(StrEnum):
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class CaseCause(StrEnum):
    PATENT = "patent"
    TRADE_SECRET = "trade_secret"  # noqa: S105 - a cause of action
    VALIDITY = "validity"
    FRAND = "frand"
    OWNERSHIP = "ownership"


class PartyRole(StrEnum):
    CLAIMANT = "claimant"
    DEFENDANT = "defendant"
    THIRD_PARTY = "third_party"


class Countermeasure(StrEnum):
    """What an enterprise can do in a patent dispute."""

    NON_INFRINGEMENT = "non_infringement"
    INVALIDATION = "invalidation"
    PRIOR_ART = "prior_art"
    DESIGN_AROUND = "design_around"
    LICENCE = "licence"
    JOINT_DEFENCE = "joint_defence"
    CUSTOMER_INDEMNITY = "customer_indemnity"
    DECLARATORY_ACTION = "declaratory_action"
    BORDER_RESPONSE = "border_response"
    EVIDENCE_PRESERVATION = "evidence_preservation"
    OVERSEAS_INSURANCE = "overseas_insurance"
    GUIDANCE_CENTRE = "guidance_centre"


class DemandCategory(StrEnum):
    RETRIEVAL = "retrieval"
    LAYOUT = "layout"
    DISPUTE = "dispute"
    OVERSEAS_FILING = "overseas_filing"
    PLEDGE_FINANCE = "pledge_finance"
    TRANSFER = "transfer"
    IP_MANAGEMENT = "ip_management"
    TALENT = "talent"
    OTHER = "other"


class DemandStatus(StrEnum):
    """From entry to closing; the order is that of the work."""

    NEW = "new"
    ACCEPTED = "accepted"
    MATCHED = "matched"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    DECLINED = "declined"


class Confidentiality(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class ValueKind(StrEnum):
    ACTUAL = "actual"
    TARGET = "target"
    BASELINE = "baseline"


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


class EntryRule(StrEnum):
    """When a door lets the same person in again."""

    ONCE = "once"
    AFTER_EXIT = "after_exit"
    MANY = "many"


class Direction(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"


class ScanKind(StrEnum):
    SCAN = "scan"
    MARK = "mark"
    ANNULMENT = "annulment"


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a door refuses, in the order in which the rules are asked."""

    INVALID = "invalid"
    FORGED = "forged"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    NOT_IN_COPY = "not_in_copy"
    WRONG_EVENT = "wrong_event"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    REVOKED = "revoked"
    BLOCKED = "blocked"
    WRONG_SESSION = "wrong_session"
    NOT_ENTITLED = "not_entitled"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    FULL = "full"
    ALREADY_IN = "already_in"


class OperatorRole(StrEnum):
    """What somebody at a desk may decide; the order is that of the rights."""

    DESK = "desk"
    SUPERVISOR = "supervisor"
    ORGANIZER = "organizer"


class ClockSource(StrEnum):
    """What the clock of a desk is held against."""

    SERVER = "server"
    LOG = "log"


class ImportKind(StrEnum):
    ENTERPRISES = "enterprises"
    REGISTRATIONS = "registrations"
    PROGRAMME = "programme"
    PATENTS = "patents"
    FEEDBACK = "feedback"


class RowOutcome(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class DeskConflictKind(StrEnum):
    """What cannot be right at once after desks that did not see each other are united."""

    TWO_ENTRIES = "two_entries"
    CANCELLED_MEANWHILE = "cancelled_meanwhile"
    BLOCKED_MEANWHILE = "blocked_meanwhile"
    NO_PLACE = "no_place"
    OVER_CAPACITY = "over_capacity"
    WALK_IN_TWICE = "walk_in_twice"
    UNKNOWN_BADGE = "unknown_badge"
    BADGE_TWICE = "badge_twice"
    CLOCK_SKEW = "clock_skew"


class ConflictStatus(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


class Keep(StrEnum):
    """Which side of a conflict stands."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
