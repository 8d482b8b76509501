"""Where two reasons hold at once, the earlier one is given: by the reference and by the CASE of each engine."""

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import Connection

from ipweek.domain.checkin import RULES, DoorFacts, first_reason
from ipweek.domain.words import EntryRule, Reason, RegistrationStatus
from tests.conftest import NOON
from tests.door_facts import WELCOME, in_sql

MINUTE = timedelta(minutes=1)
ALONE: dict[Reason, dict[str, Any]] = {
    Reason.INVALID: {"code": Reason.INVALID},
    Reason.FORGED: {"code": Reason.FORGED},
    Reason.UNKNOWN: {"person": False},
    Reason.AMBIGUOUS: {"code": Reason.AMBIGUOUS},
    Reason.NOT_IN_COPY: {"person": False, "offline": True},
    Reason.WRONG_EVENT: {"status": None},
    Reason.CANCELLED: {"status": RegistrationStatus.CANCELLED},
    Reason.WAITING: {"status": RegistrationStatus.WAITING},
    Reason.REVOKED: {"current_issue": 3},
    Reason.BLOCKED: {"status": RegistrationStatus.BLOCKED},
    Reason.WRONG_SESSION: {"enrolment_needed": True},
    Reason.NOT_ENTITLED: {"enterprise_needed": True},
    Reason.NOT_OPEN: {"opens_at": NOON + MINUTE},
    Reason.CLOSED: {"closes_at": NOON},
    Reason.FULL: {"capacity": 0},
    Reason.ALREADY_IN: {"entries": 1, "entry_rule": EntryRule.ONCE},
}
"""Of each reason what it takes for it to hold, and no other."""
NEVER_TOGETHER = {
    frozenset(pair)
    for group in (
        (Reason.INVALID, Reason.FORGED, Reason.AMBIGUOUS, Reason.UNKNOWN),  # what reading the code says
        (Reason.UNKNOWN, Reason.NOT_IN_COPY),  # on line or not
        (Reason.WRONG_EVENT, Reason.CANCELLED, Reason.WAITING, Reason.BLOCKED),  # one status
    )
    for pair in combinations(group, 2)
}
PAIRS = [pair for pair in combinations(Reason, 2) if frozenset(pair) not in NEVER_TOGETHER]


def facts(*reasons: Reason) -> DoorFacts:
    """What a door asks about where all of these hold."""
    turned = {name: value for reason in reasons for name, value in ALONE[reason].items()}
    return DoorFacts(**{**WELCOME, **turned})


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_holds_alone(connection: Connection, reason: Reason) -> None:
    """What it takes for one reason brings up no other."""
    alone = facts(reason)
    assert [each for each, applies in RULES.items() if applies(alone)] == [reason]
    assert in_sql(connection, alone) is first_reason(alone) is reason


@pytest.mark.parametrize(
    ("earlier", "later"), [pytest.param(*pair, id=f"{pair[0]} before {pair[1]}") for pair in PAIRS]
)
def test_the_earlier_reason_is_given(connection: Connection, earlier: Reason, later: Reason) -> None:
    """Both hold, and the one that comes first in the order of the reference is told."""
    both = facts(earlier, later)
    assert [each for each, applies in RULES.items() if applies(both)] == [earlier, later]
    assert in_sql(connection, both) is first_reason(both) is earlier


def test_which_reasons_exclude_each_other() -> None:
    """Pairs that are left out above can really not hold at once."""
    for one, other in NEVER_TOGETHER:
        for both in (facts(one, other), facts(other, one)):
            held = {reason for reason, applies in RULES.items() if applies(both)}
            assert not {one, other} <= held, (one, other)
    assert len(PAIRS) == 16 * 15 // 2 - len(NEVER_TOGETHER) == 107
