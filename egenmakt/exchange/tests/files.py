"""Files for the tests: tables written on the spot, workbooks made cell by cell, and real data."""

import io
import os
import zipfile
from collections.abc import Collection
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>%s</sheetData></worksheet>'
HEAD = '<row r="1"><c r="A1" t="str"><v>dag</v></c><c r="B1" t="str"><v>antal</v></c></row>'


def shared(name: str) -> Path:
    """Data made by others; without it the test is not run, and under CI it fails."""
    path = Path(settings.DATA) / name
    if not path.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{path} is not here: EGENMAKT_DATA")
    return path


def workbook(
    *sheets: tuple[str, list[list[object]]], hidden: Collection[str] = (), **options: object
) -> bytes:
    """A workbook as a spreadsheet program writes it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd", **options})
    for name, rows in sheets:
        page = book.add_worksheet(name)
        if name in hidden:
            page.hide()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def with_parts(**parts: bytes) -> bytes:
    """A workbook some of whose parts (`sheet1`, `sharedStrings` …) are put in by hand."""
    source = zipfile.ZipFile(io.BytesIO(workbook(("Blad", [["a", "b"]]))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(Path(name).stem, source.read(name)))
    return out.getvalue()


def with_cells(cells: str, **parts: bytes) -> bytes:
    """A workbook with headings and these cells under them."""
    return with_parts(sheet1=(SHEET % (HEAD + cells)).encode(), **parts)
