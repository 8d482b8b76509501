"""The lists behind a summary as appendices, in both languages."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl

from ipweek.domain.figures import Named
from ipweek.domain.reach import Contact
from ipweek.domain.report_lists import (
    EventLists,
    ListedEnterprise,
    ListedPerson,
    Lists,
    PersonName,
    ResultList,
    SessionList,
    UnreachedEnterprise,
)
from ipweek.domain.words import ReachState
from ipweek.i18n import speaking
from ipweek.render.summary_appendices import appendices
from ipweek.render.summary_layout import Document, Section
from ipweek.render.summary_xlsx import xlsx

HOSTILE = "=1+1\x1b[31m\u202e"
FIRM = Named("byd", "样例光电有限公司", "Sample Optics")
AT = datetime(2019, 4, 25, 1, 31, tzinfo=UTC)
ZHANG = ListedPerson(
    PersonName("张*", "Zhang W***"), FIRM, "经理", "delegate", AT, marked=False, late=True, instead_of=None
)
LI = replace(
    ZHANG,
    who=PersonName("李*"),
    enterprise=None,
    title=None,
    at=None,
    marked=True,
    late=False,
    instead_of=ZHANG.who,
)
ERASED = replace(LI, who=PersonName(""), title=HOSTILE, category=HOSTILE)
EVENT = EventLists(
    Named("release", "成果发布会", "Release"),
    days=False,
    attended=(ZHANG, LI, ERASED),
    walk_in=(LI,),
    substitute=(LI,),
    enterprises=(ListedEnterprise(FIRM, "惠城", 1234, 1),),
    sessions=(
        SessionList(Named("talk", "专题", "Talk"), ((ZHANG, AT),)),
        SessionList(Named("empty", "空", "Empty"), ()),
    ),
)
RESULT = ResultList(
    Named("qled", "QLED成果", "QLED result"),
    (
        UnreachedEnterprise(FIRM, None, ReachState.MISSED, Contact("李*", "138****8000", None)),
        UnreachedEnterprise(FIRM, "惠城", ReachState.REGISTERED_ONLY, None),
    ),
)
LISTS = Lists("Asia/Shanghai", masked=True, events=(EVENT,), results=(RESULT, ResultList(Named("led"), ())))


def cells(section: Section, table: int = 0) -> list[list[str | None]]:
    """The titles and rows of a table as texts."""
    found = section.tables[table]
    rows = [[None if cell is None else str(cell) for cell in row] for row in found.rows]
    return [[column.title for column in found.columns], *rows]


def test_an_event() -> None:
    """An appendix a list, those of nobody left out; times by the clock of the place, what is not there as a dash."""
    made = appendices(LISTS)
    assert all(section.appendix for section in made)
    assert [section.title for section in made] == [
        "People who attended",
        "Walk-ins",
        "Substitutes",
        "Enterprises at the event",
        "People at the sessions",
        "Enterprises that did not hear the result of their industry",
    ]
    attended, _walk_ins, substitutes, enterprises, sessions, results = made
    assert cells(attended) == [
        ["#", "Name", "Enterprise", "Title", "Category", "Check-in", "First entry"],
        ["1", "Zhang W***", "Sample Optics", "经理", "delegate", "scan · late", "09:31"],
        ["2", "李*", None, None, "delegate", "marked present", "–"],
        ["3", "–", None, "=1+1[31m", "=1+1[31m", "marked present", "–"],
    ]
    assert cells(substitutes)[1] == ["1", "李*", None, "Zhang W***", "–"]
    assert cells(enterprises)[1] == ["1", "Sample Optics", "惠城", "1,234", "1"]
    assert [table.caption for table in sessions.tables] == ["Talk"]
    assert cells(results)[1:] == [
        ["1", "Sample Optics", None, "missed", "李*", "138****8000"],
        ["2", "Sample Optics", "惠城", "registered only", "–", "–"],
    ]
    assert [table.caption for table in attended.tables + results.tables] == ["", "QLED result"]


def test_masked_or_whole() -> None:
    """A list that names people says that the names are masked; whole ones need no note."""
    noted = [section.title for section in appendices(LISTS) if section.notes]
    assert "People who attended" in noted
    assert "Enterprises at the event" not in noted
    assert not any(section.notes for section in appendices(replace(LISTS, masked=False)))


def test_a_week_in_chinese() -> None:
    """A table an event under its name, Chinese names, and the day where an event goes on for days."""
    lists = replace(LISTS, events=(EVENT, replace(EVENT, event=Named("two", "交流会"), days=True)))
    with speaking("zh"):
        made = appendices(lists)
    assert made[0].title == "参会人员名单"
    assert [table.caption for table in made[0].tables] == ["成果发布会", "交流会"]
    assert cells(made[0], 1)[1] == [
        "1",
        "张*",
        "样例光电有限公司",
        "经理",
        "参会代表",
        "扫描 · 迟到",
        "2019年4月25日 09:31",
    ]
    assert made[4].tables[1].caption == "交流会 – 专题"
    assert not appendices(replace(LISTS, events=(), results=()))


def test_in_a_workbook() -> None:
    """First entries are times there, numbers count, and what would run is a text."""
    out = io.BytesIO()
    xlsx(Document("T", "", (), appendices(LISTS)), out)
    sheet = openpyxl.load_workbook(out)["People who attended"]
    assert (sheet["A2"].value, sheet["G2"].value.isoformat()) == (1, "2019-04-25T09:31:00")
    assert sheet["G2"].number_format == "hh:mm"
    assert sheet["D4"].value == "'=1+1[31m"
