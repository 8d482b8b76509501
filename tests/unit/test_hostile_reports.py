"""Texts typed to break a report, in every format: each reader finds them as they were typed, and nothing acts."""

import io
import zipfile
from collections import Counter
from types import SimpleNamespace

import pytest

from ipweek.i18n import speaking
from ipweek.jobs import reports
from tests.unit import hostile_texts, report_readers
from tests.unit.hostile_texts import PLACES

_UNBROKEN = [place for place in PLACES if place != "right"]  # a title above narrow figures is broken
_NO_CAPTION = [place for place in PLACES if place != "caption"]  # a sheet has its section's title
_NO_CELLS = [
    "alarm",
    "assurance",
    "part",
    "text",
    "section",
    "caption",
    "chart",
    "picture",
    "note",
]  # cells are broken

FORMATS = {
    "terminal": (report_readers.terminal, _UNBROKEN),
    "md": (report_readers.markdown, PLACES),
    "html": (report_readers.html, [*PLACES, "chart"]),
    "pdf": (report_readers.pdf, _NO_CELLS),
    "docx": (report_readers.document, [*PLACES, "chart"]),
    "xlsx": (report_readers.workbook, _NO_CAPTION),
    "csv": (report_readers.comma_separated, ["key"]),
}
"""Who reads each format that texts are laid out in, and the places that it shows in one piece."""
_ONLY_JSON = {"json"}  # its strings are Python's own to write


def _written(form: str) -> bytes:
    report = SimpleNamespace(
        order=reports.ReportOrder(reports.EVENT, "release-2019"),
        document=hostile_texts.document,
        told_figures=hostile_texts.figures(),
        hidden=frozenset(),
    )
    reports.WRITERS[form](report, out := io.BytesIO(), None)
    return out.getvalue()


@pytest.mark.parametrize("form", [form for form in reports.WRITERS if form not in _ONLY_JSON])
def test_hostile_texts_are_shown_and_do_nothing(form, monkeypatch):
    """Every text in every place: a reader finds all of them, cleaned, and refuses nothing."""
    monkeypatch.setattr(reports, "_PAPER", 60_000)  # so wide that what stands side by side is read in turn
    read, places = FORMATS[form]
    with speaking("zh"):
        found = read(_written(form))
    wanted = hostile_texts.shown(*places)
    if form == "pdf":
        wanted = [
            report_readers.plain(text) for text in hostile_texts.shown(*places, without=("word", "marks"))
        ]
        every = report_readers.plain("".join(hostile_texts.shown(*PLACES, without=("marks",))))
        assert not Counter(every) - Counter(found), "letters are lost in cells and at the ends of pages"
    assert [text[-60:] for text in wanted if text not in found] == []


@pytest.mark.parametrize(
    ("form", "acting"),
    [
        ("terminal", "a\x1b[2Jb"),
        ("terminal", "a\u202eb"),
        ("md", "a <script>b</script>"),
        ("md", "[a](http://evil.example)"),
        ("md", "|a|b|\n|-|-|\n|c|\n\n`code`"),
        ("html", "<p>a<script>b</script></p>"),
        ("html", "<p onclick=a>b</p>"),
        ("html", "<img src=http://evil.example/i.png>"),
        ("html", "<p>a<!-- b --></p>"),
        ("html", "<div><p>a</div>"),
        ("pdf", "/S /JavaScript"),
        ("csv", "a,=1+1"),
        ("csv", '"\t@SUM(1)"'),
    ],
)
def test_the_readers_notice(form, acting):
    """What acts is refused by the readers above."""
    with pytest.raises(AssertionError):
        FORMATS[form][0](acting.encode("utf-8"))


def _zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", part)
    return file.getvalue()


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("xlsx", "<c><f>1+1</f></c>"),
        ("xlsx", '<Relationship TargetMode="External" Target="http://evil.example"/>'),
        ("docx", '<w:p xmlns:w="{w}"><w:instrText>DDEAUTO c:\\calc.exe</w:instrText></w:p>'),
        ("docx", '<Relationship TargetMode="External" Target="http://evil.example"/>'),
    ],
)
def test_the_readers_of_packages_notice(form, part):
    """A formula, a field that fetches, and a link to elsewhere are refused, too."""
    part = part.replace("{w}", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
    with pytest.raises(AssertionError, match=r"evil|DDEAUTO|part"):
        FORMATS[form][0](_zipped(word__part=part))


def test_the_readers_miss_nothing():
    """A text that was left out is found missing."""
    found = report_readers.html(_written("html").replace(b"Qcell3Q", b""))
    assert [text for text in hostile_texts.shown(*PLACES) if text not in found] == [
        hostile_texts.squeezed(hostile_texts.marked(hostile_texts.TEXTS["attribute"], "cell3"))
    ]
