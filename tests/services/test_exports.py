"""What leaves the workspace: all of it, masked unless asked for, told to the audit, readable again."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from ipweek.domain.errors import InvalidError, NotFoundError, UsageError
from ipweek.domain.exports import ContactRow, ExportKind, Scope
from ipweek.domain.import_contacts import ContactDraft
from ipweek.domain.import_fields import KINDS
from ipweek.domain.import_labels import LABEL_HEADERS, label_of
from ipweek.domain.import_recognition import recognise
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import ImportKind, LabelKind
from ipweek.i18n import choose
from ipweek.jobs.exports import ExportJobs, ExportOrder
from ipweek.jobs.schedule import ScheduleJobs
from ipweek.render import words
from ipweek.render.export_rows import _COLUMNS
from ipweek.services.checkin import CheckIn
from ipweek.services.exports import Exports
from ipweek.services.programme import Programme
from ipweek.storage.tables.audit import AuditEntry, AuditValues
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias, EnterpriseContact, EnterpriseLabel
from tests.desk import EVENT, Desk, refusal, with_event, with_workspace
from tests.kept_world import kept

DATA = Path(__file__).parent.parent / "data"
BUREAU, FORM, OPINIONS = (
    DATA / f"{name}.xlsx" for name in ("bureau-enterprises", "online-form-registrations", "feedback-form")
)


def with_files(desk: Desk) -> None:
    """Bring the sample files in."""
    desk.add("session", "exchange", name_zh="企业交流会")
    desk.imports.run(desk.actor, ImportKind.ENTERPRISES, BUREAU)
    desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, FORM, EVENT)
    desk.imports.run(desk.actor, ImportKind.FEEDBACK, OPINIONS, EVENT)


@pytest.fixture
def desk(bare: Desk) -> Desk:
    """A desk with the sample files brought in."""
    return kept(bare, with_workspace, with_event, with_files)


@pytest.fixture
def jobs(desk: Desk) -> Iterator[ExportJobs]:
    """The jobs at the desk."""
    yield ExportJobs(Exports(desk.uow, desk.clock), ScheduleJobs(Programme(desk.uow, desk.clock)))
    choose("en")


def text(jobs: ExportJobs, desk: Desk, kind: ExportKind, form: str = "csv", *, unmask: bool = False) -> str:
    """An export of the event as text."""
    file = io.BytesIO()
    jobs.stream(desk.actor, ExportOrder(kind, Scope(event=EVENT), form, unmask), file)
    return file.getvalue().decode("utf-8-sig")


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize("kind", [ExportKind.REGISTRATIONS, ExportKind.ENTERPRISES, ExportKind.FEEDBACK])
def test_every_field_of_an_import_has_its_header(kind: ExportKind, tongue: str) -> None:
    """In either language the headers name all that the import takes, each once; of labels one column tells all."""
    choose(tongue)
    found = recognise([column.title for column in _COLUMNS[kind]], kind.value)
    choose("en")
    elsewhere = {"rating", "result_rating", *LABEL_HEADERS}  # the form's own, behind the others; in `labels`
    elsewhere -= {"high_tech", "certificate"}  # in a column of their own too
    assert sorted(found.fields.values()) == sorted({known.name for known in KINDS[kind.value]} - elsewhere)


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_labels_are_known_by_the_words_of_their_columns(tongue: str) -> None:
    """What an export calls a label, the import knows."""
    choose(tongue)
    assert [label_of(words.label(label)).label for label in LabelKind] == list(LabelKind)
    choose("en")


def test_masked_files_are_refused_by_the_import(jobs: ExportJobs, desk: Desk, tmp_path: Path) -> None:
    """Each masked cell says so with its column; nothing is stored, and nothing of it is in the audit."""
    out = tmp_path / "list.csv"
    assert (
        jobs.write(desk.actor, ExportOrder(ExportKind.REGISTRATIONS, Scope(event=EVENT), "csv"), out) == 120
    )
    report = desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, out, EVENT)
    assert {(problem.column, problem.code) for problem in report.problems} == {
        ("Phone", "masked-value"),
        ("E-mail", "masked-value"),
    }
    assert (report.batch, report.refused) == (None, 120)
    assert "19900001000" not in out.read_text("utf-8")
    assert "export" not in [line.action for line in desk.audit.lines()]


@pytest.mark.parametrize("kind", [ExportKind.REGISTRATIONS, ExportKind.ENTERPRISES, ExportKind.FEEDBACK])
@pytest.mark.parametrize(("tongue", "form"), [("en", "xlsx"), ("zh", "csv")])
def test_whole_files_come_in_unchanged(
    jobs: ExportJobs, desk: Desk, tmp_path: Path, kind: ExportKind, tongue: str, form: str
) -> None:
    """And who took how many rows of what is in the audit."""
    choose(tongue)
    out = tmp_path / f"list.{form}"
    rows = jobs.write(desk.actor, ExportOrder(kind, Scope(event=EVENT), form, unmask=True), out)
    event = None if kind is ExportKind.ENTERPRISES else EVENT
    report = desk.imports.run(desk.actor, ImportKind(kind.value), out, event)
    assert (report.rows, report.unchanged, report.added, report.updated, report.refused) == (
        rows,
        rows,
        0,
        0,
        0,
    )
    with desk.uow.read() as session:
        query = (
            select(AuditEntry.operator, AuditValues.after)
            .join(AuditValues)
            .where(AuditEntry.action == "export")
        )
        assert session.execute(query).one() == (
            "operator",
            {"export": kind.value, "rows": rows, "format": form},
        )


def test_a_workbook_holds_its_header_and_numbers(jobs: ExportJobs, desk: Desk, tmp_path: Path) -> None:
    """Quotas are numbers, credit codes and phones texts, the header stands fast, names have room by their width."""
    out = tmp_path / "list.xlsx"
    jobs.write(desk.actor, ExportOrder(ExportKind.ENTERPRISES, Scope(), "xlsx", unmask=True), out)
    sheet = openpyxl.load_workbook(out).active
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, sheet[2], strict=True))
    assert sheet.freeze_panes == "A2"
    assert first["Delegate quota"].data_type == "n"
    assert first["Credit code"].data_type == "s" or first["Credit code"].data_type == "inlineStr"
    assert first["Contact phone"].value.startswith("0752-")
    assert sheet.column_dimensions["B"].width > 20


def test_scans_are_rows_refused_ones_too(jobs: ExportJobs, desk: Desk) -> None:
    """One a scan, the oldest first; a code that opens the door is hidden unless asked for."""
    from ipweek.domain.checkin import ScanRequest

    doors = CheckIn(desk.uow, desk.clock)
    door = doors.door(EVENT)
    code = desk.badges.codes(EVENT)[0].code
    for each in (code, code, "1" * 26 + "2"):
        desk.clock.forward(seconds=1)
        doors.scan(desk.actor, door, ScanRequest(each))
    rows = list(csv.DictReader(io.StringIO(text(jobs, desk, ExportKind.SCANS))))
    assert [(row["Verdict"], row["Reason"]) for row in rows] == [
        ("accepted", ""),
        ("refused", "already in"),
        ("refused", "invalid code"),
    ]
    assert code not in str(rows)
    assert code[2:12] in rows[0]["Code"]
    assert code in text(jobs, desk, ExportKind.SCANS, unmask=True)
    told = json.loads(text(jobs, desk, ExportKind.SCANS, "json"))
    assert [row["reason"] for row in told] == [None, "already_in", "invalid"]


def test_demands_keep_what_was_said_in_confidence(jobs: ExportJobs, desk: Desk) -> None:
    """Masked, the text is the word of its confidentiality; whole, it is there, and noted."""
    desk.add("enterprise", "acme", name_zh="样例需求有限公司")
    desk.add("demand", "d-1", enterprise="acme", event=EVENT, text="=secret", confidentiality="confidential",
             phone="19900001000")  # fmt: skip
    masked = text(jobs, desk, ExportKind.DEMANDS)
    assert "secret" not in masked
    assert "199****1000" in masked
    assert "'=secret" in text(jobs, desk, ExportKind.DEMANDS, unmask=True)
    assert desk.audit.lines()[0].action == "export"


def test_json_has_the_shape_of_lists(jobs: ExportJobs, desk: Desk) -> None:
    """The keys that the command line's lists promise, and some more."""
    rows = json.loads(text(jobs, desk, ExportKind.REGISTRATIONS, "json"))
    promised = (
        "id badge_no status name name_latin enterprise category phone seat source substitute_for attended"
    )
    assert set(promised.split()) <= set(rows[0])
    assert "****" in rows[0]["phone"]
    firms = json.loads(text(jobs, desk, ExportKind.ENTERPRISES, "json"))
    assert {"code", "labels", "contacts", "aliases"} <= set(firms[0])


