"""`badge list` and `badge table-cards`: the people of an event in the order in which they are named and seated."""

from pathlib import Path

import click

from ipweek.cli.base import as_json, command, event_option, open_app, option
from ipweek.cli.printing import note, print_rows, say
from ipweek.domain.registrations import Order
from ipweek.i18n import N_, _

sort_option = option(
    "--sort", type=click.Choice([order.value for order in Order]), default=Order.RANK.value, show_default=True,
    help=N_("in which order"),
)  # fmt: skip


@command(N_("List who holds a place, by rank; with --out as a PDF."), name="list")
@event_option
@sort_option
@option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=N_("the PDF to write"))
@as_json
def list_names(*, event: str, sort: str, out: Path | None, as_json: bool) -> None:
    """In the language of --lang."""
    from ipweek.render import name_rows  # noqa: PLC0415 - only where it is shown

    with open_app() as app:
        if out is None:
            found = app.name_lists.people(event, Order(sort))
            print_rows(found.people, as_json=as_json, shape=name_rows.shape,
                       table=lambda _people: name_rows.table(found))  # fmt: skip
            return
        run = app.name_list_jobs.pdf(event, out, Order(sort))
    _tell_missing(run.missing)
    say(
        _("People: {people}, pages: {pages}, file: {path}"), people=run.people, pages=run.pages, path=run.path
    )


@command(N_("Draw cards for the tables: a folded sheet each, the name on both sides."), name="table-cards")
@click.argument("refs", nargs=-1, metavar="[REG]...")
@event_option
@sort_option
@option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help=N_("the PDF to write"))  # fmt: skip
@option(
    "--size",
    type=click.Choice(["a4", "a5"]),
    default="a4",
    show_default=True,
    help=N_("the paper before folding"),
)
@option("--allow-missing", is_flag=True, help=N_("print although no font has some character"))
def table_cards(
    refs: tuple[str, ...], *, event: str, sort: str, out: Path, size: str, allow_missing: bool
) -> None:
    """Without REG of all who hold a place."""
    with open_app() as app:
        run = app.name_list_jobs.table_cards(
            event, out, refs, size=size, order=Order(sort), allow_missing=allow_missing
        )
    _tell_missing(run.missing)
    say(
        _("People: {people}, pages: {pages}, file: {path}"), people=run.people, pages=run.pages, path=run.path
    )


def _tell_missing(missing: str) -> None:
    if missing:
        note(
            _("No font has these characters, which are drawn as boxes: {missing}"), missing=" ".join(missing)
        )
