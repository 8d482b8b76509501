"""Cancelling a registration, asked for from the list and from the person."""

from typing import TYPE_CHECKING

from ipweek.domain.registrations import Registered
from ipweek.i18n import _
from ipweek.tui.screens.dialogs import Ask

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen


async def cancelled(screen: "BaseScreen", row: Registered) -> bool:
    """Ask, cancel and tell who moved up; whether it was done."""
    question = _("Cancel the registration of {name}? The first in line moves up.").format(name=row.name)
    if not await screen.app.push_screen_wait(
        Ask(question, yes=_("Cancel the registration"), no=_("Keep it"))
    ):
        return False
    with screen.telling():
        services = screen.services
        done = await screen.bridge.write(services.registrations.cancel, services.actor, str(row.id))
        told = _("{name} cancelled").format(name=row.name)
        if done.promoted is not None:
            told += " · " + _("{name} moved up from the waiting list").format(name=done.promoted.name)
        screen.desk.tell(told, "good")
        return True
    return False
