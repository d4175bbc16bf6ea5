"""Tests: a person's page, who gets to it and what it logs; cards and households."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from egenmakt.access.guard import Command
from egenmakt.audit.models import Entry
from egenmakt.audit.queries import about
from egenmakt.participants import actions, households, queries
from egenmakt.participants.models import Card, Membership, Participant
from egenmakt.participants.rules import CHILDREN, Refused, Tier, Why

BY = Command("test")
GETS = ["person", "edit", "step_down", "reads", "household"]
POSTS = ["issue_card", "join", "leave", "children"]


def page(name, person, **more):
    """The address of one of somebody's pages."""
    return reverse(f"participants:{name}", kwargs={"uuid": person.id, **more})


@pytest.fixture
def selam(world):
    """Somebody at Sion of whom nearly everything is known."""
    facts = {"birth_year": 1980, "languages": "tigrinja", "ethos": 12, "interpreter": "wont_say"}
    return world.person(
        "sion", alias="Selam", tier=Tier.NAMED, name="Selam Tesfay", gender="woman", facts=facts
    )


@pytest.fixture
def ombud(world):
    """A social worker at Sion."""
    return world.client("ombud", "sion")


def filled(client, person, **changed):
    """What the edit form would send back as it stands, with some of it changed."""
    html = client.get(page("edit", person)).content.decode()
    version = re.search(r'name="version" value="(\d+)"', html)[1]
    form = client.get(page("edit", person)).context["form"]
    sent = {name: form.initial.get(name) or "" for name in form.fields}
    return sent | {"version": version} | changed


@pytest.mark.parametrize("name", GETS)
def test_a_person_of_another_register_and_one_that_does_not_exist_are_alike(world, ombud, name):
    stranger = world.person("kontaktcentrum", alias="Fatima")
    assert ombud.get(page(name, stranger)).status_code == 404
    stranger.id = uuid.uuid4()
    assert ombud.get(page(name, stranger)).status_code == 404


@pytest.mark.parametrize("role", ["vard", "kamrat", "handledare", "verksamhetschef", "dso"])
def test_whoever_may_not_open_a_person_gets_to_none_of_their_pages(world, selam, role):
    client = world.client(role, "sion")
    lines = Entry.objects.count()
    for name in GETS:
        assert client.get(page(name, selam)).status_code in (403, 404), name
    for name in POSTS:
        assert client.post(page(name, selam)).status_code in (403, 404), name
    assert Entry.objects.count() == lines


def test_a_partner_gets_to_nobody(world, selam):
    client = world.client("kommun", "sion")
    assert {client.get(page(name, selam)).status_code for name in GETS} == {404}


def test_the_page_says_what_is_known_and_which_of_the_three_answers_stands(ombud, selam):
    html = ombud.get(page("person", selam)).content.decode()
    for said in ("Selam Tesfay", "tigrinja", "45–64 år (1980)", "frågade inte", "vill inte svara"):
        assert said in html
    assert "Kan vara eget kortsiktigt boende" in html
    title = re.search(r"<title>(.*?)</title>", html)[1]
    assert "Selam" not in title


def test_every_opening_is_a_line_that_the_person_may_ask_for(world, ombud, selam):
    for name in ("person", "edit", "household", "reads"):
        ombud.get(page(name, selam))
    opened = about(selam.key).filter(action="participants.open")
    assert {line.actor for line in opened} == {world.user("ombud", "sion").id}
    assert len(opened) == 4
    html = ombud.get(page("reads", selam)).content.decode()
    assert world.user("ombud", "sion").name in html
    assert html.count("öppnade personens sida") == 1
    assert "5 gånger" in html


def test_who_has_read_is_told_with_as_many_statements_at_2_lines_as_at_20(ombud, selam):
    def said():
        with CaptureQueriesContext(connection) as statements:
            ombud.get(page("reads", selam))
        return len(statements)

    few = said()
    for _ in range(20):
        ombud.get(page("person", selam))
    assert said() == few


def test_a_search_finds_names_and_cards_and_logs_the_searcher_without_the_name(world, ombud, selam):
    people = reverse("participants:people", args=["sion"])
    html = ombud.post(people, {"query": "tesfaj"}).content.decode()
    assert page("person", selam) in html
    line = Entry.objects.filter(action="participants.search").first()
    assert (line.actor, line.count) == (world.user("ombud", "sion").id, 1)
    _card, code = actions.issue_card(selam, by=BY, now=world.now)
    assert page("person", selam) in ombud.post(people, {"query": code}).content.decode()


def test_a_search_costs_the_same_at_2_people_as_at_8(world, ombud):
    people = reverse("participants:people", args=["sion"])

    def said():
        with CaptureQueriesContext(connection) as statements:
            html = ombud.post(people, {"query": "Torsten"}).content.decode()
        return len(statements), html.count("/person/")

    for number in range(2):
        world.person("sion", alias=f"Torsten {number}")
    few = said()
    for number in range(2, 8):
        world.person("sion", alias=f"Torsten {number}")
    assert (few[1], said()[1]) == (2, 8)
    assert few[0] == said()[0]


