"""A report as PDF, laid out like an official document."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ipweek.render.document_pdf import numbered, opening
from ipweek.render.flow_blocks import Block, Heading
from ipweek.render.flow_pdf import Drawn, write
from ipweek.render.summary_layout import Document


def pdf(document: Document, out: BinaryIO, folder: Path | None = None) -> Drawn:
    """The report in the language in force; `folder` holds fonts that go before the packaged ones."""
    return write(
        _blocks(document),
        out,
        title=document.title,
        foot=document.title,
        folder=folder,
        author=document.signed_by or "",
    )


def _blocks(document: Document) -> Iterator[Block]:
    yield Heading(document.title, 1, centred=True)
    yield from opening(document)
    yield from numbered(document)
