"""`badge template`: the layouts of badges as files to copy and edit."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import Group, as_json, command, confirm, open_app, option, yes
from ipweek.cli.printing import print_rows, say
from ipweek.i18n import N_, _, language

if TYPE_CHECKING:
    from ipweek.domain.badge_templates import TemplateLine
    from ipweek.domain.badges import SheetLayout


def layout_option(
    *,
    default: str | None = None,
    help: str = N_("a template's name or file; see “badge template list”"),  # noqa: A002 - as Click calls it
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--layout` of every command that draws badges."""
    shown = default is not None
    return option("--layout", default=default, show_default=shown, metavar="NAME|FILE", help=help)


def shape(line: "TemplateLine") -> dict[str, Any]:
    """A template as `badge template list --json` prints it."""
    from ipweek.render.errors import sentence  # noqa: PLC0415 - only for one with an error

    return {
        "name": line.name,
        "own": line.own,
        "title": line.layout.title(language()) if line.layout else None,
        "error": sentence(line.error) if line.error else None,
        **(_measures(line.layout) if line.layout else {}),
    }


def _measures(layout: "SheetLayout") -> dict[str, Any]:
    return {
        "page": [layout.page_width, layout.page_height],
        "card": [layout.card_width, layout.card_height],
        "columns": layout.columns,
        "rows": layout.rows,
        "sides": layout.sides,
        "module_mm": round(layout.design.symbol.module, 3),
    }


@command(N_("List the templates, the workspace's own among them."), name="list")
@as_json
def list_templates(*, as_json: bool) -> None:
    """Those with errors are told too."""
    from ipweek.render import template_lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        lines = app.layout_jobs.lines()
    print_rows(lines, as_json=as_json, shape=shape, table=template_lists.templates)


@command(N_("Print a template as it is written."), name="show")
@click.argument("name")
def show_template(name: str) -> None:
    """To read, or to redirect into a file."""
    with open_app() as app:
        text = app.layout_jobs.text(name)
    click.echo(text, nl=False)


@command(
    N_("Copy a template to edit it; a bare name goes into the workspace's folder of templates."), name="copy"
)
@click.argument("name")
@click.argument("to", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE|NAME")
@yes
def copy_template(name: str, to: Path, *, yes: bool) -> None:
    """What lies in the folder is chosen by its name."""
    with open_app() as app:
        path = app.layout_jobs.place(to)
        if path.exists():
            confirm(N_("{path} is there already. Replace it?"), yes=yes, path=path)
        app.layout_jobs.copy(name, to)
    say(_("Copied to {path}; edit it, then look at it: badge template check {path}"), path=path)


@command(N_("Check a template; what is wrong is told with line and key."), name="check")
@click.argument("file", metavar="FILE|NAME")
@as_json
def check_template(file: str, *, as_json: bool) -> None:
    """Says what the template makes."""
    from ipweek.cli.printing import print_json  # noqa: PLC0415

    with open_app() as app:
        layout = app.layout_jobs.layout(file)
    if as_json:
        print_json({"name": layout.name, "title": layout.title(language()), **_measures(layout)})
        return
    say(
        _("Good: {title}, {cards} a page of {page} mm, card {card} mm, modules of {module} mm"),
        title=layout.title(language()),
        cards=layout.cards,
        page=f"{layout.page_width:g}×{layout.page_height:g}",
        card=f"{layout.card_width:g}×{layout.card_height:g}",
        module=f"{layout.design.symbol.module:.2f}",
    )


template = Group("template", help=N_("Layouts of badges as files to copy and edit."))
for made in (list_templates, show_template, copy_template, check_template):
    template.add_command(made)
