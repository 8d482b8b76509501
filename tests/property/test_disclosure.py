"""What a public report withholds cannot be computed back; whoever tries goes through every solution there is."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipweek.domain import disclosure_moves
from ipweek.domain.disclosure import HEADLINES, small, withheld
from ipweek.domain.figures import Rate
from ipweek.domain.summary_figures import Counted, Figure, Relation, Sum
from tests.attacker import Attacker, mean

cells = st.one_of(st.integers(0, 4), st.integers(0, 15))


class Sheet:
    """Figures and how they add up, written down one after the other."""

    def __init__(self) -> None:
        self.figures: dict[str, Figure] = {}
        self.relations: list[Relation] = []

    def count(self, key: str, value: int | None, counted: Counted = Counted.PEOPLE) -> str:
        """A count."""
        self.figures[key] = Figure(key, key, counted, value)
        return key

    def whole(self, key: str, parts: Iterable[str]) -> str:
        """A count that others add up to."""
        parts = list(parts)
        self.count(key, sum(self.figures[part].value for part in parts))
        return self.relate(key, parts)

    def relate(self, key: str, parts: Iterable[str], how: Sum = Sum.EQUAL) -> str:
        """How counts add up."""
        self.relations.append(Relation("sum", key, tuple((part, 1) for part in parts), how))
        return key

    def rate(self, key: str, over: str, under: str) -> None:
        """A share of two counts."""
        rate = Rate(self.figures[over].value, self.figures[under].value)
        self.figures[key] = Figure(key, key, self.figures[over].counted, rate.value, rate, (over, under))

    def scores(self, key: str, given: list[int]) -> None:
        """How often each score was given, how many gave one, their mean."""
        parts = [
            self.count(f"{key}.distribution.{place}", n, Counted.ANSWERS) for place, n in enumerate(given, 1)
        ]
        n = self.whole(f"{key}.n", parts)
        total = sum(score * times for score, times in enumerate(given, 1))
        value = mean(total, sum(given)) if total else None
        self.figures[f"{key}.mean"] = Figure(f"{key}.mean", "mean", Counted.ANSWERS, value, of=(n, *parts))


@st.composite
def tables(draw: st.DrawFn) -> Sheet:
    """A table of two ways with all its margins."""
    sheet, across, down = Sheet(), draw(st.integers(2, 3)), draw(st.integers(2, 3))
    for row in range(down):
        parts = [sheet.count(f"{row}.{column}", draw(cells)) for column in range(across)]
        sheet.whole(f"row.{row}", parts)
    for column in range(across):
        sheet.whole(f"column.{column}", [f"{row}.{column}" for row in range(down)])
    sheet.whole("total", [f"row.{row}" for row in range(down)])
    sheet.relate("total", [f"column.{column}" for column in range(across)])
    return sheet


@st.composite
def trees(draw: st.DrawFn) -> Sheet:
    """Events of a week, quarters of each, and groups that overlap."""
    sheet, events = Sheet(), []
    for event in range(draw(st.integers(1, 3))):
        quarters = [sheet.count(f"{event}.{n}", draw(cells)) for n in range(draw(st.integers(1, 4)))]
        events.append(sheet.whole(f"event.{event}", quarters))
    sheet.whole("week", events)
    most = sheet.figures["week"].value
    groups = [sheet.count(f"group.{n}", min(most, draw(cells))) for n in range(draw(st.integers(0, 3)))]
    if sum(sheet.figures[group].value for group in groups) >= most:
        sheet.relate("week", groups, Sum.AT_LEAST)
    for group in groups:
        sheet.relate("week", [group], Sum.AT_MOST)
    return sheet


@st.composite
def events(draw: st.DrawFn) -> Sheet:
    """An event as its summary tells it, its names shortened to their last part."""
    sheet, said = (
        Sheet(),
        {name: draw(cells) for name in ("expected_attended", "absent", "on_leave", "after_opening")},
    )
    for name, n in said.items():
        sheet.count(f"attendance.{name}", n)
    sheet.whole("attendance.expected", ["attendance.expected_attended", "attendance.absent"])
    came = sheet.count("attendance.walk_in_attended", draw(cells))
    walk_in = sheet.count("registrations.walk_in", sheet.figures[came].value + draw(st.integers(0, 6)))
    sheet.relate(walk_in, [came], Sum.AT_MOST)
    sheet.whole(
        "registrations.registered",
        ["attendance.expected", "attendance.on_leave", walk_in, "attendance.after_opening"],
    )
    more = draw(st.integers(0, 3))
    both = ["attendance.expected_attended", came]
    attended = sheet.count("attendance.attended", more + sum(sheet.figures[key].value for key in both))
    sheet.relate(attended, both, Sum.AT_MOST)
    late = sheet.count("attendance.late", draw(st.integers(0, sheet.figures[attended].value)))
    punctual = sheet.count("attendance.punctual", sheet.figures[attended].value - sheet.figures[late].value)
    sheet.relate(attended, [late, punctual])
    sheet.rate("attendance.rate", "attendance.expected_attended", "attendance.expected")
    sheet.rate("attendance.on_time", "attendance.punctual", attended)
    seats = sheet.count("sessions.talk.capacity", draw(st.integers(1, 9)), Counted.THINGS)
    held = sheet.count("sessions.talk.attended", min(sheet.figures[attended].value, draw(cells)))
    sheet.relate(attended, [held], Sum.AT_MOST)
    sheet.rate("sessions.talk.fill", held, seats)
    return sheet


@st.composite
def opinions(draw: st.DrawFn) -> Sheet:
    """Scores with their mean, of an event and of a session of it."""
    sheet = Sheet()
    given = draw(st.lists(cells, min_size=5, max_size=5))
    sheet.scores("feedback", given)
    if draw(st.booleans()):
        sheet.scores("session", [draw(st.integers(0, n)) for n in given])
        sheet.relate("feedback.n", ["session.n"], Sum.AT_MOST)
    return sheet


sheets = st.one_of(tables(), trees(), events(), opinions())


def check(sheet: Sheet) -> None:
    """No small count is determined, unless it is so with all counts withheld; no rate shows what is hidden."""
    hidden, secret = withheld(sheet.figures, sheet.relations), small(sheet.figures)
    assert secret <= hidden
    attacker = Attacker(sheet.figures, sheet.relations, hidden)
    blind = Attacker(sheet.figures, sheet.relations, sheet.figures)
    for key in secret:
        assert len(attacker.values(key)) > 1 or len(blind.values(key)) == 1, key
    for key, figure in sheet.figures.items():
        if figure.rate:
            assert (key in hidden) == bool(hidden & set(figure.of))
        assert figure.counted is not Counted.THINGS or key not in hidden


@settings(max_examples=150, deadline=None)
@given(sheets)
def test_no_small_count_is_determined(sheet: Sheet) -> None:
    """A share of the sheets: tables of two ways, trees, groups that overlap, events, scores with their mean."""
    check(sheet)


@pytest.mark.soak
@settings(max_examples=2_000, deadline=None)
@given(sheets)
def test_no_small_count_is_determined_soaked(sheet: Sheet) -> None:
    """Many sheets."""
    check(sheet)


@settings(max_examples=60, deadline=None)
@given(sheets)
def test_a_search_that_is_too_long_withholds_more(sheet: Sheet) -> None:
    """With hardly a step allowed nothing is determined either: all that is connected is withheld."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disclosure_moves, "BUDGET", 1)
        check(sheet)


