"""The service day as it stands at a site, and who was here lately."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from egenmakt.access.guard import Actor
from egenmakt.access.models import Device, User
from egenmakt.access.rules import Right
from egenmakt.desk.models import Registration
from egenmakt.desk.rules import Kind, Status
from egenmakt.kit.calendar import DAY, Period, service_day
from egenmakt.organisations.models import Register, Service, Site
from egenmakt.participants import queries as people
from egenmakt.provisions.models import Provision, TurnedAway
from egenmakt.ui.signs import Sign, sign
from egenmakt.visits.models import Visit

LATELY = 14  # days
LISTED = 20  # people in *Nyligen här*
RECEIPTS = 8


@dataclass(frozen=True)
class Person:
    """Somebody as the desk may show them: an alias and a sign, whatever else is known."""

    id: UUID
    alias: str

    @property
    def sign(self) -> Sign:
        """Their sign."""
        return sign(self.id, self.alias)


@dataclass(frozen=True)
class Line:
    """Somebody in a list, and when they were here."""

    person: Person
    at: datetime

    @property
    def on(self) -> date:
        """The service day it was."""
        return service_day(self.at)


@dataclass(frozen=True)
class Event:
    """One line of the day: somebody came, was given something, or did not get it."""

    id: UUID
    kind: Kind
    at: datetime
    participant: UUID | None
    number: int  # people here, or units given
    by: UUID | None
    late: bool
    service: Service | None = None
    reason: str = ""
    counts: bool = True
    household: UUID | None = None
    exception: bool = False  # given in spite of a limit, for a reason
    split: tuple[int, int, int] = (0, 0, 0)  # women, men, children

    @property
    def part(self) -> str:
        """Which part a counting of one was: women, men or children; nothing when not judged."""
        parts = zip(("women", "men", "children"), self.split, strict=True)
        return next((part for part, number in parts if number), "")

    @property
    def what(self) -> str:
        """What happened, in a few words."""
        said = self.service.name if self.service else pgettext("ett", "Besök")
        if self.kind is Kind.TURNED_AWAY:
            said = _("%(what)s: nekad, %(reason)s") % {
                "what": self.service.name if self.service else _("Dörren"),
                "reason": self.reason,
            }
        if self.exception:
            said = _("%(what)s (undantag)") % {"what": said}
        return f"{said} ×{self.number}" if self.number > 1 else said


@dataclass(frozen=True)
class Day:
    """Everything that is registered at a site on one service day, latest first."""

    events: list[Event]
    registered: dict[UUID, Registration]

    @cached_property
    def visits(self) -> list[Event]:
        """Every visit that counts: people and numbers."""
        came = (Kind.VISIT, Kind.HEAD_COUNT)
        return [event for event in self.events if event.kind in came and event.counts]

    @cached_property
    def here(self) -> list[Event]:
        """The visits of people with an alias."""
        return [visit for visit in self.visits if visit.participant]

    @cached_property
    def counted(self) -> list[Event]:
        """The visits that are numbers of people."""
        return [visit for visit in self.visits if not visit.participant]

    @property
    def without_name(self) -> int:
        """How many people were counted and no more."""
        return sum(visit.number for visit in self.counted)

    @property
    def total(self) -> int:
        """Visits, known and not."""
        return len(self.here) + self.without_name

    @property
    def split(self) -> tuple[int, int, int]:
        """Women, men and children among those counted, as somebody judged by eye."""
        parts = [visit.split for visit in self.counted]
        women, men, children = (sum(part[place] for part in parts) for place in range(3))
        return women, men, children

    @property
    def one_back(self) -> list[Event]:
        """Countings of one that the desk's minus may take back, latest last."""
        ones = [one for one in self.counted if one.number == 1 and one.id in self.registered]
        return ones[::-1]

    @property
    def open_conflicts(self) -> int:
        """How many registrations wait for a person to look at them."""
        return sum(is_open_conflict(row) for row in self.registered.values())


@dataclass(frozen=True)
class Receipt:
    """One tap: what it registered, all of it taken back together."""

    person: Person | None
    at: datetime
    what: str
    items: list[UUID]
    visit: UUID | None  # came with what was given, and goes with it
    counts: str  # which figure goes down: known, nameless, or none
    number: int
    part: str


def is_open_conflict(row: Registration) -> bool:
    """Whether the registration broke a rule and nobody has let it stand yet."""
    return row.status == Status.CONFLICT and row.closed_at is None


def doors(actor: Actor, *, today: date) -> list[Site]:
    """The sites whose desk the actor may stand at and that have not closed for good."""
    sites = Site.objects.visible_to(actor).exclude(closed_on__lte=today)
    return [site for site in sites if actor.may(Right.SEE_DESK, site.places)]


