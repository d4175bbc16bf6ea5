"""The master key: a file of mode 0600, beside neither database nor backup."""

import os
from functools import cache
from pathlib import Path

from django.conf import settings

from egenmakt.vault import sealing


class MasterKeyMissing(Exception):
    """The master key file is absent or unsafe; the message says which and what to do."""


def create(path: Path) -> None:
    """Make a new master key at `path`. Raises FileExistsError rather than replace one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(sealing.new_key().hex())


def read() -> bytes:
    """The master key. Raises MasterKeyMissing with what to do."""
    return _read(Path(settings.MASTER_KEY_FILE))


@cache
def _read(path: Path) -> bytes:
    if not path.exists():
        raise MasterKeyMissing(f"There is no master key at {path} (EGENMAKT_MASTER_KEY_FILE).")
    if path.stat().st_mode & 0o077:
        raise MasterKeyMissing(f"Others can read {path}. Put it right with: chmod 600 {path}")
    return bytes.fromhex(path.read_text().strip())
