"""Blocks placed on pages, from the top down."""

from collections.abc import Sequence
from io import BytesIO

from ipweek.domain.text import clean
from ipweek.i18n import _, language
from ipweek.render import flow_grid
from ipweek.render.badge_text import wrap
from ipweek.render.flow_blocks import (
    Block,
    Box,
    Figure,
    Grid,
    Heading,
    NewPage,
    Paragraph,
    Pictures,
    Signature,
)
from ipweek.render.flow_page import (
    BODY,
    BOTTOM,
    GUTTER,
    LEADING,
    LEFT,
    ROOM,
    TOP,
    Chart,
    Flow,
    Frame,
    Photo,
    Place,
)
from ipweek.render.summary_layout import Picture

BULLET = "•"
_SIZES = {1: 18.0, 2: 12.5, 3: 11.0}
_ABOVE = {1: 0.0, 2: 10.0, 3: 6.0}
_BELOW = {1: 6.0, 2: 3.0, 3: 2.0}
_HEADING_LEADING = 1.3
_INDENT = 12.0
_CAPTION = 9.0
_PICTURE_HEIGHT = {1: 260.0, 2: 170.0}
_PAD = 6.0


def place(flow: Flow, blocks: Sequence[Block]) -> None:
    """Put blocks one below the other; a heading goes to the page of what follows it."""
    for number, block in enumerate(blocks):
        match block:
            case Heading():
                flow.keep(_together(flow, blocks[number:]))
                _heading(flow, block)
            case Paragraph():
                _paragraph(flow, block)
            case Grid():
                flow_grid.place(flow, block)
            case Figure():
                _figure(flow, block)
            case Pictures():
                _pictures(flow, block)
            case Box():
                _box(flow, block)
            case Signature():
                _signature(flow, block)
            case NewPage():
                flow.turn()


def _together(flow: Flow, blocks: Sequence[Block]) -> float:
    """The height of the headings at the start, and of what has to stand with them."""
    height = 0.0
    for block in blocks:
        if not isinstance(block, Heading):
            return min(height + _least(flow, block), TOP - BOTTOM)
        height += _ABOVE[block.level] + _height(flow, block) + _BELOW[block.level]
    return height


def _height(flow: Flow, block: Heading) -> float:
    size = _SIZES[block.level]
    return len(flow.lines(block.text, ROOM, size, bold=True)) * size * _HEADING_LEADING


def _least(flow: Flow, block: Block) -> float:
    """How much of a block has to stand on one page."""
    match block:
        case Grid():
            return flow_grid.least(flow, block)
        case Figure():
            return _figure_height(flow, block)
        case Pictures():
            return _pictures_height(flow, block)
        case Box():
            return _box_height(flow, block)
    return 2 * BODY * LEADING


def _heading(flow: Flow, block: Heading) -> None:
    size = _SIZES[block.level]
    if not flow.is_fresh:
        flow.y -= _ABOVE[block.level]
    flow.put(Place(flow.y, clean(block.text), block.level))
    for line in flow.lines(block.text, ROOM, size, bold=True):
        flow.keep(size * _HEADING_LEADING)
        shift = (ROOM - flow.fonts.measure(line, size, bold=True)) / 2 if block.centred else 0.0
        flow.write(LEFT + shift, line, size, _HEADING_LEADING, bold=True)
        flow.y -= size * _HEADING_LEADING
    flow.y -= _BELOW[block.level]


def _paragraph(flow: Flow, block: Paragraph) -> None:
    indent = _INDENT if block.item else 0.0
    lines = _prose(flow, block.text) if block.prose and language() == "zh" else None
    for number, (shift, line) in enumerate(
        lines or [(indent, line) for line in flow.lines(block.text, ROOM - indent, BODY, bold=block.bold)]
    ):
        flow.keep(BODY * LEADING)
        if block.item and not number:
            flow.write(LEFT, BULLET, soft=True)
        flow.write(LEFT + shift, line, soft=block.soft, bold=block.bold)
        flow.y -= BODY * LEADING
    flow.y -= 2 if block.item else 4


def _prose(flow: Flow, text: str) -> list[tuple[float, str]]:
    """Lines with how far they begin from the left: the first one of each paragraph two characters."""
    lines = []
    for paragraph in clean(text, lines=True).split("\n"):
        first = (wrap(paragraph, ROOM / BODY - 2, flow.fonts, bold=False) or ("",))[0]
        rest = paragraph[len(first) :].lstrip()
        lines += [
            (2 * BODY, first),
            *((0.0, line) for line in (flow.lines(rest, ROOM, BODY) if rest else ())),
        ]
    return lines


