"""Who a session or a token belongs to, and which devices are enrolled."""

from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from egenmakt.access.models import Device, Grant, User


def user(user_id: UUID) -> User | None:
    """The active user of a session, with all that they hold, in one look-up."""
    grants = list(Grant.objects.filter(user=user_id).select_related("user"))
    found = grants[0].user if grants else User.objects.filter(id=user_id).first()
    if found is None or not found.is_active:
        return None
    found.grants = grants
    return found


def device_with(token: str) -> Device | None:
    """The enrolled device with this token; None for an unknown or revoked one."""
    digest = sha256(token.encode()).digest()
    return Device.objects.filter(token_digest=digest, revoked_at=None).first()


def devices(*, site: UUID | None = None) -> QuerySet[Device]:
    """Every device that was ever enrolled, at one site or anywhere, oldest first."""
    every = Device.objects.all()
    return every.filter(site=site) if site else every
