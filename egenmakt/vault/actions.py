"""Making keys and sealing with them. Keys commit on their own connection: data, then keys."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from egenmakt.kit.canonical import canonical
from egenmakt.vault import masterkey, queries, sealing
from egenmakt.vault.models import BlindIndex, PersonKey, RegisterKey


def make_register_key(register: UUID) -> None:
    """Give a register its key, once; a second call changes nothing."""
    wrapped = sealing.seal(masterkey.read(), sealing.new_key(), place=f"register|{register}")
    RegisterKey.objects.using(queries.STORE).get_or_create(
        id=register, defaults={"wrapped": wrapped}
    )


def make_person_keys(register: UUID, *, keys: Iterable[UUID]) -> dict[UUID, bytes]:
    """Give people their data keys and return them opened. An orphan, left by a rollback of the
    data, is harmless: it opens nothing."""
    outer = queries.register_key(register)
    made = {key: sealing.new_key() for key in keys}
    PersonKey.objects.using(queries.STORE).bulk_create(
        [
            PersonKey(
                id=key,
                register=register,
                wrapped=sealing.seal(outer, plain, place=f"person|{key}"),
            )
            for key, plain in made.items()
        ],
        batch_size=500,
    )
    return made


def sealed(key: bytes, facts: Mapping[str, Any], *, place: str) -> bytes | None:
    """`facts` as sealed JSON, bound to `place`; no facts are stored as nothing."""
    return sealing.seal(key, canonical(facts), place=place) if facts else None


def index(entries: Iterable[tuple[UUID, bytes]]) -> None:
    """Let these people's keys be found by these blind indexes."""
    BlindIndex.objects.using(queries.STORE).bulk_create(
        [BlindIndex(key=key, digest=digest) for key, digest in entries],
        batch_size=500,
        ignore_conflicts=True,
    )


def unindex(key: UUID, *, digests: Iterable[bytes]) -> None:
    """Stop these blind indexes from leading to this key: an alias changed, a card revoked."""
    rows = BlindIndex.objects.using(queries.STORE).filter(key=key, digest__in=list(digests))
    rows.delete()


def destroy(keys: Iterable[UUID]) -> None:
    """Destroy people's keys and every blind index that led to them, for ever."""
    gone = list(keys)
    with transaction.atomic(using=queries.STORE):
        BlindIndex.objects.using(queries.STORE).filter(key__in=gone).delete()
        PersonKey.objects.using(queries.STORE).filter(id__in=gone).delete()
        transaction.on_commit(forget_the_log, using=queries.STORE)


def forget_the_log() -> None:
    """Let what the key store's write-ahead log still holds of destroyed keys go (SQLite)."""
    if connections[queries.STORE].vendor == "sqlite":
        with connections[queries.STORE].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
