"""The places of the world stand as the design says."""

from egenmakt.organisations.models import Site


def test_six_units_became_three(world):
    assert Site.objects.count() == 15
    assert world.client("vard", "sion").get("/halsa").status_code == 200
