"""Whether somebody has been here, and when they last were."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Max

from egenmakt.organisations.models import Site
from egenmakt.visits.models import Visit


def speaks_of(participant: UUID) -> bool:
    """Whether any visit is the person's."""
    return Visit.objects.filter(participant=participant).exists()


def last_here(site: Site, ids: Collection[UUID], *, today: date) -> dict[UUID, date]:
    """The day each of them was last at the site; who never was is absent."""
    came = Visit.objects.at(site).counted().filter(participant__in=ids, service_day__lte=today)
    latest = came.order_by().values("participant").annotate(last=Max("service_day"))
    return dict(latest.values_list("participant", "last"))
