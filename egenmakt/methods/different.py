"""How many different people came, when some of them said who they were and some did not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most it can be; both ends can be true."""

    low: int
    high: int


def hard_range(coded: int, *, anonymous_visits: int) -> Range:
    """The persons known by a code, up to as many more as there were visits without one.

    Everybody who came uncoded may be somebody coded, or each visit somebody new: no model is
    asked, since capture-recapture answers 4 414 for 400 people once 15 % of visits get a fresh
    code. Persons and visits in, persons out. Raises ``ValueError`` on negative numbers.
    """
    if coded < 0 or anonymous_visits < 0:
        msg = "persons and visits cannot be fewer than none"
        raise ValueError(msg)
    return Range(low=coded, high=coded + anonymous_visits)