@settings(max_examples=60, deadline=None)
@given(sheets)
def test_headlines_are_the_last_to_go(sheet: Sheet) -> None:
    """One that is withheld is small, or something small is determined with all of the others withheld."""
    hidden, secret = withheld(sheet.figures, sheet.relations), small(sheet.figures)
    gone = {key for key in hidden - secret if key in HEADLINES}
    if gone:
        others = [key for key in sheet.figures if key in secret or key not in HEADLINES]
        attacker = Attacker(sheet.figures, sheet.relations, others)
        assert any(len(attacker.values(key)) == 1 for key in secret)


def broken() -> list[Sheet]:
    """Of each shape a sheet whose small counts alone do not keep their secret."""
    table, tree, event, said = Sheet(), Sheet(), Sheet(), Sheet()
    for row, values in enumerate(((3, 9, 7), (8, 6, 11), (9, 9, 5))):
        table.whole(f"row.{row}", [table.count(f"{row}.{place}", n) for place, n in enumerate(values)])
    for place in range(3):
        table.whole(f"column.{place}", [f"{row}.{place}" for row in range(3)])
    tree.whole("one", [tree.count("a", 2), tree.count("b", 7), tree.count("c", 12)])
    tree.whole("all", ["one", tree.count("two", 9)])
    event.whole(
        "attendance.expected", [event.count("attendance.expected_attended", 97), event.count("absent", 3)]
    )
    event.rate("attendance.rate", "attendance.expected_attended", "attendance.expected")
    said.scores("feedback", [0, 1, 4, 12, 13])
    return [table, tree, event, said]


@pytest.mark.parametrize("sheet", broken(), ids=["table", "tree", "event", "scores"])
def test_withholding_the_small_ones_alone_is_not_enough(sheet: Sheet) -> None:
    """The attacker finds them out, but not with what is withheld beside them, which is little."""
    secret, hidden = small(sheet.figures), withheld(sheet.figures, sheet.relations)
    alone = Attacker(sheet.figures, sheet.relations, secret)
    assert any(alone.values(key) == [sheet.figures[key].value] for key in secret)
    check(sheet)
    counts = {key for key in hidden if not sheet.figures[key].rate}
    assert len(counts - secret) <= 3
