"""Into which file something is written; one that is there is replaced only when asked to."""

from pathlib import Path
from typing import TYPE_CHECKING

from ipweek.i18n import _
from ipweek.tui.screens.dialogs import Ask, Prompt

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen


async def file_for(screen: "BaseScreen", question: str, usual: str) -> Path | None:
    """The file that is named, None where it is not to be written."""
    name = await screen.app.push_screen_wait(Prompt(question, usual))
    path = Path(name).expanduser() if name else None  # noqa: ASYNC240 - looks at the environment only
    return path if path is not None and await may_write(screen, path) else None


async def may_write(screen: "BaseScreen", path: Path) -> bool:
    """Whether there is no such file, or it may be replaced."""
    question = _("{path} is there already. Replace it?").format(path=path)
    ask = Ask(question, yes=_("Replace"), no=_("Keep"))
    there = path.exists()  # noqa: ASYNC240 - one look at the disk
    return not there or await screen.app.push_screen_wait(ask)
