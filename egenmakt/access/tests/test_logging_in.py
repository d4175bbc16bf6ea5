"""Logging in and out: our words, nobody named, and nothing left to read afterwards."""

import re

import pytest
from django.core import mail
from django.test import Client

from egenmakt.access.models import User

PASSWORD = "en lång mening om våren"
pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def worker(world):
    user = world.user("chef", "sion")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client, email, password=PASSWORD, **more):
    return client.post("/logga-in/", {"login": email, "password": password, **more})


def test_the_log_in_page_says_what_it_wants_in_swedish(client):
    page = client.get("/logga-in/").content.decode()
    for words in ("E-post", "Lösenord", "Glömt lösenordet", "Demodata", "tystnadslöftet"):
        assert words in page
    assert "placeholder" not in page


def test_logging_in_leads_to_the_page_that_was_asked_for(client, worker):
    asked = client.get("/losenord/byt/")
    assert asked.headers["Location"] == "/logga-in/?next=/losenord/byt/"
    page = client.get(asked.headers["Location"]).content.decode()
    assert 'name="next" value="/losenord/byt/"' in page
    assert log_in(client, worker.email.upper(), next="/losenord/byt/").headers["Location"] == (
        "/losenord/byt/"
    )


def test_logging_in_never_leads_out_of_the_house(client, worker):
    assert log_in(client, worker.email, next="https://example.com/").headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, worker):
    wrong = log_in(client, worker.email, "fel")
    unknown = log_in(client, "ingen@example.se", "fel")
    said = "E-posten och lösenordet hör inte ihop."
    for answer in (wrong, unknown):
        assert answer.status_code == 200
        assert said in answer.content.decode()
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_after_five_failures_even_the_right_password_waits(client, worker):
    for _ in range(5):
        log_in(client, worker.email, "fel")
    page = log_in(client, worker.email).content.decode()
    assert "Vänta fem minuter och försök igen." in page
    assert "_auth_user_id" not in client.session


def test_a_closed_account_is_told_so_and_stays_outside(client, worker):
    User.objects.filter(id=worker.id).update(is_active=False)
    page = client.post(
        "/logga-in/", {"login": worker.email, "password": PASSWORD}, follow=True
    ).content.decode()
    assert "Kontot är stängt." in page
    assert "_auth_user_id" not in client.session


def test_a_session_ends_when_its_account_is_closed(world):
    client = world.client("chef", "sion")
    User.objects.filter(id=world.user("chef", "sion").id).update(is_active=False)
    assert client.get("/").headers["Location"].startswith("/logga-in/")


def test_logging_out_is_a_wish_and_not_a_link(world):
    client = world.client("chef", "sion")
    assert "Du loggas ut" in client.get("/logga-ut/").content.decode()
    assert "_auth_user_id" in client.session
    assert client.post("/logga-ut/").headers["Location"] == "/logga-in/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path", ["/", "/losenord/byt/", "/tvasteg/", "/tystnadslofte/", "/finns-ej"]
)
def test_no_cache_keeps_what_somebody_logged_in_was_shown(world, path):
    answer = world.client("chef", "sion").get(path)
    assert "no-store" in answer.headers["Cache-Control"]


def test_there_is_no_sign_up_page(client):
    assert client.get("/signup/").status_code == 404
    assert "signup" not in client.get("/logga-in/").content.decode()


def test_the_mail_about_a_new_password_names_nobody_and_works_once(client, worker):
    done = client.post("/losenord/glomt/", {"email": worker.email}, follow=True)
    assert "Titta i din inkorg" in done.content.decode()
    (letter,) = mail.outbox
    assert letter.subject == "Välj ett nytt lösenord till Egenmakt"
    assert worker.name not in letter.body
    assert worker.email not in letter.body
    link = re.search(r"http://testserver(\S+)", letter.body)[1]
    form = client.get(link, follow=True)
    new = {"password1": "en annan lång mening", "password2": "en annan lång mening"}
    saved = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert "Nu loggar du in med det nya." in saved.content.decode()
    assert log_in(client, worker.email, new["password1"]).headers["Location"] == "/"
    assert "redan använd" in Client().get(link, follow=True).content.decode()


def test_nobody_learns_by_the_mail_whether_an_address_has_an_account(client):
    done = client.post("/losenord/glomt/", {"email": "ingen@example.se"}, follow=True)
    assert "Titta i din inkorg" in done.content.decode()
    assert mail.outbox == []


def test_a_password_is_changed_by_the_one_who_knows_it(world, worker):
    client = Client()
    log_in(client, worker.email)
    new = {"oldpassword": "fel", "password1": "kort", "password2": "kort"}
    page = client.post("/losenord/byt/", new).content.decode()
    assert "Skriv lösenordet du har nu." in page
    new = {
        "oldpassword": PASSWORD,
        "password1": "en ny lång mening",
        "password2": "en ny lång mening",
    }
    page = client.post("/losenord/byt/", new, follow=True).content.decode()
    assert "Lösenordet är bytt." in page
    worker.refresh_from_db()
    assert worker.check_password("en ny lång mening")


def test_too_many_letters_to_one_address_are_stopped(client, worker):
    answers = [client.post("/losenord/glomt/", {"email": worker.email}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Vänta en stund" in answers[-1].content.decode()


def test_a_mail_server_that_is_away_tells_nobody_who_has_an_account(world, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nobody listens there
    known, nobody = world.user("vard", "sion").email, "nobody@sion.demo"
    answers = [Client().post("/losenord/glomt/", {"email": one}) for one in (known, nobody)]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {
        (302, "/losenord/skickat/")
    }
    assert "mail server" in caplog.text
    assert known not in caplog.text
