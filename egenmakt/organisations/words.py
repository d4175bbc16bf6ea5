"""What the screen says about a place: its hours and days in words, and why a rule says no."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from egenmakt.organisations.models import (
    WEEKDAYS,
    Address,
    Annotation,
    Offering,
    OpeningHours,
    Site,
    SpecialDays,
)
from egenmakt.organisations.rules import Door, Fault, Life, Refused, Span
from egenmakt.organisations.rules import SpecialDays as Special
from egenmakt.ui import words


@dataclass(frozen=True)
class Line:
    """One row on the screen: what it is, and a second line about it."""

    title: str
    detail: str


def line(row: object, *, today: date) -> Line:
    """A row about a site in words."""
    match row:
        case OpeningHours():
            title = f"{weekday(row.weekday)} {words.span(row.opens, row.closes)}"
            return Line(title, joined(row.audience, lasting(row.life, today=today)))
        case SpecialDays():
            return Line(days(row.life, today=today), f"{_hours(row.days)}: {row.reason}")
        case Annotation():
            return Line(capfirst(row.text), words.dated(row.on, today=today))
        case Address():
            town = f"{row.postcode} {row.town}".strip()
            since = lasting(row.life, today=today)
            return Line(f"{row.street}, {town}", joined(row.directions, since))
        case Offering():
            return Line(row.service.name, _offered(row, today=today))
        case _:
            return Line(str(row), "")


def joined(*parts: str) -> str:
    """The parts that say something, with a dot between them."""
    return " · ".join(part for part in parts if part)


def weekday(number: int) -> str:
    """*Måndag*, as the start of a line."""
    return str(WEEKDAYS[number]).capitalize()


def weekdays(numbers: str) -> str:
    """*alla dagar*, *mån–fre*, *tis, fre*: some weekdays in words."""
    some = sorted(int(number) for number in numbers)
    if len(some) == 7:
        return gettext("alla dagar")
    if len(some) > 2 and some[-1] - some[0] == len(some) - 1:
        return f"{words.WEEKDAYS[some[0]]}{words.DASH}{words.WEEKDAYS[some[-1]]}"
    return ", ".join(str(words.WEEKDAYS[number]) for number in some)


def days(life: Life, *, today: date) -> str:
    """*tors 24 dec (v. 52)* or *21 dec–6 jan 2027*: days that belong together."""
    first, gone = life
    last = first if gone is None else gone - timedelta(days=1)
    if first == last:
        return words.dated(first, today=today)
    return words.DASH.join(words.day_short(one, today=today) for one in (first, last))


def lasting(life: Life, *, today: date) -> str:
    """*sedan 1 mars 2024*, *från 11 dec*, *1 mars–31 maj*: how long something holds."""
    first, gone = life
    if gone is not None:
        return days(life, today=today)
    day = words.day_short(first, today=today)
    if first > today:
        return gettext("från %(day)s") % {"day": day}
    return gettext("sedan %(day)s") % {"day": day}


def in_week(day: date, *, today: date) -> str:
    """*idag* or *mån 23 nov*: a day in a list of one week."""
    if day == today:
        return gettext("idag")
    return f"{words.WEEKDAYS[day.weekday()]} {words.day_short(day, today=today)}"


def doorway(door: Door, *, today: date) -> str:
    """*Öppet nu till 19*, *Stängt, öppnar imorgon kl. 9*, *Stängt*: the door at this moment."""
    if door.closes:
        return gettext("Öppet nu till %(time)s") % {"time": clock(door.closes)}
    if door.next is None or door.next_day is None:
        return gettext("Stängt")
    return gettext("Stängt, öppnar %(day)s kl. %(time)s") % {
        "day": words.day(door.next_day, today=today),
        "time": clock(door.next.opens),
    }


def clock(value: time) -> str:
    """*9*, *9.30*: a time without the minutes of a whole hour."""
    return words.clock(value) if value.minute else str(value.hour)


def _hours(day: Special) -> str:
    if day.opens is None or day.closes is None:
        return gettext("Stängt")
    return gettext("Öppet %(hours)s") % {"hours": words.span(day.opens, day.closes)}


def _offered(row: Offering, *, today: date) -> str:
    price = gettext("%(kronor)s kr") % {"kronor": row.price} if row.price else gettext("gratis")
    hours = words.span(row.starts, row.ends) if row.starts and row.ends else ""
    when = f"{weekdays(row.weekdays)} {hours}".strip()
    return joined(price, when, lasting(row.life, today=today))


FAULTS: Final = {
    Fault.CLOSES_FIRST: _(
        "Välj en tid efter %(other)s. Öppet över midnatt går inte att skriva i en rad: sluta 23.59 "
        "och skriv resten på nästa dag."
    ),
    Fault.ENDS_FIRST: _("Välj en dag som inte är före den första."),
    Fault.ONE_TIME: _("Skriv båda tiderna, eller ingen av dem."),
    Fault.OVERLAPS: _("Tiden krockar med %(other)s. Ändra eller avsluta den först."),
    Fault.DAYS_TAKEN: _("Dagarna har redan andra tider: %(other)s. Ändra dem i stället."),
    Fault.DAY_TAKEN: _("Det finns redan en adress från den dagen. Ändra den i stället."),
    Fault.NO_DECISION: _("Skriv beslutet, med datum och nummer. Den grunden kräver ett."),
    Fault.SHARED: _(
        "Personregistret delas med en annan mötesplats. Då går bara civilrättslig grund."
    ),
    Fault.NOT_CIVIL: _(
        "Något som erbjuds i det registret är inte civilrättsligt. Välj ett eget register."
    ),
    Fault.BEFORE_START: _("Det gäller från %(other)s. Välj den dagen eller en senare."),
    Fault.AFTER_END: _("Det gäller till och med %(other)s. Välj den dagen eller en tidigare."),
    Fault.BEGUN: _("Det här har redan erbjudits. Avsluta det i stället, så finns det kvar."),
    Fault.NOT_OPEN_YET: _("%(other)s hade inte öppnat då. Välj en senare dag."),
    Fault.CIRCLE: _("%(other)s har själv tagit över efter den här mötesplatsen. Välj en annan."),
    Fault.TAKEN: _("Skriv något annat, det här finns redan."),
    Fault.CHANGED: _(
        "Någon annan har ändrat det här medan du skrev. Nu står det: %(other)s. Spara igen om det "
        "är din text som ska gälla."
    ),
}
GONE: Final = gettext_lazy(
    "Någon annan har tagit bort det här medan du skrev. Spara igen om det ska finnas kvar."
)


def why(refusal: Refused, *, today: date) -> str:
    """Why a rule says no, and what to do about it."""
    if refusal.fault is Fault.CHANGED and refusal.other is None:
        return str(GONE)
    return str(FAULTS[refusal.fault]) % {"other": _named(refusal.other, today=today)}


def _named(other: object, *, today: date) -> str:
    """What a rule points at, in words."""
    match other:
        case Span():
            hours = words.span(other.opens, other.closes)
            return f"{WEEKDAYS[other.weekday]} {hours}"
        case Special():
            life = (other.starts_on, other.ends_before)
            return f"{days(life, today=today)}, {other.reason}"
        case date():
            return words.dated(other, today=today)
        case time():
            return clock(other)
        case Site():
            return other.name
        case _:
            said = line(other, today=today)
            return joined(said.title, said.detail)
