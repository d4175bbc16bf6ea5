"""Giving, turning away, taking either back; and setting the limits on it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from egenmakt.access.guard import Actor
from egenmakt.audit.actions import Act, log
from egenmakt.kit.calendar import service_day
from egenmakt.organisations.actions import move_terms
from egenmakt.organisations.models import Register, Service
from egenmakt.provisions.models import Limit, Provision, TurnedAway
from egenmakt.visits.actions import Mark


@dataclass(frozen=True)
class To:
    """Who got it: a participant (with the household they eat with), or so many people."""

    participant: UUID | None = None
    household: UUID | None = None
    people: int = 1


@dataclass(frozen=True)
class What:
    """What was given: the service, how many units in all, and the rest that was said."""

    service: Service
    quantity: int = 1
    collected_by: UUID | None = None
    override: bytes | None = None
    rest: dict[str, Any] = field(default_factory=dict)  # minutes, paid_how, paid_kronor


def give(mark: Mark, *, to: To, what: What) -> None:
    """Note that it was given. Whether it may be is decided before (`rules`)."""
    Provision.objects.create(
        **vars(mark),
        service=what.service,
        participant_id=to.participant,
        household_id=to.household,
        people=to.people,
        quantity=what.quantity,
        collected_by_id=what.collected_by,
        override=what.override,
        **what.rest,
    )


def turn_away(mark: Mark, *, to: To, service: Service | None, reason: str) -> None:
    """Note that somebody did not get what they came for."""
    TurnedAway.objects.create(
        **vars(mark),
        service=service,
        participant_id=to.participant,
        people=to.people,
        reason=reason,
    )


def take_back(provision_id: UUID) -> None:
    """Take back what was given or refused under this id; nothing there is nothing to do."""
    Provision.objects.filter(id=provision_id).delete()
    TurnedAway.objects.filter(id=provision_id).delete()


@transaction.atomic
def set_limit(register: Register, *, limit: Limit, by: Actor, now: datetime) -> bool:
    """Set a limit in the register. False, and nothing set, where the service has one of the same
    kind then: two people may have set it at once."""
    limit.register = register
    move_terms(register.id)
    if clashes(limit):
        return False
    limit.save(force_insert=True)
    log(by, Act("provisions.set_limit", register=register.id), at=now)
    return True


@transaction.atomic
def end_limit(limit: Limit, *, again: bool, by: Actor, now: datetime) -> bool:
    """Let a limit hold no longer from today, or `again` for good; False if another holds then."""
    limit.valid_to = None if again else max(service_day(now), limit.valid_from)
    move_terms(limit.register_id)
    if again and clashes(limit):
        return False
    limit.save(update_fields=["valid_to"])
    log(by, Act("provisions.end_limit", register=limit.register_id), at=now)
    return True


def clashes(limit: Limit) -> bool:
    """Whether another limit of the service, per the same, holds on any day of this one."""
    others = Limit.objects.filter(service=limit.service, per=limit.per, unit=limit.unit)
    others = others.filter(register=limit.register_id).exclude(id=limit.id)
    return others.filter(Q(valid_to=None) | Q(valid_to__gt=limit.valid_from)).exists()