def test_an_empty_workspace_gets_all_of_it_from_a_file(jobs: ExportJobs, desk: Desk, tmp_path: Path) -> None:
    """Labels with certificate and validity, aliases and further contacts are read from an export where they are new."""
    out = tmp_path / "firms.csv"
    header = "企业,别名,资质,高新技术企业证书编号,联系人,联系人职务,其他联系人"
    cells = (
        "新企业有限公司,甲、乙,高新技术企业 [GR-1] 2019-01-01~2021-12-31、"
        "小巨人 2022-01-01~2021-01-01、不知道,GR-2,李雷,总经理,"
        "王芳 / 19900001000 / - / 法务 // 知识产权"
    )
    out.write_text(f"{header}\n{cells}\n", encoding="utf-8")
    report = desk.imports.run(desk.actor, ImportKind.ENTERPRISES, out)
    told = [problem.code for problem in report.problems]
    assert (report.added, told) == (1, ["ends-before-start", "label-unknown"])
    rows = json.loads(text(jobs, desk, ExportKind.ENTERPRISES, "json") or "[]")
    assert rows
    with Exports(desk.uow, desk.clock).opened(ExportKind.ENTERPRISES, Scope(), unmask=True) as export:
        (made,) = [row for row in export.rows() if row.enterprise.zh == "新企业有限公司"]
    assert made.aliases == ("乙", "甲")
    assert {(one.label, one.certificate, str(one.valid_to)) for one in made.labels} == {
        (LabelKind.HIGH_TECH, "GR-2", "2021-12-31"),
        (LabelKind.LITTLE_GIANT, None, "None"),
    }
    assert made.contacts == (
        ContactRow(ContactDraft("李雷", role="总经理"), main=True),
        ContactRow(ContactDraft("王芳", "19900001000", role="法务 / 知识产权"), main=False),
    )
    out.write_text("企业,其他联系人\n新企业有限公司,王 / 1 / 2 / 3 / 4\n", encoding="utf-8")
    report = desk.imports.run(desk.actor, ImportKind.ENTERPRISES, out)
    assert [problem.code for problem in report.problems] == ["contact-form"]


