"""Registering what happens at the door, each item once, and closing a conflict."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from egenmakt.access.guard import Actor
from egenmakt.audit.actions import Act, log, log_all
from egenmakt.desk import batch as batches
from egenmakt.desk.batch import Batch
from egenmakt.desk.cases import Case, handle
from egenmakt.desk.models import Registration
from egenmakt.desk.rules import Answer, Clock, Code, Item, Refusal, Status
from egenmakt.kit.calendar import service_day
from egenmakt.participants import queries as people


@transaction.atomic
def register(items: Sequence[Item], *, actor: Actor, clock: Clock) -> list[Answer]:
    """Take a batch in order, each item in a savepoint, and answer each.

    One bad item never makes the batch fail. Everything is in one transaction: what has been
    answered is stored, and a replay gets the first answer.
    """
    batch = batches.load(items, actor=actor, clock=clock)
    answers = [take(batch, item) for item in items]
    Registration.objects.bulk_create(batch.taken)
    log_all(actor, batch.acts, at=clock.received)
    return answers


def take(batch: Batch, item: Item) -> Answer:
    """One item: replayed, refused, stored, or stored as a conflict."""
    try:
        if earlier := batch.earlier.get(item.id):
            return replayed(batch, item, earlier=earlier)
        if not item.well_formed:
            raise Refusal(Code.MALFORMED)
        site = batch.site(item.site)
    except Refusal as no:
        return Answer(str(item.id), Status.REFUSED, code=no.code)
    at = batch.clock.moved(item.at)
    day = service_day(at)
    case = Case(item, site, at, day, batch.terms(site).door(day))
    acts = len(batch.acts)
    try:
        with transaction.atomic():
            handle(batch, case)
    except Refusal as no:
        del batch.acts[acts:]
        return recorded(batch, case, status=Status.REFUSED, code=no.code)
    if case.refused:
        return recorded(batch, case, status=Status.REFUSED, code=case.wrong)
    kept_as_count = case.wrong is Code.DEPTH
    status = Status.CONFLICT if case.wrong and not kept_as_count else Status.STORED
    return recorded(batch, case, status=status, code=case.wrong)


def replayed(batch: Batch, item: Item, *, earlier: Registration) -> Answer:
    """The first answer again; `changed` for other content; `unknown` for another's id."""
    batch.site(earlier.site.slug if earlier.site.slug in batch.sites else "")
    said = batches.digest(item, register=earlier.site.register_id, key=earlier.key)
    if said is not None and said != bytes(earlier.digest):
        raise Refusal(Code.CHANGED)
    proposals: tuple[str, ...] = ()
    if earlier.code == Code.ALIAS and item.who:
        proposals = people.free_aliases(earlier.site.register, item.who.alias)
    return Answer(
        id=str(item.id),
        status=Status(earlier.status),
        first=False,
        already=earlier.already,
        code=Code(earlier.code) if earlier.code else None,
        next_on=earlier.next_on,
        proposals=proposals,
    )


def recorded(batch: Batch, case: Case, *, status: Status, code: Code | None) -> Answer:
    """Remember the item and its answer under its id."""
    item = case.item
    person = case.person if status is not Status.REFUSED else None
    row = Registration(
        id=item.id,
        site=case.site,
        kind=item.kind,
        service=item.service,
        participant=person.id if person else None,
        key=case.key,
        digest=batches.digest(item, register=case.site.register_id, key=case.key) or b"",
        at=case.at,
        service_day=case.day,
        received_at=batch.clock.received,
        by=batch.actor.actor_id if batch.actor.actor_kind == "user" else item.by,
        status=status,
        code=code or "",
        already=case.already,
        next_on=case.next_on,
        made_person=case.made_person and person is not None,
    )
    batch.taken.append(row)
    batch.earlier[row.id] = row
    return Answer(
        id=str(item.id),
        status=status,
        already=case.already,
        code=code,
        next_on=case.next_on,
        proposals=case.proposals,
    )


@transaction.atomic
def close_conflict(registration: Registration, *, by: Actor, now: datetime) -> None:
    """A person has looked at the conflict and lets it stand; closing twice keeps the first."""
    if registration.status == Status.CONFLICT and registration.closed_at is None:
        registration.closed_at = now
        registration.closed_by = by.actor_id
        registration.save(update_fields=["closed_at", "closed_by"])
        log(by, Act("desk.close_conflict", site=registration.site_id), at=now)
