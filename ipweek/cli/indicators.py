"""`indicator list` and `indicator show`: how far it is to the targets; the other verbs are those of every kind."""

import click

from ipweek.cli.base import as_json, command, open_app, option
from ipweek.cli.printing import print_json, print_rows, show
from ipweek.cli.records import GROUPS
from ipweek.cli.results import width
from ipweek.i18n import N_


@command(N_("List them by code, with the latest actual, target and gap of each."), name="list")
@option("--week", metavar="CODE", help=N_("only those that belong there"))
@option("--archived", is_flag=True, help=N_("archived ones too"))
@as_json
def list_indicators(week: str | None, *, archived: bool, as_json: bool) -> None:
    """Of all weeks, or of one."""
    from ipweek.render import indicator_json, indicator_terminal  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = app.indicators.overview(week, archived=archived)
    print_rows(found, as_json=as_json, shape=indicator_json.indicator_json, table=indicator_terminal.overview)


@command(N_("Show one over its periods: actual, target, gap, attainment, growth needed, chart."), name="show")
@click.argument("code")
@as_json
def show_indicator(code: str, *, as_json: bool) -> None:
    """With every value, where it was said and how it was read."""
    with open_app() as app:
        page = app.indicators.series(code)
    if as_json:
        from ipweek.render.indicator_json import series_json  # noqa: PLC0415 - only where it is wanted

        print_json(series_json(page))
    else:
        from ipweek.render import indicator_terminal  # noqa: PLC0415 - Rich only where it is shown

        show(indicator_terminal.series(page, width()))


group = GROUPS["indicator"]
for made in (list_indicators, show_indicator):
    group.add_command(made)
