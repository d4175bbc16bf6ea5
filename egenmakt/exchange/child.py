"""Reads a workbook in a process of its own, which it may end: sheets and rows come out as JSON.

Run as a file, and never imported: a sheet is laid out whole, so two cells far apart can ask for
half a terabyte, and a memory that cannot be had ends the process at once.
"""

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MB = 1024 * 1024
LIMITS = {
    resource.RLIMIT_AS: 512 * MB,
    resource.RLIMIT_CPU: 20,  # seconds
    resource.RLIMIT_FSIZE: 100 * MB,  # what comes out, which is a file
    resource.RLIMIT_CORE: 0,
}
ERROR = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt=["'])e(?=["'])""")
NAME = 100


def limit() -> None:
    """Take no more than this, or than the machine gives where that is less."""
    for kind, most in LIMITS.items():
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))


def with_errors_said(content: bytes) -> io.BytesIO:
    """The workbook with its error cells as text: #N/A would be read as an empty cell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, ERROR.sub(rb"\1str", old.read(part)))
    out.seek(0)
    return out


def sheets(book: CalamineWorkbook) -> dict[str, CalamineSheet]:
    """The visible sheets that hold something, by name."""
    shown = [
        one.name
        for one in book.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
    ]
    found = {name[:NAME]: book.get_sheet_by_name(name) for name in shown}
    return {name: sheet for name, sheet in found.items() if any(map(any, sheet.iter_rows()))}


def rows(sheet: CalamineSheet) -> Iterator[list[object]]:
    """Each row that holds something: its number, then its cells from column A."""
    left = [""] * (sheet.start or (0, 0))[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        if any(cell != "" for cell in row):
            yield [number, *left, *row]


def answer(content: bytes, wanted: str) -> Iterator[list[object]]:
    """The names of the sheets; then the rows of the one that is wanted, or the only one."""
    found = sheets(CalamineWorkbook.from_filelike(with_errors_said(content)))
    yield list(found)
    if not wanted and len(found) == 1:
        wanted = next(iter(found))
    if wanted in found:
        yield from rows(found[wanted])


def told(cell: object) -> object:
    """A day or a moment, in a list of its own; a time of day or a duration as text."""
    return [cell.isoformat()] if isinstance(cell, date) else str(cell)


if __name__ == "__main__":
    limit()
    wanted = json.loads(sys.stdin.buffer.readline())
    lines = answer(sys.stdin.buffer.read(), wanted)
    sys.stdout.writelines(json.dumps(line, default=told) + "\n" for line in lines)
