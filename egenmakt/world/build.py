"""Building the whole made-up world in order, telling how far it has come."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from egenmakt.audit.actions import Act, log
from egenmakt.world import queries
from egenmakt.world.giving import Memory, gifts
from egenmakt.world.places import build_places
from egenmakt.world.users import build_users
from egenmakt.world.writing import BUILDER, Scribe
from egenmakt.world.years import chapters

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    """Which world to build: the day it ends on, and whether a month of each place is enough."""

    today: date
    small: bool = False


def build_standing(wish: Wish, *, now: datetime) -> None:
    """What stands before anybody has come: places and log-ins."""
    build_places(today=wish.today)
    build_users(now=now)


def build_years(wish: Wish, *, now: datetime, tell: Tell) -> Counter[str]:
    """The people and their years; returns how many rows of each there are. One line in the log
    tells of the whole run."""
    drawn = list(chapters(today=wish.today, small=wish.small))
    whole = sum(len(came.day) for chapter in drawn for came in chapter.came)
    made: Counter[str] = Counter()
    for chapter in drawn:
        scribe = Scribe(chapter, register=queries.register(chapter.register), now=now)
        tell(f"{made['visits'] / whole:>5.0%}  {chapter.register}: {len(scribe.ids)} people")
        made["people"] += scribe.people()
        made["households"] += scribe.homes()
        memory = Memory(chapter.rng, scribe.household)
        for came in chapter.came:
            made["visits"] += scribe.visits(came)
            for given in gifts(came, memory=memory):
                made["provisions"] += scribe.provisions(came.site, given)
                made["turned away"] += scribe.turned_away(came.site, given)
            tell(f"{made['visits'] / whole:>5.0%}  {came.site}: {len(came.day)} visits")
    log(BUILDER, Act("world.build", count=made.total()), at=now)
    return made
