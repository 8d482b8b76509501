"""`enterprise`: lists that are narrowed and counted, labels, contacts, other names; the rest as every record has it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from ipweek.cli.base import Group, as_json, command, confirm, open_app, option, yes
from ipweek.cli.enterprise_page import contact_shape, label_shape, line_shape
from ipweek.cli.printing import print_json, print_rows, say
from ipweek.cli.records import GROUPS
from ipweek.cli.rights import show_whole
from ipweek.domain.enterprises import ContactChanges, EnterpriseFilter, EnterpriseLine, LabelLine, LabelValues
from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.records import Field, FieldKind, parse
from ipweek.domain.words import LabelKind
from ipweek.i18n import N_, _

_LABELS = click.Choice([label.value for label in LabelKind])
_DAYS = {
    name: Field(f"--{name}", label, FieldKind.DAY) for name, label in (("from", N_("From")), ("to", N_("To")))
}


@command(
    N_("List enterprises by pinyin, narrowed if asked; with an event, who comes and who came."), name="list"
)
@option("--event", metavar="E", help=N_("count its registrations, and hold them against the quotas"))
@option("--search", default="", metavar="TEXT", help=N_("names, other names, pinyin, credit codes"))
@option("--district", metavar="TEXT", help=N_("only of this district"))
@option("--industry", metavar="CODE", help=N_("only of this industry"))
@option("--label", type=_LABELS, help=N_("only with this label in force"))
@option("--group", metavar="X", help=N_("only this enterprise and its group"))
@option("--over", is_flag=True, help=N_("only those over their quota"))
@option("--archived", is_flag=True, help=N_("archived ones too"))
@as_json
def list_all(
    *,
    event: str | None,
    search: str,
    district: str | None,
    industry: str | None,
    label: str | None,
    group: str | None,
    over: bool,
    archived: bool,
    as_json: bool,
) -> None:
    """Labels are those in force on the event's day."""
    from ipweek.render import enterprise_lists  # noqa: PLC0415 - Rich only where it is shown

    if over and event is None:
        raise UsageError("over-needs-event")
    wanted = EnterpriseFilter(
        search, district, industry, LabelKind(label) if label else None, group, over, archived
    )
    found: list[EnterpriseLine] = []
    after = None
    with open_app() as app:
        while True:
            page = app.enterprises.page(wanted, event, after=after)
            found += page.rows
            after = page.after
            if after is None:
                break
    counted = event is not None
    print_rows(
        found,
        as_json=as_json,
        shape=lambda line: line_shape(line, counted=counted),
        table=lambda rows: enterprise_lists.enterprises(rows, counted=counted),
    )


# Labels


def _validity(target: Any) -> Any:
    """The options of a label."""
    for one in reversed(
        (
            option("--certificate", metavar="TEXT", help=N_("the number of the certificate")),
            option("--from", "begins", metavar="DATE", help=N_("the first day on which it holds")),
            option("--to", "ends", metavar="DATE", help=N_("the last day on which it holds")),
        )
    ):
        target = one(target)
    return target


def _day(name: str, text: str | None) -> date | None:
    """A day as it is typed. Raises UsageError `field-day`."""
    try:
        day: date | None = parse(_DAYS[name], text or "")
    except InvalidError as error:
        raise UsageError(error.code, **error.params) from error
    return day


@command(N_("List the labels of an enterprise."), name="list")
@click.argument("enterprise")
@as_json
def list_labels(enterprise: str, *, as_json: bool) -> None:
    """With certificate and validity."""
    from ipweek.render import enterprise_lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found, today = app.enterprises.labels(enterprise), app.now().date()
    print_rows(
        found,
        as_json=as_json,
        shape=label_shape,
        table=lambda rows: enterprise_lists.labels(rows, today),
    )


@command(N_("Note a label of an enterprise, with its certificate and validity."), name="add")
@click.argument("enterprise")
@click.argument("label", type=_LABELS)
@_validity
@as_json
def add_label(enterprise: str, label: str, *, as_json: bool, **typed: str | None) -> None:
    """A label stands once; correct it with `edit`."""
    values = LabelValues(typed["certificate"], _day("from", typed["begins"]), _day("to", typed["ends"]))
    with open_app() as app:
        line = app.enterprises.add_label(app.actor, enterprise, LabelKind(label), values)
    _tell_label(_("Noted: {label} of {enterprise}"), enterprise, line, as_json=as_json)


@command(N_("Change certificate or validity of a label; an empty text clears a field."), name="edit")
@click.argument("enterprise")
@click.argument("label", type=_LABELS)
@_validity
@as_json
def edit_label(enterprise: str, label: str, *, as_json: bool, **typed: str | None) -> None:
    """What is not named stays."""
    if all(text is None for text in typed.values()):
        raise UsageError("nothing-to-change")
    with open_app() as app:
        kind = LabelKind(label)
        held = next((line for line in app.enterprises.labels(enterprise) if line.label is kind), None)
        known = LabelValues(held.certificate, held.valid_from, held.valid_to) if held else LabelValues()
        values = LabelValues(
            known.certificate if typed["certificate"] is None else typed["certificate"],
            known.valid_from if typed["begins"] is None else _day("from", typed["begins"]),
            known.valid_to if typed["ends"] is None else _day("to", typed["ends"]),
        )
        line = app.enterprises.edit_label(app.actor, enterprise, kind, values)
    _tell_label(_("Changed: {label} of {enterprise}"), enterprise, line, as_json=as_json)


