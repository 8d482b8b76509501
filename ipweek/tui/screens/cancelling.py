"""Giving a place up and keeping somebody out, asked for from the list and from the person."""

from typing import TYPE_CHECKING

from ipweek.domain.registrations import Cancelled, Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import _
from ipweek.tui.screens.dialogs import Ask, Prompt

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen


async def cancelled(screen: "BaseScreen", row: Registered) -> bool:
    """Ask, cancel and tell who moved up; whether it was done."""
    if row.status is RegistrationStatus.CANCELLED:
        screen.desk.tell(_("{name} is cancelled already").format(name=row.name), "warn")
        return False
    question = _("Cancel the registration of {name}? The first in line moves up.").format(name=row.name)
    if not await screen.app.push_screen_wait(
        Ask(question, yes=_("Cancel the registration"), no=_("Keep it"))
    ):
        return False
    with screen.telling():
        services = screen.services
        done = await screen.bridge.write(services.registrations.cancel, services.actor, str(row.id))
        _tell(screen, _("{name} cancelled"), done)
        return True
    return False


async def blocked(screen: "BaseScreen", row: Registered) -> bool:
    """Ask for the reason, block and tell who moved up; whether it was done."""
    question = _("Block {name}: no door lets a blocked person in. Type the reason; Esc goes back.")
    why = await screen.app.push_screen_wait(Prompt(question.format(name=row.name), ""))
    if why is None:
        return False
    with screen.telling():
        services = screen.services
        done = await screen.bridge.write(services.registrations.block, services.actor, str(row.id), why=why)
        _tell(screen, _("{name} blocked"), done)
        return True
    return False


async def unblocked(screen: "BaseScreen", row: Registered) -> bool:
    """Ask, let in again and tell whether there is a place; whether it was done."""
    question = _("{name} is blocked. Let this person in again?").format(name=row.name)
    if not await screen.app.push_screen_wait(Ask(question, yes=_("Let in again"), no=_("Keep blocked"))):
        return False
    with screen.telling():
        services = screen.services
        now = await screen.bridge.write(services.registrations.unblock, services.actor, str(row.id))
        waits = now.status is RegistrationStatus.WAITING
        told = _("{name} is on the waiting list") if waits else _("{name} is registered again")
        screen.desk.tell(told.format(name=now.name), "warn" if waits else "good")
        return True
    return False


def _tell(screen: "BaseScreen", done: str, outcome: Cancelled) -> None:
    told = done.format(name=outcome.registration.name)
    if outcome.promoted is not None:
        told += " · " + _("{name} moved up from the waiting list").format(name=outcome.promoted.name)
    screen.desk.tell(told, "good")
