"""Rows as CSV and XLSX that no spreadsheet program runs."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from ipweek.domain.text import clean, is_formula

_WIDEST = 60


def neutral(value: object) -> str:
    """A cell's text; one that a spreadsheet would run gets an apostrophe in front. A phone of +86 survives."""
    text = "" if value is None else clean(str(value), lines=True)
    return f"'{text}" if is_formula(text) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(neutral, header))
    writer.writerows([neutral(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet with its header held fast; whole numbers as numbers, all else as text."""
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is wanted
    from rich.cells import cell_len  # noqa: PLC0415 - as above

    held = BytesIO()
    with xlsxwriter.Workbook(held, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True})
        widths = [cell_len(name) for name in header]
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                text = neutral(value)
                widths[column] = min(max(widths[column], cell_len(text.partition("\n")[0])), _WIDEST)
                if isinstance(value, int):
                    sheet.write_number(line, column, value)
                elif text:
                    sheet.write_string(line, column, text)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width + 2)
        sheet.freeze_panes(1, 0)
    return held.getvalue()
