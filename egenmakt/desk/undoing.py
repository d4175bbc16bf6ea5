"""Taking a registration back in every room, so that nothing of it is left."""

from datetime import datetime
from uuid import UUID

from egenmakt.access.guard import Actor
from egenmakt.desk.models import Registration
from egenmakt.desk.rules import Kind
from egenmakt.participants import actions as participants
from egenmakt.participants import queries as people
from egenmakt.provisions import actions as provisions
from egenmakt.provisions import queries as given
from egenmakt.visits import actions as visits
from egenmakt.visits import queries as been


def take_back(of: Registration, *, by: Actor, now: datetime) -> None:
    """Undo one registration in every room, and the person it made if nothing else refers."""
    of.undone_at = now
    Registration.objects.filter(id=of.id).update(undone_at=now)
    if of.kind in (Kind.VISIT, Kind.HEAD_COUNT):
        visits.take_back(of.id)
    elif of.kind in (Kind.PROVISION, Kind.TURNED_AWAY):
        provisions.take_back(of.id)
    elif of.kind == Kind.CARD:
        participants.detach_card(of.id, by=by, now=now)
    if of.participant:
        made_here = Registration.objects.filter(
            participant=of.participant, made_person=True, undone_at__isnull=False
        )
        if (of.made_person or made_here.exists()) and not refers(of.participant):
            participants.forget(of.participant, by=by, now=now)


def refers(participant: UUID) -> bool:
    """Whether anything at all still speaks of the person."""
    return people.in_use(participant) or been.speaks_of(participant) or given.speaks_of(participant)
