"""Welcoming people, keeping what is known of them, letting it go; each wish one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from secrets import choice
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from egenmakt.access.guard import Actor
from egenmakt.access.rules import Right
from egenmakt.audit.actions import Act, log, log_all
from egenmakt.kit.calendar import service_day
from egenmakt.organisations.models import Register
from egenmakt.organisations.rules import Depth
from egenmakt.participants import queries, rules
from egenmakt.participants.models import Card, Participant
from egenmakt.participants.queries import Found, Opened, Shown
from egenmakt.participants.rules import Band, FoundUs, Refused, Tier, Unsaid, Why
from egenmakt.vault import actions as vault


@dataclass(frozen=True)
class Newcomer:
    """Somebody to welcome: an id made by the client, an alias, and whatever else they wish."""

    id: UUID
    alias: str
    name: str = ""
    tier: Tier = Tier.ALIAS
    band: str = Unsaid.NOT_ASKED
    gender: str = Unsaid.NOT_ASKED
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_alias(self) -> bool:
        """Whether anything is left of the alias to call them by."""
        return rules.is_alias(self.alias)


@dataclass(frozen=True)
class Changes:
    """What is to be known from now on; None leaves a thing as it is, and so does an absent fact.

    A name lifts to tier named; `step_down` is the way back.
    """

    alias: str | None = None
    name: str | None = None
    band: str | None = None
    gender: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def welcome(
    register: Register,
    newcomers: Sequence[Newcomer],
    *,
    by: Actor,
    now: datetime,
    run: str | None = None,
) -> list[Participant]:
    """Make a record of each newcomer: own key, sealed names and facts, alias in the blind index.

    An alias that is taken is not refused here: what happened has happened, and the desk asks
    first. One line a person in the log, or one with their number under the verb `run`. At most
    500 at a time. Raises Refused (no_alias, under_16, needs_reason, needs_manager, too_deep).
    """
    version = next_version(register)
    bands = [_settled(one, register=register, by=by, now=now) for one in newcomers]
    if any(one.tier is Tier.NAMED for one in newcomers):
        _must_allow_names(register, now=now)
    keys = vault.make_person_keys(register.id, keys=[uuid4() for _ in newcomers])
    common: dict[str, Any] = {"register": register, "version": version, "registered_at": now}
    made = [
        _recorded(Participant(key=key_id, band=band, **common), one, key)
        for one, band, (key_id, key) in zip(newcomers, bands, keys.items(), strict=True)
    ]
    Participant.objects.bulk_create(made, batch_size=500)
    vault.index(
        (row.key, queries.alias_digest(register.id, one.alias))
        for row, one in zip(made, newcomers, strict=True)
        if row.key
    )
    if run:
        log(by, Act(run, register=register.id, count=len(made)), at=now)
    else:
        log_all(by, [act_on("welcome", row) for row in made], at=now)
    return made


def _recorded(row: Participant, one: Newcomer, key: bytes) -> Participant:
    """The row with all that the newcomer says of themself, names and facts sealed."""
    row.id, row.tier, row.gender = one.id, one.tier, one.gender
    name = rules.tidy(one.name) if one.tier is Tier.NAMED else ""
    seal(row, Opened(rules.tidy(one.alias), name, dict(one.facts)), key=key)
    return row


@transaction.atomic
def open_person(participant: Participant, *, by: Actor, now: datetime) -> Opened:
    """All that is known of somebody, and a line in the log that it was read."""
    log(by, act_on("open", participant), at=now)
    return queries.opened(participant)


@transaction.atomic
def show_card(participant: Participant, *, card: UUID, by: Actor, now: datetime) -> Shown | None:
    """A valid card of theirs with its code, and a line in the log that it was shown."""
    shown = queries.card(participant, card)
    if shown:
        log(by, act_on("show_card", participant), at=now)
    return shown


def search(register: Register, query: str, *, by: Actor, now: datetime) -> Found:
    """The people that a query may mean, by name, alias or card. The log gets who searched and
    how many were shown, never what was sought."""
    holder = queries.with_card(register, query)
    if holder:
        people = list(queries.known(register, [holder]).values())
        found = Found(people, len(people))
    else:
        found = queries.find(register, query)
    log(by, Act("participants.search", register=register.id, count=len(found.people)), at=now)
    return found


@transaction.atomic
def keep(participant: Participant, *, changes: Changes, by: Actor, now: datetime) -> Participant:
    """Write down what is known of somebody from now on; the rest stays as it was.

    Raises Refused (no_alias, alias_taken, under_16, needs_reason, needs_manager, too_deep).
    """
    row, version = _taken(participant)
    before = queries.opened(row)
    key = queries.key_opened(row)
    after = Opened(
        alias=before.alias if changes.alias is None else rules.tidy(changes.alias),
        name=rules.tidy(changes.name or "") or before.name,
        facts=before.facts | dict(changes.facts),
    )
    if after.name and not before.name:
        _must_allow_names(row.register, now=now)
        row.tier = Tier.NAMED
    settled = Newcomer(
        id=row.id, alias=after.alias, band=changes.band or row.band, facts=after.facts
    )
    kept = row.band if before.facts.get("young_reason") == after.facts.get("young_reason") else ""
    row.band = _settled(settled, register=row.register, by=by, now=now, kept=kept)
    row.gender = changes.gender or row.gender
    row.version = version
    _move_alias(row, old=before.alias, new=after.alias)
    seal(row, after, key=key)
    row.save(update_fields=["tier", "band", "gender", "names", "facts", "version"])
    log(by, act_on("keep", row), at=now)
    return row


@transaction.atomic
def found_us(participant: Participant, *, answer: str, by: Actor, now: datetime) -> None:
    """Write down how somebody found the way here, once; a later answer changes nothing, and
    nobody who asks learns whether there was one. Raises ValueError for another answer."""
    if answer not in {*FoundUs, Unsaid.DONT_KNOW, Unsaid.WONT_SAY}:
        raise ValueError("an answer that the question does not have")
    row, version = _taken(participant)
    before = queries.opened(row)
    if "found_us" not in before.facts:
        row.version = version
        after = Opened(before.alias, before.name, before.facts | {"found_us": str(answer)})
        seal(row, after, key=queries.key_opened(row))
        row.save(update_fields=["names", "facts", "version"])
    log(by, act_on("found_us", row), at=now)


@transaction.atomic
def step_down(participant: Participant, *, by: Actor, now: datetime) -> Participant:
    """From named to alias: the name is deleted, whatever else is known stays."""
    row, version = _taken(participant)
    before = queries.opened(row)
    row.tier, row.version = Tier.ALIAS, version
    seal(row, Opened(before.alias, "", before.facts), key=queries.key_opened(row))
    row.save(update_fields=["tier", "names", "facts", "version"])
    log(by, act_on("step_down", row), at=now)
    return row


@transaction.atomic
def forget(participant: UUID, *, by: Actor, now: datetime) -> None:
    """Undo somebody just made: the row goes, and their key once that is certain."""
    row = Participant.objects.filter(id=participant).select_related("register").first()
    if row is None:
        return
    next_version(row.register)
    log(by, act_on("forget", row), at=now)
    if row.key:
        transaction.on_commit(partial(vault.destroy, [row.key]))
    row.delete()


def issue_card(participant: Participant, *, by: Actor, now: datetime) -> tuple[Card, str]:
    """Give somebody a new card; returns it and its code as people read it."""
    code = "".join(choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH))
    return attach_card(participant.id, card=uuid4(), code=code, by=by, now=now), (
        rules.card_shown(code)
    )


@transaction.atomic
def attach_card(participant: UUID, *, card: UUID, code: str, by: Actor, now: datetime) -> Card:
    """Let a code that lies ready on paper or phone be somebody's, as the card `card`.

    Raises Refused (bad_code) when it cannot be a code or somebody's valid card has it already.
    """
    row = Participant.objects.living().select_related("register").get(id=participant)
    bare = rules.card_code(code)
    next_version(row.register)
    if bare is None or queries.with_card(row.register, bare):
        raise Refused(Why.BAD_CODE)
    sealed = vault.sealed(queries.key_opened(row), {"code": bare}, place=rules.card_place(card))
    issued = Card.objects.create(id=card, participant=row, code=sealed, issued_at=now)
    if row.key:
        vault.index([(row.key, queries.card_digest(row.register_id, bare))])
    log(by, act_on("issue_card", row), at=now)
    return issued


@transaction.atomic
def revoke_card(card: Card, *, by: Actor, now: datetime) -> None:
    """From now on the code finds nobody; revoking twice is once."""
    row = card.participant
    next_version(row.register)
    shown = queries.card(row, card.id)
    if shown and row.key:
        bare = rules.card_code(shown.code) or ""
        digest = queries.card_digest(row.register_id, bare)
        transaction.on_commit(partial(vault.unindex, row.key, digests=[digest]))
        Card.objects.filter(id=card.id).update(revoked_at=now)
        log(by, act_on("revoke_card", row), at=now)


@transaction.atomic
def detach_card(card: UUID, *, by: Actor, now: datetime) -> None:
    """Undo a card just given: it is revoked and its row goes."""
    found = Card.objects.filter(id=card).select_related("participant__register").first()
    if found:
        revoke_card(found, by=by, now=now)
        found.delete()


def next_version(register: Register) -> int:
    """Move the register's version and return it. Holds the register's row until the transaction
    ends, so that versions become visible in their order and no name index misses one."""
    Register.objects.filter(id=register.id).update(version=F("version") + 1)
    return Register.objects.values_list("version", flat=True).get(id=register.id)


def seal(row: Participant, known: Opened, *, key: bytes) -> None:
    """Put names and facts under the person's key, at the row's own place and version."""
    names = {"alias": known.alias} | ({"name": known.name} if known.name else {})
    facts = rules.kept_facts(known.facts, band=row.band)
    for name, value in (("names", names), ("facts", facts)):
        place = rules.place(row.id, field=name, version=row.version)
        setattr(row, name, vault.sealed(key, value, place=place))


def _taken(participant: Participant) -> tuple[Participant, int]:
    """The row as it is now, held until the transaction ends, and the version it is to have."""
    version = next_version(participant.register)
    rows = Participant.objects.select_for_update(of=("self",)).select_related("register")
    return rows.living().get(id=participant.id), version


def _settled(one: Newcomer, *, register: Register, by: Actor, now: datetime, kept: str = "") -> str:
    """The band that is kept of somebody, when they may be kept at all. Whoever is 16–17 needs a
    manager's reason; one that is kept already (`kept` is the band) needs no new one."""
    if not one.has_alias:
        raise Refused(Why.NO_ALIAS)
    band = rules.settled_band(one.band, one.facts, today=service_day(now))
    if band != Band.B16 or kept == Band.B16:
        return band
    if not one.facts.get("young_reason"):
        raise Refused(Why.NEEDS_REASON)
    if not by.may(Right.ADMIT_YOUNG, register.places):
        raise Refused(Why.NEEDS_MANAGER)
    return band


def _must_allow_names(register: Register, *, now: datetime) -> None:
    if queries.deepest(register, on=service_day(now)) < Depth.NAMED:
        raise Refused(Why.TOO_DEEP)


def _move_alias(row: Participant, *, old: str, new: str) -> None:
    """Let the new alias be found at once, and the old no longer once the change is certain."""
    before = queries.alias_digest(row.register_id, old)
    after = queries.alias_digest(row.register_id, new)
    if before == after or row.key is None:
        return
    if set(queries.holders(row.register, new)) - {row.id}:
        raise Refused(Why.ALIAS_TAKEN)
    vault.index([(row.key, after)])
    transaction.on_commit(partial(vault.unindex, row.key, digests=[before]))


def act_on(verb: str, row: Participant) -> Act:
    """A line for the log about somebody."""
    return Act(f"participants.{verb}", subject=row.key, register=row.register_id)
