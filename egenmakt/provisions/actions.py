"""Giving, turning away, and taking either back."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from egenmakt.organisations.models import Service
from egenmakt.provisions.models import Provision, TurnedAway
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
