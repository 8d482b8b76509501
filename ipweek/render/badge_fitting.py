"""The texts of a badge fitted into the areas of its layout; drawing and the check before it read the same."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from reportlab.lib.units import mm

from ipweek.domain.badge_code import grouped
from ipweek.domain.badge_design import Align, Part, TextPart
from ipweek.domain.badges import BadgeFace, BadgeWords, SheetLayout
from ipweek.render.badge_text import Box, Fitted, fit
from ipweek.render.fonts import FontSet


def text_of(face: BadgeFace, part: Part, words: BadgeWords) -> str:
    """What a badge says in one of its parts; empty where it says nothing."""
    match part:
        case Part.LATIN:
            return face.name_latin
        case Part.SEAT:
            return f"{words.seat} {face.seat}" if face.seat else ""
        case Part.SYNTHETIC:
            return words.synthetic if face.synthetic else ""
        case Part.CODE:
            return grouped(face.code)
        case _:
            return str(getattr(face, part.value))


class Line(NamedTuple):
    """A line of text on a card: its baseline begins at x from the left and y below the upper edge, in points."""

    x: float
    y: float
    text: str


class Placed(NamedTuple):
    """A text of a badge where it stands, in points; `bottom` is the lower edge of its last line."""

    part: Part
    size: float
    lines: tuple[Line, ...]
    bottom: float


class Fitting:
    """Fits texts, and remembers those that come again."""

    def __init__(self, layout: SheetLayout, fonts: FontSet, words: BadgeWords) -> None:
        self._texts = layout.design.texts
        self._fonts = fonts
        self._words = words
        self._boxes = {part: _box(text) for part, text in self._texts.items()}
        self._known: dict[tuple[Part, str], tuple[Fitted, tuple[float, ...]]] = {}

    @cached_property
    def _order(self) -> tuple[Part, ...]:
        """The parts so that each comes after the one that it stands below."""
        order: list[Part] = []
        left = dict(self._texts)
        while left:
            ready = [part for part, text in left.items() if text.below is None or text.below not in left]
            for part in ready or list(left):
                order.append(part)
                del left[part]
        return tuple(order)

    def placed(self, face: BadgeFace) -> Iterator[Placed]:
        """Every text of a badge that has something to say."""
        edges: dict[Part, float] = {}
        for part in self._order:
            text = self._texts[part]
            top = text.area.y * mm
            above = edges.get(text.below) if text.below is not None else None
            if above is not None:
                top = min(top, above + text.gap * mm)
            said = text_of(face, part, self._words)
            if not said:
                # Nothing here: what stands below moves up to what stands above.
                edges[part] = above if above is not None else top
                continue
            found = self._place(part, said, top)
            edges[part] = found.bottom
            yield found

    def size(self, part: Part, said: str) -> float:
        """At what size a text is set."""
        return self._fitted(part, said)[0].size

    def _place(self, part: Part, said: str, top: float) -> Placed:
        text = self._texts[part]
        (size, lines), starts = self._fitted(part, said)
        step = size * text.leading
        if text.middle:
            top += (text.area.height * mm - len(lines) * step) / 2
        first = top + (step - size) / 2 + 0.88 * size if text.middle else top + 0.94 * size
        placed = tuple(
            Line(x, first + number * step, line)
            for number, (x, line) in enumerate(zip(starts, lines, strict=True))
        )
        return Placed(part, size, placed, top + len(lines) * step)

    def _fitted(self, part: Part, said: str) -> tuple[Fitted, tuple[float, ...]]:
        known = self._known.get((part, said))
        if known is None:
            fitted = fit(said, self._boxes[part], self._fonts)
            known = fitted, tuple(self._starts(part, fitted))
            if part is not Part.CODE:  # no two are the same
                self._known[part, said] = known
        return known

    def _starts(self, part: Part, fitted: Fitted) -> Iterator[float]:
        text = self._texts[part]
        left, width = text.area.x * mm, text.area.width * mm
        inset = 1 * mm if text.framed and text.align is not Align.CENTRE else 0.0
        for line in fitted.lines:
            room = width - self._fonts.measure(line, fitted.size, bold=text.bold)
            match text.align:
                case Align.LEFT:
                    yield left + inset
                case Align.CENTRE:
                    yield left + room / 2
                case Align.RIGHT:
                    yield left + room - inset


def all_texts(faces: Sequence[BadgeFace], layout: SheetLayout, words: BadgeWords) -> set[str]:
    """Every text that the faces show on a layout."""
    return {text_of(face, part, words) for face in faces for part in layout.design.texts}


def _box(text: TextPart) -> Box:
    inset = 2 if text.framed else 0
    return Box(
        width=(text.area.width - inset) * mm,
        height=text.area.height * mm,
        largest=text.largest,
        one_line=text.one_line,
        bold=text.bold,
        leading=text.leading,
    )
