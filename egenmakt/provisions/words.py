"""Limits as people say them."""

from datetime import date

from django.utils.translation import gettext as _

from egenmakt.provisions.models import Limit
from egenmakt.provisions.queries import rule_of
from egenmakt.provisions.rules import Rule, Unit
from egenmakt.ui import words


def in_words(rule: Rule) -> str:
    """The rule in words: *var femte vecka*, *högst 2 på 7 dagar*."""
    weeks = rule.unit is Unit.WEEKS
    parts = {"count": rule.count, "every": rule.every}
    if rule.count == 1 and weeks:
        said = {
            1: _("en gång i veckan"),
            2: _("varannan vecka"),
            3: _("var tredje vecka"),
            4: _("var fjärde vecka"),
            5: _("var femte vecka"),
            6: _("var sjätte vecka"),
        }
        return said.get(rule.every) or _("en gång på %(every)d veckor") % parts
    if rule.every == 1:
        said_each = _("högst %(count)d i veckan") if weeks else _("högst %(count)d om dagen")
        return said_each % parts
    several = (
        _("högst %(count)d på %(every)d veckor")
        if weeks
        else _("högst %(count)d på %(every)d dagar")
    )
    return several % parts


def said(limit: Limit, *, today: date) -> str:
    """A limit's second line: how often, for whom, and between which days."""
    whom = _("för hela hushållet") if limit.per == "household" else _("för varje person")
    since = _("från %(day)s") % {"day": words.dated(limit.valid_from, today=today)}
    parts = [f"{in_words(rule_of(limit))} {whom}", since]
    if limit.valid_to:
        parts.append(_("till %(day)s") % {"day": words.dated(limit.valid_to, today=today)})
    return ", ".join(parts)
