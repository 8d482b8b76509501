"""Doors: scans from arguments or a stream, marks, annulments, the log."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

import click

from ipweek.cli.base import (
    as_json,
    command,
    confirm,
    event_option,
    open_app,
    open_at_desk,
    option,
    yes,
    zone_of,
)
from ipweek.cli.printing import note, print_json, print_rows, say, show
from ipweek.cli.rights import by_option, voucher
from ipweek.domain.checkin import Door, ScanAnswer, ScanLine, ScanRequest
from ipweek.domain.errors import UsageError
from ipweek.domain.ids import new_id
from ipweek.domain.operators import Right, Voucher
from ipweek.domain.registrations import Registered
from ipweek.domain.words import Direction, Verdict
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App
    from ipweek.domain.desk_line import News

_DONE_IN_PART = 3
session_option = option("--session", metavar="S", help=N_("the session's door instead of the event's"))


def shape(said: ScanAnswer, zone: str) -> dict[str, Any]:
    """A verdict as `checkin --json` prints it; times in the week's zone. `offline` where a desk's copy gave it."""
    local = ZoneInfo(zone)
    return {
        "code": said.code,
        "verdict": said.verdict,
        "reason": said.reason,
        "name": said.name,
        "enterprise": said.enterprise,
        "at": said.at.astimezone(local),
        "first_at": said.first_at.astimezone(local) if said.first_at else None,
        "desk": said.desk,
    } | ({"offline": True} if said.offline else {})


@command(N_("Scan badges at a door: codes as arguments, or line by line from a stream."))
@click.argument("codes", nargs=-1)
@event_option
@session_option
@option(
    "--stdin",
    "from_stdin",
    is_flag=True,
    help=N_('read codes, or {"id", "code", "at", "direction"}, line by line'),
)
@option("--exit", "leaving", is_flag=True, help=N_("they leave"))
@option("--at", metavar="TIME", help=N_("when, if not now; without an offset in the week's zone"))
@option("--override", metavar="WHY", help=N_("let in past a rule, and say why"))
@by_option
@as_json
def checkin(
    codes: tuple[str, ...],
    event: str,
    session: str | None,
    at: str | None,
    override: str | None,
    by: str | None,
    *,
    from_stdin: bool,
    leaving: bool,
    as_json: bool,
) -> None:
    """Ends with 3 where any scan was refused."""
    if bool(codes) == from_stdin:
        raise UsageError("codes-needed")
    with open_at_desk(_note_news) if from_stdin else open_app() as app:
        _look_at_clock(app)
        door = _door_of(app, event, session)
        direction = Direction.EXIT if leaving else Direction.ENTRY
        usual = _Usual(door.zone, moment_of(at, door.zone) if at else None, direction, override)
        usual.by = voucher(app, Right.OVERRIDE, by) if override else None
        lines = _lines() if from_stdin else codes
        answers = (app.checkin.scan(app.actor, door, request) for request in usual.requests(lines))
        refused = _tell(answers, door.zone, as_json=as_json)
        if app.line is not None and app.line.is_away:
            note(_("The server is still away: what was kept here goes to it at the next start."))
    if refused or usual.unread:
        click.get_current_context().exit(_DONE_IN_PART)


def _look_at_clock(app: "App") -> None:
    """Take the server's clock where there is one; a clock that is off is told."""
    from ipweek.render.clock_lines import warning  # noqa: PLC0415 - `--help` does without

    found = app.clocks.read() if app.settings.database else app.clocks.check(app.actor)
    if found.is_off:
        note("{told}", told=warning(found))


def _note_news(news: "News") -> None:
    """On stderr, whenever it happens."""
    from ipweek.render.desk_line import told  # noqa: PLC0415 - only where there is something to tell

    note("{line}", line=told(news)[0])


def _door_of(app: "App", event: str, session: str | None) -> Door:
    """The door, made where there is none; its week is kept at hand for when the server goes."""
    door = app.checkin.open_door(app.actor, event, session)
    if app.line is not None:
        app.line.follow(str(app.records.show("event", event).values["week"]))
    return door


def _lines() -> Iterator[str]:
    """The lines of the stream as they come, blank ones left out; none is held back for a buffer to fill."""
    for line in iter(sys.stdin.readline, ""):
        if line.strip():
            yield line.strip()


class _Usual:
    """What a line does not say itself; `unread` counts the lines that could not be read."""

    def __init__(self, zone: str, at: datetime | None, direction: Direction, override: str | None) -> None:
        self._zone = zone
        self._at = at
        self._direction = direction
        self._override = override
        self.by: Voucher | None = None
        self.unread = 0

    def requests(self, lines: Iterable[str]) -> Iterator[ScanRequest]:
        """A request for each line; one that cannot be read is told on stderr and the others go on."""
        for number, line in enumerate(lines, 1):
            try:
                yield self._request(line)
            except (ValueError, UsageError):
                self.unread += 1
                note(_("Line {number} is neither a code nor a JSON object with one: {line}"), number=number,
                     line=line[:80])  # fmt: skip

    def _request(self, line: str) -> ScanRequest:
        told: dict[str, Any] = json.loads(line) if line.startswith("{") else {"code": line}
        if not isinstance(told.get("code"), str):
            raise ValueError(line)  # noqa: TRY004 - a line of the wrong form, whatever its type
        at, direction = told.get("at"), told.get("direction")
        return ScanRequest(
            code=told["code"],
            id=_scan_id(told.get("id")),
            at=moment_of(str(at), self._zone) if at else self._at,
            direction=Direction(direction) if direction else self._direction,
            override=self._override,
            by=self.by,
        )


