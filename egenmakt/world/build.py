"""Building the whole made-up world in order, telling how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from egenmakt.world.places import build_places
from egenmakt.world.users import build_users

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    """Which world to build: the day it ends on, and whether a few weeks are enough."""

    today: date
    small: bool = False


def build_standing(wish: Wish, *, now: datetime) -> None:
    """What stands before anybody has come: places and log-ins."""
    build_places(today=wish.today)
    build_users(now=now)


def build_years(wish: Wish, *, now: datetime, tell: Tell) -> dict[str, int]:
    """The people and their years; how many of each were made."""
    return {}
