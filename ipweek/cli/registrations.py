"""Who is registered: list, show, register, edit, transfer, leave, block, cancel, the waiting list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import (
    Group,
    any_event,
    as_json,
    command,
    confirm,
    event_option,
    open_app,
    option,
    yes,
    zone_of,
)
from ipweek.cli.case_pages import tell_recusals
from ipweek.cli.enterprise_page import note_over
from ipweek.cli.one_person import belongings, shape, show_belongings
from ipweek.cli.printing import note, print_json, print_rows, say, show, under
from ipweek.cli.rights import show_whole
from ipweek.domain.errors import UsageError
from ipweek.domain.people import RegistrationChanges
from ipweek.domain.registrations import Cancelled, NewRegistration, Registered
from ipweek.domain.words import Category, RegistrationSource, RegistrationStatus
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App


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
        show_whole(app, unmask=unmask)
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


@command(N_("Show everything about one registration: by id, badge number or scanned code."), name="show")
@click.argument("reg")
@any_event
@as_json
def show_one(reg: str, event: str | None, *, as_json: bool) -> None:
    """Phone and address are masked."""
    from ipweek.render import lists, stay_lines  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        row = app.registrations.show(reg, event)
        page = app.people.show(str(row.id), row.event)
        zone = zone_of(app, row.event)
    answers = page.answers.get(row.id, {})
    if as_json:
        more = {
            "event": row.event,
            "title": row.title,
            "email": row.email,
            "sessions": row.sessions,
            "sessions_waiting": row.sessions_waiting,
            "replaced_by": row.replaced_by,
            "place_in_line": row.place_in_line,
            "on_leave": row.on_leave,
            "registered_at": row.registered_at,
            "note": row.note,
            "answers": answers,
            "stays": [stay_lines.shape(one, zone) for one in page.stays if one.registration == row.id],
        }
        print_json(shape(row) | more | belongings(page, zone))
        return
    show(lists.registration(row))
    if answers:
        under(_("Answers"), lists.pairs(answers.items()))
    own = [one for one in page.stays if one.registration == row.id]
    if own:
        under(_("Time inside"), stay_lines.stays(own, zone, named=False))
    show_belongings(page, zone, [other for other in page.registrations if other.id != row.id])


def _about(target: Any) -> Any:
    """The options that say who somebody is and what he represents."""
    for one in reversed(
        (
            option("--name", required=True, metavar="N", help=N_("the name")),
            option("--name-latin", default="", metavar="N", help=N_("the name in Latin letters")),
            option("--enterprise", default="", metavar="X", help=N_("the enterprise's name or code")),
            option("--phone", default="", metavar="P", help=N_("the phone, as people write it")),
            option("--email", default="", metavar="ADDRESS", help=N_("the e-mail address")),
            option("--title", default="", metavar="TEXT", help=N_("the title or post")),
            option("--category", default="", metavar="|".join(Category), help=N_("in what quality")),
            option("--seat", default="", metavar="TEXT", help=N_("the seat")),
            option("--note", default="", metavar="TEXT", help=N_("a note")),
            _session,
            _answer,
        )
    ):
        target = one(target)
    return target


_session = option(
    "--session",
    "sessions",
    multiple=True,
    metavar="S",
    help=N_("a session to take part in; repeat it for more"),
)
_answer = option(
    "--answer",
    "answers",
    multiple=True,
    metavar="CODE=TEXT",
    help=N_("an answer to a question of the event; repeat it for more"),
)


def _answers(items: Sequence[str]) -> dict[str, str]:
    """Answers by question. Raises UsageError `answer-form`."""
    found = {}
    for item in items:
        code, equals, text = item.partition("=")
        if not equals or not code.strip():
            raise UsageError("answer-form", item=item)
        found[code] = text
    return found


@command(N_("Register somebody at an event: with a place where one is free, else waiting."))
@event_option
@_about
@option("--walk-in", is_flag=True, help=N_("came without a registration"))
@option("--substitute-for", metavar="REG", help=N_("in whose place"))
@as_json
def register(*, event: str, walk_in: bool, answers: Sequence[str], as_json: bool, **typed: Any) -> None:
    """Prints the badge number, or the place in line."""
    source = RegistrationSource.WALK_IN if walk_in else RegistrationSource.DESK
    new = NewRegistration(source=source, answers=_answers(answers), **typed)
    with open_app() as app:
        row = app.registrations.register(app.actor, event, new)
        _warn(app, row)
        recusals = app.cases.recusals_of(row.id)
    _tell(row, as_json=as_json)
    tell_recusals(recusals)


@command(N_("Pass a place on to somebody else, who comes for himself; the first registration ends."))
@click.argument("reg")
@any_event
@_about
@as_json
def transfer(reg: str, *, event: str | None, answers: Sequence[str], as_json: bool, **typed: Any) -> None:
    """Enterprise, category, seat and sessions go with it unless something else is said."""
    new = NewRegistration(answers=_answers(answers), **typed)
    with open_app() as app:
        row = app.registrations.transfer(app.actor, reg, new, event)
        _warn(app, row)
        recusals = app.cases.recusals_of(row.id)
    _tell(row, as_json=as_json)
    tell_recusals(recusals)


def _warn(app: "App", row: Registered) -> None:
    """Of full sessions and a quota that is exceeded; the registration stands."""
    if row.sessions_waiting and row.status is RegistrationStatus.REGISTERED:
        note(_("Full, so {name} waits for it: {sessions}"), name=row.name,
             sessions=", ".join(row.sessions_waiting))  # fmt: skip
    _warn_of_quota(app, row)


def _warn_of_quota(app: "App", row: Registered) -> None:
    code = row.enterprise_code
    note_over(app.enterprises.quota(code, row.event) if code else None, row.enterprise)


def _tell(row: Registered, *, as_json: bool) -> None:
    if as_json:
        print_json(shape(row))
    elif row.place_in_line is not None:
        say(_("Waiting: {name}, {place} in line, badge {badge}"), name=row.name, place=row.place_in_line,
            badge=row.badge_no)  # fmt: skip
    else:
        say(_("Registered: {name}, badge {badge}"), name=row.name, badge=row.badge_no)


@command(N_("Change the named fields and no other; an empty text clears a field."), name="edit")
@click.argument("reg")
@any_event
@option("--enterprise", metavar="X", help=N_("the enterprise's name or code"))
@option("--title", metavar="TEXT", help=N_("the title or post"))
@option("--category", metavar="|".join(Category), help=N_("in what quality"))
@option("--seat", metavar="TEXT", help=N_("the seat"))
@option("--note", metavar="TEXT", help=N_("a note"))
@_answer
@as_json
def edit(reg: str, *, event: str | None, answers: Sequence[str], as_json: bool, **typed: Any) -> None:
    """The badge stays as it is."""
    changes = RegistrationChanges(answers=_answers(answers), **typed)
    if changes == RegistrationChanges():
        raise UsageError("nothing-to-change")
    with open_app() as app:
        row = app.registrations.edit(app.actor, reg, changes, event)
        if changes.enterprise:
            _warn_of_quota(app, row)
    if as_json:
        print_json(shape(row))
    else:
        say(_("Changed: {name}, badge {badge}"), name=row.name, badge=row.badge_no)


@command(N_("Note that somebody is on leave; his place stays his."))
@click.argument("reg")
@any_event
@option("--back", is_flag=True, help=N_("he comes after all"))
def leave(reg: str, event: str | None, *, back: bool) -> None:
    """On leave is neither absent nor cancelled."""
    with open_app() as app:
        row = app.registrations.leave(app.actor, reg, event, on_leave=not back)
    say(_("Comes after all: {name}") if back else _("On leave: {name}"), name=row.name)


@command(N_("Enrol somebody in a session: with a place where one is free, else waiting."))
@click.argument("reg")
@click.argument("session")
@any_event
@as_json
def enrol(reg: str, session: str, event: str | None, *, as_json: bool) -> None:
    """A session may have fewer places than its event."""
    with open_app() as app:
        row = app.registrations.enrol(app.actor, reg, session, event)
        code = app.records.show("session", session).code
    if as_json:
        print_json(_sessions(row))
        return
    waits = code in row.sessions_waiting
    told = _("{session} is full, waiting: {name}") if waits else _("Enrolled in {session}: {name}")
    say(told, session=code, name=row.name)


@command(N_("Take somebody out of a session; the first in line for it moves up."))
@click.argument("reg")
@click.argument("session")
@any_event
@as_json
def unenrol(reg: str, session: str, event: str | None, *, as_json: bool) -> None:
    """The place at the event stays."""
    with open_app() as app:
        done = app.registrations.unenrol(app.actor, reg, session, event)
    row = done.registration
    if as_json:
        promoted = done.promoted.name if done.promoted else None
        print_json(_sessions(row) | {"promoted": promoted})
        return
    say(_("No longer in {session}: {name}"), session=session, name=row.name)
    _tell_promoted(done)


def _sessions(row: Registered) -> dict[str, Any]:
    return shape(row) | {"sessions": row.sessions, "sessions_waiting": row.sessions_waiting}


@command(N_("Keep somebody out; the first in line moves up by himself."))
@click.argument("reg")
@any_event
@option("--why", default="", metavar="TEXT", help=N_("the reason, for the audit trail"))
@option("--off", is_flag=True, help=N_("let him in again"))
@yes
def block(reg: str, event: str | None, *, why: str, off: bool, yes: bool) -> None:
    """Asks before it takes the place away."""
    with open_app() as app:
        row = app.registrations.show(reg, event)
        if off:
            back = app.registrations.unblock(app.actor, str(row.id), row.event)
            _tell(back, as_json=False)
            return
        confirm(N_("Keep {name} out of {event}?"), yes=yes, name=row.name, event=row.event)
        done = app.registrations.block(app.actor, str(row.id), row.event, why=why)
    say(_("Blocked: {name}"), name=done.registration.name)
    _tell_promoted(done)


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
    _tell_promoted(done)


def _tell_promoted(done: Cancelled) -> None:
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
group.add_command(edit)
