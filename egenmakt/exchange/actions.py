"""Files kept for a while, looked through, and taken in."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from egenmakt.access.guard import Actor
from egenmakt.access.models import User
from egenmakt.exchange import queries
from egenmakt.exchange.models import Upload
from egenmakt.exchange.rules import Counted, Plan
from egenmakt.figures import actions as figures
from egenmakt.figures.models import ImportRun
from egenmakt.kit.calendar import service_day
from egenmakt.organisations.models import Site

AT_ONCE = 5


@transaction.atomic
def keep(site: Site, content: bytes, *, by: User, now: datetime) -> Upload:
    """Keep a file for a day; what is older goes, and of one person's files the oldest.

    Its name is not kept: names of files tell more than they should.
    """
    Upload.objects.filter(at__lte=now - queries.KEPT_FOR).delete()
    mine = Upload.objects.filter(by=by.id).values_list("id", flat=True)
    Upload.objects.filter(id__in=list(mine[AT_ONCE - 1 :])).delete()
    return Upload.objects.create(site=site, content=content, by=by.id, at=now)


def throw_away(number: UUID, site: Site, *, by: User, now: datetime) -> bool:
    """Let go of one of the user's own files before it is taken in; False where there is none."""
    gone, _kinds = queries.uploads(by, site, now=now).filter(id=number).delete()
    return gone > 0


def choose_sheet(upload: Upload, name: str) -> None:
    """Look at this sheet of the workbook; what was chosen for another is forgotten."""
    upload.sheet, upload.plan = name, {}
    upload.save(update_fields=["sheet", "plan"])


def choose(
    upload: Upload, plan: Plan, *, of: Counted, by: Actor, now: datetime
) -> ImportRun | None:
    """Remember what was chosen. With row errors the attempt is kept as refused, and is returned.

    A new attempt with the same file takes its place.
    """
    upload.plan = asdict(plan) | asdict(of)
    upload.save(update_fields=["plan"])
    intake = queries.judged(upload, today=service_day(now))
    if not queries.foreseen(upload.site, intake).faults:
        return None
    return figures.take_in(upload.site, intake, run=upload.id, by=by, now=now)


def take_in(upload: Upload, *, by: Actor, now: datetime) -> ImportRun:
    """Take the file in as it was chosen; then it is gone.

    The import bears the id of the file, so that asking twice gives one. The file is read before
    the transaction begins: the door does not wait for it.
    """
    intake = queries.judged(upload, today=service_day(now))
    with transaction.atomic():
        run = figures.take_in(upload.site, intake, run=upload.id, by=by, now=now)
        if run.stored:
            upload.delete()
    return run
