"""The seven rules of a navigation result, one by one, in the words that people read."""

import ast
import string
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipweek.domain import navigation_rules
from ipweek.domain.navigation import (
    ApplicantLine,
    BranchLine,
    CountLine,
    HomeRegion,
    LinkLine,
    ResultPage,
    RuleNote,
    Severity,
    StatementLine,
    YearLine,
)
from ipweek.domain.navigation_figures import TERMS, computed_shares, differing, implied_province
from ipweek.domain.records import Record
from ipweek.domain.words import (
    ApplicantRule,
    Comparator,
    CountBasis,
    CountUnit,
    Level,
    LinkRole,
    PatentType,
    Provenance,
    StatementKind,
)
from ipweek.i18n import speaking
from ipweek.render import rules

HUIZHOU = HomeRegion("441300", "惠州", "Huizhou")
EMPTY = ResultPage(
    Record("result", UUID(int=1), "led-2019", {"cut_off": None, "released_on": None}), None, None, None, None
)


def count(level: Level, number: int | None, **given: Any) -> CountLine:
    """Applications at a level, stated."""
    region = {Level.CITY: "441300", Level.PROVINCE: "440000"}.get(level)
    line = CountLine(
        f"{level}-count", level, region, number, None, None, Comparator.EQUAL, CountUnit.APPLICATION, None, None,
        None, None, Provenance.STATED, None, None,
    )  # fmt: skip
    return replace(line, **given)


def year(number: int, patents: int, **given: Any) -> YearLine:
    """Applications of a year in the city."""
    line = YearLine(
        "y", Level.CITY, "441300", number, patents, CountUnit.APPLICATION, None, None, None, False,
        Provenance.STATED, None,
    )  # fmt: skip
    return replace(line, **given)


def applicant(rank: int | None, patents: int | None, name: str = "A") -> ApplicantLine:
    """An applicant of the city."""
    return ApplicantLine(name, Level.CITY, rank, None, name, None, patents, Provenance.STATED, None)


def share(value: str, comparator: Comparator | None = None) -> StatementLine:
    """A stated share of the province."""
    nothing = (None,) * 6
    return StatementLine(
        "share",
        StatementKind.SHARE,
        Decimal(value),
        comparator,
        "%",
        *nothing,
        Provenance.STATED,
        *(None,) * 3,
    )


def notes(**parts: Any) -> list[RuleNote]:
    """What the rules say of these parts."""
    return list(navigation_rules.check(replace(EMPTY, **parts)))


def codes(**parts: Any) -> list[str]:
    """Only the codes."""
    return [note.code for note in notes(**parts)]


def said(**parts: Any) -> str:
    """The first note as a sentence of Huizhou."""
    return rules.sentence(notes(**parts)[0], HUIZHOU)


# Rule 1


def test_a_city_above_its_province() -> None:
    """More in the city than in the province is broken, and told with both names and numbers."""
    counts = (count(Level.CITY, 5000), count(Level.PROVINCE, 3000))
    (note,) = notes(counts=counts)
    assert (note.rule, note.severity, note.code) == (1, Severity.BROKEN, "level-above")
    assert "Huizhou has 5,000, more than the 3,000 of Guangdong" in said(counts=counts)
    with speaking("zh"):
        assert "惠州有 5,000 件，超过其所属广东的 3,000 件" in said(counts=counts)
    assert notes(counts=(count(Level.CITY, 3000), count(Level.PROVINCE, 3000))) == []


def test_levels_that_are_not_neighbours() -> None:
    """The city is within China, whether or not anybody knows the province."""
    assert codes(counts=(count(Level.CITY, 8), count(Level.COUNTRY, 7))) == ["level-above"]


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("unit", CountUnit.GRANTED),
        ("patent_type", PatentType.INVENTION),
        ("basis", CountBasis.OFFICE),
        ("applicant_rule", ApplicantRule.ANY),
        ("period", "2018"),
        ("region_code", "320000"),
    ],
)
def test_other_terms_are_not_comparable(term: str, other: object) -> None:
    """Whatever term differs, the numbers are not set against each other, and the term is named."""
    (note,) = notes(counts=(count(Level.CITY, 5000), count(Level.PROVINCE, 3000, **{term: other})))
    assert (note.severity, note.params["terms"]) == (Severity.NOT_COMPARABLE, (term,))
    assert "are not comparable: " in rules.sentence(note, HUIZHOU)


def test_an_unknown_unit_is_not_comparable() -> None:
    """Two counts whose unit nobody stated may count different things."""
    counts = (count(Level.CITY, 5000, unit=None), count(Level.PROVINCE, 3000, unit=None))
    assert codes(counts=counts) == ["not-comparable"]


def test_one_comparable_pair_is_enough() -> None:
    """By patent type, each type is compared with itself and nothing is said of the others."""
    counts = tuple(
        count(level, number, patent_type=kind)
        for level, number in ((Level.CITY, 5), (Level.PROVINCE, 9))
        for kind in (PatentType.ALL, PatentType.DESIGN)
    )
    assert notes(counts=counts) == []


