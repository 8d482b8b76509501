"""`link` and `unlink`: what events and sessions did with navigation results, and which cases they analyse."""

import click

from ipweek.cli.base import command, confirm, open_app, option, yes
from ipweek.cli.case_pages import tell_recusals
from ipweek.cli.printing import say
from ipweek.domain.errors import UsageError
from ipweek.domain.words import LinkRole
from ipweek.i18n import N_, _

LINK_ROLES = [role.value for role in LinkRole]
result_option = option("--result", metavar="R", help=N_("the result's code, or its industry's"))
case_option = option("--case", metavar="C", help=N_("the code of a case that is analysed there"))


@command(N_("Link an event or session to a navigation result (releasing it there closes it) or to a case."))
@click.argument("place", metavar="SESSION|EVENT")
@result_option
@option("--as", "role", type=click.Choice(LINK_ROLES),
        help=N_("what was done with the result; presented if nothing is said"))  # fmt: skip
@case_option
def link(place: str, result: str | None, role: str | None, case: str | None) -> None:
    """A release cannot be taken back."""
    from ipweek.render.words import word  # noqa: PLC0415 - `--help` does without

    _one_of(result, role, case)
    with open_app() as app:
        if case:
            app.cases.link(app.actor, place, case)
            say(_("Linked: {place} analyses {case}"), place=place, case=case)
            tell_recusals(one for one in app.cases.recusals(place) if one.case_code == case.lower())
            return
        done = LinkRole(role) if role else LinkRole.PRESENTED
        app.navigation.link(app.actor, place, result or "", done)
    say(_("Linked: {place} and {result}, {role}"), place=place, result=result, role=word(done))


@command(N_("Take a link away; a release stands."))
@click.argument("place", metavar="SESSION|EVENT")
@result_option
@option("--as", "role", type=click.Choice(LINK_ROLES), help=N_("only the link of this kind"))
@case_option
@yes
def unlink(place: str, result: str | None, role: str | None, case: str | None, *, yes: bool) -> None:
    """Asks first."""
    _one_of(result, role, case)
    question = N_("Take the link between {place} and {result} away?")
    with open_app() as app:
        confirm(question, yes=yes, place=place, result=result or case)
        if case:
            app.cases.unlink(app.actor, place, case)
            count = 1
        else:
            count = app.navigation.unlink(app.actor, place, result or "", LinkRole(role) if role else None)
    say(_("Links taken away: {count}"), count=count)


def _one_of(result: str | None, role: str | None, case: str | None) -> None:
    """A link is to a result or to a case, and only a result has a role. Raises UsageError `result-or-case`."""
    if bool(result) == bool(case) or (case and role):
        raise UsageError("result-or-case")
