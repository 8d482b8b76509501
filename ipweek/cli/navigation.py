"""`link` and `unlink`: what events and sessions did with navigation results."""

import click

from ipweek.cli.base import command, confirm, open_app, option, yes
from ipweek.cli.printing import say
from ipweek.domain.words import LinkRole
from ipweek.i18n import N_, _

LINK_ROLES = [role.value for role in LinkRole]
result_option = option(
    "--result", required=True, metavar="R", help=N_("the result's code, or its industry's")
)


@command(N_("Link an event or session to a navigation result; releasing it there closes the result."))
@click.argument("place", metavar="SESSION|EVENT")
@result_option
@option("--as", "role", type=click.Choice(LINK_ROLES), default=LinkRole.PRESENTED.value, show_default=True,
        help=N_("what was done with it"))  # fmt: skip
def link(place: str, result: str, role: str) -> None:
    """A release cannot be taken back."""
    from ipweek.render.words import word  # noqa: PLC0415 - `--help` does without

    with open_app() as app:
        app.navigation.link(app.actor, place, result, LinkRole(role))
    say(_("Linked: {place} and {result}, {role}"), place=place, result=result, role=word(LinkRole(role)))


@command(N_("Take a link away; a release stands."))
@click.argument("place", metavar="SESSION|EVENT")
@result_option
@option("--as", "role", type=click.Choice(LINK_ROLES), help=N_("only the link of this kind"))
@yes
def unlink(place: str, result: str, role: str | None, *, yes: bool) -> None:
    """Asks first."""
    with open_app() as app:
        confirm(N_("Take the link between {place} and {result} away?"), yes=yes, place=place, result=result)
        count = app.navigation.unlink(app.actor, place, result, LinkRole(role) if role else None)
    say(_("Links taken away: {count}"), count=count)
