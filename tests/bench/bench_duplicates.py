"""How long the search for duplicates takes, beside reading the same rows and nothing else.

Run as `python tests/bench/bench_duplicates.py [people] [enterprises]`.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from ipweek.domain.ids import new_id
from ipweek.domain.text import enterprise_key
from ipweek.services.duplicates import Duplicates
from ipweek.storage.engine import open_engine
from ipweek.storage.migrate import upgrade
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person
from ipweek.storage.unit_of_work import UnitOfWork

SIGNS = "华阳亿纬锂能德赛西威池星彩蓝晶科达恒益盛泰安信宏远嘉瑞明辉创新联合智微纳源天正旭日升腾龙海元"
PLACES = ("惠州", "深圳", "博罗", "惠阳", "仲恺", "广东")
TRADES = ("科技", "电子", "光电", "新能源", "显示技术", "精密", "智能装备", "材料", "半导体照明", "塑胶五金")


def fill(uow: UnitOfWork, people: int, enterprises: int) -> None:
    """Names like those of a city; one person in a hundred is there twice."""
    dice = random.Random(2019)
    firms = []
    for number in range(enterprises):
        name = dice.choice(PLACES) + "".join(dice.choices(SIGNS, k=dice.randint(2, 4))) + dice.choice(TRADES)
        firms.append(
            {
                "id": new_id(),
                "code": f"e-{number}",
                "name_zh": f"{name}有限公司",
                "key": enterprise_key(name),
                "sort_key": name,
                "synthetic": True,
            }
        )
    rows: list[dict[str, Any]] = []
    for number in range(people):
        name = "".join(dice.choices(SIGNS, k=3))
        phone = f"+861990{number if number % 100 else number // 2:07d}"
        firm = dice.choice(firms)["id"]
        rows.append(
            {
                "id": new_id(),
                "name": name,
                "enterprise_id": firm,
                "phone": phone,
                "search_key": name,
                "sort_key": f"x{name}",
                "synthetic": True,
            }
        )
    with uow.write_core() as connection:
        connection.execute(insert(Enterprise), firms)
        connection.execute(insert(Person), rows)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The best of three runs, and what came of it."""
    best, found = float("inf"), None
    for _round in range(3):
        begun = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - begun)
    return best, found


def main(people: int = 100_000, enterprises: int = 10_000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder).as_posix()}/ipweek.db")
        upgrade(engine)
        uow = UnitOfWork(engine)
        fill(uow, people, enterprises)
        duplicates = Duplicates(uow)
        someone = str(duplicates.people(limit=1).pairs[0].first.id)
        floors = {
            "people": "id, name, sort_key, phone, email",
            "enterprises": "id, name_zh, key, credit_code",
        }
        for kind, columns in floors.items():
            with engine.connect() as connection:
                query = text(f"SELECT {columns} FROM {kind}")
                floor, _rows = timed(
                    lambda query=query, connection=connection: connection.execute(query).all()
                )
            took, found = timed(getattr(duplicates, kind))
            print(f"{kind:12} {took:6.2f} s  {took / floor:5.1f} × reading the rows  {found.total:,} pairs")
        for name, work in (
            ("one person", lambda: duplicates.of_person(someone)),
            ("one firm", lambda: duplicates.of_enterprise("e-1")),
        ):
            print(f"{name:12} {timed(work)[0] * 1000:6.0f} ms")
        engine.dispose()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
