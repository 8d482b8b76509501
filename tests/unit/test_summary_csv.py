"""The summary's figures as CSV: a row each, in numbers, and nothing of what is withheld."""

import csv as reader
import io
from decimal import Decimal

from ipweek.domain.figures import Rate
from ipweek.domain.summary_figures import Counted, Figure
from ipweek.domain.words import Provenance
from ipweek.i18n import speaking
from ipweek.render.summary_csv import csv

RATE = Figure(
    "attendance.rate",
    "attendance.rate",
    Counted.PEOPLE,
    Decimal("0.8227"),
    Rate(1234, 1500),
    ("attendance.expected_attended", "attendance.expected"),
)
FIGURES = {
    figure.key: figure
    for figure in (
        Figure("registrations.registered", "registrations.registered", Counted.PEOPLE, 12345),
        RATE,
        Figure("attendance.late", "attendance.late", Counted.PEOPLE, 3),
        Figure("sessions.=1+1.attended", "sessions.attended", Counted.PEOPLE, None),
        Figure("=1+1", "x", Counted.THINGS, Decimal("-1.01"), provenance=Provenance.STATED),
    )
}


def made(hidden: frozenset[str] = frozenset()) -> bytes:
    """The file."""
    out = io.BytesIO()
    csv(FIGURES, out, hidden=hidden, labels={"sessions.attended": "Went in", "x": "@SUM(A1)"})
    assert not out.closed
    return out.getvalue()


def rows(file: bytes) -> list[list[str]]:
    """Its rows."""
    return list(reader.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_a_row_a_figure() -> None:
    """Numbers without groups of three, a rate with its counts, an unstated one empty; what would run is a text."""
    assert rows(made()) == [
        ["Key", "Figure", "Value", "Numerator", "Denominator", "Provenance", "Withheld"],
        ["registrations.registered", "", "12345", "", "", "counted from the records here", "no"],
        ["attendance.rate", "", "0.8227", "1234", "1500", "counted from the records here", "no"],
        ["attendance.late", "", "3", "", "", "counted from the records here", "no"],
        ["sessions.=1+1.attended", "Went in", "", "", "", "counted from the records here", "no"],
        ["'=1+1", "'@SUM(A1)", "-1.01", "", "", "stated", "no"],
    ]


def test_what_is_withheld() -> None:
    """Its row stays and says so, without a number; a rate goes with either of its counts."""
    for hidden in ({"attendance.rate"}, {"attendance.expected"}, {"attendance.expected_attended"}):
        told = {row[0]: row[2:] for row in rows(made(frozenset(hidden)))}
        assert told["attendance.rate"] == ["", "", "", "counted from the records here", "yes"]
        assert told["attendance.late"][-1] == "no"


def test_for_excel_in_chinese() -> None:
    """The mark by which Excel knows UTF-8, lines ended as on Windows, words in the language in force."""
    with speaking("zh"):
        file = made()
    assert file.startswith(b"\xef\xbb\xbf")
    assert file.count(b"\r\n") == file.count(b"\n") == 1 + len(FIGURES)
    assert rows(file)[0] == ["键", "指标", "值", "分子", "分母", "数据性质", "已隐去"]
    assert rows(file)[1][-1] == "否"