def _caption(flow: Flow, text: str, x: float, width: float) -> None:
    """Lines in the middle below a chart or a picture."""
    for line in flow.lines(text, width, _CAPTION):
        shift = (width - flow.fonts.measure(line, _CAPTION)) / 2
        flow.write(x + shift, line, _CAPTION, 1.4, soft=True)
        flow.y -= _CAPTION * 1.4


def _caption_height(flow: Flow, text: str, width: float) -> float:
    return len(flow.lines(text, width, _CAPTION)) * _CAPTION * 1.4 if text else 0.0


def _figure_height(flow: Flow, block: Figure) -> float:
    return _PAD + block.drawing.height + 4 + _caption_height(flow, block.caption, ROOM)


def _figure(flow: Flow, block: Figure) -> None:
    flow.keep(_figure_height(flow, block))
    flow.y -= _PAD
    flow.put(Chart(flow.y, block.drawing))
    flow.y -= block.drawing.height + 4
    if block.caption:
        _caption(flow, block.caption, LEFT, ROOM)
    flow.y -= _PAD


def _width(block: Pictures) -> float:
    """How wide each of the pictures may be."""
    return (ROOM - GUTTER * (len(block.pictures) - 1)) / len(block.pictures)


def _sized(picture: Picture, width: float, height: float) -> tuple[float, float]:
    """As large as fits, in proportion."""
    scale = min(width / max(picture.width, 1), height / max(picture.height, 1))
    return picture.width * scale, picture.height * scale


def _picture_height(block: Pictures) -> float:
    most = _PICTURE_HEIGHT[len(block.pictures)]
    return max(_sized(picture, _width(block), most)[1] for picture in block.pictures)


def _pictures_height(flow: Flow, block: Pictures) -> float:
    captions = (_caption_height(flow, picture.caption, _width(block)) for picture in block.pictures)
    return _PAD + _picture_height(block) + 4 + max(captions)


def _pictures(flow: Flow, block: Pictures) -> None:
    flow.keep(_pictures_height(flow, block))
    flow.y -= _PAD
    room, height = _width(block), _picture_height(block)
    base, ends = flow.y - height, []
    for number, picture in enumerate(block.pictures):
        x = LEFT + number * (room + GUTTER)
        flow.y = base - 4
        if _is_readable(picture):
            width, high = _sized(picture, room, height)
            flow.put(Photo(x + (room - width) / 2, base, width, high, picture.content))
        _caption(flow, _told(picture), x, room)
        ends.append(flow.y)
    flow.y = min(ends) - _PAD


def _told(picture: Picture) -> str:
    return (
        picture.caption
        if _is_readable(picture)
        else f"{picture.caption} ({_('The picture cannot be read.')})"
    )


def _is_readable(picture: Picture) -> bool:
    """Whether the file is a whole picture."""
    from PIL import Image  # noqa: PLC0415 - only where there are pictures

    try:
        with Image.open(BytesIO(picture.content)) as opened:
            opened.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _box_lines(flow: Flow, block: Box) -> list[str]:
    return [line for text in block.texts for line in flow.lines(text, ROOM - 4 * _PAD, BODY, bold=True)]


def _box_height(flow: Flow, block: Box) -> float:
    return len(_box_lines(flow, block)) * BODY * LEADING + 2 * _PAD


def _box(flow: Flow, block: Box) -> None:
    lines = _box_lines(flow, block)
    rest = lines
    while rest:
        many = max(1, int((flow.y - BOTTOM - 2 * _PAD) // (BODY * LEADING)))
        shown, rest = rest[:many], rest[many:]
        height = len(shown) * BODY * LEADING + 2 * _PAD
        flow.keep(height)
        flow.put(Frame(flow.y - height, height))
        flow.y -= _PAD
        for line in shown:
            flow.write(LEFT + 2 * _PAD, line, bold=True)
            flow.y -= BODY * LEADING
        flow.y -= _PAD + 4


def _signature(flow: Flow, block: Signature) -> None:
    lines = [line for text in block.lines for line in flow.lines(text, ROOM, BODY)]
    flow.keep((len(lines) + 1) * BODY * LEADING)
    flow.y -= BODY * LEADING
    for line in lines:
        flow.write(LEFT + ROOM - flow.fonts.measure(line, BODY), line)
        flow.y -= BODY * LEADING
