"""Agreements: who the parties are, for how long, and which sites they cover."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egenmakt.access.guard import Actor
from egenmakt.access.rules import Place, Right, Scope
from egenmakt.kit.calendar import DAY, Period
from egenmakt.organisations.models import Organisation, Site


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements in the trade's words."""

    def visible_to(self, actor: Actor, right: Right | None = None) -> "AgreementQuerySet":
        """Those granted, and those that a reached organisation or site belongs to.

        With `right`, only as far as the actor reaches with it.
        """
        reach = actor.reach(right)
        if reach.everywhere:
            return self
        ours = Coverage.objects.filter(
            Q(site__in=reach.of(Scope.SITE)) | Q(site__register__in=reach.of(Scope.REGISTER))
        )
        return self.filter(
            Q(id__in=reach.of(Scope.AGREEMENT))
            | Q(parties__organisation__in=reach.of(Scope.ORGANISATION))
            | Q(id__in=ours.values("agreement"))
        ).distinct()


class Agreement(models.Model):
    """An agreement between two or more parties, of kind IOP, assignment or grant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("namn"), max_length=160)
    kind = models.CharField(
        _("slag"),
        max_length=10,
        choices=[
            ("iop", _("idéburet offentligt partnerskap")),
            ("assignment", _("uppdrag")),
            ("grant", _("bidrag")),
        ],
    )
    starts_on = models.DateField(_("från och med"))
    ends_before = models.DateField(_("gäller inte längre från"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before=None) | Q(ends_before__gt=F("starts_on")),
                name="partnerships_agreement_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date | None:
        """The last day that it holds, when that is known."""
        return self.ends_before and self.ends_before - DAY

    def holds_throughout(self, period: Period) -> bool:
        """Whether it is in force on every day of the period."""
        begun = self.starts_on <= period.starts_on
        return begun and (self.ends_before is None or period.ends_before <= self.ends_before)

    @property
    def places(self) -> frozenset[Place]:
        """Where grants on this agreement may stand: itself, its parties, the sites it covers."""
        parties = Party.objects.filter(agreement=self).values_list("organisation_id", flat=True)
        sites = Site.objects.filter(id__in=self.coverages.values("site"))
        return frozenset({(Scope.AGREEMENT, self.id)}).union(
            {(Scope.ORGANISATION, party) for party in parties}, *(site.places for site in sites)
        )


class Party(models.Model):
    """An organisation's part in an agreement; `with_figures` runs sites and answers for figures."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    with_figures = models.BooleanField(default=False)

    class Meta:
        ordering = ["-with_figures", "organisation__name", "id"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="partnerships_party_once"
            )
        ]

    def __str__(self) -> str:
        return f"party {self.id}"


class Coverage(models.Model):
    """That an agreement covers a site."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="coverages")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["site__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "site"], name="partnerships_site_once")
        ]

    def __str__(self) -> str:
        return f"coverage {self.id}"
