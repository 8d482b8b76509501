"""Dates and starts as people type them."""

from datetime import date

import pytest

from ipweek.domain.starts import Start, parse_day


@pytest.mark.parametrize("text", ["2019-04-25", "2019-4-25", "2019/4/25", "2019年4月25日", " 2019年04月25 "])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    """With hyphens, slashes or 年月日, and without leading zeros."""
    assert parse_day(text) == date(2019, 4, 25)


@pytest.mark.parametrize(
    "text",
    ["2019-04-25 09:30", "2019-04-25T09:30", "2019/4/25 9:30", "2019年4月25日9：30", "2019年4月25日 9:30"],
)
def test_a_start_is_read_as_people_write_it(text: str) -> None:
    """The time after a space, a T, or 日, its colon of either width."""
    assert str(Start.parse(text)) == "2019-04-25 09:30"


@pytest.mark.parametrize("text", ["", "4-25", "2019-02-30", "25.4.2019", "2019-04-25 09:30+08:00"])
def test_what_is_no_start_is_refused(text: str) -> None:
    """Half a date, one that is none, and an offset."""
    with pytest.raises(ValueError):  # noqa: PT011 - its message is what was typed
        Start.parse(text)
