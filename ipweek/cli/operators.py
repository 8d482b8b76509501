"""`operator`: who works at the desks, and what each may decide."""

import sys
from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import Group, as_json, can_ask, command, confirm, open_app, option, yes
from ipweek.cli.printing import note, print_json, print_rows, say
from ipweek.cli.rights import by_option, voucher
from ipweek.domain.errors import UsageError
from ipweek.domain.operators import OperatorChanges, OperatorLine, Right
from ipweek.domain.words import OperatorRole
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable


def _shape(line: OperatorLine) -> dict[str, Any]:
    return {"name": line.name, "role": line.role, "pin": line.has_pin}


def _role(_ctx: click.Context, _param: click.Parameter, value: str | None) -> OperatorRole | None:
    return OperatorRole(value) if value else None


def _role_option(*, required: bool) -> "Callable[[Any], Any]":
    return option(
        "--role",
        type=click.Choice([role.value for role in OperatorRole]),
        callback=_role,
        required=required,
        help=N_("desk scans; a supervisor overrides, undoes, changes doors; an organizer does everything"),
    )


def _typed_pin() -> str:
    """A PIN from the keyboard, twice and unseen; without a terminal the first line of the input."""
    if can_ask():
        asked = click.prompt(_("New PIN"), hide_input=True, confirmation_prompt=_("Once more"), err=True)
        return str(asked)
    return sys.stdin.readline().strip()


@command(N_("List the operators: name, role, and whether there is a PIN."), name="list")
@as_json
def list_operators(*, as_json: bool) -> None:
    """Those with the most rights first."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = app.operators.list()
    print_rows(found, as_json=as_json, shape=_shape, table=lists.operators)
    if not found and not as_json:
        note(_("Nobody is recorded, so everybody may decide everything; the first is an organizer."))


@command(N_("Record somebody who works at a desk; the first is an organizer."), name="add")
@click.argument("name")
@_role_option(required=True)
@option(
    "--pin", "with_pin", is_flag=True, help=N_("ask for a PIN; without a terminal it is read from the input")
)
@by_option
@as_json
def add(name: str, role: OperatorRole, by: str | None, *, with_pin: bool, as_json: bool) -> None:
    """From then on roles say who may decide what."""
    with open_app() as app:
        answers_for = voucher(app, Right.OPERATORS, by)
        line = app.operators.add(app.actor, name, role, _typed_pin() if with_pin else None, answers_for)
    _tell(line, as_json=as_json)


@command(N_("Change somebody's name, role or PIN."), name="edit")
@click.argument("which", metavar="NAME")
@option("--name", metavar="NEW", help=N_("the new name"))
@_role_option(required=False)
@option("--pin", "with_pin", is_flag=True, help=N_("ask for a new PIN"))
@option("--no-pin", is_flag=True, help=N_("take the PIN away: the name is enough"))
@by_option
@as_json
def edit(
    which: str,
    name: str | None,
    role: OperatorRole | None,
    by: str | None,
    *,
    with_pin: bool,
    no_pin: bool,
    as_json: bool,
) -> None:
    """A PIN that was tried too often is tried again at once when it is new."""
    if with_pin and no_pin:
        raise UsageError("pin-or-none")
    if not (name or role or with_pin or no_pin):
        raise UsageError("nothing-to-change")
    with open_app() as app:
        answers_for = voucher(app, Right.OPERATORS, by)
        pin = _typed_pin() if with_pin else "" if no_pin else None
        line = app.operators.edit(app.actor, which, OperatorChanges(name, role, pin), answers_for)
    _tell(line, as_json=as_json)


def _tell(line: OperatorLine, *, as_json: bool) -> None:
    from ipweek.render.words import word  # noqa: PLC0415 - `--help` does without

    if as_json:
        print_json(_shape(line))
        return
    told = _("{name}: {role}, with a PIN") if line.has_pin else _("{name}: {role}, without a PIN")
    say(told, name=line.name, role=word(line.role))


@command(
    N_("Give an organizer who has lost the PIN a new one; only whoever owns the database may."), name="reset"
)
@click.argument("name")
@yes
@as_json
def reset(name: str, *, yes: bool, as_json: bool) -> None:
    """Asks first. This is noted in the audit."""
    with open_app() as app:
        confirm(N_("A new PIN for {name} without the old one? The audit notes it."), yes=yes, name=name)
        line = app.operators.reset(app.actor, name, _typed_pin())
    _tell(line, as_json=as_json)


@command(N_("Forget somebody; what he did stays in the log under his name."), name="remove")
@click.argument("name")
@by_option
@yes
def remove(name: str, by: str | None, *, yes: bool) -> None:
    """Asks first. Without any operator everybody may decide everything again."""
    with open_app() as app:
        confirm(N_("Forget the operator {name}?"), yes=yes, name=name)
        app.operators.remove(app.actor, name, voucher(app, Right.OPERATORS, by))
    say(_("Forgotten: {name}"), name=name)


group = Group("operator", help=N_("Who works at the desks, and what each may decide."))
for made in (list_operators, add, edit, reset, remove):
    group.add_command(made)
