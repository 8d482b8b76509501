"""The records that are set up by hand: the same verbs for every kind, made from `domain.kinds`."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import Group, Option, as_json, command, confirm, open_app, option, yes
from ipweek.cli.case_pages import case_told, place_told, show_case, show_cases_of
from ipweek.cli.enterprise_page import note_namesakes, show_delegates
from ipweek.cli.printing import filled, print_json, print_rows, say, show, under
from ipweek.cli.results import MORE, show_result
from ipweek.cli.timetable import conflicts_told, note_conflicts, show_conflicts
from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.exchange import unexposed
from ipweek.domain.kinds import KINDS, PARTS, WHOLES
from ipweek.domain.records import Field, FieldKind, Record, RecordKind, parse
from ipweek.i18n import N_, _, language

if TYPE_CHECKING:
    from ipweek.bootstrap import App

_PAGE = 200
_METAVARS = {
    FieldKind.INTEGER: "N",
    FieldKind.DECIMAL: "N",
    FieldKind.DAY: "DATE",
    FieldKind.START: "START",
    FieldKind.FLAG: "yes|no",
    FieldKind.ZONE: "ZONE",
    FieldKind.WORDS: "A;B",
    FieldKind.FILE: "FILE",
}


def everything(
    app: "App", kind: str, parent: str | None = None, *, of: str | None = None, archived: bool = False
) -> Iterator[Record]:
    """All records of a kind, page by page; `of` as for `Records.list`."""
    offset = 0
    while page := app.records.list(kind, parent, of=of, archived=archived, offset=offset, limit=_PAGE):
        yield from page
        offset += _PAGE


def shape(record: Record) -> dict[str, Any]:
    """A record as `list --json` and `show --json` print it."""
    return {"code": record.code, "archived": record.archived, **record.values}


def values_of(kind: RecordKind, typed: Mapping[str, str | None]) -> dict[str, Any]:
    """What the options said, field by field; an option left out is no value.

    Raises UsageError with the codes of `records.parse`.
    """
    try:
        return {
            field.name: parse(field, text)
            for field in kind.fields
            if (text := typed.get(field.name)) is not None
        }
    except InvalidError as error:
        raise UsageError(error.code, **error.params) from error


def field_options(kind: RecordKind) -> Callable[[click.Command], click.Command]:
    """Give a command one option for each field of a kind."""

    def add(target: click.Command) -> click.Command:
        target.params[:0] = [
            Option(
                [f"--{field.name.replace('_', '-')}", field.name], metavar=_metavar(field), help=_help(field)
            )
            for field in kind.fields
        ]
        return target

    return add


def _metavar(field: Field) -> str:
    if field.choices is not None:
        return "|".join(field.choices)
    if field.refers is not None:
        return "CODE;CODE" if field.kind is FieldKind.REFERENCES else "CODE"
    return _METAVARS.get(field.kind, "TEXT")


def _help(field: Field) -> str:
    return field.help or field.label


def _group(kind: RecordKind) -> Group:
    group = Group(kind.code, help=kind.plural)
    for verb in (_list, _show, _add, _edit, _remove):
        group.add_command(verb(kind))
    for more in MORE.get(kind.code, ()):
        group.add_command(more)
    for part in PARTS.get(kind.code, ()):
        group.add_command(_group(KINDS[part]), path_of(part)[-1])
    return group


def path_of(kind: str) -> tuple[str, ...]:
    """The words that lead to a kind's verbs: a part stands under what it is a part of."""
    whole = next((whole for whole, parts in PARTS.items() if kind in parts), None)
    return (whole, kind.removeprefix(f"{whole}_").replace("_", "-")) if whole else (kind,)


def _list(kind: RecordKind) -> click.Command:
    @command(N_("List them by code."), name="list")
    @option("--archived", is_flag=True, help=N_("archived ones too"))
    @as_json
    def run(*, archived: bool, as_json: bool, **filters: str | None) -> None:
        """Filtered by where they belong, if asked."""
        from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

        named = [(of, code) for of, code in filters.items() if code is not None]
        if len(named) > 1:
            raise UsageError("event-or-week")
        of, parent = named[0] if named else (None, None)
        with open_app() as app:
            found = list(everything(app, kind.code, parent, of=of, archived=archived))
        print_rows(found, as_json=as_json, shape=shape, table=lambda rows: lists.records(kind.code, rows))

    told = N_("only those that belong there")
    run.params[:0] = [Option([f"--{parent}"], metavar="CODE", help=told) for parent in kind.parents]
    return run


