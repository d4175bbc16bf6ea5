"""Letting made-up people come: some for years and often, some for a while, each with their week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from egenmakt.kit.calendar import STOCKHOLM
from egenmakt.organisations.rules import OpenDay
from egenmakt.world.atlas import SUCCESSIONS
from egenmakt.world.crowds import Crowd, Stint

Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]

REGULAR_STAY = 400  # days, on average
PASSING_STAY = 75
COUNTED_TOGETHER = 4  # people without a record, on average
NOBODY = -1


@dataclass
class Pool:
    """Everybody of one register, one row each: which site is theirs, between which days (ordinals,
    half open) they come, how gladly, and on which weekdays rather."""

    home: NDArray[np.str_]
    first: Numbers
    last: Numbers
    eager: Shares
    week: Shares

    @classmethod
    def empty(cls) -> "Pool":
        """Nobody yet."""
        none = np.zeros(0, np.int64)
        return cls(np.zeros(0, "U24"), none, none, np.zeros(0), np.zeros((0, 7)))

    def add(self, rng: np.random.Generator, *, home: str, first: Numbers, stay: int) -> None:
        """Let people begin to come on these days, for a time that is `stay` on average."""
        number = len(first)
        gladly = 0.6 if stay == REGULAR_STAY else -0.3
        lasts = first + 1 + rng.exponential(stay, number).astype(np.int64)
        self.home = np.concatenate([self.home, np.full(number, home, "U24")])
        self.first = np.concatenate([self.first, first])
        self.last = np.concatenate([self.last, lasts])
        self.eager = np.concatenate([self.eager, rng.lognormal(gladly, 0.5, number)])
        self.week = np.concatenate([self.week, rng.choice([0.25, 1.0, 1.6], (number, 7))])

    def move(self, rng: np.random.Generator) -> None:
        """On the day of the succession everybody goes on to what their old unit became."""
        for unit, successors in SUCCESSIONS.items():
            theirs = np.flatnonzero(self.home == unit)
            self.home[theirs] = rng.choice(successors, len(theirs))

    def fill(self, rng: np.random.Generator, *, stint: Stint, crowd: Crowd) -> None:
        """Let so many come new, at the start and along the way, that the site is always busy.

        Whoever is here already, from before or from a unit that went up in this one, counts.
        """
        known = crowd.daily * (1 - crowd.anonymous)
        begin = stint.period.starts_on.toordinal()
        end = stint.period.ends_before.toordinal()
        here = int(((self.home == stint.site) & (self.last > begin)).sum())
        for times, stay in ((crowd.regulars, REGULAR_STAY), (crowd.passing, PASSING_STAY)):
            missing = max(0, round(known * times) - here)
            here = max(0, here - round(known * times))
            later = rng.integers(begin, end, rng.poisson(known * times * (end - begin) / stay))
            first = np.concatenate([np.full(missing, begin), later])
            self.add(rng, home=stint.site, first=first, stay=stay)


@dataclass(frozen=True)
class Came:
    """Who came to one site: row for row a day (ordinal), a second (UTC), a person of the pool or
    NOBODY, and how many people it was."""

    site: str
    day: Numbers
    at: Numbers
    person: Numbers
    number: Numbers


def people_come(
    rng: np.random.Generator,
    pool: Pool,
    *,
    stint: Stint,
    crowd: Crowd,
    days: Iterable[tuple[OpenDay, float]],
) -> Came:
    """Draw who is at the site on each open day; beside the day stands how busy it is (1 is usual).

    Everybody in the pool who comes in these days may be drawn, by how gladly they come and
    whether it is a weekday of theirs; nobody is drawn twice a day.
    """
    pool.fill(rng, stint=stint, crowd=crowd)
    ours = np.flatnonzero(pool.home == stint.site)
    parts = [np.zeros((4, 0), np.int64)]
    for day, busy in days:
        total = crowd.daily * busy
        total = max(2, round(total + 0.5 * rng.standard_normal() * np.sqrt(total)))
        uncounted = round(total * crowd.anonymous)
        today = day.day.toordinal()
        active = ours[(pool.first[ours] <= today) & (pool.last[ours] > today)]
        gladly = pool.eager[active] * pool.week[active, day.day.weekday()]
        order = np.argsort(rng.exponential(size=len(active)) / gladly)
        people = active[order[: total - uncounted]]
        groups = counted_together(rng, uncounted)
        person = np.concatenate([people, np.full(len(groups), NOBODY)])
        number = np.concatenate([np.ones(len(people), np.int64), groups])
        parts.append(
            np.stack([np.full(len(person), today), times(rng, day, len(person)), person, number])
        )
    columns = np.concatenate(parts, axis=1)
    return Came(stint.site, *columns[:, np.argsort(columns[1], kind="stable")])


def counted_together(rng: np.random.Generator, people: int) -> Numbers:
    """People without a record in groups, each a head count of its own."""
    groups = max(1, people // COUNTED_TOGETHER)
    sizes = rng.multinomial(people, np.full(groups, 1 / groups))
    return sizes[sizes > 0].astype(np.int64)


def times(rng: np.random.Generator, day: OpenDay, number: int) -> Numbers:
    """When so many come through the door that day: rather early than late, in seconds (UTC)."""
    opens = datetime.combine(day.day, min(span.opens for span in day.spans), STOCKHOLM)
    closes = datetime.combine(day.day, max(span.closes for span in day.spans), STOCKHOLM)
    length = closes.timestamp() - opens.timestamp() - 600
    return (opens.timestamp() + length * rng.beta(1.2, 2.2, number)).astype(np.int64)
