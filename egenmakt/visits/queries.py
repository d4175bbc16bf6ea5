"""Whether somebody has been here."""

from uuid import UUID

from egenmakt.visits.models import Visit


def speaks_of(participant: UUID) -> bool:
    """Whether any visit is the person's."""
    return Visit.objects.filter(participant=participant).exists()
