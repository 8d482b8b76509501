"""`demand`: what enterprises ask for, from the table at the exchange to its end."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import as_json, command, open_app, option
from ipweek.cli.printing import print_json, print_rows, say, show, under
from ipweek.cli.records import GROUPS, shape
from ipweek.cli.rights import show_whole
from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.exchange import Answer, DemandFilter, DemandPage, NewDemand, OverdueAction, unexposed
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import Field, FieldKind, Record, parse
from ipweek.domain.words import Confidentiality, DemandCategory, DemandStatus
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App

_PAGE = 200
_ON = Field("--on", N_("Day"), FieldKind.DAY)

_event = option("--event", metavar="E", help=N_("the event's code"))
_week = option("--week", metavar="W", help=N_("the week's code"))
_session = option("--session", metavar="S", help=N_("the code of a session"))
_unmask = option(
    "--unmask", is_flag=True, help=N_("confidential texts and whole phone numbers; this is audited")
)
_on = option("--on", metavar="DATE", help=N_("as of this day instead of today"))


@command(N_("List demands by status, the overdue and the urgent first."), name="list")
@_event
@_week
@_session
@option("--status", type=click.Choice([one.value for one in DemandStatus]), help=N_("only those"))
@option("--overdue", is_flag=True, help=N_("only those with a late action"))
@option("--search", default="", metavar="TEXT", help=N_("words that all stand in the demand"))
@_on
@_unmask
@as_json
def list_all(
    event: str | None,
    week: str | None,
    session: str | None,
    status: str | None,
    search: str,
    on: str | None,
    *,
    overdue: bool,
    unmask: bool,
    as_json: bool,
) -> None:
    """Confidential texts and phones are masked unless asked for otherwise."""
    from ipweek.render import exchange_lists  # noqa: PLC0415 - Rich only where it is shown

    wanted = DemandFilter(
        week, event, session, DemandStatus(status) if status else None, overdue=overdue, text=search
    )
    with open_app() as app:
        show_whole(app, unmask=unmask)
        found = list(_board(app, wanted, _day(on)))
        if unmask:
            found = list(app.exchange.unmask(app.actor, tuple(record.code for record in found)))
    print_rows(found, as_json=as_json, shape=shape, table=exchange_lists.board)


def _board(app: "App", wanted: DemandFilter, on: date | None) -> Iterator[Record]:
    offset = 0
    while page := app.exchange.board(wanted, on=on, offset=offset, limit=_PAGE).records:
        yield from page
        offset += _PAGE


def _day(text: str | None) -> date | None:
    """A day as it is typed. Raises UsageError `field-day`."""
    try:
        day: date | None = parse(_ON, text or "")
    except InvalidError as error:
        raise UsageError(error.code, **error.params) from error
    return day


@command(N_("Show one with its answers and actions, and what may answer it."), name="show")
@click.argument("code")
@_unmask
@as_json
def show_one(code: str, *, unmask: bool, as_json: bool) -> None:
    """A confidential text and the phone are masked unless asked for otherwise."""
    from ipweek.render import exchange_lists, lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        show_whole(app, unmask=unmask)
        page = app.exchange.demand(code)
        record = app.exchange.unmask(app.actor, (page.demand.code,))[0] if unmask else unexposed(page.demand)
    if as_json:
        print_json(shape(record) | _belongings(page))
        return
    show(lists.record(_facts(record)))
    if page.answers:
        under(_("Possible answers"), exchange_lists.answers(page.answers))
    if page.actions:
        under(_("Actions"), exchange_lists.actions(page.actions))
    if page.suggestions:
        under(_("What may answer it"), exchange_lists.answers(page.suggestions))


def _facts(record: Record) -> Record:
    """The fields alone, the enterprise by its name: what boards tell beside them stands in the tables."""
    from ipweek.render.exchange_lists import enterprise_of  # noqa: PLC0415 - Rich only where it is shown

    fields = (*(field.name for field in KINDS["demand"].fields), "synthetic")
    values = {name: value for name, value in record.values.items() if name in fields}
    return replace(record, values={**values, "enterprise": enterprise_of(record)})


def _belongings(page: DemandPage) -> dict[str, Any]:
    return {
        "answers": [_answer(one) for one in page.answers],
        "actions": [asdict(one) for one in page.actions],
        "suggestions": [_answer(one) for one in page.suggestions],
    }


def _answer(one: Answer) -> dict[str, Any]:
    return {
        "code": one.own,
        "kind": one.kind,
        "refers_to": one.code,
        "name_zh": one.name_zh,
        "name_en": one.name_en,
        "note": one.note,
    }


@command(N_("Take a demand down; the enterprise by name or code, added where it is new."), name="raise")
@click.argument("text", nargs=-1, required=True)
@_event
@_session
@option("--enterprise", required=True, metavar="X", help=N_("its code, or its name"))
@option(
    "--category",
    required=True,
    type=click.Choice([one.value for one in DemandCategory]),
    help=N_("what it is about"),
)
@option(
    "--contact", default="", metavar="NAME", help=N_("whom to call; else the only delegate of the enterprise")
)
@option("--phone", default="", metavar="P", help=N_("else the one that the contact left at registration"))
@option("--confidential", is_flag=True, help=N_("no list or export shows the text"))
@as_json
def raise_one(
    text: tuple[str, ...],
    event: str | None,
    session: str | None,
    enterprise: str,
    category: str,
    contact: str,
    phone: str,
    *,
    confidential: bool,
    as_json: bool,
) -> None:
    """At an event or one of its sessions."""
    new = NewDemand(
        enterprise,
        DemandCategory(category),
        " ".join(text),
        contact,
        phone,
        event,
        session,
        Confidentiality.CONFIDENTIAL if confidential else Confidentiality.INTERNAL,
    )
    with open_app() as app:
        page = app.exchange.raise_(app.actor, new)
    _done(N_("Demand taken down: {code}, {enterprise}"), page, as_json=as_json)


@command(N_("Take a demand to another status; it closes only with an outcome."))
@click.argument("code")
@click.argument("status", type=click.Choice([one.value for one in DemandStatus]))
@option("--outcome", default="", metavar="TEXT", help=N_("what came of it"))
@option("--provider", default="", metavar="NAME", help=N_("who helps"))
@option("--satisfaction", type=int, metavar="N", help=N_("from 1 to 5, once it is closed"))
@as_json
def move(
    code: str, status: str, outcome: str, provider: str, satisfaction: int | None, *, as_json: bool
) -> None:
    """A closed or declined one is taken up again by `accepted`."""
    with open_app() as app:
        page = app.exchange.move(
            app.actor,
            code,
            DemandStatus(status),
            outcome=outcome,
            provider=provider,
            satisfaction=satisfaction,
        )
    _done(N_("{code} is {status} now"), page, as_json=as_json)


def _done(message: str, page: DemandPage, *, as_json: bool) -> None:
    from ipweek.render import exchange_lists, words  # noqa: PLC0415 - only where it is wanted

    record = unexposed(page.demand)
    if as_json:
        print_json(shape(record) | _belongings(page))
        return
    status = words.word(record.values["status"])
    say(_(message), code=record.code, enterprise=exchange_lists.enterprise_of(record), status=status)


@command(N_("What should have been done about open demands, the longest overdue first."))
@_week
@_event
@_on
@as_json
def overdue(week: str | None, event: str | None, on: str | None, *, as_json: bool) -> None:
    """Of a week, an event, or everywhere."""
    from ipweek.render import exchange_lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = app.exchange.overdue(DemandFilter(week, event), _day(on))
    print_rows(found, as_json=as_json, shape=_late, table=exchange_lists.overdue)


def _late(one: OverdueAction) -> dict[str, Any]:
    return asdict(one.action) | {name: value for name, value in asdict(one).items() if name != "action"}


@command(N_("Mark an action as done."), name="done")
@click.argument("code")
@option("--evidence", default="", metavar="TEXT", help=N_("what shows it"))
@_on
@as_json
def action_done(code: str, evidence: str, on: str | None, *, as_json: bool) -> None:
    """Today, unless another day is named."""
    with open_app() as app:
        record = app.exchange.done(app.actor, code, evidence, _day(on))
    if as_json:
        print_json(shape(record))
    else:
        say(_("{code} done on {day}"), code=record.code, day=record.values["done_on"])


group = GROUPS["demand"]
for made in (list_all, show_one, raise_one, move, overdue):
    group.add_command(made)
_actions = group.commands["action"]
assert isinstance(_actions, click.Group)
_actions.add_command(action_done)
