"""The demo's log-ins as a table (`docs/contracts.md`): roles, places, one word for all."""

from collections.abc import Iterator

from egenmakt.access.rules import Role, Scope

SAME_FOR_ALL = "egenmakt-demo"
ROLES = {
    "vard": (Role.HOST, Scope.SITE),
    "kamrat": (Role.PEER, Scope.SITE),
    "ombud": (Role.SOCIAL_WORKER, Scope.REGISTER),
    "handledare": (Role.SUPERVISOR, Scope.SITE),
    "chef": (Role.MANAGER, Scope.SITE),
    "verksamhetschef": (Role.DIRECTOR, Scope.ORGANISATION),
    "kommun": (Role.PARTNER, Scope.AGREEMENT),
    "dso": (Role.DPO, Scope.ORGANISATION),
}
SITES = {
    "kontaktcentrum": tuple(ROLES),
    "varberg": tuple(ROLES),
    "hasselby": tuple(ROLES),
    "city": tuple(ROLES),
    "mariatorget": tuple(ROLES),
    "sion": tuple(ROLES),
    "iogt-nto": tuple(ROLES),
    "norrtalje": tuple(ROLES),
    "new-york": ("chef", "verksamhetschef", "kommun"),
}


def email(role: str, site: str) -> str:
    """The address that somebody of the demo logs in with."""
    return f"{role}@{site}.demo"


def log_ins() -> Iterator[tuple[str, str]]:
    """Every role and site that has a log-in."""
    for site, roles in SITES.items():
        for role in roles:
            yield role, site
