"""Certificates on the page: the number decodes, both languages, what is not stated is left out, nothing collides."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp

from ipweek.domain.certificates import Certificate, InBoth
from ipweek.render import certificate
from ipweek.render.fonts import FontSet

LONG = (
    "样例惠州市仲恺高新技术产业开发区新型显示与软包锂离子电池产业"
    "专利导航协同创新联合研究发展中心（有限合伙）股份有限公司一"
)
ONE = Certificate(
    UUID(int=1), "2019-001-00001-30088415", "㛃𬭎䶮", "Jie Hong Yan", InBoth(LONG, "Example Display Co., Ltd"),
    InBoth("2019年惠州市知识产权宣传周", "IP Week Huizhou 2019"), InBoth("成果发布会", "Results release conference"),
    date(2019, 4, 25), None, None, "样例承办单位", (InBoth("QLED显示技术", "QLED"), InBoth("LED显示屏", "LED screens")),
    datetime(2019, 5, 5, tzinfo=UTC), "Asia/Shanghai", False,
)  # fmt: skip


def printed(one: Certificate, lang: str) -> pypdfium2.PdfPage:
    """The page of a certificate."""
    out = BytesIO()
    certificate.draw([one], out, certificate.font_set([one], lang, None), lang)
    return pypdfium2.PdfDocument(out.getvalue())[0]


@pytest.mark.parametrize("dpi", [150, 300])
def test_certificates_number_decodes(dpi: int) -> None:
    """The symbol of a certificate says its number."""
    picture = printed(ONE, "both").render(scale=dpi / 72).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ONE.number]


def test_what_a_certificate_says() -> None:
    """Both languages or one; what nobody stated is left out; an event of several days names both ends."""
    both = printed(ONE, "both").get_textpage().get_text_range()
    for told in ("参会证明", "Certificate of attendance", ONE.number, "2019年4月25日", "25 April 2019", "样例承办单位",
                 "QLED显示技术", "LED screens", "Jie Hong Yan"):  # fmt: skip
        assert told in both
    assert "主办" not in both
    bare = replace(
        ONE, day=None, organizer=None, results=(), enterprise=InBoth(None, None), week=InBoth(None, None)
    )
    english = printed(bare, "en").get_textpage().get_text_range()
    assert "attended Results release conference." in english
    for left_out in ("参会", "Organizer", "released there", "None", "April"):
        assert left_out not in english
    days = printed(replace(ONE, last_day=date(2019, 4, 26)), "en").get_textpage().get_text_range()
    assert "from 25 April 2019 to 26 April 2019" in days


def test_long_texts_keep_clear_of_the_foot() -> None:
    """With the longest names and many results the words end above number and seal."""
    crowded = replace(
        ONE,
        name="阿卜杜热西提·阿卜力克木·买买提明" * 2,
        event=InBoth(LONG, "Results " * 12),
        results=ONE.results * 9,
    )
    page = printed(crowded, "both")
    text = page.get_textpage()
    foot = text.search("证明编号").get_next()
    released = text.search("Navigation results").get_next()
    assert foot is not None
    assert released is not None
    last = text.get_charbox(released[0])[1]
    assert last > text.get_charbox(foot[0])[3] + 10


def test_rare_names_are_drawn_or_told() -> None:
    """Rare Han and Uyghur names have glyphs; a character that nothing has is told by person."""
    uyghur = replace(ONE, name="ئابدۇرېھىم ئابلىز")
    odd = replace(ONE, name="张\U0003fffd")
    fonts = certificate.font_set([ONE, uyghur, odd], "both", None)
    assert isinstance(fonts, FontSet)
    (lacking,) = certificate.missing([ONE, uyghur, odd], fonts, "both")
    assert (lacking.name, lacking.characters) == ("张\U0003fffd", "\U0003fffd")
