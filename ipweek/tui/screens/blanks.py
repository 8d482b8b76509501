"""A blank badge is scanned where somebody is open: it becomes that person's."""

from typing import TYPE_CHECKING

from ipweek.domain.registrations import Registered
from ipweek.i18n import _
from ipweek.tui.screens.dialogs import Ask

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen


async def bound(screen: "BaseScreen", code: str, row: Registered) -> bool:
    """Whether the code is now the person's; where a printed badge is revoked by it, ask first."""
    with screen.telling():
        bindings = screen.services.bindings
        if await screen.bridge.call(bindings.would_revoke, row.id):
            question = _("{name} has a printed badge already. Revoke it and take the one that was scanned?")
            ask = Ask(question.format(name=row.name), yes=_("Take the new one"), no=_("Keep the old one"))
            if not await screen.app.push_screen_wait(ask):
                return False
        done = await screen.bridge.write(bindings.bind, screen.services.actor, code, str(row.id))
        told = _("{name} has the badge {badge} from now on").format(name=done.name, badge=done.badge_no)
        screen.desk.tell(told, "good")
        return True
    return False
