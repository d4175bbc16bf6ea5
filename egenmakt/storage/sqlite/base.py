"""Django's SQLite backend on a sound SQLite, whose BEGIN takes its turn among the writers."""

import fcntl
import sys
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, Any

import pysqlite3
from django.core.exceptions import ImproperlyConfigured

# Django names the module `sqlite3`; while its backend is read, that name means the wheel's own,
# newer SQLite. Everything else in the process keeps the standard one.
_standard = {name: sys.modules.get(name) for name in ("sqlite3", "sqlite3.dbapi2")}
sys.modules.update({"sqlite3": pysqlite3, "sqlite3.dbapi2": pysqlite3.dbapi2})
from django.db.backends.sqlite3 import base  # noqa: E402

for _name, _module in _standard.items():
    if _module is None:
        del sys.modules[_name]
    else:
        sys.modules[_name] = _module

SOUND = (3, 51, 3)
if base.Database.sqlite_version_info < SOUND:
    raise ImproperlyConfigured(
        f"SQLite {base.Database.sqlite_version} can lose data when its log is reset "
        "(3.7.0–3.51.2). Install the pinned pysqlite3: ./dev setup"
    )


class Turn:
    """One writer at a time over threads (a lock) and processes (`flock`), first come first served.

    SQLite's own busy wait is unfair: a desk could be overtaken for half a second and more.
    """

    def __init__(self, path: Path) -> None:
        """`path` is the lock file, beside the database."""
        self.path = path
        self.lock = threading.Lock()
        self.file: IO[str] | None = None

    def take(self) -> None:
        """Wait for the turn; blocks until every earlier writer has committed."""
        self.lock.acquire()
        try:
            self.file = self.path.open("a")
            fcntl.flock(self.file, fcntl.LOCK_EX)
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Hand the turn on."""
        if self.file is not None:
            self.file.close()
            self.file = None
        self.lock.release()


@cache
def turn_for(path: str) -> Turn:
    """The one turn of this process for the database at `path`."""
    return Turn(Path(f"{path}.turn"))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that holds the writers' turn from BEGIN to COMMIT or ROLLBACK."""

    turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        turn = turn_for(str(self.settings_dict["NAME"]))
        turn.take()
        self.turn = turn
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave_turn()
            raise

    def _leave_turn(self) -> None:
        if self.turn is not None:
            turn, self.turn = self.turn, None
            turn.leave()

    def _then_leave(self, end: Callable[[], Any]) -> Any:
        try:
            return end()
        finally:
            if self.connection is None or not self.connection.in_transaction:
                self._leave_turn()

    def _commit(self) -> Any:
        return self._then_leave(super()._commit)

    def _rollback(self) -> Any:
        return self._then_leave(super()._rollback)

    def _close(self) -> Any:
        try:
            return super()._close()
        finally:
            self._leave_turn()
