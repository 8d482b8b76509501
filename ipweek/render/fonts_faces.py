"""Font files: what they cover, subsets of one weight to embed, and glyphs as outlines.

HarfBuzz subsets and instantiates a variable font in some milliseconds, so nothing is cached on disk.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

import uharfbuzz as hb

from ipweek.domain.errors import InvalidError

REGULAR, BOLD = 400, 700
_NO_EMBEDDING = 0x0302  # OS/2 fsType: restricted, no subsetting, bitmaps only
_SYNTHETIC_BOLD = 0.035  # of an em to each side, for a face without a bold
_LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "gasp", "DSIG", "kern")
_SUFFIXES = frozenset((".ttf", ".otf", ".ttc", ".otc"))
_PACKAGED = (
    ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),
    ("justmytype_western_core", "fonts/ofl/notosans/NotoSans[wdth,wght].ttf"),
    ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"),
    ("justmytype_intl_rtl", "fonts/ofl/notosansarabic/NotoSansArabic[wdth,wght].ttf"),
    ("justmytype_intl_rtl", "fonts/ofl/notosanshebrew/NotoSansHebrew[wdth,wght].ttf"),
    ("justmytype_western_core", "fonts/ofl/notosanssymbols2/NotoSansSymbols2-Regular.ttf"),
)


class Stroke(NamedTuple):
    """A step of an outline in thousandths of an em: move (1 point), line (1), curve (3) or close (0)."""

    kind: Literal["move", "line", "curve", "close"]
    points: tuple[float, ...] = ()


class Glyph(NamedTuple):
    """A shaped glyph: its number in the face and its origin in em."""

    number: int
    x: float
    y: float


class Face:
    """One face of a font file."""

    def __init__(self, path: Path) -> None:
        """Open the file; of a collection, the simplified Chinese face if there is one.

        Raises InvalidError `font-unreadable` where the file is no font.
        """
        try:
            blob = hb.Blob.from_file_path(str(path))
        except (OSError, hb.HarfBuzzError) as error:
            raise InvalidError("font-unreadable", file=str(path)) from error
        faces = [hb.Face(blob, index) for index in range(max(1, hb.Face(blob).count))]
        self._face = next((face for face in faces if _name(face, 1).endswith(" SC")), faces[0])
        self._covered = self._face.unicodes
        if not self._covered:
            raise InvalidError("font-unreadable", file=str(path))
        self.name = _name(self._face, 6) or path.stem
        tables = set(self._face.table_tags)
        weights = [axis for axis in self._face.axis_infos if axis.tag == "wght"]
        stated = self._os2(4, tables) or REGULAR
        self._weights = (weights[0].min_value, weights[0].max_value) if weights else (stated, stated)
        self._variable = bool(self._face.axis_infos)
        self.embeds = "glyf" in tables and not self._os2(8, tables) & _NO_EMBEDDING
        self._fonts: dict[int, hb.Font] = {}
        self._outlines: dict[tuple[int, int], tuple[Stroke, ...]] = {}

    def covers(self, text: str) -> bool:
        """Whether the face has a glyph for every character; white space needs none."""
        return all(char.isspace() or ord(char) in self._covered for char in text)

    def distance(self, weight: int) -> float:
        """How far the weight lies from what the face can show."""
        low, high = self._weights
        return max(low - weight, 0, weight - high)

    def advances(self, characters: Iterable[str], weight: int) -> dict[str, float]:
        """The width of each character in em, for those that the face has."""
        font = self._font(weight)
        return {
            char: font.get_glyph_h_advance(font.get_nominal_glyph(ord(char))) / self._face.upem
            for char in characters
            if ord(char) in self._covered
        }

    def subset(self, characters: Iterable[str], weight: int) -> bytes:
        """A font file of one weight with these characters, without layout tables."""
        wanted = hb.SubsetInput()
        wanted.unicode_set.update(map(ord, characters))
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in _LAYOUT_TABLES)
        wanted.flags = hb.SubsetFlags.NO_HINTING
        if self._variable:
            wanted.pin_all_axes_to_default(self._face)
            wanted.pin_axis_location(self._face, "wght", self._within(weight))
        return bytes(hb.subset(self._face, wanted).blob.data)

    def shape(self, text: str, weight: int) -> tuple[Sequence[Glyph], float]:
        """The glyphs of a text of one script, in visual order, and its width, both in em."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font(weight), buffer)
        unit, glyphs, x = 1 / self._face.upem, [], 0.0
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append(Glyph(info.codepoint, x + place.x_offset * unit, place.y_offset * unit))
            x += place.x_advance * unit
        return glyphs, x

    def outline(self, glyph: int, weight: int) -> tuple[Stroke, ...]:
        """The contours of a glyph; fill them by the non-zero rule."""
        known = self._outlines.get((glyph, weight))
        if known is None:
            known = self._outlines[glyph, weight] = self._drawn(glyph, weight)
        return known

    def _drawn(self, glyph: int, weight: int) -> tuple[Stroke, ...]:
        strokes: list[Stroke] = []
        unit = 1000 / self._face.upem

        def scaled(*points: float) -> tuple[float, ...]:
            return tuple(round(point * unit, 1) for point in points)

        pen = hb.DrawFuncs()
        pen.set_move_to_func(lambda x, y, _: strokes.append(Stroke("move", scaled(x, y))))
        pen.set_line_to_func(lambda x, y, _: strokes.append(Stroke("line", scaled(x, y))))
        pen.set_cubic_to_func(lambda *points: strokes.append(Stroke("curve", scaled(*points[:6]))))
        pen.set_close_path_func(lambda _: strokes.append(Stroke("close")))
        self._font(weight).draw_glyph(glyph, pen)
        return tuple(strokes)

    def _font(self, weight: int) -> hb.Font:
        font = self._fonts.get(weight)
        if font is None:
            font = self._fonts[weight] = hb.Font(self._face)
            font.set_variations({"wght": self._within(weight)})
            if weight > REGULAR and self.distance(weight):
                font.synthetic_bold = (_SYNTHETIC_BOLD, _SYNTHETIC_BOLD, True)
        return font

    def _within(self, weight: int) -> float:
        low, high = self._weights
        return min(max(weight, low), high)

    def _os2(self, offset: int, tables: set[str]) -> int:
        """A 16-bit field of the OS/2 table: 4 the weight class, 8 the embedding rights."""
        if "OS/2" not in tables:
            return 0
        return int.from_bytes(self._face.reference_table("OS/2").data[offset : offset + 2], "big")


def chain(folder: Path | None, weight: int) -> tuple[Face, ...]:
    """The faces to look in, in order: those of the folder, nearest weight first, then the packaged ones.

    Raises InvalidError `fonts-folder-missing`, `font-unreadable`, or `fonts-missing` where no font is found.
    """
    own: list[Face] = []
    if folder is not None:
        if not folder.is_dir():
            raise InvalidError("fonts-folder-missing", folder=str(folder))
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
        own = sorted(map(_face, files), key=lambda face: face.distance(weight))
    packaged = [_face(path) for package, name in _PACKAGED if (path := _packaged(package, name))]
    if not own and not packaged:
        raise InvalidError("fonts-missing")
    return (*own, *packaged)


@cache
def _face(path: Path) -> Face:
    return Face(path)


def _packaged(package: str, name: str) -> Path | None:
    """Where a font package keeps a file, without importing it; None if either is not there."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    path = Path(places[0], name) if places else None
    return path if path and path.is_file() else None


def _name(face: hb.Face, name_id: int) -> str:
    return face.get_name(name_id) or ""
