"""Keeping what is dated about a site: every wish is checked by rules and leaves one line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core import serializers
from django.db import transaction
from django.db.models import F, Q

from egenmakt.access.guard import Actor
from egenmakt.audit.actions import Act, log, log_all
from egenmakt.kit.calendar import Period, service_day
from egenmakt.organisations import queries, rules
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
from egenmakt.organisations.rules import Fault, Refused

NOUNS: dict[type[OfSite], str] = {
    Address: "address",
    OpeningHours: "hours",
    SpecialDays: "special",
    Annotation: "annotation",
    Offering: "offering",
}
Lasting = OpeningHours | Offering  # holds from one day to another


@transaction.atomic
def add(rows: Sequence[OfSite], *, by: Actor, now: datetime) -> None:
    """Add one row or several of one kind about a site: all of them, or none and `Refused`."""
    _hold(rows[0].site)
    for row in rows:
        _check(row)
        row.save(force_insert=True)
    _tell("add", rows[0], by=by, now=now, count=len(rows))


@transaction.atomic
def change(row: OfSite, *, seen: str, by: Actor, now: datetime) -> None:
    """Let the row say something else from its first day on, as when it was written wrong.

    `seen` is what it held when the change was begun (`queries.fingerprint`): has somebody else
    written meanwhile, `Refused` says so.
    """
    _hold(row.site)
    _same(row, seen)
    _check(row)
    row.save()
    _tell("change", row, by=by, now=now)


@transaction.atomic
def change_from(old: Lasting, *, new: Lasting, seen: str, by: Actor, now: datetime) -> None:
    """From `new.valid_from` it is as in `new`: the old row ends the day before and stays.

    From the old row's own first day it is a correction, and the old one is written over.
    """
    _hold(old.site)
    _same(old, seen)
    rules.check_change(new.valid_from, old=old.life)
    new.valid_to = old.valid_to
    corrected = new.valid_from == old.valid_from
    if corrected:
        new.id = old.id
    else:
        old.valid_to = new.valid_from
        old.save(update_fields=["valid_to"])
    _check(new)
    new.save(force_update=corrected)
    _tell("change", new, by=by, now=now)


@transaction.atomic
def end(row: Lasting, *, last_on: date | None, seen: str, by: Actor, now: datetime) -> None:
    """The row holds through `last_on` and then stays in the history; None: it goes on."""
    _hold(row.site)
    _same(row, seen)
    row.valid_to = None if last_on is None else last_on + timedelta(days=1)
    _check(row)
    row.save(update_fields=["valid_to"])
    _tell("end", row, by=by, now=now)


@transaction.atomic
def remove(row: OfSite, *, seen: str, by: Actor, now: datetime) -> str:
    """Take away what was written by mistake; returns what `restore` needs to put it back exactly.

    An offering that has begun is ended instead: what was given then was given under it.
    """
    _hold(row.site)
    _same(row, seen)
    if isinstance(row, Offering) and row.valid_from < service_day(now):
        raise Refused(Fault.BEGUN, field="last_on")
    kept = str(serializers.serialize("json", [row]))
    _tell("remove", row, by=by, now=now)
    row.delete()
    return kept


@transaction.atomic
def restore(site: Site, kept: str, *, by: Actor, now: datetime) -> bool:
    """Put back what `remove` or `separate` took from the site; twice is once (False)."""
    _hold(site)
    (saved,) = serializers.deserialize("json", kept)
    row = saved.object
    if type(row)._default_manager.filter(pk=row.pk).exists():
        return False
    if isinstance(row, Succession) and row.successor_id == site.id:
        _link(row)
        log(by, Act("organisations.restore_succession", site=site.id), at=now)
    elif isinstance(row, OfSite) and row.site_id == site.id:
        _check(row)
        row.save(force_insert=True)
        _tell("restore", row, by=by, now=now)
    else:
        return False
    return True


@transaction.atomic
def reorder(offering: Offering, *, up: bool, today: date, by: Actor, now: datetime) -> None:
    """Move what is offered a step in the order in which the door shows it; what has ended stays."""
    _hold(offering.site)
    line = queries.offerings(offering.site, Period(today, date.max))
    if offering not in line:
        return
    line = rules.moved(line, item=offering, up=up)
    for position, one in enumerate(line):
        one.position = position
    Offering.objects.bulk_update(line, ["position"])
    _tell("order", offering, by=by, now=now)


@dataclass(frozen=True)
class NewService:
    """What a service is called, what kind it is, and its picture."""

    name: str
    kind: str
    icon: str


@transaction.atomic
def add_service(site: Site, wished: NewService, *, by: Actor, now: datetime) -> Service:
    """A new service of the site's organisation, which every site of it may then offer."""
    Organisation.objects.select_for_update().get(id=site.organisation_id)
    there = Service.objects.filter(organisation=site.organisation_id)
    if there.filter(name__iexact=wished.name).exists():
        raise Refused(Fault.TAKEN, field="name")
    taken = set(there.values_list("slug", flat=True))
    service = Service.objects.create(
        organisation=site.organisation,
        slug=rules.slug_for(wished.name, otherwise="tjanst", taken=taken),
        **vars(wished),
    )
    log(by, Act("organisations.add_service", site=site.id), at=now)
    return service


