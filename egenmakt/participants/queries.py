"""People found by name, card or alias, and what is known of them; all within one register."""

import logging
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from egenmakt.access.guard import Actor
from egenmakt.audit.models import Entry
from egenmakt.audit.queries import about
from egenmakt.methods.matching import normalise
from egenmakt.organisations.models import Offering, Register
from egenmakt.organisations.rules import DEEPEST, Depth, Regime
from egenmakt.participants import names, rules
from egenmakt.participants.models import Card, Membership, Participant
from egenmakt.participants.rules import Tier, Unsaid
from egenmakt.vault import queries as vault
from egenmakt.vault.sealing import Unreadable

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Known:
    """Somebody by what they are called; `name` is empty unless they are named."""

    id: UUID
    key: UUID
    tier: Tier
    alias: str
    name: str
    band: str
    gender: str


@dataclass(frozen=True)
class Found:
    """The people that a search may mean, best first, and how many there were in all."""

    people: list[Known]
    total: int


@dataclass(frozen=True)
class Standing:
    """What a limit needs to know of somebody: nothing that is sealed."""

    id: UUID
    key: UUID
    tier: Tier
    household: UUID | None


@dataclass(frozen=True)
class Opened:
    """All that is kept of somebody under their key; a fact that was not asked is absent."""

    alias: str
    name: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A card with its code as people read it."""

    card: Card
    code: str


def participant(actor: Actor, uuid: UUID) -> Participant | None:
    """The participant with this id, when the actor's grants reach their register.

    None also for a row that cannot be read: its key is destroyed, or it was moved or changed,
    which the server's log tells.
    """
    people = Participant.objects.visible_to(actor).living().filter(id=uuid)
    row = people.select_related("register").first()
    try:
        return row if row and opened(row) else None
    except (LookupError, Unreadable):
        logger.error("A participant's row cannot be read: its key is gone, or it was changed.")
        return None


def find(register: Register, query: str, *, limit: int = 8) -> Found:
    """The people that `query` may mean, tolerant of spelling (`methods.md` 8).

    By alias and name only, never by attribute (SoLPUF 20 §), and never outside the register.
    """
    found = names.find(register.id, query, limit=limit)
    people = known(register, [hit.id for hit in found.hits])
    return Found([people[hit.id] for hit in found.hits if hit.id in people], found.total)


def known(register: Register, ids: Collection[UUID]) -> dict[UUID, Known]:
    """Those of `ids` that live in the register, by what they are called. Whose row was tampered
    with is left out, as in the search: one row must not shut the door for all."""
    rows = list(Participant.objects.filter(register=register, id__in=ids).living())
    keys = vault.person_keys([row.key for row in rows if row.key])
    people = {}
    for row in rows:
        if row.key not in keys:
            continue
        with suppress(Unreadable):
            called = _called(row, keys[row.key])
            people[row.id] = Known(
                id=row.id,
                key=row.key,
                tier=Tier(row.tier),
                alias=called.get("alias", ""),
                name=called.get("name", ""),
                band=row.band,
                gender=row.gender,
            )
    return people


def opened(row: Participant) -> Opened:
    """All that is kept of somebody. The caller logs that it was read.

    Raises sealing.Unreadable when the row was moved, changed or put back from earlier.
    """
    key = key_opened(row)
    place = rules.place(row.id, field="facts", version=row.version)
    called = _called(row, key)
    facts = vault.unsealed(key, row.facts, place=place)
    return Opened(called.get("alias", ""), called.get("name", ""), facts)


def key_opened(row: Participant) -> bytes:
    """The person's own key. Raises LookupError when it is destroyed."""
    if row.key is None:
        raise LookupError("this record is emptied")
    return vault.person_keys([row.key])[row.key]


def deepest(register: Register, *, on: date) -> Depth:
    """How deep anybody may be known in the register: what any offering of its sites allows that
    day. Where nothing is decided, an alias."""
    held = Offering.objects.filter(site__register=register, valid_from__lte=on)
    regimes = held.exclude(valid_to__lte=on).order_by().values_list("regime", flat=True).distinct()
    return max((DEEPEST[Regime(regime)] for regime in regimes), default=Depth.ALIAS)


def reads(row: Participant) -> QuerySet[Entry]:
    """Who has done or read what of somebody, latest first."""
    return about(row.key) if row.key else Entry.objects.none()


def listed(row: Participant, *, since: datetime) -> int:
    """How many times since then a list of the register was delivered, which they may be on."""
    lists = Entry.objects.filter(action="desk.list", register=row.register_id)
    return lists.filter(at__gte=max(since, row.registered_at)).count()


