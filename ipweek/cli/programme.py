"""What events and sessions can do beside the verbs of every kind: be copied, be cancelled."""

import click

from ipweek.cli.base import as_json, command, confirm, open_app, yes
from ipweek.cli.printing import print_json, say
from ipweek.cli.records import GROUPS as RECORDS
from ipweek.cli.records import field_options, shape, values_of
from ipweek.cli.timetable import note_conflicts
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import RecordKind
from ipweek.i18n import N_, _, language

_COPIED = {
    "event": N_(
        "Copy an event with its sessions; a day given moves them all. Nobody is registered for the copy."
    ),
    "session": N_("Copy a session; what is given is the copy's. Nobody is enrolled in the copy."),
}
_CANCELLED = {
    "event": N_("Cancel an event with its sessions; registrations and scans stay."),
    "session": N_("Cancel a session; enrolments and scans stay."),
}


def _copy(kind: RecordKind) -> click.Command:
    @field_options(kind)
    @command(_COPIED[kind.code], name="copy")
    @click.argument("original", metavar="CODE")
    @click.argument("new")
    @as_json
    def run(original: str, new: str, *, as_json: bool, **typed: str | None) -> None:
        """The copy is planned anew."""
        values = values_of(kind, {**typed, "code": new})
        with open_app() as app:
            held = app.records.show(kind.code, original)
            made = app.programme.copy(app.actor, held.code, values.pop("code"), values)
            note_conflicts(app, made.code)
        if as_json:
            print_json(shape(made))
        else:
            say(_("{original} copied: {code} {name}"), original=held.code, code=made.code,
                name=made.name(language()))  # fmt: skip

    run.params = [param for param in run.params if "--code" not in param.opts]
    return run


def _cancel(kind: RecordKind) -> click.Command:
    @command(_CANCELLED[kind.code], name="cancel")
    @click.argument("code")
    @yes
    def run(code: str, *, yes: bool) -> None:
        """Asks first."""
        with open_app() as app:
            held = app.records.show(kind.code, code)
            confirm(N_("Cancel {code} {name}?"), yes=yes, code=held.code, name=held.name(language()))
            done = app.programme.cancel(app.actor, held.code)
        say(_("Cancelled: {codes}"), codes=_(", ").join(done))

    return run


GROUPS = {code: RECORDS[code] for code in ("event", "session")}
for _kind in map(KINDS.__getitem__, GROUPS):
    GROUPS[_kind.code].add_command(_copy(_kind))
    GROUPS[_kind.code].add_command(_cancel(_kind))
