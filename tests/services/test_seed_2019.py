"""The 2019 seed holds what the news page states, each fact with its provenance, and nothing else."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ipweek.domain.kinds import KINDS
from ipweek.domain.navigation_figures import implied_province
from ipweek.domain.records import Record
from ipweek.domain.starts import Start
from ipweek.domain.words import Level, LinkRole, Membership
from tests.desk import Desk

PAGE = "huizhou-gov-2019-04-26"
CONFERENCE = "release-2019"
STATEMENTS: Mapping[str, tuple[int, str, str, tuple[str, ...]]] = {
    # code: (fact, kind, where it belongs, words that its English text has)
    "week-world-ip-day": (1, "fact", "week", ("19th World IP Day", "26 April 2019", "Huizhou, Guangdong")),
    "release-important-event": (2, "fact", "event", ("one of the important events",)),
    "release-three-industries": (2, "fact", "event", ("25 April 2019", "three key industries", "soft-pack", "QLED", "LED")),
    "week-theme": (3, "fact", "week", ("strengthening intellectual property protection", "world-class")),
    "li-ion-share-of-guangdong": (7, "share", "result", ("6 % of the total patents in Guangdong",)),
    "li-ion-position": (7, "fact", "result", ("important participant", "core production base", "power batteries")),
    "led-manufacturers": (8, "figure", "result", ("over 100 manufacturers",)),
    "led-position": (8, "fact", "result", ("full industry chain", "LED screen base in China")),
    "release-four-levels": (9, "fact", "event", ("Professionals and technicians", "world, China, Guangdong and Huizhou")),
    "direction-structure": (10, "direction", "event", ("Structural adjustment",)),
    "direction-market": (10, "direction", "event", ("Market demand",)),
    "direction-technology": (10, "direction", "event", ("Technological development",)),
    "release-report-drafted": (11, "fact", "event", ("Analysis Report on Patent Information and Navigation Program",)),
    "purpose-guidance": (12, "purpose", "event", ("planning of industries", "decisions of companies")),
    "purpose-developments": (12, "purpose", "event", ("latest research", "market competition")),
    "purpose-upgrading": (12, "purpose", "event", ("supply-side structural reform", "upgrading", "decision-making")),
    "purpose-gathering": (12, "purpose", "event", ("leading talents", "industrial capital", "competitive")),
    "release-attracted": (13, "fact", "event", ("high-tech enterprises", "patents and trademarks")),
    "heg-attended": (13, "attendee", "event", ("Huizhou HEG Technology Co., Ltd",)),
    "heg-quoted": (13, "quotation", "event", ("rewarding", "foothold", "patent layout")),
    "bureau-quoted": (13, "quotation", "event", ("advice for upgrading", "targets")),
    "exchange-information": (14, "purpose", "event", ("more patent information", "abroad", "countermeasures")),
    "case-analysis-information": (14, "purpose", "event", ("more patent information", "abroad", "countermeasures")),
    "demonstration-city": (15, "fact", "week", ("last year", "demonstration city")),
    "patent-quality": (15, "purpose", "week", ("quality of its patents",)),
}  # fmt: skip


def values(desk: Desk, kind: str, code: str) -> Mapping[str, Any]:
    """The fields of a record."""
    return desk.records.show(kind, code).values


@pytest.fixture
def statements(huizhou: Desk) -> dict[str, Record]:
    """All statements by code."""
    return {record.code: record for record in huizhou.records.list("statement")}


def test_every_statement_with_its_source(statements: dict[str, Record]) -> None:
    """Exactly these, each stated, in both languages, with the page as its source and where it belongs."""
    assert set(statements) == set(STATEMENTS)
    for code, (fact, kind, where, wanted) in STATEMENTS.items():
        found = statements[code].values
        assert (found["kind"], found["provenance"], found["source"]) == (kind, "stated", PAGE), (fact, code)
        assert [name for name in ("week", "event", "result") if found[name]] == [where], (fact, code)
        assert found["text_zh"], code
        assert [words for words in wanted if words not in found["text_en"]] == [], (fact, code)


def test_the_report_s_texts_are_the_page_s_and_name_it(huizhou: Desk) -> None:
    """What stands in the reports is said by the page, with the page named; nothing that an organizer would write."""
    for kind, code, parts in (
        ("week", "huizhou-2019", {"background"}),
        ("event", CONFERENCE, {"background", "effect"}),
    ):
        notes = huizhou.notes.show(kind, code)
        assert set(notes.texts) == parts
        for text in notes.texts.values():
            assert "26 April 2019" in str(text.en).rpartition("(Source: ")[2]
            assert "惠州市人民政府网页" in str(text.zh).rpartition("（来源：")[2]
        assert (notes.invited, notes.signed_by.zh, notes.photographs) == (None, None, ())
        (page,) = notes.coverage
        assert (page.published_on, page.url, page.title.zh) == (date(2019, 4, 26), None, None)


def test_fact_1_the_page(huizhou: Desk) -> None:
    """The page, its day, and the week in Huizhou; its own dates nobody stated."""
    page = values(huizhou, "source", PAGE)
    assert page["title_en"] == "Guiding Enterprises to Embrace Transformation and Upgrading amid Competition"
    assert page["published_on"] == date(2019, 4, 26)
    assert "19th World IP Day" in page["note"]
    week = values(huizhou, "week", "huizhou-2019")
    assert (week["city_en"], week["region_code"], week["starts_on"], week["ends_on"]) == (
        "Huizhou", "441300", None, None)  # fmt: skip
    assert "知识产权宣传周" in week["name_zh"]


def test_fact_2_the_conference(huizhou: Desk) -> None:
    """Its day is stated, and neither hour nor place nor host nor sessions are."""
    event = values(huizhou, "event", CONFERENCE)
    assert event["start"] == Start(date(2019, 4, 25))
    unsaid = ("end", "venue", "capacity", "host", "organizer", "co_organizer")
    assert [name for name in unsaid if event[name] is not None] == []
    assert huizhou.records.count("session") == 0
    assert huizhou.records.count("speaker") == 0


def test_fact_3_the_theme(huizhou: Desk) -> None:
    """In both languages; the Chinese one does not pass for the page's."""
    week = values(huizhou, "week", "huizhou-2019")
    assert week["theme_en"].startswith("Strengthening intellectual property protection")
    assert week["theme_zh"] == "严格知识产权保护，营造一流营商环境"
    assert "not from the page" in week["note"]


