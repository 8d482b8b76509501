"""Who is registered: list, show, register, cancel, the waiting list."""

from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import Group, as_json, command, confirm, event_option, open_app, option, yes
from ipweek.cli.printing import print_json, print_rows, say, show
from ipweek.domain.registrations import NewRegistration, Registered
from ipweek.domain.words import Category, RegistrationSource, RegistrationStatus
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App

any_event = option(
    "--event", metavar="E", help=N_("the event's code, where somebody is registered at several")
)


def shape(row: Registered) -> dict[str, Any]:
    """A registration as `registration list --json` prints it."""
    return {
        "id": str(row.id),
        "badge_no": row.badge_no,
        "status": row.status,
        "name": row.name,
        "name_latin": row.name_latin,
        "enterprise": row.enterprise,
        "category": row.category,
        "phone": row.phone,
        "seat": row.seat,
        "source": row.source,
        "substitute_for": row.substitute_for,
        "attended": row.attended,
    }


@command(N_("List an event's registrations in the order of pinyin."), name="list")
@event_option
@option(
    "--search", default="", metavar="TEXT", help=N_("names, enterprises, pinyin initials, ends of phones")
)
@option("--status", type=click.Choice([one.value for one in RegistrationStatus]), help=N_("only those"))
@option("--unmask", is_flag=True, help=N_("whole phone numbers; this is audited"))
@as_json
def list_all(event: str, search: str, status: str | None, *, unmask: bool, as_json: bool) -> None:
    """Phones are masked unless asked for otherwise."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        wanted = _searched(app, event, search) if search else None
        found = [
            row
            for row in app.registrations.all(app.actor, event, unmask=unmask)
            if (wanted is None or row.id in wanted) and status in (None, row.status)
        ]
    print_rows(found, as_json=as_json, shape=shape, table=lists.registrations)


def _searched(app: "App", event: str, text: str) -> set[object]:
    found: set[object] = set()
    after = None
    while True:
        page = app.registrations.page(event, text, after=after)
        found |= {row.id for row in page.rows}
        after = page.after
        if after is None:
            return found


@command(N_("Show one registration: by id, badge number or scanned code."), name="show")
@click.argument("reg")
@any_event
@as_json
def show_one(reg: str, event: str | None, *, as_json: bool) -> None:
    """The phone is masked."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        row = app.registrations.show(reg, event)
    if as_json:
        more = {"event": row.event, "title": row.title, "email": row.email, "sessions": row.sessions}
        print_json(shape(row) | more | {"place_in_line": row.place_in_line})
    else:
        show(lists.registration(row))


@command(N_("Register somebody at an event: with a place where one is free, else waiting."))
@event_option
@option("--name", required=True, metavar="N", help=N_("the name"))
@option("--name-latin", default="", metavar="N", help=N_("the name in Latin letters"))
@option("--enterprise", default="", metavar="X", help=N_("the enterprise's name or code"))
@option("--phone", default="", metavar="P", help=N_("the phone, as people write it"))
@option("--email", default="", metavar="ADDRESS", help=N_("the e-mail address"))
@option("--title", default="", metavar="TEXT", help=N_("the title or post"))
@option("--category", default=Category.DELEGATE.value, metavar="|".join(Category), help=N_("in what quality"))
@option("--seat", default="", metavar="TEXT", help=N_("the seat"))
@option("--note", default="", metavar="TEXT", help=N_("a note"))
@option(
    "--session",
    "sessions",
    multiple=True,
    metavar="S",
    help=N_("a session to take part in; repeat it for more"),
)
@option("--walk-in", is_flag=True, help=N_("came without a registration"))
@option("--substitute-for", metavar="REG", help=N_("in whose place"))
@as_json
def register(*, event: str, walk_in: bool, as_json: bool, **typed: Any) -> None:
    """Prints the badge number, or the place in line."""
    source = RegistrationSource.WALK_IN if walk_in else RegistrationSource.DESK
    with open_app() as app:
        row = app.registrations.register(app.actor, event, NewRegistration(source=source, **typed))
    if as_json:
        print_json(shape(row))
    elif row.place_in_line is not None:
        say(_("Waiting: {name}, {place} in line, badge {badge}"), name=row.name, place=row.place_in_line,
            badge=row.badge_no)  # fmt: skip
    else:
        say(_("Registered: {name}, badge {badge}"), name=row.name, badge=row.badge_no)


@command(N_("Cancel a registration; the first in line moves up by himself."))
@click.argument("reg")
@any_event
@yes
def cancel(reg: str, event: str | None, *, yes: bool) -> None:
    """Asks first."""
    with open_app() as app:
        row = app.registrations.show(reg, event)
        confirm(N_("Cancel the registration of {name} at {event}?"), yes=yes, name=row.name, event=row.event)
        done = app.registrations.cancel(app.actor, str(row.id), row.event)
    say(_("Cancelled: {name}"), name=done.registration.name)
    if done.promoted:
        say(_("Moved up from the waiting list: {name}"), name=done.promoted.name)


@command(N_("List who waits for a place, the first in line first."))
@event_option
@as_json
def waitlist(event: str, *, as_json: bool) -> None:
    """Waiting lists promote by themselves."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = app.registrations.waiting_list(event)
    print_rows(found, as_json=as_json, shape=shape, table=lists.registrations)


group = Group("registration", help=N_("Registrations at an event."))
group.add_command(list_all)
group.add_command(show_one)
group.add_command(register, "add")
