"""The names of a register in memory, to search in: never stored, never logged."""

import threading
from functools import cache
from uuid import UUID

from django.db import connection

from egenmakt.methods.matching import Found, NameIndex
from egenmakt.organisations.models import Register
from egenmakt.participants import rules
from egenmakt.participants.models import Participant
from egenmakt.vault import queries as vault
from egenmakt.vault.sealing import Unreadable

SLICE = 500


class Names:
    """One register's names in this process, brought up to date by what changed since last."""

    def __init__(self, register: UUID) -> None:
        """`register` is the id; nothing is read before the first search."""
        self.register = register
        self.version = 0
        self.index: NameIndex[UUID] = NameIndex()
        self.ids: set[UUID] = set()
        self.lock = threading.Lock()

    def find(self, query: str, *, limit: int) -> Found[UUID]:
        """The best hits for `query` among those who are in the register now."""
        with self.lock:
            self.refresh()
            return self.index.find(query, limit=limit)

    def refresh(self) -> None:
        """Read the rows newer than the index, then let go of those that are no longer there.

        Every write moves the register's version, also one that takes somebody away; whoever lives
        has been read at the version of their row, so one who is too many must be forgotten.
        """
        version = Register.objects.values_list("version", flat=True).get(id=self.register)
        if version == self.version:
            return
        people = Participant.objects.filter(register=self.register).living()
        changed = people.filter(version__gt=self.version).order_by("version", "id")
        rows = changed.values_list("id", "key", "names", "version")
        found = list(rows)
        for start in range(0, len(found), SLICE):
            self.put(found[start : start + SLICE])
        if len(self.ids) != people.count():
            for gone in self.ids - set(people.values_list("id", flat=True)):
                self.index.drop(gone)
                self.ids.remove(gone)
        self.version = version

    def put(self, rows: list[tuple[UUID, UUID | None, bytes | memoryview | None, int]]) -> None:
        """Open these people's names and put them in. Whose key is gone, or whose row somebody has
        tampered with, has no name and stands in nobody else's way."""
        keys = vault.person_keys([key for _, key, _, _ in rows if key])
        for participant, key, names, version in rows:
            self.ids.add(participant)
            self.index.drop(participant)
            if key not in keys:
                continue
            place = rules.place(participant, field="names", version=version)
            try:
                known = vault.unsealed(keys[key], names, place=place)
            except Unreadable:
                continue
            called = [known.get("alias", ""), known.get("name", "")]
            self.index.put(participant, names=called, seen=version)


@cache
def of(register: UUID) -> Names:
    """The names that this process keeps of a register."""
    return Names(register)


def find(register: UUID, query: str, *, limit: int) -> Found[UUID]:
    """The best hits for `query` in the register.

    Inside a transaction the names are read anew: what it sees may be rolled back, and must then
    not stay in memory.
    """
    names = Names(register) if connection.in_atomic_block else of(register)
    return names.find(query, limit=limit)
