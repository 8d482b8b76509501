"""`report-text` and `photograph`: what the organizer writes for the report of an event or week, and its pictures."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import Group, as_json, command, confirm, open_app, option, yes
from ipweek.cli.printing import print_json, say, show, under
from ipweek.cli.records import GROUPS
from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.records import parse
from ipweek.domain.report_notes import NOTE_FIELDS, NotePart
from ipweek.domain.text import clean, tongue
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.domain.report_notes import ReportNotes

_event = option("--event", metavar="E", help=N_("the event's code"))
_week = option("--week", metavar="W", help=N_("the week's code"))
_BEGINNING = 44
_PARTS = {part.value.replace("_", "-"): part for part in NotePart}


def _part(*, required: bool = True) -> Callable[..., Any]:
    return click.argument("part", type=click.Choice(list(_PARTS)), required=required)


def _place(event: str | None, week: str | None) -> tuple[str, str]:
    """Kind and code of what the report is of. Raises UsageError `event-or-week`."""
    if bool(event) == bool(week):
        raise UsageError("event-or-week")
    return ("event", event) if event else ("week", week or "")


@command(N_("List the parts of the report that the organizer writes, and which are written."), name="list")
@_event
@_week
@as_json
def list_all(event: str | None, week: str | None, *, as_json: bool) -> None:
    """With how much media coverage and how many photographs there are."""
    from ipweek.render import lists, report_notes, words  # noqa: PLC0415 - Rich only where it is shown
    from ipweek.render.lines import crop  # noqa: PLC0415 - as above

    with open_app() as app:
        notes = app.report_notes.show(*_place(event, week))
    if as_json:
        print_json([report_notes.part_json(notes, part) for part in NotePart])
        return
    lines = [(part, report_notes.part_line(notes, part)) for part in NotePart]
    rows = [(words.word(part), line.written or "–", crop(line.begins, _BEGINNING)) for part, line in lines]
    rows += [
        (_("Media coverage"), str(len(notes.coverage)), ""),
        (_("Photographs"), str(len(notes.photographs)), ""),
    ]
    show(lists.grid([_("Part"), _("Written"), _("Begins with")], rows))


@command(N_("Show a part whole, or all of them."), name="show")
@_part(required=False)
@_event
@_week
@as_json
def show_one(part: str | None, event: str | None, week: str | None, *, as_json: bool) -> None:
    """In both languages."""
    from ipweek.render import report_notes  # noqa: PLC0415 - only where it is shown

    with open_app() as app:
        notes = app.report_notes.show(*_place(event, week))
    wanted = [_PARTS[part]] if part else list(NotePart)
    if as_json:
        told = [report_notes.part_json(notes, one) for one in wanted]
        print_json(told[0] if part else told)
        return
    for one in wanted:
        _show_part(notes, one)


def _show_part(notes: "ReportNotes", part: NotePart) -> None:
    from rich.text import Text  # noqa: PLC0415 - Rich only where it is shown

    from ipweek.render.words import not_stated  # noqa: PLC0415 - as above

    for field in NOTE_FIELDS[part]:
        value = notes.values(part)[field.name]
        text = not_stated() if value is None else clean(str(value), lines=True)
        under(_(field.label), Text(text))


@command(
    N_("Write a part: the texts that are given and no other; an empty one takes a text back."), name="set"
)
@_part()
@_event
@_week
@option("--zh", metavar="TEXT", help=N_("the text in Chinese"))
@option("--en", metavar="TEXT", help=N_("the text in English"))
@option(
    "--file",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help=N_("a text file (.txt, .md); its language is seen by its characters; may be given twice"),
)
@option("--number", metavar="N", help=N_("how many people were invited"))
def set_one(
    part: str,
    event: str | None,
    week: str | None,
    zh: str | None,
    en: str | None,
    files: tuple[Path, ...],
    number: str | None,
) -> None:
    """Line breaks part paragraphs."""
    from ipweek.render import report_notes  # noqa: PLC0415 - only where it is shown

    kind, code = _place(event, week)
    wanted = _PARTS[part]
    values = _values(wanted, _texts(zh, en, files), number)
    with open_app() as app:
        notes = app.report_notes.write(app.actor, kind, code, values)
    say("{told}", told=report_notes.written(notes, wanted))


def _texts(zh: str | None, en: str | None, files: tuple[Path, ...]) -> dict[str, str]:
    """What was given by language. Raises UsageError `text-twice`, and as `text_files.read` does."""
    from ipweek.adapters import text_files  # noqa: PLC0415 - `--help` does without

    found = {name: text for name, text in (("zh", zh), ("en", en)) if text is not None}
    for file in files:
        text = text_files.read(file.expanduser())
        if tongue(text) in found:
            raise UsageError("text-twice")
        found[tongue(text)] = text
    return found


def _values(part: NotePart, texts: Mapping[str, str], number: str | None) -> dict[str, Any]:
    """The fields that are written. Raises UsageError `text-needed`, `number-and-text`, and as `records.parse` does."""
    is_number = part is NotePart.INVITED
    if (texts and is_number) or (number is not None and not is_number):
        raise UsageError("number-and-text")
    given = {"invited": number} if number is not None else {f"{part}_{name}": texts[name] for name in texts}
    if not given:
        raise UsageError("text-needed")
    try:
        return {
            field.name: parse(field, given[field.name]) for field in NOTE_FIELDS[part] if field.name in given
        }
    except InvalidError as error:
        raise UsageError(error.code, **error.params) from error


@command(N_("Take a part back, in both languages."), name="remove")
@_part()
@_event
@_week
@yes
def remove_one(part: str, event: str | None, week: str | None, *, yes: bool) -> None:
    """Asks first."""
    from ipweek.render.words import word  # noqa: PLC0415 - only where it is shown

    kind, code = _place(event, week)
    name = word(_PARTS[part])
    with open_app() as app:
        app.report_notes.show(kind, code)
        confirm(N_("Remove {code} {name}?"), yes=yes, code=code, name=name)
        app.report_notes.write(app.actor, kind, code, dict.fromkeys(_names(_PARTS[part])))
    say(_("Deleted: {code}"), code=name)


def _names(part: NotePart) -> tuple[str, ...]:
    return tuple(field.name for field in NOTE_FIELDS[part])


@command(N_("Write the picture of a photograph into a file, a JPEG."), name="save")
@click.argument("code")
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_("the file to write; else the photograph's code, ending in .jpg"),
)
def save_one(code: str, out: Path | None) -> None:
    """It is there whole or not at all."""
    from ipweek.jobs.report_notes import save_photograph  # noqa: PLC0415 - `--help` does without

    with open_app() as app:
        record = app.records.show("photograph", code)
        path = save_photograph(app.report_notes, record.code, out or Path(f"{record.code}.jpg"))
    say(_("Written: {path}"), path=path)


group = Group("report-text", help=N_("What the organizer writes for the report of an event or week."))
for made in (list_all, show_one, set_one, remove_one):
    group.add_command(made)

photographs = GROUPS["photograph"]
photographs.add_command(save_one)
