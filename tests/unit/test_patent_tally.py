"""Figures out of patent records."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipweek.domain.errors import InvalidError
from ipweek.domain.patent_figures import TallyTerms, UnknownReason
from ipweek.domain.patent_headers import recognise
from ipweek.domain.patent_records import PatentSource
from ipweek.domain.patent_rows import RowReader
from ipweek.domain.patent_tally import Tally, is_provisional, tallied
from ipweek.domain.regions import target_region
from ipweek.domain.words import ApplicantRule, CountBasis, CountUnit, Level, PatentType
from tests.unit.patent_exports import HEADERS, INCOPAT, INCOPAT_ROWS

HUIZHOU = target_region("441300", "惠州", "Huizhou")
FIRST_ROW = 2


def figures(rows=INCOPAT_ROWS, header=INCOPAT, terms=None, aliases=None):
    """The figures of rows of cells, numbered from 2 on."""
    layout = recognise(header)
    reader = RowReader(layout)
    tally = Tally(layout, HUIZHOU, terms, aliases)
    return tallied(tally, ((number, reader.read(row)) for number, row in enumerate(rows, FIRST_ROW)))


def counts(found, kind=PatentType.ALL):
    """Count and unknown of each level."""
    return [(one.count, one.unknown) for one in found.levels if one.patent_type is kind]


def test_the_figures_of_an_export_by_hand():
    """Seven applications in eight rows: counted apart, by plain code, from the same cells."""
    cells = [dict(zip(INCOPAT, row, strict=True)) for row in INCOPAT_ROWS if row[5]]
    applications = {cell["申请号"] for cell in cells}
    found = figures()
    assert found.source is PatentSource.INCOPAT
    assert (found.unit, found.basis) == (CountUnit.APPLICATION, CountBasis.APPLICANT_REGION)
    assert (found.rows, found.refused, found.counted) == (9, 1, len(applications))
    assert found.duplicates == len(cells) - len(applications) == 1
    city = {cell["申请号"] for cell in cells if "惠州市" in cell["申请人地址"]}
    province = {cell["申请号"] for cell in cells if "44" in cell["申请人省市代码"]}
    country = province | {cell["申请号"] for cell in cells if "32" in cell["申请人省市代码"]}
    # the design has no city, the German application nothing
    assert counts(found) == [(7, 0), (len(country), 1), (len(province), 1), (len(city), 2)]
    assert [one.region_code for one in found.levels[:4]] == [None, "CN", "440000", "441300"]
    assert found.level(Level.CITY).unknown_by == {
        UnknownReason.NOTHING_TOLD: 1,
        UnknownReason.ONLY_PROVINCE: 1,
    }
    assert found.granted == 3  # the second row, the utility model, the design
    assert (found.untyped, found.unclassified, found.after_cut_off) == (0, 1, 0)
    assert found.keyed == {"application_number": 7}
    assert found.placed_by == {"": 1, "address": 1, "city": 3, "country": 1, "province": 1}


def test_types_of_patents_are_counted_apart():
    """With the same levels; a type that nobody has is not there."""
    found = figures()
    assert counts(found, PatentType.INVENTION) == [(5, 0), (3, 1), (2, 1), (2, 1)]
    assert counts(found, PatentType.UTILITY) == [(1, 0), (1, 0), (1, 0), (0, 0)]
    assert counts(found, PatentType.DESIGN) == [(1, 0), (1, 0), (1, 0), (0, 1)]
    assert figures(INCOPAT_ROWS[:2]).level(Level.WORLD, PatentType.DESIGN) is None


def test_the_row_that_is_no_patent_is_told():
    """With the number that the spreadsheet shows, and the header of a number."""
    told = figures().problems
    assert [(one.row, one.column, one.code, one.severity) for one in told] == [
        (10, "公开（公告）号", "patent-number-missing", "error")
    ]


def test_years_and_which_are_provisional():
    """By the day of application; two years before the cut-off not all is published yet."""
    found = figures(terms=TallyTerms(cut_off=date(2018, 12, 31)))
    world = [(one.year, one.count, one.provisional) for one in found.years if one.level is Level.WORLD]
    expected = Counter(row[6][:4] for row in {row[5]: row for row in INCOPAT_ROWS if row[5]}.values())
    assert world == [(int(year), count, year > "2016") for year, count in sorted(expected.items())]
    assert [(one.year, one.count) for one in found.years if one.level is Level.CITY] == [(2016, 1), (2018, 1)]
    assert found.after_cut_off == 2  # first published in 2019
    assert (found.cut_off, found.cut_off_assumed) == (date(2018, 12, 31), False)


def test_without_a_cut_off_the_latest_publication_is_one():
    """And the figures say so."""
    found = figures()
    assert (found.cut_off, found.cut_off_assumed, found.after_cut_off) == (date(2020, 5, 5), True, 0)


@pytest.mark.parametrize(
    ("cut_off", "first"),
    [(date(2018, 12, 31), 2017), (date(2019, 3, 31), 2017), (date(2018, 12, 30), 2016), (None, None)],
)
def test_a_year_is_provisional_when_any_of_it_lies_in_the_two_years(cut_off, first):
    """2016 ended exactly two years before the end of 2018."""
    years = [year for year in range(2010, 2020) if is_provisional(year, cut_off)]
    assert years == ([] if first is None else list(range(first, 2020)))


def test_branches_of_each_level():
    """An application counts once in a branch; the given-up groups are flagged."""
    found = figures()
    world = {one.code: one.count for one in found.branches[Level.WORLD]}
    assert (world["H"], world["H01M"], world["H01M 10"], world["H01M 2"], world["G09F 9"]) == (6, 6, 3, 2, 1)
    city = {one.code: one.count for one in found.branches[Level.CITY]}
    assert city == {
        "G": 1,
        "G09": 1,
        "G09F": 1,
        "G09F 9": 1,
        "H": 2,
        "H01": 2,
        "H01M": 2,
        "H01M 2": 1,
        "H01M 10": 2,
    }
    assert [one.code for one in found.branches[Level.WORLD] if one.reclassified] == ["H01M 2"]


def test_top_applicants_share_ranks():
    """By the first applicant, or by all; nobody has more than the level."""
    found = figures()
    top = [(one.rank, one.name, one.count) for one in found.applicants[Level.WORLD]]
    assert top[0] == (1, "惠州样例电池有限公司", 2)
    assert {rank for rank, _, _ in top[1:]} == {2}
    assert [name for _, name, _ in top[1:]] == sorted(name for _, name, _ in top[1:])
    assert "样例大学" not in [one.name for one in found.applicants[Level.CITY]]
    anyone = figures(terms=TallyTerms(rule=ApplicantRule.ANY, top=3))
    assert "样例大学" in [one.name for one in anyone.applicants[Level.CITY]]
    assert len(anyone.applicants[Level.WORLD]) == 3


def test_spellings_of_one_applicant_are_one():
    """Shown as it is written most often."""
    header = ["申请号", "申请日", "申请人"]
    names = ["Eve Energy Co., Ltd.", "EVE ENERGY CO LTD", "EVE ENERGY CO LTD", "EVE ENERGY"]
    rows = [[f"CN20180000000{number}", "2018", name] for number, name in enumerate(names)]
    top = figures(rows, header).applicants[Level.WORLD]
    assert [(one.name, one.count) for one in top] == [("EVE ENERGY CO LTD", 4)]


def test_families():
    """One of two offices is one family, placed by the member that tells where it is."""
    found = figures(terms=TallyTerms(unit=CountUnit.FAMILY))
    assert (found.counted, found.duplicates, found.keyed) == (6, 2, {"family": 6})
    assert counts(found)[1] == (5, 0)


def test_granted_and_in_force():
    """Of the applications those that are; the others are left out, and told."""
    granted = figures(terms=TallyTerms(unit=CountUnit.GRANTED))
    assert (granted.counted, granted.left_out) == (3, 4)
    force = figures(terms=TallyTerms(unit=CountUnit.IN_FORCE))
    assert (force.counted, force.left_out) == (4, 3)
    assert figures(terms=TallyTerms(unit=CountUnit.PUBLICATION)).counted == 8


def test_a_unit_without_columns_is_refused():
    """With those that the export has."""
    with pytest.raises(InvalidError) as caught:
        figures([], HEADERS["google"], TallyTerms(unit=CountUnit.FAMILY))
    assert (caught.value.code, caught.value.params["unit"]) == ("patent-unit", "family")
    assert "application" in caught.value.params["units"]


def test_an_export_without_regions_counts_by_office():
    """World and country are known; province and city only of the applicants on the list."""
    header = [
        "Jurisdiction",
        "Kind",
        "Display Key",
        "Lens ID",
        "Application Number",
        "Application Date",
        "Applicants",
    ]
    rows = [
        ["CN", "A", "CN 100000001 A", "", "CN 201810000001 A", "2018-01-01", "EVE ENERGY CO LTD"],
        ["CN", "A", "CN 100000002 A", "", "CN 201810000002 A", "2018-01-01", "UNKNOWN CO LTD"],
        ["US", "A1", "US 2018/0000003 A1", "", "US 201810000003 A", "2018-01-01", "EVE ENERGY CO LTD"],
    ]
    found = figures(rows, header, aliases={"Eve Energy Co., Ltd.": "441300"})
    assert found.basis is CountBasis.OFFICE
    assert counts(found) == [(3, 0), (2, 0), (1, 1), (1, 1)]
    assert found.level(Level.CITY).unknown_by == {UnknownReason.ONLY_COUNTRY: 1}


def test_without_an_application_number_the_publications_number_is_taken():
    """An application and its grant have the same at many offices; the figures say by what they were told apart."""
    rows = [["CN-109065805-A", "x", "甲", "", "", "2018-01-01", "2019-01-01", "", "", ""],
            ["CN-109065805-B", "x", "甲", "", "", "2018-01-01", "2020-01-01", "2020-01-01", "", ""],
            ["CN-109065805-U", "y", "甲", "", "", "2018-01-01", "2019-01-01", "", "", ""]]  # fmt: skip
    found = figures(rows, HEADERS["google"])
    assert (found.counted, found.duplicates, found.granted) == (2, 1, 2)
    assert found.keyed == {"publication_number": 2}


def test_years_of_espacenet_are_of_the_priority():
    """It has no day of application, and the figures say so."""
    rows = [
        [
            "1",
            "x",
            "",
            "甲 [CN]",
            "CN100000001A\nUS2018000001A1",
            "2017-05-05",
            "H01M10/05",
            "",
            "2018-01-01",
            "",
            "7",
        ]
    ]
    found = figures(rows, HEADERS["espacenet"])
    assert (found.unit, found.years_by_priority) == (CountUnit.FAMILY, True)
    assert [(one.level, one.year) for one in found.years] == [(Level.WORLD, 2017), (Level.COUNTRY, 2017)]


def test_facts_come_from_the_earliest_publication_that_knows_them():
    """The later owner's city does not count; the city that the first row left out does."""
    header = ["申请号", "公开号", "公开日", "申请日", "申请人", "城市"]
    moved = [["CN201810000001", "CN1A", "2019-01-01", "2018-01-01", "甲", "深圳"],
             ["CN201810000001", "CN1B", "2020-01-01", "2018-01-01", "乙", "惠州"]]  # fmt: skip
    filled = [["CN201810000001", "CN1A", "2019-01-01", "", "甲", ""], moved[1]]
    for rows in (moved, moved[::-1]):
        found = figures(rows, header)
        assert counts(found)[3] == (0, 0)
        assert [one.name for one in found.applicants[Level.WORLD]] == ["甲"]
    for rows in (filled, filled[::-1]):
        assert counts(figures(rows, header))[3] == (1, 0)


