"""How many different people there were is a range, until somebody asks them."""

import pytest

from egenmakt.methods.different import Range, hard_range


def test_visits_without_a_code_may_be_the_same_people_or_as_many_others() -> None:
    assert hard_range(232, anonymous_visits=1000) == Range(low=232, high=1232)


def test_with_every_visit_coded_the_range_is_a_number() -> None:
    assert hard_range(40, anonymous_visits=0) == Range(low=40, high=40)


def test_fewer_than_none_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="fewer than none"):
        hard_range(3, anonymous_visits=-1)
