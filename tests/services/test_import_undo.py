"""Taking imports back: all of it, or a list of the later work that stands on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from ipweek.domain.checkin import ScanRequest
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.import_report import ImportReport
from ipweek.domain.people import PersonChanges
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import ImportKind
from ipweek.services.checkin import CheckIn
from ipweek.services.people import People
from ipweek.storage.tables.imports import ImportRow
from ipweek.storage.tables.people import Person
from tests.desk import EVENT, Desk, refusal
from tests.property.test_import_undo import picture

WEEK = "huizhou-2019"
HEADER = ("姓名", "手机号码", "单位名称", "座位号", "场次")


def table(folder: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    """A list as tab-separated text."""
    path = folder / f"{uuid4().hex[:8]}.tsv"
    path.write_text("\n".join("\t".join(row) for row in (header, *rows)) + "\n", encoding="utf-8")
    return path


def bring(desk: Desk, path: Path, kind: ImportKind = ImportKind.REGISTRATIONS, **more: Any) -> ImportReport:
    """Import a list, a minute later."""
    desk.clock.forward(minutes=1)
    event = EVENT if kind is ImportKind.REGISTRATIONS else None
    report = desk.imports.run(desk.actor, kind, path, event, **more)
    desk.clock.forward(minutes=1)
    return report


@pytest.fixture
def listed(desk: Desk, tmp_path: Path) -> tuple[Desk, ImportReport]:
    """A desk where a list of two new people, one of whom is enrolled, and a known one was imported."""
    desk.add("session", "talk", name_zh="会谈")
    desk.register("单杰", "19900001009", "乙公司")
    rows = (("李雷", "19900001000", "甲公司", "A1", "会谈"), ("韩梅", "", "甲公司", "", ""))
    known = ("单杰", "19900001009", "乙公司", "B7", "会谈")
    return desk, bring(desk, table(tmp_path, *rows, known))


def _ref(desk: Desk, name: str) -> str:
    return str(next(row.id for row in desk.registrations.page(EVENT).rows if row.name == name))


def _scan(desk: Desk, _folder: Path) -> None:
    checkin = CheckIn(desk.uow, desk.clock)
    code = next(one.code for one in desk.badges.codes(EVENT) if one.name == "李雷")
    checkin.scan(desk.actor, checkin.door(EVENT), ScanRequest(code))


def _print(desk: Desk, _folder: Path) -> None:
    registration = next(row.id for row in desk.registrations.page(EVENT).rows if row.name == "李雷")
    run = desk.runs.begin(desk.actor, EVENT, [registration], 10, {})
    desk.runs.log(desk.actor, run, run.pages, "file")


def _substitute(desk: Desk, _folder: Path) -> None:
    new = NewRegistration("王芳", substitute_for=_ref(desk, "李雷"))
    desk.registrations.register(desk.actor, EVENT, new)


def _elsewhere(desk: Desk, _folder: Path) -> None:
    desk.add("event", "other")
    new = NewRegistration("李雷", phone="19900001000", enterprise="甲公司")
    desk.registrations.register(desk.actor, "other", new)


def _demand(desk: Desk, _folder: Path) -> None:
    enterprise = next(row for row in desk.records.list("enterprise") if row.values["name_zh"] == "甲公司")
    desk.add("demand", "demand-1", enterprise=enterprise.code)


def _import(desk: Desk, folder: Path) -> None:
    bring(desk, table(folder, ("李雷", "19900001000", "甲公司", "C3", "")))


def _enrol(desk: Desk, _folder: Path) -> None:
    desk.registrations.enrol(desk.actor, _ref(desk, "韩梅"), "talk")


def _cancel(desk: Desk, _folder: Path) -> None:
    desk.registrations.cancel(desk.actor, _ref(desk, "李雷"))


def _edit_person(desk: Desk, _folder: Path) -> None:
    changes = PersonChanges(email="li@example.com")
    People(desk.uow, desk.clock).edit(desk.actor, _ref(desk, "李雷"), changes)


def _reissue(desk: Desk, _folder: Path) -> None:
    desk.badges.reissue(desk.actor, _ref(desk, "李雷"))


def _seat(desk: Desk, folder: Path) -> None:
    bring(desk, table(folder, ("单杰", "19900001009", "乙公司", "B8", "")))


def _colleague(desk: Desk, _folder: Path) -> None:
    desk.register("王芳", "19900001008", "甲公司")


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (_scan, {(2, "李雷", "scanned")}),
        (_print, {(2, "李雷", "printed")}),
        (_substitute, {(2, "李雷", "substitute"), (2, "甲公司", "represented")}),
        (_elsewhere, {(2, "李雷", "registered"), (2, "甲公司", "represented")}),
        (_demand, {(2, "甲公司", "demand")}),
        (_import, {(2, "李雷", "imported")}),
        (_enrol, {(3, "韩梅", "enrolled")}),
        (_cancel, {(2, "李雷", "changed")}),
        (_edit_person, {(2, "李雷", "changed")}),
        (_reissue, {(2, "李雷", "changed")}),
        (_seat, {(4, "单杰", "changed")}),
        (_colleague, {(2, "甲公司", "represented")}),
    ],
)
def test_later_work_stands_in_the_way(
    listed: tuple[Desk, ImportReport],
    tmp_path: Path,
    work: Callable[[Desk, Path], None],
    expected: set[tuple[int, str, str]],
) -> None:
    """The list names the row, whose record it is and why; nothing is changed, by the undo or by its dry run."""
    desk, report = listed
    work(desk, tmp_path)
    before = picture(desk)
    told = desk.imports.undo(desk.actor, report.batch, dry_run=True).dependants
    assert {(one.row, one.name, one.why_code) for one in told} >= expected
    assert {(one.row, one.name) for one in told} == {place[:2] for place in expected}
    refused = refusal(InvalidError, "undo-depends", desk.imports.undo, desk.actor, report.batch)
    assert refused["dependants"] == told
    assert picture(desk) == before


def test_all_goes_and_what_was_comes_back(listed: tuple[Desk, ImportReport]) -> None:
    """People, enterprise, badges and enrolments go, seats are as before; once, audited, and said in the list."""
    desk, report = listed
    assert desk.imports.undo(desk.actor, report.batch, dry_run=True).removed == 2
    assert len(desk.registrations.page(EVENT).rows) == 3
    done = desk.imports.undo(desk.actor, str(report.batch))
    assert (done.removed, done.restored, done.dependants) == (2, 1, ())
    ((row),) = desk.registrations.page(EVENT).rows
    assert (row.name, row.seat, row.badge_no) == ("单杰", None, "0001000001")
    assert [one.values["name_zh"] for one in desk.records.list("enterprise")] == ["乙公司"]
    with desk.uow.read() as session:
        assert session.scalars(select(Person.name)).all() == ["单杰"]
    assert desk.imports.batches()[0].undone_at == desk.clock()
    assert desk.audit.lines(1)[0].action == "undo"
    assert desk.audit.broken() == ()
    refusal(InvalidError, "already-undone", desk.imports.undo, desk.actor, report.batch)
    refusal(NotFoundError, "batch-missing", desk.imports.undo, desk.actor, "x")


def test_later_imports_first(listed: tuple[Desk, ImportReport], tmp_path: Path) -> None:
    """Of two imports about one person the later one is taken back first; then the earlier one can be."""
    desk, first = listed
    second = bring(desk, table(tmp_path, ("李雷", "19900001000", "丙公司", "C3", "")))
    assert desk.imports.undo(desk.actor, first.batch, dry_run=True).dependants[0].params == {
        "file": desk.imports.batches()[0].file_name
    }
    desk.imports.undo(desk.actor, second.batch)
    desk.imports.undo(desk.actor, first.batch)
    assert len(desk.registrations.page(EVENT).rows) == 1


def test_places_are_given_back(desk: Desk, tmp_path: Path) -> None:
    """Who waits behind an imported list moves up when it is taken back, at the event and in its session."""
    desk.edit("event", EVENT, capacity="3")
    desk.add("session", "talk", name_zh="会谈", capacity="1")
    rows = [(f"人{place}", f"1990000100{place}", "", "", "会谈") for place in range(3)]
    report = bring(desk, table(tmp_path, *rows))
    for name in ("李雷", "韩梅"):
        desk.register(name, sessions=("talk",))
    assert desk.registrations.counts(EVENT).waiting == 2
    desk.imports.undo(desk.actor, report.batch)
    counts = desk.registrations.counts(EVENT)
    assert (counts.registered, counts.waiting) == (2, 0)
    assert desk.records.show("event", EVENT).values["capacity"] == 3
    full = bring(desk, table(tmp_path, *rows))
    assert (full.added, full.waiting) == (3, 2)


def test_what_an_older_version_imported_stays(listed: tuple[Desk, ImportReport]) -> None:
    """Its log keeps too little, and that is said."""
    desk, report = listed
    with desk.uow.write() as session:
        session.execute(update(ImportRow).values(after=None))
    refusal(InvalidError, "undo-not-logged", desk.imports.undo, desk.actor, report.batch)


def test_enterprises_with_all_that_is_theirs(desk: Desk, tmp_path: Path) -> None:
    """Labels, contacts and industries go or are as before; a contact that was changed by hand since is in the way."""
    desk.add("industry", "led", name_zh="LED显示屏")
    header = ("企业名称", "是否高新技术企业", "贯标证书编号", "联系人", "联系电话", "产业领域", "参会名额")
    bring(
        desk,
        table(tmp_path, ("甲公司", "", "IP-1", "王芳", "", "", "2"), header=header),
        ImportKind.ENTERPRISES,
    )
    before = picture(desk)
    rows = (
        ("甲公司", "是", "IP-2", "王芳", "0752-2000001", "led", "3"),
        ("乙公司", "是", "IP-3", "陈明", "", "led", ""),
    )
    report = bring(desk, table(tmp_path, *rows, header=header), ImportKind.ENTERPRISES)
    ((changed),) = [change for change in report.changes if change.fields]
    assert {(one.field, one.before, one.after) for one in changed.fields} == {
        ("quota", "2", "3"),
        ("industries", None, "LED显示屏"),
        ("high_tech", None, "yes"),
        ("certificate", "IP-1", "IP-2"),
        ("contact_phone", None, "0752-***0001"),
    }
    desk.imports.undo(desk.actor, report.batch)
    assert picture(desk) == before


def test_a_programme(desk: Desk, tmp_path: Path) -> None:
    """Events, sessions, rooms and people of a programme go, a session that it changed is as before."""
    desk.add("session", "talk", name_zh="会谈")
    before = picture(desk)
    header = ("场次", "时间", "主讲人", "会场")
    rows = (
        ("会谈", "2019-04-25 9:30-10:30", "王芳（教授）", "一号厅"),
        ("茶歇", "2019-04-25 10:30-10:45", "", "一号厅"),
    )
    path = table(tmp_path, *rows, header=header)
    report = desk.imports.programme(desk.actor, path, event=EVENT)
    assert (report.added, report.updated) == (1, 1)
    assert {one.field for one in report.changes[0].fields} >= {"start", "speakers", "room"}
    done = desk.imports.undo(desk.actor, report.batch)
    assert (done.removed, done.restored) == (1, 1)
    assert picture(desk) == before
    again = desk.imports.programme(desk.actor, path, event=EVENT)
    (tea,) = [row for row in desk.records.list("session", EVENT) if row.values["name_zh"] == "茶歇"]
    desk.edit("session", tea.code, note="mit Kuchen")
    refused = refusal(InvalidError, "undo-depends", desk.imports.undo, desk.actor, again.batch)
    assert [(one.row, one.name, one.params) for one in refused["dependants"]] == [
        (3, "茶歇", {"field": "note"})
    ]
