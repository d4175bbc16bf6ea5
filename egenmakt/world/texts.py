"""Columns of ids, days and times as text that both databases read."""

from datetime import date

import numpy as np

from egenmakt.world.coming import Numbers


def ids(rng: np.random.Generator, at: Numbers) -> list[str]:
    """Ids that sort by time, as a browser's do (RFC 9562, version 7), in hexadecimal."""
    low = rng.integers(0, 1 << 62, len(at))
    high = rng.integers(0, 1 << 12, len(at))
    return [
        f"{second * 1000:012x}7{a:03x}{b | 1 << 63:016x}"
        for second, a, b in zip(at.tolist(), high.tolist(), low.tolist(), strict=True)
    ]


def instants(at: Numbers) -> list[str]:
    """Seconds (UTC) as `2026-11-22 09:42:00`: both databases keep and read time in UTC."""
    text = np.datetime_as_string(at.astype("datetime64[s]"))
    return [one.replace("T", " ") for one in text.tolist()]


def iso_days(days: Numbers) -> list[str]:
    """Ordinals as `2026-11-22`."""
    known = {int(day): date.fromordinal(int(day)).isoformat() for day in np.unique(days)}
    return [known[day] for day in days.tolist()]
