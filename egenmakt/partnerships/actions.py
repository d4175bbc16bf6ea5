"""Opening what is internal, which is logged."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from egenmakt.access.guard import Actor
from egenmakt.audit.actions import Act, log_all
from egenmakt.organisations.models import Site


@transaction.atomic
def open_draft(sites: Iterable[Site], *, by: Actor, now: datetime) -> None:
    """Note that somebody reads these sites' unprotected figures: they may tell of few people."""
    acts = [Act("partnerships.draft", site=site.id) for site in sites]
    log_all(by, acts, at=now)
