"""A second factor is demanded of every role that can open a person, and asked for at log-in."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from egenmakt.access.rules import RIGHTS, Right, Role, may_open_people

PASSWORD = "en lång mening om våren"
pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _not_a_demo(settings):
    settings.DEMO = False
    cache.clear()


@pytest.fixture
def manager(world):
    user = world.user("chef", "sion")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(user):
    client = Client()
    answer = client.post("/logga-in/", {"login": user.email, "password": PASSWORD})
    return client, answer


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def connect(client):
    """Walk through the pages where an app is connected, and return its secret."""
    asked = client.get("/tvasteg/app/").headers["Location"]
    assert "Skriv ditt lösenord en gång till" in client.get(asked).content.decode()
    page = client.post(asked, {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    saved = client.post("/tvasteg/app/", {"code": code_of(secret)})
    assert saved.headers["Location"] == "/tvasteg/reservkoder/"
    return secret


def spare_codes(client):
    page = client.get("/tvasteg/reservkoder/").content.decode()
    return re.findall(r'<li class="code">(\d{8})</li>', page)


def test_exactly_the_roles_that_can_open_a_person_need_it():
    needing = {role for role in Role if may_open_people([role])}
    assert needing == {role for role in Role if Right.OPEN_PERSON in RIGHTS[role]}
    assert needing == {Role.SOCIAL_WORKER, Role.MANAGER}


def test_a_manager_connects_an_app_before_any_page(manager):
    client, answer = log_in(manager)
    assert answer.headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/tvasteg/app/"
    client.post("/igen/", {"password": PASSWORD})
    page = client.get("/tvasteg/app/").content.decode()
    assert '<img src="data:image/svg+xml;base64,' in page
    assert "style=" not in page
    client.post("/tvasteg/app/", {"code": code_of(client.session["mfa.totp.secret"])})
    assert client.get("/").headers["Location"] != "/tvasteg/app/"


def test_a_host_gets_in_without(world):
    client = world.client("vard", "sion")
    assert "/tvasteg/" not in client.get("/").headers.get("Location", "")


def test_a_wrong_first_code_connects_nothing(manager):
    client, _ = log_in(manager)
    client.post("/igen/?next=/tvasteg/app/", {"password": "fel"})
    assert "Location" in client.get("/tvasteg/app/").headers
    client.post("/igen/?next=/tvasteg/app/", {"password": PASSWORD}, follow=True)
    page = client.post("/tvasteg/app/", {"code": "000"}).content.decode()
    assert "Koden stämmer inte." in page
    assert not Authenticator.objects.filter(user=manager).exists()


def test_afterwards_log_in_asks_for_the_code(manager):
    secret = connect(log_in(manager)[0])
    cache.clear()  # the code may be used once; the next log-in comes in the same half minute
    client, answer = log_in(manager)
    assert answer.headers["Location"] == "/tvasteg/kod/"
    assert "_auth_user_id" not in client.session
    assert client.get("/").headers["Location"].startswith("/logga-in/")
    wrong = client.post("/tvasteg/kod/", {"code": "000000x"}).content.decode()
    assert "Koden stämmer inte." in wrong
    client.post("/tvasteg/kod/", {"code": code_of(secret)})
    assert client.session["_auth_user_id"] == str(manager.id)


def test_a_code_opens_once(manager):
    secret = connect(log_in(manager)[0])
    code = code_of(secret)
    first, _ = log_in(manager)
    first.post("/tvasteg/kod/", {"code": code})
    second, _ = log_in(manager)
    second.post("/tvasteg/kod/", {"code": code})
    assert ["_auth_user_id" in each.session for each in (first, second)] == [True, False]


def test_a_spare_code_opens_once(manager):
    inside = log_in(manager)[0]
    connect(inside)
    spare = spare_codes(inside)
    assert len(set(spare)) == 10
    for expected in (True, False):
        client, _ = log_in(manager)
        client.post("/tvasteg/kod/", {"code": spare[0]})
        assert ("_auth_user_id" in client.session) is expected


def test_codes_cannot_be_guessed_for_long(manager):
    connect(log_in(manager)[0])
    client, _ = log_in(manager)
    answers = [client.post("/tvasteg/kod/", {"code": f"x{number}"}) for number in range(6)]
    assert "Vänta fem minuter" in answers[-1].content.decode()


def test_the_secrets_lie_sealed(manager):
    secret = connect(log_in(manager)[0])
    app, spare = Authenticator.objects.filter(user=manager).order_by("type").reverse()
    assert app.type == "totp"
    assert secret not in str(app.data)
    assert app.wrap().validate_code(code_of(secret)) or cache.clear() is None
    assert all(code not in str(spare.data) for code in spare.wrap().get_unused_codes())


def test_taking_the_app_away_leads_back_to_connecting_one(manager):
    client, _ = log_in(manager)
    connect(client)
    assert "Koppla bort appen" in client.get("/tvasteg/app/bort/").content.decode()
    client.post("/tvasteg/app/bort/")
    assert not Authenticator.objects.filter(user=manager).exists()
    assert client.get("/").headers["Location"] == "/tvasteg/app/"


def test_new_spare_codes_take_the_place_of_the_old(manager):
    client, _ = log_in(manager)
    connect(client)
    old = spare_codes(client)
    assert (
        "De gamla koderna slutar fungera."
        in client.get("/tvasteg/reservkoder/nya/").content.decode()
    )
    client.post("/tvasteg/reservkoder/nya/")
    assert set(old).isdisjoint(spare_codes(client))
    file = client.get("/tvasteg/reservkoder/hamta/")
    assert spare_codes(client)[0] in file.content.decode()


def test_before_something_that_matters_it_is_asked_again(manager):
    client, _ = log_in(manager)
    secret = connect(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    assert client.get("/tvasteg/app/bort/").headers["Location"].startswith("/igen/")
    again = client.get("/tvasteg/igen/").content.decode()
    assert "Skriv koden som appen visar" in again
    assert secret not in again
    cache.clear()
    client.post("/tvasteg/igen/", {"code": code_of(secret)})
    assert client.get("/tvasteg/app/bort/").status_code == 200


def test_the_page_of_ones_own_log_in_says_how_it_stands(manager):
    client, _ = log_in(manager)
    assert "Koppla en app" in client.get("/tvasteg/").content.decode()
    connect(client)
    page = client.get("/tvasteg/").content.decode()
    assert "Du har 10 reservkoder kvar" in page
    assert "Koppla bort appen" in page


def test_the_api_is_shut_until_the_app_is_connected(manager, world):
    client, _ = log_in(manager)
    assert client.post("/api/v1/registrations").status_code == 401
    connect(client)
    assert client.post("/api/v1/registrations").status_code == 422
