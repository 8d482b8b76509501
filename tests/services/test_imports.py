"""Imports of the sample files, what they store, and that they store all or nothing."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from ipweek.domain.errors import NotFoundError, UsageError
from ipweek.domain.import_report import ImportReport
from ipweek.domain.words import ImportKind, LabelKind, RegistrationStatus, RowOutcome
from ipweek.services.import_plan import Plan
from ipweek.storage.tables import Base
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseContact,
    EnterpriseIndustry,
    EnterpriseLabel,
    Industry,
)
from ipweek.storage.tables.imports import ImportBatch, ImportRow
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import EventSession
from tests.desk import EVENT, Desk, refusal

DATA = Path(__file__).parent.parent / "data"
BUREAU, FORM = DATA / "bureau-enterprises.xlsx", DATA / "online-form-registrations.xlsx"
LATE, ERRORS = DATA / "late-registrations-gb18030.csv", DATA / "with-errors.xlsx"
HEADER = ("姓名", "手机号码", "企业名称")


def enterprises(desk: Desk, path: Path = BUREAU, **named: Any) -> ImportReport:
    """Import enterprises."""
    return desk.imports.run(desk.actor, ImportKind.ENTERPRISES, path, **named)


def registrations(desk: Desk, path: Path = FORM, **named: Any) -> ImportReport:
    """Import registrations for the event."""
    return desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, path, EVENT, **named)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, refused."""
    return report.added, report.updated, report.unchanged, report.refused


def told(report: ImportReport, *severities: str) -> list[tuple[int, str]]:
    """The problems by row and code."""
    wanted = severities or ("error", "warning")
    return [(problem.row, problem.code) for problem in report.problems if problem.severity in wanted]


def stored(desk: Desk) -> dict[str, int]:
    """How many rows each table has."""
    with desk.uow.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def sheet(folder: Path, rows: Sequence[Sequence[Any]], header: Sequence[str] = HEADER) -> Path:
    """A spreadsheet of these rows."""
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(list(row))
    path = folder / "list.xlsx"
    book.save(path)
    return path


def test_bureau_list(huizhou: Desk) -> None:
    """40 enterprises come in with industries, labels, contacts and quota; the notes around the table do not."""
    report = enterprises(huizhou)
    assert (report.rows, counts(report), report.header_row) == (40, (40, 0, 0, 0), 3)
    with huizhou.uow.read() as session:
        first = session.scalars(
            select(Enterprise).where(Enterprise.credit_code == "91441300Q3DPARXD1L")
        ).one()
        assert (first.name_zh, first.district, first.quota) == ("样例科达恒能科技有限公司", "惠阳区", 3)
        industry = (
            select(Industry.code).join(EnterpriseIndustry).where(EnterpriseIndustry.enterprise_id == first.id)
        )
        assert session.scalars(industry).all() == ["led"]
        contact = session.scalars(
            select(EnterpriseContact).where(EnterpriseContact.enterprise_id == first.id)
        ).one()
        assert (contact.name, contact.phone) == ("样例联系人", "+867522000001")
        labels = {row.label for row in session.scalars(select(EnterpriseLabel))}
        assert labels == {LabelKind.HIGH_TECH, LabelKind.IP_MANAGEMENT}
        expected = _bureau_labels()
        having = select(Enterprise.credit_code, EnterpriseLabel.label, EnterpriseLabel.certificate).join_from(
            EnterpriseLabel, Enterprise
        )
        assert {tuple(row) for row in session.execute(having)} == expected


def _bureau_labels() -> set[tuple[str, LabelKind, str | None]]:
    """What the file itself says of labels, read another way."""
    found = set()
    rows = openpyxl.load_workbook(BUREAU).active.iter_rows(min_row=4, max_row=43, values_only=True)
    for _no, _name, code, _district, _industry, high_tech, certificate, *_rest in rows:
        if high_tech == "是":
            found.add((code, LabelKind.HIGH_TECH, None))
        if certificate:
            found.add((code, LabelKind.IP_MANAGEMENT, str(certificate)))
    return found


def test_form_links_everybody_to_the_list(huizhou: Desk) -> None:
    """120 people come in, each linked to an enterprise of the list; nobody's enterprise is made anew."""
    enterprises(huizhou)
    report = registrations(huizhou)
    assert (report.rows, counts(report), report.waiting) == (120, (120, 0, 0, 0), 0)
    with huizhou.uow.read() as session:
        linked = select(func.count()).select_from(Registration).join(Enterprise)
        assert session.scalar(linked.where(Enterprise.credit_code.is_not(None))) == 120
        assert session.scalar(select(func.count()).select_from(Enterprise)) == 41
        hu = session.scalars(select(Registration).join(Person).where(Person.name == "胡秀明")).one()
        assert hu.registered_at == datetime(2019, 4, 10, 11, 24, 34, tzinfo=UTC)
        phones = session.scalars(select(Person.phone)).all()
        assert {len(phone) for phone in phones if phone} == {14}
        assert len(set(session.scalars(select(Badge.number)))) == 120


