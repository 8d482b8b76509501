"""Characters that no font has: told by person before anything is drawn."""

from collections.abc import Sequence

from ipweek.domain.errors import InvalidError
from ipweek.domain.glyphs import MissingGlyphs


def refuse_missing(lacking: Sequence[MissingGlyphs]) -> None:
    """Raises InvalidError `glyphs-missing` where anything is missing."""
    if lacking:
        told = "; ".join(f"{item.name}: {' '.join(item.characters)}" for item in lacking)
        raise InvalidError("glyphs-missing", people=told, count=len(lacking))
