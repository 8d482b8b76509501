"""A report that has everything a report can have."""

from decimal import Decimal

from ipweek.render.summary_layout import (
    Chart,
    ChartKind,
    ChartRow,
    Document,
    Figure,
    Picture,
    Section,
    figures_table,
    table,
)
from tests.unit.hostile_texts import photograph

ROWS = 300
LONG = "知识产权宣传周启动仪式暨三大重点产业专利导航成果发布会 Opening ceremony and results release"


def everything() -> Document:
    """Parts and sections, every kind of chart, photographs, alarms, a wide table and two long appendices."""
    return Document(
        "2019年惠州市知识产权宣传周活动总结",
        "SYNTHETIC: made up.",
        (("Dates", "2019-04-20 – 2019-04-26"), ("Co-organizer", None)),
        (
            Section("Background", texts=("First paragraph.\nIts second line.\n\nAnother one.", "سلام (12 %)")),
            Section("Activities", tables=(_wide(),), notes=("Every rate shows both counts.",)),
            Section("Attendance", tables=(_figures(),), depth=2),
            Section("Enterprises", charts=tuple(chart(kind) for kind in ChartKind), depth=2),
            Section("Effect", pictures=(Picture("Opening", photograph(), 4, 3), Picture("", photograph("PNG"), 4, 3))),
            Section("Missed it", tables=(_appendix("Missed"),), appendix=True),
            Section("Came", tables=(_appendix("Came"),), appendix=True),
        ),
        alarms=("Registered 128, but the districts add up to 127.",),
        assurances=("312 figures reconcile.",),
        signed_by="惠州市市场监督管理局",
        signed_on="2019年5月6日",
    )  # fmt: skip


def chart(kind: ChartKind) -> Chart:
    """Two series over four districts, one value not stated."""
    counts = ((34, 28), (29, 25), (12, None), (7, 9))
    rows = [
        ChartRow(
            name,
            tuple(_share(value) if kind is ChartKind.SHARES else value for value in pair),
            tuple("" if value is None else str(value) for value in pair),
        )
        for name, pair in zip(("惠城区", "仲恺高新区", "惠阳区", "Daya Bay"), counts, strict=True)
    ]
    return Chart(f"By district, {kind}", kind, ("Registered", "Attended"), tuple(rows))


def _share(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value) / 40


def _wide():
    titles = (
        "Event",
        "Start",
        "Registered",
        "Attended",
        "Attendance rate",
        "Enterprises",
        "Sessions",
        "Results",
    )
    row = (LONG, "2019-04-22 09:00", "128", Figure("110", 110), "85.9 % (110 of 128)", "48", "3", "3")
    return table(titles, [row] * 4, texts=2)


def _figures():
    return figures_table(
        (
            ("Attendance rate", "72.7 % (80 of 110)", Decimal("0.727")),
            ("Expected", "110", None),
            ("Late", None, None),
            ("Over", "120.0 % (6 of 5)", Decimal("1.2")),
        )
    )


def _appendix(name: str):
    rows = [(str(n), f"样例{name}{n}电子科技有限公司", "仲恺高新区", "3", None) for n in range(1, ROWS + 1)]
    return table(("No.", "Enterprise", "District", "Registered", "Attended"), rows, texts=3)