@transaction.atomic
def succeed(
    site: Site, predecessors: Sequence[Site], *, on: date, by: Actor, now: datetime
) -> None:
    """On this day the site took over after the others, which close then if they have not before."""
    _hold(site)
    for before in predecessors:
        _link(Succession(predecessor=before, successor=site, on=on))
    log(
        by,
        Act(
            "organisations.succeed",
            site=site.id,
            register=site.register_id,
            count=len(predecessors),
        ),
        at=now,
    )


@transaction.atomic
def separate(link: Succession, *, by: Actor, now: datetime) -> str:
    """Take away a succession written by mistake; what closed by it is open again.

    Returns what `restore` needs. A predecessor with another successor stays closed.
    """
    _hold(link.successor)
    kept = str(serializers.serialize("json", [link]))
    before, on = link.predecessor, link.on
    link.delete()
    if before.closed_on == on and not Succession.objects.filter(predecessor=before).exists():
        Site.objects.filter(id=before.id).update(closed_on=None)
    log(by, Act("organisations.remove_succession", site=link.successor_id), at=now)
    return kept


@transaction.atomic
def settle(site: Site, *, seen: str, by: Actor, now: datetime) -> None:
    """Keep the site's name, words and settings, unless somebody else has written meanwhile."""
    _hold(site)
    _same(site, seen)
    if site.closed_on is not None and site.closed_on < site.opened_on:
        raise Refused(Fault.ENDS_FIRST, field="closed_on")
    site.save()
    log(by, Act("organisations.settle", site=site.id, register=site.register_id), at=now)


@dataclass(frozen=True)
class NewSite:
    """A site to be; without a register it gets one of its own."""

    name: str
    slug: str
    opened_on: date
    register: Register | None


@transaction.atomic
def add_site(organisation: Organisation, wished: NewSite, *, by: Actor, now: datetime) -> Site:
    """A new site of the organisation.

    It may share a register only where everything offered is `civil`: else a register is one
    site's (`law.md` 2).
    """
    Organisation.objects.select_for_update().get(id=organisation.id)
    if Site.objects.filter(slug=wished.slug).exists():
        raise Refused(Fault.TAKEN, field="slug")
    register = wished.register or Register.objects.create(name=wished.name, controller=organisation)
    others = Offering.objects.filter(site__register=register).exclude(regime=rules.Regime.CIVIL)
    if others.filter(Q(valid_to=None) | Q(valid_to__gt=wished.opened_on)).exists():
        raise Refused(Fault.NOT_CIVIL, field="register")
    site = Site.objects.create(
        organisation=organisation, **vars(replace(wished, register=register))
    )
    log(by, Act("organisations.add_site", site=site.id, register=register.id), at=now)
    return site