def test_form_again(huizhou: Desk) -> None:
    """The same file again: 120 unchanged, and no row but those of the batch and the trail is new."""
    enterprises(huizhou)
    registrations(huizhou)
    before = stored(huizhou)
    assert counts(registrations(huizhou)) == (0, 0, 120, 0)
    after = stored(huizhou)
    changed = {name: after[name] - number for name, number in before.items() if after[name] != number}
    assert changed == {"import_batches": 1, "import_rows": 120, "audit_entries": 1, "audit_values": 1}
    assert counts(enterprises(huizhou)) == (0, 0, 40, 0)


def test_late_file(huizhou: Desk) -> None:
    """GB18030 with 25 new people and 5 known ones, who get category and seat; what they were is kept."""
    enterprises(huizhou)
    registrations(huizhou)
    before = stored(huizhou)
    report = registrations(huizhou, LATE)
    assert counts(report) == (25, 5, 0, 0)
    row = huizhou.registrations.page(EVENT, "19900001003").rows[0]
    assert (row.name, row.category, row.seat) == ("单杰玉", "delegate", "1排1座")
    assert huizhou.registrations.page(EVENT, "19900001004").rows[0].category == "guest"
    with huizhou.uow.read() as session:
        updated = session.scalars(select(ImportRow).where(ImportRow.outcome == RowOutcome.UPDATED)).all()
        assert [row.before for row in updated if row.record_id == _id(session, "李丽超")] == [
            {"category": "delegate", "seat": None}
        ]
        notes = session.scalars(select(Registration.note).where(Registration.note.is_not(None))).all()
        assert set(notes) == {'现场补报, "转"'}
    assert stored(huizhou)["enterprises"] > before["enterprises"]
    assert counts(registrations(huizhou, LATE)) == (0, 0, 30, 0)


def _id(session: Any, name: str) -> Any:
    return session.scalars(select(Registration.id).join(Person).where(Person.name == name)).one()


def test_errors_are_told_at_once_and_nothing_is_written(huizhou: Desk) -> None:
    """Six rows refused, each for what is wrong in it; the warnings too; no row is stored anywhere."""
    enterprises(huizhou)
    registrations(huizhou)
    before = stored(huizhou)
    report = registrations(huizhou, ERRORS)
    assert told(report, "error") == [
        (2, "value-missing"),
        (3, "phone-scientific"),
        (4, "phone-invalid"),
        (5, "credit-code-check"),
        (6, "email-invalid"),
        (7, "formula"),
    ]
    assert told(report, "warning") == [(8, "hidden-removed"), (10, "twice-in-file")]
    assert (report.written, report.rows, counts(report)) == (False, 9, (0, 0, 0, 6))
    assert stored(huizhou) == before


def test_partial_stores_the_good_rows(huizhou: Desk) -> None:
    """With `partial` the good rows come in: one new person, his enterprise's markup as text, one known."""
    enterprises(huizhou)
    registrations(huizhou)
    report = registrations(huizhou, ERRORS, partial=True)
    assert (report.written, counts(report)) == (True, (1, 0, 1, 6))
    (row,) = huizhou.registrations.page(EVENT, "样例己").rows
    assert (row.name, row.enterprise) == ("样例己", "[red]样例括号科技有限公司")
    assert huizhou.registrations.page(EVENT).total == 121


@pytest.mark.parametrize("path", [FORM, LATE])
def test_dry_run(huizhou: Desk, path: Path) -> None:
    """A dry run tells what the import then does, and writes nothing."""
    assert enterprises(huizhou, dry_run=True).added == 40
    enterprises(huizhou)
    huizhou.edit("event", EVENT, capacity="20")
    before = stored(huizhou)
    dry = registrations(huizhou, path, dry_run=True)
    assert stored(huizhou) == before
    assert not dry.written
    done = registrations(huizhou, path)
    assert (counts(done), done.waiting) == (counts(dry), dry.waiting)
    assert done.waiting == done.added - 20
    assert told(done) == told(dry)


