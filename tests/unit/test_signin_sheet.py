"""Sign-in sheets on the page: every code decodes, headings stay with their rows, no name is cut."""

from dataclasses import replace
from datetime import date, time
from io import BytesIO
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp

from ipweek.domain.badge_code import BadgeCode, compose
from ipweek.domain.signin import SheetOrder, SheetRow, SignInSheet
from ipweek.domain.starts import Start
from ipweek.i18n import speaking
from ipweek.render import signin_sheet
from ipweek.render.fonts import FontSet

WORKSPACE = UUID(int=7)
LONG = (
    "样例惠州市仲恺高新技术产业开发区新型显示与软包锂离子电池产业"
    "专利导航协同创新联合研究发展中心（有限合伙）股份有限公司一"
)
NAMES = (
    "张伟",
    "㛃𬭎䶮",
    "王𬎆𣿭",
    "ئابدۇرېھىم ئابلىز",
    "José Núñez Łukasiewicz",
    "阿卜杜热西提·阿卜力克木·买买提明",
)


def rows(count: int) -> tuple[SheetRow, ...]:
    """So many rows of enterprises with three delegates each."""
    return tuple(
        SheetRow(
            UUID(int=number),
            NAMES[number % len(NAMES)],
            "Zhang Wei" if number % len(NAMES) == 0 else "",
            f"{number // 3}{LONG[:59]}" if number % 2 else f"样例{number // 3}有限公司",
            "知识产权部副总经理兼首席专利工程师",
            "delegate",
            "4-12",
            compose(BadgeCode(0, number, 1), bytes(32), WORKSPACE),
            f"{number:04d}",
            number == 4,
        )
        for number in range(1, count + 1)
    )


def sheet(count: int, order: SheetOrder = SheetOrder.ENTERPRISE) -> SignInSheet:
    """A sheet as the service makes it."""
    start = Start(date(2019, 4, 25), time(9, 30))
    return SignInSheet(
        "2019年宣传周", "成果发布会", "QLED", start, "会展中心 · 201", order, True, rows(count)
    )


def drawn(made: SignInSheet, blank_rows: int = 0, lang: str = "zh") -> pypdfium2.PdfDocument:
    """The pages."""
    out = BytesIO()
    with speaking(lang):
        signin_sheet.draw(made, out, FontSet(signin_sheet.texts(made)), blank_rows)
    return pypdfium2.PdfDocument(out.getvalue())


def codes(document: pypdfium2.PdfDocument, dpi: int) -> list[str]:
    """What a reader finds on the pages."""
    return [
        found.text
        for page in document
        for found in zxingcpp.read_barcodes(
            page.render(scale=dpi / 72).to_pil(), formats=zxingcpp.BarcodeFormat.QRCode
        )
    ]


@pytest.mark.parametrize("dpi", [150, 300])
def test_every_code_decodes(dpi: int) -> None:
    """Each row's code is read from the rendered page, and no other."""
    made = sheet(17, SheetOrder.PINYIN)
    assert sorted(codes(drawn(made, 3), dpi)) == sorted(row.code for row in made.rows)


def test_heading_stays_with_its_rows() -> None:
    """No page ends with a heading; one whose rows go on stands again; page x of y is on each."""
    made = sheet(60)
    document = drawn(made, 20)
    pages = signin_sheet._placed(made, 20)
    assert len(pages) == len(document)
    placed = [number for page in pages for number, _row in page.parts if isinstance(number, int)]
    assert placed == list(range(1, 81))
    for page in pages:
        assert isinstance(page.parts[0][0], str)
        assert not isinstance(page.parts[-1][0], str)
    assert any(page.parts[0][1] is True for page in pages[1:])
    for number, page in enumerate(document, 1):
        assert f"第 {number} 页，共 {len(document)} 页" in page.get_textpage().get_text_range()


def test_what_is_on_a_sheet() -> None:
    """Event, session, day, hour, room, the numbers to type, and who is on leave; in either language."""
    text = drawn(sheet(6), lang="en")[0].get_textpage().get_text_range()
    for told in (
        "Sign-in sheet",
        "成果发布会",
        "QLED",
        "25 April 2019",
        "09:30",
        "会展中心",
        "0006",
        "on leave",
    ):
        assert told in text


def test_rare_names_are_drawn_or_told() -> None:
    """Rare Han, Uyghur and European names have glyphs; a character that nothing has is told with its row."""
    made = sheet(12)
    assert signin_sheet.missing(made, FontSet(signin_sheet.texts(made))) == []
    odd = replace(made, rows=(replace(made.rows[0], name="张\U0003fffd"),))
    (lacking,) = signin_sheet.missing(odd, FontSet(signin_sheet.texts(odd)))
    assert (lacking.name, lacking.characters) == ("张\U0003fffd", "\U0003fffd")
