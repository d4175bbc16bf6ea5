"""XLSX workbooks: weighed here, then read by a library in a child process with hard limits."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock

from egenmakt.exchange.bounds import MAX_PARTS, MAX_UNPACKED, Trouble, Unreadable
from egenmakt.exchange.rules import Cell, Row

OLD_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")  # XLS, and XLSX behind a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
CHILD = [sys.executable, "-I", str(Path(__file__).with_name("child.py"))]
SECONDS = 20
TURN = Lock()  # one child at a time in each server process, so that they never add up


def is_container(content: bytes) -> bool:
    """Whether the file is a ZIP or an old Office file, whatever it is called."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", OLD_CONTAINER))


def letters(column: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@contextmanager
def opened(content: bytes, sheet: str = "") -> Iterator[Iterator[Row]]:
    """The rows of this sheet, or of the only one that holds something.

    Raises Unreadable, also for a workbook that takes more memory, time or room than it may.
    """
    weigh(content)
    asked = json.dumps(sheet).encode() + b"\n" + content
    with TemporaryFile() as out:
        try:
            with TURN:
                subprocess.run(  # noqa: S603
                    CHILD,
                    input=asked,
                    stdout=out,
                    stderr=subprocess.DEVNULL,
                    timeout=SECONDS,
                    check=True,
                )
        except subprocess.SubprocessError as ended:
            raise Unreadable(Trouble.BROKEN) from ended
        out.seek(0)
        check_choice(json.loads(out.readline()), sheet)
        yield map(row, out)


def weigh(content: bytes) -> None:
    """Refuse what is locked, too big, packed in unusual ways, or no workbook."""
    if content.startswith(OLD_CONTAINER):
        raise Unreadable(Trouble.LOCKED if LOCKED in content else Trouble.OTHER_KIND)
    if content.count(b"PK\x01\x02") > MAX_PARTS:
        raise Unreadable(Trouble.BIG)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            parts = container.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as broken:
        raise Unreadable(Trouble.BROKEN) from broken
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Trouble.LOCKED)
    if "xl/workbook.xml" not in {part.filename.lower() for part in parts}:
        raise Unreadable(Trouble.OTHER_KIND)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Unreadable(Trouble.BROKEN)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(Trouble.BIG)


def check_choice(names: list[str], sheet: str) -> None:
    """Refuse a workbook without cells, and a sheet that is not said or not there."""
    if not names:
        raise Unreadable(Trouble.EMPTY)
    if not sheet and len(names) > 1:
        raise Unreadable(Trouble.SEVERAL, names)
    if sheet and sheet not in names:
        raise Unreadable(Trouble.NO_SHEET, names)


def row(line: bytes) -> Row:
    """A row as the child writes it: its number and its cells."""
    number, *cells = json.loads(line)
    return Row(number, tuple(map(cell, cells)))


def cell(said: list[str] | str | float) -> Cell:
    """What a cell holds: a day or moment, a number, or text with nothing unseen in it."""
    if isinstance(said, list):
        moment = datetime.fromisoformat(said[0])
        return moment if "T" in said[0] else date.fromisoformat(said[0])
    if isinstance(said, bool):
        return str(said).upper()
    return UNSEEN.sub(" ", said).strip() if isinstance(said, str) else float(said)
