"""Codes as pictures for chats: still read after what a chat does to them, under names that every system takes."""

import io
from uuid import uuid4

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ipweek.domain.badges import BadgeFace
from ipweek.domain.file_names import distinct, safe
from ipweek.render.badge_picture import WIDTH, Pictures

FORBIDDEN = set('<>:"/\\|?*')
RESERVED = {"con", "prn", "aux", "nul", *(f"{word}{n}" for word in ("com", "lpt") for n in "0123456789¹²³")}


def face(code: str, name: str = "张伟", enterprise: str = "样例惠州华阳有限公司") -> BadgeFace:
    """A badge of that code."""
    return BadgeFace(uuid4(), code, name, "", enterprise, "", "delegate", "周", "发布会", "", synthetic=False)


def read(picture: Image.Image) -> list[str]:
    """What a reader finds in a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("place", range(12))
def test_a_chat_does_not_break_it(place: int) -> None:
    """Made half as large and compressed at quality 50, as chats do, every code is still read; large by itself."""
    code = f"{place * 83_333_333_333_333_333_333_331:027}"
    png = Pictures([face(code)]).png(face(code))
    picture = Image.open(io.BytesIO(png))
    assert picture.width == WIDTH >= 300
    assert picture.height > WIDTH
    assert read(picture) == [code]
    small = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BILINEAR)
    held = io.BytesIO()
    small.convert("RGB").save(held, "JPEG", quality=50)
    again = io.BytesIO()
    Image.open(held).save(again, "JPEG", quality=50)
    assert read(Image.open(again)) == [code]


NAMES = ("张伟", "Erkin O'Neil", "ئەركىن تۇرغۇن", "㛃𬭎䶮𣿭", "宽" * 60, "A" * 300, "\U0010fffd")


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_drawn_inside_the_picture(name: str) -> None:
    """Whatever the script and the length: ink under the symbol, none at the edges; what no font has is told."""
    pictures = Pictures([face("1" * 27, name, name)])
    picture = Image.open(io.BytesIO(pictures.png(face("1" * 27, name, name))))
    below = picture.crop((0, WIDTH, WIDTH, picture.height))
    ink = below.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    assert ink[0] > 0
    assert ink[2] < WIDTH
    assert ink[3] < below.height
    assert bool(pictures.missing(face("1" * 27, name))) == (name == "\U0010fffd")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("样例有限公司", "样例有限公司"), ("a/b\\c:d*e?", "a_b_c_d_e_"), ("CON", "_CON"), ("nul.txt", "_nul.txt"),
        ("Com1", "_Com1"), ("LPT¹", "_LPT¹"), ("end. . ", "end"), ("...", "_"), ("", "_"), ("\u202eevil\u200b", "evil"),
        ("a\r\nb", "a b"), ("-rf", "_-rf"), ("console", "console"), ("宽" * 99, "宽" * 60), ("../../etc", "_.._etc"),
    ],
)  # fmt: skip
def test_a_name_of_a_file(text: str, name: str) -> None:
    """Reserved names, forbidden and hidden characters, trailing dots, length, and what a shell takes for an option."""
    assert safe(text) == name


@given(st.lists(st.text(max_size=80), max_size=12))
def test_names_are_safe_and_distinct(texts: list[str]) -> None:
    """For any texts: one file each on systems that do not tell capitals apart."""
    names = distinct(map(safe, texts))
    assert len({name.casefold() for name in names}) == len(texts)
    for name in names:
        assert name
        assert not FORBIDDEN & set(name)
        assert name == name.strip(" .")
        assert name.partition(".")[0].casefold() not in RESERVED
        assert len(f"{name}.zip".encode()) < 255
        assert name.isprintable()