def test_places_go_by_the_time_of_registering(desk: Desk, tmp_path: Path) -> None:
    """With two places, those who registered first have them; the others wait in that order, not in the file's."""
    desk.edit("event", EVENT, capacity="2")
    rows = [("丁", "19900000004", "甲公司", "2019/4/10 9:00"), ("甲", "19900000001", "甲公司", "2019/4/1 9:00"),
            ("丙", "19900000003", "甲公司", "2019/4/3 9:00"), ("乙", "19900000002", "甲公司", "2019/4/2 9:00"),
            ("戊", "19900000005", "甲公司", None), ("己", "19900000006", "甲公司", None)]  # fmt: skip
    report = registrations(desk, sheet(tmp_path, rows, (*HEADER, "报名时间")))
    assert (report.added, report.waiting) == (6, 4)
    assert [row.name for row in desk.registrations.waiting_list(EVENT)] == ["丙", "丁", "戊", "己"]
    registered = desk.registrations.page(EVENT, status=RegistrationStatus.REGISTERED).rows
    assert {row.name for row in registered} == {"甲", "乙"}
    assert desk.records.show("event", EVENT).values["taken"] == 2
    more = sheet(tmp_path, [("庚", "19900000007", "甲公司")])
    assert registrations(desk, more).waiting == 1


def test_chosen_sessions_are_enrolments(huizhou: Desk) -> None:
    """Sessions that the event has by name are enrolled in; others are told once each."""
    huizhou.add("session", "exchange", event=EVENT, name_zh="企业交流会", kind="exchange")
    enterprises(huizhou)
    report = registrations(huizhou)
    told_once = [
        (problem.value, problem.code) for problem in report.problems if problem.code == "session-unknown"
    ]
    assert sorted(told_once) == [("典型案例分析", "session-unknown"), ("成果发布会", "session-unknown")]
    chose = 0
    for row in openpyxl.load_workbook(FORM).active.iter_rows(min_row=2, values_only=True):
        chose += "企业交流会" in (row[10] or "")
    with huizhou.uow.read() as session:
        query = select(func.count()).select_from(Enrolment).join(EventSession)
        assert session.scalar(query.where(EventSession.code == "exchange")) == chose > 0
    assert registrations(huizhou).unchanged == 120


def test_enterprise_is_completed_by_later_files(desk: Desk, tmp_path: Path) -> None:
    """A later file fills and corrects what it states, keeps what it leaves empty, and keeps what was before."""
    header = ("企业名称", "统一社会信用代码", "所属区域", "参会名额", "联系人", "联系电话")
    code = "91441300734122111K"
    enterprises(desk, sheet(tmp_path, [("样例光电有限公司", None, "惠阳区", 3, "甲", None)], header))
    second = [("样例光电公司", code, None, 5, None, "0752-2000001")]
    assert counts(enterprises(desk, sheet(tmp_path, second, header))) == (0, 1, 0, 0)
    with desk.uow.read() as session:
        row = session.scalars(select(Enterprise)).one()
        assert (row.name_zh, row.credit_code, row.district, row.quota) == (
            "样例光电有限公司",
            code,
            "惠阳区",
            5,
        )
        contact = session.scalars(select(EnterpriseContact)).one()
        assert (contact.name, contact.phone) == ("甲", "+867522000001")
        changed = session.scalars(select(ImportRow).where(ImportRow.outcome == RowOutcome.UPDATED)).all()
        assert [(row.record_kind, row.before, row.after) for row in changed] == [
            ("enterprises", {"credit_code": None, "quota": 3}, {"credit_code": code, "quota": 5}),
            ("contact", {"phone": None}, {"phone": "+867522000001"}),
        ]
    other = sheet(tmp_path, [("样例光电有限公司", "914403001922038216", None, None, None, None)], header)
    assert told(enterprises(desk, other)) == [(2, "credit-code-differs")]


def test_archived_enterprise_comes_back(desk: Desk, tmp_path: Path) -> None:
    """An archived enterprise that a list names by its credit code is that enterprise, and back."""
    code = "91441300734122111K"
    desk.add("enterprise", "eve", name_zh="样例光电有限公司", credit_code=code)
    desk.register("李雷", enterprise="eve")
    assert desk.records.remove(desk.actor, "enterprise", "eve") is True
    path = sheet(tmp_path, [("样例光电新名有限公司", code)], ("企业名称", "统一社会信用代码"))
    assert counts(enterprises(desk, path)) == (0, 1, 0, 0)
    assert [row.code for row in desk.records.list("enterprise")] == ["eve"]


def test_unknown_industry_is_told_once(desk: Desk, tmp_path: Path) -> None:
    """An industry that nobody set up is a warning, once; 其他 is none."""
    rows = [("甲有限公司", "造船"), ("乙有限公司", "造船"), ("丙有限公司", "其他")]
    assert told(enterprises(desk, sheet(tmp_path, rows, ("企业名称", "产业领域")))) == [
        (2, "industry-unknown")
    ]


