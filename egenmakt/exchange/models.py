"""Files on their way in: kept until they are taken in or put aside."""

import uuid

from django.db import models

from egenmakt.organisations.models import Site


class Upload(models.Model):
    """A file that somebody has uploaded and is looking through; gone after a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    content = models.BinaryField()
    sheet = models.CharField(max_length=100, blank=True)  # of a workbook with several
    plan = models.JSONField(default=dict)  # what was chosen on screen, when it has been

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"upload {self.id}"
