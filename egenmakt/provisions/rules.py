"""Limits: how often something may be given, counted in days or ISO weeks, and when next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from egenmakt.kit.calendar import DAY, monday_of


class Unit(StrEnum):
    """What an interval is counted in."""

    DAYS = "days"
    WEEKS = "weeks"


@dataclass(frozen=True)
class Rule:
    """At most `count` units in `every` days or ISO weeks."""

    count: int
    every: int
    unit: Unit


@dataclass(frozen=True, order=True)
class Given:
    """Units that were given on one service day."""

    day: date
    units: int


def frees_on(day: date, rule: Rule) -> date:
    """The first day on which something given on `day` no longer counts.

    In weeks the whole calendar week counts, so "every fifth week" given on Thursday 2019-10-03
    (week 40) is free again on Monday 2019-11-04 (week 45); 35 rolling days would drift.
    """
    if rule.unit is Unit.WEEKS:
        return monday_of(day) + DAY * 7 * rule.every
    return day + DAY * rule.every


def counts_from(day: date, rule: Rule) -> date:
    """The first day whose provisions still count on `day`: where a look-up may start."""
    if rule.unit is Unit.WEEKS:
        return monday_of(day) - DAY * 7 * (rule.every - 1)
    return day - DAY * (rule.every - 1)


def units_counting(given: Iterable[Given], *, rule: Rule, day: date) -> list[Given]:
    """What was given up to `day` and still counts then, newest first."""
    still = [one for one in given if one.day <= day < frees_on(one.day, rule)]
    return sorted(still, reverse=True)


def next_on(given: Iterable[Given], *, rule: Rule, day: date, wanted: int = 1) -> date | None:
    """The first day, `day` itself or later, on which `wanted` units may be given.

    None when that will never be: more is wanted at once than the rule allows.
    """
    room = rule.count - wanted
    if room < 0:
        return None
    held = 0
    for one in units_counting(given, rule=rule, day=day):
        held += one.units
        if held > room:
            return frees_on(one.day, rule)
    return day


def breaks(given: Iterable[Given], *, rule: Rule) -> bool:
    """Whether these provisions together break the rule on any of their days.

    What is entered afterwards may break it for something already given later.
    """
    everything = list(given)
    return any(
        sum(one.units for one in units_counting(everything, rule=rule, day=day)) > rule.count
        for day in {one.day for one in everything}
    )
