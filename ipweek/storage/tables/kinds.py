"""Which table, references and side tables a kind of record is kept in."""

from dataclasses import dataclass
from typing import Any

from ipweek.domain.words import SpeakerRole
from ipweek.storage.tables.badges import BadgeKey
from ipweek.storage.tables.base import Base
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseContact,
    EnterpriseIndustry,
    EnterpriseLabel,
    Industry,
)
from ipweek.storage.tables.navigation import Indicator, NavigationResult
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
    "result": Keeping(NavigationResult),
    "indicator": Keeping(Indicator),
}
