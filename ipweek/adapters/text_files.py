"""Plain text files, whatever Chinese and other offices save them in."""

import codecs
from pathlib import Path

from ipweek.adapters import file_contents
from ipweek.domain.errors import InvalidError

_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ENCODINGS = ("utf-8-sig", "gb18030")


def read(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or GB18030.

    Raises as `file_contents.content` does, and InvalidError `text-none` for what is no text.
    """
    data = file_contents.content(path)
    marked = next((name for mark, name in _BOMS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InvalidError("text-none", file=path.name)
