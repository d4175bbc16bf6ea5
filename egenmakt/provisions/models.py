"""Provisions, the limits on them, and who was turned away."""

import uuid
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egenmakt.kit.calendar import Period
from egenmakt.organisations.models import Register, Service
from egenmakt.participants.models import Household, Participant
from egenmakt.visits.models import Happening


def between_one_and(most: int) -> list[MinValueValidator | MaxValueValidator]:
    """A whole number that a limit can be kept by."""
    return [MinValueValidator(1), MaxValueValidator(most)]


class Limit(models.Model):
    """How often a service may be given within a register, to a person or a household."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    register = models.ForeignKey(Register, models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField(_("antal"), default=1, validators=between_one_and(99))
    every = models.PositiveSmallIntegerField(_("per"), validators=between_one_and(366))
    unit = models.CharField(
        _("räknat i"),
        max_length=5,
        choices=[
            ("days", _("dagar, rullande")),
            ("weeks", _("kalenderveckor, måndag till söndag")),
        ],
    )
    per = models.CharField(
        _("gäller"),
        max_length=10,
        choices=[("person", _("varje person")), ("household", _("hela hushållet"))],
    )
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("gäller inte längre från"), null=True, blank=True)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gte=1, every__gte=1), name="provisions_limit_is_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} / {self.every} {self.unit}"

    def holds_on(self, day: date) -> bool:
        """Whether it is kept on that day."""
        return self.valid_from <= day and not self.ended_by(day)

    def ended_by(self, day: date) -> bool:
        """Whether it no longer holds on that day."""
        return self.valid_to is not None and self.valid_to <= day


class ProvisionQuerySet(models.QuerySet["Provision"]):
    """Provisions in the trade's words."""

    def during(self, period: Period) -> "ProvisionQuerySet":
        """On service days of the period."""
        return self.filter(service_day__gte=period.starts_on, service_day__lt=period.ends_before)


class Provision(Happening):
    """One service given, at a visit or outside it. `participant` empty is a head count."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    household = models.ForeignKey(Household, models.SET_NULL, null=True, related_name="+")
    collected_by = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")
    people = models.PositiveSmallIntegerField(default=1)  # of a head count
    quantity = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(null=True)
    paid_how = models.CharField(max_length=10, blank=True)
    paid_kronor = models.PositiveSmallIntegerField(null=True)
    override = models.BinaryField(null=True)  # the reason for giving all the same, sealed

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["site", "service_day"], name="provisions_by_site_and_day"),
            models.Index(
                fields=["service", "participant", "service_day"], name="provisions_by_person"
            ),
            models.Index(
                fields=["service", "household", "service_day"], name="provisions_by_household"
            ),
        ]

    def __str__(self) -> str:
        return f"provision {self.id}"


class TurnedAway(Happening):
    """Somebody who did not get what they came for, and why."""

    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    people = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(
        max_length=10,
        choices=[
            ("limit", _("för tidigt")),
            ("stock", _("slut")),
            ("full", _("fullt")),
            ("banned", _("avstängd")),
            ("other", _("annat")),
        ],
    )

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "turned away"
        indexes = [models.Index(fields=["site", "service_day"], name="turned_away_by_site_and_day")]

    def __str__(self) -> str:
        return f"turned away {self.id}"
