"""People and enterprises, each with everything about them; corrections of what was typed wrong."""

from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import Group, any_event, as_json, command, open_app, option, zone_of
from ipweek.cli.one_person import belongings, shape, show_belongings
from ipweek.cli.printing import print_json, say, show, under
from ipweek.domain.errors import UsageError
from ipweek.domain.people import EnterprisePage, PersonChanges, PersonPage
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App


@command(
    N_("Show everything about a person: by a registration's id, badge number or scanned code."), name="show"
)
@click.argument("reg")
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
@click.argument("reg")
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
        say(_("Changed: {name}, badge {badge}"), name=page.name, badge=page.badge_no)


def _zone(app: "App", page: PersonPage) -> str:
    return zone_of(app, page.registrations[-1].event)


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
            shape(row) | {"event": row.event, "answers": page.answers.get(row.id, {})}
            for row in page.registrations
        ],
    } | belongings(page, zone)


def show_delegates(app: "App", code: str, event: str, *, as_json: bool) -> None:
    """An enterprise with its labels, contacts and delegates at an event."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    page = app.people.enterprise(code, event)
    if as_json:
        print_json(_enterprise(page))
        return
    show(lists.record(page.enterprise))
    if page.labels:
        under(_("Labels"), lists.labels(page.labels))
    if page.contacts:
        under(_("Contacts"), lists.contacts(page.contacts))
    if page.delegates:
        under(_("Delegates"), lists.registrations(page.delegates))
    say("")
    quota = page.enterprise.values["quota"]
    if quota is None:
        say(_("{coming} coming, no quota"), coming=page.coming)
    elif page.over_quota:
        say(_("{coming} coming, {over} over the quota of {quota}"), coming=page.coming, over=page.over_quota,
            quota=quota)  # fmt: skip
    else:
        say(_("{coming} coming, quota {quota}"), coming=page.coming, quota=quota)


def _enterprise(page: EnterprisePage) -> dict[str, Any]:
    record = page.enterprise
    return {
        "code": record.code,
        "archived": record.archived,
        **record.values,
        "labels": [
            {
                "label": line.label,
                "certificate": line.certificate,
                "from": line.valid_from,
                "to": line.valid_to,
            }
            for line in page.labels
        ],
        "contacts": [{"name": line.name, "phone": line.phone, "email": line.email} for line in page.contacts],
        "delegates": [shape(row) for row in page.delegates],
        "coming": page.coming,
        "over_quota": page.over_quota,
    }


group = Group("person", help=N_("People."))
group.add_command(show_one)
group.add_command(edit)
