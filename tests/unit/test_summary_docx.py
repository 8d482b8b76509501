"""Reports as Word files: real styles, numbers, captions and headers, read back; and as LibreOffice opens them."""

import io
import re
import shutil
from dataclasses import replace
from zipfile import ZipFile

import docx as word
import pypdfium2
import pytest
from docx.document import Document as Word
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from PIL import Image

from ipweek.i18n import speaking
from ipweek.render.docx_columns import Grid, fit
from ipweek.render.summary_docx import docx
from ipweek.render.summary_layout import (
    Chart,
    ChartKind,
    ChartRow,
    Document,
    Figure,
    Picture,
    Section,
    figures_table,
    table,
)
from tests.office import convert

HOSTILE = "[/]=1|2`<b>&amp;\x1b[31m\u202e\x00\ufffe]]>"
CLEANED = "[/]=1|2`<b>&amp;[31m]]>"
URL = "https://example.org/" + "a" * 180
LATIN_AND_HAN = ["en", "zh"]


def photo(width: int, height: int, form: str) -> Picture:
    """A photograph of one colour."""
    held = io.BytesIO()
    Image.new("RGB", (width, height), "#446688").save(held, form)
    return Picture(f"The hall, {form}", held.getvalue(), width, height)


COUNTS = figures_table((("Registered", Figure("120"), None), ("Late", None, None)))
WIDE = table(
    ("Event", "Start", "Registered", "Attended", "Rate", "Enterprises", "Sessions", "Address"),
    [
        (f"Conference {n} 三大重点产业专利导航成果", "2019-04-25", "9", "8", "80.0 % (96 of 120)", "4", "1", URL)
        for n in range(40)
    ],
    texts=2,
)  # fmt: skip
CHART = Chart(
    "Enterprises by district",
    ChartKind.BARS,
    ("Registered",),
    (ChartRow("惠城", (7,), ("7",)), ChartRow("Boluo", (None,), ("",))),
)
REPORT = Document(
    "惠州 IP Week",
    "SYNTHETIC: made up.",
    (("Week", HOSTILE), ("Venue", None)),
    (
        Section("Background", texts=("“Protect” — 保护.\nA second paragraph.",)),
        Section("Activities", tables=(WIDE,)),
        Section("Attendance", depth=2, tables=(COUNTS,), charts=(CHART,), notes=("Nobody is late.",)),
        Section("Photographs", depth=2, pictures=(photo(400, 300, "JPEG"), photo(100, 900, "PNG"))),
        Section("Effect", texts=("Good.",)),
        Section("List of enterprises", tables=(COUNTS,), appendix=True),
        Section("Part of the list", notes=("One.",), depth=2),
        Section("Definitions", texts=("What counts as what.",), appendix=True),
    ),
    alarms=("Sessions add up to 97, not 96.", "Another."),
    assurances=("142 figures reconcile.",),
    signed_by="Bureau",
    signed_on="26 April 2019",
)


def written(document: Document, language: str) -> bytes:
    """The file in a language."""
    out = io.BytesIO()
    with speaking(language):
        docx(document, out)
    return out.getvalue()


def read(document: Document, language: str = "zh") -> Word:
    """The file, read back."""
    return word.Document(io.BytesIO(written(document, language)))


def styled(found: Word, style: str) -> list[Paragraph]:
    """The paragraphs of a style, by its id."""
    return [each for each in found.paragraphs if each.style is not None and each.style.style_id == style]


def shown(paragraph: Paragraph) -> str:
    """What a paragraph shows, its fields too."""
    return "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))


def level_text(found: Word, style: str) -> tuple[str, str]:
    """How the number of a style is counted and written."""
    numbering = found.part.numbering_part.element
    link = next(node for node in numbering.iter(qn("w:pStyle")) if node.get(qn("w:val")) == style)
    level = link.getparent()
    return level.find(qn("w:numFmt")).get(qn("w:val")), level.find(qn("w:lvlText")).get(qn("w:val"))


@pytest.fixture(scope="module", params=LATIN_AND_HAN)
def found(request) -> Word:
    """The report in each language."""
    return read(REPORT, request.param)


def test_the_page_is_that_of_official_documents(found):
    """A4, text of 156 by 225 mm, other footers on even pages."""
    page = found.sections[0]
    assert page.orientation == WD_ORIENTATION.PORTRAIT
    sizes = (page.page_width, page.page_height, page.top_margin, page.left_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]
    assert Mm(156) == pytest.approx(page.page_width - page.left_margin - page.right_margin, abs=Pt(1))
    assert Mm(225) == pytest.approx(page.page_height - page.top_margin - page.bottom_margin, abs=Pt(1))
    assert found.settings.odd_and_even_pages_header_footer
    for footer, side in ((page.footer, "right"), (page.even_page_footer, "left")):
        (line,) = footer.paragraphs
        assert shown(line) == "— 1 —"
        assert line._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert "PAGE" in line._p.xml