def test_what_is_written_on_the_form_is_kept_and_what_is_left_stays(ombud, selam):
    sent = filled(ombud, selam, alias="Selam T", housing="4", languages="", band="not_asked")
    sent["languages_unsaid"] = "dont_know"
    assert ombud.post(page("edit", selam), sent).status_code == 303
    known = queries.opened(Participant.objects.get(id=selam.id))
    assert (known.alias, known.name) == ("Selam T", "Selam Tesfay")
    assert known.facts == {
        "birth_year": 1980,
        "languages": "dont_know",
        "ethos": 12,
        "housing": 4,
        "interpreter": "wont_say",
    }


def test_a_form_filled_in_on_something_older_is_not_saved_and_keeps_its_text(world, ombud, selam):
    sent = filled(ombud, selam, languages="amhariska")
    actions.keep(selam, changes=actions.Changes(alias="Selam B"), by=BY, now=world.now)
    html = ombud.post(page("edit", selam), sent).content.decode()
    assert "Någon annan ändrade medan du skrev" in html
    assert 'value="amhariska"' in html
    assert queries.opened(Participant.objects.get(id=selam.id)).alias == "Selam B"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"alias": "göte"}, "göte 2"),
        ({"alias": "\u200b\u202e"}, "Skriv vad personen vill kallas"),
        ({"birth_year": "2099"}, "Den som är under 16 år"),
        ({"birth_year": "", "band": "16-17"}, "Välj något i listan"),
        ({"birth_year": "8"}, "Skriv ett år med fyra siffror, till exempel 1980"),
        ({"gender": "<script>"}, "Välj något i listan"),
    ],
)
def test_what_cannot_be_kept_is_said_where_it_is_put_right(world, ombud, selam, sent, said):
    world.person("sion", alias="Göte")
    answer = ombud.post(page("edit", selam), filled(ombud, selam, **sent))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Participant.objects.get(id=selam.id).version == selam.version


def test_only_a_manager_lets_in_somebody_before_18_and_whoever_is_in_stays(world, ombud, selam):
    asked = ombud.get(page("edit", selam)).context["form"].fields
    assert "young_reason" not in asked
    assert "16-17" not in dict(asked["band"].choices)
    chef = world.client("chef", "sion")
    assert (
        "Skriv varför"
        in chef.post(
            page("edit", selam), filled(chef, selam, birth_year="", band="16-17")
        ).content.decode()
    )
    sent = filled(chef, selam, birth_year="", band="16-17", young_reason="Bor ensam")
    assert chef.post(page("edit", selam), sent).status_code == 303
    assert ombud.post(page("edit", selam), filled(ombud, selam)).status_code == 303
    kept = Participant.objects.get(id=selam.id)
    assert (kept.band, queries.opened(kept).facts["young_reason"]) == ("16-17", "Bor ensam")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_question_of_the_form_is_asked_once_in_every_language(ombud, selam, language):
    with translation.override(language):
        form = ombud.get(page("edit", selam), headers={"Accept-Language": language}).context["form"]
        asked = [field.name for _legend, fields in form.questions for field in fields]
    assert sorted(asked) == sorted(form.fields)


def test_a_year_that_makes_somebody_16_sends_a_social_worker_to_the_manager(world, ombud, selam):
    sent = filled(ombud, selam, birth_year=str(world.today.year - 16))
    html = ombud.post(page("edit", selam), sent).content.decode()
    assert "Eller födelseår: Be din chef: bara chefen kan ta in" in html


def test_age_is_one_question_whose_answer_may_be_that_it_was_not_said(ombud, selam):
    sent = filled(ombud, selam, birth_year="", band="wont_say")
    assert ombud.post(page("edit", selam), sent).status_code == 303
    kept = Participant.objects.get(id=selam.id)
    assert (kept.band, queries.opened(kept).facts["birth_year"]) == ("wont_say", "wont_say")


def test_a_name_is_taken_away_after_one_question(ombud, selam):
    assert "går inte att få tillbaka" in ombud.get(page("step_down", selam)).content.decode()
    ombud.post(page("step_down", selam))
    assert "Selam Tesfay" not in ombud.get(page("person", selam)).content.decode()


def test_a_card_is_printed_again_and_finds_nobody_once_revoked(ombud, selam):
    there = ombud.post(page("issue_card", selam)).url
    html = ombud.get(there).content.decode()
    code = re.search(r'class="code">([0-9A-Z]{5}-[0-9A-Z]{5})<', html)[1]
    assert code in ombud.get(there).content.decode()
    assert "Selam" not in html.split("<main")[1]
    assert about(selam.key).filter(action="participants.show_card").count() == 2
    assert queries.with_card(selam.register, code.lower().replace("-", " ")) == selam.id
    ombud.post(page("revoke_card", selam, card=Card.objects.get().id))
    assert queries.with_card(selam.register, code) is None
    assert ombud.get(there).status_code == 404


def test_a_card_finds_its_holder_in_its_own_register_only(world, selam):
    _card, code = actions.issue_card(selam, by=BY, now=world.now)
    assert queries.with_card(world.site("kontaktcentrum").register, code) is None
    assert code not in str(Card.objects.values().get())


