"""The report as one HTML file: its structure, its words, its colours."""

import base64
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from ipweek.i18n import speaking
from ipweek.render.summary_html import html
from ipweek.render.summary_layout import Column, Document, Section, Table
from tests.unit.hostile_texts import photograph
from tests.unit.report_samples import ROWS, everything

VOID = ("meta", "br", "img")


class Page(HTMLParser):
    """The elements of a page as (tag, attributes, path, text), in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[dict] = []
        self._open: list[dict] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep it with what it stands in."""
        element = {"tag": tag, **dict(attrs), "path": [one["tag"] for one in self._open], "text": ""}
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        """Every element ends in its place."""
        assert self._open.pop()["tag"] == tag

    def handle_data(self, data):
        """The text of all that it stands in."""
        for element in self._open:
            element["text"] += data

    def all(self, *tags: str) -> list[dict]:
        """The elements of these tags."""
        return [element for element in self.elements if element["tag"] in tags]

    def texts(self, *tags: str) -> list[str]:
        """What stands in them."""
        return [" ".join(element["text"].split()) for element in self.all(*tags)]


@pytest.fixture(scope="module")
def page() -> Page:
    """The report that has everything, in English."""
    with speaking("en"):
        return Page(html(everything()))


def test_nothing_is_fetched_and_nothing_runs(page):
    """The policy stands before all that it binds; no script, style sheet, frame or form; links stay in the page."""
    policy = next(element for element in page.elements if "http-equiv" in element)
    assert policy["http-equiv"] == "Content-Security-Policy"
    assert {"default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"} <= set(
        policy["content"].split("; ")
    )
    assert [element["tag"] for element in page.elements][:4] == ["html", "head", "meta", "meta"]
    assert not page.all("script", "link", "iframe", "object", "embed", "base", "form", "video", "audio")
    assert {element["href"][0] for element in page.all("a")} == {"#"}
    assert all(element["src"].startswith("data:image/") for element in page.all("img"))


def test_contents_lead_to_every_heading(page):
    """Each heading has its number and an entry in the contents, in the same order and depth."""
    names = [element.get("id") for element in page.all("h2", "h3")][1:]
    assert [element["href"][1:] for element in page.all("a")] == names
    assert page.texts("a") == page.texts("h2", "h3")[1:]
    assert page.texts("h2", "h3") == [
        "Contents",
        "1 Background",
        "2 Activities",
        "2.1 Attendance",
        "2.2 Enterprises",
        "3 Effect",
        "Appendix 1: Missed it",
        "Appendix 2: Came",
    ]
    depths = [element["path"].count("ol") for element in page.all("a")]
    assert depths == [1, 1, 2, 2, 1, 1, 1]
    assert len(page.all("h1")) == 1
    ids = [element["id"] for element in page.elements if "id" in element]
    assert len(ids) == len(set(ids))
    named = [name for element in page.elements for name in element.get("aria-labelledby", "").split()]
    assert set(named) <= set(ids)


def test_numbers_and_words_are_chinese_in_chinese():
    """一、 and （一）, 附件1, and what nobody stated, in a page that says which language it speaks."""
    with speaking("zh"):
        page = Page(html(everything()))
    assert page.all("html")[0]["lang"] == "zh-CN"
    assert page.texts("h2", "h3")[:5] == [
        "目录",
        "一、Background",
        "二、Activities",
        "（一）Attendance",
        "（二）Enterprises",
    ]
    assert page.texts("h2")[-2:] == ["附件1：Missed it", "附件2：Came"]
    assert "未公布" in page.texts("dd")
    assert [element["alt"] for element in page.all("img")] == ["Opening", "照片"]


def test_tables_say_what_their_cells_are(page):
    """Titles head columns and first cells rows; a table without titles has no head; a wide one can be moved by keys."""
    assert [element["scope"] for element in page.all("th") if "thead" in element["path"]] == ["col"] * 18
    rows = [element for element in page.all("th") if "tbody" in element["path"]]
    assert {element["scope"] for element in rows} == {"row"}
    assert len(rows) == 4 + 4 + 2 * ROWS
    assert len(page.all("table")) == 4
    assert len(page.all("thead")) == 3
    boxes = [element for element in page.all("div") if element.get("role") == "region"]
    assert [(box["aria-label"], box["tabindex"]) for box in boxes] == [
        ("Activities", "0"), ("Missed it", "0"), ("Came", "0"),
    ]  # fmt: skip


