"""What a period with missing days adds up to: counted, estimated, or not to be said."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, inf, sqrt
from statistics import fmean, variance

SHARE = Fraction(4, 5)  # of the open days must have reported before the rest may be estimated
SPREAD = 2  # reported days of a weekday, below which its spread is unknown

_NORMAL = 1.959964  # the 97.5 % point
_FEW = (inf, 12.7062, 4.3027, 3.1824, 2.7764)  # the same of Student's t, 0 to 4 degrees of freedom


class Known(StrEnum):
    """How a number is known."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval; a counted one is its own interval, None cannot be said."""

    value: float | None
    low: float | None
    high: float | None


_NOTHING = Estimate(None, None, None)


@dataclass(frozen=True, slots=True)
class Expansion:
    """What is known of a period. ``reported_sum`` holds the sum reported on closed days too.

    ``per_open_day`` is the mean of the open days that reported, ``needed`` the least number of
    further open days to report before ``total`` can be said.
    """

    reported_sum: int
    reported_days: int
    open_days: int
    outside_sum: int
    outside_days: int
    per_open_day: Estimate
    total: Estimate
    known: Known
    needed: int


@dataclass(frozen=True, slots=True)
class Stratum:
    """A group of ``size`` days, of which ``sampled`` reported, with their mean and variance."""

    size: int
    sampled: int
    mean: float
    variance: float

    @classmethod
    def of(cls, values: Sequence[int], *, size: int) -> "Stratum":
        return cls(size, len(values), fmean(values), variance(values) if len(values) > 1 else 0.0)

    @property
    def error(self) -> float:
        """The variance of the estimated total: nothing once every day has reported."""
        return self.size * (self.size - self.sampled) * self.variance / self.sampled


def expand(reported: Mapping[date, int], *, open_days: Collection[date]) -> Expansion:
    """A period's total from the days that reported, in the unit that they report.

    A missing day is not a zero, so a sum of the others alone is never the total. When all open
    days reported it is their exact sum. When at least four in five did, with two or more of each
    weekday and some in each calendar month, missing days are taken to be like reported ones of the
    same weekday: the stratified estimate with finite population correction, never below what was
    counted. Cochran (1977), "Sampling Techniques", 5.4 and 5A.9. Otherwise days are not missing
    at random, and the total is unknown. The interval of ``per_open_day`` is that of a simple
    random sample of open days; it says nothing of months that are missing whole.

    Reports for days that are not open are visits too: in the sums, not in the means.
    """
    days = set(open_days)
    inside = {day: count for day, count in reported.items() if day in days}
    whole, counted = sum(reported.values()), sum(inside.values())
    needed = _needed(inside, days=days)
    outside = whole - counted
    if len(inside) == len(days):
        total, known = Estimate(whole, whole, whole), Known.COUNTED
    elif needed == 0:
        total, known = (
            stratified(_by_weekday(inside, days=days), least=counted, plus=outside),
            Known.ESTIMATED,
        )
    else:
        total, known = _NOTHING, Known.UNKNOWN
    return Expansion(
        reported_sum=whole,
        reported_days=len(inside),
        open_days=len(days),
        outside_sum=outside,
        outside_days=len(reported) - len(inside),
        per_open_day=_mean(list(inside.values()), size=len(days)),
        total=total,
        known=known,
        needed=needed,
    )


def standard_error(strata: Iterable[Stratum]) -> float:
    """Of the total over strata, with finite population correction. Cochran (1977), 5.3."""
    return sqrt(sum(stratum.error for stratum in strata))


def stratified(strata: Sequence[Stratum], *, least: float = -inf, plus: float = 0) -> Estimate:
    """The total over strata with its 95 % interval, cut at ``least``, all of it moved by ``plus``.

    Student's t with Satterthwaite's degrees of freedom: Cochran (1977), 5.4, equation 5.16.
    """
    total = sum(stratum.size * stratum.mean for stratum in strata)
    half = _half(strata)
    return Estimate(total + plus, max(total - half, least) + plus, total + half + plus)


def _half(strata: Sequence[Stratum]) -> float:
    return _student(_freedom(strata)) * standard_error(strata)


def _freedom(strata: Iterable[Stratum]) -> float:
    unsure = [stratum for stratum in strata if stratum.error > 0]
    if not unsure:
        return inf
    each = sum(stratum.error**2 / (stratum.sampled - 1) for stratum in unsure)
    return sum(stratum.error for stratum in unsure) ** 2 / each


def _student(freedom: float) -> float:
    """The 97.5 % point, by Cornish and Fisher's expansion where that is good to .003."""
    if freedom < len(_FEW):
        return _FEW[int(freedom)]
    z = _NORMAL
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / freedom + second / freedom**2


def _by_weekday(inside: Mapping[date, int], *, days: set[date]) -> list[Stratum]:
    sizes = Counter(day.weekday() for day in days)
    values = {
        weekday: [count for day, count in inside.items() if day.weekday() == weekday]
        for weekday in sizes
    }
    return [Stratum.of(values[weekday], size=size) for weekday, size in sizes.items()]


def _needed(inside: Mapping[date, int], *, days: set[date]) -> int:
    """Each further day serves one weekday and one month at once, so the greatest lack decides."""
    share = ceil(SHARE * len(days)) - len(inside)
    sizes = Counter(day.weekday() for day in days)
    sampled = Counter(day.weekday() for day in inside)
    weekdays = sum(max(0, min(SPREAD, sizes[day]) - sampled[day]) for day in sizes)
    silent = {(day.year, day.month) for day in days} - {(day.year, day.month) for day in inside}
    return max(0, share, weekdays, len(silent))


def _mean(values: Sequence[int], *, size: int) -> Estimate:
    """Of one day, as a simple random sample; from a single day no interval can be given."""
    if not values:
        return _NOTHING
    mean = fmean(values)
    if len(values) == 1 < size:
        return Estimate(mean, None, None)
    half = _half([Stratum.of(values, size=size)]) / size
    return Estimate(mean, max(mean - half, sum(values) / size), mean + half)
