"""IPC and CPC symbols."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipweek.domain.ipc import IpcLevel, branches, cut, level_of, normalise, order, parts, reclassified


@pytest.mark.parametrize(
    "text",
    ["H01M10/0525", "H01M 10/0525 (2010.01)", "Ｈ０１Ｍ　１０／０５２５", "h01m 10/0525", "H01M0010/0525",
     "H01M-010/0525", "H01M 10/0525 (2010.01) I", "H01M10/0525(2010.01)I", "H01M 10/0525 (EP,US)"],
)  # fmt: skip
def test_a_symbol_in_every_dress(text):
    """Spaces, width, case, leading zeros, edition and offices in brackets make no difference."""
    assert normalise(text) == "H01M 10/0525"


@pytest.mark.parametrize(
    "text", ["I01M 10/05", "H1M 10/05", "H00B", "H01M 10/0", "H01M 10/05/3", "锂电池", "", "01M"]
)
def test_what_is_no_symbol(text):
    """Sections are A to H and Y; a class has two digits, a subgroup two at least."""
    assert normalise(text) is None


def test_shallow_symbols_and_the_section_of_cpc():
    """A subclass or a group alone is a symbol, and Y is a section of the CPC."""
    assert [normalise(text) for text in ("H", "H01", "H01M", "H01M 10", "Y02E 60/10")] == [
        "H", "H01", "H01M", "H01M 10", "Y02E 60/10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "symbols"),
    [
        ("H01M10/0525(2010.01)I; H01M50/105(2021.01)I", ["H01M 10/0525", "H01M 50/105"]),
        ("H01M10/0525;;G09F9/33", ["H01M 10/0525", "G09F 9/33"]),
        ("H01M10/0525,H01M2/02", ["H01M 10/0525", "H01M 2/02"]),
        ("H01M10/0525 (EP, US); H01M2/02 (EP,US)", ["H01M 10/0525", "H01M 2/02"]),
        ("H01M10/0525\nG09F9/33", ["H01M 10/0525", "G09F 9/33"]),
        ("H01M10/0525；G09F9/33", ["H01M 10/0525", "G09F 9/33"]),
        ("G01R33/54(2006.01), A61B5/055(2006.01)", ["G01R 33/54", "A61B 5/055"]),
        ("14-02", []),
        ("LOC(12) 14-02", []),
        ("", []),
    ],
)
def test_lists_as_the_exports_write_them(cell, symbols):
    """By semicolons single, double or wide, by commas and lines; Locarno classes of designs are none."""
    assert [normalise(part) for part in parts(cell)] == symbols


def test_levels_and_order():
    """Groups sort by number, subgroups as decimals; 10/00 is the main group."""
    code = "H01M 10/0525"
    assert [cut(code, level) for level in IpcLevel] == ["H", "H01", "H01M", "H01M 10", code]
    assert level_of("H01M 10/00") is IpcLevel.MAIN_GROUP
    assert cut("H01M", IpcLevel.MAIN_GROUP) is None
    assert sorted(["H01M 50/1", "H01M 10/0525", "H01M 4/02", "H01M 10/05", "H01M 10/058", "G09F 9/33"], key=order) == [
        "G09F 9/33", "H01M 4/02", "H01M 10/05", "H01M 10/0525", "H01M 10/058", "H01M 50/1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "new", "year"),
    [
        ("H01M 2/10", "H01M 50", 2021),
        ("H01L 51/50", "H10K", 2023),
        ("H01L 33/00", "H10H", 2025),
        ("H01L 33", "H10H", 2025),
    ],
)
def test_reclassified_groups_are_flagged(code, new, year):
    """With where they went and when."""
    place = reclassified(code)
    assert (place.new, place.year) == (new, year)


def test_neighbours_of_reclassified_groups_are_not():
    """H01M 20 is not H01M 2."""
    assert [reclassified(code) for code in ("H01M 20/00", "H01L 5/00", "H01L 331/00", "H01M")] == [None] * 4


def test_a_record_counts_once_in_each_branch():
    """However many of its symbols lie there; parents stand before their children."""
    tree = branches([["H01M 10/0525", "H01M 10/058", "H01M 2/02"], ["H01M 10/00"], ["G09F 9/33", "H01L"]])
    assert [(one.code, one.parent, one.count) for one in tree] == [
        ("G", None, 1), ("G09", "G", 1), ("G09F", "G09", 1), ("G09F 9", "G09F", 1),
        ("H", None, 3), ("H01", "H", 3), ("H01L", "H01", 1), ("H01M", "H01", 2), ("H01M 2", "H01M", 1),
        ("H01M 10", "H01M", 2),
    ]  # fmt: skip
    assert [one.code for one in tree if one.reclassified] == ["H01M 2"]
    assert [one.code for one in branches([["H01M 10/05"]], IpcLevel.SUBCLASS)] == ["H", "H01", "H01M"]


SYMBOLS = st.builds(
    "{}{:02}{} {}/{:02}".format,
    st.sampled_from("ABCDEFGHY"), st.integers(1, 99), st.sampled_from("BCFGKLMNQ"), st.integers(1, 999), st.integers(0, 99),
)  # fmt: skip


@given(st.lists(st.lists(SYMBOLS, max_size=4), max_size=12))
def test_no_branch_holds_more_than_its_parent(records):
    """And a parent no more than its children together, where every symbol goes to the bottom."""
    tree = branches(records)
    counts = {one.code: one.count for one in tree}
    for one in tree:
        children = [other.count for other in tree if other.parent == one.code]
        assert one.parent is None or one.count <= counts[one.parent]
        assert not children or max(children) <= one.count <= sum(children)


@given(SYMBOLS)
def test_a_normal_form_is_its_own(symbol):
    """Reading it again changes nothing."""
    assert normalise(normalise(symbol)) == normalise(symbol) is not None
