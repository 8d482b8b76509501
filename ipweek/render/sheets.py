"""Rows as CSV and XLSX that no spreadsheet program runs, written as they come, however many there are."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, TextIOWrapper
from typing import IO

from ipweek.domain.text import clean, to_cell

_WIDEST = 60
_NO_XML = str.maketrans("", "", "\ufffe\uffff")


def neutral(value: object) -> str:
    """A cell's text; one that a spreadsheet would run gets an apostrophe in front. A phone of +86 survives."""
    if value is None:
        return ""
    text = str(value)
    return to_cell(clean(text, lines="\n" in text or "\r" in text))


def without_xml_noise(text: str) -> str:
    """The text without the characters that make a workbook unreadable."""
    return text.translate(_NO_XML)


def write_csv(file: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """UTF-8 with the mark by which Excel knows it; the file stays open."""
    text = TextIOWrapper(file, "utf-8-sig", "backslashreplace", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow(map(neutral, header))
        writer.writerows([neutral(value) for value in row] for row in rows)
        text.flush()
    finally:
        text.detach()


def write_xlsx(file: IO[bytes], title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One sheet with its header held fast; whole numbers as numbers, all else as text. Rows are not kept in memory."""
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is wanted
    from rich.cells import cell_len  # noqa: PLC0415 - as above

    settings = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(file, settings) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True})
        widths = [cell_len(name) for name in header]
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                text = without_xml_noise(neutral(value))
                widths[column] = min(max(widths[column], cell_len(text.partition("\n")[0])), _WIDEST)
                if isinstance(value, int):
                    sheet.write_number(line, column, value)
                elif text:
                    sheet.write_string(line, column, text)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width + 2)
        sheet.freeze_panes(1, 0)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A whole file of `write_csv`."""
    held = BytesIO()
    write_csv(held, header, rows)
    return held.getvalue()


def xlsx_bytes(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A whole file of `write_xlsx`."""
    held = BytesIO()
    write_xlsx(held, title, header, rows)
    return held.getvalue()
