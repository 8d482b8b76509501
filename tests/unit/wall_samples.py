"""A wall as it stands in the middle of a conference."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from ipweek.domain.figures import Named
from ipweek.domain.live import Standing
from ipweek.domain.report_counts import Arrivals
from ipweek.domain.wall import Wall, WallSession

NOW = datetime(2019, 4, 25, 2, 17, tzinfo=UTC)
"""Seventeen past ten in Huizhou."""
DAY = date(2019, 4, 25)
QUARTER = timedelta(minutes=15)
BATTERIES = Named("li-ion", "软包锂离子电池专利导航成果", "Soft-pack lithium-ion batteries")
MAIN, SIDE = Named("hall", "主会场", "Main hall"), Named("side", "二号会议室", "Meeting room 2")


def held(code: str, zh: str, en: str, begins: int, lasts: int = 60, **values: Any) -> WallSession:
    """A session that begins so many minutes after ten."""
    start = datetime(2019, 4, 25, 2, tzinfo=UTC) + timedelta(minutes=begins)
    told: dict[str, Any] = {"room": MAIN, "taken": 0, "present": None, "seats": None} | values
    return WallSession(
        Named(code, zh, en), day=DAY, begins=start, ends=start + timedelta(minutes=lasts), **told
    )


SESSIONS = (
    held("talks", "三大产业专利导航成果发布", "Release of the results of three industries", 0,
         taken=87, present=80, seats=120),
    held("tour", "展厅参观", "Tour of the exhibition", 10, room=SIDE, taken=20, present=20, seats=20),
    held("cases", "典型案例分析", "Typical case analysis", 60, taken=31, seats=60),
    held("exchange", "企业交流会", "Enterprise exchange", 150, room=SIDE),
)  # fmt: skip


def wall(**values: Any) -> Wall:
    """The wall; values given are its own."""
    told: dict[str, Any] = {
        "event": Named("release", "专利导航成果发布会", "Patent navigation results release conference"),
        "zone": "Asia/Shanghai",
        "as_of": NOW,
        "standing": Standing(120, 87, 5, 92, 80, 3),
        "arrivals": tuple(
            Arrivals(NOW - 5 * QUARTER + number * QUARTER, people)
            for number, people in enumerate((3, 18, 40, 24, 7))
        ),
        "enterprises": 40,
        "sessions": SESSIONS,
        "released": (
            BATTERIES,
            Named("qled", "量子点显示技术专利导航成果", "QLED display technology"),
            Named("led", "LED显示屏专利导航成果", "LED screens"),
        ),
    }
    return Wall(**told | values)
