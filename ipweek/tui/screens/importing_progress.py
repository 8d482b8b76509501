"""Work on a file that takes its time: how far it is, and the wish to stop it."""

import threading
from collections.abc import Mapping
from decimal import Decimal
from time import monotonic

from ipweek.domain.errors import CancelledError
from ipweek.domain.import_report import ImportProgress
from ipweek.i18n import N_, _
from ipweek.render.bars import bar

_STAGES: Mapping[str, str] = {
    "reading": N_("Reading the file"),
    "checking": N_("Checking the rows"),
    "matching": N_("Comparing with what is there"),
    "storing": N_("Storing"),
}
_BAR = 24
_SOON = 0.5


class Underway:
    """One reading or storing; `told` is called in its thread."""

    def __init__(self, *, storing: bool = False) -> None:
        self.storing = storing
        self._begun = monotonic()
        self._stage_begun = self._begun
        self._stop = threading.Event()
        self._last = ImportProgress("reading", 0)

    def told(self, progress: ImportProgress) -> None:
        """Take note of how far it is. Raises CancelledError where somebody wished to stop."""
        if progress.stage != self._last.stage:
            self._stage_begun = monotonic()
        self._last = progress
        if self._stop.is_set():
            raise CancelledError("cancelled")

    def stop(self) -> None:
        """Stop at the next word of progress; nothing of it stays."""
        self._stop.set()

    @property
    def line(self) -> str:
        """The stage with its bar and the time left, and how to stop."""
        if self._stop.is_set():
            return _("Stopping …")
        last, stage = self._last, _(_STAGES[self._last.stage])
        if not last.total:
            return _("{stage} … Esc stops").format(stage=stage)
        share = Decimal(min(last.done, last.total)) / last.total
        told = f"{stage} {bar(share, _BAR)} {int(share * 100):3} %"
        spent = monotonic() - self._stage_begun
        if share and spent > _SOON:
            left = round(spent * (1 - float(share)) / float(share))
            return _("{progress}, {seconds} s left; Esc stops").format(progress=told, seconds=left)
        return _("{progress}; Esc stops").format(progress=told)
