"""What somebody may be given next, from the limits of the register and what they have had."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from egenmakt.organisations.models import Register
from egenmakt.participants.models import Membership
from egenmakt.participants.queries import Standing
from egenmakt.provisions.models import Limit, Provision, TurnedAway
from egenmakt.provisions.rules import Given, Rule, Unit, counts_from, frees_on, next_on


@dataclass(frozen=True)
class Allowance:
    """What one limit says to one person: when next, and why in its own terms."""

    service: UUID
    rule: Rule
    per: str
    next_on: date | None
    last_on: date | None


def limits(register: Register, *, services: Collection[UUID], on: date) -> list[Limit]:
    """The limits on these services in the register that hold on that day."""
    rows = Limit.objects.filter(register=register, service__in=services)
    return [one for one in rows if one.holds_on(on)]


def all_limits(register: UUID) -> list[Limit]:
    """Every limit that the register has or has had, with its service."""
    rows = Limit.objects.filter(register=register).select_related("service")
    return list(rows.order_by("service__name", "valid_from", "id"))


def limit(register: Register, limit_id: UUID) -> Limit | None:
    """The register's own limit with this id."""
    return Limit.objects.filter(register=register, id=limit_id).first()


def rule_of(limit: Limit) -> Rule:
    """The limit as a rule to reckon with."""
    return Rule(limit.count, limit.every, Unit(limit.unit))


def given(
    standing: Standing, *, holding: Collection[Limit], day: date
) -> dict[UUID, list[tuple[Given, bool]]]:
    """What counts by these limits around `day`: for each service what was given when, and whether
    to the person themself. Their household's is what was given to it or to any member of it."""
    if not holding:
        return {}
    first = min(counts_from(day, rule_of(limit)) for limit in holding)
    last = max(frees_on(day, rule_of(limit)) for limit in holding)
    whose = Q(participant=standing.id)
    if standing.household:
        members = Membership.objects.filter(household=standing.household, valid_to=None)
        whose |= Q(household=standing.household) | Q(participant__in=members.values("participant"))
    rows = Provision.objects.filter(
        whose,
        service__in={limit.service_id for limit in holding},
        service_day__gte=first,
        service_day__lt=last,
    )
    found: dict[UUID, list[tuple[Given, bool]]] = {}
    for service, to, on, units in rows.order_by().values_list(
        "service", "participant", "service_day", "quantity"
    ):
        found.setdefault(service, []).append((Given(on, units), to == standing.id))
    return found


def under(limit: Limit, had: Iterable[tuple[Given, bool]]) -> list[Given]:
    """Of what was given, what this limit counts: the person's own or the whole household's."""
    return [one for one, own in had if own or limit.per == "household"]


def allowances(
    register: Register, *, services: Collection[UUID], standing: Standing, today: date
) -> dict[UUID, Allowance]:
    """For each limited service when the person may have it next (`today` when they may now)."""
    holding = limits(register, services=services, on=today)
    had = given(standing, holding=holding, day=today)
    said: dict[UUID, Allowance] = {}
    for limit in holding:
        counted = under(limit, had.get(limit.service_id, []))
        past = [one.day for one in counted if one.day <= today]
        here = Allowance(
            service=limit.service_id,
            rule=rule_of(limit),
            per=limit.per,
            next_on=next_on(counted, rule=rule_of(limit), day=today),
            last_on=max(past, default=None),
        )
        before = said.get(limit.service_id)
        if before is None or (before.next_on or date.max) < (here.next_on or date.max):
            said[limit.service_id] = here
    return said


def speaks_of(participant: UUID) -> bool:
    """Whether anything was given to, collected by or refused to the person."""
    whose = Q(participant=participant)
    given_or_collected = Provision.objects.filter(whose | Q(collected_by=participant))
    return given_or_collected.exists() or TurnedAway.objects.filter(whose).exists()
