"""A list of names on A4 pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ipweek.domain.name_lists import NameList
from ipweek.i18n import _, language
from ipweek.render.flow_blocks import Block, Grid, Heading, Paragraph
from ipweek.render.flow_pdf import Drawn, write
from ipweek.render.name_rows import header, rows


def pdf(found: NameList, out: BinaryIO, folder: Path | None = None) -> Drawn:
    """The list as PDF in the language in force; `folder` holds fonts that go before the packaged ones."""
    title = _("Name list: {event}").format(event=found.event.name(language()))
    return write(_blocks(found, title), out, title=title, foot=title, folder=folder)


def _blocks(found: NameList, title: str) -> Iterator[Block]:
    yield Heading(title, 1)
    yield Paragraph(
        _("{week} · {count} people").format(week=found.week.name(language()), count=len(found.people)),
        soft=True,
    )
    if any(one.synthetic for one in found.people):
        yield Paragraph(_("Synthetic people among them: this is no list of real ones."), bold=True)
    if found.people:
        yield Grid(tuple(rows(found)), header(), frozenset((0,)))