@pytest.mark.parametrize(
    ("city", "province", "is_broken"),
    [
        (("=", 101), ("<", 101), True),
        (("=", 101), ("<=", 101), False),
        ((">", 101), ("=", 101), True),
        ((">=", 101), ("=", 101), False),
        (("<", 500), ("=", 101), False),
        (("=", 500), (">", 101), False),
        (("=", 285), ("~", 280), False),
        (("=", 286), ("~", 280), True),
    ],
)
def test_comparators_bound(city: tuple[str, int], province: tuple[str, int], is_broken: bool) -> None:
    """Only what is certain is broken: over 101 is above 101, under 500 need not be."""
    counts = (
        count(Level.CITY, city[1], comparator=Comparator(city[0])),
        count(Level.PROVINCE, province[1], comparator=Comparator(province[0])),
    )
    assert ("level-above" in codes(counts=counts)) is is_broken


TERM_VALUES = {
    "unit": st.sampled_from([None, *CountUnit]),
    "patent_type": st.sampled_from([None, *PatentType]),
    "basis": st.sampled_from([None, *CountBasis]),
    "applicant_rule": st.sampled_from([None, *ApplicantRule]),
    "period": st.sampled_from([None, "2018", "2010-2018"]),
    "region_code": st.sampled_from([None, "441300", "440000", "320500"]),
}


@given(
    st.fixed_dictionaries(TERM_VALUES),
    st.fixed_dictionaries(TERM_VALUES),
    st.sampled_from(Level),
    st.sampled_from(Level),
)
def test_comparability(first: dict[str, Any], second: dict[str, Any], wide: Level, narrow: Level) -> None:
    """It is mutual; broken is only what is comparable; of numbers that fit, nothing is ever broken."""
    one, other = count(wide, 10, **first), count(narrow, 20, **second)
    found = differing(one, other)
    assert set(found) == set(differing(other, one)) <= set(TERMS)
    comparable = first["unit"] is not None and all(first[term] == second[term] for term in TERMS[:-1])
    assert not found or not comparable or found == ("region_code",)
    assert not comparable or set(found) <= {"region_code"}
    ranks = list(Level)
    told = codes(counts=(one, other))
    assert ("level-above" in told) is (ranks.index(narrow) > ranks.index(wide) and not found)
    assert "level-above" not in codes(counts=(replace(one, count=20), replace(other, count=20)))


# Rule 2


def test_a_share_that_disagrees() -> None:
    """6 % against 285 of 3,000 is a warning with both figures; of 4,750 it agrees."""
    counts = (count(Level.CITY, 285), count(Level.PROVINCE, 3000))
    (note,) = notes(counts=counts, statements=(share("6"),))
    assert (note.rule, note.severity) == (2, Severity.WARNING)
    told = rules.sentence(note, HUIZHOU)
    assert told == "The stated share is 6 %, but 285 of 3,000 (Huizhou in Guangdong, stated) is 9.5 %."
    assert notes(counts=(counts[0], count(Level.PROVINCE, 4750)), statements=(share("6"),)) == []


@pytest.mark.parametrize(
    ("stated", "comparator", "agrees"),
    [("9.5", None, True), ("9.50", "=", True), ("10", "~", True), ("9", None, False), ("9", ">", True),
     ("9.5", ">", False), ("9.5", ">=", True), ("9.6", "<", True), ("9.4", "<=", False)],
)  # fmt: skip
def test_a_share_by_its_precision_and_comparator(stated: str, comparator: str | None, agrees: bool) -> None:
    """A share rounds to its own places; over and under are what they say."""
    page = replace(
        EMPTY,
        counts=(count(Level.CITY, 285), count(Level.PROVINCE, 3000)),
        statements=(share(stated, Comparator(comparator) if comparator else None),),
    )
    assert [found.agrees for found in computed_shares(page)] == [agrees]


def test_a_province_that_follows_from_the_share() -> None:
    """285 at 6 % imply about 4,750; where somebody gave the province, nothing is implied."""
    page = replace(EMPTY, counts=(count(Level.CITY, 285),), statements=(share("6"),))
    implied = implied_province(page)
    assert implied is not None
    assert (implied.count, implied.low, implied.high, implied.region_code) == (4750, 4385, 5181, "440000")
    assert computed_shares(page) == ()
    assert implied_province(replace(page, counts=(*page.counts, count(Level.PROVINCE, 5)))) is None


# Rule 3


def test_years_that_cover_the_period() -> None:
    """A series that covers the period sums to the total; one that does not is not asked."""
    total = count(Level.CITY, 30, period="2016-2018")
    lines = tuple(year(number, 9) for number in (2015, 2016, 2017, 2018))
    (note,) = notes(counts=(total,), years=lines)
    assert (note.rule, note.severity, note.params["summed"]) == (3, Severity.WARNING, 27)
    assert "sum to 27, but the total is 30" in rules.sentence(note, HUIZHOU)
    assert notes(counts=(replace(total, count=27),), years=lines) == []
    assert notes(counts=(total,), years=lines[:3]) == []
    assert notes(counts=(replace(total, patent_type=PatentType.DESIGN),), years=lines) == []


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("2018", 2018, 2018), ("2010–2019", 2010, 2019), ("2010年至2019年", 2010, 2019), ("2010 - 2019", 2010, 2019)],
)  # fmt: skip
def test_periods_are_read(period: str, first: int, last: int) -> None:
    """As people write them."""
    years = navigation_rules.period_years(period)
    assert years is not None
    assert (years[0], years[-1]) == (first, last)


