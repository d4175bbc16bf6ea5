"""Arriving and taking it back; each person counts once a site and service day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from egenmakt.organisations.models import Site
from egenmakt.visits.models import Visit


@dataclass(frozen=True)
class Mark:
    """What every registration leaves with what it made: its id, where, when and by whom."""

    id: UUID
    site: Site
    at: datetime
    service_day: date
    late: bool
    by: UUID | None


def arrive(mark: Mark, *, participant: UUID) -> bool:
    """Somebody known is here. Returns whether they already were, that day: then nothing counts."""
    already = (
        Visit.objects.filter(site=mark.site, participant=participant, service_day=mark.service_day)
        .counted()
        .exists()
    )
    Visit.objects.create(**vars(mark), participant_id=participant, counts=not already)
    return already


def count(mark: Mark, *, number: int, split: Mapping[str, int | None]) -> None:
    """So many people are here, unknown; `split` has women, men and children where counted."""
    Visit.objects.create(**vars(mark), number=number, **split)


def take_back(visit_id: UUID) -> None:
    """The exact inverse of the registration: where the person was said to be here again, the
    earliest of those sayings is now the one that counts."""
    visit = Visit.objects.filter(id=visit_id).first()
    if visit is None:
        return
    visit.delete()
    if visit.counts and visit.participant_id:
        again = Visit.objects.filter(
            site=visit.site_id, participant=visit.participant_id, service_day=visit.service_day
        )
        if heir := again.order_by("at", "id").first():
            heir.counts = True
            heir.save(update_fields=["counts"])
