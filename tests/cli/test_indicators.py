"""Indicators on the command line: the series within 80 columns, the list, the same figures everywhere."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from ipweek.bootstrap import App
from ipweek.config import load
from tests.desk import Desk

STOCK = "inventions-per-10k"
MANY = (
    ("actual", "> 1200.55", "2018"),
    ("actual", "1950.2", "2019"),
    ("target", "2000", "2019"),
    ("target", "~ 99999", "2016-2020"),
    ("baseline", "310", "2015"),
    ("actual", "-40", "2014"),
)


@pytest.fixture
def desk(seeded: Path) -> Iterator[Desk]:
    """The services of the seeded workspace."""
    app = App(load({"home": str(seeded)}))
    yield Desk(app.uow, app.records.clock, app.actor)
    app.close()


def test_the_series_of_2019(run, desk: Desk) -> None:
    """12.99 read as 2018 against at least 14: 1.01, 92.79 %, 7.78 %; the page's own year and source beside."""
    text = run("indicator", "show", STOCK).stdout
    row = next(line for line in text.splitlines() if line.startswith("2019"))
    assert row.split() == [
        "2019",
        "not",
        "stated",
        "≥",
        "14",
        "1.01",
        "92.79",
        "%",
        "7.78",
        "%",
        "not",
        "yet",
    ]
    for wanted in ("actual: stated as 2019", "against the actual of 2018: 12.99", "read as 2018", "Not corrected.",
                   "2019-04-26"):  # fmt: skip
        assert wanted in text


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize("code", [STOCK, "certified-enterprises", "many"])
def test_everything_fits_eighty_columns(run, desk: Desk, tongue: str, code: str) -> None:
    """Bars, bounds, long names and notes: no line is wider, and the columns end in the same cells."""
    desk.add("indicator", "many", name_zh="每万人口高价值发明专利拥有量" * 4, unit="件", note="说明" * 90)
    for kind, number, period in MANY:
        sign, _, plain = number.rpartition(" ")
        desk.add("indicator_value", "", indicator="many", kind=kind, value=plain, comparator=sign or "=",
                 period=period, note_zh="注" * 99, read_as="2014年度" if period == "2014" else "")  # fmt: skip
    lines = run("indicator", "show", code, "--lang", tongue).stdout.splitlines()
    assert [line for line in lines if cell_len(line) > 80] == []
    assert len({cell_len(line.rstrip()) for line in lines if "┃" in line and not line.startswith(" ")}) == 1
    assert ("not stated" if tongue == "en" else "未公布") in "\n".join(lines)


def test_the_bars_are_to_scale(run, desk: Desk) -> None:
    """Half as much is half as long, the mark of the target stands where such a bar would end, below 0 goes left."""
    desk.add("indicator", "scale", name_en="Scale")
    for kind, number, period in (
        ("actual", "50", "2018"),
        ("actual", "100", "2019"),
        ("target", "50", "2019"),
    ):
        desk.add("indicator_value", "", indicator="scale", kind=kind, value=number, period=period)
    lines = run("indicator", "show", "scale").stdout.splitlines()
    half, full = (
        next(line for line in lines if line.startswith(year) and "█" in line) for year in ("2018", "2019")
    )
    assert half.count("█") * 2 == full.count("█") + 1
    assert full.index("┃") == half.rindex("█")
    desk.add("indicator_value", "", indicator="scale", kind="actual", value="-100", period="2017")
    lines = run("indicator", "show", "scale").stdout.splitlines()
    below, above = (
        next(line for line in lines if line.startswith(year) and "█" in line) for year in ("2017", "2018")
    )
    assert below.rindex("█") == above.index("█")
    assert below.index("█") == 12


def test_values_are_entered_and_refused(run, desk: Desk) -> None:
    """A value of another year joins the series; the same again is refused in a sentence of its own."""
    value = (
        "indicator",
        "value",
        "add",
        "--indicator",
        STOCK,
        "--kind",
        "actual",
        "--value",
        "14.3",
        "--period",
        "2019",
    )
    assert run(*value).exit_code == 0
    told = json.loads(run("indicator", "show", STOCK, "--json").stdout)
    assert [line["reached"] for line in told["periods"]] == [None, True]
    assert told["periods"][1]["change"] == {"amount": 1.31, "comparator": "=", "rate": 0.1008}
    assert told["latest"]["gap"] == -0.3
    assert "yes" in run("indicator", "show", STOCK).stdout
    again = run(*value)
    assert again.exit_code != 0
    assert "has such a value already" in again.stderr
    period = run(*value[:-2])
    assert period.exit_code != 0


def test_the_list(run, desk: Desk) -> None:
    """A row an indicator with its latest target; what nobody stated says so; the JSON keeps the record's fields."""
    text = run("indicator", "list").stdout
    rows = {
        line.split()[0]: line for line in text.splitlines() if "-" in line or line.startswith(("app", "gra"))
    }
    assert "21,643" in rows["applications"]
    assert "14,705" in rows["grants"]
    assert "12.99     ≥ 14      1.01      92.79 %" in rows[STOCK]
    assert "not stated     > 45   no data      no data" in rows["certified-enterprises"]
    told = {
        one["code"]: one
        for one in json.loads(run("indicator", "list", "--week", "huizhou-2019", "--json").stdout)
    }
    assert (told[STOCK]["week"], told[STOCK]["latest"]["attainment"]) == ("huizhou-2019", 0.9279)
    assert told["certified-enterprises"]["latest"]["actual"] is None
    assert run("indicator", "show", "nothing").exit_code != 0