def _tell_label(message: str, enterprise: str, line: LabelLine, *, as_json: bool) -> None:
    from ipweek.render.words import word  # noqa: PLC0415 - only where it is shown

    if as_json:
        print_json(label_shape(line))
    else:
        say(message, label=word(line.label), enterprise=enterprise)


@command(N_("Take a label away."), name="remove")
@click.argument("enterprise")
@click.argument("label", type=_LABELS)
@yes
def remove_label(enterprise: str, label: str, *, yes: bool) -> None:
    """Asks first."""
    from ipweek.render.words import word  # noqa: PLC0415 - only where it is shown

    kind = LabelKind(label)
    with open_app() as app:
        confirm(N_("Remove {label} of {enterprise}?"), yes=yes, label=word(kind), enterprise=enterprise)
        app.enterprises.remove_label(app.actor, enterprise, kind)
    say(_("Deleted: {code}"), code=word(kind))


# Contacts


def _about_contact(target: Callable[..., None]) -> Any:
    """The options that say whom to call."""
    made: Any = target
    for one in reversed(
        (
            option("--name", metavar="N", help=N_("the name")),
            option("--role", metavar="TEXT", help=N_("in what role, such as IP manager")),
            option("--phone", metavar="P", help=N_("the phone, as people write it")),
            option("--email", metavar="ADDRESS", help=N_("the e-mail address")),
            option(
                "--main", is_flag=True, default=None, help=N_("the main contact; another one is so no more")
            ),
        )
    ):
        made = one(made)
    return made


@command(N_("List whom to call at an enterprise, the main contact first."), name="list")
@click.argument("enterprise")
@option("--unmask", is_flag=True, help=N_("whole phone numbers; this is audited"))
@as_json
def list_contacts(enterprise: str, *, unmask: bool, as_json: bool) -> None:
    """Phones and addresses are masked unless asked for otherwise."""
    from ipweek.render import enterprise_lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        show_whole(app, unmask=unmask)
        found = app.enterprises.contacts(app.actor, enterprise, unmask=unmask)
    print_rows(found, as_json=as_json, shape=contact_shape, table=enterprise_lists.contacts)


@command(N_("Note whom to call at an enterprise; the first one is the main contact."), name="add")
@click.argument("enterprise")
@_about_contact
@as_json
def add_contact(enterprise: str, *, as_json: bool, **typed: Any) -> None:
    """A name, a phone or an address is needed."""
    with open_app() as app:
        line = app.enterprises.add_contact(app.actor, enterprise, ContactChanges(**typed))
    if as_json:
        print_json(contact_shape(line))
    else:
        say(_("Noted: {name}"), name=line.name or line.phone or line.email)


@command(N_("Change the named fields and no other; an empty text clears a field."), name="edit")
@click.argument("enterprise")
@click.argument("contact", metavar="NUMBER|NAME")
@_about_contact
@as_json
def edit_contact(enterprise: str, contact: str, *, as_json: bool, **typed: Any) -> None:
    """A contact by the number in the list, or the name."""
    changes = ContactChanges(**typed)
    if changes == ContactChanges():
        raise UsageError("nothing-to-change")
    with open_app() as app:
        line = app.enterprises.edit_contact(app.actor, enterprise, contact, changes)
    if as_json:
        print_json(contact_shape(line))
    else:
        say(_("Changed: {name}"), name=line.name or line.phone or line.email)


@command(N_("Take a contact away."), name="remove")
@click.argument("enterprise")
@click.argument("contact", metavar="NUMBER|NAME")
@yes
def remove_contact(enterprise: str, contact: str, *, yes: bool) -> None:
    """Asks first."""
    with open_app() as app:
        confirm(N_("Remove the contact {contact} of {enterprise}?"), yes=yes, contact=contact,
                enterprise=enterprise)  # fmt: skip
        name = app.enterprises.remove_contact(app.actor, enterprise, contact)
    say(_("Deleted: {code}"), code=name or contact)


# Other names


@command(N_("List the other names of an enterprise."), name="list")
@click.argument("enterprise")
@as_json
def list_aliases(enterprise: str, *, as_json: bool) -> None:
    """By which it is found and matched too."""
    with open_app() as app:
        found = app.enterprises.aliases(enterprise)
    if as_json:
        print_json(found)
    for name in () if as_json else found:
        say("{name}", name=name)


@command(N_("Let an enterprise be found and matched by another name too."), name="add")
@click.argument("enterprise")
@click.argument("name")
def add_alias(enterprise: str, name: str) -> None:
    """A former name, a brand, an abbreviation."""
    with open_app() as app:
        said = app.enterprises.add_alias(app.actor, enterprise, name)
    say(_("Noted: {name}"), name=said)


@command(N_("Take another name away."), name="remove")
@click.argument("enterprise")
@click.argument("name")
def remove_alias(enterprise: str, name: str) -> None:
    """It means nobody then."""
    with open_app() as app:
        said = app.enterprises.remove_alias(app.actor, enterprise, name)
    say(_("Deleted: {code}"), code=said)


group = GROUPS["enterprise"]
group.add_command(list_all, "list")
for word, line, verbs in (
    (
        "label",
        N_("Labels of an enterprise, with their validity."),
        (list_labels, add_label, edit_label, remove_label),
    ),
    (
        "contact",
        N_("Whom to call at an enterprise."),
        (list_contacts, add_contact, edit_contact, remove_contact),
    ),
    ("alias", N_("Other names of an enterprise."), (list_aliases, add_alias, remove_alias)),
):
    part = Group(word, help=line)
    for verb in verbs:
        part.add_command(verb)
    group.add_command(part)
