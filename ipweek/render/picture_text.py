"""Text in pictures, in whatever script a name is written, with the fonts of the badges.

Runs of plain text are set by the picture library with a subset of the face; scripts that need shaping are drawn as
outlines, contour by contour.
"""

from collections.abc import Iterable
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ipweek.render.fonts import FontSet, Run
from ipweek.render.fonts_faces import BOLD, REGULAR, Face, Stroke

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_STEPS = 6  # of a curve
_FINER = 4  # outlines are drawn so much larger, and then made smaller: soft edges


class PictureText:
    """Announce the texts, then measure and draw lines of them."""

    def __init__(self, texts: Iterable[str], folder: Path | None = None) -> None:
        self._texts = list(texts)
        self._folder = folder
        self._fonts: dict[tuple[Face, int, int], FreeTypeFont] = {}
        self._subsets: dict[tuple[Face, int], bytes] = {}

    @cached_property
    def _set(self) -> FontSet:
        return FontSet(self._texts, self._folder)

    @cached_property
    def _characters(self) -> list[str]:
        return sorted({" ", "\u25a1", *"".join(self._texts)})

    def missing(self, text: str) -> str:
        """The characters that no face has, each once; they are drawn as boxes."""
        return self._set.missing(text)

    def measure(self, text: str, size: int, *, bold: bool = False) -> float:
        """The width of a line in pixels."""
        weight = BOLD if bold else REGULAR
        return sum(self._width(run, weight, size) for run in self._set.runs(text, weight))

    def _width(self, run: Run, weight: int, size: int) -> float:
        """As it is drawn: plain letters take whole pixels each."""
        if run.shaped:
            return run.width(weight) * size
        return float(self._font(run.face, weight, size).getlength(run.text))

    def draw(
        self, picture: "Image", corner: tuple[float, float], text: str, size: int, *, bold: bool = False
    ) -> None:
        """Draw a line in black, the top of its em square at the corner."""
        weight = BOLD if bold else REGULAR
        x, base = corner[0], corner[1] + size * 0.88
        for run in self._set.runs(text, weight):
            if run.shaped:
                self._outlines(picture, (x, base), run, size, weight)
            else:
                self._plain(picture, (x, base), run, size, weight)
            x += self._width(run, weight, size)

    def _plain(self, picture: "Image", origin: tuple[float, float], run: Run, size: int, weight: int) -> None:
        from PIL import ImageDraw  # noqa: PLC0415 - only where pictures are drawn

        draw = ImageDraw.Draw(picture)
        draw.text(origin, run.text, fill=0, font=self._font(run.face, weight, size), anchor="ls")

    def _font(self, face: Face, weight: int, size: int) -> "FreeTypeFont":
        from PIL import ImageFont  # noqa: PLC0415 - only where pictures are drawn

        known = self._fonts.get((face, weight, size))
        if known is None:
            data = self._subsets.get((face, weight))
            if data is None:
                data = self._subsets[face, weight] = face.subset(self._characters, weight)
            known = ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
            self._fonts[face, weight, size] = known
        return known

    def _outlines(
        self, picture: "Image", origin: tuple[float, float], run: Run, size: int, weight: int
    ) -> None:
        """Fill the contours of each glyph, holes after what they are holes in."""
        from PIL import Image, ImageDraw  # noqa: PLC0415 - only where pictures are drawn

        glyphs, width = run.face.shape(run.text, weight)
        pad = size
        wide, high = int(width * size) + 2 * pad, 2 * size + 2 * pad
        mask = Image.new("L", (wide * _FINER, high * _FINER), 0)
        draw = ImageDraw.Draw(mask)
        scale = size * _FINER / 1000
        down = (pad + size * 1.2) * _FINER
        for glyph in glyphs:
            left, base = (pad + glyph.x * size) * _FINER, down - glyph.y * size * _FINER
            contours = [
                [(left + x * scale, base - y * scale) for x, y in contour]
                for contour in _contours(run.face.outline(glyph.number, weight))
            ]
            solid = _turns(max(contours, key=lambda one: abs(_area(one)), default=[]))
            for contour in sorted(contours, key=lambda one: abs(_area(one)), reverse=True):
                draw.polygon(contour, fill=255 if _turns(contour) == solid else 0)
        mask = mask.resize((wide, high), Image.Resampling.BOX)
        picture.paste(0, (round(origin[0] - pad), round(origin[1] - pad - size * 1.2)), mask)


def _contours(strokes: Iterable[Stroke]) -> list[list[tuple[float, float]]]:
    """The closed lines of an outline, curves as short lines."""
    found: list[list[tuple[float, float]]] = []
    for stroke in strokes:
        if stroke.kind == "move":
            found.append([(stroke.points[0], stroke.points[1])])
        elif stroke.kind == "line":
            found[-1].append((stroke.points[0], stroke.points[1]))
        elif stroke.kind == "curve":
            found[-1] += _curve(found[-1][-1], stroke.points)
    return [contour for contour in found if len(contour) > 2]


def _curve(start: tuple[float, float], points: tuple[float, ...]) -> list[tuple[float, float]]:
    x0, y0 = start
    x1, y1, x2, y2, x3, y3 = points
    made = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        made.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return made


def _area(contour: list[tuple[float, float]]) -> float:
    following = [*contour[1:], *contour[:1]]
    return sum(x * down - right * y for (x, y), (right, down) in zip(contour, following, strict=True)) / 2


def _turns(contour: list[tuple[float, float]]) -> bool:
    return _area(contour) > 0
