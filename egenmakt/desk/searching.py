"""Whom a search at the desk may mean, and what is said of each so that they can be told apart."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from egenmakt.desk.batch import terms
from egenmakt.desk.queries import Person
from egenmakt.methods.matching import NameIndex, normalise
from egenmakt.organisations.models import Site
from egenmakt.organisations.rules import allows
from egenmakt.participants import queries as people
from egenmakt.participants.queries import Known
from egenmakt.participants.rules import is_alias, tidy
from egenmakt.ui import words
from egenmakt.visits import queries as visits

BIRTH_DATE = 8  # digits
CODE = re.compile(r"\w{5}[ -]?\w{5}")  # what looks like a card's


@dataclass(frozen=True)
class Hit:
    """Somebody found, and a line that tells them from others with a like alias."""

    person: Person
    small: str


@dataclass(frozen=True)
class Hits:
    """What a search found, and whether the words may become a new participant's alias."""

    people: list[Hit]
    more: int
    alias: str
    number: bool  # the words look like a personal or a telephone number


def hits(site: Site, query: str, *, today: date) -> Hits:
    """Whom the words may mean, and the alias they may become when nobody has it yet.

    Named people are found by name too, and shown by alias. What may be a card's code or a
    personal number becomes nobody's alias.
    """
    found = people.find(site.register, query)
    alias = tidy(query)
    taken = any(normalise(one.alias) == normalise(alias) for one in found.people)
    digits = sum(char.isdigit() for char in alias)
    a_code = bool(CODE.fullmatch(alias)) and (digits > 1 or alias.isupper())
    number = digits >= BIRTH_DATE and (not a_code or alias.isdecimal())
    free = is_alias(alias) and not (taken or a_code or digits >= BIRTH_DATE)
    last = visits.last_here(site, [one.id for one in found.people], today=today)
    regime = terms(site.id, site.register_id, site.register.terms).door(today)

    def small(one: Known) -> str:
        by_name = one.name and not called(one.alias, query)
        said = [_("hittad på namnet")] if by_name else []
        if allows(regime, one.tier.depth):
            said.insert(0, when(last.get(one.id), today=today))
        return " · ".join(said)

    shown = [Hit(Person(one.id, one.alias), small(one)) for one in found.people]
    return Hits(shown, found.total - len(shown), alias if free else "", number)


def when(last: date | None, *, today: date) -> str:
    """*Här i fredags*, or that they have not been here."""
    if last is None:
        return _("Inte här förut")
    return _("Här %(day)s") % {"day": words.latest(last, today=today)}


def called(alias: str, query: str) -> bool:
    """Whether the alias alone is found by these words."""
    index: NameIndex[str] = NameIndex()
    index.put(alias, names=[alias])
    return index.find(query).total > 0
