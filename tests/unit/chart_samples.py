"""Charts that are hard to draw: long and hostile names, gaps, nothing, too much."""

from decimal import Decimal

from ipweek.render.summary_layout import Chart, ChartKind, ChartRow

LONG = "惠州市德赛西威汽车电子股份有限公司及其全资子公司与控股企业技术中心专利导航项目推进办公室"
HOSTILE = "[/]=1|2`<script>alert('x')</script>&amp;*x*\x1b[31m\u202e\"' \ufffe"


def row(label: str, *values: Decimal | int | None) -> ChartRow:
    """Values that are shown as they are."""
    return ChartRow(label, values, tuple("" if value is None else f"{value:,}" for value in values))


def share(label: str, part: int, whole: int) -> ChartRow:
    """A share with both its counts."""
    value = Decimal(part) / whole
    return ChartRow(label, (value,), (f"{value * 100:.1f} % ({part} of {whole})",))


def charts() -> dict[str, Chart]:
    """A chart of each kind as a report has it, and those that are hard to draw."""
    arrivals = [row(f"{8 + n // 12:02d}:{n % 12 * 5:02d}", 3 + n * (36 - n)) for n in range(36)]
    two = ("Registered", "Attended")
    return {
        "arrivals": Chart("Arrivals", ChartKind.COLUMNS, ("Arrivals",), tuple(arrivals)),
        "days": Chart("Days", ChartKind.COLUMNS, two, (row("4-25", 120, 90), row("4-26", 80, None))),
        "industries": Chart(
            f"Industries {HOSTILE}",
            ChartKind.BARS,
            two,
            (row("超高清视频", 40, 31), row(LONG, 25, 0), row(HOSTILE, 3, None), row("", 7, 7)),
        ),
        "fill": Chart(
            "Fill",
            ChartKind.SHARES,
            ("Attended",),
            (share("A room", 30, 40), share(LONG, 41, 40), row("B", None), share("ئالىم 㛃𬭎 🎉", 512, 100)),
        ),
        "thousand": Chart("1000", ChartKind.COLUMNS, ("n",), tuple(row(str(n), n % 97) for n in range(1000))),
        "gaps": Chart(
            "Gaps",
            ChartKind.COLUMNS,
            two,
            tuple(row(str(2000 + n), None if n % 7 == 3 else Decimal(n * n) / 7, -n) for n in range(1, 30)),
        ),
        "sixty": Chart(
            "60", ChartKind.BARS, two, tuple(row(f"{n} {LONG[: 5 + n % 30]}", n, 1) for n in range(60))
        ),
        "below": Chart(
            "Growth", ChartKind.BARS, ("%",), (row("a", -5), row("b", 10), row("c", Decimal("0.02")))
        ),
        "zero": Chart("Zero", ChartKind.BARS, ("n",), (row("a", 0), row("b", 0))),
        "empty": Chart("", ChartKind.SHARES, ("n",), ()),
        "huge": Chart("Huge", ChartKind.COLUMNS, ("n",), (row("a", 10**30), row("b", 10**29))),
    }
