"""A summary as one HTML file that asks nothing of the network and runs no script.

Built as a tree, so that whatever a person typed is text by construction; the look stands in summary_html.css.
"""

import base64
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from rich.cells import cell_len

from ipweek.i18n import _, language
from ipweek.render import words
from ipweek.render.chart_svg import svg
from ipweek.render.section_numbers import numbers
from ipweek.render.summary_layout import Cell, Chart, Document, Picture, Section, Table
from ipweek.render.summary_texts import cleaned

_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_HEAD = (
    {"charset": "utf-8"},
    {"http-equiv": "Content-Security-Policy", "content": _POLICY},
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "color-scheme", "content": "light dark"},
    {"name": "format-detection", "content": "telephone=no"},  # phones would make links of figures
)
_WIDE_CHART, _NARROW_CHART = 720, 320
_MANY_COLUMNS = 4
_LONG = 24
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_WITHIN_LINES = frozenset(("a", "span", "td", "th"))


class _Part(NamedTuple):
    """A section with its number, which ends with what stands between it and the title, and a name for links to it."""

    number: str
    anchor: str
    section: Section
    depth: int


def html(document: Document) -> str:
    """The document as a file's text, in the language in force, ended by a line feed."""
    document = cleaned(document)
    parts = _parts(document)
    page = Element("html", lang=_LANGUAGES[language()])
    _head(_add(page, "head"), document)
    body = _add(page, "body")
    _opening(_add(body, "header"), document)
    if len(parts) > 1:
        _contents(body, parts)
    _sections(_add(body, "main"), parts)
    if document.signed_by or document.signed_on:
        footer = _add(body, "footer")
        for text in filter(None, (document.signed_by, document.signed_on)):
            _add(footer, "p", text)
    return f"<!DOCTYPE html>\n{tostring(page, 'unicode', method='html')}\n"


def _parts(document: Document) -> list[_Part]:
    told = zip(numbers(document.sections), document.sections, strict=True)
    return [
        _Part(number, f"part-{place}", section, min(section.depth, 2) if place > 1 else 1)
        for place, (number, section) in enumerate(told, 1)
    ]


def _head(head: Element, document: Document) -> None:
    for attributes in _HEAD:
        SubElement(head, "meta", attributes)
    _add(head, "title").text = document.title  # no element can stand in it
    style = files("ipweek.render").joinpath("summary_html.css").read_text("utf-8")
    if document.warning:  # on every printed page
        escapes = "".join(f"\\{ord(char):x} " for char in document.warning)
        style += f'@page {{ @top-center {{ content: "{escapes}"; font: 9pt sans-serif }} }}\n'
    _add(head, "style").text = style


def _opening(header: Element, document: Document) -> None:
    _add(header, "h1", document.title)
    if document.warning:
        _add(header, "p", document.warning, class_="warning")
    for texts, role in ((document.alarms, "alert"), (document.assurances, "note")):
        if texts:
            _list(_add(header, "aside", role=role), texts)
    if document.facts:
        facts = _add(header, "dl")
        for label, value in document.facts:
            _add(facts, "dt", label)
            _value(_add(facts, "dd"), value)


def _contents(body: Element, parts: Sequence[_Part]) -> None:
    nav = _add(body, "nav", aria_labelledby="contents")
    _add(nav, "h2", _("Contents"), id="contents")
    items = _add(nav, "ol")
    within = items
    for part in parts:
        if part.depth == 1:
            item = within = _add(items, "li")
        else:
            if within.tag == "li":
                within = _add(within, "ol")
            item = _add(within, "li")
        _title(_add(item, "a", href=f"#{part.anchor}"), part)


def _sections(main: Element, parts: Sequence[_Part]) -> None:
    outer = main
    for part in parts:
        element = _add(main if part.depth == 1 else outer, "section", aria_labelledby=part.anchor)
        if part.depth == 1:
            outer = element
        if part.section.appendix:
            element.set("class", "appendix")
        _title(_add(element, f"h{part.depth + 1}", id=part.anchor), part)
        _inside(element, part)


def _inside(element: Element, part: _Part) -> None:
    section = part.section
    for text in section.texts:
        for paragraph in text.split("\n\n"):
            _add(element, "p", paragraph)
    for table in section.tables:
        _table(element, table, section.title)
    for place, chart in enumerate(section.charts):
        _chart(element, chart, f"{part.anchor}-{place}")
    if section.pictures:
        album = _add(element, "div", class_="album")
        for picture in section.pictures:
            _picture(album, picture)
    if section.notes:
        _list(element, section.notes)