def _called(row: Participant, key: bytes) -> dict[str, Any]:
    place = rules.place(row.id, field="names", version=row.version)
    return vault.unsealed(key, row.names, place=place)


def belonging(on: date) -> Q:
    """Memberships that hold on that day."""
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def standing(register: Register, ids: Collection[UUID], *, on: date) -> dict[UUID, Standing]:
    """Tier and household on a day of those of `ids` that live in the register: one statement,
    nothing opened, because the door asks for every registration."""
    held = ("memberships__household", "memberships__valid_from", "memberships__valid_to")
    people = Participant.objects.filter(register=register, id__in=ids).living().order_by()
    found: dict[UUID, Standing] = {}
    for uuid, key, tier, home, came, left in people.values_list("id", "key", "tier", *held):
        at_home = home is not None and came <= on and (left is None or on < left)
        if key and (at_home or uuid not in found):
            found[uuid] = Standing(uuid, key, Tier(tier), home if at_home else None)
    return found


def exists(uuid: UUID) -> bool:
    """Whether this id is taken by anybody, in any register, emptied or not."""
    return Participant.objects.filter(id=uuid).exists()


def key_of(uuid: UUID) -> UUID | None:
    """The id of somebody's key: what the log calls them by."""
    return Participant.objects.filter(id=uuid).values_list("key", flat=True).first()


def in_use(uuid: UUID) -> bool:
    """Whether this room holds anything of the person besides an alias and how they found us: a
    household, a card, a name, or anything else that somebody has written about them."""
    row = Participant.objects.living().filter(id=uuid).first()
    if row is None:
        return False
    if Membership.objects.filter(participant=row).exists() or cards(row):
        return True
    said = {row.band, row.gender} != {Unsaid.NOT_ASKED} or row.tier != Tier.ALIAS
    return said or bool(set(opened(row).facts) - {"found_us"})


def alias_digest(register: UUID, alias: str) -> bytes:
    """The blind index of an alias: the same for all spellings that are one alias."""
    return vault.blind(register, "alias", normalise(rules.tidy(alias)))


def holders(register: Register, alias: str) -> list[UUID]:
    """Living participants with this alias after normalisation, by id."""
    digest = alias_digest(register.id, alias)
    keys = vault.keys_with([digest]).get(digest, [])
    people = Participant.objects.filter(register=register, key__in=keys).order_by("id")
    return list(people.values_list("id", flat=True))


def free_aliases(register: Register, alias: str, *, count: int = 3) -> tuple[str, ...]:
    """What somebody may be called instead when `alias` is taken; each is free now."""
    options = {alias_digest(register.id, one): one for one in rules.other_aliases(alias)}
    taken = vault.keys_with(list(options))
    return tuple(one for digest, one in options.items() if digest not in taken)[:count]


def card_digest(register: UUID, code: str) -> bytes:
    """The blind index of a card's code."""
    return vault.blind(register, "card", code)


def with_card(register: Register, code: str) -> UUID | None:
    """Who holds the card with this code, as scanned or typed; nobody when it is revoked.

    The code is compared with what is sealed on the card: an index left behind by a crash finds
    nobody.
    """
    sought = rules.card_code(code)
    if sought is None:
        return None
    digest = card_digest(register.id, sought)
    keys = vault.keys_with([digest]).get(digest, [])
    cards = Card.objects.filter(
        participant__register=register, participant__key__in=keys, revoked_at=None
    )
    for shown in _shown(list(cards.select_related("participant"))):
        if shown.code == rules.card_shown(sought):
            return shown.card.participant_id
    return None


def cards(row: Participant) -> list[Card]:
    """Somebody's cards, also those revoked, oldest first."""
    return list(Card.objects.filter(participant=row))


def card(row: Participant, uuid: UUID) -> Shown | None:
    """One of somebody's valid cards with its code. The caller logs that it was shown."""
    valid = Card.objects.filter(participant=row, id=uuid, revoked_at=None)
    return next(iter(_shown(list(valid.select_related("participant")))), None)


def _shown(found: Collection[Card]) -> list[Shown]:
    keys = vault.person_keys({one.participant.key for one in found if one.participant.key})
    return [
        Shown(one, rules.card_shown(facts["code"]))
        for one in found
        if one.participant.key in keys
        and (
            facts := vault.unsealed(
                keys[one.participant.key], one.code, place=rules.card_place(one.id)
            )
        )
    ]
