"""Table cards: a page a person, the name on both halves, one of them upside down."""

from io import BytesIO
from uuid import UUID

import pypdfium2
import pytest
from PIL import ImageChops

from ipweek.domain.badges import BadgeWords
from ipweek.domain.name_lists import Named
from ipweek.domain.programme import Party
from ipweek.i18n import speaking
from ipweek.render.fonts import FontSet
from ipweek.render.table_cards import draw, texts

HUAYANG = Party("hy", "惠州华阳样例有限公司", "Huizhou Huayang Sample Co., Ltd")


def _person(name, latin="", enterprise=HUAYANG):
    return Named(UUID(int=1), name, latin, enterprise, "总经理", "delegate", "", 1, synthetic=False)


def _pages(people, size="a4"):
    out = BytesIO()
    draw(people, out, FontSet(texts(people, BadgeWords())), size=size, words=BadgeWords())
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        return [
            (page.render(scale=0.5, grayscale=True).to_pil(), page.get_textpage().get_text_range())
            for page in document
        ]


@pytest.mark.parametrize("size", ["a4", "a5"])
@pytest.mark.parametrize("name", ["李雷", "阿卜杜热合曼·麦麦提吐尔孙", "W" * 40, "ئالىم جان", "𬭎㛃"])
def test_both_halves_are_the_same(size, name):
    """Turned by half a circle the page looks the same, and nothing leaves it or crosses the fold."""
    ((picture, _text),) = _pages([_person(name, enterprise=None)], size)
    turned = ImageChops.difference(picture, picture.rotate(180))
    assert sum(turned.point(lambda value: value > 100 and 255).histogram()[255:]) < 40  # rounding at edges
    width, height = picture.size
    assert picture.crop((0, 0, 8, height // 2 - 2)).getextrema()[0] > 200
    assert picture.crop((0, height // 2 + 2, width, height // 2 + 6)).getextrema()[0] > 200
    assert picture.getextrema()[0] < 100


def test_names_by_language():
    """English cards bear the Latin name and the English enterprise, where there are such; Chinese the Chinese."""
    people = [_person("李雷", "Li Lei"), _person("王五")]
    (_one, first), (_two, second) = _pages(people)
    assert "Li Lei" in first
    assert "Huayang Sample" in first
    assert "王\u3000五" in second
    with speaking("zh"):
        ((_picture, told),) = _pages(people[:1])
    assert "李\u3000雷" in told
    assert told.count("惠州华阳样例有限公司") == 2