def test_a_caption_names_its_table():
    """It stands in the table and names the box around it; a row whose title is repeated has no empty head."""
    columns = tuple(Column(title) for title in "abcd")
    page = Page(
        html(Document("t", "", (), (Section("s", (Table(columns, (("", "1", "2", "3"),), "named"),)),)))
    )
    assert page.texts("caption") == ["named"]
    assert next(element for element in page.all("div") if "role" in element)["aria-label"] == "named"
    assert not [element for element in page.all("th") if "tbody" in element["path"]]


def test_shares_are_bars_and_what_is_not_stated_says_so(page):
    """A bar is as long as its share and never longer than the whole; it is hidden from those who hear the page."""
    bars = [element for element in page.all("span") if "style" in element]
    assert [bar["style"] for bar in bars] == ["width: 72.7%", "width: 100.0%"]
    assert [element["aria-hidden"] for element in page.all("span") if element.get("class") == "bar"] == [
        "true"
    ] * 2
    missing = [element for element in page.all("span") if element.get("class") == "none"]
    assert {element["text"] for element in missing} == {"not stated"}
    assert len(missing) == 1 + 1 + 2 * ROWS


def test_charts_and_photographs_have_captions(page):
    """Each chart is there for wide and for narrow screens and says what it shows; each photograph is in the file."""
    assert page.texts("figcaption") == [f"By district, {kind}" for kind in ("columns", "bars", "shares")] + [
        "Opening"
    ]
    drawn = page.all("svg")
    assert [element["width"] for element in drawn] == ["720", "320"] * 3
    assert all(element["role"] == "img" and element["aria-labelledby"] for element in drawn)
    jpeg, png = page.all("img")
    assert base64.b64decode(jpeg["src"].removeprefix("data:image/jpeg;base64,")) == photograph()
    assert base64.b64decode(png["src"].removeprefix("data:image/png;base64,")) == photograph("PNG")
    assert [image["alt"] for image in (jpeg, png)] == ["Opening", "Photograph"]


def test_alarms_come_first(page):
    """Figures that do not reconcile are an alert above the facts; good news is none; the signature comes last."""
    asides = page.all("aside")
    assert [element["role"] for element in asides] == ["alert", "note"]
    assert "127" in asides[0]["text"]
    tags = [element["tag"] for element in page.elements]
    assert tags.index("aside") < tags.index("dl") < tags.index("nav")
    assert page.texts("footer") == ["惠州市市场监督管理局 2019年5月6日"]
    assert page.elements.index(page.all("footer")[0]) > page.elements.index(page.all("section")[-1])


def test_paragraphs_and_directions(page):
    """Blank lines part paragraphs, line feeds stay; a text from right to left keeps to itself."""
    paragraphs = [element for element in page.all("p") if "section" in element["path"]]
    assert len(paragraphs) == 3
    assert len([element for element in page.all("br") if "p" in element["path"]]) == 1
    assert page.texts("bdi") == ["سلام (12 %)"]


def test_an_empty_document_is_a_page():
    """Without facts, sections, alarms and signature nothing empty is left."""
    page = Page(html(Document("Title", "", ())))
    assert page.texts("title", "h1") == ["Title", "Title"]
    assert not page.all("dl", "aside", "footer", "nav", "table")


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_can_be_read():
    """Texts stand out 4.5 to 1 and bars 3 to 1 (WCAG 2.2 AA), on a light page and on a dark one."""
    style = files("ipweek.render").joinpath("summary_html.css").read_text("utf-8")
    palettes = [
        dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    assert [len(palette) for palette in palettes] == [14, 14]
    for palette in palettes:
        texts = [("text", "page"), ("dim", "page"), ("accent", "page"), ("accent", "head"), ("text", "head")]
        texts += [(f"{mood}-text", f"{mood}-page") for mood in ("warn", "bad", "good")]
        for text, page in texts:
            assert _contrast(palette[text], palette[page]) >= 4.5, (text, page)
        assert _contrast(palette["bar"], palette["page"]) >= 3
        assert _contrast(palette["bar"], palette["bar-box"]) >= 3
