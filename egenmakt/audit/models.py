"""The log: who did or read what, appended and never changed."""

from django.db import models


class Entry(models.Model):
    """One act or one read. `subject` is a pseudonymous reference that erasure leaves empty-handed.

    The subject is the id of a person's key, not of the person: it means nothing once the
    person's row is emptied.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor = models.UUIDField(null=True, db_index=True)
    action = models.CharField(max_length=60)
    subject = models.UUIDField(null=True, db_index=True)
    register = models.UUIDField(null=True)
    site = models.UUIDField(null=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"
