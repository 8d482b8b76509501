"""What was written, opened by the system's own program."""

from dataclasses import dataclass
from pathlib import Path

from ipweek.adapters.opening import open_file
from ipweek.domain.errors import IpweekError
from ipweek.i18n import _
from ipweek.render.errors import sentence
from ipweek.tui.screens.base import BaseScreen


@dataclass(slots=True)
class Written:
    """The file that was written last, None before the first."""

    path: Path | None = None


async def open_written(screen: BaseScreen, written: Written) -> None:
    """Open the file; where there is no desktop, say where it is."""
    if written.path is None:
        screen.desk.tell(_("Nothing is written yet"), "warn")
        return
    try:
        await screen.bridge.call(open_file, written.path)
        screen.desk.tell(_("Opened: {path}").format(path=written.path), "good")
    except IpweekError as error:
        screen.desk.tell(sentence(error), "warn" if error.code == "open-no-desktop" else "bad")
