"""Which device a token belongs to."""

from hashlib import sha256

from egenmakt.access.models import Device


def device_with(token: str) -> Device | None:
    """The enrolled device with this token; None for an unknown or revoked one."""
    digest = sha256(token.encode()).digest()
    return Device.objects.filter(token_digest=digest, revoked_at=None).first()
