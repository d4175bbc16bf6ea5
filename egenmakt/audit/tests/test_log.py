"""The log: a row for each act, in the transaction of what it tells of, and never changed."""

import uuid

import pytest
from django.db import transaction

from egenmakt.access.guard import Command
from egenmakt.audit import actions, queries
from egenmakt.audit.actions import Act
from egenmakt.audit.models import Entry

pytestmark = pytest.mark.django_db(databases="__all__")
SUBJECT = uuid.uuid4()


class Stopped(Exception):
    """Something that goes wrong after the log has been written."""


def test_a_row_says_who_did_what_to_whom_where_and_when(world):
    user = world.user("chef", "sion")
    site = world.site("sion")
    act = Act("room.verb", subject=SUBJECT, register=site.register_id, site=site.id)
    actions.log(user, act, at=world.now)
    row = queries.about(SUBJECT).get()
    assert (row.actor_kind, row.actor, row.action) == ("user", user.id, "room.verb")
    assert (row.register, row.site, row.count, row.at) == (
        site.register_id, site.id, 1, world.now,
    )  # fmt: skip


def test_what_is_undone_leaves_no_row(world):
    @transaction.atomic
    def write_and_stop():
        actions.log(Command("test"), Act("room.verb", subject=SUBJECT), at=world.now)
        raise Stopped

    with pytest.raises(Stopped):
        write_and_stop()
    assert not queries.about(SUBJECT).exists()


def test_many_acts_are_one_statement(world, django_assert_num_queries):
    acts = [Act("room.verb", subject=SUBJECT) for _ in range(50)]
    with django_assert_num_queries(1):
        actions.log_all(Command("test"), acts, at=world.now)
    assert queries.about(SUBJECT).count() == 50


def test_the_newest_stands_first(world):
    for verb in ("first", "second"):
        actions.log(Command("test"), Act(f"room.{verb}", subject=SUBJECT), at=world.now)
    assert [row.action for row in queries.about(SUBJECT)] == ["room.second", "room.first"]
    assert queries.newest()[0].action == "room.second"


def test_a_row_outlives_everything_it_speaks_of():
    assert [field.name for field in Entry._meta.get_fields() if field.is_relation] == []