def test_what_a_file_adds_beside_an_enterprise_goes_with_it(bare: Desk, tmp_path: Path) -> None:
    """People are found by a new alias, another's name is told and left out, and an undo takes all of it away."""
    desk = kept(bare, with_workspace, with_event)
    desk.add("enterprise", "known", name_zh="样例老企业")
    new = NewRegistration("王芳", enterprise="样例老企业", phone="19911112222")
    desk.registrations.register(desk.actor, EVENT, new)
    before = _counts(desk)
    out = tmp_path / "firms.csv"
    header = "企业,别名,资质,联系人,其他联系人,所属集团"
    cells = "样例老企业,惠阳丙丁、样例新企业,小巨人,李雷,王芳 / 19900001000,样例集团"
    out.write_text(f"{header}\n样例新企业,,,,,\n{cells}\n", encoding="utf-8")
    report = desk.imports.run(desk.actor, ImportKind.ENTERPRISES, out)
    assert [problem.code for problem in report.problems] == ["name-taken"]
    assert [one.name for one in desk.registrations.page(EVENT, "惠阳丙丁").rows] == ["王芳"]
    assert _counts(desk) != before
    desk.imports.undo(desk.actor, report.batch)
    assert _counts(desk) == before


def _counts(desk: Desk) -> list[int]:
    tables = (Enterprise, EnterpriseAlias, EnterpriseLabel, EnterpriseContact)
    with desk.uow.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_groups_are_told_by_what_leads_back_to_them(jobs: ExportJobs, desk: Desk, tmp_path: Path) -> None:
    """By name, else by credit code, else by code; and a large quota comes in again as it is."""
    for code, name, more in (
        ("head", "样例集团", {}),
        ("twin", "同名集团", {}),
        ("twin-2", "同名集团", {}),
        ("twin-3", "同名集团", {"credit_code": "91441300734122111K"}),
    ):
        desk.add("enterprise", code, name_zh=name, **more)
    for number, head in enumerate(("head", "twin-2", "twin-3")):
        desk.add("enterprise", f"part-{number}", name_zh=f"分公司{number}", group=head, quota="20000")
    with Exports(desk.uow, desk.clock).opened(ExportKind.ENTERPRISES, Scope()) as export:
        words = {row.enterprise.code: row.group and row.group.word for row in export.rows()}
    assert [words[f"part-{number}"] for number in range(3)] == ["样例集团", "twin-2", "91441300734122111K"]
    out = tmp_path / "firms.csv"
    jobs.write(desk.actor, ExportOrder(ExportKind.ENTERPRISES, Scope(), "csv", unmask=True), out)
    report = desk.imports.run(desk.actor, ImportKind.ENTERPRISES, out)
    assert (report.added, report.updated, report.refused) == (0, 0, 0)


