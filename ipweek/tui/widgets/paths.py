"""Completing the path of a file while it is typed."""

import asyncio
import os
from pathlib import Path

from textual.suggester import Suggester


class Paths(Suggester):
    """Suggests the first file or folder that begins as typed; the right arrow takes it."""

    def __init__(self, endings: tuple[str, ...]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._endings = endings

    async def get_suggestion(self, value: str) -> str | None:
        """The typed path, completed."""
        return await asyncio.to_thread(self._first, value) if value.strip() else None

    def _first(self, value: str) -> str | None:
        folder, begun = os.path.split(value)
        try:
            with os.scandir(Path(folder or ".").expanduser()) as entries:
                found = sorted(
                    entry.name + ("/" if entry.is_dir() else "")
                    for entry in entries
                    if entry.name.startswith(begun)
                    and entry.name != begun
                    and not entry.name.startswith("~$")
                    and (entry.is_dir() or entry.name.lower().endswith(self._endings))
                )
        except OSError:
            return None
        return value + found[0].removeprefix(begun) if found else None
