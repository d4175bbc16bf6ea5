"""The served world is logged in to with a real browser, and is not built twice."""

from egenmakt.world.tests.served import demo


def test_somebody_logs_in_and_their_page_asks_nobody_else(served):
    page = served.page("vard", "kontaktcentrum")
    assert "/logga-in/" not in page.url
    served.clean(page)


def test_the_second_page_of_the_same_user_is_logged_in_at_once(served):
    served.page("kamrat", "sion")
    page = served.page("kamrat", "sion")
    assert not any("/logga-in/" in url for url in served.requests[page])


def test_a_second_build_returns_at_once_and_says_so(served):
    before = (served.home / "demo.json").read_bytes()
    again = demo(served.home)
    assert again.returncode == 0
    assert "stood already" in again.stderr
    assert "people" not in again.stderr
    assert (served.home / "demo.json").read_bytes() == before


def test_a_served_demo_is_not_built_anew(served):
    refused = demo(served.home, "--fresh", "--json")
    assert refused.returncode == 1
    assert "served" in refused.stderr
    assert (served.home / "data.sqlite3").exists()
