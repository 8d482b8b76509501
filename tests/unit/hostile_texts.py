"""Texts that somebody may type to break a report, or by accident, and a document made of nothing else."""

import io
from collections.abc import Collection, Iterator
from decimal import Decimal

from PIL import Image

from ipweek.domain.summary_figures import Counted as Of
from ipweek.domain.summary_figures import Figure as Counted
from ipweek.domain.summary_figures import Figures
from ipweek.domain.text import clean
from ipweek.render.summary_layout import (
    Chart,
    ChartKind,
    ChartRow,
    Column,
    Document,
    Figure,
    Picture,
    Section,
    Table,
)

TEXTS = {
    "rich": "[red]红[/red] [/] [link=http://evil.example]x[/link]",
    "script": "</td></table></title></style><script>alert(1)</script>",
    "image": "<img src=http://evil.example/i.png onerror=alert(1)>",
    "attribute": "\" onmouseover=\"alert(1)\" x='",
    "entities": "&lt;b&gt; &amp;amp; &#x3c; &nbsp",
    "cdata": "]]> --> <!-- <![CDATA[ <?php ?>",
    "style": "}</style> @import url(http://evil.example/c.css); \\9",
    "formula": '=HYPERLINK("http://evil.example/","open")',
    "pipe": "=cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd",
    "minus": "-2+3+cmd",
    "wide": "＝1+1",
    "phone": "+86 139 0000 0000",
    "tab": "\t=1+1\tnext",
    "lines": "one\r\n=2+2\rthree\n\n\n\nfour",
    "quotes": "\"a\",\"b\"\"c\";'d'",
    "escape": "\x1b[2J\x1b]0;owned\x07\x9b31mred\x1b[0m",
    "controls": "nul\x00bell\x07back\x08del\x7fnel\x85end",
    "bidi": "user\u202egnp.exe\u202c \u2066isolate\u2069 \u200fmark",
    "zero": "ze\u200bro\ufeffwi\u2060dth\u00adsoft",
    "surrogate": "half\ud83ca\udfffpair",
    "noncharacters": "non\ufffechar\uffff\U0001ffffend",
    "emoji": "👩🏽‍🔬🎉🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "han": "𠮷野家 㛃𬭎 𣿭",
    "arabic": "ئالىم (12 %) سلام",
    "marks": "e\u0301\u0323\u0330 Z͑ͫ̓a̴̢l̡g̷o",
    "pipes": "a|b`c``d\\|e\\",
    "markdown": "# *a* __b__ ~~c~~ [d](http://evil.example) ![e](f) $g$ 1. <http://evil.example>",
    "heading": "---",
    "dots": "1. - + > 2) ***",
    "template": "{{7*7}} ${x} {0} %s %(y)s {name}",
    "path": "..\\..\\con:*?<>|/'sheet'!A1",
    "word": "W" * 10_000,
}  # fmt: skip
"""By what they try."""

_COLUMN = Column("", right=True)


def marked(text: str, slot: str) -> str:
    """A text that says at its end where it stands, so that each can be found by itself.

    Titles of columns are the program's own words or a short question, so no page long.
    """
    most = 200 if slot.startswith(("column", "right")) else len(text)
    return f"{text[:most]}Q{slot}Q"


def document() -> Document:
    """Every text in every place of a document where somebody's text can stand."""
    texts = list(TEXTS.values())
    return Document(
        marked(TEXTS["formula"] + TEXTS["script"], "title"),
        marked(TEXTS["style"], "warning"),
        tuple((marked(text, f"label{n}"), marked(text, f"fact{n}")) for n, text in enumerate(texts)),
        tuple(section for n, text in enumerate(texts) for section in _sections(n, text)),
        alarms=tuple(marked(text, f"alarm{n}") for n, text in enumerate(texts)),
        assurances=tuple(marked(text, f"assurance{n}") for n, text in enumerate(texts)),
        signed_by=marked(TEXTS["image"], "by"),
        signed_on=marked(TEXTS["rich"], "on"),
    )


def _sections(n: int, text: str) -> Iterator[Section]:
    yield Section(marked(text, f"part{n}"), texts=(marked(text, f"text{n}"),))
    table = Table(
        (Column(marked(text, f"column{n}")), Column(marked(text, f"right{n}"), right=True), _COLUMN, Column(bar=True)),
        ((marked(text, f"cell{n}"), marked(text, f"other{n}"), Figure(marked(text, f"figure{n}")), Decimal("0.5")),),
        marked(text, f"caption{n}"),
    )  # fmt: skip
    chart = Chart(
        marked(text, f"chart{n}"), list(ChartKind)[n % 3], (text,), (ChartRow(text, (Decimal("0.5"),), (text,)),)
    )  # fmt: skip
    picture = Picture(marked(text, f"picture{n}"), photograph(), 4, 3)
    note = marked(text, f"note{n}")
    yield Section(marked(text, f"section{n}"), (table,), (note,), (), (chart,), (picture,), depth=2)


def photograph(kind: str = "JPEG") -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (4, 3), "navy").save(file, kind)
    return file.getvalue()


PLACES = (
    "label", "fact", "alarm", "assurance", "part", "text", "column", "right", "cell", "other", "figure", "caption",
    "picture", "note", "section",
)  # fmt: skip
"""Where every format shows a text; a chart's title stands there only where it is drawn."""


def figures() -> Figures:
    """Figures whose keys are the texts: they are made of the codes of records."""
    keys = [marked(text, f"key{n}") for n, text in enumerate(TEXTS.values())]
    return {key: Counted(key, "sessions.attended", Of.PEOPLE, n) for n, key in enumerate(keys)}


def shown(*places: str, without: Collection[str] = ()) -> list[str]:
    """What a reader must find in these places, without white space; some texts may be left out."""
    return [
        squeezed(marked(text, f"{place}{n}"))
        for place in places
        for n, (name, text) in enumerate(TEXTS.items())
        if name not in without
    ]


def squeezed(text: str) -> str:
    """The cleaned text without white space, as it may be broken into lines anywhere."""
    return "".join(clean(text).split())
