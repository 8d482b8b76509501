"""Text in cells: cleaned of what steers a terminal, cropped and padded by display width."""

from rich.cells import cell_len, set_cell_size

from ipweek.domain.text import clean, is_hidden


def visible(text: str) -> str:
    """The text without hidden characters, white space kept as it is."""
    return "".join(char for char in text if not is_hidden(char))


def crop(text: str, width: int) -> str:
    """The cleaned text in at most `width` cells, an ellipsis for what is cut off."""
    shown = clean(text)
    if cell_len(shown) <= width:
        return shown
    return set_cell_size(shown, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The cleaned text in exactly `width` cells."""
    shown = crop(text, width)
    gap = " " * (width - cell_len(shown))
    return gap + shown if right else shown + gap


def ends(left: str, right: str, width: int) -> str:
    """One text at each end of a line; the right one has half of it, or what the left one leaves."""
    last = crop(right, max(width // 2, width - cell_len(clean(left)) - 2) if width > 3 else 0)
    room = width - cell_len(last) - (2 if last else 0)
    return fit(left, max(room, 0)) + ("  " if last else "") + last
