"""Codes to send by chat: into which folder, then one ZIP an enterprise."""

from pathlib import Path
from typing import TYPE_CHECKING

from ipweek.i18n import _
from ipweek.tui.screens.dialogs import Ask, Prompt

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen


async def write_pictures(screen: "BaseScreen", event: str, enterprise: str | None = None) -> None:
    """Ask for the folder; files that are there are replaced only when asked to."""
    question = _("Into which folder? One ZIP file an enterprise, a picture a delegate, to send by chat.")
    name = await screen.app.push_screen_wait(Prompt(question, f"codes-{event}"))
    if not name:
        return
    folder = Path(name).expanduser()  # noqa: ASYNC240 - looks at the environment only
    ask = Ask(
        _("{path} is there already; files of the same names are replaced.").format(path=folder),
        yes=_("Replace"),
        no=_("Keep"),
    )
    if folder.exists() and not await screen.app.push_screen_wait(ask):
        return
    screen.desk.tell(_("Drawing the codes …"))
    with screen.telling():
        services = screen.services
        run = await screen.bridge.write(
            services.badge_picture_jobs.write, services.actor, event, folder, enterprise
        )
        told = _("{pictures} pictures in {files} ZIP files: {folder}").format(
            pictures=run.pictures, files=len(run.files), folder=run.folder.absolute()
        )
        if run.missing:
            lacking = _("No font has these characters, which are drawn as boxes: {missing}")
            told = f"{told}. {lacking.format(missing='; '.join(run.missing))}"
        screen.desk.tell(told, "warn" if run.missing else "good")
