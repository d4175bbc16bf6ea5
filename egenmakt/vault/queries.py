"""Opening what is sealed, and finding by what cannot be read."""

import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from egenmakt.vault import masterkey, sealing
from egenmakt.vault.models import BlindIndex, PersonKey, RegisterKey

STORE = "keys"


@lru_cache(maxsize=256)
def _register_key(register: UUID, master: bytes) -> bytes:
    row = RegisterKey.objects.using(STORE).get(id=register)
    return sealing.unseal(master, bytes(row.wrapped), place=f"register|{register}")


def register_key(register: UUID) -> bytes:
    """A register's own key, kept in memory once opened. Raises RegisterKey.DoesNotExist."""
    return _register_key(register, masterkey.read())


def person_keys(keys: Collection[UUID]) -> dict[UUID, bytes]:
    """The opened keys of many people in one look-up; those destroyed are absent."""
    found: dict[UUID, bytes] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):
        some = ordered[start : start + 500]
        for row in PersonKey.objects.using(STORE).filter(id__in=some):
            place = f"person|{row.id}"
            found[row.id] = sealing.unseal(
                register_key(row.register), bytes(row.wrapped), place=place
            )
    return found


def unsealed(key: bytes, sealed: bytes | memoryview | None, *, place: str) -> dict[str, Any]:
    """The facts that `actions.sealed` put away; nothing sealed is no facts.

    Raises sealing.Unreadable when the key is another's or the row was moved or changed.
    """
    if not sealed:
        return {}
    facts: dict[str, Any] = json.loads(sealing.unseal(key, bytes(sealed), place=place))
    return facts


def blind(register: UUID, field: str, value: str) -> bytes:
    """The blind index of `value`: the same only within one register and one field."""
    key = sealing.derived(register_key(register), f"blind|{field}")
    return sealing.digest(key, value.encode())


def keys_with(digests: Collection[bytes]) -> Mapping[bytes, list[UUID]]:
    """Whose keys bear each of these blind indexes (several may: two people, one alias)."""
    found: dict[bytes, list[UUID]] = {}
    rows = BlindIndex.objects.using(STORE).filter(digest__in=digests)
    for digest, key in rows.values_list("digest", "key"):
        found.setdefault(bytes(digest), []).append(key)
    return found
