"""Patent exports into results: figures beside figures, all or nothing, and back to nothing."""

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ipweek.domain.errors import AlreadyThereError, InvalidError, IpweekError, NotFoundError
from ipweek.domain.navigation import ResultPage
from ipweek.domain.navigation_figures import computed_shares
from ipweek.domain.patent_figures import TallyTerms
from ipweek.domain.patent_records import PatentField
from ipweek.domain.words import CountUnit, ImportKind, Level, LinkRole, PatentType, Provenance
from ipweek.render import result_charts as charts
from ipweek.storage.tables.imports import ImportBatch
from ipweek.storage.tables.navigation import Applicant, Branch, LevelCount, PatentBatch, YearCount
from tests.desk import EVENT, Desk, refusal, with_workspace
from tests.kept_world import kept
from tests.unit.patent_exports import HEADERS, INCOPAT, INCOPAT_ROWS, table, workbook

TABLES = (ImportBatch, PatentBatch, LevelCount, YearCount, Branch, Applicant)
HUIZHOU = {"region_code": "441300", "city_zh": "惠州", "city_en": "Huizhou"}


def with_draft(empty: Desk) -> None:
    """Add a draft in which a figure is stated, and enterprises of the city."""
    empty.add("week", "huizhou-2019", **HUIZHOU)
    empty.add("industry", "led")
    empty.add("result", "draft")
    empty.add("level_count", "", result="draft", level="city", count="19")
    empty.add("enterprise", "sample", name_zh="惠州样例电池有限公司", district="惠城区")


