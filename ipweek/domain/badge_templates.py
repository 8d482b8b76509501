"""Templates of badges: small TOML files that say the page, the cards and what stands where on a card.

Whatever is wrong is told with its line and key. A template based on another takes from it what it does not say
itself, stretched to its own cards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipweek.domain.badge_design import (
    LEAST_MODULE,
    Align,
    Area,
    BackPart,
    Cut,
    Design,
    LogoPart,
    Part,
    RibbonPart,
    SymbolPart,
    TextPart,
)
from ipweek.domain.badges import SheetLayout
from ipweek.domain.errors import IpweekError
from ipweek.domain.template_text import Section, TemplateText

_SECTIONS = ("title-en", "title-zh", "based-on", "page", "cards", "symbol", "ribbon", "logo", "back", "text")
_NEEDED = (Part.NAME, Part.SYNTHETIC)
"""Whom a badge is for, and that invented people are invented, is never left out."""

_TEXT_KEYS = (
    "area", "size", "legible", "bold", "align", "middle", "colour", "leading", "below", "gap", "frame", "show",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """Where a template comes from: its name, what people call the file, and the folder of its logo."""

    name: str
    told: str
    folder: Path


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in the list: its layout, or what is wrong with it."""

    name: str
    own: bool
    layout: SheetLayout | None
    error: IpweekError | None = None


def parse(text: str, source: TemplateFile, base: Callable[[str], SheetLayout]) -> SheetLayout:
    """The layout that a template says; `base` finds one by name. Raises InvalidError `template-…`."""
    read = TemplateText(text, source.told)
    top = read.section((), _SECTIONS)
    page = read.section(("page",), ("width", "height", "cut"))
    cards = read.section(("cards",), ("columns", "rows", "width", "height", "left", "top", "gap-x", "gap-y"))
    width, height = cards.number("width", most=2000), cards.number("height", most=2000)
    layout = SheetLayout(
        name=source.name,
        page_width=page.number("width", most=2000),
        page_height=page.number("height", most=2000),
        columns=cards.whole("columns"),
        rows=cards.whole("rows"),
        card_width=width,
        card_height=height,
        margin_left=cards.number("left", least=0),
        margin_top=cards.number("top", least=0),
        design=_design(read, top, Area(0, 0, width, height), base, source.folder),
        gap_x=cards.number("gap-x", 0, least=0),
        gap_y=cards.number("gap-y", 0, least=0),
        cut=page.choice("cut", Cut, Cut.NONE),
        title_en=top.text("title-en", ""),
        title_zh=top.text("title-zh", ""),
    )
    _fits_page(layout, cards)
    if layout.sides > 1 and layout.cards > 1:
        raise read.refusal("template-back-of-many", ("back",))
    return layout


def _fits_page(layout: SheetLayout, cards: Section) -> None:
    left, top = layout.corner(layout.cards - 1)
    for key, needed, there in (
        ("width", left + layout.card_width, layout.page_width),
        ("height", top + layout.card_height, layout.page_height),
    ):
        if needed > there + 0.01:
            raise cards.refusal("template-page-full", key, needed=f"{needed:g}", there=f"{there:g}")


def _design(
    read: TemplateText, top: Section, card: Area, base: Callable[[str], SheetLayout], folder: Path
) -> Design:
    taken: Design | None = None
    if top.has("based-on"):
        wanted = top.text("based-on", "")
        found = base(wanted)
        taken = found.design.stretched(card.width / found.card_width, card.height / found.card_height)
    design = Design(
        symbol=_symbol(read, card) if read.has("symbol") or taken is None else taken.symbol,
        texts=_texts(read, card, taken.texts if taken else {}),
        ribbon=_ribbon(read, card, taken.ribbon if taken else None),
        logo=_logo(read, card, folder) if read.has("logo") else (taken.logo if taken else None),
        back=_back(read, card) if read.has("back") else None,
    )
    _symbol_stands_free(read, design)
    return design


