"""Every reason of a refusal, on either engine, at a desk on line and at one with a copy: answer, log, replay, mark."""

import pytest
from sqlalchemy import select

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door, ScanRequest, Standing
from ipweek.domain.words import EntryRule, Reason, ScanKind, Verdict
from ipweek.services.checkin import CheckIn
from ipweek.storage.queries.checkin_log import standings
from ipweek.storage.tables.checkin import Checkpoint, Scan
from tests.conftest import StandingClock
from tests.refusals import ALWAYS, ON_ENTRY, Bend
from tests.world import World, build

EARLIER = Actor("earlier", "desk-0")


def _in_already(rule: EntryRule) -> Bend:
    """The guest is in since a moment ago, by another desk."""

    def bend(world: World) -> None:
        world.set(Checkpoint, world.door, entry_rule=rule)
        checkin = CheckIn(world.uow, StandingClock())
        answer = checkin.scan(EARLIER, checkin.door(world.event_code), ScanRequest(world.guests[0].code))
        assert answer.verdict is Verdict.ACCEPTED

    return bend


def _full(world: World) -> None:
    """Another guest holds the only place."""
    world.set(Checkpoint, world.door, capacity=1)
    checkin = CheckIn(world.uow, StandingClock())
    checkin.scan(EARLIER, checkin.door(world.event_code), ScanRequest(world.guests[1].code))


CASES: dict[str, tuple[Reason, Bend]] = {
    **ALWAYS,
    **ON_ENTRY,
    "the last place is taken": (Reason.FULL, _full),
    "in already, once for all": (Reason.ALREADY_IN, _in_already(EntryRule.ONCE)),
    "in already, and has not left": (Reason.ALREADY_IN, _in_already(EntryRule.AFTER_EXIT)),
}
OF_A_CODE = {Reason.INVALID, Reason.FORGED, Reason.UNKNOWN, Reason.AMBIGUOUS, Reason.REVOKED}
"""What speaks against a badge and not against whoever carries it: a mark asks about neither."""
IDS = [pytest.param(case, id=f"{reason}: {case}") for case, (reason, _bend) in CASES.items()]


@pytest.fixture
def world(uow) -> World:
    """Three guests of one event."""
    return build(uow)


@pytest.fixture
def door(world: World) -> Door:
    """The event's door, as a desk knows it from before all that happens to it."""
    return CheckIn(world.uow, StandingClock()).door(world.event_code)


def kept(world: World) -> dict[int, Standing]:
    """How the guests stand, by their place in the list."""
    with world.uow.read() as session:
        found = standings(session, world.event)
    return {
        place: found[(guest.registration, world.door)]
        for place, guest in enumerate(world.guests)
        if (guest.registration, world.door) in found
    }


def desk(world: World, *, offline: bool) -> CheckIn:
    """A desk on line, or one with a copy."""
    return CheckIn(world.uow, StandingClock(), offline=offline)


def told_at(reason: Reason, *, offline: bool) -> tuple[Verdict, Reason]:
    """A desk with a copy lets a genuine badge in that it does not know; all else it refuses as on line."""
    if offline and reason is Reason.UNKNOWN:
        return Verdict.ACCEPTED, Reason.NOT_IN_COPY
    return Verdict.REFUSED, reason


@pytest.mark.parametrize("offline", [pytest.param(False, id="on line"), pytest.param(True, id="offline")])
@pytest.mark.parametrize("case", IDS)
def test_a_scan(world: World, actor: Actor, door: Door, case: str, *, offline: bool) -> None:
    """The answer, its row of the log, nobody moved; the same id again gives the same answer and no second row."""
    reason, bend = CASES[case]
    code = bend(world) or world.guests[0].code
    before = kept(world)
    checkin, request = desk(world, offline=offline), ScanRequest(code)
    said = checkin.scan(actor, door, request)
    assert (said.verdict, said.reason) == told_at(reason, offline=offline)
    assert kept(world) == before
    assert checkin.scan(actor, door, request) == said
    (line,) = [one for one in checkin.scans(world.event_code) if one.answer.desk == actor.desk]
    assert (line.answer, line.offline, line.annulled) == (said, offline, False)
    with world.uow.read() as session:
        row = session.scalar(select(Scan).where(Scan.id == request.id))
    assert (row.verdict, row.reason, row.offline, row.override) == (said.verdict, said.reason, offline, False)
    assert checkin.disagreements(world.event_code) == ()


@pytest.mark.parametrize("offline", [pytest.param(False, id="on line"), pytest.param(True, id="offline")])
@pytest.mark.parametrize("case", [each for each in IDS if CASES[str(each.values[0])][0] not in OF_A_CODE])
def test_a_mark(world: World, actor: Actor, door: Door, case: str, *, offline: bool) -> None:
    """Who is marked present without a badge is refused for the same reason, unless it speaks against the badge alone."""
    reason, bend = CASES[case]
    bend(world)
    said = desk(world, offline=offline).mark_present(actor, door, world.guests[0].registration)
    assert (said.kind, said.verdict, said.reason) == (ScanKind.MARK, Verdict.REFUSED, reason)


@pytest.mark.parametrize("case", IDS)
def test_an_override(world: World, actor: Actor, door: Door, case: str) -> None:
    """Whoever is registered at the event is let in for a reason that is kept; nobody is let in who is not known here."""
    reason, bend = CASES[case]
    code = bend(world) or world.guests[0].code
    checkin = desk(world, offline=False)
    said = checkin.scan(actor, door, ScanRequest(code, override="the host asked"))
    known = reason not in OF_A_CODE - {Reason.REVOKED} and reason is not Reason.WRONG_EVENT
    assert (said.verdict, said.reason, said.override) == (
        Verdict.ACCEPTED if known else Verdict.REFUSED,
        reason,
        known,
    )
    newest = checkin.scans(world.event_code, 1)[0]
    assert (newest.why, newest.allowed_by) == ("the host asked" if known else None, None)
    assert (kept(world).get(0, Standing()).inside) is known or reason is Reason.ALREADY_IN
    assert checkin.disagreements(world.event_code) == ()


def test_every_reason_is_in_the_matrix() -> None:
    """No reason is left out; `not_in_copy` is what a desk with a copy says of the unknown."""
    assert {reason for reason, _bend in CASES.values()} | {Reason.NOT_IN_COPY} == set(Reason)
