"""What the made-up people get once they have come: by taste, by the clock, within the limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

import numpy as np
from numpy.typing import NDArray

from egenmakt.kit.calendar import STOCKHOLM
from egenmakt.world.atlas import clock
from egenmakt.world.coming import NOBODY, Came, Numbers
from egenmakt.world.offers import OFFERS, Offer
from egenmakt.world.places import CHRISTMAS_WEEK


@dataclass(frozen=True)
class Taste:
    """How many of those who come get a service, how long it takes, and how long until the next:
    in days to a person, or in ISO weeks to a household."""

    share: float
    minutes: int = 0
    days: int = 0
    weeks: int = 0
    also_counted: bool = False  # people without a record get it too


TASTES = {
    "frukost": Taste(0.7, also_counted=True),
    "lunch": Taste(0.5),
    "fika": Taste(0.6, also_counted=True),
    "kaffe": Taste(0.75, also_counted=True),
    "dusch": Taste(0.13),
    "tvatt": Taste(0.06, days=4),
    "klader": Taste(0.1, days=7),
    "skor": Taste(0.03, days=30),
    "hygien": Taste(0.07),
    "barn": Taste(0.6, also_counted=True),
    "samtal": Taste(0.1, minutes=30),
    "myndighet": Taste(0.05, minutes=45),
    "juridik": Taste(0.06, minutes=40),
    "halsa": Taste(0.08, minutes=30),
    "matkasse": Taste(0.85, weeks=5),
    "julklapp": Taste(0.9, days=300),
}
TOLD = 0.12  # of those who asked too early, so many are written up as turned away


@dataclass(frozen=True)
class Given:
    """One service at one site: row for row when, to whom (or NOBODY) and to how many, how long it
    took; and, of those who asked too early, when and who."""

    offer: Offer
    day: Numbers
    at: Numbers
    person: Numbers
    number: Numbers
    minutes: Numbers
    refused: NDArray[np.int64]  # rows of day, second, person


@dataclass
class Memory:
    """Who eats together, and when each service was last given to whom (a day or an ISO week)."""

    rng: np.random.Generator
    household: Mapping[int, int]
    latest: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def too_early(self, service: str, person: int, day: int) -> bool:
        """Whether a limit stops this; if none does it is remembered as given."""
        taste = TASTES[service]
        if not (taste.days or taste.weeks):
            return False
        unit = (day - 1) // 7 if taste.weeks else day
        whose = (service, "person", person)
        if taste.weeks and person in self.household:
            whose = (service, "household", self.household[person])
        early = unit - self.latest.get(whose, -10_000) < (taste.weeks or taste.days)
        if not early:
            self.latest[whose] = unit
        return early


def gifts(came: Came, *, memory: Memory) -> Iterator[Given]:
    """What was given to those who came, service by service. No limit of the world is broken."""
    midnights = {int(day): midnight(int(day)) for day in np.unique(came.day)}
    began = np.array([midnights[day] for day in came.day.tolist()], np.int64)
    for offer in OFFERS[came.site][1]:
        if offer.service in TASTES:
            rows = wanting(memory.rng, came, offer=offer, clocks=came.at - began)
            opens = began + (seconds(clock(offer.starts)) if offer.starts else 0)
            yield handed_out(came, offer=offer, rows=rows, opens=opens, memory=memory)


def wanting(
    rng: np.random.Generator, came: Came, *, offer: Offer, clocks: Numbers
) -> NDArray[np.int64]:
    """The rows of those who are there when it is given, and want it. `clocks` is when they came,
    in seconds since midnight; who comes up to 90 minutes before it is given waits."""
    taste = TASTES[offer.service]
    weekdays = (came.day - 1) % 7  # date.toordinal() 1 is a Monday
    here = np.isin(weekdays, [int(weekday) for weekday in offer.weekdays])
    if offer.ends:
        here &= clocks < seconds(clock(offer.ends)) - 1500
    if offer.starts:
        here &= clocks > seconds(clock(offer.starts)) - 5400
    if offer.december:
        first, before = CHRISTMAS_WEEK
        of_year = [date.fromordinal(day) for day in came.day.tolist()]
        here &= np.array([first <= (day.month, day.day) < before for day in of_year], bool)
    if not taste.also_counted:
        here &= came.person != NOBODY
    return np.flatnonzero(here & (rng.random(len(came.day)) < taste.share))


def handed_out(
    came: Came,
    *,
    offer: Offer,
    rows: NDArray[np.int64],
    opens: Numbers,
    memory: Memory,
) -> Given:
    """The rows as given, a little after they came and not before it `opens`; those that a limit
    stops are told apart."""
    rng, taste = memory.rng, TASTES[offer.service]
    asked = zip(came.person[rows].tolist(), came.day[rows].tolist(), strict=True)
    early = np.array([memory.too_early(offer.service, *one) for one in asked], bool)
    stopped, rows = rows[early], rows[~early]
    told = stopped[rng.random(len(stopped)) < TOLD]
    at = np.maximum(came.at[rows], opens[rows]) + rng.integers(60, 1500, len(rows))
    minutes = taste.minutes + 5 * rng.integers(-2, 3, len(rows)) * (taste.minutes > 0)
    return Given(
        offer=offer,
        day=came.day[rows],
        at=at,
        person=came.person[rows],
        number=came.number[rows],
        minutes=minutes,
        refused=np.stack([came.day[told], came.at[told] + 60, came.person[told]]),
    )


def midnight(day: int) -> int:
    """The second (UTC) at which a day (ordinal) begins in Stockholm."""
    return int(datetime.combine(date.fromordinal(day), time(), STOCKHOLM).timestamp())


def seconds(of_day: time) -> int:
    """The time of day in seconds since midnight."""
    return of_day.hour * 3600 + of_day.minute * 60
