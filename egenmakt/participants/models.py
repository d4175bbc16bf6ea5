"""Participants, households and cards. What is not counted lies sealed under the person's key."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egenmakt.access.guard import Actor
from egenmakt.access.rules import Place, Scope
from egenmakt.organisations.models import Register, Site
from egenmakt.participants.rules import Band, Gender, Tier, Unsaid


class InRegister(models.Model):
    """Something within one register, which it never leaves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Participants in the trade's words."""

    def visible_to(self, actor: Actor) -> "ParticipantQuerySet":
        """Those in registers that the actor's grants reach, directly or through a site of it."""
        reach = actor.reach()
        if reach.everywhere:
            return self
        return self.filter(
            Q(register__in=reach.of(Scope.REGISTER))
            | Q(register__controller__in=reach.of(Scope.ORGANISATION))
            | Q(register__in=registers_of(reach.of(Scope.SITE)))
        )

    def living(self) -> "ParticipantQuerySet":
        """Those whose record has not been emptied."""
        return self.filter(key__isnull=False)


def registers_of(sites: Collection[uuid.UUID]) -> models.QuerySet[Site, Any]:
    """The registers that these sites' people are kept in, as a subquery."""
    return Site.objects.filter(id__in=sites).order_by().values("register")


class Participant(InRegister):
    """A person in a register. Names and facts are sealed; band and gender are counted."""

    key = models.UUIDField(null=True, unique=True)
    tier = models.CharField(max_length=10, choices=[(tier, tier) for tier in Tier])
    band = models.CharField(
        _("ålder"),
        max_length=10,
        default=Unsaid.NOT_ASKED,
        choices=[
            (Band.B16, _("16–17 år")),
            (Band.B18, _("18–24 år")),
            (Band.B25, _("25–44 år")),
            (Band.B45, _("45–64 år")),
            (Band.B65, _("65 år eller mer")),
            (Unsaid.NOT_ASKED, _("frågade inte")),
            (Unsaid.DONT_KNOW, _("vet ej")),
            (Unsaid.WONT_SAY, _("vill inte svara")),
        ],
    )
    gender = models.CharField(
        _("kön"),
        max_length=10,
        default=Unsaid.NOT_ASKED,
        choices=[
            (Gender.WOMAN, _("kvinna")),
            (Gender.MAN, _("man")),
            (Gender.OTHER, _("annat")),
            (Unsaid.NOT_ASKED, _("frågade inte")),
            (Unsaid.DONT_KNOW, _("vet ej")),
            (Unsaid.WONT_SAY, _("vill inte svara")),
        ],
    )
    names = models.BinaryField(null=True)  # sealed: alias, name
    facts = models.BinaryField(null=True)  # sealed: birth_year, languages, interpreter, …
    registered_at = models.DateTimeField()
    version = models.PositiveBigIntegerField()  # the register's version at the latest change

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["registered_at", "id"]
        indexes = [models.Index(fields=["register", "version"], name="participants_by_version")]

    def __str__(self) -> str:
        return f"participant {self.id}"

    @property
    def places(self) -> frozenset[Place]:
        """Where grants on this person may stand: those of their register."""
        return self.register.places


class Household(InRegister):
    """Participants and counted children who eat together."""

    children = models.JSONField(default=dict)  # age band → number
    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"household {self.id}"


class Membership(models.Model):
    """That somebody belonged to a household between two days (half open)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    household = models.ForeignKey(Household, models.CASCADE, related_name="memberships")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="memberships")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(valid_to=None),
                name="participants_one_household_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="participants_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} in {self.household_id}"


class Card(models.Model):
    """A random, revocable code on paper or phone. The code is sealed, and found by blind index."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="cards")
    code = models.BinaryField()  # sealed
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["issued_at", "id"]

    def __str__(self) -> str:
        return f"card {self.id}"
