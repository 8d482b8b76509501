"""`checkpoint`: the doors of events and sessions, and whom they let in when."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from ipweek.cli.base import (
    Group,
    Option,
    as_json,
    command,
    confirm,
    event_option,
    open_app,
    option,
    yes,
    zone_of,
)
from ipweek.cli.printing import print_json, print_rows, say, show
from ipweek.cli.rights import by_option, voucher
from ipweek.domain.checkin import Door, DoorCount, DoorSettings
from ipweek.domain.door_form import FIELDS, changed_settings
from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.operators import Right
from ipweek.domain.records import SEVERAL, parse
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App

_NAMED = {"categories": "category", "enterprises": "enterprise", "industries": "industry", "labels": "label"}
_METAVARS = {"opens": "TIME", "closes": "TIME", "capacity": "N"}


def _settings_options(target: click.Command) -> click.Command:
    """One option for each setting; what takes several may be repeated, or parted by semicolons."""
    target.params[:0] = [
        Option(
            [f"--{_NAMED.get(field.name, field.name).replace('_', '-')}", field.name],
            metavar="|".join(field.choices)
            if field.choices
            else "CODE"
            if field.refers
            else _METAVARS.get(field.name, "TEXT"),
            multiple=field.kind in SEVERAL,
            help=field.help or field.label,
        )
        for field in FIELDS
    ]
    return target


def _values(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What the options said. Raises UsageError with the codes of `records.parse`."""
    values: dict[str, Any] = {}
    for field in FIELDS:
        text = typed[field.name]
        if text in (None, ()):
            continue
        try:
            values[field.name] = parse(field, ";".join(text) if field.kind in SEVERAL else text)
        except InvalidError as error:
            raise UsageError(error.code, **error.params) from error
    return values


def _shape(door: Door, settings: DoorSettings, count: DoorCount) -> dict[str, Any]:
    zone = ZoneInfo(door.zone)
    return {
        "code": door.code,
        "name_zh": door.name_zh,
        "name_en": door.name_en,
        "of_session": door.session_id is not None,
        "opens_at": settings.opens_at.astimezone(zone) if settings.opens_at else None,
        "closes_at": settings.closes_at.astimezone(zone) if settings.closes_at else None,
        "entry_rule": settings.entry_rule,
        "categories": settings.categories,
        "enterprises": settings.enterprises,
        "industries": settings.industries,
        "labels": settings.labels,
        "capacity": settings.capacity,
        "present": count.present,
        "over": count.over,
        "note": settings.note,
    }


def _told(app: "App", door: Door) -> tuple[Door, DoorSettings, DoorCount]:
    return door, app.checkin.door_settings(door), app.checkin.count(door)


def _tell(app: "App", door: Door, *, as_json: bool) -> None:
    from ipweek.render import door_lines, lists  # noqa: PLC0415 - Rich only where it is shown

    told = _told(app, door)
    if as_json:
        print_json(_shape(*told))
    else:
        show(lists.pairs(door_lines.settings(*told), _("no limit")))


@command(N_("List the doors of an event."), name="list")
@event_option
@as_json
def list_doors(event: str, *, as_json: bool) -> None:
    """Its own first."""
    from ipweek.render import door_lines  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = [_told(app, door) for door in app.checkin.doors(event)]
    print_rows(found, as_json=as_json, shape=lambda told: _shape(*told), table=door_lines.doors)


@command(N_("Show a door: whom it lets in and when, and who is inside."), name="show")
@click.argument("code")
@as_json
def show_door(code: str, *, as_json: bool) -> None:
    """A door goes by the code of its event or session."""
    with open_app() as app:
        _tell(app, app.checkin.named_door(code), as_json=as_json)


@_settings_options
@command(N_("Give an event or a session a door."), name="add")
@event_option
@option("--session", metavar="S", help=N_("the session that it leads to, instead of the event"))
@by_option
@as_json
def add(event: str, session: str | None, by: str | None, *, as_json: bool, **typed: Any) -> None:
    """Events and sessions have one from the beginning; one that was removed comes back by this."""
    values = _values(typed)
    with open_app() as app:
        zone = zone_of(app, event)
        settings = changed_settings(DoorSettings(), values, zone)
        door = app.checkin.add_door(app.actor, event, session, settings, voucher(app, Right.DOORS, by))
        _tell(app, door, as_json=as_json)


@_settings_options
@command(N_("Change the named settings of a door and no other; an empty text takes one back."), name="edit")
@click.argument("code")
@by_option
@as_json
def edit(code: str, by: str | None, *, as_json: bool, **typed: Any) -> None:
    """A new limit counts who is inside already."""
    values = _values(typed)
    if not values:
        raise UsageError("nothing-to-change")
    with open_app() as app:
        door = app.checkin.named_door(code)
        settings = changed_settings(app.checkin.door_settings(door), values, door.zone)
        door = app.checkin.change_door(app.actor, door, settings, voucher(app, Right.DOORS, by))
        _tell(app, door, as_json=as_json)


@command(N_("Remove a door; one with a log is archived instead."), name="remove")
@click.argument("code")
@by_option
@yes
def remove(code: str, by: str | None, *, yes: bool) -> None:
    """Asks first."""
    with open_app() as app:
        door = app.checkin.named_door(code)
        confirm(N_("Remove the door {code}?"), yes=yes, code=door.code)
        archived = app.checkin.remove_door(app.actor, door, voucher(app, Right.DOORS, by))
    if archived:
        say(_("Archived, because it has a log: {code}"), code=door.code)
    else:
        say(_("Deleted: {code}"), code=door.code)


group = Group("checkpoint", help=N_("The doors of an event."))
for made in (list_doors, show_door, add, edit, remove):
    group.add_command(made)
