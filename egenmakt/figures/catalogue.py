"""The words of every figure: what each measure is called and means, and how a number is said."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import Field, Model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from egenmakt.figures.rules import ALL, MEASURES, Amount, Known, Unit
from egenmakt.organisations.models import OpeningHours
from egenmakt.participants.models import Participant
from egenmakt.participants.rules import Gender
from egenmakt.provisions.models import TurnedAway
from egenmakt.ui import words

OWN: Final = _("egna registreringar")
HOURS: Final = _("platsens öppettider")

NAMES: Final = {
    "visits": _("Besök"),
    "visits_per_open_day": _("Besök per öppen dag"),
    "head_counts": _("Besök utan namn"),
    "people": _("Olika personer"),
    "new_people": _("Nya personer"),
    "households": _("Olika hushåll"),
    "children": _("Barn i hushållen"),
    "provisions": _("Utlämningar"),
    "food_bags": _("Matkassar"),
    "turned_away": _("Fick inte det de kom för"),
    "open_days": _("Öppna dagar"),
    "opening_hours": _("Öppna timmar"),
}
DEFINITIONS: Final = {
    "visits": _(
        "Att någon var på en plats en dag. Samma person räknas en gång om dagen på varje plats. "
        "Öppna dagar utan rapport räknas inte som noll."
    ),
    "visits_per_open_day": _(
        "Besök på öppna dagar, delat med de öppna dagarna. Varje plats räknas för sig. "
        "Dagar utan rapport räknas inte som noll."
    ),
    "head_counts": _("Besök som räknades i dörren utan att någon skrevs in."),
    "people": _(
        "Minst alla som är inskrivna och var här. Högst så många till som det var besök utan namn."
    ),
    "new_people": _(
        "De som gjorde sitt allra första besök i perioden, på någon plats i samma register."
    ),
    "households": _(
        "Hushållen som de inskrivna hörde till när de var här. "
        "Den som inte hörde till något är ett eget."
    ),
    "children": _(
        "Barn som är inräknade i hushållen, varje hushåll en gång. De behöver inte ha varit här."
    ),
    "provisions": _("Det som gavs, styckvis: en frukost, en dusch, en matkasse."),
    "food_bags": _("Matkassar som gavs, styckvis."),
    "turned_away": _(
        "Människor som inte fick det de kom för, varje gång. Samma person kan räknas flera gånger."
    ),
    "open_days": _("Dagar med öppettid. Varje plats räknas för sig."),
    "opening_hours": _("Timmar som det var öppet. Varje plats räknas för sig."),
}
UNITS: Final = {
    Unit.VISIT: _("besök"),
    Unit.PERSON: _("personer"),
    Unit.HOUSEHOLD: _("hushåll"),
    Unit.PROVISION: _("utlämningar"),
    Unit.OCCASION: _("gånger"),
    Unit.DAY: _("dagar"),
    Unit.HOUR: _("timmar"),
}
DIMENSIONS: Final = {
    "month": _("Månad"),
    "weekday": _("Veckodag"),
    "site": _("Plats"),
    "gender": _("Kön"),
    "band": _("Ålder"),
    "service": _("Tjänst"),
    "reason": _("Skäl"),
}
CHILD: Final = "child"
UNKNOWN: Final = "unknown"
GENDERS: Final = {
    Gender.WOMAN: _("kvinnor"),
    Gender.MAN: _("män"),
    CHILD: _("barn"),
    Gender.OTHER: _("annat"),
    UNKNOWN: _("vet ej"),
}


def unit(code: str) -> str:
    """What the measure is counted in: *besök*, and *besök per dag* for the mean."""
    if code == "visits_per_open_day":
        return gettext("besök per öppen dag")
    return str(UNITS[MEASURES[code].unit])


def described(code: str) -> dict[str, str]:
    """The measure with the keys of `docs/contracts.md`, in the reader's language."""
    return {
        "code": code,
        "name": str(NAMES[code]),
        "definition": str(DEFINITIONS[code]),
        "unit": unit(code),
    }


