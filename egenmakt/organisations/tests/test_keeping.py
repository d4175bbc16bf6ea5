"""A site manager keeps a place up to date: what is written, refused, ended, removed and undone."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from egenmakt.audit.models import Entry
from egenmakt.organisations import actions, queries
from egenmakt.organisations.dated import SORTS
from egenmakt.organisations.models import (
    Address,
    Annotation,
    Offering,
    OpeningHours,
    Service,
    Site,
    SpecialDays,
    Succession,
)
from egenmakt.organisations.rules import Fault, Refused

HERE = "/motesplatsen/kontaktcentrum/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def chef(world):
    return world.client("chef", "kontaktcentrum")


@pytest.fixture
def site(world):
    site = world.site("kontaktcentrum")
    OpeningHours.objects.filter(site=site).delete()
    SpecialDays.objects.filter(site=site).delete()
    return site


def hours(site, **other):
    first = {"weekday": 0, "opens": time(9), "closes": time(19), "valid_from": date(2024, 1, 1)}
    return OpeningHours.objects.create(site=site, **(first | other))


def written(**other):
    first = {"weekdays": ["0", "1"], "opens": "9.00", "closes": "15:30", "audience": ""}
    return first | {"valid_from": "2026-01-01"} | other


def texts(response):
    return response.content.decode()


def test_hours_for_several_weekdays_are_added_as_one_wish_with_one_line_in_the_log(chef, site):
    answer = chef.post(f"{HERE}oppettider/ny/", written(last_on="2026-05-31"))
    assert answer.status_code == 303
    rows = OpeningHours.objects.filter(site=site).values_list("weekday", "closes", "valid_to")
    assert list(rows) == [(day, time(15, 30), date(2026, 6, 1)) for day in (0, 1)]
    (line,) = Entry.objects.filter(site=site.id)
    assert (line.action, line.count, line.register) == (
        "organisations.add_hours",
        2,
        site.register_id,
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"closes": "02:00"}, "Öppet över midnatt går inte"),
        ({"valid_from": "2026-13-45"}, "Välj ett datum, till exempel"),
        ({"valid_from": "0001-01-01"}, "Välj ett år mellan 1850 och 2199."),
        ({"last_on": "9999-12-31"}, "Välj ett år mellan 1850 och 2199."),
        ({"last_on": "2025-01-01"}, "Välj en dag som inte är före den första."),
        ({"weekdays": []}, "Välj minst en dag."),
        ({"weekdays": ["9"]}, "Välj något i listan."),
        ({"audience": "x\x00"}, "osynliga tecken"),
    ],
)
def test_what_cannot_stand_is_refused_in_words_and_nothing_written_is_lost(chef, site, wrong, said):
    page = texts(chef.post(f"{HERE}oppettider/ny/", written(audience="familjer") | wrong))
    assert said in page
    assert 'value="09:00"' in page or 'value="9.00"' in page
    assert not OpeningHours.objects.filter(site=site).exists()
    assert not Entry.objects.filter(site=site.id).exists()


def test_overlapping_hours_are_refused_whole_and_the_clash_is_named(chef, site):
    hours(site, weekday=1)
    page = texts(chef.post(f"{HERE}oppettider/ny/", written()))
    assert "Tiden krockar med tisdag 9–19" in page
    assert OpeningHours.objects.filter(site=site).count() == 1


def test_changing_hours_from_a_day_ends_the_old_the_day_before_and_keeps_it(chef, site):
    old = hours(site, audience="familjer")
    change = {"opens": "10:00", "closes": "16:00", "audience": "familjer"}
    change |= {"valid_from": "2026-12-01", "seen": queries.fingerprint(old)}
    assert chef.post(f"{HERE}oppettider/{old.id}/", change).status_code == 303
    rows = OpeningHours.objects.filter(site=site).order_by("valid_from")
    held = [(row.opens, row.valid_from, row.valid_to) for row in rows]
    assert held == [
        (time(9), date(2024, 1, 1), date(2026, 12, 1)),
        (time(10), date(2026, 12, 1), None),
    ]
    assert Entry.objects.filter(action="organisations.change_hours").count() == 1


def test_a_change_from_the_first_day_is_a_correction(chef, site):
    old = hours(site)
    change = {"opens": "10:00", "closes": "16:00", "valid_from": "2024-01-01"}
    chef.post(f"{HERE}oppettider/{old.id}/", change | {"seen": queries.fingerprint(old)})
    (row,) = OpeningHours.objects.filter(site=site)
    assert (row.id, row.opens) == (old.id, time(10))


def test_what_somebody_else_changed_meanwhile_is_not_written_over_unseen(chef, site):
    row = Annotation.objects.create(site=site, on=date(2026, 1, 5), text="Ventilationen trasig")
    seen = queries.fingerprint(row)
    Annotation.objects.filter(id=row.id).update(text="Ventilationen lagad")
    mine = {"on": "2026-01-05", "text": "Ventilationen bullrar", "seen": seen}
    page = chef.post(f"{HERE}handelser/{row.id}/", mine)
    assert "Någon annan har ändrat" in texts(page)
    assert "Ventilationen lagad" in texts(page)
    assert "Ventilationen bullrar" in texts(page)
    assert Annotation.objects.get(id=row.id).text == "Ventilationen lagad"
    again = mine | {"seen": page.context["form"]["seen"].value()}
    assert chef.post(f"{HERE}handelser/{row.id}/", again).status_code == 303
    assert Annotation.objects.get(id=row.id).text == "Ventilationen bullrar"


def test_text_about_a_row_that_another_took_away_comes_back_as_a_new_one(chef, site):
    mine = {"on": "2026-01-05", "text": "Flytt från Valla", "seen": "x"}
    page = texts(chef.post(f"{HERE}handelser/{uuid4()}/", mine))
    assert "Någon annan har tagit bort" in page
    assert "Flytt från Valla" in page
    assert f'action="{HERE}handelser/ny/"' in page


def an_address(site):
    return Address.objects.create(
        site=site, street="Ågatan 1", town="Linköping", valid_from=date(2019, 1, 1)
    )


def days_off(site):
    return SpecialDays.objects.create(
        site=site, starts_on=date(2026, 12, 24), ends_before=date(2026, 12, 27), reason="Jul"
    )


def a_happening(site):
    return Annotation.objects.create(site=site, on=date(2026, 1, 5), text="Flytt")


def coming_offer(site):
    service = Service.objects.create(organisation=site.organisation, slug=str(uuid4()), name="Te")
    return Offering.objects.create(
        site=site,
        service=service,
        valid_from=date(2150, 1, 1),
        regime="sol_open_exempt",
        decision="SON 2026-02-11 § 7",
    )


@pytest.mark.parametrize("make", [hours, an_address, days_off, a_happening, coming_offer])
def test_a_removal_is_undone_exactly_and_twice_is_once(chef, site, make):
    row = make(site)
    table = type(row)
    sort = next(name for name, sort in SORTS.items() if sort.table is table)
    before = table.objects.filter(id=row.id).values().get()
    seen = queries.fingerprint(table.objects.get(id=row.id))
    gone = chef.post(f"{HERE}{sort}/{row.id}/bort/", {"seen": seen}, follow=True)
    assert "Borttaget:" in texts(gone)
    assert not table.objects.filter(id=row.id).exists()
    chef.post(f"{HERE}angra/")
    chef.post(f"{HERE}angra/")
    assert table.objects.filter(id=row.id).values().get() == before
    verbs = Entry.objects.filter(site=site.id).values_list("action", flat=True)
    assert sorted(verb.split(".")[1].split("_")[0] for verb in verbs) == ["remove", "restore"]


def test_an_undo_that_now_clashes_says_so_and_may_be_tried_again(chef, site):
    row = hours(site)
    chef.post(f"{HERE}oppettider/{row.id}/bort/", {"seen": queries.fingerprint(row)})
    other = hours(site, opens=time(8), closes=time(10))
    assert "krockar med måndag 8–10" in texts(chef.post(f"{HERE}angra/", follow=True))
    other.delete()
    chef.post(f"{HERE}angra/")
    assert OpeningHours.objects.get(site=site) == row


def test_an_offering_that_has_begun_is_ended_and_stays_in_the_history(chef, site, world):
    row = Offering.objects.filter(site=site, valid_to=None).first()
    seen = queries.fingerprint(row)
    page = chef.post(f"{HERE}utbud/{row.id}/bort/", {"seen": seen}, follow=True)
    assert "Det här har redan erbjudits" in texts(page)
    yesterday = world.today - timedelta(1)
    end = {"last_on": yesterday.isoformat(), "seen": seen}
    assert chef.post(f"{HERE}utbud/{row.id}/sluta/", end).status_code == 303
    row.refresh_from_db()
    assert row.valid_to == world.today
    lists = chef.get(HERE).context["offerings"]
    assert row.service.name in [one.line.title for one in lists["past"]]


def test_a_new_service_gets_its_word_and_picture_and_is_offered_by_decision_only(chef, site):
    made = chef.post(
        f"{HERE}tjanst/ny/", {"name": "Kläder på kö", "kind": "clothes", "icon": "shirt"}
    )
    assert made.url == f"{HERE}utbud/ny/?service=klader-pa-ko"
    form = chef.get(made.url).context["form"]
    service = Service.objects.get(slug="klader-pa-ko", organisation=site.organisation)
    assert form["service"].value() == service.id
    offer = {"service": service.id, "price": "20", "weekdays": ["1", "4"], "starts": "9"}
    offer |= {"ends": "11", "regime": "sol_open_exempt", "decision": "", "valid_from": "2026-01-01"}
    assert "Den grunden kräver ett." in texts(chef.post(f"{HERE}utbud/ny/", offer))
    answer = chef.post(f"{HERE}utbud/ny/", offer | {"decision": "SON 2025-12-01 § 4"})
    assert answer.status_code == 303
    row = Offering.objects.get(service=service)
    assert (row.weekdays, row.price, row.starts) == ("14", 20, time(9))
    assert "finns redan" in texts(
        chef.post(f"{HERE}tjanst/ny/", {"name": "kläder på kö", "kind": "other", "icon": "plus"})
    )


def test_another_organisations_service_cannot_be_offered(chef, site):
    foreign = Service.objects.exclude(organisation=site.organisation).first()
    offer = {"service": foreign.id, "price": "0", "weekdays": ["1"], "regime": "civil"}
    page = texts(chef.post(f"{HERE}utbud/ny/", offer | {"valid_from": "2026-01-01"}))
    assert "Välj något i listan." in page


def test_what_is_offered_moves_a_step_in_the_order_of_the_door(chef, site):
    before = list(chef.get(f"{HERE}ordning/").context["offerings"])
    chef.post(f"{HERE}ordning/{before[1].id}/", {"way": "up"})
    after = list(chef.get(f"{HERE}ordning/").context["offerings"])
    assert after == [before[1], before[0], *before[2:]]


def test_six_units_become_one_and_a_mistake_is_taken_back_and_undone(world, site):
    director = world.client("verksamhetschef", "kontaktcentrum")
    old = [
        Site.objects.create(
            slug=f"enhet-{number}",
            name=f"Enhet {number}",
            organisation=site.organisation,
            register=site.register,
            opened_on=date(2019, 1, 1),
        )
        for number in range(2)
    ]
    wish = {"on": "2023-05-15", "predecessors": [str(one.id) for one in old]}
    assert director.post(f"{HERE}tog-over/", wish).status_code == 303
    assert {one.closed_on for one in Site.objects.filter(id__in=[one.id for one in old])} == {
        date(2023, 5, 15)
    }
    link = Succession.objects.get(predecessor=old[0])
    chef = world.client("chef", "kontaktcentrum")
    assert chef.post(f"{HERE}tog-over/{link.id}/bort/").status_code == 403
    director.post(f"{HERE}tog-over/{link.id}/bort/")
    old[0].refresh_from_db()
    assert old[0].closed_on is None
    director.post(f"{HERE}angra/")
    old[0].refresh_from_db()
    assert old[0].closed_on == date(2023, 5, 15)
    assert Succession.objects.get(predecessor=old[0]) == link
    with pytest.raises(Refused) as refusal:
        actions.succeed(
            old[1], [site], on=date(2024, 1, 1), by=world.user("chef", "sion"), now=world.now
        )
    assert refusal.value.fault is Fault.CIRCLE


def test_settings_are_kept_and_two_who_change_them_see_each_other(chef, site):
    page = chef.get(f"{HERE}installningar/")
    first = {name: value for name, value in page.context["form"].initial.items() if value}
    wish = first | {"person_word": "gäst", "about": "Kom in.", "recent_list": "on"}
    assert chef.post(f"{HERE}installningar/", wish).status_code == 303
    late = chef.post(f"{HERE}installningar/", wish | {"about": "Något annat"})
    assert "Någon annan har ändrat" in texts(late)
    site.refresh_from_db()
    assert (site.person_word, site.about) == ("gäst", "Kom in.")


def test_a_director_adds_a_place_with_a_register_of_its_own_or_a_civil_one(world):
    director = world.client("verksamhetschef", "kontaktcentrum")
    address = "/organisation/linkopings-stadsmission/ny-motesplats/"
    shared = str(world.site("kontaktcentrum").register_id)
    wish = {"name": "Dagcentralen", "slug": "dagcentralen", "opened_on": "2026-12-01"}
    assert "inte civilrättsligt" in texts(director.post(address, wish | {"register": shared}))
    assert "små bokstäver" in texts(director.post(address, wish | {"slug": "Å dag"}))
    assert director.post(address, wish).url == "/motesplatsen/dagcentralen/"
    made = Site.objects.get(slug="dagcentralen")
    assert made.register.controller == made.organisation
    assert made.register_id != shared


def test_a_shared_register_takes_only_civil_offerings(world):
    site = world.site("varberg")
    chef = world.client("chef", "varberg")
    service = Service.objects.filter(organisation=site.organisation).last()
    offer = {"service": service.id, "price": "0", "weekdays": ["6"], "decision": "§ 1"}
    offer |= {"regime": "sol_open_documented", "valid_from": "2150-01-01"}
    page = texts(chef.post("/motesplatsen/varberg/utbud/ny/", offer))
    assert "Personregistret delas" in page


@pytest.mark.parametrize("role", ["vard", "kamrat", "handledare", "dso"])
def test_others_read_the_place_and_keep_nothing(world, role):
    client = world.client(role, "kontaktcentrum")
    page = client.get(HERE)
    assert page.status_code == 200
    assert "<form" not in texts(page).split("<main")[1]
    assert "/ny/" not in texts(page)
    assert client.get(f"{HERE}oppettider/ny/").status_code == 403
    assert client.post(f"{HERE}angra/").status_code == 403
    assert client.get("/organisation/linkopings-stadsmission/").status_code == 403


def test_another_organisations_place_and_rows_are_not_there(world, chef):
    foreign = hours(world.site("sion"), weekday=6)
    assert chef.get("/motesplatsen/sion/").status_code == 404
    assert chef.get(f"{HERE}oppettider/{foreign.id}/").status_code == 404
    assert chef.post(f"{HERE}oppettider/{foreign.id}/bort/").status_code == 404
    assert chef.get(f"{HERE}nagot/ny/").status_code == 404
    assert chef.get("/organisation/sionforsamlingen/").status_code == 404


def test_hostile_words_are_shown_as_words(chef, site):
    naughty = f"{SCRIPT} 🍞 مرحبا ‮abc"
    chef.post(f"{HERE}handelser/ny/", {"on": "2026-01-01", "text": naughty})
    page = texts(chef.get(HERE))
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    assert "🍞 مرحبا" in page
    assert Annotation.objects.filter(site=site, text=naughty).count() == 1


def test_the_page_asks_as_much_of_the_database_with_two_rows_as_with_twenty(
    chef, site, django_assert_num_queries
):
    def fill(first, last):
        for number in range(first, last):
            hours(site, audience=f"grupp {number}")
            a_happening(site)
            Address.objects.create(
                site=site, street="A", town="B", valid_from=date(2000, 1, 1 + number)
            )
            coming_offer(site)
            old = Site.objects.create(
                slug=f"old-{number}",
                name="Gammal",
                organisation=site.organisation,
                register=site.register,
                opened_on=date(2019, 1, 1),
            )
            Succession.objects.create(predecessor=old, successor=site, on=date(2020, 1, 1))

    fill(0, 2)
    chef.get(HERE)
    with django_assert_num_queries(11) as asked:
        chef.get(HERE)
    fill(2, 20)
    with django_assert_num_queries(len(asked)):
        chef.get(HERE)


def test_a_place_open_now_says_until_when(world, site):
    now = timezone.localtime()
    hours(site, weekday=now.weekday(), opens=time(0), closes=time(23, 59))
    page = texts(world.client("vard", "kontaktcentrum").get(HERE))
    assert "Öppet nu till 23.59" in page
