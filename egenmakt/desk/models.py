"""Registrations: every item that came in at the door and the answer it got, once."""

from django.db import models

from egenmakt.organisations.models import Site


class Registration(models.Model):
    """One item by its client-made id. A replay gets the first answer; other content, `changed`.

    What it made lies in its own room under the same id. `key` says whose key sealed the digest:
    the person's where the content names them, so that nothing can be guessed once it is gone.
    """

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    service = models.SlugField(blank=True)
    participant = models.UUIDField(null=True, db_index=True)
    key = models.UUIDField(null=True)
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    service_day = models.DateField()
    received_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    status = models.CharField(max_length=8)  # stored | refused | conflict
    code = models.CharField(max_length=10, blank=True)
    already = models.BooleanField(default=False)
    next_on = models.DateField(null=True)
    made_person = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # a conflict that a person has closed
    closed_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [
            models.Index(fields=["site", "service_day"], name="desk_by_site_and_day"),
        ]

    def __str__(self) -> str:
        return f"registration {self.id}"
