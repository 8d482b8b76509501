"""Plain text files as offices save them."""

from pathlib import Path

import pytest

from ipweek.adapters import text_files
from ipweek.domain.errors import InvalidError
from ipweek.domain.text import tongue

TEXT = "筹备情况：\n龚䶮主任到会。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    """With or without a mark in front, rare characters too."""
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding))
    assert text_files.read(tmp_path / "a.txt") == TEXT


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04\0\0", b"\xff\xfe\0", b"\xff\xff\xff"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    """Pictures and documents, whatever they are called."""
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(InvalidError) as refused:
        text_files.read(tmp_path / "a.txt")
    assert refused.value.code == "text-none"


def test_a_text_is_taken_for_the_language_it_is_mostly_in() -> None:
    """A few words of the other do not matter."""
    told = {"QLED显示技术与LED显示屏": "zh", "The bureau (惠州市科学技术局) gave its advice on upgrading today.": "en",
            "": "en", "样例": "zh"}  # fmt: skip
    assert {text: tongue(text) for text in told} == told
