"""Sites and organisations as an actor may fetch them, their hours day by day, and their log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from egenmakt.access.guard import Actor
from egenmakt.access.models import Device, User
from egenmakt.access.rules import Place, Right, Scope
from egenmakt.audit.models import Entry
from egenmakt.audit.queries import newest
from egenmakt.kit.calendar import Period, monday_of
from egenmakt.organisations import rules
from egenmakt.organisations.models import (
    Address,
    Annotation,
    Offering,
    OfSite,
    OpeningHours,
    Organisation,
    Register,
    Service,
    Site,
    SpecialDays,
    Succession,
)

AHEAD = timedelta(days=35)
A_PAGE = 50
A_FEW = 3
Row = TypeVar("Row", bound=OfSite)


def site(actor: Actor, slug: str) -> Site | None:
    """The site with this slug, when the actor's grants reach it."""
    found = Site.objects.visible_to(actor).filter(slug=slug)
    return found.select_related("register", "organisation").first()


def sites(actor: Actor, *, right: Right = Right.SEE_SITE) -> list[Site]:
    """Every site where the actor holds the right, by name."""
    reach = actor.reach(right)
    found = Site.objects.visible_to(actor).select_related("organisation", "register")
    return [one for one in found if reach.covers(one.places)]


def open_days(sites: Iterable[Site], period: Period) -> dict[UUID, list[rules.OpenDay]]:
    """For each site every day of the period with its hours; closed days have none."""
    here = list(sites)
    spans: dict[UUID, list[rules.Span]] = {one.id: [] for one in here}
    for row in OpeningHours.objects.filter(site__in=here):
        spans[row.site_id].append(row.span)
    special: dict[UUID, list[rules.SpecialDays]] = {one.id: [] for one in here}
    for other in SpecialDays.objects.filter(site__in=here):
        special[other.site_id].append(other.days)
    return {
        one.id: [
            rules.hours_on(
                day,
                spans=spans[one.id],
                special=special[one.id],
                life=(one.opened_on, one.closed_on),
            )
            for day in period.days()
        ]
        for one in here
    }


def offerings(here: Site, period: Period) -> list[Offering]:
    """What is offered at the site on any day of the period, in the site's own order."""
    rows = Offering.objects.filter(site=here, valid_from__lt=period.ends_before)
    rows = rows.exclude(valid_to__lte=period.starts_on)
    return list(rows.select_related("service"))


def doors(here: Iterable[Site], *, today: date, clock: time) -> list[tuple[Site, rules.Door]]:
    """Each site with whether it is open at this moment and when it opens next."""
    listed = list(here)
    days = open_days(listed, Period(today, today + AHEAD))
    return [(one, rules.door(days[one.id], day=today, clock=clock)) for one in listed]


@dataclass(frozen=True)
class Overview:
    """All that is kept about a site, sorted by where today stands in it."""

    week: list[rules.OpenDay]
    door: rules.Door
    hours: rules.Timeline[OpeningHours]
    special: rules.Timeline[SpecialDays]
    addresses: rules.Timeline[Address]
    annotations: rules.Timeline[Annotation]
    offerings: rules.Timeline[Offering]
    before: list[Succession]
    after: list[Succession]


def overview(here: Site, *, today: date, clock: time) -> Overview:
    """The site's page: this week's hours and everything dated, in a fixed number of reads."""
    monday = monday_of(today)
    days = open_days([here], Period(monday, today + AHEAD))[here.id]
    links = list(
        Succession.objects.filter(Q(predecessor=here) | Q(successor=here)).select_related(
            "predecessor", "successor"
        )
    )
    return Overview(
        week=days[:7],
        door=rules.door(days, day=today, clock=clock),
        hours=dated(OpeningHours, here, today=today),
        special=dated(SpecialDays, here, today=today),
        addresses=addresses(here, today=today),
        annotations=annotations(here, today=today),
        offerings=dated(Offering, here, today=today),
        before=[one for one in links if one.successor_id == here.id],
        after=[one for one in links if one.predecessor_id == here.id],
    )


def dated(table: type[Row], here: Site, *, today: date) -> rules.Timeline[Row]:
    """The site's rows of one table as now, coming and past."""
    rows = table._default_manager.filter(site=here)
    if table is Offering:
        rows = rows.select_related("service")
    return rules.timeline(rows, today=today, life=lambda row: row.life)


def addresses(here: Site, *, today: date) -> rules.Timeline[Address]:
    """Where the door is, where it will be and where it was: each holds until the next."""
    rows = list(Address.objects.filter(site=here))
    coming = [one for one in rows if one.valid_from > today]
    so_far = [one for one in rows if one.valid_from <= today]
    return rules.Timeline(so_far[:1], coming, so_far[1:])