def day(site: Site, on: date) -> Day:
    """The service day `on` at the site: four statements, however much happened."""
    that_day = {"site": site, "service_day": on}
    events = [
        *map(_came, Visit.objects.filter(**that_day)),
        *map(_given, Provision.objects.filter(**that_day).select_related("service")),
        *map(_not_given, TurnedAway.objects.filter(**that_day).select_related("service")),
    ]
    events.sort(key=_order, reverse=True)
    rows = Registration.objects.filter(**that_day, undone_at=None).exclude(status=Status.REFUSED)
    return Day(events, {row.id: row for row in rows.defer("digest")})


def _order(event: Event) -> tuple[datetime, str, bool, UUID]:
    return event.at, str(event.participant), event.kind is not Kind.VISIT, event.id


def _came(row: Visit) -> Event:
    kind = Kind.VISIT if row.participant_id else Kind.HEAD_COUNT
    split = (row.women or 0, row.men or 0, row.children or 0)
    return Event(**_of(row), kind=kind, number=row.number, counts=row.counts, split=split)


def _given(row: Provision) -> Event:
    return Event(
        **_of(row),
        kind=Kind.PROVISION,
        number=row.quantity,
        service=row.service,
        household=row.household_id,
        exception=row.override is not None,
    )


def _not_given(row: TurnedAway) -> Event:
    return Event(
        **_of(row),
        kind=Kind.TURNED_AWAY,
        number=row.people,
        service=row.service,
        reason=row.get_reason_display(),
    )


def _of(row: Visit | Provision | TurnedAway) -> dict[str, Any]:
    names = {"id": "id", "at": "at", "participant": "participant_id", "by": "by", "late": "late"}
    return {name: getattr(row, field) for name, field in names.items()}


def lately(site: Site, *, today: date, besides: Collection[UUID]) -> dict[UUID, datetime]:
    """Who was here in the last two weeks but not today, latest first, and when.

    It says who came and never who stayed away: nobody is in it for longer than the two weeks.
    """
    before = Visit.objects.at(site).during(Period(today - DAY * LATELY, today)).counted()
    rows = before.filter(participant__isnull=False).order_by().values("participant")
    latest = rows.annotate(last=Max("at")).order_by("-last", "participant")
    seen = latest.values_list("participant", "last")[: LISTED + len(besides)]
    return dict([one for one in seen if one[0] not in besides][:LISTED])


def persons(register: Register, ids: Collection[UUID]) -> dict[UUID, Person]:
    """These people by alias; whoever has been erased is absent."""
    known = people.known(register, ids)
    return {one.id: Person(one.id, one.alias) for one in known.values()}


def lines(when: Iterable[tuple[UUID | None, datetime]], known: dict[UUID, Person]) -> list[Line]:
    """Those of them who are known, as lines of a list."""
    return [Line(known[who], at) for who, at in when if who in known]


def receipts(today: Day, known: dict[UUID, Person]) -> list[Receipt]:
    """The latest taps, each with what it takes back: those that were registered by an id.

    A visit that came with the first thing given is not a receipt of its own; while nothing else
    has been given, it goes with it.
    """
    taps: list[Receipt] = []
    given_to = Counter(event.participant for event in today.events if event.kind is Kind.PROVISION)
    undoable = [event for event in today.events if event.id in today.registered]
    for (at, who), together in groupby(undoable, key=_tap):
        group = list(together)
        given = [event for event in group if event.kind in (Kind.PROVISION, Kind.TURNED_AWAY)]
        came = next((event for event in group if event.kind is Kind.VISIT), None)
        alone = came if given and came and given_to[came.participant] == len(given) else None
        counted = alone or (group[0] if not given and group[0].counts else None)
        taps.append(
            Receipt(
                person=known.get(who) if isinstance(who, UUID) else None,
                at=at,
                what=", ".join(event.what for event in reversed(given or group)),
                items=[event.id for event in given or group],
                visit=alone.id if alone else None,
                counts="" if not counted else "known" if counted.participant else "nameless",
                number=counted.number if counted else 0,
                part=counted.part if counted else "",
            )
        )
        if len(taps) == RECEIPTS:
            break
    return taps


def _tap(event: Event) -> tuple[datetime, UUID]:
    return event.at, event.participant or event.id


def staff(ids: Collection[UUID | None]) -> dict[UUID, str]:
    """What people and devices that registered something are called."""
    named = Q(id__in={one for one in ids if one})
    called = dict(User.objects.filter(named).values_list("id", "name"))
    return called | dict(Device.objects.filter(named).values_list("id", "name"))


def same_thing(event: Event, events: Sequence[Event]) -> list[Event]:
    """What else that day gave the same service to the same person or household."""
    return [
        other
        for other in events
        if other.id != event.id
        and other.kind is Kind.PROVISION
        and other.service == event.service
        and (
            (event.participant and other.participant == event.participant)
            or (event.household and other.household == event.household)
        )
    ]


def conflict(site: Site, registration: UUID) -> Registration | None:
    """The registration at the site that is, or was, a conflict."""
    rows = Registration.objects.filter(site=site, id=registration, status=Status.CONFLICT)
    return rows.first()
