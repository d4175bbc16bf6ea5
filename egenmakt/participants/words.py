"""What the screen says about a person: answers in words, and why something is not kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egenmakt.audit.models import Entry
from egenmakt.kit.calendar import service_day
from egenmakt.organisations import logbook
from egenmakt.participants.models import Participant
from egenmakt.participants.queries import Opened
from egenmakt.participants.rules import (
    Ethos,
    FoundUs,
    Housing,
    Unsaid,
    Why,
    suggested_housing,
)

UNSAID: Final = {
    Unsaid.NOT_ASKED: _("frågade inte"),
    Unsaid.DONT_KNOW: _("vet ej"),
    Unsaid.WONT_SAY: _("vill inte svara"),
}
ETHOS: Final = {
    Ethos.PUBLIC_SPACE: _("ute, på offentlig plats"),
    Ethos.OVERNIGHT_SHELTER: _("natthärbärge"),
    Ethos.HOMELESS_HOSTEL: _("akutboende"),
    Ethos.TEMPORARY_ACCOMMODATION: _("tillfälligt boende"),
    Ethos.TRANSITIONAL_SUPPORTED: _("stödboende på väg mot eget"),
    Ethos.WOMENS_SHELTER: _("skyddat boende"),
    Ethos.HEALTH_INSTITUTION: _("vårdinrättning, utan bostad efteråt"),
    Ethos.PENAL_INSTITUTION: _("kriminalvården, utan bostad efteråt"),
    Ethos.MOBILE_HOME: _("husvagn, husbil eller båt"),
    Ethos.NON_CONVENTIONAL_BUILDING: _("byggnad som inte är bostad"),
    Ethos.TEMPORARY_STRUCTURE: _("tält, skjul eller koja"),
    Ethos.FAMILY_OR_FRIENDS: _("hos familj, vänner eller i andra hand"),
}
HOUSING: Final = {
    Housing.NOT_HOMELESS: _("inte i hemlöshet"),
    Housing.ACUTE: _("akut hemlöshet"),
    Housing.INSTITUTION: _("institution eller stödboende, ska ut inom tre månader utan bostad"),
    Housing.LONG_TERM: _("långsiktig boendelösning genom kommunen"),
    Housing.SHORT_TERM: _("eget kortsiktigt boende, under tre månader"),
}
INTERPRETER: Final = {"yes": _("behöver tolk"), "no": _("behöver inte tolk")}
FOUND_US: Final = {
    FoundUs.FRIEND: _("vän eller bekant"),
    FoundUs.SOCIAL_SERVICES: _("socialtjänsten"),
    FoundUs.CARE: _("vården eller omsorgen"),
    FoundUs.OTHER_PLACE: _("annan mötesplats"),
    FoundUs.OUTREACH: _("uppsökande arbete"),
    FoundUs.WALKED_BY: _("gick förbi"),
    FoundUs.INTERNET: _("internet"),
    FoundUs.OTHER: _("annat"),
}
ANSWERS: Final[dict[str, Mapping[Any, Any]]] = {
    "interpreter": INTERPRETER,
    "ethos": ETHOS,
    "housing": HOUSING,
    "found_us": FOUND_US,
}
CHILDREN: Final = {"0-6": _("0–6 år"), "7-12": _("7–12 år"), "13-17": _("13–17 år")}
WHY: Final = {
    Why.NO_ALIAS: _("Skriv vad personen vill kallas."),
    Why.ALIAS_TAKEN: _("Någon annan kallas redan så. Välj ett annat, till exempel %(free)s."),
    Why.UNDER_16: _("Den som är under 16 år får ingen egen sida. Räkna barnet i hushållet."),
    Why.NEEDS_REASON: _("Skriv varför den som är 16–17 år ska ha en egen sida."),
    Why.NEEDS_MANAGER: _("Be din chef: bara chefen kan ta in den som är 16–17 år."),
    Why.TOO_DEEP: _("Här får inga namn sparas. Ta bort namnet."),
    Why.TOO_EARLY: _("Välj en senare dag. Den dagen hörde personen till ett annat hushåll."),
    Why.MOVED: _("Personen har redan ett annat hushåll. Lägg till personen på nytt om det är fel."),
}
FIELD: Final = {
    Why.NO_ALIAS: "alias",
    Why.ALIAS_TAKEN: "alias",
    Why.UNDER_16: "birth_year",
    Why.NEEDS_REASON: "young_reason",
    Why.NEEDS_MANAGER: "birth_year",
    Why.TOO_DEEP: "name",
}
READS: Final = {
    "desk.card": _("gav personen ett kort i dörren"),
    "desk.open": _("tog fram personen i dörren"),
    "desk.provision": _("skrev upp vad personen fick"),
    "desk.turned_away": _("skrev upp att personen nekades"),
    "desk.undo": _("ångrade något om personen i dörren"),
    "desk.visit": _("skrev upp att personen var här"),
    "participants.count_children": _("skrev hur många barn som finns i hushållet"),
    "participants.found_us": _("skrev hur personen hittade hit"),
    "participants.issue_card": _("gav personen ett kort"),
    "participants.join": _("skrev in personen i ett hushåll"),
    "participants.keep": _("ändrade personens uppgifter"),
    "participants.leave": _("skrev ut personen ur ett hushåll"),
    "participants.open": _("öppnade personens sida"),
    "participants.rejoin": _("ångrade att personen skrevs ut ur ett hushåll"),
    "participants.revoke_card": _("spärrade personens kort"),
    "participants.show_card": _("visade personens kort"),
    "participants.step_down": _("tog bort personens namn"),
    "participants.welcome": _("skrev in personen"),
}
QUESTION: Final = {
    "languages": _("Språk"),
    "interpreter": _("Tolk"),
    "ethos": _("Bor nu"),
    "housing": _("Boendesituation"),
    "found_us": _("Hittade hit genom"),
}


@dataclass(frozen=True)
class Fact:
    """One thing that may be known: what it is, and what is answered."""

    label: str
    said: str


def said(name: str, value: object) -> str:
    """A fact in words, or which of the three answers it was instead."""
    if value in (None, *Unsaid):
        return str(UNSAID[Unsaid(str(value or Unsaid.NOT_ASKED))])
    return str(ANSWERS.get(name, {}).get(value, value))


def facts(row: Participant, known: Opened) -> Iterator[Fact]:
    """All that may be known of somebody, each with its answer, in the order of the page."""
    yield Fact(gettext("Kön"), row.get_gender_display())
    year = known.facts.get("birth_year")
    band = row.get_band_display()
    yield Fact(gettext("Ålder"), f"{band} ({year})" if isinstance(year, int) else band)
    for name, label in QUESTION.items():
        yield Fact(str(label), said(name, known.facts.get(name)))
    if reason := known.facts.get("young_reason"):
        yield Fact(gettext("Varför en egen sida före 18"), str(reason))


@dataclass
class Read:
    """What somebody did or read of a person on one day, the latest time of `times`."""

    who: str
    what: str
    day: date
    at: datetime
    times: int = 0


def reads(entries: Iterable[Entry], *, names: Mapping[UUID, str]) -> list[Read]:
    """Lines of the log from the person's side, latest first; the same by the same on the same day
    is one line."""
    told: dict[tuple[UUID | None, str, date], Read] = {}
    for one in entries:
        day = service_day(one.at)
        who = names.get(one.actor) if one.actor else None
        what = str(READS.get(one.action) or logbook.act(one.action))
        read = Read(who or gettext("systemet"), what, day, one.at)
        told.setdefault((one.actor, one.action, day), read).times += 1
    return list(told.values())


def suggestion(facts: Mapping[str, Any]) -> str:
    """What the place to live may be in Socialstyrelsen's terms, while nobody has said it."""
    ethos = facts.get("ethos")
    if not isinstance(ethos, int) or "housing" in facts:
        return ""
    options = gettext(" eller ").join(str(HOUSING[one]) for one in suggested_housing(ethos))
    return gettext("Kan vara %(options)s. Fråga personen.") % {"options": options}


def children(counted: Mapping[str, int]) -> list[str]:
    """Children in words, a line for each band that has any."""
    return [
        gettext("%(number)d barn, %(band)s") % {"number": number, "band": CHILDREN[band]}
        for band, number in counted.items()
    ]