def test_a_code_is_somebodys_or_nobodys_and_undoing_gives_it_back(world, selam):
    other = world.person("sion", alias="Göte")
    card = actions.attach_card(
        selam.id, card=uuid.uuid4(), code="ABCDE-FGHJK", by=BY, now=world.now
    )
    for code in ("abcdefghjk", "ABCDE-FGHJ", "ABCDE-FGHJU", ""):
        with pytest.raises(Refused, match=Why.BAD_CODE):
            actions.attach_card(other.id, card=uuid.uuid4(), code=code, by=BY, now=world.now)
    actions.detach_card(card.id, by=BY, now=world.now)
    actions.attach_card(other.id, card=uuid.uuid4(), code="ABCDE-FGHJK", by=BY, now=world.now)
    assert queries.with_card(selam.register, "ABCDEFGHJK") == other.id


@pytest.mark.parametrize("role", ["vard", "ombud"])
def test_the_desk_sets_how_somebody_found_us_once_and_learns_nothing(world, selam, role):
    client = world.client(role, "sion")
    answers = [
        client.post(page("found_us", selam), {"answer": answer}) for answer in ("friend", "care")
    ]
    assert [(one.status_code, one.content) for one in answers] == [(204, b"")] * 2
    assert queries.opened(Participant.objects.get(id=selam.id)).facts["found_us"] == "friend"
    assert client.post(page("found_us", selam), {"answer": "not_asked"}).status_code == 400
    assert client.get(page("found_us", selam)).status_code == 405


def test_somebody_joins_a_household_by_search_and_leaves_it_on_a_day(world, ombud, selam):
    other = world.person("sion", alias="Göte")
    html = ombud.post(
        page("household", selam), {"query": "göte", "on": "2026-01-01"}
    ).content.decode()
    assert f'value="{other.id}"' in html
    ombud.post(page("join", selam), {"member": other.id, "on": "2026-01-01"})
    home = households.home_of(selam, on=world.today)
    assert [one.alias for one in home.others] == ["Göte"]
    ombud.post(page("leave", selam), {"member": other.id, "on": "2026-02-01"})
    assert households.home_of(selam, on=world.today).others == []
    actions_logged = about(other.key).values_list("action", flat=True)
    assert list(actions_logged[:2]) == ["participants.leave", "participants.join"]


def test_leaving_is_undone_exactly_until_somebody_has_moved_on(world, ombud, selam):
    other = world.person("sion", alias="Göte")
    home = world.household("sion", [selam, other])
    held = Membership.objects.filter(participant=other)
    before = held.values().get()
    for on in (world.today, before["valid_from"]):
        ombud.post(page("leave", selam), {"member": other.id, "on": on.isoformat()})
        assert "Göte lämnar hushållet." in ombud.get(page("household", selam)).content.decode()
        ombud.post(page("rejoin", selam))
        assert held.values().get() == before
    assert about(other.key).first().action == "participants.rejoin"
    ombud.post(page("rejoin", selam))
    assert held.values().get() == before
    ombud.post(page("leave", selam), {"member": other.id, "on": world.today.isoformat()})
    households.set_household([other], on=world.today, by=BY, now=world.now)
    html = ombud.post(page("rejoin", selam), follow=True).content.decode()
    assert "har redan ett annat hushåll" in html
    assert held.get(household=home).valid_to == world.today


def test_a_member_of_another_register_cannot_be_added(world, ombud, selam):
    stranger = world.person("kontaktcentrum", alias="Fatima")
    for member in (stranger.id, uuid.uuid4(), "x", ""):
        assert ombud.post(page("join", selam), {"member": member}).status_code == 404
    home = world.household("sion", [selam])
    with pytest.raises(Refused, match=Why.OTHER_REGISTER):
        households.join(home, participant=stranger, on=world.today, by=BY, now=world.now)


def test_one_belongs_to_one_household_at_a_time(world, selam):
    first = world.household("sion", [selam])
    second = world.household("sion", [world.person("sion", alias="Göte")])
    households.join(second, participant=selam, on=world.today, by=BY, now=world.now)
    held = Membership.objects.filter(participant=selam)
    assert list(held.values_list("household", "valid_to")) == [
        (first.id, world.today),
        (second.id, None),
    ]
    with pytest.raises(Refused, match=Why.TOO_EARLY):
        households.join(first, participant=selam, on=held.first().valid_from, by=BY, now=world.now)


def test_children_are_counted_by_band_and_a_household_of_one_is_enough(world, ombud, selam):
    sent = {"children_0_6": "2", "children_7_12": "", "children_13_17": "1"}
    ombud.post(page("children", selam), sent)
    assert households.home_of(selam, on=world.today).children == {"0-6": 2, "13-17": 1}
    assert "2 barn, 0–6 år" in ombud.get(page("person", selam)).content.decode()
    html = ombud.post(page("children", selam), {"children_0_6": "-1"}).content.decode()
    assert "minst 0" in html
    assert all(f'name="children_{band.replace("-", "_")}"' in html for band in CHILDREN)
