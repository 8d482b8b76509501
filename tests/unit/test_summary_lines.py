"""A report as lines of a screen: what is wrong comes first, parts are found, long lists are cut."""

from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.style import Style

from ipweek.domain.figures import Named
from ipweek.domain.report_lists import (
    EventLists,
    ListedPerson,
    Lists,
    PersonName,
    ResultList,
    SessionList,
    begun,
)
from ipweek.i18n import speaking
from ipweek.render.summary_layout import Column, Document, Section, Table
from ipweek.render.summary_lines import MOST_ROWS, Paper, paper

LONG = "惠州市知识产权宣传周期间共举办活动三场，参会企业八十九家：其中多数来自重点产业。" * 3
ROWS = tuple((f"样例企业{place}", str(place)) for place in range(MOST_ROWS + 1234))
DOCUMENT = Document(
    "活动总结",
    "",
    (("City", "惠州"),),
    (
        Section("Background", texts=(LONG,), notes=("[/] $accent " + LONG,)),
        Section("Registrations", depth=2),
        Section("People", (Table((Column("Name"), Column("No.", right=True)), ROWS),), appendix=True),
    ),
    alarms=(LONG,),
    signed_by="惠州市",
)


def _texts(told: Paper) -> list[str]:
    return ["".join(segment.text for segment in line) for line in told.lines]


@pytest.mark.parametrize("width", [40, 76, 116])
@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_lines_fit_and_parts_are_found(width: int, tongue: str) -> None:
    """No line is wider than the screen, none begins with a comma, and each part's line is its numbered title."""
    with speaking(tongue):
        told = paper(DOCUMENT, width)
    lines = _texts(told)
    assert max(map(cell_len, lines)) <= width
    assert not any(line.strip().startswith(("，", "：", "。")) for line in lines)
    assert [lines[part.line].strip() for part in told.parts] == [part.title for part in told.parts]
    begins = ["一、", "（一）", "附件1："] if tongue == "zh" else ["1 ", "1.1 ", "Appendix 1: "]
    assert [part.title.startswith(each) for part, each in zip(told.parts, begins, strict=True)] == [True] * 3
    assert lines[-1].rstrip().endswith("惠州市") or lines[-2].rstrip().endswith("惠州市")


def test_alarms_are_first_and_red() -> None:
    """What does not reconcile stands right below the title, before any figure."""
    told = paper(DOCUMENT, 60)
    lines = _texts(told)
    assert lines[1].startswith("! ")
    assert all(segment.style == Style.parse("bold red") for segment in told.lines[1] if segment.text.strip())
    assert lines.index(next(line for line in lines if line.startswith("City"))) > 1


def test_long_lists_are_cut_and_say_so() -> None:
    """A screen shows the first rows, and says that a file has them all."""
    lines = _texts(paper(DOCUMENT, 76))
    assert sum("样例企业" in line for line in lines) == MOST_ROWS
    assert any("first 200 rows" in line for line in lines)


def test_lists_are_begun_before_they_are_laid_out() -> None:
    """Each list keeps its first rows, those of sessions too, and everything else stays."""
    person = ListedPerson(
        PersonName("张伟"), None, None, "delegate", None, marked=False, late=False, instead_of=None
    )
    event = EventLists(
        Named("release"),
        days=True,
        absent=(person,) * 9,
        sessions=(SessionList(Named("talk"), ((person, None),) * 9),),
    )
    lists = Lists("Asia/Shanghai", masked=True, events=(event,), results=(ResultList(Named("led"), ()),))
    cut = begun(lists, 4)
    assert cut == replace(
        lists,
        events=(
            replace(
                event,
                absent=(person,) * 4,
                sessions=(SessionList(Named("talk"), ((person, None),) * 4),),
            ),
        ),
    )
