"""`duplicates`: who may be entered twice; `merge`: make one of two, and undo it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import Group, any_event, as_json, command, confirm, open_app, option, yes
from ipweek.cli.printing import print_json, print_rows, say, show, under
from ipweek.domain.duplicates import Duplicate, DuplicateKind, DuplicateList
from ipweek.domain.merging import Side
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App

_EVENT = option("--event", metavar="E", help=N_("only pairs with somebody of this event"))


def _found(app: "App", kind: DuplicateKind, event: str | None) -> DuplicateList:
    return app.duplicates.people(event) if kind is DuplicateKind.PEOPLE else app.duplicates.enterprises(event)


def _list(kinds: Sequence[DuplicateKind], event: str | None, *, as_json: bool) -> None:
    from ipweek.render import duplicates as render  # noqa: PLC0415 - Rich only where it is shown
    from ipweek.render.lists import grid  # noqa: PLC0415 - as above

    with open_app() as app:
        found = {kind: _found(app, kind, event) for kind in kinds}
    if as_json:
        print_json([render.duplicate_json(pair) for each in found.values() for pair in each.pairs])
        return

    def cells(pair: Duplicate) -> tuple[object, ...]:
        first, second = pair.first, pair.second
        return (
            pair.score,
            render.suspect(first),
            render.suspect(second),
            render.reasons(pair.evidence),
            first.ref,
            second.ref,
        )

    headers = [_("Likeness"), _("One"), _("Other"), _("Why"), "A", "B"]
    for kind, each in found.items():
        if each.pairs:
            under(_(render.KINDS[kind]), grid(headers, map(cells, each.pairs)))
        if each.total > len(each.pairs):
            say(_("{n} of {total} shown, the most likely first"), n=len(each.pairs), total=each.total)
    if not any(each.pairs for each in found.values()):
        say(_("Nobody seems to be entered twice."))
    else:
        say("")
        say(_("Make one of two: ipweek merge A B (A stays). Not the same: ipweek duplicates dismiss A B"))


@click.group("duplicates", cls=Group, invoke_without_command=True, help=N_("Who may be entered twice."))
@_EVENT
@as_json
@click.pass_context
def duplicates(ctx: click.Context, event: str | None, *, as_json: bool) -> None:
    """Both kinds, unless one is named."""
    if ctx.invoked_subcommand is None:
        _list(tuple(DuplicateKind), event, as_json=as_json)


@command(N_("People with the same phone or e-mail, or the same name in one enterprise."), name="people")
@_EVENT
@as_json
def people(event: str | None, *, as_json: bool) -> None:
    """The most likely first; phones masked."""
    _list((DuplicateKind.PEOPLE,), event, as_json=as_json)


@command(
    N_("Enterprises with the same organisation code, or the same or a similar name."), name="enterprises"
)
@_EVENT
@as_json
def enterprises(event: str | None, *, as_json: bool) -> None:
    """The most likely first."""
    _list((DuplicateKind.ENTERPRISES,), event, as_json=as_json)


@command(N_("Remember that two are two: they are never proposed again."), name="dismiss")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@option("--undo", is_flag=True, help=N_("let them be proposed again"))
def dismiss(one: str, other: str, *, undo: bool) -> None:
    """People by id or badge number, enterprises by code, credit code or name."""
    with open_app() as app:
        if undo:
            app.duplicates.recall(app.actor, one, other)
        else:
            app.duplicates.dismiss(app.actor, one, other)
    say(_("They may be proposed again.") if undo else _("Remembered: these are two."))


@command(N_("List what was found to be two, the newest first."), name="dismissed")
@as_json
def dismissed(*, as_json: bool) -> None:
    """By names."""
    from ipweek.render.lists import grid  # noqa: PLC0415 - Rich only where it is shown
    from ipweek.render.words import word  # noqa: PLC0415 - as above

    with open_app() as app:
        found = app.duplicates.dismissed()
    print_rows(
        found,
        as_json=as_json,
        shape=lambda line: {
            "kind": line.kind,
            "first": line.first,
            "second": line.second,
            "at": line.decided_at,
            "operator": line.operator,
        },
        table=lambda rows: grid(
            [_("Time"), _("Kind"), _("One"), _("Other"), _("Operator")],
            [
                (f"{row.decided_at:%Y-%m-%d %H:%M}Z", word(row.kind), row.first, row.second, row.operator)
                for row in rows
            ],
        ),
    )


for made in (people, enterprises, dismiss, dismissed):
    duplicates.add_command(made)


class _Merges(Group):
    """Two names without a verb are merged."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """`merge A B` is `merge two A B`."""
        named = args[0] in self.commands
        return super().resolve_command(ctx, args if named else ["two", *args])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options before the two names are theirs, not the group's."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if args and args[0].startswith("-") and args[0].partition("=")[0] not in own:
            args = ["two", *args]
        return super().parse_args(ctx, args)


merge = _Merges("merge", help=N_("Make one of two people or enterprises: ipweek merge KEEP DROP."))


@command(N_("Merge DROP into KEEP: its registrations, scans, badges and demands go along."), name="two")
@click.argument("keep")
@click.argument("drop")
@option(
    "--take", "taken", multiple=True, metavar="FIELD", help=N_("the fields whose value is taken from DROP")
)
@any_event
@option("--dry-run", is_flag=True, help=N_("show both side by side and change nothing"))
@yes
@as_json
def two(
    keep: str,
    drop: str,
    taken: tuple[str, ...],
    event: str | None,
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """People by id or badge number, enterprises by code, credit code or name. Asks first."""
    from ipweek.render import duplicates as render  # noqa: PLC0415 - Rich only where it is shown

    fields = dict.fromkeys(taken, Side.DROP)
    with open_app() as app:
        review = app.merging.review(keep, drop, fields, event)
        if dry_run and as_json:
            print_json(render.review_json(review))
        if not as_json:
            _show(render.review_lines(review, _width()))
        if dry_run:
            return
        confirm(N_("Merge {drop} into {keep}?"), yes=yes, drop=review.drop.name, keep=review.keep.name)
        merged = app.merging.merge(app.actor, keep, drop, fields, event)
    if as_json:
        print_json(render.merged_json(merged))
        return
    say("")
    for text in render.merged_texts(merged):
        say("{text}", text=text)
    say(_("Undo it: ipweek merge undo {id}"), id=merged.id)


def _width() -> int:
    from ipweek.cli.results import width  # noqa: PLC0415 - as above

    return width()


def _show(lines: Any) -> None:
    from rich.console import Group as Together  # noqa: PLC0415 - Rich only where it is shown

    from ipweek.render.result_terminal import texts  # noqa: PLC0415 - as above

    show(Together(*texts(lines)))


@command(
    N_("Undo a merge: everything is as it was, or, where work since stands on it, nothing changes."),
    name="undo",
)
@click.argument("merge")
@yes
@as_json
def undo(merge: str, *, yes: bool, as_json: bool) -> None:
    """Asks first."""
    from ipweek.render.duplicates import merged_json  # noqa: PLC0415 - only where it is wanted

    confirm(N_("Undo the merge {merge}?"), yes=yes, merge=merge)
    with open_app() as app:
        done = app.merging.undo(app.actor, merge)
    if as_json:
        print_json(merged_json(done))
    else:
        say(_("Undone: {keep} and {drop} are two again"), keep=done.keep.name, drop=done.drop.name)


@command(N_("List the merges so far, the newest first."), name="list")
@as_json
def list_all(*, as_json: bool) -> None:
    """With their ids, by which they are undone."""
    from ipweek.render.duplicates import merge_json  # noqa: PLC0415 - Rich only where it is shown
    from ipweek.render.lists import grid  # noqa: PLC0415 - as above
    from ipweek.render.words import word  # noqa: PLC0415 - as above

    with open_app() as app:
        found = app.merging.merges()
    print_rows(
        found,
        as_json=as_json,
        shape=merge_json,
        table=lambda rows: grid(
            [_("Time"), _("Kind"), _("Kept"), _("Merged into it"), _("Operator"), _("Merge")],
            [
                (
                    f"{row.merged_at:%Y-%m-%d %H:%M}Z",
                    word(row.kind) + (f" ({_('undone')})" if row.undone_at else ""),
                    row.keep,
                    row.drop,
                    row.operator,
                    str(row.id),
                )
                for row in rows
            ],
        ),
    )


for each in (two, undo, list_all):
    merge.add_command(each)
