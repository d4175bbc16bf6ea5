"""The confidentiality undertaking comes before the first page, and again when its text changes."""

import pytest
from django.test import Client

from egenmakt.access import actions, guard, undertaking
from egenmakt.access.models import User
from egenmakt.audit.models import Entry

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def newcomer(world):
    user = world.user("vard", "sion")
    User.objects.filter(id=user.id).update(undertaking_version=0, undertaking_at=None)
    client = Client()
    client.force_login(user)
    return client


def test_before_the_promise_every_way_leads_to_it(newcomer):
    for path in ("/", "/idag/sion/"):
        assert newcomer.get(path).headers["Location"] == "/tystnadslofte/"
    assert newcomer.post("/api/v1/registrations").status_code == 401


def test_the_promise_is_read_whole_and_given_once(newcomer):
    page = newcomer.get("/tystnadslofte/").content.decode()
    for point in undertaking.TEXT:
        assert str(point) in page
    assert "Jag lovar" in page
    assert "Logga ut" in page
    assert newcomer.post("/tystnadslofte/").headers["Location"] == "/"
    assert newcomer.get("/").headers["Location"] != "/tystnadslofte/"
    assert Entry.objects.filter(action="access.promise").count() == 1


def test_a_new_text_is_promised_anew(newcomer, monkeypatch):
    newcomer.post("/tystnadslofte/")
    for module in (guard, actions):
        monkeypatch.setattr(module, "VERSION", undertaking.VERSION + 1)
    assert newcomer.get("/").headers["Location"] == "/tystnadslofte/"
    newcomer.post("/tystnadslofte/")
    assert newcomer.get("/").headers["Location"] != "/tystnadslofte/"


def test_nobody_promises_without_logging_in(client):
    for answer in (client.get("/tystnadslofte/"), client.post("/tystnadslofte/")):
        assert answer.headers["Location"] == "/logga-in/"


def test_the_language_is_chosen_by_anybody_and_leads_back_inside_the_house(client):
    answer = client.post("/sprak/", {"language": "en", "next": "/logga-in/?next=/"})
    assert answer.headers["Location"] == "/logga-in/?next=/"
    assert '<html lang="en">' in client.get("/logga-in/").content.decode()
    far = client.post("/sprak/", {"language": "xx", "next": "https://example.com/"})
    assert far.headers["Location"] == "/"
    assert '<html lang="sv">' in client.get("/logga-in/").content.decode()
    assert client.get("/sprak/").status_code == 405
