"""Reports as PDF: official form in both languages, nothing over anything else, nothing lost, jump marks and names."""

from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from ipweek.i18n import speaking
from ipweek.render.flow_pdf import Drawn
from ipweek.render.summary_layout import Column, Document, Section, Table
from ipweek.render.summary_pdf import pdf
from tests.unit.report_document import LONG, document, photo

WIDTH, HEIGHT = 595, 842
MARGIN = 60


def drawn(report: Document, language: str = "en") -> tuple[Drawn, pypdfium2.PdfDocument, bytes]:
    """The report as PDF, opened again."""
    out = BytesIO()
    with speaking(language):
        told = pdf(report, out)
    return told, pypdfium2.PdfDocument(out.getvalue()), out.getvalue()


def texts_of(opened: pypdfium2.PdfDocument) -> list[str]:
    """The text of each page, without white space."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in opened]


def boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The boxes of the texts of a page: left, bottom, right, top."""
    told = page.get_textpage()
    return [told.get_rect(place) for place in range(told.count_rects())]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_texts_overlap_and_none_leaves_the_page(language: str) -> None:
    """Whatever the lengths: the boxes of all texts are apart, and all but the foot lies within the margins."""
    _told, opened, _content = drawn(document(), language)
    for page in opened:
        found = boxes(page)
        assert len(found) > 2
        for left, bottom, right, _top in found:
            assert left > MARGIN
            assert right < WIDTH - MARGIN
            assert bottom > 30
        for one, other in combinations(found, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            upright = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 1 or upright < 1, (one, other)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ("1 Background and theme", "2.1 Attendance", "2.2 Enterprises", "3.1 Photographs", "Appendix 1: Attendees")),
        ("zh", ("一、Background and theme", "（一）Attendance", "（二）Enterprises", "三、Effect", "附件1：Attendees")),
    ],
)  # fmt: skip
def test_headings_are_numbered_and_in_the_outline(language: str, wanted: tuple[str, ...]) -> None:
    """A viewer's outline has the headings as they are numbered on the pages, and leads to where they are."""
    _told, opened, content = drawn(document(), language)
    outline = list(opened.get_toc())
    titles = [entry.get_title() for entry in outline]
    assert set(wanted) <= set(titles)
    assert [entry.level for entry in outline][:4] == [0, 1, 1, 2]
    pages = texts_of(opened)
    for entry in outline:
        target = entry.get_dest()
        assert "".join(entry.get_title().split())[:30].rstrip("\ufffe") in pages[target.get_index()]
    assert f"/Lang ({'zh-CN' if language == 'zh' else 'en'})".encode() in content
    assert opened.get_metadata_value("Title").startswith("Summary of the release")
    assert opened.get_metadata_value("Author") == "惠州市知识产权局"


def test_a_heading_stays_with_what_follows() -> None:
    """Whatever stands before, a heading is on the page of its chart, and one below another, too."""
    report = document()
    chart = next(section for section in report.sections if section.title == "Enterprises").charts[0]
    for many in range(0, 60, 7):
        lines = tuple(f"line {number}" for number in range(many))
        sections = (
            Section("First", texts=lines),
            Section("Above"),
            Section("Below", charts=(chart,), depth=2),
        )
        _told, opened, _content = drawn(replace(report, sections=sections))
        pages = [page for page in texts_of(opened) if "Above" in page]
        assert len(pages) == 1
        assert "2.1Below" in pages[0]
        assert "超高清视频" in pages[0]


