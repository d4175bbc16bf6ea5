"""Where the data and the keys lie can be said in the environment; how safely they lie cannot."""

from pathlib import Path

from egenmakt.config.settings import database, sqlite


def test_a_key_store_that_is_moved_still_wipes_what_it_deletes(monkeypatch):
    monkeypatch.setenv("KEYS_URL", "sqlite:////srv/keys.sqlite3")
    moved = database("KEYS_URL", sqlite(Path("keys.sqlite3"), "secure_delete=ON"))
    assert moved["NAME"] == Path("/srv/keys.sqlite3")
    assert "secure_delete=ON" in moved["OPTIONS"]["init_command"]
