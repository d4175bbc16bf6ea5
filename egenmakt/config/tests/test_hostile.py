"""A hostile evening: every form filled with strings that have broken other systems."""

import os
from html.parser import HTMLParser
from itertools import count, cycle

import pytest
from django.test import Client
from django.utils import timezone

from egenmakt.access.models import Grant, User
from egenmakt.desk.models import Registration
from egenmakt.desk.tests.conftest import Desk
from egenmakt.participants.models import Participant
from egenmakt.world.naughty import strings

pytestmark = pytest.mark.django_db(databases="__all__")
ROLES = ("chef", "verksamhetschef", "dso")
SENT = int(os.environ.get("NAUGHTY_STRINGS", "100"))  # `./dev bench hostile` sends all 500
LEFT_ALONE = {"account_logout", "participants:step_down"}


class Forms(HTMLParser):
    """The forms of a page: where each goes, what it holds and what one may write in it."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.scripts = [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "form":
            self.forms.append({"method": named.get("method", "get"), **named, "fields": {}})
        elif tag in ("input", "textarea", "select") and self.forms and named.get("name"):
            kind = named.get("type", tag)
            self.forms[-1]["fields"][named["name"]] = (kind, named.get("value") or "")
        elif tag == "script" and "src" not in named and named.get("type") != "application/json":
            self.scripts += 1
        assert not any(name.startswith("on") for name in named), attrs


def pages_with_forms(client, paths):
    """Every address that answers this client with a form of its own to write in."""
    for name, path in paths.items():
        answer = client.get(path)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        for form in Forms(answer.content.decode()).forms:
            writable = {k: v for k, v in form["fields"].items() if k != "csrfmiddlewaretoken"}
            if form["method"] == "post" and writable and name not in LEFT_ALONE:
                yield form.get("action") or path, writable


def evening(client, paths, texts):
    """Send every form once for each few strings; give what was sent where and what was answered."""
    turn = cycle(texts)
    for action, fields in list(pages_with_forms(client, paths)):
        if action in ("/logga-ut/", "/sprak/"):
            continue
        for _ in range(-(-len(texts) // len(fields))):
            said = {name: next(turn) for name in fields}
            yield action, said, client.post(action, said)
        for name, (_kind, value) in fields.items():
            said = {other: held for other, (_, held) in fields.items()} | {name: next(turn)}
            assert value is not None
            yield action, said, client.post(action, said)


@pytest.mark.parametrize("role", ROLES)
def test_no_string_in_any_field_breaks_a_page(world, paths, role):
    client = world.client(role, "sion")
    sent = count()
    for action, said, answer in evening(client, paths, strings(SENT)):
        next(sent)
        assert answer.status_code < 500, (action, said)
        if "html" in answer.headers.get("Content-Type", ""):
            assert Forms(answer.content.decode()).scripts == 0, (action, said)
    if role == "chef":
        assert next(sent) > SENT * 5


def test_pages_that_show_what_was_written_show_it_as_text(world, paths):
    client = world.client("chef", "sion")
    for _action, _said, _answer in evening(client, paths, strings(20)):
        pass
    for path in paths.values():
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            assert Forms(answer.content.decode()).scripts == 0, path


ASKED = ("q", "sida", "part", "dag", "day", "service", "next", "act", "handling", "slag")


def test_no_string_in_an_address_breaks_a_page(world, paths):
    for role in ROLES:
        client = world.client(role, "sion")
        for path in paths.values():
            for start in range(0, 40, len(ASKED)):
                asked = dict(zip(ASKED, strings(40)[start:], strict=False))
                assert client.get(path, asked).status_code < 500, (path, asked)


@pytest.mark.parametrize("place", ["alias", "card", "override", "site", "service", "id", "by"])
def test_no_string_in_a_registration_breaks_the_batch(world, place):
    desk = Desk(world.client("vard", "sion"), "sion", timezone.now())
    nour = world.person("sion", alias="Nour")

    def spoilt(text):
        item = desk.item("provision", nour, service="kaffe")
        if place == "alias":
            return desk.item("visit", {"new": item["id"], "alias": text}) | {"id": item["id"]}
        if place == "card":
            return desk.item("visit", {"card": text})
        return item | {place: text}

    some = strings(500)
    for start in range(0, 500, 100):
        items = [spoilt(text) for text in some[start : start + 100]]
        size = 0
        kept = [one for one in items if (size := size + len(str(one).encode()) * 3) < 200_000]
        answers = desk.send(*kept)
        assert len(answers) == len(kept)
        assert {one["status"] for one in answers} <= {"stored", "refused", "conflict"}
    if place == "card":
        assert not Registration.objects.exclude(status="refused").exists()


def test_an_evening_without_rights_changes_nothing(world, paths):
    """Forged tokens, other sites' ids, replays: people, rights and registrations stand."""
    nour = world.person("kontaktcentrum", alias="Nour")
    desk = Desk(world.client("vard", "sion"), "sion", timezone.now())
    before = [one.objects.count() for one in (User, Grant, Participant)]
    replay = desk.item("head_count", {"count": 1})
    for text in strings(100):
        forged = Client(headers={"Authorization": f"Bearer {text!a}"})
        answer = forged.post("/api/v1/registrations", {}, content_type="application/json")
        assert answer.status_code in (401, 429)
        assert desk.one("visit", nour)["code"] == "unknown"
        assert desk.send(replay)[0]["status"] == "stored"
    for client in (Client(), world.client("kommun", "sion"), world.client("handledare", "sion")):
        for path in paths.values():
            assert client.post(path, {"q": "x"}).status_code < 500
    assert [one.objects.count() for one in (User, Grant, Participant)] == before
    assert Registration.objects.filter(status="stored").count() == 1
