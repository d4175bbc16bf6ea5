"""The years of the made-up world, drawn: who comes where on which day, and into which home."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from egenmakt.organisations.queries import open_days
from egenmakt.world import atlas, queries
from egenmakt.world.cast import Home, homes
from egenmakt.world.coming import NOBODY, Came, Pool, people_come
from egenmakt.world.crowds import CROWDS, Stint, spans, stints
from egenmakt.world.shape import factor

SEED = 20231
WITH_HOMES = {"sion"}


@dataclass
class Chapter:
    """One register's years: who came in which stint, and the homes of those who came."""

    register: str
    rng: np.random.Generator
    came: list[Came]
    homes: list[Home] = field(default_factory=list)

    @property
    def first_came(self) -> dict[int, tuple[int, str]]:
        """Everybody who came at all: person of the pool → (second, site) of the first time."""
        found: dict[int, tuple[int, str]] = {}
        for came in self.came:
            known = came.person != NOBODY
            people, rows = np.unique(came.person[known], return_index=True)
            for person, at in zip(people.tolist(), came.at[known][rows].tolist(), strict=True):
                found.setdefault(person, (at, came.site))
        return found

    @property
    def household(self) -> dict[int, int]:
        """Person of the pool → number of their home."""
        return {person: n for n, home in enumerate(self.homes) for person in home.members}


def chapters(*, today: date, small: bool) -> Iterator[Chapter]:
    """Register by register; drawn from one seed and the day, so always the same."""
    for number, register in enumerate(spans(today)):
        rng = np.random.default_rng([SEED, today.toordinal(), number, small])
        pool = Pool.empty()
        chapter = Chapter(register, rng, [])
        moved = False
        for stint in stints(register, today=today, small=small):
            if not moved and stint.period.starts_on >= atlas.SUCCEEDED_ON:
                pool.move(rng)
                moved = True
            chapter.came.append(drawn(rng, pool, stint=stint))
        if register in WITH_HOMES:
            chapter.homes = list(homes(rng, sorted(chapter.first_came)))
        yield chapter


def drawn(rng: np.random.Generator, pool: Pool, *, stint: Stint) -> Came:
    """Who came to one site in one stint, on the days that it was open."""
    site = queries.site(stint.site)
    days = [
        (day, factor(stint.site, day.day, reason=day.reason, opened_on=site.opened_on))
        for day in open_days([site], stint.period)[site.id]
        if day.spans
    ]
    return people_come(rng, pool, stint=stint, crowd=CROWDS[stint.site], days=days)
