"""Badge sheets: codes read back from the rendered page, texts are whole, nothing leaves its place."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from ipweek.adapters.badge_templates import builtin, names
from ipweek.domain.badge_code import grouped
from ipweek.domain.badge_design import Area, LogoPart
from ipweek.domain.badges import BadgeWords, ProgrammeLine
from ipweek.domain.errors import InvalidError
from ipweek.i18n import speaking
from ipweek.render.badge_colours import ribbon_colour
from ipweek.render.badge_sheet import draw_sheet, texts
from ipweek.render.badge_text import Box, fit, wrap
from ipweek.render.fonts import FontSet
from ipweek.render.words import category
from tests.unit.badge_samples import face

DPI = 150
A4_2X5 = builtin("a4-2x5")
SIXTY = (
    "惠州市仲恺高新技术产业开发区样例软包锂离子动力电池材料与系统集成研究院"
    "（惠州）知识产权运营服务股份有限责任公司第一分公司"
)
LONG_LATIN = "Huizhou Synthetic Optoelectronics Display Technology Research & Development Company Limited"


PROGRAMME = (
    ProgrammeLine("2019年4月25日 周四", heading=True),
    ProgrammeLine("专利导航成果发布会", "09:30–11:30", "样例会展中心 · 一号厅"),
)
HARD = [
    face(1, name="𬭎㛃䶮", name_latin=""),
    face(2, name="ئالىم جان", enterprise="新疆样例科技股份有限公司"),
    face(3, name="Łukasz Yıldız-Şükrüoğlu", enterprise=LONG_LATIN),
    face(4, name="<b>&amp;[/]<br/>", enterprise="<para>[red]{0}%s</para>"),
    face(5, enterprise=SIXTY, title=SIXTY, event=SIXTY, week=SIXTY, category=SIXTY, seat=SIXTY),
    face(6, enterprise="", title="", seat="", synthetic=False),
    face(7, name="", name_latin="", enterprise="", title=""),
    face(8, name="阿卜杜热合曼·麦麦提吐尔孙·吾买尔江·阿卜杜克里木", name_latin="Abdurahman Memettursun " * 3),
    face(9, name="W" * 60, name_latin="w" * 90, enterprise="W" * 120),
]


def _pdf(faces, *, layout=A4_2X5, **options):
    out = BytesIO()
    fonts = FontSet(texts(faces, layout, options.get("words"), options.get("programme", ())))
    summary = draw_sheet(faces, out, fonts, layout=layout, **options)
    return out.getvalue(), summary


def _pictures(data, dpi=DPI):
    with pypdfium2.PdfDocument(data) as document:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]


def _codes(data, dpi=DPI):
    return [found.text for picture in _pictures(data, dpi) for found in zxingcpp.read_barcodes(picture)]


def _text(data):
    with pypdfium2.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_every_code_decodes():
    """All codes of three pages, hard names included, read back from pages rendered at 150 dpi."""
    faces = [*HARD, *(face(number) for number in range(10, 25))]
    data, summary = _pdf(faces)
    assert summary == (3, 24)
    assert sorted(_codes(data)) == sorted(face.code for face in faces)


@pytest.mark.parametrize("name", names(None))
@pytest.mark.parametrize("dpi", [150, 300])
def test_every_layout_decodes(name, dpi):
    """Every code on every layout is read from its pages at 150 and 300 dpi, hard texts beside it or not."""
    layout = builtin(name)
    faces = [HARD[4], HARD[8], *(face(number) for number in range(20, 19 + layout.cards))]
    data, summary = _pdf(faces, layout=layout, programme=PROGRAMME)
    assert summary.pages == 2 * layout.sides
    assert sorted(_codes(data, dpi)) == sorted(face.code for face in faces)
    assert layout.design.symbol.module >= 0.5


def test_the_programme_stands_on_the_back():
    """Each front is followed by its back, as a printer for both sides takes them, and all of it is on it."""
    layout = builtin("a6-programme")
    data, summary = _pdf([face(1), face(2)], layout=layout, programme=PROGRAMME * 30)
    assert summary == (4, 2)
    with pypdfium2.PdfDocument(data) as document:
        sides = [page.get_textpage().get_text_range() for page in document]
    assert [("一号厅" in side, "张伟" in side) for side in sides] == [(False, True), (True, False)] * 2
    assert sides[1].count("一号厅") == 30


def test_cut_marks_stay_outside_the_cards():
    """Ticks lie in the margins; within the cards nothing is drawn on an otherwise empty sheet."""
    layout = replace(builtin("a4-2x4"), design=replace(builtin("a4-2x4").design, ribbon=None, texts={}))
    (picture,) = _pictures(_pdf([face(1)], layout=layout, start_at=8)[0])
    unit = DPI / 25.4
    left, top = layout.corner(0)
    right, bottom = left + 2 * layout.card_width, top + 4 * layout.card_height
    cards = picture.crop((left * unit + 1, top * unit + 1, right * unit - 1, (top + 195) * unit))
    assert cards.getextrema() == (255, 255)
    above = picture.crop((0, 0, picture.width, int(top * unit)))
    below = picture.crop((0, int(bottom * unit) + 1, picture.width, picture.height))
    assert above.getextrema()[0] < 150
    assert below.getextrema()[0] < 150


def test_ribbons_by_category():
    """A category has its template's colour, by its code or its word; another always the same of the palette."""
    ribbon = replace(A4_2X5.design.ribbon, colours={"guest": "#112233", "企业代表": "#445566"})
    assert ribbon_colour(ribbon, "guest") == "#112233"
    assert ribbon_colour(ribbon, "企业代表") == "#445566"
    assert ribbon_colour(ribbon, "志愿者") == ribbon_colour(ribbon, "志愿者")
    assert ribbon_colour(replace(ribbon, colour="#000000"), "志愿者") == "#000000"
    with speaking("zh"):
        assert ribbon_colour(ribbon, category("guest")) == "#112233"


