"""Pieces of WordprocessingML: elements, runs of text, paragraphs, fields; what a person typed is only ever text."""

from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from ipweek.domain.text import clean
from ipweek.i18n import language

Element = BaseOxmlElement


def el(tag: str, *children: Element | None, **attributes: str | float) -> Element:
    """An element of the main namespace with its attributes, and those of its children that there are."""
    made = cast("Element", OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def flag(tag: str, *, on: bool = True) -> Element | None:
    """A switch, if it is on."""
    return el(tag) if on else None


def run(words: str, size: float | None = None) -> Element:
    """A person's text, perhaps in a size of its own; a percent sign stays with its number."""
    return typed(clean(words).replace(" %", "\N{NO-BREAK SPACE}%"), size)


def typed(words: str, size: float | None = None) -> Element:
    """Our own text, blanks at its ends and all; quotation marks of a Chinese report come from its Chinese font."""
    told = el("t")
    told.text = words
    told.set(qn("xml:space"), "preserve")
    han = el("rFonts", hint="eastAsia") if language() == "zh" else None
    double = [el(tag, val=round(size * 2)) for tag in ("sz", "szCs")] if size else []
    return el("r", el("rPr", han, *double), told)


def tab() -> Element:
    """A tabulator."""
    return el("r", el("tab"))


def line_break() -> Element:
    """A new line of the same paragraph."""
    return el("r", el("br"))


def field(instruction: str, shown: str) -> tuple[Element, ...]:
    """A field that Word keeps up to date, with what it shows until then."""
    code = el("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    begin, apart, end = (el("r", el("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    return begin, el("r", code), apart, typed(shown), end


def paragraph(style: str, *content: Element, keep: bool = False, props: tuple[Element, ...] = ()) -> Element:
    """A paragraph in a style; with `keep` it stays on the page of the next one."""
    return el("p", el("pPr", el("pStyle", val=style), flag("keepNext", on=keep), *props), *content)


def text(style: str, words: str, *, keep: bool = False) -> Element:
    """A paragraph of one text."""
    return paragraph(style, run(words), keep=keep)


def stay(block: Element) -> None:
    """Let a paragraph stay on the page of the next one."""
    props = block.find(qn("w:pPr"))
    if props is not None and props.find(qn("w:keepNext")) is None:
        props.insert(1, el("keepNext"))
