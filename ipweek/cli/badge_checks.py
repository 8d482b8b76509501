"""`badge preview` and `badge preflight`: badges looked at before they are printed."""

from collections.abc import Sequence
from pathlib import Path

import click

from ipweek.cli.badge_templates import layout_option
from ipweek.cli.base import as_json, command, event_option, open_app, option
from ipweek.cli.printing import note, print_json, say, show
from ipweek.domain.badges import STANDARD
from ipweek.domain.errors import IpweekError
from ipweek.domain.preflight import Finding
from ipweek.i18n import N_, _


def tell(findings: Sequence[Finding]) -> None:
    """Note what was found, a line each."""
    from ipweek.render.preflight import sentence  # noqa: PLC0415 - only where something was found

    for finding in findings:
        note("{told}", told=sentence(finding))


@command(N_("Show badges as they will print: in the terminal, or as a picture of the page."))
@click.argument("reg", required=False)
@event_option
@layout_option(default=STANDARD)
@option("--png", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help=N_("write the page, or with REG the card, as a PNG"))  # fmt: skip
def preview(reg: str | None, *, event: str, layout: str, png: Path | None) -> None:
    """Without REG the first badge, or the first page of them."""
    refs = [reg] if reg else []
    with open_app() as app:
        if png is not None:
            found = app.badge_jobs.preview(event, refs, png, layout=layout)
            tell(found.findings)
            say(_("Badges: {badges}, layout: {layout}, file: {path}"), badges=found.badges, layout=found.layout,
                path=png)  # fmt: skip
            return
        from ipweek.render import badge_terminal  # noqa: PLC0415 - Rich only where it is shown

        chosen = app.layout_jobs.layout(layout)
        faces = app.badge_jobs.wanted(event, refs, only_new=False, layout=layout)
    show(badge_terminal.badge(faces[0], layout=chosen))


@command(N_("Look badges over before they are printed: characters, sizes, logo, contrast, codes."))
@event_option
@layout_option(default=STANDARD)
@option("--only", multiple=True, metavar="new|all|REG", help=N_("whose; repeat it for several"))
@option("--allow-missing", is_flag=True, help=N_("let pass that no font has some character"))
@as_json
def preflight(*, event: str, layout: str, only: tuple[str, ...], allow_missing: bool, as_json: bool) -> None:
    """Exit status 1 where something forbids printing."""
    from ipweek.jobs.badges import refuse  # noqa: PLC0415 - `--help` does without
    from ipweek.render import preflight as told  # noqa: PLC0415

    refs = [ref for ref in only if ref not in ("new", "all")]
    with open_app() as app:
        found = app.badge_jobs.preflight(event, refs, only_new="new" in only, layout=layout)
    if as_json:
        print_json(told.shape(found))
    else:
        for finding in found.findings:
            say("{mark} {told}", mark="✗" if finding.stops else "!", told=told.sentence(finding))
        say("{told}", told=told.summary(found))
    try:
        refuse(found, allow_missing=allow_missing)
    except IpweekError as error:
        raise click.exceptions.Exit(error.exit_status) from error