@pytest.fixture
def draft(bare: Desk) -> Desk:
    """A desk with a draft in which a figure is stated, and enterprises of the city."""
    return kept(bare, with_workspace, with_draft)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The rows of an incoPat export."""
    file = tmp_path / "led.csv"
    file.write_text(table(INCOPAT, INCOPAT_ROWS), "utf-8")
    return file


def counts(desk: Desk) -> list[int]:
    """How many rows stand in each table that an import writes."""
    with desk.uow.read() as session:
        return [session.scalar(select(func.count()).select_from(one)) or 0 for one in TABLES]


def imported(page: ResultPage, level: Level, kind: PatentType = PatentType.ALL) -> int | None:
    """What an export gave for a level."""
    found = [
        line.count
        for line in page.counts
        if (line.level, line.patent_type, line.provenance) == (level, kind, Provenance.IMPORTED)
    ]
    assert len(found) == 1
    return found[0]


def test_figures_stand_beside_what_was_stated(draft: Desk, export: Path) -> None:
    """Counts, years, the tree of branches and the applicants, all imported; the stated 19 stays as it was."""
    stated = draft.navigation.result("draft").counts
    report = draft.patents.run(draft.actor, export, "draft")
    page = draft.navigation.result("draft")
    assert [line for line in page.counts if line.provenance is Provenance.STATED] == list(stated)
    assert [imported(page, level) for level in Level] == [7, 5, 4, 2]
    assert imported(page, Level.WORLD, PatentType.UTILITY) == 1
    assert {line.code for line in page.counts} >= {"draft-count-1", "draft-count-2"}
    city = [(line.year, line.count, line.provisional) for line in page.years if line.level is Level.CITY]
    assert city == [(2016, 1, False), (2018, 1, True)]
    assert {line.provenance for line in page.branches} == {Provenance.IMPORTED}
    tree = {line.code: line for line in page.branches}
    deepest = next(
        line for line in page.branches if line.symbols == ("H01M 10",) and line.level is Level.CITY
    )
    above = tree[deepest.parent or ""]
    assert (deepest.count, above.symbols, above.level, deepest.depth) == (2, ("H01M",), Level.CITY, 3)
    top = [line for line in page.applicants if line.level is Level.CITY]
    assert [(line.rank, line.name_zh, line.enterprise, line.count) for line in top] == [
        (1, "惠州样例电池有限公司", "sample", 2)
    ]
    assert report.linked == 1
    assert page.exports[0].unknown == {
        "country": {"nothing_told": 1}, "province": {"nothing_told": 1}, "city": {"nothing_told": 1, "only_province": 1}
    }  # fmt: skip
    assert not [note for note in page.notes if note.severity == "broken"]


def test_the_batch_tells_the_file_and_the_trail_who(draft: Desk, export: Path) -> None:
    """Rows, refused rows, the columns, the digest; the newest entry of the trail."""
    report = draft.patents.run(draft.actor, export, "draft")
    line = draft.imports.batches()[0]
    assert (line.id, line.kind, line.result) == (report.batch, ImportKind.PATENTS, "draft")
    assert (line.rows, line.added, line.unchanged, line.refused) == (9, 7, 1, 1)
    with draft.uow.read() as session:
        batch = session.get_one(ImportBatch, report.batch)
        assert (batch.sha256, batch.mapping["申请号"]) == (report.preview.sha256, "application_number")
    assert draft.audit.lines()[0].action == "import"
    problem = report.preview.figures.problems[0]
    assert (problem.row, problem.code) == (10, "patent-number-missing")


def test_a_preview_writes_nothing(draft: Desk, export: Path) -> None:
    """What was looked at is what is stored later, though the file is gone."""
    before = counts(draft)
    preview = draft.patents.preview(export, "draft", TallyTerms(CountUnit.FAMILY))
    assert counts(draft) == before
    export.unlink()
    draft.patents.store(draft.actor, preview)
    assert imported(draft.navigation.result("draft"), Level.WORLD) == 6


def test_the_same_file_is_refused_and_another_stands_beside(
    draft: Desk, export: Path, tmp_path: Path
) -> None:
    """The digest decides, not the name; after an undo the file may come again."""
    first = draft.patents.run(draft.actor, export, "draft")
    copy = tmp_path / "copy.csv"
    copy.write_bytes(export.read_bytes())
    told = refusal(AlreadyThereError, "patents-known", draft.patents.run, draft.actor, copy, "draft")
    assert (told["file"], told["result"]) == ("copy.csv", "draft")
    other = tmp_path / "other.csv"
    other.write_text(table(INCOPAT, INCOPAT_ROWS[:3]), "utf-8")
    draft.patents.run(draft.actor, other, "draft")
    assert [found.file_name for found in draft.patents.batches("draft")] == ["other.csv", "led.csv"]
    draft.patents.undo(draft.actor, str(first.batch))
    assert imported(draft.navigation.result("draft"), Level.WORLD) == 2
    draft.patents.run(draft.actor, copy, "draft")


def test_an_undo_leaves_what_was_there_before(draft: Desk, export: Path) -> None:
    """All figures go, the batch says so; a branch that somebody hung below an imported one stays."""
    before = counts(draft)
    report = draft.patents.run(draft.actor, export, "draft")
    page = draft.navigation.result("draft")
    draft.add("branch", "own", result="draft", parent=page.branches[0].code)
    line = draft.patents.undo(draft.actor, str(report.batch))
    assert (line.undone_at, line.removable) == (draft.clock(), False)
    assert counts(draft) == [before[0] + 1, before[1] + 1, *before[2:4], before[4] + 1, before[5]]
    assert [(one.code, one.parent) for one in draft.navigation.result("draft").branches] == [("own", None)]
    refusal(InvalidError, "already-undone", draft.patents.undo, draft.actor, str(report.batch))
    refusal(NotFoundError, "batch-missing", draft.patents.undo, draft.actor, "nothing")


def test_a_released_result_keeps_its_figures(draft: Desk, export: Path, tmp_path: Path) -> None:
    """Neither import nor undo touches it; its next version may give up what it took over."""
    draft.add("event", EVENT, start="2019-04-25")
    report = draft.patents.run(draft.actor, export, "draft")
    seen = draft.patents.preview(_other(tmp_path), "draft")
    draft.navigation.link(draft.actor, EVENT, "draft", LinkRole.RELEASED)
    before = draft.navigation.result("draft")
    for work in (
        lambda: draft.patents.run(draft.actor, export, "draft"),
        lambda: draft.patents.store(draft.actor, seen),
        lambda: draft.patents.undo(draft.actor, str(report.batch)),
    ):
        assert refusal(InvalidError, "result-released", work)["code"] == "draft"
    made = draft.navigation.supersede(draft.actor, "draft", {})
    refusal(AlreadyThereError, "patents-known", draft.patents.run, draft.actor, export, made.code)
    assert [line.removable for line in draft.patents.batches(made.code)] == [True]
    draft.patents.undo(draft.actor, str(report.batch))
    assert draft.navigation.result("draft").counts == before.counts
    assert [line.provenance for line in draft.navigation.result(made.code).counts] == [Provenance.STATED]
    draft.patents.run(draft.actor, export, made.code)


def _other(folder: Path) -> Path:
    file = folder / "other.csv"
    file.write_text(table(INCOPAT, INCOPAT_ROWS[:3]), "utf-8")
    return file


def test_a_stop_leaves_nothing(draft: Desk, tmp_path: Path) -> None:
    """It is asked while reading; what was read so far is told."""
    file = tmp_path / "long.csv"
    rows = [
        (str(number), *INCOPAT_ROWS[0][1:5], f"CN2018{number:08}", *INCOPAT_ROWS[0][6:])
        for number in range(2000)
    ]
    file.write_text(table(INCOPAT, rows), "utf-8")
    before, told = counts(draft), []
    stop = refusal(
        IpweekError, "import-stopped", draft.patents.run, draft.actor, file, "draft",
        progress=lambda done, of: told.append((done, of)), stopped=lambda: len(told) > 1,
    )  # fmt: skip
    assert stop["file"] == "long.csv"
    assert told[0][1] == file.stat().st_size
    assert counts(draft) == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("姓名,单位,电话\n张三,样例,1\n", "not-a-patent-export"),
        ("", "file-empty"),
        (table(INCOPAT, [[""] * 18 + ["有效"]]), "patents-none"),
        (table((*INCOPAT, "申请号"), [(*row, "x") for row in INCOPAT_ROWS]), "column-twice"),
    ],
)
def test_a_wrong_file_is_refused_and_writes_nothing(
    draft: Desk, tmp_path: Path, text: str, code: str
) -> None:
    """The reason is told."""
    file = tmp_path / "wrong.csv"
    file.write_text(text, "utf-8")
    before = counts(draft)
    refusal(InvalidError, code, draft.patents.run, draft.actor, file, "draft")
    assert counts(draft) == before


def test_columns_that_make_no_export_are_shown_all_the_same(draft: Desk, tmp_path: Path) -> None:
    """With letters, samples and what is wrong; a mapping makes them one."""
    file = tmp_path / "own.csv"
    file.write_text("件,谁,何时\nCN201810123456.7,惠州样例电池有限公司,2018-06-01\n", "utf-8")
    seen = draft.patents.columns(file)
    assert seen.problem is not None
    assert seen.problem.code == "not-a-patent-export"
    assert [(one.letter, one.header, one.field, one.samples) for one in seen.columns][:2] == [
        ("A", "件", None, ("CN201810123456.7",)),
        ("B", "谁", None, ("惠州样例电池有限公司",)),
    ]
    mapping = {"A": "application_number", "谁": "applicants", "C": "application_date"}
    mapped = draft.patents.columns(file, mapping)
    assert mapped.problem is None
    assert mapped.columns[1].field is PatentField.APPLICANTS
    draft.patents.run(draft.actor, file, "draft", mapping=mapping)
    page = draft.navigation.result("draft")
    assert imported(page, Level.WORLD) == 1


def test_the_city_is_that_of_the_result_s_week(draft: Desk, export: Path) -> None:
    """The week of its links, else the only one; with two and no link it must be named."""
    draft.add("week", "shenzhen-2019", region_code="440300", city_zh="深圳", city_en="Shenzhen")
    refusal(InvalidError, "region-needed", draft.patents.preview, export, "draft")
    named = draft.patents.preview(export, "draft", region="440300").figures.level(Level.CITY)
    assert named is not None
    assert (named.region_code, named.count) == ("440300", 1)
    draft.add("event", EVENT, week="shenzhen-2019")
    draft.navigation.link(draft.actor, EVENT, "draft", LinkRole.PRESENTED)
    linked = draft.patents.preview(export, "draft").figures.level(Level.CITY)
    assert linked is not None
    assert linked.region_code == "440300"


def test_known_enterprises_tell_the_place_of_their_patents(draft: Desk, tmp_path: Path) -> None:
    """By a district of the city, under any of their names; without either nothing is known."""
    draft.add(
        "enterprise", "zone", name_zh="样例光学", name_en="Sample Optics Co., Ltd.", district="仲恺高新区"
    )
    draft.add("enterprise", "nowhere", name_zh="样例无名有限公司")
    names = ("惠州样例电池有限公司", "样例光学有限公司", "SAMPLE OPTICS CO LTD", "样例无名有限公司")
    rows = [
        {"申请号": f"CN20181012345{n}.{n}", "申请日": "2018-06-01", "申请（专利权）人": name}
        for n, name in enumerate(names)
    ]
    file = tmp_path / "cnipa.csv"
    header = HEADERS["cnipa"]
    file.write_text(table(header, [[row.get(cell, "") for cell in header] for row in rows]), "utf-8")
    found = draft.patents.preview(file, "draft").figures
    city = found.level(Level.CITY)
    assert city is not None
    assert (city.count, city.unknown, dict(found.placed_by)) == (3, 1, {"": 1, "alias": 3})
    draft.patents.run(draft.actor, file, "draft")
    owners = {
        line.name_zh or line.name_en: line.enterprise for line in draft.navigation.result("draft").applicants
    }
    assert owners["SAMPLE OPTICS CO LTD"] == "zone"


def by_hand(text: str, number: str, city: str, day: str) -> tuple[int, int, Counter[str]]:
    """Applications, those of the city by its own column, and by year: counted by plain code from the file's text."""
    first: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(StringIO(text)):
        if row[number]:
            first.setdefault(row[number], row)
    return (
        len(first),
        sum(city in "".join(row.values()) for row in first.values()),
        Counter(row[day][:4] for row in first.values()),
    )


