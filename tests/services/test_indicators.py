"""Indicators as they are kept: the figures of 2019, entering values, what a week shows."""

from decimal import Decimal

import pytest
from sqlalchemy import update

from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.words import Comparator
from ipweek.services.indicators import Indicators
from ipweek.services.reports import Reports
from ipweek.storage.tables.navigation import Indicator
from tests.desk import Desk, refusal


@pytest.fixture
def grants(desk: Desk) -> Desk:
    """A desk with one indicator of the week."""
    desk.add("indicator", "grants")
    return desk


def indicators(desk: Desk) -> Indicators:
    """The service under test."""
    return Indicators(desk.uow, desk.clock)


def test_the_figures_of_2019(huizhou: Desk) -> None:
    """21,643, 14,705 and 12.99 as 2018; at least 14 and more than 45 for 2019; nobody stated how many were certified."""
    told = {
        page.record.code: [
            (line.period, *(one.reading.value if one else None for one in (line.actual, line.target)))
            for line in page.lines
        ]
        for page in indicators(huizhou).overview("huizhou-2019")
    }
    assert told == {
        "applications": [("2018", 21643, None)],
        "certified-enterprises": [("2019", None, 45)],
        "grants": [("2018", 14705, None)],
        "inventions-per-10k": [("2018", Decimal("12.99"), None), ("2019", None, 14)],
    }
    page = indicators(huizhou).series("certified-enterprises")
    assert page.latest.target.comparator is Comparator.MORE
    assert (page.latest.actual, page.latest.progress.gap, page.latest.progress.attainment) == (
        None,
        None,
        None,
    )


def test_the_distance_to_the_target_of_2019(huizhou: Desk) -> None:
    """1.01 short, 92.79 %, 7.78 % to grow: the series, the list and the summary say the same."""
    page = indicators(huizhou).series("inventions-per-10k")
    found = page.lines[-1].match.progress
    assert (found.gap, round(found.attainment, 4), round(found.growth_needed, 4)) == (
        Decimal("1.01"), Decimal("0.9279"), Decimal("0.0778"))  # fmt: skip
    assert page.values[0].source.title.code == "huizhou-gov-2019-04-26"
    summary = Reports(huizhou.uow, huizhou.clock).week("huizhou-2019").indicators
    assert page.latest == next(line for line in summary if line.target and line.target.value == 14)
    assert page.latest.progress == found


def test_several_years_that_were_entered(grants: Desk) -> None:
    """Values typed in any order stand by year, each with its target, and with its change."""
    for kind, number, period in (("actual", "90", "2019"), ("target", "100", "2019"), ("target", "70", "2018"),
                                 ("actual", "75", "2018"), ("baseline", "50", "2015")):  # fmt: skip
        grants.add("indicator_value", "", indicator="grants", kind=kind, value=number, period=period)
    lines = indicators(grants).series("grants").lines
    assert [line.period for line in lines] == ["2015", "2018", "2019"]
    assert [line.match.progress.reached for line in lines[1:]] == [True, False]
    assert (lines[2].change.amount, lines[2].match.progress.since_baseline) == (15, Decimal("0.8"))


def test_a_value_twice_is_named(grants: Desk) -> None:
    """The same kind, period, reading and provenance is refused by name, added or edited; others are welcome."""
    grants.add("indicator_value", "", indicator="grants")
    again = {"indicator": "grants", "value": "6"}
    assert refusal(AlreadyThereError, "value-taken", grants.add, "indicator_value", "", **again) == {
        "field": "period"
    }
    other = grants.add("indicator_value", "", **again, provenance="imported")
    refusal(AlreadyThereError, "value-taken", grants.edit, "indicator_value", other.code, provenance="stated")
    grants.add("indicator_value", "", indicator="grants", value="4", read_as="2018")
    assert [value.reading.value for value in indicators(grants).series("grants").values] == [4, 5, 6]


@pytest.mark.parametrize("number", ["NaN", "1e99999", "0e-99999", "about 5"])
def test_what_is_no_number(grants: Desk, number: str) -> None:
    """Neither words nor numbers beyond all measure are values."""
    with pytest.raises(InvalidError):
        grants.add("indicator_value", "", indicator="grants", value=number)
    assert grants.records.count("indicator_value") == 0


def test_what_a_list_leaves_out(grants: Desk) -> None:
    """Other weeks, and archived indicators unless asked for; an unknown week is refused."""
    grants.add("week", "huizhou-2020", year="2020")
    grants.add("indicator", "grants-2020", week="huizhou-2020")
    grants.add("indicator_value", "", indicator="grants")
    with grants.uow.write_core() as connection:
        connection.execute(
            update(Indicator).where(Indicator.code == "grants").values(archived_at=grants.clock())
        )
    service = indicators(grants)
    assert [page.record.code for page in service.overview()] == ["grants-2020"]
    assert [page.record.code for page in service.overview("huizhou-2019")] == []
    (page,) = service.overview("huizhou-2019", archived=True)
    assert (page.record.code, page.week.code, len(page.lines)) == ("grants", "huizhou-2019", 1)
    refusal(NotFoundError, "record-missing", service.overview, "nowhere")