@pytest.mark.parametrize(
    ("industry", "alias"), [("li-ion", "软包锂电池"), ("qled", "量子点显示"), ("led", "LED屏")]
)
def test_fact_4_the_industries(huizhou: Desk, industry: str, alias: str) -> None:
    """Three, each with its result, released at the conference on its day, and no rule broken."""
    assert alias in values(huizhou, "industry", industry)["aliases"]
    page = huizhou.navigation.result(industry)
    assert (page.result.values["status"], page.result.values["released_on"]) == (
        "released",
        date(2019, 4, 25),
    )
    assert [(link.place_code, link.role) for link in page.links] == [(CONFERENCE, LinkRole.RELEASED)]
    assert page.notes == ()
    unsaid = ("cut_off", "search_query", "commissioned_by", "authors", "standard")
    assert [name for name in unsaid if page.result.values[name] is not None] == []
    assert page.result.values["databases"] == ()
    parts = (page.years, page.branches, page.applicants, page.nodes, page.findings, page.advice, page.exports)
    assert parts == ((),) * 7


@pytest.mark.parametrize(
    ("indicator", "kind", "value", "comparator", "read_as"),
    [
        ("applications", "actual", "21643", "=", "2018"),
        ("grants", "actual", "14705", "=", "2018"),
        ("inventions-per-10k", "actual", "12.99", "=", "2018"),
        ("inventions-per-10k", "target", "14", ">=", None),
        ("certified-enterprises", "target", "45", ">", None),
    ],
)
def test_facts_5_and_6_the_indicators(
    huizhou: Desk, indicator: str, kind: str, value: str, comparator: str, read_as: str | None
) -> None:
    """Stated for 2019, how that is read beside it, never instead of it; and no other value."""
    found = [record.values for record in huizhou.records.list("indicator_value", indicator)]
    (one,) = (line for line in found if line["kind"] == kind)
    assert (one["value"], one["comparator"], one["period"], one["read_as"]) == (
        Decimal(value), comparator, "2019", read_as)  # fmt: skip
    assert (one["provenance"], one["source"]) == ("stated", PAGE)
    if read_as:
        assert one["note_en"]
    assert huizhou.records.count("indicator_value") == 5


