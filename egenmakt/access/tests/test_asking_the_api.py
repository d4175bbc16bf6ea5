"""Who may ask the API: an enrolled device, or a person's session with its CSRF token."""

import json
from hashlib import sha256

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from egenmakt.access import actions, api
from egenmakt.access.guard import Command
from egenmakt.access.models import Device

pytestmark = pytest.mark.django_db(databases="__all__")
EMPTY = json.dumps({"sent_at": "2026-11-22T10:42:00+01:00", "items": []})


def deposit(client, token=None, **headers):
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return client.post(
        "/api/v1/registrations", EMPTY, content_type="application/json", headers=headers
    )


def strict(client):
    """The same browser, but with its CSRF tokens asked for as in real life."""
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client.cookies
    return careful


@pytest.mark.parametrize("token", [None, "gissat", "å" * 9, " ", "a b"])
def test_nobody_and_a_forged_token_are_told_the_same(token):
    answer = deposit(Client(enforce_csrf_checks=True), token)
    assert answer.status_code == 401
    assert answer.json() == {"error": "no token or session"}


def test_an_enrolled_device_is_let_in_until_it_is_revoked(world):
    device, token = world.device("sion")
    assert deposit(Client(), token).status_code == 200
    actions.revoke(device, by=Command("test"), now=timezone.now())
    assert deposit(Client(), token).status_code == 401


def test_only_the_hash_of_a_token_is_kept(world):
    device, token = world.device("sion")
    kept = bytes(Device.objects.values_list("token_digest", flat=True).get(id=device.id))
    assert kept == sha256(token.encode()).digest()
    assert len(token) >= 43


def test_revoking_twice_keeps_the_first_time(world):
    device, _ = world.device("sion")
    first, later = world.now, timezone.now()
    for now in (first, later):
        actions.revoke(device, by=Command("test"), now=now)
    device.refresh_from_db()
    assert device.revoked_at == first


def test_a_session_needs_its_csrf_token(world):
    client = strict(world.client("vard", "sion"))
    assert deposit(client).status_code == 403
    client.get("/logga-ut/")
    token = client.cookies["csrftoken"].value
    assert deposit(client, **{"X-CSRFToken": token}).status_code == 200


def test_many_forged_tokens_are_stopped_but_never_a_real_one(world):
    _, token = world.device("sion")
    guesses = [deposit(Client(), f"gissning-{n}") for n in range(api.FORGED_A_MINUTE + 3)]
    codes = [answer.status_code for answer in guesses]
    assert codes == [401] * api.FORGED_A_MINUTE + [429] * 3
    assert "wait a minute" in guesses[-1].json()["error"]
    assert deposit(Client(), token).status_code == 200
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert deposit(elsewhere, "gissning").status_code == 401


def test_who_guessed_is_remembered_as_a_hash_only():
    deposit(Client(REMOTE_ADDR="192.0.2.7"), "gissning")
    assert not any("192.0.2.7" in key for key in cache._cache)
    assert len(cache._cache) == 1
