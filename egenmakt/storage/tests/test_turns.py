"""Writers take turns: none is lost, none is told that it is locked, none keeps the turn."""

import fcntl
import importlib.util
import sqlite3
import threading

import pysqlite3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections, transaction

from egenmakt.config.settings import sqlite
from egenmakt.storage.sqlite import base

THREADS, TIMES = 6, 40


class Stopped(Exception):
    """Something that goes wrong in the middle of a write."""


@pytest.fixture
def scratch(tmp_path, monkeypatch, django_db_blocker):
    """A database of the test's own, as the product sets one up, with one row to count in."""
    path = tmp_path / "scratch.sqlite3"
    known = {**connections["keys"].settings_dict, **sqlite(path)}
    monkeypatch.setitem(connections.settings, "scratch", known)
    with django_db_blocker.unblock():
        with connections["scratch"].cursor() as cursor:
            cursor.execute("CREATE TABLE tally (n integer)")
            cursor.execute("INSERT INTO tally VALUES (0)")
        yield connections["scratch"]
        connections["scratch"].close()
        del connections["scratch"]


@pytest.fixture
def turn(scratch):
    return base.turn_for(str(scratch.settings_dict["NAME"]))


def count(connection):
    with connection.cursor() as cursor:
        return cursor.execute("SELECT n FROM tally").fetchone()[0]


def set_and_stop():
    """Begin a write that something goes wrong in."""
    with transaction.atomic(using="scratch"):
        with connections["scratch"].cursor() as cursor:
            cursor.execute("UPDATE tally SET n = 7")
        raise Stopped


def add_one():
    """Read and write what was read plus one, as a limit or a counter does."""
    with transaction.atomic(using="scratch"):
        here = connections["scratch"]
        seen = count(here)
        with here.cursor() as cursor:
            cursor.execute("UPDATE tally SET n = %s", [seen + 1])


def test_every_write_of_many_threads_counts(scratch):
    failures = []

    def desk():
        try:
            for _ in range(TIMES):
                add_one()
        except Exception as wrong:
            failures.append(wrong)
        finally:
            connections["scratch"].close()

    threads = [threading.Thread(target=desk) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert count(scratch) == THREADS * TIMES


def test_the_turn_is_held_from_the_first_word_to_the_last(turn, scratch):
    with transaction.atomic(using="scratch"):
        with transaction.atomic(using="scratch"):
            assert turn.lock.locked()
        assert turn.lock.locked()
        with turn.path.open("a") as another_process, pytest.raises(BlockingIOError):
            fcntl.flock(another_process, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert not turn.lock.locked()
    with turn.path.open("a") as another_process:
        fcntl.flock(another_process, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_reading_never_waits_for_the_turn(turn, scratch):
    turn.take()
    try:
        assert count(scratch) == 0
    finally:
        turn.leave()


def test_what_goes_wrong_hands_the_turn_on_and_leaves_nothing(turn, scratch):
    with pytest.raises(Stopped):
        set_and_stop()
    assert not turn.lock.locked()
    assert count(scratch) == 0
    add_one()
    assert count(scratch) == 1


def test_an_inner_fault_that_is_caught_keeps_the_turn_until_the_end(turn, scratch):
    with transaction.atomic(using="scratch"):
        with pytest.raises(Stopped):
            set_and_stop()
        assert turn.lock.locked()
    assert count(scratch) == 0
    assert not turn.lock.locked()


def test_a_closed_connection_hands_the_turn_on(turn, scratch):
    scratch.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert turn.lock.locked()
    scratch.close()
    assert not turn.lock.locked()


def test_a_begin_that_fails_hands_the_turn_on(turn, scratch):
    outsider = pysqlite3.connect(scratch.settings_dict["NAME"], isolation_level=None)
    outsider.execute("BEGIN IMMEDIATE")
    with scratch.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(OperationalError, match="locked"), transaction.atomic(using="scratch"):
        pass
    assert not turn.lock.locked()
    outsider.close()
    add_one()


def test_a_turn_file_that_cannot_be_opened_keeps_nobody_waiting(tmp_path):
    turn = base.Turn(tmp_path / "gone" / "turn")
    with pytest.raises(FileNotFoundError):
        turn.take()
    assert not turn.lock.locked()


def test_the_database_is_set_up_to_lose_nothing(scratch):
    with scratch.cursor() as cursor:
        seen = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert seen == ["wal", 2, 1]


def test_an_older_sqlite_is_refused_with_the_reason(monkeypatch):
    monkeypatch.setattr(base.base.Database, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(base.base.Database, "sqlite_version", "3.40.1")
    spec = importlib.util.spec_from_file_location("egenmakt.storage.again", base.__file__)
    with pytest.raises(ImproperlyConfigured, match=r"SQLite 3\.40\.1 can lose data"):
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


def test_the_wheels_own_sqlite_is_used_and_nobody_elses_is_touched():
    assert base.base.Database.sqlite_version_info == pysqlite3.sqlite_version_info
    assert sqlite3.connect is not pysqlite3.connect
