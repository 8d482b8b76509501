"""What Rich prints, as plain text."""

from rich.console import Console, RenderableType


def plain(renderable: RenderableType, width: int) -> str:
    """Without colours, in so many columns."""
    console = Console(
        width=width, no_color=True, color_system=None, markup=False, highlight=False, emoji=False
    )
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()