def _table(element: Element, table: Table, title: str) -> None:
    box = _add(element, "div", class_="scroll")
    if len(table.columns) >= _MANY_COLUMNS:  # it may be wider than its box, which the arrow keys then move
        box.attrib |= {"tabindex": "0", "role": "region", "aria-label": table.caption or title}
    grid = _add(box, "table")
    if table.caption:
        _add(grid, "caption", table.caption)
    looks = [_look(table, place) for place in range(len(table.columns))]
    if any(column.title for column in table.columns):
        row = _add(_add(grid, "thead"), "tr")
        for column, look in zip(table.columns, looks, strict=True):
            _add(row, "th", column.title, scope="col", **look) if column.title else _add(row, "td")
    rows = _add(grid, "tbody")
    for cells in table.rows:
        row = _add(rows, "tr")
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if column.bar:
                _bar(_add(row, "td", **looks[place]), cell)
            elif place == 0 and cell:
                _add(row, "th", str(cell), scope="row", **looks[place])
            else:
                _value(_add(row, "td", **looks[place]), None if cell is None else str(cell))


def _look(table: Table, place: int) -> dict[str, str]:
    """The classes of a column's cells: only long texts are broken into lines."""
    column = table.columns[place]
    if column.bar:
        return {"class_": "share"}
    longest = max((cell_len(str(row[place])) for row in table.rows), default=0)
    names = [name for name, so in (("figure", column.right), ("long", longest > _LONG)) if so]
    return {"class_": " ".join(names)} if names else {}


def _bar(element: Element, cell: Cell) -> None:
    """A share as a bar; the figure stands beside it as text."""
    if isinstance(cell, Decimal):
        share = max(Decimal(0), min(cell, Decimal(1))) * 100
        _add(_add(element, "span", class_="bar", aria_hidden="true"), "span", style=f"width: {share:.1f}%")


def _chart(element: Element, chart: Chart, name: str) -> None:
    """The chart twice, for wide and for narrow screens, of which one shows."""
    figure = _add(element, "figure", class_="chart")
    for width, place in ((_WIDE_CHART, "wide"), (_NARROW_CHART, "narrow")):
        drawn = fromstring(svg(chart, width))  # noqa: S314 - our own
        names = []
        for part in drawn.iter():
            part.tag = part.tag.rpartition("}")[2]  # HTML has no prefixes
            if "id" in part.attrib:
                names.append(f"{name}-{place}-{part.tag}")
                part.set("id", names[-1])
        drawn.set("aria-labelledby", " ".join(names))
        _add(figure, "div", class_=place).append(drawn)
    _add(figure, "figcaption", chart.title)


def _picture(element: Element, picture: Picture) -> None:
    figure = _add(element, "figure")
    kind = "png" if picture.content.startswith(b"\x89PNG") else "jpeg"
    data = base64.b64encode(picture.content).decode("ascii")
    _add(
        figure,
        "img",
        src=f"data:image/{kind};base64,{data}",
        alt=picture.caption or _("Photograph"),
        width=str(picture.width),
        height=str(picture.height),
    )
    if picture.caption:
        _add(figure, "figcaption", picture.caption)


def _list(element: Element, texts: tuple[str, ...]) -> None:
    items = _add(element, "ul")
    for text in texts:
        _add(items, "li", text)


def _title(element: Element, part: _Part) -> None:
    _add(element, "span", part.number, class_="number")
    _say(element, part.section.title)


def _value(element: Element, text: str | None) -> None:
    if text is None:
        _add(element, "span", words.not_stated(), class_="none")
    else:
        _say(element, text)


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new last child; `class_` is class, `aria_label` aria-label."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    child = SubElement(parent, tag, named)
    _say(child, text)
    if tag not in _WITHIN_LINES:
        child.tail = "\n"
    return child


def _say(element: Element, text: str) -> None:
    """Add a text, whose lines stay lines; one from right to left does not turn what stands around it."""
    for number, line in enumerate(text.split("\n")):
        if number:
            SubElement(element, "br")
        if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in line):
            SubElement(element, "bdi").text = line
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + line
        else:
            element.text = (element.text or "") + line