@pytest.mark.parametrize("period", [None, "", "2019-04", "since 2010", "2019-2010", "2018-01-01"])
def test_other_periods_are_not_years(period: str | None) -> None:
    """Whatever is not whole years is not compared."""
    assert navigation_rules.period_years(period) is None


# Rule 4


@pytest.mark.parametrize(
    ("ranking", "is_broken"),
    [
        ([(1, 9), (2, 7), (2, 7), (4, 3)], False),
        ([(1, 9), (2, 7), (2, 7), (3, 3)], False),
        ([(1, 7), (2, 9)], True),
        ([(1, 9), (2, 9)], True),
        ([(1, 9), (1, 8)], True),
        ([(1, None), (None, 9), (2, 5)], False),
    ],
)
def test_ranks_follow_counts(ranking: list[tuple[int | None, int | None]], is_broken: bool) -> None:
    """Equal counts share a rank, whichever way ranks go on after them."""
    lines = tuple(applicant(rank, patents, f"A{place}") for place, (rank, patents) in enumerate(ranking))
    found = notes(applicants=lines)
    assert [note.severity for note in found] == [Severity.BROKEN] * is_broken
    if found:
        assert "equal counts share a rank" in rules.sentence(found[0], HUIZHOU)


def test_an_applicant_above_the_level() -> None:
    """Nobody has more than all together; of a level whose total nobody knows, nothing is said."""
    lines = (applicant(1, 300, "样例[/]"),)
    (note,) = notes(applicants=lines, counts=(count(Level.CITY, 285),))
    assert (note.rule, note.severity) == (4, Severity.BROKEN)
    assert rules.sentence(note, HUIZHOU).startswith("样例[/] has 300, more than the 285 of all Huizhou")
    assert notes(applicants=lines, counts=(count(Level.CITY, None),)) == []
    assert notes(applicants=lines, counts=(count(Level.CITY, 285, provenance=Provenance.IMPORTED),)) == []


# Rule 5


def branch(*symbols: str) -> BranchLine:
    """A main branch."""
    return BranchLine("b-1", None, 0, None, "Cells", symbols, None, None, Provenance.STATED, None)


def test_symbols() -> None:
    """A wrong symbol is broken; one of a group that was given up is told once, with where it went."""
    assert codes(branches=(branch("H01M 10/0525", "Y02E 60/10", "H01M 50"),)) == []
    wrong, given_up = notes(branches=(branch("Z01M 10", "H01M 2/02"), branch("H01M 2/10")))
    assert (wrong.code, wrong.severity) == ("symbol-invalid", Severity.BROKEN)
    assert (given_up.code, given_up.severity) == ("symbol-reclassified", Severity.WARNING)
    assert "H01M 2 was given up in 2021: its documents are in H01M 50" in rules.sentence(given_up)


# Rule 7


def dated(released: date | None, day: date | None, cut_off: date | None = None) -> list[str]:
    """The codes for a result released at an event of a day."""
    record = replace(EMPTY.result, values={"released_on": released, "cut_off": cut_off})
    link = LinkLine("event", "conference", None, None, day, "led-2019", None, None, LinkRole.RELEASED)
    return codes(result=record, links=(link,))


def test_dates() -> None:
    """The day of release is its event's, and the data are no younger."""
    monday, tuesday = date(2019, 4, 22), date(2019, 4, 23)
    assert dated(monday, monday, monday) == []
    assert dated(None, None, monday) == []
    assert dated(monday, tuesday) == ["release-not-on-its-day"]
    assert dated(None, tuesday) == ["release-not-on-its-day"]
    assert dated(monday, monday, tuesday) == ["cut-off-after-release"]


def test_every_note_has_its_sentence() -> None:
    """Each code that the rules make has a sentence whose values it gives, and no sentence is left over."""
    source = ast.parse(Path(navigation_rules.__file__).read_text(encoding="utf-8"))
    made: dict[str, set[str]] = {}
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_note":
            given = {word.arg for word in node.keywords if word.arg}
            for word in (word for word in node.keywords if word.arg is None):
                assert isinstance(word.value, ast.Call)
                given.add(ast.literal_eval(word.value.args[0]))
            if isinstance(node.args[2], ast.Constant):
                made[str(node.args[2].value)] = given
    assert set(made) == set(rules.SENTENCES)
    for code, given in made.items():
        wanted = {
            name
            for _text, name, _spec, _conversion in string.Formatter().parse(rules.SENTENCES[code])
            if name
        }
        assert wanted <= given, code