FAMILIES = {
    "lens": ("Application Number", "Application Date"),
    "patentscope": ("Application Number", "Application Date"),
    "incopat": ("申请号", "申请日"),
    "patsnap": ("申请号", "申请年"),
    "cnipa": ("申请号", "申请日"),
}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("dress", ["utf-8", "utf-8-sig", "gb18030", "reversed", "xlsx"])
def test_each_family_counts_as_by_hand(draft: Desk, tmp_path: Path, family: str, dress: str) -> None:
    """World total and years of every family agree with a plain count, whatever the file's dress."""
    number, day = FAMILIES[family]
    header = HEADERS[family]
    rows = []
    for place in range(60):
        own, grant = divmod(place, 2)
        year = 2008 + own % 7
        cells = dict.fromkeys(header, "")
        cells |= {key: value for key, value in _cells(own, grant, year).items() if key in header}
        rows.append([cells[key] for key in header])
    text = table(header, rows)
    total, city, years = by_hand(text, number, "惠州", day)
    if dress == "reversed":
        text = table(header[::-1], [row[::-1] for row in rows])
    if dress == "xlsx":
        file = workbook(tmp_path / "e.xlsx", [header, *rows])
    else:
        file = tmp_path / "e.csv"
        file.write_bytes(text.encode(dress if dress != "reversed" else "utf-8"))
    draft.patents.run(draft.actor, file, "draft")
    page = draft.navigation.result("draft")
    assert imported(page, Level.WORLD) == total == 30
    told = {str(line.year): line.count for line in page.years if line.level is Level.WORLD}
    assert told == dict(years)
    if family in ("incopat", "patsnap", "cnipa"):
        assert imported(page, Level.CITY) == city > 0