def test_headings_are_styles_with_real_numbers():
    """Headings hold their words only; 一、（一）1.（1） in Chinese and 1, 1.1 in English are counted by Word."""
    han, count = "chineseCountingThousand", "decimal"
    for language, numbers in (
        ("zh", [(han, "%1、"), (han, "（%2）"), (count, "%3."), (count, "（%4）")]),
        ("en", [(count, "%1"), (count, "%1.%2"), (count, "%1.%2.%3"), (count, "%1.%2.%3.%4")]),
    ):
        report = read(REPORT, language)
        assert [each.text for each in styled(report, "Heading1")] == ["Background", "Activities", "Effect"]
        assert [each.text for each in styled(report, "Heading2")] == [
            "Attendance",
            "Photographs",
            "Part of the list",
        ]
        assert [level_text(report, f"Heading{level}") for level in (1, 2, 3, 4)] == numbers
        assert {report.styles["Heading 1"].style_id, report.styles["Title"].style_id} == {"Heading1", "Title"}


def test_chinese_faces_and_sizes():
    """Title 二号 小标宋, text 三号 仿宋 on 28 points, headings 黑体 and 楷体, each with fonts that stand in."""
    report = read(REPORT, "zh")
    looks = [
        (style, report.styles[style].element.rPr.rFonts.get(qn("w:eastAsia")), report.styles[style].font.size)
        for style in ("Normal", "Title", "Heading 1", "Heading 2")
    ]
    assert looks == [
        ("Normal", "仿宋_GB2312", Pt(16)),
        ("Title", "方正小标宋简体", Pt(22)),
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
    ]
    assert report.styles["Normal"].paragraph_format.line_spacing == Pt(28)
    body = report.styles["Body Text"].element.pPr.find(qn("w:ind"))
    assert body.get(qn("w:firstLineChars")) == "200"
    with ZipFile(io.BytesIO(written(REPORT, "zh"))) as package:
        fonts = package.read("word/fontTable.xml").decode()
    stand_ins = dict(re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', fonts))
    assert "宋体" in stand_ins["方正小标宋简体"]
    assert "仿宋" in stand_ins["仿宋_GB2312"]
    assert "楷体" in stand_ins["楷体_GB2312"]


def test_text_is_marked_with_its_languages(found):
    """A spelling checker knows Chinese from English, and the file tells its language and title."""
    lang = next(found.styles.element.iter(qn("w:lang")))
    assert (lang.get(qn("w:val")), lang.get(qn("w:eastAsia"))) == ("en-US", "zh-CN")
    assert found.core_properties.title == REPORT.title
    assert found.core_properties.author == "Bureau"
    assert found.core_properties.language in ("zh-CN", "en-US")


def test_tables_repeat_their_header_and_stay_on_the_page(found):
    """Header rows repeat, no row breaks, columns together are as wide as the text; many of them are in smaller type."""
    facts, wide, counts, _listed = found.tables
    for each in (wide, counts):
        assert each.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert facts.rows[0]._tr.trPr.find(qn("w:tblHeader")) is None
    for each in found.tables:
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in each.rows)
        assert sum(column.width for column in each.columns) == pytest.approx(Mm(156), abs=Pt(1))
    assert len(wide.rows) == 41
    assert wide.cell(1, 0).paragraphs[0].runs[0].font.size <= Pt(10.5)
    assert counts.cell(1, 0).paragraphs[0].runs[0].font.size is None


def test_type_gets_smaller_before_rows_get_high():
    """A list of enterprises is in smaller type than a table of definitions, whose long texts wrap in any."""
    row = (
        "12",
        "Nguyen T***",
        "样例锐视蓝晶（惠州）电子有限公司",
        "知识产权经理",
        "参会代表",
        "扫描",
        "2019-04-25 09:10",
    )
    names = Grid(("No.", "姓名", "企业", "职务", "类别", "签到", "时间"), (row,) * 9)
    texts = Grid(("指标", "说明"), (("应到", "签到开始前已确认的报名，减去请假者；" * 4),))
    word = Grid(("a", "b"), (("x" * 30, "y" * 300),))
    assert fit(names, 12.0).size == 9
    assert fit(names, 12.0).calm
    assert (fit(texts, 12.0).size, fit(word, 12.0).size) == (12.0, 12.0)
    assert all(
        sum(fit(grid, 12.0).widths) == pytest.approx(156 * 72 / 25.4, abs=0.1)
        for grid in (names, texts, word)
    )


def test_captions_are_counted_by_word(found):
    """Captions of tables and figures hold fields of their own sequence, in order."""
    captions = [shown(each) for each in styled(found, "Caption")]
    assert [text[-2:] for text in captions] == ["es", "ce", "ct", "EG", "NG", "es"]
    assert [re.search(r"\d+", text)[0] for text in captions] == ["1", "2", "1", "2", "3", "3"]
    fields = [re.search(r"SEQ (\w+)", each._p.xml)[1] for each in styled(found, "Caption")]
    assert len(set(fields)) == 2
    assert all(f"SEQ {fields[0]} \\* ARABIC" in styled(found, "Caption")[place]._p.xml for place in (0, 1, 5))


