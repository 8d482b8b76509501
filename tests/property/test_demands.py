"""Whatever way a demand goes, a closed one has its outcome and its day, and no other has a satisfaction."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError
from ipweek.domain.exchange import MET, OPEN, NewDemand, steps
from ipweek.domain.words import DemandCategory, DemandStatus
from ipweek.storage.engine import open_engine
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.desk import EVENT, Desk


@given(st.lists(st.sampled_from(DemandStatus), max_size=12))
@settings(max_examples=200)
def test_every_way_can_be_gone_on(wanted: list[DemandStatus]) -> None:
    """From wherever a demand stands it can be taken up again, and from being taken up it can end either way."""
    status = DemandStatus.NEW
    for step in wanted:
        if step in steps(status):
            status = step
        assert status not in steps(status)
        assert DemandStatus.ACCEPTED in (status, *steps(status))
        assert (DemandStatus.DECLINED in steps(status)) == (status in OPEN)
        assert (DemandStatus.CLOSED in steps(status)) == (status in OPEN)
        assert DemandStatus.NEW not in steps(status)
        assert status not in MET or len(steps(status)) >= 3


@pytest.fixture(scope="module")
def table(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory):
    """A desk with an event, for all examples."""
    file = tmp_path_factory.mktemp("demands") / "ipweek.db"
    shutil.copyfile(sqlite_template, file)
    file.chmod(0o600)
    engine = open_engine(f"sqlite:///{file}")
    desk = Desk(UnitOfWork(engine), StandingClock(), Actor("operator", "desk-1"))
    desk.workspaces.create(desk.actor)
    desk.add("week", "huizhou-2019")
    desk.add("event", EVENT)
    yield desk
    engine.dispose()


MOVES = st.tuples(
    st.sampled_from(DemandStatus),
    st.sampled_from(("", "Done.")),
    st.sampled_from(("", "A firm")),
    st.sampled_from((None, 0, 1, 5)),
    st.booleans(),
)


@given(st.lists(MOVES, max_size=8))
@settings(max_examples=25, deadline=None)
def test_the_invariants_hold_however_it_is_moved(table: Desk, moves: list[tuple]) -> None:
    """By move or by form, refused or not: outcome, day, satisfaction and match are as the status says."""
    new = NewDemand("Acme", DemandCategory.OTHER, "x", event=EVENT)
    code = table.exchange.raise_(table.actor, new).demand.code
    for status, outcome, provider, satisfaction, by_form in moves:
        before = table.exchange.demand(code).demand.values["status"]
        with suppress(InvalidError, AlreadyThereError):
            if by_form:
                given_ = {"outcome": outcome, "provider": provider, "satisfaction": str(satisfaction or "")}
                table.edit("demand", code, status=status.value, **given_)
            else:
                about = {"outcome": outcome, "provider": provider, "satisfaction": satisfaction}
                table.exchange.move(table.actor, code, status, **about)
        values = table.exchange.demand(code).demand.values
        closed = values["status"] is DemandStatus.CLOSED
        assert values["status"] is before or values["status"] in steps(before)
        assert (values["closed_on"] is not None) == closed
        assert not closed or values["outcome"]
        assert values["satisfaction"] is None or (closed and 1 <= values["satisfaction"] <= 5)
        assert values["status"] not in MET or values["provider"]
