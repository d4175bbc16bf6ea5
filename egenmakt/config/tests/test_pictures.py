"""The pages that the README shows: for everybody to read, in order, and asking nobody else."""

import pytest


def look(served, page, name):
    served.axe(page)
    served.clean(page)
    served.shot(page, name, whole=False)


@pytest.mark.parametrize(("name", "width"), [("idag", 1180), ("idag-telefon", 390)])
def test_a_picture_of_the_desk_shows_somebody_who_has_been_given_something(served, name, width):
    page = served.page("vard", "sion", width=width)
    page.goto("/idag/sion/")
    page.fill("#sok", "a")
    page.click("[data-hits] [data-open] >> nth=0")
    page.click("[data-tile]:not(.tile-wait) >> nth=0")
    page.wait_for_selector("[data-receipt]:not(:has([data-waits]))")
    look(served, page, name)
    page.click("[data-undo] >> nth=0")
    page.wait_for_selector("[data-receipt]", state="detached")


def test_a_picture_of_the_follow_up_shows_figures_and_how_they_are_known(served):
    page = served.page("verksamhetschef", "kontaktcentrum")
    page.goto("/uppfoljning/kontaktcentrum/")
    page.click("a.chip >> nth=-1")
    page.wait_for_selector(".how")
    look(served, page, "uppfoljning")
