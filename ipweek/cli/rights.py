"""Who answers for what an operator may not decide himself, as the command line asks for it."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ipweek.cli.base import can_ask, option
from ipweek.domain.operators import Right, Voucher
from ipweek.domain.text import clean, folded
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App

by_option = option(
    "--by",
    metavar="NAME",
    help=N_("who allows it, a supervisor or organizer; the PIN is asked for, or IPWEEK_PIN"),
)


def voucher(app: "App", right: Right, by: str | None = None) -> Voucher | None:
    """Who vouches, with a PIN where there is one; nobody where the operator may decide and need not show it."""
    if by is None and not app.operators.vouchers(app.actor, right):
        return None
    name = by or app.actor.operator
    return Voucher(name, app.settings.pin or _asked(app, name))


def show_whole(app: "App", *, unmask: bool) -> None:
    """Have the operator show himself by the PIN, where what is masked is to be shown whole."""
    if unmask and app.actor.pin is None and app.operators.vouchers(app.actor, Right.UNMASK):
        app.actor = replace(app.actor, pin=_asked(app, app.actor.operator))


def _asked(app: "App", name: str) -> str | None:
    wanted = folded(clean(name))
    has_pin = any(line.has_pin for line in app.operators.list() if folded(line.name) == wanted)
    if not (has_pin and can_ask()):
        return None
    return str(click.prompt(_("PIN of {name}").format(name=clean(name)), hide_input=True, err=True))
