"""Rows on their way to a spreadsheet: nothing in them is a formula when they are opened there."""

import csv
import io
from collections.abc import Iterable, Sequence

STARTERS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # also as full-width signs


def harmless(cell: object) -> str:
    """A cell as text that no spreadsheet reckons with: what could begin a formula is quoted.

    Blanks before it do not help: some programs take them away first.
    """
    said = str(cell)
    return f"'{said}" if said.lstrip(" \u00a0").startswith(STARTERS) else said


def csv_file(head: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV that opens rightly in Swedish spreadsheets: semicolons, UTF-8 with its mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
