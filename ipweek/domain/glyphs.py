"""Characters that cannot be printed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MissingGlyphs:
    """A person whose name or other text has characters that no font at hand can draw."""

    name: str
    characters: str
