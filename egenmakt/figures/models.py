"""Counts that others kept: each run of an import and each day's value, with how it is known."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egenmakt.organisations.models import Site


class ImportRun(models.Model):
    """One import of one measure at one site: all or nothing, undone whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    measure = models.CharField(max_length=31)
    known = models.CharField(
        _("hur vet vi det"),
        max_length=10,
        choices=[
            ("counted", _("räknat")),
            ("estimated", _("uppskattat")),
            ("stated", _("enligt någon")),
        ],
    )
    source = models.CharField(_("källa"), max_length=300)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    rows = models.PositiveIntegerField()  # read from the file
    unchanged = models.PositiveIntegerField(default=0)  # already held with the same value
    columns = models.JSONField(default=list)  # the file's headings, when there are errors
    errors = models.JSONField(default=list)  # [row number, reason, the row's cells], the first
    faults = models.PositiveIntegerField(default=0)  # how many errors there were in all
    stored = models.BooleanField()  # false when errors kept everything out
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"import {self.id}"


class DayValueQuerySet(models.QuerySet["DayValue"]):
    """Days' values in the trade's words."""

    def held(self, site: Site, *, measure: str) -> dict[date, int | None]:
        """What is already held of a measure at a site, day by day."""
        return dict(self.filter(site=site, measure=measure).values_list("day", "value"))


class DayValue(models.Model):
    """What a run says of one day: a number, or that the report of that day is missing."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="values")
    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    measure = models.CharField(max_length=31)
    day = models.DateField()
    value = models.PositiveIntegerField(null=True)  # empty: the report is missing

    objects = DayValueQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "measure", "day"], name="figures_one_value_a_day"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0), name="figures_no_negative_counts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.day}"
