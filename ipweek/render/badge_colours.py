"""The colour of a badge's ribbon."""

from zlib import crc32

from ipweek.domain.badge_design import RibbonPart
from ipweek.render.words import category_codes

_PALETTE = ("#8a4b08", "#7a1f3d", "#1e6b52", "#5b3a8c", "#1f4e79", "#0f6674", "#4a5a12", "#3d4852")


def ribbon_colour(ribbon: RibbonPart, category: str) -> str:
    """The colour of a category, by its code or its word; of an unnamed one the general one, or one of a palette."""
    for name in (category, *category_codes(category)):
        if name in ribbon.colours:
            return ribbon.colours[name]
    return ribbon.colour or _PALETTE[crc32(category.encode()) % len(_PALETTE)]