@transaction.atomic
def read_log(watched: queries.Watch, *, lines: int, by: Actor, now: datetime) -> None:
    """Somebody has read this many lines of the log: that is a line too, in each register.

    So whoever watches the same register later sees who has read.
    """
    read = Act("organisations.read_log", count=lines)
    if watched.everywhere:
        acts = [read]
    elif watched.registers:
        acts = [replace(read, register=register) for register in watched.registers]
    else:
        acts = [replace(read, site=site) for site in watched.sites]
    log_all(by, acts, at=now)


def _hold(site: Site) -> None:
    """Wait for whoever else is writing about this site, so that checks see what they wrote."""
    Site.objects.select_for_update().get(id=site.id)
    move_terms(site.register_id)


def move_terms(register: UUID) -> None:
    """Let every desk of the register read anew what is offered there and how often it may be
    given. Holds the register's row until the transaction ends."""
    Register.objects.filter(id=register).update(terms=F("terms") + 1)


def _same(thing: OfSite | Site, seen: str) -> None:
    """Refuse when the row is no longer what it was when somebody began to change it."""
    current = type(thing)._default_manager.filter(pk=thing.pk).first()
    if queries.fingerprint(current) != seen:
        raise Refused(Fault.CHANGED, other=current)


def _tell(verb: str, row: OfSite, *, by: Actor, now: datetime, count: int = 1) -> None:
    """Write the line of the log."""
    act = Act(
        f"organisations.{verb}_{NOUNS[type(row)]}",
        site=row.site_id,
        register=row.site.register_id,
        count=count,
    )
    log(by, act, at=now)


def _check(row: OfSite) -> None:
    """Ask the rules whether the row may stand beside the site's others of its kind."""
    match row:
        case OpeningHours():
            hours = OpeningHours.objects.filter(site=row.site_id).exclude(id=row.id)
            rules.check_spans([row.span], kept=[one.span for one in hours])
        case SpecialDays():
            special = SpecialDays.objects.filter(site=row.site_id).exclude(id=row.id)
            rules.check_special(row.days, kept=[one.days for one in special])
        case Address():
            others = Address.objects.filter(site=row.site_id).exclude(id=row.id)
            if others.filter(valid_from=row.valid_from).exists():
                raise Refused(Fault.DAY_TAKEN, field="valid_from")
        case Offering():
            _check_offering(row)


def _check_offering(row: Offering) -> None:
    """Ask the rules whether this may be offered: its times, its regime, beside the others."""
    rules.check_times(row.starts, row.ends)
    sharing = Site.objects.filter(register=row.site.register_id).exclude(id=row.site_id)
    sharing = sharing.filter(Q(closed_on=None) | Q(closed_on__gt=row.valid_from))
    rules.check_regime(row.regime, decision=row.decision, shared=sharing.exists())
    others = Offering.objects.filter(site=row.site_id, service=row.service_id).exclude(pk=row.pk)
    rules.check_spans(row.spans, kept=[span for other in others for span in other.spans])


def _link(link: Succession) -> None:
    """Let one site succeed another and close the other on that day, if it has not closed."""
    before = Site.objects.select_for_update().get(id=link.predecessor_id)
    links: dict[object, list[object]] = {}
    for one in Succession.objects.all():
        links.setdefault(one.predecessor_id, []).append(one.successor_id)
    if rules.leads_to(link.successor_id, goal=before.id, links=links):
        raise Refused(Fault.CIRCLE, field="predecessors", other=before)
    if link.successor_id in links.get(before.id, ()):
        raise Refused(Fault.TAKEN, field="predecessors", other=before)
    if link.on < before.opened_on:
        raise Refused(Fault.NOT_OPEN_YET, field="on", other=before)
    link.save(force_insert=True)
    if before.closed_on is None or before.closed_on > link.on:
        before.closed_on = link.on
        before.save(update_fields=["closed_on"])
