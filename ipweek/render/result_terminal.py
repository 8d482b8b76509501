"""A navigation result in a terminal, by Rich; whatever was typed is never markup."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ipweek.domain.documents import DocumentCheck, DocumentState
from ipweek.domain.navigation import ResultPage, Severity
from ipweek.domain.reach import Reach
from ipweek.i18n import N_, _, language
from ipweek.render import lists, words
from ipweek.render import summary_figures as figures
from ipweek.render.lines import Line, visible
from ipweek.render.result_charts import named
from ipweek.render.result_lines import note_lines, result_lines

_STYLES = {"plain": "", "dim": "dim", "strong": "bold", "accent": "cyan", "good": "green", "warn": "yellow",
           "bad": "bold red"}  # fmt: skip
_STATES = {
    DocumentState.UNCHANGED: N_("unchanged"),
    DocumentState.CHANGED: N_("changed"),
    DocumentState.MISSING: N_("missing"),
    DocumentState.NO_DIGEST: N_("no digest kept"),
    DocumentState.NO_FILE: N_("no file on this machine"),
}


def terminal(page: ResultPage, reach: Reach, width: int) -> RenderableType:
    """The whole result in `width` cells."""
    record = page.result
    state = [
        _("version {n}").format(n=record.values["version"]),
        words.word(record.values["status"]),
        figures.day(record.values["released_on"]) or "",
    ]
    title = Text.assemble(
        (visible(record.name(language())), "bold"), f"  {record.code}", (f"  {' · '.join(filter(None, state))}", "dim"),
        overflow="fold",
    )  # fmt: skip
    return Group(title, *texts(result_lines(page, reach, width)))


def notes(page: ResultPage, width: int) -> RenderableType:
    """What the rules say of a result, and whether they would let it be released."""
    lines = [line for note in page.notes for line in note_lines(note, page, width)]
    count = sum(note.severity is Severity.BROKEN for note in page.notes)
    if count:
        told, style = _("Broken rules: {n}").format(n=count), "bold red"
    else:
        told, style = _("No rule is broken."), "green"
    return Group(*texts(lines), Text(told, style))


def checks(found: Iterable[DocumentCheck]) -> Table:
    """Documents and what became of their files."""
    tones = {DocumentState.CHANGED: "bold red", DocumentState.MISSING: "yellow"}
    return lists.grid(
        [_("Document"), _("Title"), _("File or address"), _("State")],
        [
            (
                one.code,
                named(one.title_zh, one.title_en),
                one.location or words.not_stated(),
                Text(state(one.state), tones.get(one.state, "")),
            )
            for one in found
        ],
    )


def state(value: DocumentState) -> str:
    """The word for what a look at a file says."""
    return _(_STATES[value])


def texts(lines: Iterable[Line]) -> Iterable[Text]:
    """Lines as Rich draws them, one below the other."""
    for line in lines:
        yield Text.assemble(
            *((visible(text), _STYLES[role]) for text, role in line.spans), no_wrap=True, overflow="crop"
        )
