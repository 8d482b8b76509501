"""An empty workspace, and the seeded one: every fact of the source page, and nothing that it does not state."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, inspect, select

from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.words import EventStatus, Level, LinkRole, Membership, Provenance, StatementKind
from ipweek.services import workspace
from ipweek.services.workspace import seed_names
from ipweek.storage.tables import Base
from ipweek.storage.tables.audit import AuditEntry
from ipweek.storage.tables.badges import BadgeKey, Lease
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.navigation import (
    Document,
    Indicator,
    IndicatorValue,
    LevelCount,
    NavigationResult,
    Source,
    Statement,
)
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Speaker, Venue, Week, Workspace
from tests.desk import Desk, refusal

PAGE = "huizhou-gov-2019-04-26"


def rows(desk: Desk, table: type, **having: Any) -> list[Any]:
    """All rows of a table with these values, by code where there is one."""
    query = select(table).filter_by(**having)
    with desk.uow.read() as session:
        found = session.scalars(query.order_by(table.code) if hasattr(table, "code") else query).all()
        session.expunge_all()
        return list(found)


def one(desk: Desk, table: type, **having: Any) -> Any:
    """The only row of a table with these values."""
    (row,) = rows(desk, table, **having)
    return row


def stored(desk: Desk) -> dict[str, int]:
    """How many rows each table has, those without any left out."""
    with desk.uow.read() as session:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    return {name: number for name, number in counts.items() if number}


def test_empty_workspace(empty: Desk) -> None:
    """A new workspace has its own row, a lease and one entry in the trail: nothing of Huizhou."""
    assert stored(empty) == {"workspaces": 1, "leases": 1, "audit_entries": 1}
    told = empty.workspaces.info()
    assert (told.synthetic, told.created_at, told.engine) == (
        False,
        empty.clock(),
        empty.uow.engine.dialect.name,
    )
    assert (told.weeks, told.events, told.enterprises, told.people) == (0, 0, 0, 0)
    assert one(empty, Lease).desk == "desk-1"


def test_one_workspace(empty: Desk) -> None:
    """A second workspace in the same database is refused."""
    refusal(AlreadyThereError, "workspace-exists", empty.workspaces.create, empty.actor)
    assert len(rows(empty, Workspace)) == 1


def test_no_workspace(uow, clock, actor) -> None:
    """Without a workspace there is none to tell of."""
    refusal(NotFoundError, "workspace-missing", Desk(uow, clock, actor).workspaces.info)


def test_counts_of_the_seed(huizhou: Desk) -> None:
    """The seed is these rows and no more: no person, venue, session, speaker or registration is made up."""
    assert stored(huizhou) == {
        "workspaces": 1, "leases": 1, "audit_entries": 2, "audit_values": 1, "badge_keys": 1, "checkpoints": 3,
        "sources": 1, "weeks": 1, "events": 3, "enterprises": 1, "industries": 3, "results": 3,
        "level_counts": 1, "statements": 25, "documents": 1, "result_documents": 3, "result_links": 3,
        "indicators": 4, "indicator_values": 5, "report_notes": 2, "coverage": 2,
    }  # fmt: skip
    told = huizhou.workspaces.info()
    assert (told.weeks, told.events, told.enterprises, told.people) == (1, 3, 1, 0)
    for table in (Person, Registration, Scan, Venue, EventSession, Speaker):
        assert rows(huizhou, table) == []


def test_source(huizhou: Desk) -> None:
    """Fact 1: the page, its publisher and day, the 19th World IP Day."""
    page = one(huizhou, Source)
    assert page.code == PAGE
    assert page.title_en == "Guiding Enterprises to Embrace Transformation and Upgrading amid Competition"
    assert page.publisher_zh == "惠州市人民政府"
    assert page.published_on == date(2019, 4, 26)
    assert "19th World IP Day" in page.note


def test_week(huizhou: Desk) -> None:
    """Facts 1 and 3: the week of Huizhou with its theme; its own dates are not stated."""
    week = one(huizhou, Week)
    assert (week.code, week.year, week.zone, week.region_code) == (
        "huizhou-2019",
        2019,
        "Asia/Shanghai",
        "441300",
    )
    assert "知识产权宣传周" in week.name_zh
    assert week.theme_zh == "严格知识产权保护，营造一流营商环境"
    assert week.theme_en.lower().startswith("strengthening intellectual property protection")
    assert (week.starts_on, week.ends_on) == (None, None)
    assert len(one(huizhou, BadgeKey, week_id=week.id).secret) == 32


def test_conference(huizhou: Desk) -> None:
    """Fact 2: the conference of 2019-04-25; hour, venue, host and the rest are null, never guessed."""
    event = one(huizhou, Event, code="release-2019")
    assert (event.kind, event.start_day, event.membership) == (
        "release",
        date(2019, 4, 25),
        Membership.STATED,
    )
    absent = (
        "start_time",
        "end_day",
        "end_time",
        "venue_id",
        "host",
        "organizer",
        "co_organizer",
        "capacity",
    )
    assert {name: getattr(event, name) for name in absent} == dict.fromkeys(absent)
    assert (event.status, event.synthetic, event.taken) == (EventStatus.PLANNED, False, 0)
    said = one(huizhou, Statement, code="release-important-event")
    assert "one of the important events" in said.text_en


def test_undated_activities(huizhou: Desk) -> None:
    """Fact 14: exchange and case analysis have no date, and nobody says that they belong to the week."""
    for code, kind in (("enterprise-exchange", "exchange"), ("case-analysis", "case_analysis")):
        event = one(huizhou, Event, code=code)
        assert (event.kind, event.start_day, event.membership) == (kind, None, Membership.NOT_STATED)
        said = one(huizhou, Statement, event_id=event.id)
        assert all(word in said.text_en for word in ("patent information", "abroad", "countermeasures"))
    assert {door.code for door in rows(huizhou, Checkpoint)} == {
        "release-2019",
        "enterprise-exchange",
        "case-analysis",
    }


def test_results(huizhou: Desk) -> None:
    """Facts 2, 4 and 11: three released results of the three industries, one document linked to all."""
    assert [row.code for row in huizhou.records.list("industry")] == ["led", "li-ion", "qled"]
    for industry, alias in (("li-ion", "软包锂电池"), ("qled", "量子点显示"), ("led", "LED")):
        values = huizhou.records.show("industry", industry).values
        assert alias in values["aliases"]
        shown = huizhou.navigation.result(industry)
        assert shown.result.code == f"{industry}-2019"
        assert (shown.result.values["status"], shown.result.values["released_on"]) == (
            "released",
            date(2019, 4, 25),
        )
        unstated = ("cut_off", "search_query", "commissioned_by", "authors", "standard")
        assert [shown.result.values[name] for name in unstated] == [None] * 5
        assert shown.result.values["databases"] == ()
        ((link),) = shown.links
        assert (link.place_code, link.role, link.day) == (
            "release-2019",
            LinkRole.RELEASED,
            date(2019, 4, 25),
        )
        ((paper),) = shown.documents
        assert paper.title_en == "Analysis Report on Patent Information and Navigation Program"
        assert (paper.location, paper.sha256) == (None, None)
    names = {row.name_zh for row in rows(huizhou, NavigationResult)}
    assert all(
        any(word in name for name in names) for word in ("软包锂离子电池", "QLED显示技术", "LED显示屏")
    )
    assert "not stated" in one(huizhou, Document).note


def test_soft_pack_figures(huizhou: Desk) -> None:
    """Fact 7: 285 applications in the city and the stated 6 %; no other level has a count."""
    shown = huizhou.navigation.result("li-ion-2019")
    ((count),) = shown.counts
    assert (count.level, count.region_code, count.count, count.comparator) == (Level.CITY, "441300", 285, "=")
    assert (count.unit, count.provenance, count.source) == ("application", Provenance.STATED, PAGE)
    assert (count.period, count.patent_type, count.basis, count.applicant_rule) == (None,) * 4
    said = {line.code: line for line in shown.statements}
    share = said["li-ion-share-of-guangdong"]
    assert (share.value, share.unit, share.comparator, share.kind) == (
        Decimal(6),
        "%",
        "=",
        StatementKind.SHARE,
    )
    assert "Guangdong" in share.text_en
    assert "core production base" in said["li-ion-position"].text_en
    assert len(rows(huizhou, LevelCount)) == 1


def test_led_figures(huizhou: Desk) -> None:
    """Fact 8: more than 100 manufacturers, with the comparator, and the cluster; QLED has no figure at all."""
    shown = huizhou.navigation.result("led-2019")
    said = {line.code: line for line in shown.statements}
    figure = said["led-manufacturers"]
    assert (figure.value, figure.comparator, figure.unit) == (Decimal(100), ">", "manufacturers")
    assert "full industry chain" in said["led-position"].text_en
    assert shown.counts == ()
    other = huizhou.navigation.result("qled-2019")
    assert (other.counts, other.statements) == ((), ())


@pytest.mark.parametrize(
    ("code", "kind", "value", "comparator", "read_as"),
    [
        ("applications", "actual", "21643", "=", "2018"),
        ("grants", "actual", "14705", "=", "2018"),
        ("inventions-per-10k", "actual", "12.99", "=", "2018"),
        ("inventions-per-10k", "target", "14", ">=", None),
        ("certified-enterprises", "target", "45", ">", None),
    ],
)
def test_indicators(huizhou: Desk, code: str, kind: str, value: str, comparator: str, read_as: str) -> None:
    """Facts 5 and 6: figures and targets, to the digit, as stated for 2019 and how that is read."""
    indicator = one(huizhou, Indicator, code=code)
    row = one(huizhou, IndicatorValue, indicator_id=indicator.id, kind=kind)
    assert (str(row.value), row.comparator, row.period, row.read_as) == (value, comparator, "2019", read_as)
    assert (row.provenance, row.source_id) == (Provenance.STATED, one(huizhou, Source).id)
    if kind == "actual":
        assert row.note_en
        assert row.note_zh


def test_unknown_actual_is_absent(huizhou: Desk) -> None:
    """How many enterprises were certified is not stated: there is no row, and no 0."""
    indicator = one(huizhou, Indicator, code="certified-enterprises")
    assert [row.kind for row in rows(huizhou, IndicatorValue, indicator_id=indicator.id)] == ["target"]
    assert "not stated" in indicator.note
    assert not any(row.value == 0 for row in rows(huizhou, IndicatorValue))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("release-four-levels", ("four levels", "world", "China", "Guangdong", "Huizhou")),
        ("direction-structure", ("Structural adjustment",)),
        ("direction-market", ("Market demand",)),
        ("direction-technology", ("Technological development",)),
        ("purpose-guidance", ("planning", "companies")),
        ("purpose-developments", ("latest research", "in time", "competition")),
        ("purpose-upgrading", ("supply-side structural reform", "upgrading", "decision-making")),
        (
            "purpose-gathering",
            ("intellectual property", "leading talents", "industrial capital", "competitive"),
        ),
        ("release-attracted", ("high-tech enterprises", "patents and trademarks")),
        ("bureau-quoted", ("advice for upgrading", "targets")),
        ("heg-quoted", ("rewarding", "foothold", "patent layout")),
        ("demonstration-city", ("last year", "demonstration city")),
        ("patent-quality", ("quality",)),
    ],
)
def test_statements(huizhou: Desk, code: str, words: tuple[str, ...]) -> None:
    """Facts 9, 10, 12, 13 and 15, each with what it says in both languages."""
    said = one(huizhou, Statement, code=code)
    assert all(word in said.text_en for word in words)
    assert said.text_zh


def test_everything_said_has_provenance_and_source(huizhou: Desk) -> None:
    """Statements, counts and indicator values are stated, and name the page."""
    page = one(huizhou, Source).id
    for table in (Statement, LevelCount, IndicatorValue):
        for row in rows(huizhou, table):
            assert (row.provenance, row.source_id) == (Provenance.STATED, page)


def test_stated_attendee(huizhou: Desk) -> None:
    """Fact 13: HEG is said to have attended; it is no registration, and what is not stated is null."""
    heg = one(huizhou, Enterprise)
    assert (heg.name_en, heg.name_zh, heg.credit_code) == ("Huizhou HEG Technology Co., Ltd", None, None)
    assert huizhou.records.show("enterprise", "heg").values["industries"] == ()
    said = {row.kind for row in rows(huizhou, Statement, enterprise_id=heg.id)}
    assert said == {StatementKind.ATTENDEE, StatementKind.QUOTATION}
    quoted = one(huizhou, Statement, code="heg-quoted")
    assert "name not stated" in quoted.said_by_en
    assert huizhou.registrations.page("release-2019").total == 0


def test_not_stated_is_never_zero_or_empty(huizhou: Desk) -> None:
    """No text column of the seed is an empty string: what is not stated is null."""
    for table in (
        Source,
        Week,
        Event,
        Enterprise,
        NavigationResult,
        Statement,
        Document,
        Indicator,
        IndicatorValue,
    ):
        names = [column.key for column in inspect(table).columns]
        for row in rows(huizhou, table):
            assert "" not in [getattr(row, name) for name in names]


def test_seeded_is_not_synthetic(huizhou: Desk) -> None:
    """Facts are no demonstration."""
    assert huizhou.workspaces.info().synthetic is False
    assert {row.synthetic for table in (Week, Event, Enterprise) for row in rows(huizhou, table)} == {False}


def test_seeding_twice(huizhou: Desk) -> None:
    """A second seeding is refused, and nothing is there twice."""
    before = stored(huizhou)
    refusal(AlreadyThereError, "seed-loaded", huizhou.workspaces.seed, huizhou.actor, "huizhou-2019")
    assert stored(huizhou) == before


def test_unknown_seed(empty: Desk) -> None:
    """A seed that is not there is told with those that are; no path leads out of the folder."""
    for name in ("atlantis", "../migrations", "", "."):
        params = refusal(NotFoundError, "seed-missing", empty.workspaces.seed, empty.actor, name)
        assert params["known"] == ", ".join(seed_names()) == "case-library, huizhou-2019"


def test_seed_beside_own_records(empty: Desk) -> None:
    """A code of the seed that the workspace uses already is named, and nothing of the seed stays."""
    empty.add("industry", "led")
    before = stored(empty)
    params = refusal(AlreadyThereError, "code-taken", empty.workspaces.seed, empty.actor, "huizhou-2019")
    assert params == {"kind": "industry", "code": "led"}
    assert stored(empty) == before


@pytest.mark.parametrize(
    "text", ["[[week]\n", '[[cheese]]\ncode = "x"\n', '[[industry]]\ncode = "x"\ncolour = "red"\n',
             '[[result]]\ncode = "x"\nindustry = "none"\n']
)  # fmt: skip
def test_broken_seed(empty: Desk, monkeypatch, tmp_path, text: str) -> None:
    """A seed file with an error is refused by name, and nothing of it stays."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "1.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(workspace, "data_folder", lambda _name: tmp_path)
    refusal(InvalidError, "seed-invalid", empty.workspaces.seed, empty.actor, "broken")
    assert stored(empty) == {"workspaces": 1, "leases": 1, "audit_entries": 1}


def test_seeding_is_in_the_trail(huizhou: Desk) -> None:
    """Who seeded what is told."""
    assert [row.action for row in huizhou.audit.lines()] == ["seed", "create"]
    assert len(rows(huizhou, AuditEntry)) == 2