def _symbol(read: TemplateText, card: Area) -> SymbolPart:
    section = read.section(("symbol",), ("x", "y", "size"))
    symbol = SymbolPart(
        section.number("x", least=0), section.number("y", least=0), section.number("size", most=200)
    )
    if symbol.module < LEAST_MODULE:
        raise section.refusal("template-symbol-small", "size", least=f"{LEAST_MODULE * 21:g}")
    if not card.holds(symbol.area):
        raise section.refusal("template-symbol-edge", "x", quiet=f"{symbol.x - symbol.area.x:.1f}")
    return symbol


def _ribbon(read: TemplateText, card: Area, taken: RibbonPart | None) -> RibbonPart | None:
    if not read.has("ribbon"):
        return taken
    section = read.section(("ribbon",), ("area", "colour", "colours"))
    area = section.area("area", card, taken.area if taken else None)
    colours = dict(taken.colours) if taken else {}
    if section.has("colours"):
        named = read.section(("ribbon", "colours"), None)
        colours |= {category: named.colour(category) or "" for category in named.names()}
    return RibbonPart(area, colours, section.colour("colour", taken.colour if taken else None, may_lack=True))


def _logo(read: TemplateText, card: Area, folder: Path) -> LogoPart | None:
    section = read.section(("logo",), ("file", "area"))
    area = section.area("area", card)
    name = section.text("file", "")
    # A relative name is looked for beside the template.
    return LogoPart(folder / Path(name).expanduser(), area) if name else None


def _back(read: TemplateText, card: Area) -> BackPart:
    section = read.section(("back",), ("area", "size", "legible"))
    return BackPart(
        section.area("area", card), section.number("size", 10, most=200), section.number("legible", 6)
    )


def _texts(read: TemplateText, card: Area, taken: Mapping[Part, TextPart]) -> Mapping[Part, TextPart]:
    texts = dict(taken)
    if read.has("text"):
        for name in read.section(("text",), tuple(Part)).names():
            part = Part(name)
            if read.section(("text", part), _TEXT_KEYS).flag("show", default=True):
                texts[part] = _text(read, part, card, taken.get(part))
            else:
                texts.pop(part, None)
    for needed in _NEEDED:
        if needed not in texts:
            raise read.refusal("template-key-missing", ("text",), key=f"text.{needed}")
    for name, text in texts.items():
        if text.below is not None and (text.below not in texts or text.below is name):
            raise read.refusal(
                "template-below-nothing", ("text", name, "below"), key=f"text.{name}.below", value=text.below
            )
    return texts


def _text(read: TemplateText, part: Part, card: Area, taken: TextPart | None) -> TextPart:
    """A text as the file says, and where it says nothing, as the other template does."""
    section = read.section(("text", part), _TEXT_KEYS)
    known: Any = taken or TextPart(Area(0, 0, 0, 0), 0, 0, 5)
    largest, one_line = section.sizes("size", (taken.largest, taken.one_line) if taken else None)
    return TextPart(
        area=section.area("area", card, taken.area if taken else None),
        largest=largest,
        one_line=one_line,
        legible=section.number("legible", known.legible, most=200),
        bold=section.flag("bold", known.bold),
        align=section.choice("align", Align, known.align),
        middle=section.flag("middle", known.middle),
        colour=section.colour("colour", known.colour) or known.colour,
        leading=section.number("leading", known.leading, least=0.8, most=3),
        below=section.choice("below", Part, known.below) if section.has("below") else known.below,
        gap=section.number("gap", known.gap, least=0),
        framed=section.flag("frame", known.framed),
    )


def _symbol_stands_free(read: TemplateText, design: Design) -> None:
    """Nothing may reach into the symbol's quiet zone, or scanners miss it."""
    around: list[tuple[tuple[str, ...], Area]] = [
        (("text", part, "area"), text.area) for part, text in design.texts.items()
    ]
    if design.ribbon is not None:
        around.append((("ribbon", "area"), design.ribbon.area))
    if design.logo is not None:
        around.append((("logo", "area"), design.logo.area))
    for path, area in around:
        if area.meets(design.symbol.area):
            zone = design.symbol.area
            raise read.refusal(
                "template-on-symbol",
                path,
                key=".".join(path),
                zone=f"{zone.x:.1f}, {zone.y:.1f}, {zone.right:.1f}, {zone.bottom:.1f}",
            )
