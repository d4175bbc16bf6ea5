"""The command `demo` knows a whole world from half a one, and touches nothing that is no demo."""

import fcntl
import json
from argparse import Namespace

import pytest

from egenmakt.config.commands import demo
from egenmakt.config.commands.refusals import BadUsage, Refused

WHOLE = {"today": "2026-11-22", "small": False, "built": "all"}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with a demo world in it, as far as the command can see."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    lay(tmp_path, **WHOLE)
    (tmp_path / "data.sqlite3").write_text("rows")
    return tmp_path


def lay(home, **state):
    """Write down a state of the world."""
    known = {"tables": demo.tables(), **state}
    (home / "demo.json").write_text(json.dumps(known))


def asked(**words):
    """The words of the command."""
    return Namespace(**{"today": None, "fresh": False, "small": False, "places": False} | words)


def test_a_whole_world_is_left_as_it_is(home):
    assert demo.found(home, asked()).built == "all"
    assert demo.found(home, asked(today="2026-11-22")).built == "all"


def test_a_world_of_another_day_or_size_is_refused(home):
    for words in ({"today": "2026-11-21"}, {"small": True}):
        with pytest.raises(Refused, match="--fresh"):
            demo.found(home, asked(**words))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"built": "begun"}, {}),
        ({"built": "filling"}, {}),
        ({"tables": "older"}, {}),
        ({}, {"fresh": True}),
    ],
)
def test_what_cannot_be_used_is_swept_away(home, state, words):
    lay(home, **{**WHOLE, **state})
    (home / "mine.txt").write_text("not the demo's")
    assert demo.found(home, asked(**words)) is None
    assert {file.name for file in home.iterdir()} == {"mine.txt", "serving.lock"}


def test_nothing_is_swept_away_while_it_is_served(home):
    with (home / "serving.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="served"):
            demo.found(home, asked(fresh=True))
    assert (home / "data.sqlite3").exists()


def test_a_home_that_is_no_demo_is_never_touched(home):
    (home / "demo.json").unlink()
    with pytest.raises(Refused, match="not a demo"):
        demo.found(home, asked(fresh=True))
    assert (home / "data.sqlite3").exists()


def test_databases_elsewhere_are_never_emptied(home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    with pytest.raises(Refused, match="not files"):
        demo.found(home, asked(fresh=True))


def test_a_day_is_a_day(home):
    with pytest.raises(BadUsage):
        demo.build(asked(today="tomorrow", fresh=True))
    assert (home / "data.sqlite3").exists()
