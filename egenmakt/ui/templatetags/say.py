"""`{% load say %}`: icons, and dates, times and figures in words.

Tags never read the clock: *idag* is measured from the `today` that is handed to them, which every
page has in its context.
"""

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext

from egenmakt.ui import words

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> "SafeString":
    """The icon `name` of the one sprite; it stands beside words and says nothing by itself."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("ui/icons.svg"),
        name,
    )


@register.filter
def day(value: date, today: date) -> str:
    """`{{ visit.day|day:today }}`: idag, igår, imorgon, or *fre 11 dec (v. 50)*."""
    return words.day(value, today=today)


@register.filter
def dated(value: date, today: date) -> str:
    """`{{ today|dated:today }}`: always *fre 11 dec (v. 50)*."""
    return words.dated(value, today=today)


@register.filter
def day_short(value: date, today: date) -> str:
    """`{{ visit.day|day_short:today }}`: *11 dec*."""
    return words.day_short(value, today=today)


@register.filter
def latest(value: date, today: date) -> str:
    """`{{ last_here|latest:today }}`: idag, igår, *i fredags*, *11 okt*."""
    return words.latest(value, today=today)


@register.filter
def clock(value: datetime | time) -> str:
    """`{{ visit.at|clock }}`: *10.42*."""
    return words.clock(value)


@register.filter
def until(start: time, end: time) -> str:
    """`{{ span.opens|until:span.closes }}`: *9–19*."""
    return words.span(start, end)


@register.filter
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """`{{ visits|number }}` *9 012*, `{{ mean|number:1 }}` *39,5*; a dash where there is none."""
    return words.DASH if value is None else words.number(value, decimals=decimals)


@register.simple_tag
def day_time(value: date, today: date) -> "SafeString":
    """`{% day_time visit.day today %}`: the day in words inside `<time datetime>`."""
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), words.day(value, today=today)
    )


@register.simple_tag
def how(known: str, note: str = "") -> "SafeString":
    """`{% how "estimated" "360–470" %}`: the mark beside every figure."""
    said = words.known(known, note=str(note))
    return format_html('<span class="how how-{}">{}</span>', known, said)


@register.simple_tag
def few() -> "SafeString":
    """*färre än 5*, where a number is too small to be shown."""
    return format_html('<span class="few">{}</span>', gettext("färre än 5"))
