"""Making users, giving roles, promising confidentiality, enrolling and revoking devices."""

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from egenmakt.access.guard import Actor
from egenmakt.access.models import Device, Grant, User
from egenmakt.access.rules import Role, Scope
from egenmakt.access.undertaking import VERSION
from egenmakt.audit.actions import Act, log


@transaction.atomic
def promise(user: User, *, now: datetime) -> None:
    """The user accepts today's confidentiality undertaking (SoL 17:11)."""
    user.undertaking_version = VERSION
    user.undertaking_at = now
    user.save(update_fields=["undertaking_version", "undertaking_at"])
    log(user, Act("access.promise"), at=now)


@transaction.atomic
def grant(user: User, *, role: Role, place: tuple[Scope, UUID], by: Actor, now: datetime) -> Grant:
    """Give the user a role at one place; giving it again changes nothing."""
    kind, where = place
    given, new = Grant.objects.get_or_create(user=user, role=role, kind=kind, place=where)
    if new:
        log(by, Act("access.grant", site=where if kind is Scope.SITE else None), at=now)
    return given


@transaction.atomic
def enrol(site: UUID, *, name: str, by: Actor, now: datetime) -> tuple[Device, str]:
    """Enrol a device at a site. The token is returned this once; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        site=site, name=name, token_digest=sha256(token.encode()).digest(), enrolled_at=now
    )
    log(by, Act("access.enrol", site=site), at=now)
    return device, token


@transaction.atomic
def revoke(device: Device, *, by: Actor, now: datetime) -> None:
    """The device's token stops working at once; revoking twice keeps the first time."""
    if device.revoked_at is None:
        device.revoked_at = now
        device.save(update_fields=["revoked_at"])
        log(by, Act("access.revoke", site=device.site), at=now)
