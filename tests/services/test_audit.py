"""The trail: what it tells, what breaks it, and what may be taken out of it."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.services.audit import Audit
from ipweek.storage.tables.audit import AuditEntry, AuditValues
from tests.desk import EVENT, Desk, refusal


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A desk that did this and that, and another desk beside it."""
    desk.register("李雷", "19900001000", "样例光电有限公司", email="a@b.cn")
    desk.edit("event", EVENT, start="2019-04-26 09:30", capacity="20", grace_minutes="")
    desk.registrations.cancel(desk.actor, "1")
    other = Desk(desk.uow, desk.clock, Actor("other", "desk-2"))
    other.add("venue", "hall")
    desk.records.remove(desk.actor, "event", EVENT)
    return desk


def entries(desk: Desk) -> list[AuditEntry]:
    """The entries of the first desk's run, in their order."""
    with desk.uow.read() as session:
        query = select(AuditEntry).where(AuditEntry.run_id == desk.actor.run).order_by(AuditEntry.sequence)
        return list(session.scalars(query))


def test_untouched(told: Desk) -> None:
    """The chains of two desks hold; each entry says who did what to which fields."""
    assert told.audit.broken() == ()
    rows = entries(told)
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    actions = [row.action for row in rows]
    assert actions == ["create", "add", "add", "register", "edit", "cancel", "archive"]
    assert rows[4].fields == ["capacity", "start"]
    lines = told.audit.lines()
    assert {(line.operator, line.desk) for line in lines} == {("operator", "desk-1"), ("other", "desk-2")}
    assert len(told.audit.lines(3)) == 3


def _alter_action(session: Session, entry: AuditEntry) -> None:
    session.execute(update(AuditEntry).where(AuditEntry.id == entry.id).values(action="nothing"))


def _alter_operator(session: Session, entry: AuditEntry) -> None:
    session.execute(update(AuditEntry).where(AuditEntry.id == entry.id).values(operator="innocent"))


def _alter_fields(session: Session, entry: AuditEntry) -> None:
    session.execute(update(AuditEntry).where(AuditEntry.id == entry.id).values(fields=[]))


def _alter_value(session: Session, entry: AuditEntry) -> None:
    session.execute(update(AuditValues).where(AuditValues.entry_id == entry.id).values(after={"capacity": 1}))


def _remove(session: Session, entry: AuditEntry) -> None:
    session.execute(delete(AuditValues).where(AuditValues.entry_id == entry.id))
    session.execute(delete(AuditEntry).where(AuditEntry.id == entry.id))


@pytest.mark.parametrize("alter", [_alter_action, _alter_operator, _alter_fields, _alter_value, _remove])
def test_tampering_shows(told: Desk, alter: Callable[[Session, AuditEntry], None]) -> None:
    """An altered entry, an altered value and an entry removed from the middle are found, where they are."""
    rows = entries(told)
    with told.uow.write() as session:
        alter(session, rows[4])
    assert told.audit.broken() == ((rows[5] if alter is _remove else rows[4]).id,)


def test_altered_with_its_digest(told: Desk) -> None:
    """Who alters an entry and its digest breaks the next one."""
    rows = entries(told)
    with told.uow.write() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == rows[2].id).values(digest="0" * 64))
    assert set(told.audit.broken()) == {rows[2].id, rows[3].id}


def test_erased_values_leave_the_chain_whole(told: Desk) -> None:
    """Personal data are taken out of the trail, and it still holds."""
    with told.uow.write() as session:
        kept = session.scalars(select(AuditValues)).all()
        assert any("19900001000" in str(row.after) for row in kept)
        session.execute(delete(AuditValues))
    assert told.audit.broken() == ()
    assert len(told.audit.lines()) == 8


def test_refused_work_leaves_no_entry(desk: Desk) -> None:
    """What is rolled back is not told, and the next entry follows on."""
    before = len(desk.audit.lines())
    refusal(NotFoundError, "record-missing", desk.register, "李雷", sessions=("nothing",))
    refusal(InvalidError, "field-required", desk.edit, "event", EVENT, name_en="")
    desk.register("李雷")
    assert len(desk.audit.lines()) == before + 1
    assert desk.audit.broken() == ()


def test_trail_of_nothing(uow, clock) -> None:
    """A database without a workspace has an empty trail that holds."""
    audit = Audit(uow, clock)
    assert (audit.lines(), audit.broken()) == ((), ())
