"""What the desk says about a registration's answer, in the reader's language."""

from datetime import date

from django.utils.translation import gettext as _

from egenmakt.desk.rules import Answer, Code, Status
from egenmakt.ui import words


def text_of(answer: Answer, *, today: date) -> str:
    """What happened, what it means, what you can do; nothing for what simply was stored."""
    if answer.code is Code.LIMIT:
        return limit(answer, today=today)
    if answer.code is Code.ALIAS:
        free = ", ".join(answer.proposals)
        return _("Aliaset finns redan. Välj ett annat, till exempel %(free)s.") % {"free": free}
    if answer.code is Code.DEPTH and answer.status is Status.STORED:
        return _("Här räknas personen som antal. Inget namn är sparat.")
    said = {
        Code.DEPTH: _("Här får vi inte veta vem det är. Räkna personen utan namn."),
        Code.WHO: _("Det här har en gräns per person. Sök fram personen först."),
        Code.UNKNOWN: _("Vi hittar inte det du menar här. Sök igen."),
        Code.CLOCK: _("Klockan på enheten går fel. Ställ den och försök igen."),
        Code.LATE: _("Det gick bara att ångra samma dag. Be chefen rätta det."),
        Code.CHANGED: _("Det här är redan registrerat med annat innehåll."),
        Code.MALFORMED: _("Registreringen gick inte att läsa. Ladda om sidan och försök igen."),
    }
    return said.get(answer.code, "") if answer.code else ""


def limit(answer: Answer, *, today: date) -> str:
    """When it may be given next."""
    if answer.next_on is None:
        return _("Så många på en gång tillåter inte regeln.")
    return _("Tidigast %(day)s.") % {"day": words.dated(answer.next_on, today=today)}
