"""`certificate`: certificates of attendance for those who came, and what a number is worth."""

from pathlib import Path
from typing import Any

import click

from ipweek.cli.base import DefaultGroup, State, as_json, command, event_option, open_app, option
from ipweek.cli.click_words import choose
from ipweek.cli.printing import note, print_json, say
from ipweek.domain.certificates import BOTH, Certificate, Standing
from ipweek.domain.errors import UsageError
from ipweek.i18n import LANGUAGES, N_, _, language

_DONE_IN_PART = 3
_NOT_GENUINE = 1


def _speak(ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """One language is that of the answers too."""
    if value in LANGUAGES:
        ctx.ensure_object(State).flags["lang"] = value
        choose(value)
    return value


@command(N_("Issue certificates of attendance: for each REG who came, or for all who did."))
@click.argument("refs", nargs=-1, metavar="[REG]...")
@event_option
@option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=N_("one PDF for all"))
@option("--one-file-each", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
        help=N_("a PDF a person, into this folder"))  # fmt: skip
@option("--lang", "tongues", type=click.Choice([*LANGUAGES, BOTH]), default=BOTH, show_default=True,
        callback=_speak, help=N_("in which language"))  # fmt: skip
@option("--allow-missing", is_flag=True, help=N_("print although no font has some character"))
@as_json
def issue(
    refs: tuple[str, ...],
    *,
    event: str,
    out: Path | None,
    folder: Path | None,
    tongues: str,
    allow_missing: bool,
    as_json: bool,
) -> None:
    """Ends with 3 where somebody named gets none."""
    from ipweek.render import words  # noqa: PLC0415 - only where it is shown

    if out is None and folder is None:
        raise UsageError("certificate-file-needed")
    with open_app() as app:
        run = app.certificate_jobs.write(
            app.actor, event, refs, out=out, folder=folder, lang=tongues, allow_missing=allow_missing
        )
    if as_json:
        refused = [{"name": one.name, "reason": one.why} for one in run.refused]
        issued = [_shape(one) for one in run.certificates]
        print_json({"certificates": issued, "new": run.new, "refused": refused,
                    "files": [str(path) for path in run.files]})  # fmt: skip
    else:
        say(_("Certificates: {n}, of them new: {new}, files: {files}"), n=len(run.certificates), new=run.new,
            files=len(run.files))  # fmt: skip
    for one in run.refused:
        note(_("No certificate for {name}: {reason}"), name=one.name, reason=words.word(one.why))
    if run.refused:
        click.get_current_context().exit(_DONE_IN_PART)


issue.params = [known for known in issue.params if known.name != "lang"]


@command(N_("Tell what a certificate's number is worth, and whose it is."))
@click.argument("number")
@as_json
def verify(number: str, *, as_json: bool) -> None:
    """Ends with 1 unless the certificate is genuine and still holds."""
    from ipweek.render.certificate_lines import standing, whose  # noqa: PLC0415 - as above

    with open_app() as app:
        found = app.certificates.verify(number)
    if as_json:
        about = _shape(found.certificate) if found.certificate else None
        print_json({"number": found.number, "standing": found.standing, "certificate": about})
    else:
        say("{number}: {standing}", number=found.number, standing=standing(found.standing))
        if found.certificate:
            say("{line}", line=whose(found.certificate))
    if found.standing is not Standing.GENUINE:
        click.get_current_context().exit(_NOT_GENUINE)


def _shape(one: Certificate) -> dict[str, Any]:
    return {
        "number": one.number,
        "registration": str(one.registration),
        "name": one.name,
        "enterprise": one.enterprise.text(language()) or None,
        "event": one.event.text(language()),
        "week": one.week.text(language()),
        "day": one.day.isoformat() if one.day else None,
        "issued_at": one.issued_at,
    }


group = DefaultGroup(
    "certificate", help=N_("Certificates of attendance; without a command, they are issued.")
)
for made in (issue, verify):
    group.add_command(made)
