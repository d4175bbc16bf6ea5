"""Roles and what each may do, in one table, and how far a grant reaches."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Right(StrEnum):
    """One thing that somebody may do."""

    DEPOSIT = "deposit"
    SEE_DESK = "see_desk"
    OPEN_PERSON = "open_person"
    KEEP_PERSON = "keep_person"
    ADMIT_YOUNG = "admit_young"
    CLOSE_CONFLICT = "close_conflict"
    SEE_SITE = "see_site"
    KEEP_SITE = "keep_site"
    IMPORT_FIGURES = "import_figures"
    SEE_FIGURES = "see_figures"
    SEE_RELEASES = "see_releases"
    READ_LOG = "read_log"


class Role(StrEnum):
    """What somebody is at a place."""

    HOST = "host"
    PEER = "peer"
    SOCIAL_WORKER = "social_worker"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    DIRECTOR = "director"
    PARTNER = "partner"
    DPO = "dpo"


class Scope(StrEnum):
    """What a grant is for; a grant on an organisation reaches its sites and registers."""

    INSTALLATION = "installation"
    ORGANISATION = "organisation"
    REGISTER = "register"
    SITE = "site"
    AGREEMENT = "agreement"


DOOR = frozenset({Right.DEPOSIT, Right.SEE_DESK, Right.SEE_SITE})
PERSON = frozenset({Right.OPEN_PERSON, Right.KEEP_PERSON})
FIGURES = frozenset({Right.IMPORT_FIGURES, Right.SEE_FIGURES, Right.SEE_RELEASES})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.HOST: DOOR,
    Role.PEER: DOOR,
    Role.SOCIAL_WORKER: DOOR | PERSON,
    Role.SUPERVISOR: frozenset({Right.SEE_SITE}),
    Role.MANAGER: DOOR
    | PERSON
    | FIGURES
    | {Right.ADMIT_YOUNG, Right.CLOSE_CONFLICT, Right.KEEP_SITE},
    Role.DIRECTOR: FIGURES | {Right.SEE_SITE, Right.KEEP_SITE},
    Role.PARTNER: frozenset({Right.SEE_RELEASES}),
    Role.DPO: frozenset({Right.READ_LOG, Right.SEE_SITE}),
}

Place = tuple[Scope, UUID]


class Held(Protocol):
    """A role held somewhere."""

    role: str
    kind: str
    place: UUID


@dataclass(frozen=True)
class Reach:
    """The places that somebody reaches, with one right or with any."""

    everywhere: bool
    places: frozenset[Place]

    def of(self, scope: Scope) -> list[UUID]:
        """The ids of one kind that are reached, to filter rows by."""
        return [place for kind, place in self.places if kind is scope]

    def covers(self, places: Iterable[Place]) -> bool:
        """Whether a thing that stands in these places is reached."""
        return self.everywhere or not self.places.isdisjoint(places)


def reach_of(held: Collection[Held], right: Right | None = None) -> Reach:
    """How far these grants reach with `right`, or at all when none is named."""
    counting = [grant for grant in held if right is None or right in RIGHTS[Role(grant.role)]]
    return Reach(
        everywhere=any(grant.kind == Scope.INSTALLATION for grant in counting),
        places=frozenset((Scope(grant.kind), grant.place) for grant in counting),
    )


def may_open_people(roles: Iterable[str]) -> bool:
    """Whether any of these roles can open a person: they need a second factor (`law.md` 20)."""
    return any(Right.OPEN_PERSON in RIGHTS[Role(role)] for role in roles)
