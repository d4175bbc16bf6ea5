"""Keys live in a database of their own; everything else never goes there."""

from typing import Any

from django.db.models import Model


class KeysRouter:
    """Sends `vault` to the key store and nothing else to it."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The key store for keys; no opinion on the rest."""
        return "keys" if model._meta.app_label == "vault" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Tables of keys in the key store, all others in the data."""
        return (db == "keys") == (app_label == "vault")