def _scan_id(given: object) -> UUID:
    """The id of a scan; one that is no UUID becomes the same UUID every time."""
    if given is None:
        return new_id()
    try:
        return UUID(str(given))
    except ValueError:
        return uuid5(NAMESPACE_URL, f"ipweek:scan:{given}")


def moment_of(text: str, zone: str) -> datetime:
    """A moment; without an offset it is local. Raises UsageError `moment-invalid`."""
    try:
        moment = datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        raise UsageError("moment-invalid", value=text) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _tell(answers: Iterable[ScanAnswer], zone: str, *, as_json: bool) -> int:
    """Print each verdict as it is decided; returns how many were refused."""
    refused = 0
    for said in answers:
        refused += said.verdict is Verdict.REFUSED
        _print(said, zone, as_json=as_json)
    return refused


def _print(said: ScanAnswer, zone: str, *, as_json: bool) -> None:
    if as_json:
        print_json(shape(said, zone), line=True)
        return
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    show(lists.answer(said, zone))
    sys.stdout.flush()


@command(N_("Vouch that people are there: an entry without a scan for each, kept as such."))
@click.argument("reg", nargs=-1)
@event_option
@session_option
@option(
    "--enterprise", metavar="ENTERPRISE", help=N_("all of an enterprise who hold a place and are still out")
)
@option("--exit", "leaving", is_flag=True, help=N_("they leave"))
@option("--at", metavar="TIME", help=N_("when, if not now"))
@option("--override", metavar="WHY", help=N_("let in past a rule, and say why"))
@by_option
@as_json
def mark_present(
    reg: tuple[str, ...],
    event: str,
    session: str | None,
    enterprise: str | None,
    at: str | None,
    override: str | None,
    by: str | None,
    *,
    leaving: bool,
    as_json: bool,
) -> None:
    """The door's rules hold all the same; ends with 3 where anybody was refused."""
    if bool(reg) == bool(enterprise):
        raise UsageError("people-needed")
    with open_app() as app:
        door = app.checkin.open_door(app.actor, event, session)
        if enterprise:
            meant = [row.id for row in _group(app, door, event, enterprise, leaving=leaving)]
        else:
            meant = [app.registrations.show(each, event).id for each in reg]
        moment = moment_of(at, door.zone) if at else None
        mark = app.checkin.mark_left if leaving else app.checkin.mark_present
        vouches = voucher(app, Right.OVERRIDE, by) if override else None
        answers = (mark(app.actor, door, each, at=moment, override=override, by=vouches) for each in meant)
        refused = _tell(answers, door.zone, as_json=as_json)
    if refused:
        click.get_current_context().exit(_DONE_IN_PART)


def _group(app: "App", door: Door, event: str, enterprise: str, *, leaving: bool) -> list[Registered]:
    """Whom the arrival of an enterprise, or its leaving, is about."""
    delegates = app.enterprises.show(enterprise, event).delegates
    inside = app.checkin.inside(door, [row.id for row in delegates])
    if leaving:
        return [row for row in delegates if row.id in inside]
    return [row for row in delegates if row.id not in inside and row.may_come]


@command(N_("Annul somebody's last entry; the log keeps both."))
@click.argument("reg")
@event_option
@session_option
@by_option
@yes
def undo_checkin(reg: str, event: str, session: str | None, by: str | None, *, yes: bool) -> None:
    """Asks first."""
    with open_app() as app:
        door = app.checkin.door(event, session)
        row = app.registrations.show(reg, event)
        confirm(N_("Annul the last entry of {name}?"), yes=yes, name=row.name)
        app.checkin.undo(app.actor, door, row.id, voucher(app, Right.UNDO, by))
    say(_("Annulled: the last entry of {name}"), name=row.name)


@command(N_("List an event's log of scans, the newest first."))
@event_option
@option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help=N_("how many"))
@option(
    "--people",
    is_flag=True,
    help=N_("everybody who came instead: first in, last out, minutes, late, left early"),
)
@as_json
def scans(event: str, limit: int, *, people: bool, as_json: bool) -> None:
    """Refused and unknown ones too."""
    from ipweek.render import lists, stay_lines  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        if people:
            stays, zone = app.stays.of_event(event), zone_of(app, event)
            print_rows(
                stays,
                as_json=as_json,
                shape=lambda one: stay_lines.shape(one, zone),
                table=lambda rows: stay_lines.stays(rows, zone),
            )
            return
        found = app.checkin.scans(event, limit)
        zone = zone_of(app, event)
    print_rows(
        found,
        as_json=as_json,
        shape=lambda line: _line(line, zone),
        table=lambda rows: lists.scans(rows, zone),
    )


def _line(line: ScanLine, zone: str) -> dict[str, Any]:
    said = line.answer
    return (
        {"id": str(said.id), "door": line.door, "kind": said.kind, "direction": said.direction}
        | shape(said, zone)
        | {
            "operator": line.operator,
            "offline": line.offline,
            "override": line.why if said.override else None,
            "why": line.why,
            "allowed_by": line.allowed_by,
            "annulled": line.annulled,
        }
    )