def label(dimension: str, value: str) -> str:
    """What a place in a dimension is called; sites and services bring their own names."""
    if value == ALL:
        return gettext("Alla")
    if dimension == "month":
        first = date.fromisoformat(f"{value}-01")
        return f"{words.MONTHS[first.month - 1]} {first.year}"
    names: dict[str, Mapping[str, object]] = {
        "weekday": {str(int(n) + 1): name for n, name in _named(OpeningHours, "weekday").items()},
        "gender": GENDERS,
        "band": _named(Participant, "band"),
        "reason": _named(TurnedAway, "reason"),
    }
    return str(names.get(dimension, {}).get(value) or GENDERS[UNKNOWN])


def _named(model: type[Model], field: str) -> dict[str, object]:
    """What each choice of a column is called."""
    column = model._meta.get_field(field)
    choices = column.flatchoices if isinstance(column, Field) else []
    return {str(value): name for value, name in choices}


def shown(code: str, amount: Amount) -> str:
    """The amount as every page and file says it: *9 012*, *286–410*, *minst 286*, *stängt*.

    Else *kan inte säga*. The sum or mean of the reported days is never shown as the whole.
    """
    decimals = MEASURES[code].decimals
    if amount.value is not None:
        whole_hours = MEASURES[code].unit is Unit.HOUR and amount.value % 1 == 0
        said = words.number(amount.value, decimals=0 if whole_hours else decimals)
        return f"{said} {on_reported_days(amount)}" if amount.of_some_days else said
    if amount.low and amount.high is not None:
        return words.interval(amount.low, amount.high, decimals=decimals)
    if amount.high is not None:
        return gettext("högst %(number)s") % {"number": words.number(amount.high)}
    if amount.open_days == 0:
        return gettext("stängt")
    if amount.low:
        return gettext("minst %(number)s") % {"number": words.number(amount.low)}
    return gettext("kan inte säga")


def note(code: str, amount: Amount) -> str:
    """What stands beside the mark: the interval, whose figure it is, or what it would take."""
    if amount.known is Known.STATED:
        return source(amount)
    if amount.known is Known.UNKNOWN or amount.of_some_days:
        return lacking(amount)
    if amount.known is Known.ESTIMATED and amount.value is None:
        return bounds(amount)
    if None in (amount.low, amount.high) or amount.low == amount.high:
        return ""
    return words.interval(amount.low or 0, amount.high or 0, decimals=MEASURES[code].decimals)


def bounds(amount: Amount) -> str:
    """How sure the ends of a range of people are: the least always, the most with every report."""
    if amount.high is None:
        return lacking(amount)
    if amount.missing_days:
        return gettext("det minsta är säkert, det högsta uppskattat: rapporter saknas")
    return gettext("säkra gränser: rätt antal ligger däremellan")


def on_reported_days(amount: Amount) -> str:
    """*på de 179 dagar som har rapport*: what a sum or mean of some days alone speaks for."""
    days = amount.reported_days or 0
    return ngettext(
        "på den %(days)s dag som har rapport", "på de %(days)s dagar som har rapport", days
    ) % {"days": words.number(days)}


def days_of(amount: Amount) -> str:
    """*38 av 348 dagar*: how much was reported of what should have been."""
    parts = (amount.reported_days, amount.open_days)
    reported, opened = (words.number(days or 0) for days in parts)
    return gettext("%(reported)s av %(open)s dagar") % {"reported": reported, "open": opened}


def lacking(amount: Amount) -> str:
    """Why nobody can say, and how many more reports would do."""
    if not amount.kept:
        return gettext("vi skriver inte upp hushåll här")
    if not amount.open_days:
        return ""
    if not amount.missing_days:
        return gettext("det finns besök utan namn")
    if not amount.reported_days:
        return gettext("inget har rapporterats")
    parts = {
        "missing": words.number(amount.missing_days),
        "open": words.number(amount.open_days),
        "needed": words.number(amount.needed),
    }
    text = gettext("rapport saknas för %(missing)s av %(open)s öppna dagar")
    if amount.needed:
        text += gettext(", det krävs minst %(needed)s till")
    return text % parts


def overruled_source(source: str, *, days: int) -> str:
    """A source that was not used on days that the place has registered itself."""
    return ngettext(
        "%(source)s, utom %(days)d dag med egna registreringar",
        "%(source)s, utom %(days)d dagar med egna registreringar",
        days,
    ) % {"source": source, "days": days}


def source(amount: Amount) -> str:
    """Everyone the figure comes from."""
    return "; ".join(sorted(amount.sources))
