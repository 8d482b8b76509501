"""Text in PDF, in whatever script a name is written.

A word is set in the first face of the chain that has all of it, but quotation marks in a text without Han in one that
has them as narrow as Latin letters. Plain words of a TrueType face are embedded
as subsets; rare Han of a CFF face and scripts that need shaping are drawn as outlines. Right-to-left words
that follow each other are one run, set in their own direction within a line that runs left to right.
"""

import re
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas

from ipweek.domain.text import is_hidden
from ipweek.render.fonts_faces import BOLD, REGULAR, Face, chain

REPLACEMENT = "\u25a1"
HAN: Final = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200c\u200d"
_TOKENS = re.compile(rf"[{_RTL}]+(?:\s+[{_RTL}]+)*|[{HAN}]\s*|[^\s{HAN}{_RTL}]+\s*|\s+")
_SHAPED = re.compile(
    rf"[{_RTL}\u0300-\u036f\u0900-\u1cff\u1dc0-\u1dff\u20d0-\u20ff\ua800-\uabff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_MARKS = re.compile("([\u00b7\u2018\u2019\u201c\u201d\u2026])")
_HAN = re.compile(f"[{HAN}]")
_NARROW = 0.9  # em: the marks of a Chinese face have one
_ASCII = "".join(map(chr, range(32, 127)))
_serial = count(1)


class _Embedded(NamedTuple):
    """A subset of a face, as reportlab knows it, and the widths of its characters in em."""

    name: str
    widths: dict[str, float]


class Run(NamedTuple):
    """Text of one face; `embedded` where it is set as text, None where it is drawn as outlines."""

    text: str
    face: Face
    embedded: _Embedded | None

    @property
    def shaped(self) -> bool:
        """Whether its letters change with their neighbours."""
        return _SHAPED.search(self.text) is not None

    def width(self, weight: int) -> float:
        """The width in em."""
        if self.embedded is not None:
            return sum(map(self.embedded.widths.__getitem__, self.text))
        return self.face.shape(self.text, weight)[1]


class FontSet:
    """The fonts of one document: announce its texts, then measure and draw them in two weights.

    A text that was not announced is drawn too, as outlines where a character is not embedded.
    """

    def __init__(self, texts: Iterable[str], folder: Path | None = None) -> None:
        """Fonts for the characters of `texts`; the font files of `folder` go before the packaged ones."""
        tokens = {token for text in {_ASCII, *texts} for token in _tokens(text)}
        self._chains = {weight: chain(folder, weight) for weight in (REGULAR, BOLD)}
        self._embedded = {weight: self._embed(tokens, weight) for weight in self._chains}
        self.regular = self._main(REGULAR)
        self.bold = self._main(BOLD)

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of a line, in the unit of `size`."""
        weight = BOLD if bold else REGULAR
        first = self._first(weight)
        if first is not None and not _has_latin_marks(text):
            try:
                return sum(map(first.widths.__getitem__, text)) * size
            except KeyError:
                pass
        return sum(run.width(weight) for run in self.runs(text, weight)) * size

    def draw(self, canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        """Draw a line in the fill colour, its baseline beginning at (x, y)."""
        weight = BOLD if bold else REGULAR
        first = self._first(weight)
        if first is not None and first.widths.keys() >= set(text) and not _has_latin_marks(text):
            canvas.setFont(first.name, size)
            canvas.drawString(x, y, text)
            return
        for run in self.runs(text, weight):
            if run.embedded is not None:
                canvas.setFont(run.embedded.name, size)
                canvas.drawString(x, y, run.text)
            else:
                _draw_outlines(canvas, (x, y), run, size, weight)
            x += run.width(weight) * size

    def missing(self, text: str) -> str:
        """The characters that no face has, each once, in order; they are drawn as boxes."""
        faces = self._chains[REGULAR]
        first = self._first(REGULAR)
        unknown = set(text) - (first.widths.keys() if first else set())
        lacking = {
            char for char in unknown if not is_hidden(char) and not any(face.covers(char) for face in faces)
        }
        return "".join(char for char in dict.fromkeys(text) if char in lacking)

    def _first(self, weight: int) -> _Embedded | None:
        """What is embedded of the face that goes first: a text wholly in it needs no search."""
        return self._embedded[weight].get(self._chains[weight][0])

    def _main(self, weight: int) -> str:
        """The reportlab name of the font that has most of the announced text."""
        return max(self._embedded[weight].values(), key=lambda font: len(font.widths)).name

    def _embed(self, tokens: Iterable[tuple[str, bool]], weight: int) -> dict[Face, _Embedded]:
        wanted: defaultdict[Face, set[str]] = defaultdict(lambda: {" "})
        for token, narrow in tokens:
            for text, face in self._placed(token, weight, narrow=narrow):
                if face.embeds and not _SHAPED.search(text):
                    wanted[face].update(text)
        return {face: self._register(face, characters, weight) for face, characters in wanted.items()}

    def _register(self, face: Face, characters: set[str], weight: int) -> _Embedded:
        """Hand a subset to reportlab until this set of fonts is gone.

        reportlab tells fonts apart by face name, and every instance of a variable font bears the same.
        """
        name = f"{face.name.split('-')[0]}-{weight}-{next(_serial)}"
        font = TTFont(name, BytesIO(face.subset(sorted(characters), weight)), shapable=False)
        font.face.name = name.encode("ascii", "replace")
        registerFont(font)
        weakref.finalize(self, font.unregister)
        return _Embedded(name, face.advances(characters, weight))

    def _placed(self, token: str, weight: int, *, narrow: bool = False) -> Iterator[tuple[str, Face]]:
        """The token with the first face that has all of it, or else its characters one by one."""
        faces = self._chains[weight]
        fitting = [face for face in faces if face.covers(token)] if narrow else []
        whole = next((face for face in fitting if face.advances(token, weight)[token] < _NARROW), None)
        whole = whole or next((face for face in faces if face.covers(token)), None)
        if whole is not None:
            yield token, whole
            return
        for char in token:
            face = next((face for face in faces if face.covers(char)), None)
            if face is not None:
                yield char, face
            elif not is_hidden(char):
                yield REPLACEMENT, next((face for face in faces if face.covers(REPLACEMENT)), faces[0])

    def runs(self, text: str, weight: int) -> Iterator[Run]:
        """A line in pieces of one face each, from left to right."""
        fonts, last = self._embedded[weight], None
        for token, narrow in _tokens(text):
            for part, face in self._placed(token, weight, narrow=narrow):
                embedded = fonts.get(face)
                if embedded is not None and not embedded.widths.keys() >= set(part):
                    embedded = None
                if last and last.face is face and last.embedded is embedded and not _SHAPED.search(part):
                    last = last._replace(text=last.text + part)
                    continue
                if last:
                    yield last
                last = Run(part, face, embedded)
        if last:
            yield last


def _has_latin_marks(text: str) -> bool:
    """Whether there are marks that Chinese faces have too wide for the text."""
    return _MARKS.search(text) is not None and _HAN.search(text) is None


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """What is set in one face if possible, and whether it is a mark that has to be narrow."""
    if not _has_latin_marks(text):
        yield from ((token, False) for token in _TOKENS.findall(text))
        return
    for token in _TOKENS.findall(text):
        yield from ((part, bool(_MARKS.fullmatch(part))) for part in _MARKS.split(token) if part)


def _draw_outlines(canvas: Canvas, origin: tuple[float, float], run: Run, size: float, weight: int) -> None:
    glyphs, _ = run.face.shape(run.text, weight)
    for glyph in glyphs:
        path = canvas.beginPath()
        steps = {"move": path.moveTo, "line": path.lineTo, "curve": path.curveTo, "close": path.close}
        for stroke in run.face.outline(glyph.number, weight):
            steps[stroke.kind](*stroke.points)
        canvas.saveState()
        canvas.translate(origin[0] + glyph.x * size, origin[1] + glyph.y * size)
        canvas.scale(size / 1000, size / 1000)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)
        canvas.restoreState()
