"""The log as a person reads it: who, what, where, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egenmakt.audit.models import Entry
from egenmakt.kit.calendar import service_day
from egenmakt.organisations.queries import Watch

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Every act that any room writes in the log; a test finds those that are missing.
ACTS: Final["dict[str, _StrPromise]"] = {
    "access.enrol": _("skrev in en enhet"),
    "access.grant": _("gav någon en roll"),
    "access.promise": _("skrev under tystnadslöftet"),
    "access.revoke": _("stängde av en enhet"),
    "desk.card": _("gav någon ett kort i dörren"),
    "desk.close_conflict": _("gick igenom en krock i dagens lista"),
    "desk.head_count": _("räknade besökare"),
    "desk.list": _("öppnade dagens lista"),
    "desk.open": _("öppnade någon i dörren"),
    "desk.provision": _("skrev upp något som lämnades ut"),
    "desk.search": _("sökte i dörren"),
    "desk.turned_away": _("skrev upp att någon nekades"),
    "desk.undo": _("ångrade något i dörren"),
    "desk.visit": _("skrev upp ett besök"),
    "figures.refuse": _("läste in en fil som hade fel"),
    "figures.take_in": _("läste in siffror"),
    "figures.undo_take_in": _("ångrade en inläsning"),
    "organisations.add_address": _("skrev en ny adress"),
    "organisations.add_annotation": _("skrev en händelse"),
    "organisations.add_hours": _("la till öppettider"),
    "organisations.add_offering": _("la till en tjänst i utbudet"),
    "organisations.add_service": _("skapade en tjänst"),
    "organisations.add_site": _("skapade en mötesplats"),
    "organisations.add_special": _("skrev andra tider för en dag"),
    "organisations.change_address": _("ändrade en adress"),
    "organisations.change_annotation": _("ändrade en händelse"),
    "organisations.change_hours": _("ändrade öppettider"),
    "organisations.change_offering": _("ändrade en tjänst i utbudet"),
    "organisations.change_special": _("ändrade andra tider för en dag"),
    "organisations.end_hours": _("avslutade öppettider"),
    "organisations.end_offering": _("avslutade en tjänst i utbudet"),
    "organisations.order_offering": _("flyttade en tjänst i ordningen"),
    "organisations.read_log": _("läste loggen"),
    "organisations.remove_address": _("tog bort en adress"),
    "organisations.remove_annotation": _("tog bort en händelse"),
    "organisations.remove_hours": _("tog bort öppettider"),
    "organisations.remove_offering": _("tog bort en tjänst ur utbudet"),
    "organisations.remove_special": _("tog bort andra tider för en dag"),
    "organisations.remove_succession": _("tog bort att en mötesplats tog över"),
    "organisations.restore_address": _("ångrade och la tillbaka en adress"),
    "organisations.restore_annotation": _("ångrade och la tillbaka en händelse"),
    "organisations.restore_hours": _("ångrade och la tillbaka öppettider"),
    "organisations.restore_offering": _("ångrade och la tillbaka en tjänst"),
    "organisations.restore_special": _("ångrade och la tillbaka andra tider"),
    "organisations.restore_succession": _("la tillbaka att en mötesplats tog över"),
    "organisations.settle": _("ändrade mötesplatsens inställningar"),
    "organisations.succeed": _("skrev att en mötesplats tog över"),
    "participants.count_children": _("skrev hur många barn som finns i hushållet"),
    "participants.forget": _("ångrade att någon skrevs in"),
    "participants.found_us": _("skrev hur någon hittade hit"),
    "participants.issue_card": _("gav någon ett kort"),
    "participants.join": _("skrev in någon i ett hushåll"),
    "participants.keep": _("ändrade uppgifter om någon"),
    "participants.leave": _("skrev ut någon ur ett hushåll"),
    "participants.open": _("öppnade någons sida"),
    "participants.rejoin": _("ångrade att någon skrevs ut ur ett hushåll"),
    "participants.revoke_card": _("spärrade ett kort"),
    "participants.search": _("sökte efter personer"),
    "participants.show_card": _("visade ett kort"),
    "participants.step_down": _("tog bort någons namn"),
    "participants.welcome": _("skrev in någon ny"),
    "partnerships.draft": _("läste ett internt utkast"),
    "provisions.end_limit": _("tog bort en gräns"),
    "provisions.set_limit": _("satte en gräns"),
    "world.build": _("byggde demovärlden"),
    "world.welcome": _("skrev in påhittade deltagare"),
}
ROOMS: Final["dict[str, _StrPromise]"] = {
    "desk": _("Dörren"),
    "participants": _("Personer"),
    "organisations": _("Mötesplatsen"),
    "provisions": _("Gränser"),
    "figures": _("Siffror"),
    "partnerships": _("Uppföljning"),
    "access": _("Roller och enheter"),
    "world": _("Demo"),
}


def act(action: str) -> str:
    """What somebody did, in words; an act of a room yet unknown by its own name."""
    return str(ACTS.get(action, action))


def acts() -> "list[tuple[_StrPromise, list[tuple[str, str]]]]":
    """Every act with its words, by room, in the order of the words."""
    inside: dict[str, list[tuple[str, str]]] = {room: [] for room in ROOMS}
    for code, said in ACTS.items():
        inside[code.partition(".")[0]].append((code, str(said)))
    return [(ROOMS[room], sorted(some, key=lambda one: one[1])) for room, some in inside.items()]


@dataclass(frozen=True)
class Told:
    """One line of the log as a person reads it."""

    at: datetime
    day: date
    who: str
    what: str
    where: str
    about: str
    count: int


def told(entries: Iterable[Entry], watched: Watch, *, names: Mapping[UUID, str]) -> list[Told]:
    """The lines in words. Whom it was about stays a reference that means nothing by itself."""
    return [
        Told(
            at=entry.at,
            day=service_day(entry.at),
            who=_who(entry, names),
            what=act(entry.action),
            where=_where(entry, watched),
            about=str(entry.subject)[:8] if entry.subject else "",
            count=entry.count,
        )
        for entry in entries
    ]


def _who(entry: Entry, names: Mapping[UUID, str]) -> str:
    """The name of a user or a device; the product itself where nobody was logged in."""
    if entry.actor is None:
        return gettext("systemet")
    return names.get(entry.actor, gettext("någon som inte finns kvar"))


def _where(entry: Entry, watched: Watch) -> str:
    """The place, else the register."""
    place = watched.sites.get(entry.site) if entry.site else None
    register = watched.registers.get(entry.register) if entry.register else None
    return place or register or ""
