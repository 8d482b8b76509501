"""Definitions of figures, sums of figures, and the sentences about those that do not add up."""

import re
from dataclasses import replace

import pytest

from ipweek.domain import figure_list, reconciliation
from ipweek.domain.figures import Rate
from ipweek.domain.reconciliation import related, unreconciled
from ipweek.domain.summary_figures import Counted, Figure, Relation, Sum
from ipweek.i18n import speaking
from ipweek.render.definitions import DEFINITIONS, definition, label
from ipweek.render.explanation import value

HAN = re.compile(r"[㐀-鿿]")


def figure(key: str, count: int | None) -> Figure:
    """A figure by its key."""
    return Figure(key, key, Counted.PEOPLE, count)


def test_every_definition_is_said_in_both_languages() -> None:
    """No two figures have the same label, or what a reader sees could be either."""
    for code in ("en", "zh"):
        with speaking(code):
            told = [figure(name, 1) for name in DEFINITIONS]
            texts = [(str(label(one)), str(definition(one))) for one in told]
            assert len({first for first, _second in texts}) == len(texts)
            assert all(bool(HAN.search(text)) is (code == "zh") for pair in texts for text in pair)


def test_a_definition_ends_as_a_sentence() -> None:
    """In English with a full stop."""
    assert [name for name, one in DEFINITIONS.items() if not one.text.endswith(".")] == []


@pytest.mark.parametrize(
    ("how", "parts", "holds"),
    [
        (Sum.EQUAL, (3, 4), True),
        (Sum.EQUAL, (3, 3), False),
        (Sum.AT_LEAST, (4, 4), True),
        (Sum.AT_LEAST, (3, 3), False),
        (Sum.AT_MOST, (3, 3), True),
        (Sum.AT_MOST, (4, 4), False),
    ],
)
def test_relations(how: Sum, parts: tuple[int, int], holds: bool) -> None:
    """Seven against its parts, to the same number or as a bound."""
    figures = {"a": figure("a", 7), "b": figure("b", parts[0]), "c": figure("c", parts[1])}
    (found,) = related(figures, [Relation("x", "a", (("b", 1), ("c", 1)), how)])
    assert (found.holds, found.found, found.expected) == (holds, 7, sum(parts))
    assert unreconciled([found]) == (() if holds else (found,))


def test_relations_of_what_nobody_stated() -> None:
    """They prove nothing, and are left out; a part may count more than once."""
    figures = {"a": figure("a", 6), "b": figure("b", None), "c": figure("c", 3)}
    assert related(figures, [Relation("x", "a", (("b", 1), ("c", 1)))]) == ()
    assert related(figures, [Relation("x", "a", (("d", 1),))]) == ()
    assert related(figures, [Relation("x", "a", (("c", 2),))])[0].holds


def test_values() -> None:
    """A rate has both its counts, a share of an indicator its percentage."""
    rated = replace(figure("attendance.rate", None), rate=Rate(3, 4))
    assert value(rated) == "75.0 % (3 of 4)"
    assert value(figure("attendance.late", None)) == "no data"


def test_modules_name_the_same_checks() -> None:
    """Every way to compare has a sentence of its own."""
    from ipweek.render import reconciliation as sentences

    codes = {reconciliation.ATTENDANCES, reconciliation.DOOR, *reconciliation.LOG}
    assert set(sentences._RECORDED) == codes
    assert set(sentences._RELATED) == set(Sum)
    assert figure_list.NONE == "none"