def test_a_logo_is_shown_and_no_finer_than_paper(tmp_path):
    """A large picture is reduced, keeps its shape, and the code beside it still reads."""
    file = tmp_path / "logo.png"
    Image.effect_noise((3000, 1500), 90).convert("RGB").save(file)
    logo = LogoPart(file, Area(72, 2.2, 13, 8))
    layout = replace(A4_2X5, design=replace(A4_2X5.design, logo=logo))
    faces = [face(number, synthetic=False) for number in range(1, 11)]
    data, _summary = _pdf(faces, layout=layout)
    assert len(data) < 200_000
    assert sorted(_codes(data)) == sorted(face.code for face in faces)
    (picture,) = _pictures(data)
    assert _clear(picture, 72, 1, 85, 2.8), "the picture is stretched"
    assert not _clear(picture, 72, 4, 85, 8)


def test_texts_are_on_the_badge():
    """What is embedded can be read out of the file: names, enterprise, markup as text, the code."""
    shown = _text(_pdf([face(1), HARD[3]])[0])
    for text in ("张伟", "Zhang Wei", "惠州华阳样例有限公司", "企业代表", "A-12", "<b>&amp;[/]<br/>"):
        assert text in shown
    assert " ".join(grouped(face(1).code).split()[:4]) in shown


def test_synthetic_mark_only_on_synthetic():
    """A badge of invented data says so, in the caller's words; others do not."""
    words = BadgeWords(synthetic="样例数据", seat="座位")
    assert "样例数据" in _text(_pdf([face(1)], words=words)[0])
    assert "样例数据" not in _text(_pdf([face(1, synthetic=False)], words=words)[0])


def test_start_at_leaves_used_places_empty():
    """A part-used sheet is taken up at its first free label, and the rest goes to the next page."""
    data, summary = _pdf([face(number) for number in (1, 2, 3)], start_at=9)
    assert summary == (2, 3)
    first, second = _pictures(data)
    assert len(zxingcpp.read_barcodes(first)) == 2
    assert len(zxingcpp.read_barcodes(second)) == 1
    above = first.crop((0, 0, first.width, round((A4_2X5.margin_top + 4 * 54 - 1) / 25.4 * DPI)))
    assert above.getextrema() == (255, 255)


@pytest.mark.parametrize("place", [0, 11, -1])
def test_start_at_outside_the_page(place):
    """A place that the page does not have is refused before anything is written."""
    with pytest.raises(InvalidError, match="badge-start-place"):
        _pdf([face(1)], start_at=place)


def _clear(picture, left, top, right, bottom):
    """Whether a rectangle of the first card of an A4 sheet, in millimetres, is white."""
    x, y = A4_2X5.margin_left, A4_2X5.margin_top
    box = [round(length / 25.4 * DPI) for length in (x + left, y + top, x + right, y + bottom)]
    return picture.crop(box).getextrema() == (255, 255)


@pytest.mark.parametrize("face", HARD, ids=range(len(HARD)))
def test_nothing_leaves_its_place(face):
    """With the worst texts, ink stays on the card, off the ribbon and out of the quiet zone."""
    (picture,) = _pictures(_pdf([face])[0])
    assert _clear(picture, -15, -13, 190, -0.3)
    assert _clear(picture, -15, -13, -0.3, 280)
    assert _clear(picture, 90.3, -13, 190, 280)
    assert _clear(picture, -15, 54.3, 190, 280)
    assert _clear(picture, 0.5, 44.2, 60, 44.8), "text runs into the ribbon"
    assert _clear(picture, 62, 11.2, 65.2, 38), "text runs into the quiet zone"
    assert _clear(picture, 62, 34.8, 88.5, 38), "the typed code stands in the quiet zone"
    assert _clear(picture, 62, 11, 88.5, 14), "the head stands in the quiet zone"


def test_no_badges_is_an_empty_page():
    """Nothing to print is one blank page, not an error."""
    data, summary = _pdf([])
    assert summary == (1, 0)
    assert _codes(data) == []


@pytest.mark.parametrize(
    "text", [SIXTY, LONG_LATIN, "W" * 200, "ئالىم جان " * 5, "（（（）））" * 9, "a，" * 40]
)
@pytest.mark.parametrize("bold", [False, True])
def test_fit_keeps_every_character(text, bold):
    """Shrunk and wrapped text is whole, within the box, and no line begins with a closing mark."""
    fonts = FontSet([text])
    box = Box(150, 26, 12, 8, bold=bold)
    size, lines = fit(text, box, fonts)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(fonts.measure(line, size, bold=bold) for line in lines) <= box.width + 1e-6
    assert len(lines) * size * box.leading <= box.height + 1e-6


def test_fit_shrinks_before_it_wraps():
    """A little too long is set smaller on one line; much too long is wrapped; short is as large as may be."""
    fonts = FontSet(["惠"])
    box = Box(100, 30, 20, 12)
    assert fit("惠" * 4, box, fonts) == (20, ("惠" * 4,))
    assert fit("惠" * 7, box, fonts) == (14, ("惠" * 7,))
    assert fit("惠" * 10, box, fonts) == (12, ("惠" * 8, "惠" * 2))


def test_wrap_breaks_words_at_spaces():
    """Latin words stay whole where a line holds them; marks stay with what they close."""
    fonts = FontSet(["x"])
    assert wrap("one two three", fonts.measure("one two", 1), fonts, bold=False) == ("one two", "three")
    assert wrap("惠州，好", 2.0, fonts, bold=False) == ("惠", "州，", "好")
