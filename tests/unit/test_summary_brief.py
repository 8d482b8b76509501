"""The brief: official sentences with the key figures, one small table, and nothing of what is withheld."""

import io
import shutil
from dataclasses import replace
from types import MappingProxyType

import pypdfium2
import pytest

from ipweek.domain.exchange import DemandCounts
from ipweek.domain.feedback import FeedbackCounts, Scores
from ipweek.domain.figure_list import figures_of
from ipweek.domain.figures import Words
from ipweek.domain.report_notes import NoteKind, ReportNotes
from ipweek.domain.words import DemandStatus
from ipweek.i18n import speaking
from ipweek.render.summary_brief import brief
from ipweek.render.summary_docx import docx
from ipweek.render.summary_layout import Document
from ipweek.render.summary_pdf import pdf
from tests.office import convert
from tests.unit.test_summary_render import EVENT, LI_ION, THE_WEEK, UNKNOWN

LONG = "会场容量不足，部分企业未能入场；" * 30
NOTES = ReportNotes(
    MappingProxyType(
        {
            NoteKind.PROBLEMS: Words(LONG, "Too few seats. " * 60),
            NoteKind.NEXT_STEPS: Words("扩大会场。", "More."),
        }
    ),
    signed_by=Words("惠州市市场监督管理局", "Huizhou Administration for Market Regulation"),
)
DEMANDS = DemandCounts(
    by_status=MappingProxyType({DemandStatus.NEW: 5, DemandStatus.MATCHED: 4, DemandStatus.CLOSED: 3}),
    overdue=2,
)
ASKED = replace(EVENT, demands=DEMANDS, notes=NOTES)


def told(document: Document) -> str:
    """All sentences."""
    return "\n".join(text for section in document.sections for text in section.texts)


def rows(document: Document) -> dict[str, list[str]]:
    """The table's rows by their label."""
    (table,) = document.sections[0].tables
    return {str(row[0]): [str(cell) for cell in row[1:]] for row in table.rows}


def test_sentences_as_officials_write_them():
    """Rates with numerator and denominator in full-width brackets, distances to targets, what is not stated named so."""
    with speaking("zh"):
        said = told(brief(ASKED))
    assert "活动应到代表110人，实到80人，参会率72.7%（80/110）。参会合计87人（含现场报名）。" in said
    assert "报名企业40家，其中32家有人参会。" in said
    assert "所属产业企业覆盖率：软包锂离子电池77.8%（14/18）。" in said
    assert "企业提出需求12项，已对接7项，办结3项，逾期2项。" in said
    assert "每万人口发明专利拥有量12.99（目标≥ 14，差距1.01）；" in said
    assert "未公布（目标> 45）。" in said


def test_the_table_holds_what_was_to_be_and_what_came_of_it():
    """Each row has the whole, the part and the share."""
    with speaking("en"):
        found = rows(brief(ASKED))
    assert found["Attendance rate"] == ["110", "80", "72.7 % (80 of 110)"]
    assert found["Enterprises that came"] == ["40", "32", "80.0 % (32 of 40)"]
    assert found["Demands matched"] == ["12", "7", "58.3 % (7 of 12)"]
    assert found["Invention patents per 10,000 people"] == ["≥ 14", "12.99", "92.79 %"]


def test_feedback_is_told_with_its_count():
    """A mean stands with how many gave a score."""
    counts = FeedbackCounts(
        answers=40, respondents=40, satisfaction=Scores(MappingProxyType({3: 2, 4: 16, 5: 22}))
    )
    with speaking("en"):
        document = brief(replace(EVENT, feedback=counts))
    assert (
        "Satisfaction is 4.50 (n = 40) on a scale of 1 to 5; the response rate is 46.0 % (40 of 87)."
        in told(document)
    )
    assert rows(document)["Feedback"] == ["87", "40", "46.0 % (40 of 87)"]


def test_what_is_withheld_is_nowhere():
    """Its sentence is left out, and the table says that it is withheld; the others stay."""
    hidden = {
        "attendance.expected_attended", "attendance.rate", "attendance.attended",
        "demands.closed", "results.li-ion-2019.reach.rate", "results.li-ion-2019.reach.heard",
    }  # fmt: skip
    known = figures_of(ASKED)
    assert all(known[key].value is not None for key in hidden)
    with speaking("en"):
        document = brief(ASKED, hidden)
    said, found = told(document), rows(document)
    for gone in ("72.7", "80 came", "87", "3 settled", "77.8"):
        assert gone not in said
    assert "Of 40 enterprises registered, 32" in said
    assert found["Attendance rate"] == ["110", "withheld", "withheld"]
    assert found["Reach: 软包锂离子电池"][1:] == ["withheld", "withheld"]
    assert found["Demands matched"] == ["12", "7", "58.3 % (7 of 12)"]


def test_what_the_organizer_wrote_has_a_line():
    """Problems and next steps, long ones cut; no heading where nothing was written."""
    with speaking("zh"):
        problems, steps = brief(ASKED).sections[1].texts
        assert len(brief(EVENT).sections) == 1
    assert problems.startswith("存在问题：会场容量不足")
    assert problems.endswith("…")
    assert len(problems) < 130
    assert steps == "下一步工作：扩大会场。"


def test_nothing_is_said_of_what_nobody_counted():
    """Without registrations no rate shows, and it is said that attendance is not known."""
    with speaking("en"):
        document = brief(UNKNOWN)
    assert "attendance is not known" in told(document)
    assert "Attendance rate" not in rows(document)
    assert "%" not in told(document).replace("77.8 % (14 of 18)", "")


def test_a_week_tells_people_and_attendances():
    """Unique people and attendances are two figures."""
    with speaking("zh"):
        said = told(brief(THE_WEEK))
    assert "共举办活动2场、设场次2个。" in said
    assert "应到代表110人次，实到80人次，参会率72.7%（80/110）。参会80人、87人次。" in said


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("summary", [ASKED, THE_WEEK], ids=["event", "week"])
def test_it_fits_one_page_as_pdf(summary, language):
    """In both languages, signed and with alarms."""
    with speaking(language):
        document = replace(brief(summary), alarms=("97 / 96",) * 3, signed_on="2019-04-26")
        assert pdf(document, io.BytesIO()).pages == 1


@pytest.mark.system("libreoffice")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_it_fits_one_page_in_word(tmp_path):
    """In both languages, with alarms, long texts, a signature and many results: type gets smaller, not pages more."""
    many = tuple(
        replace(LI_ION, header=replace(LI_ION.header, result=replace(LI_ION.header.result, code=f"r{n}")))
        for n in range(9)
    )
    full = replace(ASKED, results=many, indicators=ASKED.indicators * 3)
    files = []
    for language in ("en", "zh"):
        for name, summary, alarms in (
            ("usual", ASKED, ()),
            ("full", full, ("各场次合计97人，与总数96人不符。" * 3,) * 4),
        ):
            files.append(tmp_path / f"{name}-{language}.docx")
            with speaking(language), files[-1].open("wb") as out:
                docx(replace(brief(summary), alarms=alarms, signed_on="2019-04-26"), out, one_page=True)
    convert(tmp_path, "pdf", *files)
    for file in files:
        with pypdfium2.PdfDocument(file.with_suffix(".pdf")) as pdf:
            assert len(pdf) == 1, file.name