def test_fact_6_what_is_certified(huizhou: Desk) -> None:
    """What the certificate is, and of which year, is our reading; how many there were nobody stated."""
    assert "GB/T 29490" in values(huizhou, "indicator", "certified-enterprises")["note"]
    (target,) = huizhou.records.list("indicator_value", "certified-enterprises")
    assert "our reading" in target.values["note_en"]


def test_fact_7_the_batteries(huizhou: Desk) -> None:
    """285 applications and 6 %; what follows for Guangdong is derived, with its bounds."""
    page = huizhou.navigation.result("li-ion-2019")
    ((count, said),) = [(page.counts[0], page.statements[0])]
    assert len(page.counts) == 1
    assert (count.level, count.count, count.unit, count.provenance, count.source) == (
        Level.CITY, 285, "application", "stated", PAGE)  # fmt: skip
    assert (count.period, count.patent_type, count.basis, count.applicant_rule) == (None,) * 4
    assert (said.value, said.unit) == (Decimal(6), "%")
    assert "not stated" in said.note_en
    implied = implied_province(page)
    assert (implied.count, implied.low, implied.high, implied.provenance) == (4750, 4385, 5181, "derived")


def test_fact_8_the_screens(huizhou: Desk) -> None:
    """Over 100 manufacturers, with the comparator; LED and QLED have no patent count."""
    (figure,) = (said for said in huizhou.navigation.result("led").statements if said.kind == "figure")
    assert (figure.value, figure.comparator, figure.unit) == (Decimal(100), ">", "manufacturers")
    assert huizhou.navigation.result("led").counts == huizhou.navigation.result("qled").counts == ()
    assert huizhou.records.count("level_count") == 1


def test_fact_11_the_report(huizhou: Desk) -> None:
    """One document, linked to the three results, without a file."""
    (paper,) = huizhou.records.list("document")
    assert set(paper.values["results"]) == {"li-ion-2019", "qled-2019", "led-2019"}
    assert (paper.values["location"], paper.values["sha256"], paper.values["source"]) == (None, None, PAGE)
    assert "one report or three is not stated" in paper.values["note"]


def test_fact_13_who_was_there(huizhou: Desk, statements: dict[str, Record]) -> None:
    """HEG is a stated attendee, never a scan; names, its Chinese name and its industry nobody stated."""
    heg = values(huizhou, "enterprise", "heg")
    assert (heg["name_en"], heg["name_zh"], heg["industries"]) == (
        "Huizhou HEG Technology Co., Ltd",
        None,
        (),
    )
    for code in ("heg-attended", "heg-quoted"):
        assert (statements[code].values["enterprise"], statements[code].values["event"]) == (
            "heg",
            CONFERENCE,
        )
    for code in ("heg-quoted", "bureau-quoted"):
        assert "not stated" in statements[code].values["said_by_en"]
    assert huizhou.registrations.page(CONFERENCE, "").rows == ()
    assert huizhou.records.count("enterprise") == 1


@pytest.mark.parametrize(
    ("code", "kind"), [("enterprise-exchange", "exchange"), ("case-analysis", "case_analysis")]
)
def test_fact_14_undated_activities(huizhou: Desk, code: str, kind: str) -> None:
    """They have no date, and nobody said that they belong to the week."""
    event = values(huizhou, "event", code)
    assert (event["kind"], event["start"], event["membership"]) == (kind, None, Membership.NOT_STATED)


def test_nothing_else_is_there(huizhou: Desk) -> None:
    """Of every other kind there is no record at all, so nothing is shown that nobody stated."""
    filled = {kind for kind in KINDS if huizhou.records.count(kind)}
    assert filled == {"week", "event", "industry", "enterprise", "source", "result", "level_count", "statement",
                      "document", "indicator", "indicator_value", "coverage"}  # fmt: skip