def test_a_rounded_number_is_told_and_another_one_taken():
    """Or the row is left out where it has no other."""
    header = ["申请号", "公开号", "申请日", "申请人"]
    found = figures(
        [["2.0181E+11", "CN1A", "2018-01-01", "甲"], ["2.0181E+11", "", "2018-01-01", "乙"]], header
    )
    assert (found.counted, found.refused, found.problems_total) == (1, 1, 2)
    assert [(one.row, one.column, one.code, one.severity) for one in found.problems] == [
        (2, "申请号", "number-rounded", "warning"), (3, "申请号", "number-rounded", "error"),
    ]  # fmt: skip


def test_an_empty_export_has_zeros():
    """And no years, branches or applicants."""
    found = figures([])
    assert counts(found) == [(0, 0)] * 4
    assert (found.years, found.cut_off, found.applicants[Level.WORLD]) == ((), None, ())


CELLS = {
    "申请号": ["CN201810123456.7", "201810123456", "CN201720123457.X", "CN201830123459.2", "US15/433003", ""],
    "公开（公告）号": ["CN109065805A", "CN109065805B", "CN207123456U", "US20180123456A1", ""],
    "公开（公告）日": ["20190101", "20200505", "", "昨天"],
    "申请日": ["20180601", "2017-03-01", ""],
    "专利类型": ["发明申请", "实用新型", ""],
    "申请人": ["惠州样例电池有限公司", "SAMPLE CO LTD; 样例大学", "样例大学", ""],
    "申请人地址": ["516006 广东省惠州市", "广东省", "江苏省苏州市惠州路", "日本东京", ""],
    "中国申请人地市": ["惠州", "深圳", "", "惠州; 深圳"],
    "申请人省市代码": ["广东;44", "美国;US", ""],
    "IPC": ["H01M10/0525; G09F9/33", "H01M2/02", "14-02", "不详", ""],
    "专利有效性": ["有效", "失效", ""],
    "简单同族ID": ["F1", "F2", ""],
}
ROWS = st.lists(
    st.fixed_dictionaries({header: st.sampled_from(cells) for header, cells in CELLS.items()}), max_size=12
)
TERMS = st.builds(TallyTerms, unit=st.sampled_from([None, *CountUnit]), basis=st.sampled_from([None, *list(CountBasis)[:2]]),
                  rule=st.sampled_from(ApplicantRule), cut_off=st.sampled_from([None, date(2019, 6, 30)]))  # fmt: skip


