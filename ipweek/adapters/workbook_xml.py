"""The XML parts of an XLSX archive, gone through piece by piece and without entities of their own."""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from ipweek.domain.errors import InvalidError

CHUNK = 1 << 18
BROKEN = (expat.ExpatError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, OverflowError, EOFError,
          NotImplementedError, StopIteration)  # fmt: skip
"""What a damaged archive raises, wherever it is read."""


def parser(
    start: Callable[[str, dict[str, str]], None], stop: Callable[[str], None], text: Callable[[str], None]
) -> expat.XMLParserType:
    """A parser that refuses a document type: nothing can unfold, and no other file is read."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartElementHandler, made.EndElementHandler, made.CharacterDataHandler = start, stop, text
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_declaration: object) -> None:
    raise InvalidError("file-broken")


def parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    stop: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Go through a whole part."""
    parsing = parser(start, stop, text)
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            parsing.Parse(chunk)
    parsing.Parse(b"", True)  # noqa: FBT003 - expat's own


def tags(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of all tags of this name in a small part, none where the part is missing."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name[name.rfind(":") + 1 :] == wanted:
            found.append(attributes)

    if part in archive.namelist():
        parse(archive, part, start, lambda _name: None, lambda _data: None)
    return found


def sheets(archive: zipfile.ZipFile) -> Iterator[tuple[dict[str, str], str]]:
    """What the workbook says of each of its sheets, and the part that holds it."""
    relations = tags(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    targets = {about["Id"]: about["Target"] for about in relations}
    for about in tags(archive, "xl/workbook.xml", "sheet"):
        target = targets[next(value for key, value in about.items() if key.endswith(":id"))]
        yield about, posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/")
