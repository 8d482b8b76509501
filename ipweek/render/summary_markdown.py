"""A summary as Markdown with tables; what a person typed can be neither markup nor HTML there."""

import re
from decimal import Decimal

from ipweek.domain.reports import Summary
from ipweek.render import summary_document, words
from ipweek.render.summary_layout import Cell, Document, Section, Table
from ipweek.render.summary_texts import cleaned

_MARKS = re.compile(r"([\\`*_\[\]|~$^])")
_OPENING = re.compile(r"^(\d*)([#+=.)-])(?=\W|$)")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def markdown(summary: Summary) -> str:
    """The summary as Markdown, in the language in force, ended by a line feed."""
    return laid_out(summary_document.document(summary))


def laid_out(document: Document) -> str:
    """A document as Markdown, ended by a line feed."""
    document = cleaned(document)
    lines = [f"# {escaped(document.title)}", ""]
    if document.warning:
        lines += [f"> **{escaped(document.warning)}**", ""]
    lines += [f"- **{escaped(label)}**: {_cell(value)}" for label, value in document.facts]
    lines += [line for alarm in document.alarms for line in ("", f"> **{escaped(alarm)}**")]
    lines += [line for assurance in document.assurances for line in ("", escaped(assurance))]
    for section in document.sections:
        lines += ["", *_section(section)]
    lines += ["", *(f"{escaped(line)}  " for line in (document.signed_by, document.signed_on) if line)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """The text so that Markdown and HTML show it as it is, at the start of a line, too."""
    inline = _MARKS.sub(r"\\\1", text.translate(_HTML))
    return _OPENING.sub(r"\1\\\2", inline)


def _section(section: Section) -> list[str]:
    lines = [f"{'#' * (section.depth + 1)} {escaped(section.title)}"]
    for text in section.texts:
        lines += ["", *(f"{escaped(line)}  " for line in text.splitlines())]
    for table in section.tables:
        lines += ["", f"**{escaped(table.caption)}**"] if table.caption else []
        lines += ["", *_table(table)]
    if section.pictures:
        lines += ["", *(f"- {escaped(picture.caption)}" for picture in section.pictures)]
    if section.notes:
        lines += ["", *(f"- {escaped(note)}" for note in section.notes)]
    return lines


def _table(table: Table) -> list[str]:
    shown = [place for place, column in enumerate(table.columns) if not column.bar]
    titles = [escaped(table.columns[place].title) for place in shown]
    rules = ["---:" if table.columns[place].right else "---" for place in shown]
    rows = [[_cell(row[place]) for place in shown] for row in table.rows]
    return [f"| {' | '.join(cells)} |" for cells in (titles, rules, *rows)]


def _cell(value: Cell | Decimal) -> str:
    return f"*{escaped(words.not_stated())}*" if value is None else escaped(str(value))
