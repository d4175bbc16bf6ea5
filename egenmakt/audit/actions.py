"""Writing the log: one line for each act and each read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from egenmakt.audit.models import Entry


class Doer(Protocol):
    """Whoever acts: a user, a device, the worker or a command."""

    @property
    def actor_id(self) -> UUID | None: ...

    @property
    def actor_kind(self) -> str: ...


@dataclass(frozen=True)
class Act:
    """What was done: `room.verb`, to whom (the id of their key), where, how many at once."""

    action: str
    subject: UUID | None = None
    register: UUID | None = None
    site: UUID | None = None
    count: int = 1


def log(doer: Doer, act: Act, *, at: datetime) -> None:
    """Write one line. Belongs in the same transaction as what it tells of."""
    log_all(doer, [act], at=at)


def log_all(doer: Doer, acts: Iterable[Act], *, at: datetime) -> None:
    """Write one line for each act, in one statement."""
    Entry.objects.bulk_create(
        [
            Entry(
                at=at,
                actor_kind=doer.actor_kind,
                actor=doer.actor_id,
                action=act.action,
                subject=act.subject,
                register=act.register,
                site=act.site,
                count=act.count,
            )
            for act in acts
        ]
    )
