"""How many come on a day: the week, payday, the season, feasts, and what happened at the place."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = (1.03, 0.98, 0.96, 1.0, 1.06, 0.8, 0.8)
PAYDAY = 25


@dataclass(frozen=True)
class Change:
    """From one day to another something made more or fewer people come."""

    first: date
    before: date
    factor: float


FOREVER = date(9999, 1, 1)
CHANGES = {
    "kontaktcentrum": (Change(date(2025, 2, 10), date(2025, 2, 17), 0.6),),
    "iogt-nto": (
        Change(date(2019, 3, 4), FOREVER, 1.3),
        Change(date(2020, 3, 16), date(2021, 1, 1), 0.55),
    ),
    "sion": (Change(date(2020, 3, 16), date(2020, 7, 1), 0.75),),
    "mariatorget": (Change(date(2023, 11, 6), FOREVER, 1.1),),
}
FEASTS = {
    "sion": {"Julafton": 4.0},
    "kontaktcentrum": {"Julafton": 1.2, "Juldagen": 1.1},
    "iogt-nto": {"Julafton": 1.5, "Midsommarafton": 1.4},
}
QUIET_AT_CHRISTMAS = {"iogt-nto"}
GROWING = timedelta(days=60)


def factor(site: str, day: date, *, reason: str = "", opened_on: date = date.min) -> float:
    """How much busier than usual the day is at the site; 1 is usual.

    `reason` is the holiday's name where there is one. Money comes on the 25th: the days before it
    are the busiest, the days after it the calmest.
    """
    busy = WEEK[day.weekday()] if not reason else FEASTS.get(site, {}).get(reason, 0.9)
    busy *= 1.06 if PAYDAY - 5 <= day.day < PAYDAY else 1.0
    busy *= 0.9 if PAYDAY <= day.day < PAYDAY + 3 else 1.0
    busy *= season(site, day)
    for change in CHANGES.get(site, ()):
        busy *= change.factor if change.first <= day < change.before else 1.0
    grown = (day - opened_on) / GROWING if opened_on.year > 2000 else 1.0
    return busy * min(1.0, 0.7 + 0.3 * grown)


def season(site: str, day: date) -> float:
    """Winter a little above summer, the weeks before Christmas above both; and where Christmas is
    a hard time alone, few come then, which is not low need."""
    of_year = day.timetuple().tm_yday
    if site in QUIET_AT_CHRISTMAS and (of_year >= 357 or of_year <= 6):
        return 0.6
    advent = 1.06 if day.month == 12 and 8 <= day.day <= 23 else 1.0
    return advent * (1 + 0.05 * math.cos(2 * math.pi * (of_year - 20) / 365))
