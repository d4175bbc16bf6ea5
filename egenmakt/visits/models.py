"""Visits: somebody known, or a number of people, at a site on one service day."""

from django.db import models
from django.db.models import Q

from egenmakt.kit.calendar import Period
from egenmakt.organisations.models import Site
from egenmakt.participants.models import Participant


class Happening(models.Model):
    """What a registration leaves behind: its own id, where and when, who wrote it."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    service_day = models.DateField()
    late = models.BooleanField(default=False)  # entered on a later day
    by = models.UUIDField(null=True)

    class Meta:
        abstract = True


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits in the trade's words."""

    def at(self, *sites: Site) -> "VisitQuerySet":
        """At these sites."""
        return self.filter(site__in=sites)

    def during(self, period: Period) -> "VisitQuerySet":
        """On service days of the period."""
        return self.filter(service_day__gte=period.starts_on, service_day__lt=period.ends_before)

    def counted(self) -> "VisitQuerySet":
        """Each person once a site and day; what was said again counts nothing."""
        return self.filter(counts=True)


class Visit(Happening):
    """A person here that day, or a head count (`participant` empty, `number` people).

    The same person's second registration of a day is kept with `counts` false, so that undoing
    the first leaves the visit standing on the second.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    women = models.PositiveSmallIntegerField(null=True)
    men = models.PositiveSmallIntegerField(null=True)
    children = models.PositiveSmallIntegerField(null=True)
    counts = models.BooleanField(default=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["site", "service_day"], name="visits_by_site_and_day"),
            models.Index(fields=["participant", "service_day"], name="visits_by_person_and_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "participant", "service_day"],
                condition=Q(counts=True, participant__isnull=False),
                name="visits_one_a_person_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.id}"
