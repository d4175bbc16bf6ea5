"""Who may see whose figures on the pages of an agreement, and what an internal draft says."""

import re
import uuid
from datetime import date, datetime, time, timedelta

import pytest

from egenmakt.audit.models import Entry
from egenmakt.kit.calendar import STOCKHOLM, Period
from egenmakt.organisations.models import Annotation
from egenmakt.partnerships.tests.conftest import AT_IOGT, AT_SION, MARCH, crowd
from egenmakt.visits.models import Visit

HERE = "/uppfoljning/linkoping-iop/"


def said(number):
    """A number as the screen says it."""
    return f"{number:,}".replace(",", "\u00a0")


def text_of(client, address, *, status=200):
    """The page, with hard spaces as they are."""
    answer = client.get(address)
    assert answer.status_code == status, answer
    return answer.content.decode()


def test_a_director_sees_the_own_partys_draft_and_never_the_others(march):
    director = march.client("verksamhetschef", "sion")
    page = text_of(director, f"{HERE}2019-03/")
    assert said(AT_SION) in page
    assert said(AT_IOGT) not in page
    assert "IOGT-NTO:s mötesplats" not in page
    text_of(director, f"{HERE}2019-03/?part=iogt-nto", status=404)
    assert said(AT_IOGT) in text_of(march.client("verksamhetschef", "iogt-nto"), f"{HERE}2019-03/")


def test_a_draft_says_on_the_page_that_it_must_not_leave(march):
    page = text_of(march.client("verksamhetschef", "sion"), f"{HERE}2019-03/")
    assert 'class="internal">Internt – får inte lämnas ut<' in page


def test_a_partner_reads_that_nothing_is_released_and_not_one_figure(march):
    partner = march.client("kommun", "sion")
    for address in ("/uppfoljning/", HERE, f"{HERE}2019-03/", f"{HERE}2019/", f"{HERE}alltid/"):
        page = text_of(partner, address)
        assert "data-cell" not in page
        assert not re.search(f"{said(AT_SION)}|{said(AT_IOGT)}|{AT_SION}|{AT_IOGT}", page)
    assert "Inget är utlämnat än" in page
    assert not Entry.objects.filter(action="partnerships.draft").exists()


@pytest.mark.parametrize("role", ["vard", "kamrat", "ombud", "handledare", "dso"])
def test_whoever_works_at_the_door_or_with_people_has_no_way_to_the_figures(march, role):
    client = march.client(role, "sion")
    for address in ("/uppfoljning/", HERE, f"{HERE}2019-03/"):
        text_of(client, address, status=403)


def test_whoever_has_nothing_to_do_with_an_agreement_does_not_learn_that_it_exists(march):
    text_of(march.client("verksamhetschef", "kontaktcentrum"), HERE, status=404)
    text_of(march.client("kommun", "norrtalje"), f"{HERE}2019-03/", status=404)


def test_a_manager_sees_the_own_site_alone(world):
    for slug, number in (("varberg", AT_SION), ("city", AT_IOGT)):
        crowd(world.site(slug), MARCH.starts_on.replace(year=2024), number)
    manager = world.client("chef", "varberg")
    page = text_of(manager, "/uppfoljning/stockholm-motesplatser/2024-03/")
    assert said(AT_SION) in page
    assert said(AT_IOGT) not in page
    assert "Bara de platser som du är chef för." in page


def test_periods_to_choose_are_those_with_figures_and_the_last_whole_year_comes_first(march):
    page = text_of(march.client("chef", "sion"), HERE)
    assert f'btn-main" href="{HERE}2019/"' in page
    assert f"{HERE}2019-03/" in page
    assert f"{HERE}2018/" not in page


@pytest.mark.parametrize(
    "period",
    [
        "2019-13",
        "i-fjol",
        "2999",
        "0001",
        "2017",
        "2017-12",
        "2018-01-01..2023-12-31",
        "2019-01-01..9999-12-31",
    ],
)
def test_a_period_that_cannot_be_shown_is_not_found_and_says_what_can_be(march, period):
    page = text_of(march.client("chef", "sion"), f"{HERE}{period}/", status=404)
    assert "Välj en av dem här nedanför." in page
    assert f"{HERE}2019-03/" in page


def test_opening_a_draft_is_logged_for_each_site(march):
    chief = march.user("chef", "sion")
    text_of(march.client("chef", "sion"), f"{HERE}2019-03/")
    (line,) = Entry.objects.filter(action="partnerships.draft")
    assert (line.actor, line.site) == (chief.id, march.site("sion").id)


