"""Taking counts in that others kept, all or nothing, and taking them back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from egenmakt.access.guard import Actor
from egenmakt.audit.actions import Act, log
from egenmakt.figures.intake import Fault, Intake
from egenmakt.figures.models import DayValue, ImportRun
from egenmakt.organisations.models import Site

SLICE = 500
KEPT_ERRORS = 1_000
KEPT_CELLS = 50
KEPT_TEXT = 200


@transaction.atomic
def take_in(site: Site, intake: Intake, *, run: UUID, by: Actor, now: datetime) -> ImportRun:
    """Store every day of the file, or none: with one fault the run is kept as refused.

    `run` is the id of the import, made by whoever asks: the same id again stores nothing more and
    answers with the first run; a refused one makes room for a new attempt. The site's row is
    locked, so that of two imports at once the later one sees what the earlier one stored.
    """
    Site.objects.select_for_update().get(id=site.id)
    earlier = ImportRun.objects.filter(id=run).first()
    if earlier and earlier.stored:
        return earlier
    if earlier:
        earlier.delete()
    intake = intake.against(DayValue.objects.held(site, measure=intake.measure))
    row = ImportRun.objects.create(
        id=run,
        site=site,
        measure=intake.measure,
        known=intake.known,
        source=intake.source,
        at=now,
        by=by.actor_id,
        rows=intake.rows,
        unchanged=intake.unchanged,
        columns=short(intake.columns) if intake.faults else [],
        errors=[kept(fault) for fault in intake.faults[:KEPT_ERRORS]],
        faults=len(intake.faults),
        stored=not intake.faults,
    )
    if row.stored:
        store(row, intake)
    action = "figures.take_in" if row.stored else "figures.refuse"
    log(by, Act(action, site=site.id, count=intake.rows), at=now)
    return row


def store(run: ImportRun, intake: Intake) -> None:
    """Write what the file says of each day, in slices."""
    DayValue.objects.bulk_create(
        [
            DayValue(run=run, site=run.site, measure=run.measure, day=said.day, value=said.value)
            for said in intake.days
        ],
        batch_size=SLICE,
    )


def kept(fault: Fault) -> list[object]:
    """A fault as it is kept: enough of the row to find and mend it, however wide it is."""
    return [fault.row, fault.reason, short(fault.cells)]


def short(cells: tuple[str, ...]) -> list[str]:
    """The first cells, each cut to what can be read."""
    return [cell[:KEPT_TEXT] for cell in cells[:KEPT_CELLS]]


@transaction.atomic
def undo_run(run: ImportRun, *, by: Actor, now: datetime) -> ImportRun:
    """Take back exactly what a run stored; twice is once, and a refused run has nothing to give.

    Rows of a later file that only repeated this one go too: they were never stored twice.
    """
    run = ImportRun.objects.select_for_update().get(id=run.id)
    if run.undone_at or not run.stored:
        return run
    DayValue.objects.filter(run=run).delete()
    run.undone_at, run.undone_by = now, by.actor_id
    run.save(update_fields=["undone_at", "undone_by"])
    log(by, Act("figures.undo_take_in", site=run.site_id), at=now)
    return run