def test_pictures_have_words(found):
    """Charts and photographs keep their shape, fit the page, and tell what they show."""
    chart, wide, tall = found.inline_shapes
    words = [shape._inline.docPr.get("descr") for shape in (chart, wide, tall)]
    assert "惠城" in words[0]
    assert words[1:] == ["The hall, JPEG", "The hall, PNG"]
    assert wide.width / wide.height == pytest.approx(4 / 3, abs=0.01)
    assert tall.width / tall.height == pytest.approx(1 / 9, abs=0.01)
    assert all(shape.width <= Mm(156) and shape.height <= Mm(225) for shape in (chart, wide, tall))


def test_a_photograph_without_its_marks():
    """JPEG of a camera that writes neither JFIF nor Exif is a picture, too."""
    plain = photo(40, 30, "JPEG")
    assert plain.content[2:4] == b"\xff\xe0"
    length = int.from_bytes(plain.content[4:6], "big")
    bare = replace(plain, content=plain.content[:2] + plain.content[4 + length :])
    report = read(replace(REPORT, sections=(Section("Photographs", pictures=(bare,)),)))
    assert len(report.inline_shapes) == 1


def test_alarms_stand_in_a_box_at_the_front(found):
    """Figures that do not reconcile are in one box between title and facts."""
    (alarm,) = styled(found, "Alarm")
    assert alarm.style.element.pPr.find(qn("w:pBdr")) is not None
    assert alarm.text.splitlines()[1:] == list(REPORT.alarms)
    blocks = list(found.element.body)
    assert blocks.index(alarm._p) < blocks.index(found.tables[0]._tbl)


def test_signature_and_appendices(found):
    """The signature has room for a seal and is centred on its date; each appendix begins a page and is named before it."""
    texts = [each.text for each in found.paragraphs]
    signed = texts.index("Bureau")
    assert texts[signed - 3 : signed] == ["", "", ""]
    assert texts[signed + 1] == "26 April 2019"
    good = next(place for place, text in enumerate(texts) if text == "Good.")
    closing = found.paragraphs[good : signed + 1]
    assert all(
        each.style.paragraph_format.keep_with_next or each.paragraph_format.keep_with_next for each in closing
    )
    listed = [each.text for each in found.paragraphs if (each.style.style_id).startswith("Appendix")]
    assert [text.split("\t")[-1] for text in listed[:2]] == ["List of enterprises", "Definitions"]
    assert texts.index("List of enterprises", signed) < texts.index("Definitions", signed)
    assert styled(found, "Appendix")[0].style.paragraph_format.page_break_before
    assert len(styled(found, "Appendix")) == 2
    inset = found.paragraphs[signed]._p.pPr.find(qn("w:ind")).get(qn("w:rightChars"))
    assert int(inset) == 400 + (len("26 April 2019") - len("Bureau")) * 25


def test_a_report_of_nothing():
    """Without sections, signature and names there is a title, and no empty list of appendices."""
    report = read(Document("", "", ()))
    assert [each.style.style_id for each in report.paragraphs] == ["Title"]
    assert not report.tables


def test_typed_text_is_only_text(found):
    """What no XML may have is gone, and markup is shown as it was typed."""
    assert found.tables[0].cell(0, 1).text == CLEANED
    assert found.tables[0].cell(1, 1).text in ("not stated", "未公布")
    assert found.tables[1].cell(1, 4).text == "80.0\N{NO-BREAK SPACE}% (96 of 120)"


def test_the_same_report_is_the_same_file():
    """Neither the time of day nor a random name is in the file."""
    file = written(REPORT, "zh")
    assert file == written(REPORT, "zh")
    with ZipFile(io.BytesIO(file)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"created" not in package.read("docProps/core.xml")


@pytest.mark.system("libreoffice")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_all_in_order(tmp_path):
    """Both languages open without complaint: headings with their numbers in order, no broken reference, pages numbered."""
    signed = replace(REPORT, signed_on="2019年4月26日")
    files = []
    for language in LATIN_AND_HAN:
        files.append(tmp_path / f"{language}.docx")
        files[-1].write_bytes(written(signed, language))
    convert(tmp_path, "pdf", *files)
    order = {
        "en": ["1Background", "2Activities", "2.1Attendance", "2.2Photographs", "3Effect", "Bureau", "AppendixA",
               "Listofenterprises", "A.1Partofthelist", "AppendixB", "Definitions"],
        "zh": ["一、Background", "二、Activities", "（一）Attendance", "（二）Photographs", "三、Effect", "Bureau", "附件1",
               "Listofenterprises", "（一）Partofthelist", "附件2", "Definitions"],
    }  # fmt: skip
    for language in LATIN_AND_HAN:
        with pypdfium2.PdfDocument(tmp_path / f"{language}.pdf") as pdf:
            pages = ["".join(page.get_textpage().get_text_range().split()) for page in pdf]
        told = "".join(pages)
        assert "Error!" not in told
        place = 0
        for heading in order[language]:
            place = told.index(heading, place)
        assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))
        assert "Registered" in pages[2], "the header stands on the table's next page, too"