def _cells(own: int, grant: int, year: int) -> dict[str, str]:
    """One row of any family, two publications of each application, every third one of the city."""
    city = "惠州" if own % 3 == 0 else "深圳"
    number, published = f"CN{year}1{own:07}.{own % 10}", f"CN{100000000 + own}{'B' if grant else 'A'}"
    day, later, applicant = f"{year}-03-01", f"{year + 2}-03-01", f"{city}样例公司"
    return {
        "Jurisdiction": "CN", "Kind": published[-1], "Display Key": f"CN {published[2:-1]} {published[-1]}", "Lens ID": "1",
        "Application Number": number, "Application Date": day, "Application Id": published, "Country": "CN",
        "Publication Number": published, "Publication Date": later, "Applicants": "A", "I P C": "H01M 10/05",
        "IPCR Classifications": "H01M10/05",
        "申请号": number, "申请日": day, "申请年": str(year), "公开（公告）日": later,
        "公开（公告）号": published, "公开(公告)号": published, "受理局": "CN",
        "申请人": applicant, "申请（专利权）人": applicant, "[标]原始申请(专利权)人": applicant,
        "申请人省市代码": "广东;44", "国省代码": "广东;44", "当前申请(专利权)人州/省": "广东",
        "地址": f"广东省{city}市", "中国申请人地市": city, "当前申请(专利权)人地市": city,
        "IPC": "H01M10/05", "分类号": "H01M10/05", "IPC分类号": "H01M10/05",
    }  # fmt: skip


def test_two_exports_in_one_result_are_told_apart(draft: Desk, export: Path, tmp_path: Path) -> None:
    """Ranks, shares of the province and of the branches follow the counts of one export; each bears its file."""
    draft.patents.run(draft.actor, export, "draft")
    other = tmp_path / "other.csv"
    other.write_text(table(INCOPAT, INCOPAT_ROWS[3:4]), "utf-8")
    draft.patents.run(draft.actor, other, "draft")
    page = draft.navigation.result("draft")
    assert not [note for note in page.notes if note.severity == "broken"]
    shares = [one for one in computed_shares(page) if one.city.patent_type is PatentType.ALL]
    assert [(one.percent, one.city.batch == one.province.batch) for one in shares] == [
        (50, True),
        (100, True),
    ]
    said = ["".join(text for text, _role in line.spans).strip() for line in charts.branches(page, 80)]
    assert [text for text in said if text.startswith("Huizhou")] == [
        "Huizhou · imported · % of 2 · led.csv", "Huizhou · imported · % of 1 · other.csv"
    ]  # fmt: skip
