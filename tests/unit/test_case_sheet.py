"""The case sheet on paper and as text: whole, in both languages, in any script, nothing over anything else."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from types import MappingProxyType

import pypdfium2
import pytest

from ipweek.domain.cases import CasePage, PartyLine, StepLine
from ipweek.domain.ids import new_id
from ipweek.domain.kinds_cases import CASE
from ipweek.domain.records import SEVERAL, Record, parse
from ipweek.domain.words import PartyRole
from ipweek.i18n import choose
from ipweek.jobs.cases import markdown
from ipweek.render import case_sheet
from ipweek.render.document_pdf import pdf
from ipweek.render.flow_blocks import Grid, Heading, NewPage, Paragraph
from ipweek.render.flow_pdf import write
from ipweek.render.plain_text import plain as printed
from ipweek.render.summary_terminal import laid_out

EVIL = "\x1b[31m[/red] <b>&amp</b> {name} %s | `x` \u202e # *y* 张"
RARE = "㛃𬭎䶮"
LONG_ZH = "被申请人应当在收到立案通知后尽快评估产品，" * 120
LONG_EN = "Preserve the evidence before anything else is done about it. " * 90
GIVEN = {
    "code": "a-v-b",
    "name_zh": "甲诉乙",
    "name_en": "A v. B",
    "cause": "patent",
    "forum_zh": "某法院",
    "forum_en": "A court",
    "dockets": "No. 1; No. 2",
    "rights": "ZL201320059664.6",
    "outcome_zh": "和解。",
    "outcome_en": "Settled.",
    "amount": "58051100",
    "currency": "CNY",
    "remedies_zh": "排除令",
    "remedies_en": "exclusion order",
    "final": "yes",
    "countermeasures": "invalidation; licence",
    "sources": "A gazette",
}


@pytest.fixture(autouse=True)
def _english():
    choose("en")
    yield
    choose("en")


def page(**changed: str) -> CasePage:
    """A case with two parties and two steps, and these fields."""
    texts = GIVEN | changed
    values = {
        field.name: parse(field, texts[field.name])
        if field.name in texts
        else (() if field.kind in SEVERAL else None)
        for field in CASE.fields
    }
    record = Record("case", new_id(), "a-v-b", MappingProxyType(values))
    parties = (
        PartyLine("p-1", "甲公司", "A Ltd", PartyRole.CLAIMANT, "CN", None, None),
        PartyLine("p-2", "乙公司", "B Ltd", PartyRole.DEFENDANT, None, None, None),
    )
    steps = (
        StepLine("s-1", "2018-05-24", "立案。", "Filed.", None),
        StepLine("s-2", "2019-02", "和解撤回。", "Withdrawn.", None),
    )
    return CasePage(record, "显示屏", "Screens", parties, steps, ())


def drawn(*pages: CasePage) -> pypdfium2.PdfDocument:
    """The sheets as PDF, opened again."""
    out = BytesIO()
    told = pdf([case_sheet.document(one) for one in pages], out)
    document = pypdfium2.PdfDocument(out.getvalue())
    assert told.pages == len(document)
    return document


def text_of(document: pypdfium2.PdfDocument) -> str:
    """All text of a PDF, without white space."""
    return "".join("".join(one.get_textpage().get_text_range().split()) for one in document)


WHOLE = {
    "en": ("A v. B", "A court", "No. 1; No. 2", "A Ltd", "claimant", "2018-05-24", "2019-02", "Withdrawn.",
           "ZL201320059664.6", "Settled.", "CNY 58,051,100", "exclusion order", "invalidation", "A gazette"),
    "zh": ("甲诉乙", "某法院", "No. 1; No. 2", "甲公司", "2018年5月24日", "2019年2月", "和解撤回。",
           "ZL201320059664.6", "和解。", "CNY 58,051,100", "排除令", "A gazette", "未公布"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_is_on_one_page_in_either_language(language: str) -> None:
    """Terminal, Markdown and PDF say the same: facts, parties, dates, outcome, sources; the PDF on one A4 page."""
    choose(language)
    sheet = case_sheet.document(page())
    screen = printed(laid_out(sheet, 80), 80)
    document = drawn(page())
    assert [round(length) for length in document[0].get_size()] == [595, 842]
    assert len(document) == 1
    for text in ("".join(screen.split()), "".join(markdown([sheet]).split()), text_of(document)):
        for wanted in WHOLE[language]:
            assert "".join(wanted.split()) in text.replace("\\", ""), (wanted, text)


def test_a_later_end_is_on_no_sheet() -> None:
    """As of a day before the end, the sheet says so and tells neither outcome nor remedies nor sources."""
    for told in (
        markdown([case_sheet.document(page().until(date(2018, 12, 31)))]),
        text_of(drawn(page().until(date(2018, 12, 31)))),
    ):
        assert "2018-12-31" in told.replace("\\", "")
        assert "Filed." in told
        for later in ("Withdrawn", "Settled", "58,051", "exclusion", "gazette", "invalidation"):
            assert later not in told


@pytest.mark.parametrize("name", ["name_en", "forum_en", "dockets", "outcome_en", "lessons_en", "rights",
                                  "remedies_en", "sources", "technology_en", "stage_en"])  # fmt: skip
def test_hostile_text_in_any_field(name: str) -> None:
    """Escapes are gone, markup is text: in Markdown escaped, in the terminal and on paper letter by letter."""
    sheet = case_sheet.document(page(**{name: EVIL}))
    told = markdown([sheet])
    for char in ("\x1b", "\u202e"):
        assert char not in told
    assert "<b>" not in told
    assert "[/red]" not in told
    assert "[31m[/red]<b>&amp</b>{name}%s|`x`#*y*张" in text_of(drawn(page(**{name: EVIL})))
    assert "[/red] <b>&amp</b> {name}" in printed(laid_out(sheet, 200), 200)


def test_rare_characters_fall_back() -> None:
    """Rare Han are drawn from another face, and a character that no font has is told."""
    out = BytesIO()
    sheet = case_sheet.document(page(outcome_en=f"{RARE} \U000e0fff", lessons_en="ئالىم"))
    told = pdf([sheet], out)
    assert told.missing == "\U000e0fff"
    assert ink(pypdfium2.PdfDocument(out.getvalue())) > ink(drawn(page(outcome_en="-", lessons_en="-")))


def ink(document: pypdfium2.PdfDocument) -> int:
    """How many dark pixels the first page has."""
    return sum(document[0].render(scale=2).to_pil().convert("L").histogram()[:128])


def boxes(document: pypdfium2.PdfDocument):
    """The boxes of the characters of each page, by line: (left, bottom, right, top)."""
    for one in document:
        told = one.get_textpage()
        yield [
            told.get_charbox(place)
            for place in range(told.count_chars())
            if told.get_text_range(place, 1).strip()
        ]


@pytest.mark.parametrize("text", [LONG_ZH[:3900], LONG_EN[:3900], "W" * 3900])
def test_long_texts_wrap_within_the_margins_and_go_on(text: str) -> None:
    """Nothing leaves the page's margins, no line is over another, and not a character is lost."""
    document = drawn(page(outcome_en=text, lessons_en=text, technology_en=text[:150], name_en=text[:120]))
    assert len(document) >= 2
    whole = text_of(document)
    squeezed = "".join(text.split())
    assert squeezed[:40] in whole
    assert whole.count(squeezed[0]) >= 2 * squeezed.count(squeezed[0])
    for characters in boxes(document):
        assert min(left for left, *_rest in characters) > 50
        assert max(right for _left, _bottom, right, _top in characters) < 595 - 50
        assert min(bottom for _left, bottom, *_rest in characters) > 20
    assert f"{len(document)}/{len(document)}" in whole