def test_appendices_follow_the_signature_on_their_own_pages() -> None:
    """The signature stands at the right, before the appendices; headers come again on each page of a list."""
    _told, opened, _content = drawn(document(rows=120), "zh")
    pages = texts_of(opened)
    signed = next(number for number, page in enumerate(pages) if "惠州市知识产权局2019年4月30日" in page)
    first = next(number for number, page in enumerate(pages) if page.startswith("附件1：Attendees"))
    assert first == signed + 1
    assert pages[-1].startswith("附件2：Sources")
    listed = pages[first:-1]
    assert len(listed) > 2
    assert all("No.NameEnterpriseCategoryPhone" in page for page in listed)
    assert sum(page.count("delegate") for page in listed) == 120
    assert [f"{number}/{len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    told = opened[signed].get_textpage()
    rights = [told.get_rect(place)[2] for place in range(told.count_rects())]
    assert sum(abs(right - (WIDTH - 62.4)) < 1.5 for right in rights) >= 2


def test_a_short_table_stays_on_one_page() -> None:
    """Whatever stands before, its rows are on the page of its heading."""
    rows = tuple((f"row {number}", "7") for number in range(9))
    section = Section("Below", (Table((Column("Figure"), Column("Value", right=True)), rows),))
    for many in range(0, 60, 9):
        above = Section("Above", texts=tuple(f"line {number}" for number in range(many)))
        _told, opened, _content = drawn(Document("t", "", (), (above, section)))
        pages = [page for page in texts_of(opened) if "2Below" in page]
        assert len(pages) == 1
        assert pages[0].count("row") == 9


def test_titles_of_columns_higher_than_a_page_come_once() -> None:
    """Titles that leave no room for rows go on on the next page and are not drawn again above each of them."""
    columns = (Column("x" * 10_000), Column("y"))
    table = Table(columns, (("one", "end"), ("two" * 2000, "end")))
    told, opened, _content = drawn(Document("t", "", (), (Section("s", (table,)),)))
    pages = "".join(texts_of(opened))
    assert told.pages < 30
    assert pages.count("x") == 10_000
    assert pages.count("w") == 2000


def test_what_must_not_be_overlooked_is_on_the_first_page() -> None:
    """Figures that do not reconcile stand in a red frame below the title; what is synthetic is said, too."""
    _told, opened, _content = drawn(document())
    first = texts_of(opened)[0]
    for wanted in (
        "SYNTHETIC:madeup.",
        "Enterprisesbydistrictsumto35,but36areregistered.",
        "All214otherfigures",
    ):
        assert wanted in first
    colours = opened[0].render(scale=1).to_pil().convert("RGB").getcolors(1 << 20)
    assert sum(many for many, (red, green, _blue) in colours if red > 150 and 20 < green < 90) > 300


def test_pictures_are_embedded_as_they_are() -> None:
    """A JPEG stays one, a broken one is told as such, and captions of any length stand below."""
    _told, opened, content = drawn(document())
    images = [one for page in opened for one in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    assert len(images) == 3
    assert ["DCTDecode" in image.get_filters() for image in images] == [True, True, False]
    assert "Nopicture(Thepicturecannotberead.)" in "".join(texts_of(opened))
    assert len(content) < 400_000 + 2 * len(photo(1600, 1067))


def test_figures_end_at_the_right_of_their_column() -> None:
    """Numbers of different length end at the same place, also where the columns are many."""
    _told, opened, _content = drawn(document())
    found = [box for page in opened for box in number_boxes(page)]
    assert len(found) == 3 * 5 + 3 * 11 + 1
    assert (
        len({round(right) for _left, right in found})
        <= 5 + 11 + 1
        < len({round(left) for left, _right in found})
    )


def number_boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """Where the numbers of thousands begin and end."""
    told = page.get_textpage()
    rects = [told.get_rect(place) for place in range(told.count_rects())]
    return [
        (left, right)
        for left, bottom, right, top in rects
        if (text := told.get_text_bounded(left, bottom, right, top).strip()).count(",") == 1
        and text.replace(",", "").isdigit()
    ]


def test_a_number_keeps_its_percent_sign() -> None:
    """Whatever stands before, no line begins with the sign."""
    texts = tuple(f"{'i' * many} 74.6 % (88 of 118)" for many in range(120, 190))
    _told, opened, _content = drawn(Document("t", "", (), (Section("s", texts=texts),)))
    lines = [line.strip() for page in opened for line in page.get_textpage().get_text_range().splitlines()]
    assert sum("74.6 %" in line for line in lines) == len(texts)
    assert not any(line.startswith("%") for line in lines)


def test_missing_characters_are_told() -> None:
    """What no font has is drawn as a box and said; rare Han and other scripts are not missing."""
    told, opened, _content = drawn(document())
    assert told.missing == "🎉"
    assert told.pages == len(opened)


def test_an_empty_report_is_a_page() -> None:
    """Nothing but a title is a whole PDF."""
    told, opened, _content = drawn(Document(LONG, "", ()))
    assert told == (1, "")
    assert LONG[:20] in texts_of(opened)[0]
