"""Days, as the screens write them."""

from ipweek.render.dates import day_text

__all__ = ["day_text"]
