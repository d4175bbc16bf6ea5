"""Reading the log: everything that was done to or read of one person, or by one actor."""

from uuid import UUID

from django.db.models import QuerySet

from egenmakt.audit.models import Entry


def about(subject: UUID) -> QuerySet[Entry]:
    """Who has done or read what of the person with this key, latest first."""
    return Entry.objects.filter(subject=subject)


def newest() -> QuerySet[Entry]:
    """The whole log, latest first."""
    return Entry.objects.all()
