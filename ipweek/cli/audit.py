"""`audit`: who did what, and whether the trail holds."""

from typing import Any

import click

from ipweek.cli.base import Group, as_json, command, open_app, option
from ipweek.cli.printing import print_rows, say
from ipweek.i18n import N_, _


@click.group(
    "audit",
    cls=Group,
    invoke_without_command=True,
    help=N_("The audit trail: its newest entries, or verify it."),
)
@option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help=N_("how many"))
@as_json
@click.pass_context
def group(ctx: click.Context, limit: int, *, as_json: bool) -> None:
    """The values of a change are kept apart and not shown."""
    if ctx.invoked_subcommand is not None:
        return
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = app.audit.lines(limit)
    print_rows(found, as_json=as_json, shape=_shape, table=lists.audit)


def _shape(line: Any) -> dict[str, Any]:
    return {
        "at": line.happened_at,
        "operator": line.operator,
        "desk": line.desk,
        "action": line.action,
        "kind": line.record_kind,
        "record": str(line.record_id) if line.record_id else None,
        "fields": line.fields,
    }


@command(N_("See whether any entry was altered, added or taken out."))
def verify() -> None:
    """Fails with 1 where one was."""
    with open_app() as app:
        broken = app.audit.broken()
    if not broken:
        say(_("The audit trail is whole."))
        return
    say(_("{count} entries of the audit trail were altered:"), count=len(broken))
    for entry in broken:
        say("{entry}", entry=entry)
    click.get_current_context().exit(1)


group.add_command(verify)
