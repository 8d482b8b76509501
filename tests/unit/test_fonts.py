"""Fonts: coverage, widths, weights, and what is drawn when the first font lacks a character."""

import shutil
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageChops
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.errors import InvalidError
from ipweek.render.fonts import FontSet

RARE = "㛃𬭎䶮𬎆𣿭"
UYGHUR = "ئالىم جان"
LATIN = "Łukasz Yıldız-Şükrüoğlu"
SIZE = 40


def _file(package, name):
    return Path(find_spec(package).submodule_search_locations[0], name)


def _page(fonts, text, *, bold=False):
    out = BytesIO()
    canvas = Canvas(out, pagesize=(600, 80))
    fonts.draw(canvas, 20, 25, text, SIZE, bold=bold)
    canvas.save()
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        return document[0].render(scale=2).to_pil().convert("L")


def _ink(picture):
    return sum(count * (255 - level) for level, count in enumerate(picture.histogram()))


def _extent(picture):
    left, _, right, _ = picture.point(lambda level: 255 - level).getbbox()
    return left / 2, right / 2


@pytest.mark.parametrize(
    "text", ["张伟", RARE, UYGHUR, LATIN, "<b>&amp;[/]", "e\u0301\u0323x", "张Łę伟 ABC 12"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_measured_is_drawn(text, bold):
    """Whatever mix of faces a text takes, its ink begins at x and ends at x plus the measured width."""
    fonts = FontSet([text])
    left, right = _extent(_page(fonts, text, bold=bold))
    assert left == pytest.approx(20, abs=SIZE * 0.15)
    assert right == pytest.approx(20 + fonts.measure(text, SIZE, bold=bold), abs=SIZE * 0.15)


@pytest.mark.parametrize("text", ["惠州市知识产权", "Huizhou", RARE, UYGHUR, LATIN])
def test_bold_is_bolder(text):
    """Bold has more ink in every face: two instances of one variable font do not print as one."""
    fonts = FontSet([text])
    assert _ink(_page(fonts, text, bold=True)) > _ink(_page(fonts, text)) * 1.1


@pytest.mark.parametrize("text", ["张伟", RARE, UYGHUR, LATIN, "№①✓"])
def test_nothing_is_missing(text):
    """The packaged chain has rare Han, Uyghur, extended Latin and symbols, and no two look alike."""
    assert FontSet([text]).missing(text) == ""
    pictures = [_page(FontSet([char]), char) for char in text if not char.isspace()]
    for first, second in pairwise(pictures):
        assert ImageChops.difference(first, second).getbbox()


def test_missing_characters_are_named():
    """A character that no font has is reported once, in order, and drawn as a box; hidden marks are not."""
    fonts = FontSet(["张"])
    assert fonts.missing("𓀀张\U0010fffd𓀀\u200e") == "𓀀\U0010fffd"
    assert not ImageChops.difference(_page(fonts, "𓀀"), _page(fonts, "□")).getbbox()


def test_unannounced_text_is_drawn():
    """A text that was not announced looks the same as one that was."""
    announced, other = _page(FontSet(["惠州"]), "惠州"), _page(FontSet(["无"]), "惠州")
    assert abs(_ink(announced) - _ink(other)) < _ink(announced) * 0.05


def test_uyghur_is_joined_and_runs_right_to_left():
    """Letters take their joined forms, and the last letter of a word stands at its left."""
    fonts = FontSet([UYGHUR])
    word = "ئالىم"
    assert fonts.measure(word, SIZE) < sum(fonts.measure(letter, SIZE) for letter in word) * 0.9
    arabic = next(face for face in fonts._chains[400] if "Arabic" in face.name)
    shaped, alone = arabic.shape(word, 400)[0], arabic.shape("م", 400)[0]
    assert shaped[-1].number == arabic.shape("ئا", 400)[0][-1].number
    assert shaped[0].number == arabic.shape("ىم", 400)[0][0].number != alone[0].number


def test_latin_words_stay_in_one_face():
    """A word with one letter beyond the first font moves to the next as a whole: ı does not stand out."""
    fonts = FontSet(["Yıldız", "Yildiz"])
    texts = [text for text, _ in fonts._placed("Yıldız", 400)]
    assert texts == ["Yıldız"]
    assert {run.face.name for run in fonts.runs("Yıldız 张", 400)} == {"NotoSans-Regular", "NotoSansSC-Thin"}


def test_quotation_marks_are_as_wide_as_their_neighbours():
    """Beside Latin letters they are narrow, beside Han as wide as those."""
    english, chinese = "It’s “IP Week”…", "“宣传周”…"
    fonts = FontSet([english, chinese])
    assert fonts.measure("“IP”", 1.0) - fonts.measure("IP", 1.0) < 1.2
    assert fonts.measure("“知”", 1.0) - fonts.measure("知", 1.0) == pytest.approx(2, abs=0.1)
    page = _page(fonts, english)
    assert _extent(page)[1] == pytest.approx(20 + fonts.measure(english, SIZE), abs=SIZE * 0.15)


def test_fonts_of_a_document_are_let_go():
    """A set that is gone leaves no font registered: printing all day does not grow."""
    before = set(pdfmetrics._fonts)
    fonts = FontSet(["张伟"])
    assert {fonts.regular, fonts.bold} <= set(pdfmetrics._fonts) - before
    del fonts
    assert set(pdfmetrics._fonts) == before


def test_two_sets_at_once():
    """Two documents with different subsets under way at the same time keep their own characters."""
    first, second = FontSet(["甲"]), FontSet(["乙"])
    assert first.regular != second.regular
    alone = _ink(_page(FontSet(["甲"]), "甲"))
    assert _ink(_page(first, "甲")) == alone


def test_configured_folder_goes_first(tmp_path):
    """A font in the folder sets what it has, the packaged ones the rest."""
    name = "fonts/ofl/jetbrainsmono/JetBrainsMono[wght].ttf"
    shutil.copy(_file("justmytype_western_core", name), tmp_path / "mono.ttf")
    fonts = FontSet(["ill 惠州"], tmp_path)
    assert fonts.measure("il", 10) == pytest.approx(fonts.measure("MW", 10))
    assert fonts.missing("ill 惠州") == ""
    assert _ink(_page(fonts, "ill 惠州")) > 0


def test_a_collection_gives_its_simplified_chinese_face(tmp_path):
    """Of a CJK collection the simplified Chinese face is taken, not the first, which is Japanese."""
    from ipweek.render.fonts_faces import Face

    assert Face(_file("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc")).name == "NotoSansCJKsc-Regular"


def test_folder_and_files_that_are_wrong(tmp_path):
    """A folder that is not there and a file that is no font are refused by name."""
    with pytest.raises(InvalidError, match="fonts-folder-missing"):
        FontSet(["x"], tmp_path / "none")
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    with pytest.raises(InvalidError, match=r"font-unreadable.*broken\.ttf"):
        FontSet(["x"], tmp_path)
