"""Whatever the order of a list's rows and columns, importing it twice is importing it once."""

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, func, select, update

from ipweek.domain.words import ImportKind
from ipweek.storage.tables import Base
from ipweek.storage.tables.people import Person, Registration
from tests.desk import EVENT, Desk

COLUMNS = ("姓名", "手机号码", "单位名称", "职务", "类别", "座位号", "拟参加的场次", "提交答卷时间")
LOGS = ("import_batches", "import_rows", "audit_entries", "audit_values")
SESSIONS = ("成果发布会", "企业交流会", "成果发布会┋企业交流会", "")


def people(random: Random) -> list[dict[str, str]]:
    """A list with namesakes, shared phones, missing phones, enterprises written in several ways."""
    return [
        {
            "姓名": random.choice(("李雷", "李 雷", "韩梅", "单杰", "曾明", "𬭎㛃")),
            "手机号码": random.choice(("", f"1990000{random.randrange(12):04}", "+86 199-0000-0001")),
            "单位名称": random.choice(
                ("甲有限公司", "甲公司", "甲 有限责任公司", "乙（惠州）", "乙(惠州)公司", "")
            ),
            "职务": random.choice(("经理", "")),
            "类别": random.choice(("嘉宾", "delegate", "观察员", "")),
            "座位号": random.choice(("", "1排1座")),
            "拟参加的场次": random.choice(SESSIONS),
            "提交答卷时间": random.choice(("", f"2019/4/{random.randrange(1, 25)} 9:00:00")),
        }
        for _row in range(40)
    ]


def write(path: Path, rows: list[dict[str, str]], columns: list[str]) -> Path:
    """The rows as CSV with the columns in this order."""
    lines = [",".join(columns), *(",".join(row[column] for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


def picture(desk: Desk) -> tuple[object, ...]:
    """Everything that the two imports may agree on: who is registered as what, and how many rows there are."""
    with desk.uow.read() as session:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
            if table.name not in LOGS
        }
        rows = session.execute(
            select(Person.name, Person.phone, Registration.title, Registration.category, Registration.seat,
                   Registration.status, Registration.enterprise_id, Registration.registered_at)
            .join(Registration).order_by(Registration.id)
        ).all()  # fmt: skip
    return counts, [tuple(row) for row in rows]


@pytest.fixture
def desk(uow, clock, actor) -> Desk:
    """A desk with an event of twelve places and two sessions."""
    made = Desk(uow, clock, actor)
    made.workspaces.create(actor)
    made.add("week", "huizhou-2019")
    made.add("event", EVENT, capacity="12")
    made.add("session", "release", name_zh="成果发布会")
    made.add("session", "exchange", name_zh="企业交流会")
    return made


def clear(desk: Desk) -> None:
    """Take everything imported away."""
    keep = {
        "workspaces",
        "leases",
        "weeks",
        "events",
        "sessions",
        "checkpoints",
        "badge_keys",
        "audit_entries",
    }
    with desk.uow.write() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in keep:
                session.execute(delete(table))
        session.execute(update(Base.metadata.tables["events"]).values(taken=0))


def test_twice_is_once(desk: Desk, tmp_path: Path) -> None:
    """Six lists in random order of rows and columns: the second import of each adds and changes nothing."""
    totals = set()
    for seed in range(6):
        random = Random(seed)
        rows, columns = people(Random(seed // 2)), list(COLUMNS)
        random.shuffle(rows)
        random.shuffle(columns)
        path = write(tmp_path / f"{seed}.csv", rows, columns)
        first = desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, path, EVENT)
        assert first.added > 12
        assert (first.updated, first.unchanged, first.refused) == (0, 0, 0)
        before = picture(desk)
        desk.clock.forward(hours=1)
        second = desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, path, EVENT)
        assert (second.added, second.updated, second.unchanged) == (0, 0, first.added)
        assert picture(desk) == before
        totals.add((seed // 2, first.added))
        clear(desk)
    assert len(totals) == 3, "the order of rows decides nothing about how many people there are"
