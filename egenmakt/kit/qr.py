"""A QR code as a drawing: its side, and one path over the dark squares."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4  # squares of nothing around it, which a reader needs (ISO/IEC 18004)


@dataclass(frozen=True)
class Drawing:
    """A square of `side` units; `path` covers what is dark, one unit a square."""

    side: int
    path: str


def qr(text: str) -> Drawing:
    """`text` as a QR code that still reads with a quarter of it worn away (error level Q)."""
    code = segno.make(text, error="q", boost_error=False, micro=False)
    rows = [[bool(square) for square in row] for row in code.matrix]
    steps = []
    for y, row in enumerate(rows, start=QUIET):
        x = QUIET
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                steps.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return Drawing(len(rows) + 2 * QUIET, "".join(steps))
