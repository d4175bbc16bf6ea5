"""The served world can be logged in to with a real browser."""


def test_somebody_logs_in_and_their_page_asks_nobody_else(served):
    page = served.page("vard", "kontaktcentrum")
    assert "/logga-in/" not in page.url
    served.clean(page)
    served.shot(page, "start")


def test_the_second_page_of_the_same_user_is_logged_in_at_once(served):
    served.page("kamrat", "sion")
    page = served.page("kamrat", "sion")
    assert not any("/logga-in/" in url for url in served.requests[page])
