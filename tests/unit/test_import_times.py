"""Days and hours as programmes write them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipweek.domain.import_times import When, read_when

DAY, NEXT = date(2020, 4, 25), date(2020, 4, 27)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4月25日（星期六）上午", When(DAY)),
        ("2020年4月25日-27日", When(DAY, last=NEXT)),
        ("4月25日至4月27日", When(DAY, last=NEXT)),
        ("2020/4/25 9:30-11:30", When(DAY, time(9, 30), time(11, 30))),
        ("2020-04-25T09:30", When(DAY, time(9, 30))),
        ("Saturday, 2020-04-25", When(DAY)),
        ("9:30—11:30", When(None, time(9, 30), time(11, 30))),
        ("9.30-11.30", When(None, time(9, 30), time(11, 30))),
        ("上午9:30", When(None, time(9, 30))),
        ("14：00—15：30", When(None, time(14), time(15, 30))),
        ("下午2点半", When(None, time(14, 30))),
        ("下午2:00-3:30", When(None, time(14), time(15, 30))),
        ("上午11:00～1:00", When(None, time(11), time(13))),
        ("中午12:00", When(None, time(12))),
        ("2 pm - 3:30 p.m.", When(None, time(14), time(15, 30))),
        ("12:30 am", When(None, time(0, 30))),
        ("09:30:00", When(None, time(9, 30))),
        ("全天", When()),
        ("待定", When()),
    ],
)
def test_what_people_write(text: str, said: When) -> None:
    """Full width, half days, ranges, years left out."""
    assert read_when(text, 2020, times=True) == said


def test_a_point_is_of_a_day_or_of_an_hour() -> None:
    """By the column it stands in."""
    assert read_when("4.25", 2020) == When(DAY)
    with pytest.raises(ValueError, match=r"4\.2"):
        read_when("4.2", 2020, times=True)


@pytest.mark.parametrize(
    "text", ["25:00", "9-11", "2020-13-40", "9:30 11:30", "9:30-10:30-11:30", "=1+1", "日", "4月", "9" * 5000]
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    """Rather than guessed at."""
    with pytest.raises(ValueError, match=r".*"):
        read_when(text, 2020, times=True)


@given(st.text(alphabet="0123456789:：.-—年月日上下午点半am pm/至", max_size=30), st.booleans())
def test_any_text_is_read_or_refused(text: str, times: bool) -> None:
    """Nothing else ever comes of it."""
    try:
        said = read_when(text, 2020, times=times)
    except ValueError:
        return
    assert said.begins is not None or said.ends is None