def test_a_period_that_runs_is_cut_at_yesterday(world):
    site = world.site("sion")
    crowd(site, world.today, AT_IOGT)
    crowd(site, world.today - timedelta(days=1), AT_SION)
    period = Period(world.today - timedelta(days=3), world.today + timedelta(days=3))
    page = text_of(world.client("chef", "sion"), f"{HERE}{period}/")
    assert "Perioden pågår." in page
    assert said(AT_SION) in page
    assert said(AT_IOGT) not in page


def test_last_year_stands_beside_and_what_happened_is_told(march):
    site = march.site("sion")
    for day in Period.parse("2020-03").days():
        crowd(site, day, 2)
    Annotation.objects.create(site=site, on=MARCH.starts_on.replace(year=2020), text="ny spis")
    page = text_of(march.client("chef", "sion"), f"{HERE}2020-03/")
    assert "ny spis" in page
    assert cells(page, "visits") == ("62", said(AT_SION).replace("\u00a0", " "))


def cells(page, table):
    """The period's figure on the first row of a table, and all that the year before says."""
    found = re.search(
        rf'data-cell="{table}:0:shown">([^<]*)<.*?<td class="num">(.*?)</td>', page, re.S
    )
    this, before = found.groups()
    return this, " ".join(re.sub(r"<[^>]*>", " ", before).split())


def test_a_year_before_with_few_reports_is_not_said_to_be_the_years(march):
    for day in Period.parse("2020").days():
        crowd(march.site("sion"), day, 2)
    page = text_of(march.client("chef", "sion"), f"{HERE}2020/")
    opened = re.search(r'data-cell="open_days:0:shown">.*?<span>(\d+)<', page, re.S)[1]
    this, before = cells(page, "visits_per_open_day")
    assert this == "2,0"
    assert re.fullmatch(rf"kan inte säga \d+ av {opened} dagar", before)
    assert "how-unknown" in page
    assert f"kan inte säga {opened}" not in page


def test_an_estimate_of_the_year_before_stands_with_its_interval(march):
    for day in Period.parse("2020-03").days():
        crowd(march.site("sion"), day, 2)
    Visit.objects.filter(site=march.site("sion"), service_day=date(2019, 3, 8)).delete()
    page = text_of(march.client("chef", "sion"), f"{HERE}2020-03/")
    assert re.fullmatch(r"[\d ]+ [\d ]+–[\d ]+", cells(page, "visits")[1])


def test_the_month_chart_says_ties_and_leaves_out_a_month_that_is_not_whole(march):
    for month, number in (("2020-01", 3), ("2020-02", 5), ("2020-03", 5), ("2020-04", 9)):
        for day in Period.parse(month).days():
            crowd(march.site("sion"), day, number)
    page = text_of(march.client("chef", "sion"), f"{HERE}2020-01-01..2020-04-20/")
    assert "flest i feb 2020 och mars 2020, 5,0, och färst i jan 2020, 3,0." in page
    assert "apr 2020 (del av månaden)" in page


@pytest.mark.parametrize(
    ("period", "outside"), [("2019", False), ("2017-07-01..2018-06-30", True), ("2021-03", True)]
)
def test_a_period_outside_the_agreement_says_for_how_long_it_held(march, period, outside):
    page = text_of(march.client("chef", "sion"), f"{HERE}{period}/")
    assert ("Överenskommelsen gällde 1 jan 2018 – 31 dec 2020" in page) is outside


def test_a_year_after_the_agreement_is_there_but_not_the_first_choice(march):
    crowd(march.site("sion"), date(2022, 3, 1), 1)
    page = text_of(march.client("chef", "sion"), HERE)
    assert f'btn-main" href="{HERE}2019/"' in page
    assert f'href="{HERE}2022/"' in page
    assert page.count("efter överenskommelsen") == 1


def test_the_pages_take_as_many_statements_for_many_visits_as_for_few(
    march, django_assert_max_num_queries
):
    client = march.client("chef", "sion")
    with django_assert_max_num_queries(60) as few:
        client.get(f"{HERE}2019-03/")
    Visit.objects.bulk_create(
        Visit(
            id=uuid.uuid4(),
            site=march.site("sion"),
            at=datetime.combine(day, time(9), STOCKHOLM),
            service_day=day,
        )
        for day in list(MARCH.days()) * 10
    )
    with django_assert_max_num_queries(len(few)) as many:
        client.get(f"{HERE}2019-03/")
    assert len(many) == len(few)
