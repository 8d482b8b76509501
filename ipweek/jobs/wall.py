"""The wall with what the organizer says on it: that is kept beside the workspace, and so it outlasts the database."""

import json
from dataclasses import replace

from ipweek.config import Settings
from ipweek.domain.text import clean
from ipweek.domain.wall import SAID_LENGTH, Wall
from ipweek.jobs.files import make_folder, written_whole
from ipweek.services.wall import Walls

_FILE = "wall.json"


class WallJobs:
    """What the hall sees, and the announcement under it."""

    def __init__(self, walls: Walls, settings: Settings) -> None:
        self._walls = walls
        self._file = settings.home / _FILE

    def look(self, event: str, *, enterprises: bool = False) -> Wall:
        """The event as it stands now, with its announcement. Raises as `Walls.look`."""
        return replace(self._walls.look(event, enterprises=enterprises), said=self.said(event))

    def said(self, event: str) -> str:
        """The announcement of an event; nothing where there is none, or no file that can be read."""
        text = self._kept().get(event)
        return clean(text)[:SAID_LENGTH] if isinstance(text, str) else ""

    def say(self, event: str, text: str) -> str:
        """Announce a text, an empty one takes the announcement away; returns what stands there now.

        Every wall of this computer on this workspace's folder shows it next. Raises InvalidError `file-not-writable`.
        """
        said = clean(text)[:SAID_LENGTH]
        kept = {code: known for code, known in self._kept().items() if code != event}
        if said:
            kept[event] = said
        make_folder(self._file.parent)
        with written_whole(self._file) as file:
            file.write(json.dumps(kept, ensure_ascii=False, indent=2).encode())
        return said

    def _kept(self) -> dict[str, object]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}
