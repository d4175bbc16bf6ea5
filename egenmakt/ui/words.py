"""Dates, clock times and numbers in words, as the screen says them in the reader's language.

Nothing here reads the clock: *idag* is always measured from a `today` that the caller gives.
"""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
MINUS: Final = "\u2212"
DASH: Final = "\u2013"
HARD_SPACE: Final = "\u00a0"

WEEKDAYS: Final = (
    gettext_lazy("mån"),
    gettext_lazy("tis"),
    gettext_lazy("ons"),
    gettext_lazy("tors"),
    gettext_lazy("fre"),
    gettext_lazy("lör"),
    gettext_lazy("sön"),
)
LAST_WEEKDAYS: Final = (
    gettext_lazy("i måndags"),
    gettext_lazy("i tisdags"),
    gettext_lazy("i onsdags"),
    gettext_lazy("i torsdags"),
    gettext_lazy("i fredags"),
    gettext_lazy("i lördags"),
    gettext_lazy("i söndags"),
)
MONTHS: Final = (
    gettext_lazy("jan"),
    gettext_lazy("feb"),
    pgettext_lazy("kort månad", "mars"),
    gettext_lazy("apr"),
    pgettext_lazy("kort månad", "maj"),
    pgettext_lazy("kort månad", "juni"),
    pgettext_lazy("kort månad", "juli"),
    gettext_lazy("aug"),
    gettext_lazy("sep"),
    gettext_lazy("okt"),
    gettext_lazy("nov"),
    gettext_lazy("dec"),
)
KNOWN: Final = {
    "counted": gettext_lazy("Räknat"),
    "estimated": gettext_lazy("Uppskattat"),
    "stated": gettext_lazy("Enligt någon"),
    "unknown": gettext_lazy("Kan inte säga"),
}


def day_short(value: date, *, today: date) -> str:
    """*11 dec*, and *11 dec 2024* when it is not this year."""
    words = gettext("%(day)d %(month)s") % {"day": value.day, "month": MONTHS[value.month - 1]}
    return words if value.year == today.year else f"{words} {value.year}"


def dated(value: date, *, today: date) -> str:
    """*fre 11 dec (v. 50)*: weekday and ISO week always, the year when it is not this one."""
    parts = {
        "weekday": WEEKDAYS[value.weekday()],
        "day": day_short(value, today=today),
        "week": value.isocalendar().week,
    }
    return gettext("%(weekday)s %(day)s (v. %(week)d)") % parts


def day(value: date, *, today: date) -> str:
    """*idag*, *igår* or *imorgon* where it is one of them, else the date with weekday and week."""
    near = {-1: gettext("igår"), 0: gettext("idag"), 1: gettext("imorgon")}
    return near.get((value - today).days) or dated(value, today=today)


def latest(value: date, *, today: date) -> str:
    """When something last was: *idag*, *igår*, *i fredags* within a week, else *11 okt*."""
    ago = (today - value).days
    if 2 <= ago <= 6:
        return str(LAST_WEEKDAYS[value.weekday()])
    return day(value, today=today) if -1 <= ago <= 1 else day_short(value, today=today)


def clock(value: datetime | time) -> str:
    """*10.42*, in Stockholm's time when the moment knows its zone."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(STOCKHOLM)
    return pgettext("klockslag", "%(hour)d.%(minute)s") % {
        "hour": value.hour,
        "minute": f"{value.minute:02d}",
    }


def span(start: time, end: time) -> str:
    """*9–19*, *9.30–14*: from one time to another, whole hours without minutes; midnight is 24."""
    return f"{_short_clock(start)}{DASH}{_short_clock(end) if end != time(0) else 24}"


def number(value: float | Decimal, *, decimals: int = 0) -> str:
    """*9 012*, *39,5*, *−3*: grouped by hard spaces, rounded half up to `decimals` places."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    whole, _, part = f"{abs(rounded):,f}".partition(".")
    words = whole.replace(",", pgettext("mellan tusental", "\u00a0"))
    if part:
        words += pgettext("decimaltecken", ",") + part
    return MINUS + words if rounded < 0 else words


def interval(low: float | Decimal, high: float | Decimal, *, decimals: int = 0) -> str:
    """*360–470*: a range from `low` to `high`; in words when one of them is below zero."""
    ends = {"low": number(low, decimals=decimals), "high": number(high, decimals=decimals)}
    if min(low, high) < 0:
        return gettext("%(low)s till %(high)s") % ends
    return f"{ends['low']}{DASH}{ends['high']}"


def known(how: str, *, note: str = "") -> str:
    """How a figure is known: *Räknat*, *Uppskattat, 360–470*, *Enligt kommunen*, *Kan inte säga*.

    `how` is counted, estimated, stated or unknown; `note` is the interval, the source, or what it
    would take to be able to say.
    """
    if how == "stated" and note:
        return gettext("Enligt %(source)s") % {"source": note}
    return f"{KNOWN[how]}, {note}" if note else str(KNOWN[how])


def _short_clock(value: time) -> str:
    return clock(value) if value.minute else str(value.hour)
