"""Every page in a real browser: for everybody to read, asking nobody else, no dead link."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

WHO = [
    ("chef", "sion"),
    ("verksamhetschef", "sion"),
    ("ombud", "kontaktcentrum"),
    ("vard", "kontaktcentrum"),
    ("kommun", "kontaktcentrum"),
    ("dso", "norrtalje"),
    ("handledare", "city"),
    ("kamrat", "iogt-nto"),
]
MOST_USED = [
    ("vard", "kontaktcentrum", "/idag/kontaktcentrum/"),
    ("vard", "kontaktcentrum", "/idag/kontaktcentrum/listan/"),
    ("ombud", "norrtalje", "/personer/norrtalje/"),
    ("chef", "varberg", "/motesplatsen/varberg/"),
    ("chef", "varberg", "/motesplatsen/varberg/oppettider/ny/"),
    ("chef", "sion", "/granser/sion/"),
    ("chef", "sion", "/siffror/sion/"),
    ("chef", "sion", "/siffror/sion/ny/"),
    ("verksamhetschef", "sion", "/uppfoljning/"),
    ("verksamhetschef", "sion", "/uppfoljning/linkoping-iop/"),
    ("verksamhetschef", "sion", "/uppfoljning/linkoping-iop/2019/"),
    ("dso", "sion", "/logg/"),
]
NOT_PAGES = {"participants:card", "exchange:errors", "api:openapi-json"}  # files and prints


def name_of(address):
    """The name of an address in this house; none for a file or a page elsewhere."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def links(page):
    """Where the page's links lead within the house."""
    here = urlsplit(page.url)
    for href in page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"):
        whole = urlsplit(urljoin(page.url, href))
        if whole.netloc == here.netloc and not whole.path.startswith("/static/"):
            yield whole._replace(fragment="").geturl()


@pytest.fixture(scope="session")
def seen():
    """The names of pages that have been looked at already."""
    return set()


@pytest.mark.parametrize(("role", "site"), WHO, ids=[f"{role}@{site}" for role, site in WHO])
def test_everything_that_a_role_can_reach_by_links(served, seen, role, site):
    """One page of each kind is opened in Swedish and light; the roles share what has been seen."""
    page = served.page(role, site)
    waiting, tried = [page.url], set()
    while waiting:
        address = waiting.pop(0)
        name = name_of(address)
        assert name, f"a link leads nowhere: {urlsplit(address).path}"
        if name in tried or name in NOT_PAGES:
            continue
        tried.add(name)
        answer = page.goto(address)
        assert answer.status == 200, f"{name} answers {answer.status}"
        if name_of(page.url) not in seen:
            seen.add(name_of(page.url))
            served.axe(page)
            assert page.title().strip()
        waiting += links(page)
        served.clean(page)
    assert len(tried) >= 2


@pytest.mark.parametrize(("role", "site", "path"), MOST_USED, ids=[row[2] for row in MOST_USED])
@pytest.mark.parametrize(("dark", "language"), [(True, "sv"), (False, "en")], ids=["dark", "en"])
def test_the_most_used_pages_on_a_phone(served, role, site, path, dark, language):
    page = served.page(role, site, width=390, dark=dark, language=language)
    page.goto(path)
    served.axe(page)
    served.clean(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, f"{wide} pixels wide"
    served.shot(page, f"{path.strip('/').replace('/', '-')}-{'dark' if dark else 'en'}-390")
