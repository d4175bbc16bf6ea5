"""Giving made-up people what may be known of them: an alias, perhaps a name, a band, a gender."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from egenmakt.participants.actions import Newcomer
from egenmakt.participants.rules import CHILDREN, Band, FoundUs, Gender, Tier, Unsaid
from egenmakt.world import names
from egenmakt.world.crowds import Crowd

BANDS = (Band.B18, Band.B25, Band.B45, Band.B65)
FOUND_US = (FoundUs.FRIEND, FoundUs.SOCIAL_SERVICES, FoundUs.CARE, FoundUs.OTHER_PLACE)


class Aliases:
    """What is left to be called by in one register; nobody is called like another."""

    def __init__(self, rng: np.random.Generator) -> None:
        """The aliases in an order of their own; plain ones go first."""
        self.left: dict[str, Iterator[str]] = {}
        for gender in (Gender.WOMAN, Gender.MAN, ""):
            whole = names.aliases(gender)
            order = np.argsort(rng.random(len(whole)) + np.arange(len(whole)) / 300)
            self.left[gender] = iter([whole[number] for number in order])

    def next(self, rng: np.random.Generator, gender: str) -> str:
        """One for somebody of this gender, or that tells nothing."""
        known = gender if gender in self.left and rng.random() < 0.75 else ""
        return next(self.left[known], "") or next(self.left[Gender.WOMAN])


def newcomer(rng: np.random.Generator, *, key: UUID, crowd: Crowd, aliases: Aliases) -> Newcomer:
    """Somebody of this crowd, made up."""
    women = crowd.women
    gender = rng.choice(
        [Gender.WOMAN, Gender.MAN, Gender.OTHER, Unsaid.NOT_ASKED],
        p=[women * 0.9, (1 - women) * 0.9, 0.01, 0.09],
    )
    band = rng.choice(BANDS, p=crowd.bands) if rng.random() < 0.85 else Unsaid.NOT_ASKED
    alias = aliases.next(rng, str(gender))
    named = bool(rng.random() < crowd.named)
    facts = {"found_us": str(rng.choice(FOUND_US))} if rng.random() < 0.6 else {}
    return Newcomer(
        id=key,
        alias=alias,
        name=names.full(alias, int(rng.integers(10_000))) if named else "",
        tier=Tier.NAMED if named else Tier.ALIAS,
        band=str(band),
        gender=str(gender),
        facts=facts,
    )


@dataclass(frozen=True)
class Home:
    """People of the pool who eat together, and the children that are counted with them."""

    members: tuple[int, ...]
    children: dict[str, int]


def homes(rng: np.random.Generator, people: list[int]) -> Iterator[Home]:
    """All these people in households of one to three, with children or without."""
    rest = list(people)
    while rest:
        size = int(rng.choice([1, 2, 3], p=[0.5, 0.4, 0.1]))
        members, rest = tuple(rest[:size]), rest[size:]
        young = rng.poisson([0.5, 0.5, 0.3]) if rng.random() < 0.6 else np.zeros(3, int)
        yield Home(members, {band: int(n) for band, n in zip(CHILDREN, young, strict=True) if n})
