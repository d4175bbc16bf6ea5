"""The list of a day: who, what, by whom, and the conflicts that wait for somebody to look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from egenmakt.desk import queries
from egenmakt.desk.models import Registration
from egenmakt.desk.queries import Day, Event, Person
from egenmakt.desk.rules import Code
from egenmakt.organisations.models import Site
from egenmakt.ui import words


@dataclass(frozen=True)
class Entry:
    """One line of the list. `undoable` while the day is not over."""

    event: Event
    person: Person | None
    by: str
    undoable: bool
    conflict: bool
    closed: bool


@dataclass(frozen=True)
class Clash:
    """A registration that broke a rule: what happened, what it means, what else was given."""

    entry: Entry
    title: str
    text: str
    others: list[Entry]


@dataclass(frozen=True)
class Listed:
    """The lines of one page of the list, and every conflict of the day that is still open."""

    entries: list[Entry]
    clashes: list[Clash]


def listed(site: Site, day: Day, *, shown: Sequence[Event], on: date, today: date) -> Listed:
    """The day's lines that are `shown`, and all of its open conflicts with their like."""
    waiting = [
        event
        for event in day.events
        if event.id in day.registered and queries.is_open_conflict(day.registered[event.id])
    ]
    alike = {event.id: queries.same_thing(event, day.events) for event in waiting}
    told = [*shown, *waiting, *(other for others in alike.values() for other in others)]
    known = queries.persons(site.register, {one.participant for one in told if one.participant})
    names = queries.staff({one.by for one in told})

    def entry(event: Event) -> Entry:
        row = day.registered.get(event.id)
        return Entry(
            event=event,
            person=known.get(event.participant) if event.participant else None,
            by=names.get(event.by, "") if event.by else "",
            undoable=row is not None and on == today,
            conflict=row is not None and queries.is_open_conflict(row),
            closed=row is not None and row.closed_at is not None,
        )

    return Listed(
        entries=[entry(event) for event in shown],
        clashes=[
            clash(
                day.registered[event.id],
                entry(event),
                others=[entry(other) for other in alike[event.id]],
                today=today,
            )
            for event in waiting
        ],
    )


def clash(row: Registration, entry: Entry, *, others: list[Entry], today: date) -> Clash:
    """The conflict in words."""
    title, text = said(row, entry, today=today)
    return Clash(entry, title, text, others)


def said(row: Registration, entry: Entry, *, today: date) -> tuple[str, str]:
    """What happened, and what it means."""
    what = entry.event.service.name if entry.event.service else pgettext("ett", "Besök")
    match row.code:
        case Code.LIMIT if row.next_on:
            day = words.dated(row.next_on, today=today)
            return (
                _("%(what)s gavs för tidigt") % {"what": what},
                _("Enligt regeln var det tidigast %(day)s.") % {"day": day},
            )
        case Code.LIMIT:
            return _("%(what)s gavs för många gånger") % {"what": what}, ""
        case Code.ALIAS:
            return (
                _("Två har samma alias"),
                _("Aliaset fanns redan när den nya deltagaren skrevs in."),
            )
        case Code.CLOCK:
            return (
                _("Enhetens klocka gick fel"),
                _("Tiden skiljer mer än tolv timmar. Titta om dagen stämmer."),
            )
        case Code.WHO:
            return (
                _("%(what)s gavs utan att gränsen kunde hållas") % {"what": what},
                _("Den gavs till någon som bara räknades."),
            )
        case _:
            return _("%(what)s bröt mot en regel") % {"what": what}, ""
