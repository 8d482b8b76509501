"""A report document that has everything, with hostile and long texts in every place."""

from decimal import Decimal
from io import BytesIO

from PIL import Image, ImageDraw

from ipweek.render.summary_layout import Chart, Column, Document, Figure, Picture, Section, Table, table
from tests.unit.chart_samples import HOSTILE, LONG, charts

RARE = "㛃𬭎䶮 ئالىم Łódź Straße"
PROSE = (
    "2019年4月25日，惠州市知识产权局举办“三大重点产业专利导航成果发布会”，"
    "发布软包锂离子电池、QLED显示技术和LED显示屏三项专利导航成果。"
)


def photo(width: int, height: int, *, form: str = "JPEG") -> bytes:
    """A picture with a cross."""
    picture, out = Image.new("RGB", (width, height), "#8fa9bf"), BytesIO()
    pen = ImageDraw.Draw(picture)
    pen.line((0, 0, width, height), "#b3261e", 9)
    pen.line((0, height, width, 0), "#b3261e", 9)
    picture.save(out, form)
    return out.getvalue()


def wide(columns: int) -> Table:
    """A table of more columns than a page has room for at the usual size."""
    titles = ("Enterprise", *(f"Figure {n}" for n in range(1, columns)))
    rows = [
        (LONG[: 10 + n], *(Figure(f"{n * place * 1234:,}") for place in range(1, columns))) for n in range(4)
    ]
    return table(titles, rows)


def people(rows: int) -> Table:
    """A list of so many people, as an appendix has it."""
    columns = tuple(
        Column(title) for title in ("No.", "Name", "Enterprise", "Category", "Phone", "First entry")
    )
    told = (
        (
            str(n),
            "张王李赵陈"[n % 5] + "*",
            LONG[n % 5 : n % 5 + 14],
            "delegate",
            f"138****{n % 10000:04}",
            "08:51",
        )
        for n in range(1, rows + 1)
    )
    return Table(columns, tuple(told), "Attendees")


def document(rows: int = 120) -> Document:
    """Everything a report can have; `rows` are those of the appendix."""
    known: dict[str, Chart] = charts()
    pictures = (
        Picture("The opening", photo(1600, 1067), 1600, 1067),
        Picture(f"{LONG} {HOSTILE}", photo(600, 1600), 600, 1600),
        Picture("Case analysis", photo(900, 600, form="PNG"), 900, 600),
        Picture("No picture", b"\xff\xd8 nothing", 100, 100),
    )
    figures = table(("", ""), [(RARE, Figure("12,345", 12345)), (HOSTILE, None), ("Share", Decimal("0.5"))])
    sections = (
        Section("Background and theme", texts=(PROSE, "Two lines\nof an organizer’s own “text”.", HOSTILE)),
        Section("Activities", (figures,), notes=(LONG * 6, RARE)),
        Section("Attendance", charts=(known["arrivals"], known["days"]), depth=2),
        Section("Enterprises", (wide(6), wide(12)), charts=(known["industries"], known["fill"]), depth=2),
        Section("Many", charts=(known["sixty"], known["gaps"]), depth=2),
        Section("Effect"),
        Section("Photographs", pictures=pictures, depth=2),
        Section(f"Problems {LONG} {HOSTILE}", texts=("Not stated",)),
        Section("Attendees", (people(rows),), appendix=True),
        Section("Sources", notes=("A gazette",), appendix=True),
    )
    return Document(
        f"Summary of the release of three navigation results {HOSTILE}",
        "SYNTHETIC: made up.",
        (("Week", "惠州市知识产权宣传周"), ("Venue", None), ("Theme", LONG * 2)),
        sections,
        alarms=("Enterprises by district sum to 35, but 36 are registered.", HOSTILE),
        assurances=("All 214 other figures reconcile.",),
        signed_by="惠州市知识产权局",
        signed_on="2019年4月30日",
    )
