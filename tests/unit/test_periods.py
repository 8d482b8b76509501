"""Periods as officials write them."""

import pytest

from ipweek.domain.periods import Span, is_later, order, same, span


@pytest.mark.parametrize(
    ("text", "first", "months"),
    [
        ("2019", (2019, 1), 12),
        (" ２０１９年 ", (2019, 1), 12),
        ("2019年度", (2019, 1), 12),
        ("2019H1", (2019, 1), 6),
        ("2019-h2", (2019, 7), 6),
        ("2019年下半年", (2019, 7), 6),
        ("2019 Q3", (2019, 7), 3),
        ("2019年第一季度", (2019, 1), 3),
        ("2019年4季度", (2019, 10), 3),
        ("2019-06", (2019, 6), 1),
        ("2018年12月", (2018, 12), 1),
        ("2018-12-31", (2018, 12), 1),
        ("2016-2020", (2016, 1), 60),
        ("2016年—2020年", (2016, 1), 60),
        ("2016至2020", (2016, 1), 60),
    ],
)
def test_what_a_period_covers(text: str, first: tuple[int, int], months: int) -> None:
    """Years, halves, quarters, months and spans of years, in either language and width."""
    start = first[0] * 12 + first[1] - 1
    assert span(text) == Span(start, start + months - 1)


@pytest.mark.parametrize(
    "text", ["", "13th plan", "201", "2019-13", "2020-2016", "2019H3", "2019Q0", "20190", "同期"]
)
def test_what_is_no_period(text: str) -> None:
    """Anything else covers nothing known, and stands last."""
    assert span(text) is None
    assert order("2030") < order(text)


def test_the_order_is_that_of_the_ends() -> None:
    """A half comes before its year, a year before the plan that ends with it."""
    told = ["16", "2016-2020", "2020", "2019", "2019H2", "2019H1", "2018"]
    assert sorted(told, key=order) == ["2018", "2019H1", "2019H2", "2019", "2020", "2016-2020", "16"]


def test_the_same_and_later() -> None:
    """Two ways to write a year are one; of what is no known period nothing is later."""
    assert same("2019", "2019年")
    assert not same("2019", "2019H2")
    assert same("a plan", "a plan")
    assert not same("a plan", "another")
    assert is_later("2019", "2018")
    assert not is_later("2019", "2019H2")
    assert not is_later("2019", "a plan")
    assert not is_later("a plan", "2019")


def test_the_year_before() -> None:
    """Of a half the same half, of a plan nothing."""
    assert span("2019H1").year_before == span("2018H1")
    assert span("2019").year_before == span("2018")
    assert span("2016-2020").year_before is None