def test_known_phone_under_another_name(desk: Desk, tmp_path: Path) -> None:
    """A known phone with another name is a new person, and a warning that names the known one."""
    desk.register("李雷", "19900001000", "甲公司")
    report = registrations(desk, sheet(tmp_path, [("韩梅", "19900001000", "甲公司")]))
    ((problem),) = report.problems
    assert (report.added, problem.code, problem.column, problem.params) == (
        1,
        "phone-known",
        "姓名",
        {"name": "李雷"},
    )


def test_namesakes_with_and_without_phone(desk: Desk, tmp_path: Path) -> None:
    """One name twice in an enterprise, once without a phone: two people, and the same two again."""
    rows = [("李雷", "19900001000", "甲公司", "经理"), ("李雷", None, "甲公司", "工程师")]
    path = sheet(tmp_path, rows, (*HEADER, "职务"))
    assert counts(registrations(desk, path)) == (2, 0, 0, 0)
    for _again in range(3):
        assert counts(registrations(desk, path)) == (0, 0, 2, 0)


def test_cancelled_stays_cancelled(desk: Desk, tmp_path: Path) -> None:
    """An old list does not bring back who cancelled."""
    path = sheet(tmp_path, [("李雷", "19900001000", "甲公司")])
    registrations(desk, path)
    desk.registrations.cancel(desk.actor, "1")
    assert counts(registrations(desk, path)) == (0, 0, 1, 0)
    assert desk.registrations.counts(EVENT).cancelled == 1


def test_latin_name_from_a_list_is_found(desk: Desk, tmp_path: Path) -> None:
    """A Latin name and address that a list brings to a known person are kept, and the name is found."""
    desk.register("李雷", "19900001000", "甲公司")
    path = sheet(tmp_path, [("李雷", "19900001000", "甲公司", "Raymond Li")], (*HEADER, "英文名"))
    assert counts(registrations(desk, path)) == (0, 1, 0, 0)
    assert [row.name_latin for row in desk.registrations.page(EVENT, "raymond").rows] == ["Raymond Li"]


@pytest.mark.parametrize("work", ["enterprises", "registrations"])
def test_one_transaction(huizhou: Desk, monkeypatch: pytest.MonkeyPatch, work: str) -> None:
    """An import that fails at the end, all rows written, leaves nothing behind."""
    before = stored(huizhou)
    whole = Plan.store

    def failing(plan: Plan, session: Any, told: Any) -> None:
        whole(plan, session, told)
        assert session.scalar(select(func.count()).select_from(Enterprise)) > 1
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(Plan, "store", failing)
    with pytest.raises(RuntimeError):
        (enterprises if work == "enterprises" else registrations)(huizhou)
    assert stored(huizhou) == before


def test_batches(huizhou: Desk) -> None:
    """The imports are listed, the newest first, by the file's name and hash and what its rows did."""
    enterprises(huizhou)
    huizhou.clock.forward(minutes=1)
    report = registrations(huizhou)
    newest, oldest = huizhou.imports.batches()
    assert (newest.id, newest.event, newest.file_name) == (report.batch, EVENT, FORM.name)
    assert (newest.rows, newest.added, newest.operator) == (120, 120, "operator")
    assert (oldest.kind, oldest.event, oldest.added) == (ImportKind.ENTERPRISES, None, 40)
    with huizhou.uow.read() as session:
        batch = session.get_one(ImportBatch, report.batch)
        assert batch.sha256 == hashlib.sha256(FORM.read_bytes()).hexdigest()
        assert batch.mapping["2、手机号码"] == "phone"
        rows = session.scalars(select(ImportRow).where(ImportRow.batch_id == batch.id)).all()
        assert {row.number for row in rows} == set(range(2, 122))
    assert [line.action for line in huizhou.audit.lines(2)] == ["import", "import"]
    assert huizhou.audit.broken() == ()


def test_what_an_import_needs(huizhou: Desk, tmp_path: Path) -> None:
    """Registrations need an event that is there; enterprises need none, and one that is given changes nothing."""
    run = huizhou.imports.run
    refusal(UsageError, "event-needed", run, huizhou.actor, ImportKind.REGISTRATIONS, FORM)
    refusal(NotFoundError, "record-missing", run, huizhou.actor, ImportKind.REGISTRATIONS, FORM, "none")
    refusal(NotFoundError, "file-missing", run, huizhou.actor, ImportKind.ENTERPRISES, tmp_path / "no.xlsx")
    assert run(huizhou.actor, ImportKind.ENTERPRISES, BUREAU, EVENT).added == 40


def test_long_category_is_refused(desk: Desk, tmp_path: Path) -> None:
    """A category that the column does not hold is an error of its row, on both engines."""
    path = sheet(tmp_path, [("李雷", "19900001000", "甲公司", "c" * 41)], (*HEADER, "类别"))
    assert told(registrations(desk, path)) == [(2, "too-long")]
