"""Households: who belongs to which from when, and the children counted in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from egenmakt.access.guard import Actor
from egenmakt.audit.actions import log, log_all
from egenmakt.kit.calendar import service_day
from egenmakt.participants import queries, rules
from egenmakt.participants.actions import act_on, next_version
from egenmakt.participants.models import Household, Membership, Participant
from egenmakt.participants.queries import Found, Known
from egenmakt.participants.rules import Refused, Why


@dataclass(frozen=True)
class Home:
    """A household as its page shows it; `household` is none while nobody has said one."""

    household: Household | None
    members: list[Known]
    children: dict[str, int]
    whose: UUID

    @property
    def others(self) -> list[Known]:
        """Those whom the person lives with."""
        return [one for one in self.members if one.id != self.whose]


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be added; `elsewhere` says that they would leave another household."""

    known: Known
    elsewhere: bool


@dataclass(frozen=True)
class Left:
    """A membership as it was until somebody left, so that it can be put back exactly."""

    membership: UUID
    household: UUID
    since: date


def home_of(row: Participant, *, on: date) -> Home:
    """With whom somebody lives on a day, in the order they came."""
    held = Membership.objects.filter(queries.belonging(on), participant=row)
    membership = held.select_related("household__register").first()
    if membership is None:
        return Home(None, list(queries.known(row.register, [row.id]).values()), {}, row.id)
    home = membership.household
    ids = [one.participant_id for one in members(home, on=on)]
    known = queries.known(row.register, ids)
    return Home(home, [known[one] for one in ids if one in known], home.children, row.id)


def members(household: Household, *, on: date) -> list[Membership]:
    """Who belongs to a household on a day, in the order they came."""
    held = Membership.objects.filter(queries.belonging(on), household=household)
    return list(held.select_related("participant"))


def candidates(row: Participant, found: Found, *, home: Home, on: date) -> list[Candidate]:
    """Those found who do not live with somebody already."""
    at_home = {one.id for one in home.members}
    standing = queries.standing(row.register, [one.id for one in found.people], on=on)
    return [
        Candidate(one, elsewhere=standing[one.id].household is not None)
        for one in found.people
        if one.id in standing and one.id not in at_home
    ]


@transaction.atomic
def set_household(
    participants: Sequence[Participant],
    *,
    on: date,
    by: Actor,
    now: datetime,
    children: Mapping[str, int] | None = None,
) -> Household:
    """Make a household of these people (of one register, at least one) from a day on; whoever
    belonged to another has left it. Raises Refused (too_early, other_register)."""
    register = participants[0].register
    home = Household.objects.create(
        register=register,
        children=rules.counted_children(children or {}),
        version=next_version(register),
    )
    for row in participants:
        _move_in(home, row, on=on)
    log_all(by, [act_on("join", row) for row in participants], at=now)
    return home


@transaction.atomic
def join(
    household: Household, *, participant: Participant, on: date, by: Actor, now: datetime
) -> None:
    """Somebody belongs to this household from a day on, and no longer to any other.

    Raises Refused (too_early, other_register).
    """
    _touch(household)
    _move_in(household, participant, on=on)
    log(by, act_on("join", participant), at=now)


@transaction.atomic
def leave(participant: Participant, *, on: date, by: Actor, now: datetime) -> Left | None:
    """From that day on somebody belongs to no household; on the day they came, they never did.

    Returns what they left, for `rejoin`. Raises Refused (too_early) for a day before they came.
    """
    held = Membership.objects.filter(participant=participant, valid_to=None)
    membership = held.select_related("household__register").first()
    if membership is None:
        return None
    if on < membership.valid_from:
        raise Refused(Why.TOO_EARLY)
    _touch(membership.household)
    _end(participant, on=on)
    log(by, act_on("leave", participant), at=now)
    return Left(membership.id, membership.household_id, membership.valid_from)


@transaction.atomic
def rejoin(participant: Participant, *, left: Left, by: Actor, now: datetime) -> None:
    """Undo that somebody left: they belong as they did, since the day they did.

    Raises Refused (moved) when they belong to another household since, or theirs is gone.
    """
    home = Household.objects.filter(id=left.household, register=participant.register).first()
    others = Membership.objects.filter(participant=participant).exclude(id=left.membership)
    since_then = others.filter(Q(valid_to=None) | Q(valid_to__gt=left.since))
    if home is None or since_then.exists():
        raise Refused(Why.MOVED)
    _touch(home)
    held = {"household": home, "participant": participant, "valid_from": left.since}
    Membership.objects.update_or_create(id=left.membership, defaults=held | {"valid_to": None})
    log(by, act_on("rejoin", participant), at=now)


@transaction.atomic
def count_children(
    household: Household, *, children: Mapping[str, int], by: Actor, now: datetime
) -> None:
    """So many children of each band eat here too. Raises ValueError for another band."""
    household.children = rules.counted_children(children)
    household.save(update_fields=["children"])
    _touch(household)
    living_here = members(household, on=service_day(now))
    log_all(by, [act_on("count_children", one.participant) for one in living_here], at=now)


def _touch(household: Household) -> None:
    version = next_version(household.register)
    Household.objects.filter(id=household.id).update(version=version)


def _move_in(household: Household, row: Participant, *, on: date) -> None:
    if row.register_id != household.register_id:
        raise Refused(Why.OTHER_REGISTER)
    held = Membership.objects.filter(participant=row)
    if held.filter(household=household, valid_to=None).exists():
        return
    if not rules.may_join(on, earlier=held.values_list("valid_from", "valid_to")):
        raise Refused(Why.TOO_EARLY)
    _end(row, on=on)
    Membership.objects.create(household=household, participant=row, valid_from=on)


def _end(row: Participant, *, on: date) -> None:
    held = Membership.objects.filter(participant=row, valid_to=None)
    held.filter(valid_from=on).delete()
    held.update(valid_to=on)