def _show(kind: RecordKind) -> click.Command:
    @command(N_("Show one, with what belongs to it."), name="show")
    @click.argument("code")
    @as_json
    def run(code: str, *, as_json: bool, event: str | None = None) -> None:
        """An event with its sessions and links, a result with its counts, an enterprise with its delegates."""
        with open_app() as app:
            if event is not None:
                show_delegates(app, code, event, as_json=as_json)
                return
            if kind.code == "result":
                show_result(app, code, as_json=as_json)
                return
            record = app.records.show(kind.code, code)
            told = shape(record) | _belongings(app, kind.code, record.code)
            if as_json:
                print_json(told)
            else:
                _show_all(app, record)

    if kind.code == "enterprise":
        told = N_("with its labels, contacts and delegates at this event")
        run.params.insert(0, Option(["--event"], metavar="E", help=told))
    return run


def _belongings(app: "App", kind: str, code: str) -> dict[str, Any]:
    if kind in ("event", "session"):
        links = [_link(line) for line in app.navigation.links(place=code)]
        sessions = (
            {"sessions": [shape(row) for row in everything(app, "session", code)]} if kind == "event" else {}
        )
        return {**sessions, "links": links, **place_told(app, code), **conflicts_told(app, code)}
    if kind == "case":
        return case_told(app, code)
    return {}


def _link(line: Any) -> dict[str, Any]:
    return {"kind": line.place_kind, "place": line.place_code, "result": line.result_code, "as": line.role}


def _show_all(app: "App", record: Record) -> None:
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    show(lists.record(record))
    if record.kind == "event" and (sessions := list(everything(app, "session", record.code))):
        under(_("Sessions"), lists.records("session", sessions))
    if record.kind in ("event", "session") and (links := app.navigation.links(place=record.code)):
        under(_("Navigation results"), lists.links(links))
    if record.kind in ("event", "session"):
        show_cases_of(app, record.code)
        show_conflicts(app, record.code)
    if record.kind == "case":
        show_case(app, record.code)


def _add(kind: RecordKind) -> click.Command:
    @field_options(kind)
    @command(N_("Add one; the code is its short name on the command line."), name="add")
    @click.argument("given", metavar="[CODE]", required=False)
    @as_json
    def run(given: str | None, *, as_json: bool, supersedes: str | None = None, **typed: str | None) -> None:
        """A result may take the place of an earlier one."""
        typed["code"] = typed["code"] or given
        if not typed["code"] and not kind.numbered and not supersedes:
            raise UsageError("code-needed")
        values = values_of(kind, typed)
        with open_app() as app:
            if supersedes:
                record = app.navigation.supersede(app.actor, supersedes, values)
            else:
                record = app.records.add(app.actor, kind.code, values)
            _warn(app, record)
        _done(N_("{kind} added: {code} {name}"), kind, record, as_json=as_json)

    if kind.code == "result":
        told = N_("make it the next version of this released result")
        run.params.insert(0, Option(["--supersedes"], metavar="RESULT", help=told))
    return run


def _edit(kind: RecordKind) -> click.Command:
    @field_options(kind)
    @command(N_("Change the named fields and no other; an empty text clears a field."), name="edit")
    @click.argument("which", metavar="CODE")
    @as_json
    def run(which: str, *, as_json: bool, **typed: str | None) -> None:
        """A released result is not edited."""
        values = values_of(kind, typed)
        if not values:
            raise UsageError("nothing-to-change")
        with open_app() as app:
            record = app.records.edit(app.actor, kind.code, which, values)
            _warn(app, record)
        _done(N_("{kind} changed: {code} {name}"), kind, record, as_json=as_json)

    return run


def _remove(kind: RecordKind) -> click.Command:
    @command(N_("Remove one; what has history is archived instead."), name="remove")
    @click.argument("code")
    @yes
    def run(code: str, *, yes: bool) -> None:
        """Asks first."""
        with open_app() as app:
            record = unexposed(app.records.show(kind.code, code))
            confirm(N_("Remove {code} {name}?"), yes=yes, code=record.code, name=record.name(language()))
            archived = app.records.remove(app.actor, kind.code, record.code)
        if archived:
            say(_("Archived, because other records refer to it: {code}"), code=record.code)
        else:
            say(_("Deleted: {code}"), code=record.code)

    return run


def _warn(app: "App", record: Record) -> None:
    """What is wrong with an event or session now."""
    if record.kind in ("event", "session"):
        note_conflicts(app, record.code)
    if record.kind == "enterprise":
        note_namesakes(app.enterprises.namesakes(record.code))


def _done(message: str, kind: RecordKind, record: Record, *, as_json: bool) -> None:
    record = unexposed(record)
    if as_json:
        print_json(shape(record))
    else:
        name = record.name(language())
        shown = "" if name == record.code else name
        click.echo(filled(_(message), {"kind": _(kind.label), "code": record.code, "name": shown}).rstrip())


GROUPS = {code: _group(KINDS[code]) for code in WHOLES}
