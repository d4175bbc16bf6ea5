"""One person at the desk: what they may be given, what they have had today, and what waits."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egenmakt.desk.queries import Person
from egenmakt.kit.calendar import DAY, Period, service_day
from egenmakt.organisations import queries as organisations
from egenmakt.organisations.models import Offering, Site
from egenmakt.organisations.rules import Regime, allows
from egenmakt.participants import queries as people
from egenmakt.participants.models import Card, Household, Membership
from egenmakt.participants.queries import Standing
from egenmakt.provisions import queries as provisions
from egenmakt.provisions import words as limits
from egenmakt.provisions.models import Provision, TurnedAway
from egenmakt.provisions.queries import Allowance
from egenmakt.ui import words
from egenmakt.visits.models import Visit

KEYS = 9  # tiles that have a key of their own


@dataclass(frozen=True)
class Tile:
    """A service to give. `given` is what a second tap takes back."""

    offering: Offering
    key: int | None
    note: str
    given: UUID | None
    as_count: bool  # this regime takes no name: the person is a number of one here
    limited: bool
    next_on: date | None  # when it waits
    waits: str  # why it does
    turned: list[TurnedAway]  # today, by the limit; taken back together

    @property
    def uncountable(self) -> bool:
        """Whether a limit would have to be kept for somebody who is only a number here."""
        return self.as_count and self.limited


@dataclass(frozen=True)
class Panel:
    """Somebody at the desk. While nothing but `brought_by` has been given, the visit goes with it
    when it is taken back."""

    person: Person
    key: UUID
    facts: list[str]
    visit: Visit | None
    brought_by: UUID | None
    as_count: bool
    tiles: list[Tile]

    @property
    def waiting(self) -> Tile | None:
        """The first tile that waits: its rule is shown from the start."""
        return next((tile for tile in self.tiles if tile.next_on), None)


def panel(site: Site, participant: UUID, *, now: datetime) -> Panel | None:
    """The person at this site's desk now; None for nobody, or for another register's.

    No more is said than the door's regime allows: whoever is only counted here has no last visit
    and no household to tell of.
    """
    today = service_day(now)
    standing = people.standing(site.register, [participant], on=today).get(participant)
    known = people.known(site.register, [participant]).get(participant)
    if standing is None or known is None:
        return None
    offered = organisations.offerings(site, Period(today, today + DAY))
    as_count = not allows(door_regime(offered), standing.tier.depth)
    had = given_today(site, participant, today=today)
    came = Visit.objects.at(site).counted().filter(participant=participant, service_day=today)
    visit = came.first()
    only = next(iter(had.values())) if len(had) == 1 else None
    return Panel(
        person=Person(known.id, known.alias),
        key=known.key,
        facts=[] if as_count else facts(site, standing, today=today),
        visit=visit,
        brought_by=only.id if visit and only and visit.at == only.at else None,
        as_count=as_count,
        tiles=tiles(site, standing, offered=offered, had=had, now=now),
    )


def given_today(site: Site, participant: UUID, *, today: date) -> dict[UUID, Provision]:
    """What the person has been given at the site today, the latest of each service."""
    rows = Provision.objects.filter(participant=participant, site=site, service_day=today)
    return {row.service_id: row for row in rows.order_by("at", "id")}


def turned_today(
    site: Site, participant: UUID, *, today: date
) -> dict[UUID | None, list[TurnedAway]]:
    """What the person was refused at the site today because of a limit, for each service."""
    rows = TurnedAway.objects.filter(participant=participant, site=site, service_day=today)
    turned: dict[UUID | None, list[TurnedAway]] = {}
    for row in rows.filter(reason="limit"):
        turned.setdefault(row.service_id, []).append(row)
    return turned


def door_regime(offered: list[Offering]) -> Regime:
    """The regime of the open place itself; where none is decided, the one that keeps least."""
    doors = [one for one in offered if one.service.kind == "door"]
    return Regime(doors[-1].regime) if doors else Regime.SOL_OPEN_EXEMPT


def facts(site: Site, standing: Standing, *, today: date) -> list[str]:
    """Card, household and when last here, in words; a host sees no more than this."""
    said = []
    if Card.objects.filter(participant=standing.id, revoked_at=None).exists():
        said.append(_("kort"))
    if standing.household and (size := eaters(standing.household, on=today)) > 1:
        said.append(_("hushåll på %(size)d") % {"size": size})
    before = Visit.objects.at(site).counted()
    before = before.filter(participant=standing.id, service_day__lt=today)
    last = before.order_by("-service_day").values_list("service_day", flat=True).first()
    if last:
        said.append(_("senast %(day)s") % {"day": words.latest(last, today=today)})
    else:
        said.append(_("inte här förut"))
    return said


def eaters(household: UUID, *, on: date) -> int:
    """How many eat together: members on a day, and children as a number."""
    grown = Membership.objects.filter(people.belonging(on), household=household).count()
    children = Household.objects.filter(id=household).values_list("children", flat=True).first()
    return grown + int(sum((children or {}).values()))


def tiles(
    site: Site,
    standing: Standing,
    *,
    offered: list[Offering],
    had: dict[UUID, Provision],
    now: datetime,
) -> list[Tile]:
    """What is offered on this weekday, in the site's own order."""
    today = service_day(now)
    turned = turned_today(site, standing.id, today=today)
    weekday = str(today.weekday())
    shown = [one for one in offered if one.service.kind != "door" and weekday in one.weekdays]
    services = {one.service_id for one in shown}
    allowed = provisions.allowances(
        site.register, services=services, standing=standing, today=today
    )
    made = []
    for number, one in enumerate(shown, start=1):
        row, rule = had.get(one.service_id), allowed.get(one.service_id)
        later = None if row or not rule else rule.next_on
        later = later if later and later > today else None
        tile = Tile(
            offering=one,
            key=number if number <= KEYS else None,
            note=note(one, row=row, later=later, now=now),
            given=row.id if row else None,
            as_count=not allows(Regime(one.regime), standing.tier.depth),
            limited=rule is not None,
            next_on=later,
            waits=why_not(rule, today=today) if rule and later else "",
            turned=turned.get(one.service_id, []),
        )
        made.append(tile)
    return made


def note(offering: Offering, *, row: Provision | None, later: date | None, now: datetime) -> str:
    """The tile's second line: given when, earliest when, between which hours, or the price."""
    if row:
        return _("Given %(clock)s") % {"clock": words.clock(row.at)}
    if later:
        return _("Tidigast %(day)s") % {"day": words.dated(later, today=service_day(now))}
    clock = now.astimezone(words.STOCKHOLM).time()
    if offering.starts and clock < offering.starts:
        return _("Från %(clock)s") % {"clock": words.clock(offering.starts)}
    if offering.ends and clock >= offering.ends:
        return _("Till %(clock)s") % {"clock": words.clock(offering.ends)}
    return _("%(price)d kronor") % {"price": offering.price} if offering.price else ""


def why_not(rule: Allowance, *, today: date) -> str:
    """When it was last given, and what the rule is."""
    said = _("Regeln är %(rule)s.") % {"rule": limits.in_words(rule.rule)}
    if rule.last_on is None:
        return said
    had = (
        _("Hushållet fick senast %(day)s.")
        if rule.per == "household"
        else _("Senast given %(day)s.")
    )
    return f"{had % {'day': words.day(rule.last_on, today=today)}} {said}"
