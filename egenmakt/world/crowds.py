"""Who comes where, and in which years there are figures of them: the volumes of the demo world."""

from dataclasses import dataclass
from datetime import date, timedelta

from egenmakt.kit.calendar import Period
from egenmakt.world.atlas import SUCCEEDED_ON
from egenmakt.world.offers import OLD_UNITS

YEAR = timedelta(days=365)
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Crowd:
    """The people of one site. `daily` come on a usual day; of people with a record, so many times
    as many belong to the regulars, and to those who come for a while and then do not."""

    daily: float
    regulars: float = 1.6
    passing: float = 1.5
    anonymous: float = 0.08
    women: float = 0.35
    bands: tuple[float, float, float, float] = (0.08, 0.42, 0.36, 0.14)
    named: float = 0.25


OLD = Crowd(22, women=0.4)
FAMILY = Crowd(40, women=0.52, anonymous=0.12, bands=(0.1, 0.5, 0.28, 0.12))
CROWDS = {
    "kontaktcentrum": Crowd(77, anonymous=0.12, women=0.24, named=0.0),
    "varberg": FAMILY,
    "hasselby": FAMILY,
    "city": Crowd(32, women=0.58, anonymous=0.04),
    "mariatorget": Crowd(36, women=0.42),
    "norrtalje": Crowd(40, women=0.46, bands=(0.06, 0.3, 0.38, 0.26), named=0.55),
    "sion": Crowd(30, regulars=3, passing=3, women=0.6, bands=(0.05, 0.45, 0.3, 0.2), named=0.7),
    "iogt-nto": Crowd(5, regulars=2, anonymous=0, women=0.3, named=0.4),
    **dict.fromkeys(OLD_UNITS, OLD),
    "unga-stationer": Crowd(18, women=0.45, bands=(0.7, 0.3, 0.0, 0.0)),
}


@dataclass(frozen=True)
class Stint:
    """A site and a period of which there are figures."""

    site: str
    period: Period


def stints(register: str, *, today: date, small: bool) -> list[Stint]:
    """The stints of a register in order of time; `today` itself has no figures yet.

    A small world has the last month of each.
    """
    found = []
    for site, first, before in spans(today)[register]:
        last = min(before, today)
        start = max(first, last - MONTH) if small else first
        if start < last:
            found.append(Stint(site, Period(start, last)))
    return sorted(found, key=lambda stint: (stint.period.starts_on, stint.site))


def spans(today: date) -> dict[str, list[tuple[str, date, date]]]:
    """Register → (site, first day, day after the last), before anything is cut at today."""
    iop = (date(2018, 1, 1), date(2021, 1, 1))
    until = date(2024, 4, 1)
    new = ("varberg", "hasselby", "city")
    return {
        "kontaktcentrum": [("kontaktcentrum", today - 2 * YEAR, today)],
        "stockholm": [
            *((unit, date(2022, 9, 1), SUCCEEDED_ON) for unit in OLD_UNITS),
            ("mariatorget", date(2022, 9, 1), until),
            *((site, SUCCEEDED_ON, until) for site in new),
            *((site, max(today - YEAR, until), today) for site in (*new, "mariatorget")),
        ],
        "sion": [("sion", *iop), ("sion", max(today - YEAR, iop[1]), today)],
        "iogt-nto": [("iogt-nto", *iop), ("iogt-nto", max(today - YEAR, iop[1]), today)],
        "norrtalje": [("norrtalje", date(2021, 9, 15), today)],
    }
