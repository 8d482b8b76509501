"""What would be wrong with an event or session as it stands in its form: told while typing, hindering nothing."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ipweek.domain.errors import IpweekError
from ipweek.domain.records import Record
from ipweek.render.conflicts import sentence
from ipweek.tui.reading import Reading
from ipweek.tui.widgets.said import Said

if TYPE_CHECKING:
    from ipweek.domain.programme import Conflict
    from ipweek.tui.screens.base import BaseScreen

KINDS = ("event", "session")


class FormConflicts(Said):
    """The sentences; the newest values win."""

    def __init__(
        self, screen: "BaseScreen", kind: str, record: Record | None, typed: Callable[[], Mapping[str, Any]]
    ) -> None:
        super().__init__(self._told, id="warnings")
        self._home, self._kind, self._typed = screen, kind, typed
        self._code = record.code if record else None
        self._draft = self._code
        self._found: tuple[Conflict, ...] = ()
        self._reading = Reading(screen, self._read)
        self.display = False

    def ask(self) -> None:
        """Look at what is typed now."""
        self._reading.ask()

    async def _read(self) -> None:
        values = self._typed()
        if self._code is None and not values.get("event" if self._kind == "session" else "week"):
            return
        home = self._home
        try:
            found = await home.bridge.call(
                home.services.programme.conflicts_of, self._kind, self._code, values
            )
        except IpweekError:  # a code that is not whole yet: saving will say so
            found = ()
        if not self._reading.stale and self.is_attached:
            self._found, self._draft = found, values.get("code") or self._code or "…"
            self.display = bool(found)
            self.retranslate()

    def _told(self) -> str:
        return "\n".join(f"! {sentence(conflict, self._draft)}" for conflict in self._found)
