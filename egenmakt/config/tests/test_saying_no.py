"""What is said when something is wrong: in the reader's language, in the house, and honestly."""

import pytest
from django.db import DatabaseError
from django.test import Client

from egenmakt.access.models import Grant
from egenmakt.config import views

pytestmark = pytest.mark.django_db(databases="__all__")
BANNER = "Demodata – påhittade personer och siffror"


def broken(*args, **kwargs):
    raise DatabaseError("full")


def test_nothing_there_and_nothing_allowed_still_know_the_rooms(world):
    client = world.client("vard", "sion")
    for path, code in (("/finns-inte/", 404), ("/idag/kontaktcentrum/", 404), ("/logg/", 403)):
        answer = client.get(path)
        assert answer.status_code == code
        assert 'href="/idag/"' in answer.content.decode()
        assert BANNER in answer.content.decode()


def test_a_form_without_its_token_is_told_so(world):
    client = Client(enforce_csrf_checks=True)
    page = client.post("/logga-in/", {"login": "a@b.se", "password": "x"})
    assert page.status_code == 403
    assert "Sidan hade stått öppen för länge" in page.content.decode()
    assert BANNER in page.content.decode()


def test_a_host_that_is_not_ours_is_not_answered(client):
    page = client.get("/logga-in/", headers={"host": "example.com"})
    assert page.status_code == 400
    assert "Det gick inte att läsa" in page.content.decode()
    assert BANNER in page.content.decode()


@pytest.mark.parametrize(("language", "demo"), [("sv", True), ("en", False)])
def test_a_fault_of_ours_is_told_in_the_readers_language(
    world, settings, monkeypatch, language, demo
):
    settings.DEMO = demo
    client = world.client("vard", "sion")
    client.post("/sprak/", {"language": language})
    client.raise_request_exception = False
    monkeypatch.setattr(views, "open_to", broken)
    page = client.get("/")
    assert page.status_code == 500
    assert f'<html lang="{language}">' in page.content.decode()
    assert (BANNER in page.content.decode()) is demo
    assert "full" not in page.content.decode()


def test_whoever_has_no_task_yet_is_told_whom_to_ask(world):
    user = world.user("vard", "sion")
    Grant.objects.filter(user=user).delete()
    client = Client()
    client.force_login(user)
    page = client.get("/")
    assert page.status_code == 200
    assert "Be din chef" in page.content.decode()


def test_everybody_is_led_home_to_a_room_of_theirs(world):
    homes = {
        role: world.client(role, "sion").get("/").headers["Location"]
        for role in ("vard", "ombud", "handledare", "verksamhetschef", "kommun", "dso")
    }
    assert homes["vard"] == homes["ombud"] == "/idag/"
    assert homes["kommun"] == "/uppfoljning/"
    assert all(
        world.client(role, "sion").get(home).status_code < 400 for role, home in homes.items()
    )


def test_health_says_when_the_house_cannot_write(client, monkeypatch):
    assert client.get("/halsa").json() == {"ok": True}
    monkeypatch.setattr(views.transaction, "atomic", broken)
    answer = client.get("/halsa")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


@pytest.mark.parametrize("path", ["/logga-in/", "/halsa", "/finns-inte/"])
def test_a_page_may_load_from_nowhere_else_and_be_framed_by_nobody(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
