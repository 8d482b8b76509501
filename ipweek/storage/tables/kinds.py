"""Which table, references and side tables a kind of record is kept in."""

from dataclasses import dataclass
from typing import Any

from ipweek.domain.words import SpeakerRole
from ipweek.storage.tables.badges import BadgeKey
from ipweek.storage.tables.base import Base
from ipweek.storage.tables.cases import Case, CaseEvent, CaseParty
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseContact,
    EnterpriseIndustry,
    EnterpriseLabel,
    Industry,
)
from ipweek.storage.tables.exchange import Demand, DemandAction, DemandAnswer
from ipweek.storage.tables.navigation import (
    Applicant,
    Branch,
    ChainNode,
    Document,
    Finding,
    Indicator,
    IndicatorValue,
    LevelCount,
    NavigationResult,
    Receipt,
    Recommendation,
    ResultDocument,
    Source,
    Statement,
    YearCount,
)
from ipweek.storage.tables.programme import (
    Event,
    EventSession,
    Question,
    Room,
    SessionSpeaker,
    Speaker,
    Venue,
    Week,
)
from ipweek.storage.tables.report_notes import CoverageRow, PhotographRow


@dataclass(frozen=True, slots=True)
class SideTable:
    """A many-to-many field: rows of `table` join `own` to `other`, `fixed` are its constant columns."""

    table: type[Base]
    own: str
    other: str
    fixed: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Keeping:
    """`owned` are the tables whose rows go with the record when it is removed: (table, column)."""

    table: type[Any]
    sides: tuple[tuple[str, SideTable], ...] = ()
    owned: tuple[tuple[type[Base], str], ...] = ()


def _speakers(role: SpeakerRole) -> SideTable:
    return SideTable(SessionSpeaker, "session_id", "speaker_id", (("role", role),))


KEEPING = {
    "week": Keeping(Week, owned=((BadgeKey, "week_id"),)),
    "venue": Keeping(Venue),
    "room": Keeping(Room),
    "event": Keeping(Event, owned=((Checkpoint, "event_id"),)),
    "session": Keeping(
        EventSession,
        sides=(
            ("speakers", _speakers(SpeakerRole.SPEAKER)),
            ("moderators", _speakers(SpeakerRole.MODERATOR)),
        ),
        owned=((Checkpoint, "session_id"), (SessionSpeaker, "session_id")),
    ),
    "question": Keeping(Question),
    "speaker": Keeping(Speaker),
    "industry": Keeping(Industry),
    "enterprise": Keeping(
        Enterprise,
        sides=(("industries", SideTable(EnterpriseIndustry, "enterprise_id", "industry_id")),),
        owned=(
            (EnterpriseIndustry, "enterprise_id"),
            (EnterpriseAlias, "enterprise_id"),
            (EnterpriseLabel, "enterprise_id"),
            (EnterpriseContact, "enterprise_id"),
        ),
    ),
    "source": Keeping(Source),
    "result": Keeping(
        NavigationResult,
        owned=(
            (LevelCount, "result_id"),
            (YearCount, "result_id"),
            (Branch, "result_id"),
            (Applicant, "result_id"),
            (ChainNode, "result_id"),
            (Finding, "result_id"),
            (Recommendation, "result_id"),
            (Statement, "result_id"),
            (ResultDocument, "result_id"),
        ),
    ),
    "level_count": Keeping(LevelCount),
    "year_count": Keeping(YearCount),
    "branch": Keeping(Branch),
    "applicant": Keeping(Applicant),
    "chain_node": Keeping(ChainNode),
    "finding": Keeping(Finding),
    "recommendation": Keeping(Recommendation),
    "statement": Keeping(Statement),
    "document": Keeping(
        Document,
        sides=(("results", SideTable(ResultDocument, "document_id", "result_id")),),
        owned=((ResultDocument, "document_id"),),
    ),
    "receipt": Keeping(Receipt),
    "case": Keeping(Case, owned=((CaseParty, "case_id"), (CaseEvent, "case_id"))),
    "case_party": Keeping(CaseParty),
    "case_event": Keeping(CaseEvent),
    "demand": Keeping(Demand, owned=((DemandAnswer, "demand_id"), (DemandAction, "demand_id"))),
    "demand_answer": Keeping(DemandAnswer),
    "demand_action": Keeping(DemandAction),
    "indicator": Keeping(Indicator, owned=((IndicatorValue, "indicator_id"),)),
    "indicator_value": Keeping(IndicatorValue),
    "coverage": Keeping(CoverageRow),
    "photograph": Keeping(PhotographRow),
}