def annotations(here: Site, *, today: date) -> rules.Timeline[Annotation]:
    """What has happened at the site, the latest few apart from the rest."""
    rows = list(Annotation.objects.filter(site=here))
    so_far = [one for one in rows if one.on <= today]
    coming = [one for one in rows if one.on > today]
    return rules.Timeline(so_far[:A_FEW], coming, so_far[A_FEW:])


def services(here: Site) -> QuerySet[Service]:
    """What the site's organisation can give, and so what may be offered here."""
    return Service.objects.filter(organisation=here.organisation_id)


def registers(kept_by: Organisation) -> list[Register]:
    """The registers that an organisation is the controller of."""
    return list(Register.objects.filter(controller=kept_by))


def successions(here: Site) -> QuerySet[Succession]:
    """Where the site took over after others."""
    return Succession.objects.filter(successor=here).select_related("predecessor", "successor")


def row(table: type[Row], here: Site, *, row_id: UUID) -> Row | None:
    """One of the site's own rows; another site's is None."""
    return table._default_manager.filter(site=here, id=row_id).first()


def fingerprint(thing: object) -> str:
    """What a row held when it was read, in a few letters, and nothing for a row that is not there.

    A form carries it, so that a write can tell whether somebody else has written meanwhile.
    """
    if not isinstance(thing, Model):
        return ""
    held = "\n".join(str(field.value_from_object(thing)) for field in thing._meta.concrete_fields)
    return sha256(held.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Holdings:
    """An organisation with those of its sites and registers that an actor reaches."""

    organisation: Organisation
    sites: list[Site]
    registers: list[Register]

    @property
    def places(self) -> frozenset[Place]:
        """Where grants may stand for somebody to read it: on it or on any of its sites."""
        return frozenset().union(self.organisation.places, *(one.places for one in self.sites))


def holdings(actor: Actor, slug: str) -> Holdings | None:
    """An organisation's page; None when the actor reaches neither it nor any site of it."""
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        return None
    mine = Site.objects.visible_to(actor).filter(organisation=found)
    seen = list(mine.select_related("register"))
    whole = actor.reach().covers(found.places)
    if not (seen or whole):
        return None
    kept = Register.objects.filter(controller=found)
    reached = kept if whole else kept.filter(id__in={one.register_id for one in seen})
    return Holdings(found, seen, list(reached))


def organisation(actor: Actor, slug: str) -> Organisation | None:
    """The organisation itself, when a grant on the whole of it reaches it."""
    found = Organisation.objects.filter(slug=slug).first()
    return found if found and actor.reach().covers(found.places) else None


@dataclass(frozen=True)
class Watch:
    """The places whose log somebody may read."""

    everywhere: bool
    sites: dict[UUID, str]
    registers: dict[UUID, str]


def watch(actor: Actor) -> Watch:
    """Where the actor may read the log: a grant on an organisation reaches what is kept there."""
    reach = actor.reach(Right.READ_LOG)
    seen = sites(actor, right=Right.READ_LOG)
    kept = Register.objects.all()
    if not reach.everywhere:
        kept = kept.filter(
            Q(id__in=reach.of(Scope.REGISTER)) | Q(controller__in=reach.of(Scope.ORGANISATION))
        )
    return Watch(
        reach.everywhere,
        {one.id: one.name for one in seen},
        {one.id: one.name for one in kept},
    )


@dataclass(frozen=True)
class Search:
    """What somebody looks for in the log; `before` is the line to go on from."""

    action: str = ""
    first: datetime | None = None
    last: datetime | None = None
    before: int | None = None


def log_of(watched: Watch, search: Search) -> tuple[list[Entry], int | None]:
    """A page of the log, newest first, and where the next one goes on (None: no more).

    It goes on from a line and not from a page number: new lines push nothing out of sight, and
    the last page of a long log costs what the first does.
    """
    lines = newest()
    if not watched.everywhere:
        lines = lines.filter(Q(site__in=watched.sites) | Q(register__in=watched.registers))
    if search.action:
        lines = lines.filter(action=search.action)
    if search.first and search.last:
        lines = lines.filter(at__gte=search.first, at__lt=search.last)
    if search.before:
        lines = lines.filter(id__lt=search.before)
    page = list(lines[: A_PAGE + 1])
    more = page[A_PAGE - 1].id if len(page) > A_PAGE else None
    return page[:A_PAGE], more


def names(entries: Iterable[Entry]) -> Mapping[UUID, str]:
    """What the users and devices of these lines are called."""
    actors = {entry.actor for entry in entries if entry.actor}
    users = User.objects.filter(id__in=actors).values_list("id", "name")
    devices = Device.objects.filter(id__in=actors).values_list("id", "name")
    return {**dict(devices), **dict(users)}