def of(rows, terms, header=tuple(CELLS)):
    """Figures without the problems, whose row numbers follow the order."""
    found = figures([[row[name] for name in header] for row in rows], header, terms)
    return replace(found, problems=())


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, terms=TERMS, seed=st.integers(0, 99))
def test_the_order_of_rows_and_columns_changes_nothing(rows, terms, seed):
    """Nor does any unit, basis or rule make it matter."""
    dice = random.Random(seed)
    shuffled, header = list(rows), list(CELLS)
    dice.shuffle(shuffled)
    dice.shuffle(header)
    assert of(shuffled, terms, header) == of(rows, terms)


@settings(max_examples=100, deadline=None)
@given(rows=ROWS, terms=TERMS)
def test_doubled_rows_are_duplicates_and_nothing_else(rows, terms):
    """Rows, refusals and problems are of the file; every figure is as before."""
    once, twice = of(rows, terms), of([*rows, *rows], terms)
    taken = once.rows - once.refused
    assert (twice.rows, twice.refused, twice.duplicates) == (
        2 * once.rows,
        2 * once.refused,
        once.duplicates + taken,
    )
    same = {"rows": 0, "refused": 0, "duplicates": 0, "problems_total": 0}
    assert replace(twice, **same) == replace(once, **same)


@settings(max_examples=100, deadline=None)
@given(rows=ROWS, terms=TERMS)
def test_levels_hold_together(rows, terms):
    """No level has more than the wider one; a year series with what has no year is the level; no applicant is above it."""
    found = of(rows, terms)
    for kind in {one.patent_type for one in found.levels}:
        held = [one for one in found.levels if one.patent_type is kind]
        assert [one.count for one in held] == sorted((one.count for one in held), reverse=True)
        assert all(one.count + one.unknown <= held[0].count for one in held)
    for level in Level:
        total = found.level(level).count
        assert sum(one.count for one in found.years if one.level is level) + found.undated[level] == total
        assert all(one.count <= total for one in (*found.applicants[level], *found.branches[level]))
    assert found.rows == found.refused + found.duplicates + found.counted + found.left_out
