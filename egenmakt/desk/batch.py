"""What one batch of registrations needs to know, read once for all of its items."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from egenmakt.access.guard import Actor
from egenmakt.access.rules import Right
from egenmakt.audit.actions import Act
from egenmakt.desk.models import Registration
from egenmakt.desk.rules import Clock, Code, Item, Refusal, Who
from egenmakt.kit.calendar import service_day
from egenmakt.kit.canonical import canonical
from egenmakt.organisations.models import Offering, Site
from egenmakt.organisations.rules import Regime
from egenmakt.participants import queries as participants
from egenmakt.participants.queries import Standing
from egenmakt.provisions import queries as provisions
from egenmakt.provisions.models import Limit
from egenmakt.vault import queries as vault
from egenmakt.vault import sealing


@dataclass(frozen=True)
class Terms:
    """What a site offers or has offered, and the limits on it."""

    offerings: list[Offering]
    limits: list[Limit]

    def offering(self, service: str, *, day: date) -> Offering:
        """The offering of the service that day. Raises Refusal(unknown) if it never was offered."""
        known = [one for one in self.offerings if one.service.slug == service]
        if not known:
            raise Refusal(Code.UNKNOWN)
        return holding(known, day=day)

    def door(self, day: date) -> Regime:
        """The regime of the open place itself; where none is decided, the one that keeps least."""
        doors = [one for one in self.offerings if one.service.kind == "door"]
        return Regime(holding(doors, day=day).regime) if doors else Regime.SOL_OPEN_EXEMPT

    def limits_on(self, service: UUID, *, day: date) -> list[Limit]:
        """The limits on a service that are kept that day."""
        return [one for one in self.limits if one.service_id == service and one.holds_on(day)]


def holding(known: Sequence[Offering], *, day: date) -> Offering:
    """The one that holds that day, else the latest: what has happened has happened."""
    by_start = sorted(known, key=lambda one: one.valid_from)
    begun = [one for one in by_start if one.valid_from <= day]
    that_day = [one for one in begun if one.valid_to is None or day < one.valid_to]
    return (that_day or by_start)[-1]


@lru_cache(maxsize=256)
def terms(site: UUID, register: UUID, moved: int) -> Terms:
    """What holds at the site, kept in this process until the register's `terms` have `moved`."""
    offered = Offering.objects.filter(site=site).select_related("service")
    return Terms(list(offered), list(provisions.all_limits(register)))


@dataclass
class Batch:
    """The sites, terms and people of a batch, and what it has come to so far."""

    actor: Actor
    clock: Clock
    sites: dict[str, Site]
    people: dict[tuple[UUID, UUID], Standing]  # by register and participant
    earlier: dict[UUID, Registration]
    taken: list[Registration] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The service day on which the batch came in."""
        return service_day(self.clock.received)

    def site(self, slug: str) -> Site:
        """The site, when the actor may deposit there. Raises Refusal(unknown)."""
        site = self.sites.get(slug)
        if site is None or not self.actor.may(Right.DEPOSIT, site.places):
            raise Refusal(Code.UNKNOWN)
        return site

    def terms(self, site: Site) -> Terms:
        """What the site offers, and how often it may be given."""
        return terms(site.id, site.register_id, site.register.terms)

    def person(self, site: Site, who: Who) -> Standing:
        """The participant meant, by id or card. Raises Refusal(unknown), for another register's
        as for nobody's."""
        sought = who.participant or who.new
        if who.card:
            sought = participants.with_card(site.register, who.card)
        if sought is None:
            raise Refusal(Code.UNKNOWN)
        found = self.known(site, sought)
        if found is None:
            raise Refusal(Code.UNKNOWN)
        return found

    def known(self, site: Site, participant: UUID) -> Standing | None:
        """The participant in the site's register; read now if no item named them by id, as one
        found by card or made by an earlier item."""
        place = (site.register_id, participant)
        if place not in self.people:
            found = participants.standing(site.register, [participant], on=self.today)
            if standing := found.get(participant):
                self.people[place] = standing
        return self.people.get(place)


def load(items: Sequence[Item], *, actor: Actor, clock: Clock) -> Batch:
    """Read what the items speak of. Takes the registers' turn, so that nobody else registers in
    them until this transaction ends: limits and aliases are exact with any number of desks."""
    found = (
        Site.objects.visible_to(actor)
        .filter(slug__in={item.site for item in items})
        .order_by()
        .select_related("register")
        .select_for_update(of=("register",), no_key=True)
    )
    sites = {site.slug: site for site in found}
    ids = {item.id for item in items} | {item.of for item in items if item.of}
    return Batch(
        actor=actor,
        clock=clock,
        sites=sites,
        people=people(items, sites=list(sites.values()), on=service_day(clock.received)),
        earlier=Registration.objects.in_bulk(list(ids)),
    )


def people(
    items: Sequence[Item], *, sites: Collection[Site], on: date
) -> dict[tuple[UUID, UUID], Standing]:
    """Everybody whom the items name by id, in each register they are named in."""
    named: dict[UUID, set[UUID]] = {}
    registers = {site.slug: site.register for site in sites}
    for item in items:
        for who in (item.who, item.collected_by):
            sought = who and (who.participant or who.new)
            if sought and (register := registers.get(item.site)):
                named.setdefault(register.id, set()).add(sought)
    return {
        (register.id, one): standing
        for register in {site.register for site in sites}
        if named.get(register.id)
        for one, standing in participants.standing(
            register, sorted(named[register.id]), on=on
        ).items()
    }


def digest(item: Item, *, register: UUID, key: UUID | None) -> bytes | None:
    """What the item said, beyond reading: so that other content under the same id is seen.

    Somebody's alias and words about them are sealed by a person's key (`key`), so that no guess
    can be confirmed once that is destroyed (None then); without such a key they are left out.
    """
    if key is None:
        opened = vault.register_key(register)
    elif (own := vault.person_keys([key]).get(key)) is not None:
        opened = own
    else:
        return None
    said = canonical(content(item, private=key is not None))
    return sealing.digest(sealing.derived(opened, "registration"), said)


def content(item: Item, *, private: bool) -> dict[str, object]:
    """What two sendings of an item must agree on; `ask` sent again as `happened` is the same."""
    said: dict[str, object] = {
        name: str(getattr(item, name))
        for name in (
            "id",
            "kind",
            "at",
            "site",
            "service",
            "quantity",
            "reason",
            "card",
            "of",
            "by",
        )
    }
    said["rest"] = item.rest
    said["overridden"] = bool(item.override)
    for name, who in (("who", item.who), ("collected_by", item.collected_by)):
        if who:
            said[name] = [str(who.participant), who.card, str(who.new), who.count, who.split]
    if private:
        said["words"] = [item.who.alias if item.who else "", item.override]
    return said
