"""What may be known about a person: tiers, bands, the three answers, aliases and card codes."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from egenmakt.methods.matching import normalise
from egenmakt.organisations.rules import Depth

LONGEST = 60  # characters of an alias or a name


class Why(StrEnum):
    """Why something about a person is not kept."""

    NO_ALIAS = "no_alias"
    ALIAS_TAKEN = "alias_taken"
    UNDER_16 = "under_16"
    NEEDS_REASON = "needs_reason"
    NEEDS_MANAGER = "needs_manager"
    TOO_DEEP = "too_deep"
    BAD_CODE = "bad_code"
    TOO_EARLY = "too_early"
    OTHER_REGISTER = "other_register"
    MOVED = "moved"


class Refused(Exception):
    """It is not kept; `why` says the reason. Nothing about the person stands in the message."""

    def __init__(self, why: Why) -> None:
        """`why` is also the message."""
        super().__init__(why)
        self.why = why


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


class Ethos(IntEnum):
    """ETHOS Light: where somebody lives; 7 and 8 tell of health or an offence, so all is sealed."""

    PUBLIC_SPACE = 1
    OVERNIGHT_SHELTER = 2
    HOMELESS_HOSTEL = 3
    TEMPORARY_ACCOMMODATION = 4
    TRANSITIONAL_SUPPORTED = 5
    WOMENS_SHELTER = 6
    HEALTH_INSTITUTION = 7
    PENAL_INSTITUTION = 8
    MOBILE_HOME = 9
    NON_CONVENTIONAL_BUILDING = 10
    TEMPORARY_STRUCTURE = 11
    FAMILY_OR_FRIENDS = 12


class Housing(IntEnum):
    """Socialstyrelsen's situations, the only ones that may leave; its 9 is an unsaid answer."""

    NOT_HOMELESS = 0
    ACUTE = 1
    INSTITUTION = 2
    LONG_TERM = 3
    SHORT_TERM = 4


FACTS = frozenset(
    {"birth_year", "languages", "interpreter", "ethos", "housing", "found_us", "young_reason"}
)
CHILDREN = ("0-6", "7-12", "13-17")
YOUNGEST = {Band.B65: 65, Band.B45: 45, Band.B25: 25, Band.B18: 18, Band.B16: 16}


def band_of(birth_year: int, *, today: date) -> Band | None:
    """The band of somebody born that year, by the age they reach this year; None under 16."""
    age = today.year - birth_year
    for band, youngest in YOUNGEST.items():
        if age >= youngest:
            return band
    return None


def settled_band(band: str, facts: Mapping[str, Any], *, today: date) -> str:
    """The band that is kept: what the year of birth gives where it is known, else the one chosen.

    Raises Refused(under_16): there is no record of a child (`privacy.md`).
    """
    year = facts.get("birth_year")
    if not isinstance(year, int):
        return band
    from_year = band_of(year, today=today)
    if from_year is None:
        raise Refused(Why.UNDER_16)
    return from_year


def kept_facts(facts: Mapping[str, Any], *, band: str) -> dict[str, Any]:
    """The facts as they are kept: what was not asked is not there, and the reason for keeping
    somebody of 16–17 goes when they are older. Raises ValueError for a fact that has no place."""
    if unknown := set(facts) - FACTS:
        raise ValueError(f"no such fact is kept: {sorted(unknown)}")
    return {
        name: value
        for name, value in facts.items()
        if value not in ("", None, Unsaid.NOT_ASKED)
        and (name != "young_reason" or band == Band.B16)
    }


def suggested_housing(ethos: int) -> tuple[Housing, ...]:
    """What a place to live in by ETHOS Light may be in Socialstyrelsen's terms; a suggestion only,
    since both are asked (`law.md`, code lists)."""
    if ethos == Ethos.TRANSITIONAL_SUPPORTED:
        return Housing.INSTITUTION, Housing.LONG_TERM
    if ethos in (Ethos.HEALTH_INSTITUTION, Ethos.PENAL_INSTITUTION):
        return (Housing.INSTITUTION,)
    return (Housing.SHORT_TERM if ethos == Ethos.FAMILY_OR_FRIENDS else Housing.ACUTE,)


def tidy(text: str) -> str:
    """A name as it is kept: white space made single, what cannot be seen taken away, at most
    60 characters. The joiners that Persian and Indic names are written with stay."""
    seen = "".join(
        c
        for c in unicodedata.normalize("NFC", text)
        if c.isspace() or c in "\u200c\u200d" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    return " ".join(seen.split())[:LONGEST].strip()


def is_alias(text: str) -> bool:
    """Whether anything is left to call somebody by."""
    return bool(normalise(tidy(text)))


def other_aliases(alias: str) -> Iterator[str]:
    """What somebody may be called when `alias` is taken: Selam 2, Selam B, Selam 3 and on."""
    stem = tidy(alias)[: LONGEST - 3]
    letters = iter("BCDEFGHKLMNPRSTV")
    for number in range(2, 100):
        yield f"{stem} {number}"
        if letter := next(letters, ""):
            yield f"{stem} {letter}"


def place(participant: UUID, *, field: str, version: int) -> str:
    """Where a participant's sealed field lies: moved to another row, or an older one put back, it
    cannot be read."""
    return f"participants_participant|{participant}|{field}|{version}"


def card_place(card: UUID) -> str:
    """Where a card's sealed code lies; it is written once."""
    return f"participants_card|{card}|code|1"


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U
CODE_LENGTH = 10
_LOOK_ALIKE = str.maketrans("ILO", "110")


def card_code(text: str) -> str | None:
    """The ten characters of a code as written, read or scanned; None when it cannot be one.

    I and L are read as 1, O as 0; capitals, blanks and hyphens make no difference.
    """
    bare = "".join(text.upper().split()).replace("-", "").translate(_LOOK_ALIKE)
    return bare if len(bare) == CODE_LENGTH and set(bare) <= set(ALPHABET) else None


def card_shown(code: str) -> str:
    """A code as people read it: `ABCDE-FGHJK`."""
    return f"{code[:5]}-{code[5:]}"


def counted_children(children: Mapping[str, int]) -> dict[str, int]:
    """Children by band, those that there are. Raises ValueError for another band or below none."""
    if set(children) - set(CHILDREN) or any(number < 0 for number in children.values()):
        raise ValueError("children are counted in 0-6, 7-12 and 13-17")
    return {band: children[band] for band in CHILDREN if children.get(band)}


def may_join(day: date, *, earlier: Collection[tuple[date, date | None]]) -> bool:
    """Whether somebody may come to a household that day: not before they came to or left another
    (`earlier`, half open), since one belongs to one household at a time."""
    return all(day >= (left or came) for came, left in earlier)
