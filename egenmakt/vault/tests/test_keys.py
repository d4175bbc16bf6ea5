"""Keys and sealing: bound to their place, gone when destroyed, and in no other database."""

import uuid

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.vault import actions, masterkey, queries, sealing
from egenmakt.vault.models import BlindIndex, PersonKey
from egenmakt.vault.router import KeysRouter
from egenmakt.vault.sealing import Unreadable

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def register():
    """A register with its own key."""
    register = uuid.uuid4()
    actions.make_register_key(register)
    return register


@pytest.fixture
def person(register):
    """A person's key id and their opened key."""
    ((key, opened),) = actions.make_person_keys(register, keys=[uuid.uuid4()]).items()
    return key, opened


@given(st.binary(max_size=200), st.text(max_size=40))
def test_what_is_sealed_is_read_at_its_place(plain, place):
    key = sealing.new_key()
    sealed = sealing.seal(key, plain, place=place)
    assert sealing.unseal(key, sealed, place=place) == plain
    assert sealing.seal(key, plain, place=place) != sealed


@given(st.binary(min_size=1, max_size=50), st.data())
def test_a_changed_byte_another_key_or_place_cannot_be_read(plain, data):
    key = sealing.new_key()
    sealed = bytearray(sealing.seal(key, plain, place="table|1|name"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    good = sealing.seal(key, plain, place="table|1|name")
    for wrong in [
        (key, bytes(sealed), "table|1|name"),
        (sealing.new_key(), good, "table|1|name"),
        (key, good, "table|2|name"),
    ]:
        with pytest.raises(Unreadable) as refused:
            sealing.unseal(wrong[0], wrong[1], place=wrong[2])
        assert str(refused.value) == "table"


@pytest.mark.parametrize("short", [b"", b"x", b"x" * 12])
def test_what_is_too_short_to_be_sealed_cannot_be_read(short):
    with pytest.raises(Unreadable):
        sealing.unseal(sealing.new_key(), short, place="table")


def test_facts_come_back_and_none_are_stored_as_nothing(person):
    _, key = person
    facts = {"name": "Åsa", "year": 1980}
    sealed = actions.sealed(key, facts, place="participant|1|facts")
    assert queries.unsealed(key, sealed, place="participant|1|facts") == facts
    assert actions.sealed(key, {}, place="participant|1|facts") is None
    assert queries.unsealed(key, None, place="participant|1|facts") == {}


def test_a_destroyed_key_leaves_nothing_to_open_and_nothing_to_find_by(register, person):
    key, opened = person
    sealed = actions.sealed(opened, {"name": "Åsa"}, place="here")
    digest = queries.blind(register, "alias", "åsa")
    actions.index([(key, digest)])
    assert queries.keys_with([digest]) == {digest: [key]}
    actions.destroy([key])
    assert queries.person_keys([key]) == {}
    assert queries.keys_with([digest]) == {}
    assert not PersonKey.objects.using(queries.STORE).filter(id=key).exists()
    with pytest.raises(Unreadable):
        queries.unsealed(queries.register_key(register), sealed, place="here")


def test_many_keys_are_opened_in_few_look_ups(register, django_assert_num_queries):
    made = actions.make_person_keys(register, keys=[uuid.uuid4() for _ in range(501)])
    with django_assert_num_queries(2, using="keys"):
        assert queries.person_keys(list(made)) == made


def test_a_blind_index_is_the_same_in_one_register_and_field_only(register):
    other = uuid.uuid4()
    actions.make_register_key(other)
    one = queries.blind(register, "alias", "selam")
    assert one == queries.blind(register, "alias", "selam")
    assert len({
        one,
        queries.blind(register, "card", "selam"),
        queries.blind(other, "alias", "selam"),
        queries.blind(register, "alias", "selma"),
    }) == 4  # fmt: skip


def test_an_index_is_taken_away_without_touching_anothers(register, person):
    key, _ = person
    (twin,) = actions.make_person_keys(register, keys=[uuid.uuid4()])
    digest = queries.blind(register, "alias", "selam")
    actions.index([(key, digest), (twin, digest), (key, digest)])
    assert BlindIndex.objects.using(queries.STORE).filter(digest=digest).count() == 2
    actions.unindex(key, digests=[digest])
    assert queries.keys_with([digest]) == {digest: [twin]}


def test_a_registers_key_is_made_once(register):
    before = queries.register_key(register)
    actions.make_register_key(register)
    queries._register_key.cache_clear()
    assert queries.register_key(register) == before


def test_tables_of_keys_are_in_the_key_store_and_nowhere_else():
    router = KeysRouter()
    for model in apps.get_models(include_auto_created=True):
        vault = model._meta.app_label == "vault"
        assert (router.db_for_read(model) == "keys") is vault
        assert (router.db_for_write(model) == "keys") is vault
        for alias in connections:
            there = model._meta.db_table in connections[alias].introspection.table_names()
            assert there is (vault == (alias == "keys")), (alias, model)


def test_what_is_deleted_from_the_key_store_is_overwritten():
    if connections["keys"].vendor != "sqlite":
        pytest.skip("the key store is SQLite wherever it is the product's own")
    with connections["keys"].cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


def test_the_master_key_is_made_for_one_reader_and_never_replaced(tmp_path):
    path = tmp_path / "safe" / "master.key"
    masterkey.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        masterkey.create(path)


@pytest.mark.parametrize("wrong", ["absent", "readable by others"])
def test_without_a_safe_master_key_it_says_what_to_do(tmp_path, settings, wrong):
    settings.MASTER_KEY_FILE = tmp_path / "master.key"
    if wrong != "absent":
        masterkey.create(settings.MASTER_KEY_FILE)
        settings.MASTER_KEY_FILE.chmod(0o644)
    with pytest.raises(masterkey.MasterKeyMissing) as missing:
        masterkey.read()
    assert ("chmod 600" in str(missing.value)) is (wrong != "absent")
    assert str(settings.MASTER_KEY_FILE) in str(missing.value)


def test_the_models_and_the_tables_agree():
    call_command("makemigrations", "vault", "audit", "access", check=True, dry_run=True)
