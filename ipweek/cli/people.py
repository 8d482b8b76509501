"""People, each with everything about them; corrections of what was typed wrong."""

from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import Group, any_event, as_json, command, confirm, open_app, option, yes, zone_of
from ipweek.cli.one_person import belongings, shape, show_belongings
from ipweek.cli.printing import print_json, print_rows, say, show
from ipweek.domain.errors import UsageError
from ipweek.domain.people import PersonChanges, PersonLine, PersonPage
from ipweek.domain.registrations import NewRegistration
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App


@command(N_("List everybody in the order of pinyin, registered somewhere or not."), name="list")
@option("--event", metavar="E", help=N_("only the people of this event"))
@option(
    "--search", default="", metavar="TEXT", help=N_("names, enterprises, pinyin initials, ends of phones")
)
@option("--archived", is_flag=True, help=N_("archived ones too"))
@as_json
def list_all(event: str | None, search: str, *, archived: bool, as_json: bool) -> None:
    """Phones and addresses are masked."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    found: list[PersonLine] = []
    after = None
    with open_app() as app:
        while True:
            page = app.people.page(search, event, archived=archived, after=after)
            found += page.rows
            after = page.after
            if after is None:
                break
    print_rows(found, as_json=as_json, shape=_line, table=lists.people)


def _line(line: PersonLine) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "name": line.name,
        "name_latin": line.name_latin,
        "enterprise": line.enterprise,
        "title": line.title,
        "phone": line.phone,
        "email": line.email,
        "events": line.events,
        "archived": line.archived,
    }


@command(N_("Add somebody who is registered nowhere yet."), name="add")
@option("--name", required=True, metavar="N", help=N_("the name"))
@option("--name-latin", default="", metavar="N", help=N_("the name in Latin letters"))
@option("--enterprise", default="", metavar="X", help=N_("the enterprise's name or code"))
@option("--phone", default="", metavar="P", help=N_("the phone, as people write it"))
@option("--email", default="", metavar="ADDRESS", help=N_("the e-mail address"))
@option("--title", default="", metavar="TEXT", help=N_("the title or post"))
@as_json
def add(*, as_json: bool, **typed: Any) -> None:
    """To register him, name him again with the same phone, or the same enterprise."""
    with open_app() as app:
        line = app.people.add(app.actor, NewRegistration(**typed))
    if as_json:
        print_json(_line(line))
    else:
        say(_("Added: {name}, {id}"), name=line.name, id=line.id)


@command(N_("Remove somebody; who has history is archived instead."), name="remove")
@click.argument("who", metavar="REG|ID")
@any_event
@yes
def remove(who: str, event: str | None, *, yes: bool) -> None:
    """Asks first."""
    with open_app() as app:
        page = app.people.show(who, event)
        confirm(N_("Remove {name}, {id}?"), yes=yes, name=page.name, id=page.person)
        archived = app.people.remove(app.actor, str(page.person))
    if archived:
        told = _("Archived, because registrations, badges or scans refer to them: {name}")
        say(told, name=page.name)
    else:
        say(_("Deleted: {code}"), code=page.name)


@command(N_("Show everything about a person: by an id, badge number or scanned code."), name="show")
@click.argument("reg", metavar="REG|ID")
@any_event
@as_json
def show_one(reg: str, event: str | None, *, as_json: bool) -> None:
    """Phone and address are masked."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        page = app.people.show(reg, event)
        zone = _zone(app, page)
    if as_json:
        print_json(_shape(page, zone))
        return
    show(lists.person(page))
    show_belongings(page, zone, page.registrations)


@command(N_("Change the named fields and no other; an empty text clears a field."), name="edit")
@click.argument("reg", metavar="REG|ID")
@any_event
@option("--name", metavar="N", help=N_("the name"))
@option("--name-latin", metavar="N", help=N_("the name in Latin letters"))
@option("--phone", metavar="P", help=N_("the phone, as people write it"))
@option("--email", metavar="ADDRESS", help=N_("the e-mail address"))
@option("--rank", metavar="N", help=N_("the place in the order of rank, 1 first"))
@as_json
def edit(reg: str, event: str | None, *, as_json: bool, **typed: str | None) -> None:
    """The badge stays genuine, and what past events say stays."""
    changes = PersonChanges(**typed)
    if changes == PersonChanges():
        raise UsageError("nothing-to-change")
    with open_app() as app:
        page = app.people.edit(app.actor, reg, changes, event)
        zone = _zone(app, page)
    if as_json:
        print_json(_shape(page, zone))
    else:
        say(_("Changed: {name}, badge {badge}"), name=page.name, badge=page.badge_no or "–")


def _zone(app: "App", page: PersonPage) -> str:
    return zone_of(app, page.registrations[-1].event) if page.registrations else "UTC"


def _shape(page: PersonPage, zone: str) -> dict[str, Any]:
    return {
        "id": str(page.person),
        "name": page.name,
        "name_latin": page.name_latin,
        "title": page.title,
        "phone": page.phone,
        "email": page.email,
        "badge_no": page.badge_no,
        "registrations": [
            shape(row)
            | {
                "replaced_by": row.replaced_by,
                "event": row.event,
                "answers": page.answers.get(row.id, {}),
            }
            for row in page.registrations
        ],
    } | belongings(page, zone)


group = Group("person", help=N_("People."))
group.add_command(list_all)
group.add_command(show_one)
group.add_command(add)
group.add_command(edit)
group.add_command(remove)