def test_what_cannot_be_exported_leaves_no_file(jobs: ExportJobs, desk: Desk, tmp_path: Path) -> None:
    """An unknown event, a missing one, a folder that is not there: nothing is written, nothing is noted."""
    out = tmp_path / "list.csv"
    for scope, error, code in (
        (Scope(event="nowhere"), NotFoundError, "record-missing"),
        (Scope(), UsageError, "event-needed"),
    ):
        order = ExportOrder(ExportKind.REGISTRATIONS, scope, "csv", unmask=True)
        assert refusal(error, code, jobs.write, desk.actor, order, out) is not None
    order = ExportOrder(ExportKind.ENTERPRISES, Scope(), "csv", unmask=True)
    refusal(InvalidError, "file-not-writable", jobs.write, desk.actor, order, tmp_path / "no" / "list.csv")
    assert not list(tmp_path.glob("*list*")) + list(tmp_path.glob(".ipweek-*"))
    assert "export" not in [line.action for line in desk.audit.lines()]


def test_questions_of_the_event_are_columns_of_their_own(
    jobs: ExportJobs, desk: Desk, tmp_path: Path
) -> None:
    """A question that is called like a field of the import is not taken for it."""
    desk.add("question", "phone-2", name_en="Phone", name_zh="手机号码")
    new = NewRegistration("新来的", phone="19911112222", answers={"phone-2": "none"})
    desk.registrations.register(desk.actor, EVENT, new)
    out = tmp_path / "list.xlsx"
    jobs.write(
        desk.actor, ExportOrder(ExportKind.REGISTRATIONS, Scope(event=EVENT), "xlsx", unmask=True), out
    )
    report = desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, out, EVENT)
    assert (report.unchanged, report.refused) == (121, 0)
    assert "Question: Phone" in report.unmapped
