"""What may be known about a person: tiers, bands, genders, and the three answers beside blank."""

from datetime import date
from enum import StrEnum

from egenmakt.organisations.rules import Depth


class Tier(StrEnum):
    """How deep a participant is known."""

    ALIAS = "alias"
    NAMED = "named"

    @property
    def depth(self) -> Depth:
        """The tier as a depth that a regime may allow or not."""
        return Depth.NAMED if self is Tier.NAMED else Depth.ALIAS


class Unsaid(StrEnum):
    """The three answers beside blank."""

    NOT_ASKED = "not_asked"
    DONT_KNOW = "dont_know"
    WONT_SAY = "wont_say"


class Gender(StrEnum):
    """Counted, so it lies in clear."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class Band(StrEnum):
    """Bands of age, counted and in clear; under 16 there is no record."""

    B16 = "16-17"
    B18 = "18-24"
    B25 = "25-44"
    B45 = "45-64"
    B65 = "65+"


class FoundUs(StrEnum):
    """How somebody found the way here; asked once, never a condition."""

    FRIEND = "friend"
    SOCIAL_SERVICES = "social_services"
    CARE = "care"
    OTHER_PLACE = "other_place"
    OUTREACH = "outreach"
    WALKED_BY = "walked_by"
    INTERNET = "internet"
    OTHER = "other"


YOUNGEST = {Band.B65: 65, Band.B45: 45, Band.B25: 25, Band.B18: 18, Band.B16: 16}


def band_of(birth_year: int, *, today: date) -> Band | None:
    """The band of somebody born that year, by the age they reach this year; None under 16."""
    age = today.year - birth_year
    for band, youngest in YOUNGEST.items():
        if age >= youngest:
            return band
    return None
