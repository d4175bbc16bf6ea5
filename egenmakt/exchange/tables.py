"""A file becomes a table of headings and rows, within bounds that no file can stretch."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from egenmakt.exchange import workbooks
from egenmakt.exchange.bounds import MAX_BYTES, Meter, Trouble, Unreadable
from egenmakt.exchange.rules import Row, Sheet, looks_like_count, looks_like_day, text_of

BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
SEPARATORS = (";", "\t", ",")
SAMPLE = 50
NAME = 100


def read(content: bytes, sheet: str = "") -> Sheet:
    """The table in a CSV, or in one sheet of a workbook.

    The headings are the first row with at least two cells filled; what stands above is a title.
    Raises Unreadable with what is wrong, the sheets to choose among and, in `words`, what to do.
    """
    if not content.strip():
        raise Unreadable(Trouble.EMPTY)
    if len(content) > MAX_BYTES:
        raise Unreadable(Trouble.BIG)
    if not workbooks.is_container(content):
        if sheet:
            raise Unreadable(Trouble.NO_SHEET)
        return table(csv_rows(content), pad=False)
    with workbooks.opened(content, sheet) as rows:
        return table(rows, pad=True)


def sheets(content: bytes) -> list[str]:
    """The names of the sheets to choose among; none where there is nothing to choose."""
    try:
        read(content)
    except Unreadable as unreadable:
        return unreadable.names
    return []


def table(found: Iterable[Row], *, pad: bool) -> Sheet:
    """Headings and what stands under them.

    A cell beyond the headings belongs to a nameless column in a workbook (`pad`); in a CSV it
    is a row that fell apart, and is left for the judge.
    """
    meter = Meter()
    head: Row | None = None
    rows: list[Row] = []
    for row in found:
        if not (row := bare(row)).cells:
            continue
        meter.count(row.cells)
        if head is None and len(list(filter(None, row.cells))) > 1:
            head = row
        elif head is not None:
            rows.append(row)
    if head is None:
        raise Unreadable(Trouble.ONE_COLUMN)
    check_head(head)
    if not rows:
        raise Unreadable(Trouble.NO_ROWS)
    width = max(len(row.cells) for row in rows) if pad else 0
    return Sheet(headings(head, width=max(width, len(head.cells))), rows)


def bare(row: Row) -> Row:
    """The row without the empty cells at its end."""
    end = len(row.cells)
    while end and row.cells[end - 1] == "":
        end -= 1
    return row if end == len(row.cells) else Row(row.number, row.cells[:end])


def check_head(head: Row) -> None:
    """Refuse a first row that is a row like the others: with a date in it, or numbers only."""
    filled = [cell for cell in head.cells if cell != ""]
    if any(looks_like_day(cell) for cell in filled) or all(map(looks_like_count, filled)):
        raise Unreadable(Trouble.NO_HEAD)


def headings(head: Row, *, width: int) -> tuple[str, ...]:
    """The headings, each once: a repeated or empty one is told apart by its column's letter."""
    names: list[str] = []
    taken: set[str] = set()
    for at in range(width):
        name = " ".join(text_of(head.cells[at]).split())[:NAME] if at < len(head.cells) else ""
        if name in taken or not name:
            name = f"{name} ({workbooks.letters(at)})".strip()
        taken.add(name)
        names.append(name)
    return tuple(names)


def csv_rows(content: bytes) -> Iterator[Row]:
    """The records of a CSV, numbered as a spreadsheet shows them; text without its edges."""
    text = decoded(content)
    if first := re.match(r"sep=(.)\r?\n", text):
        text, separator = text[first.end() :], first[1]
    else:
        separator = separator_of(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, record in enumerate(lines, 2 if first else 1):
            yield Row(number, tuple(map(str.strip, record)))
    except csv.Error as broken:
        raise Unreadable(Trouble.LONG) from broken


def decoded(content: bytes) -> str:
    """The text of a file: with its mark where it has one, else UTF-8, else Windows' own."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            return text
        break
    raise Unreadable(Trouble.NOT_A_TABLE)


def separator_of(text: str) -> str:
    """The sign between cells: the one that gives most of the first rows the same width."""

    def agreement(separator: str) -> tuple[int, int]:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            widths = [len(record) for record in islice(filter(None, lines), SAMPLE)]
        except csv.Error:
            return 0, 0
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual), usual) if usual > 1 else (0, 0)

    return max(SEPARATORS, key=agreement)