def test_no_two_characters_overlap() -> None:
    """Cells beside each other keep their distance, and lines below each other theirs."""
    parties = tuple(
        PartyLine(f"p-{n}", None, LONG_EN[: 150 * n + 20], PartyRole.CLAIMANT, "CN", None, None)
        for n in range(4)
    )
    ((first), *_more) = boxes(drawn(replace(page(), parties=parties)))
    for place, (left, bottom, right, top) in enumerate(first):
        for other_left, other_bottom, other_right, other_top in first[place + 1 :]:
            across = min(right, other_right) - max(left, other_left)
            upright = min(top, other_top) - max(bottom, other_bottom)
            assert across < 1.5 or upright < 1.5


def test_blocks_flow() -> None:
    """A new page is begun once, a heading stays with what follows, and an empty document is one page."""
    out = BytesIO()
    told = write(
        [NewPage(), Heading("A", 1), NewPage(), Paragraph("b"), NewPage()],
        out,
        title="t",
        foot="f",
        folder=None,
    )
    assert told.pages == 3
    lines = [Paragraph(f"line {number}") for number in range(38)]
    out = BytesIO()
    write([*lines, Heading("Kept"), Paragraph("with this")], out, title="t", foot="", folder=None)
    pages = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(out.getvalue())]
    assert ["Kept" in text for text in pages] == ["with this" in text for text in pages]
    out = BytesIO()
    assert write([Grid((("x" * 5000, "y"),))], out, title="", foot="", folder=None).pages >= 1
