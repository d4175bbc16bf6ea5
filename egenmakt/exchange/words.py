"""What the room says of files and rows that it cannot take in, and of what it has taken."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egenmakt.exchange.bounds import Trouble, Unreadable
from egenmakt.exchange.rules import Reason
from egenmakt.figures.intake import HELD

TROUBLES: Final = {
    Trouble.NOT_A_TABLE: _("Det här är ingen tabell. Spara den som XLSX eller CSV och välj den."),
    Trouble.OTHER_KIND: _(
        "Den här sortens fil går inte att läsa här. Öppna den, spara den som XLSX eller CSV "
        "och välj den nya filen."
    ),
    Trouble.LOCKED: _("Filen är låst med lösenord. Spara den utan lösenord och välj den igen."),
    Trouble.BROKEN: _(
        "Filen är skadad eller för stor för att läsas. Öppna den, ta bort det som inte behövs, "
        "spara den på nytt som XLSX och välj den igen."
    ),
    Trouble.EMPTY: _("Filen är tom. Välj en fil med rubriker och rader."),
    Trouble.BIG: _("Filen är för stor. Dela den i flera och ta in dem en i taget."),
    Trouble.ROWS: _("Filen har fler än 200 000 rader. Dela den och ta in delarna en i taget."),
    Trouble.COLUMNS: _(
        "Filen har fler än 1 000 kolumner. Ta bort de kolumner som inte behövs och spara den."
    ),
    Trouble.LONG: _(
        "En cell är längre än 32 767 tecken. Ofta saknas ett citattecken på raden före."
    ),
    Trouble.ONE_COLUMN: _(
        "Det behövs minst två kolumner: en med datum och en med antal. "
        "I en CSV skiljs de åt med semikolon, komma eller tabb."
    ),
    Trouble.NO_HEAD: _(
        "Första raden ser ut som en vanlig rad. Sätt rubriker överst, till exempel datum och antal."
    ),
    Trouble.NO_ROWS: _("Under rubrikerna finns inga rader. Välj en fil med värden."),
    Trouble.SEVERAL: _("Arbetsboken har flera blad. Välj ett av dem."),
    Trouble.NO_SHEET: _("Det bladet finns inte eller är tomt. Välj ett av dem som finns."),
}
REASONS: Final = {
    Reason.WIDE: _("Raden har fler celler än rubriker. Står det ett komma i ett tal utan citat?"),
    Reason.NO_DATE: _("Datumet saknas."),
    Reason.DATE: _("Datumet går inte att läsa. Skriv det som 2024-01-31."),
    Reason.FUTURE: _("Dagen har inte varit än."),
    Reason.BEFORE: _("Dagen är före mötesplatsens första dag."),
    Reason.AFTER: _("Dagen är efter mötesplatsens sista dag."),
    Reason.NO_VALUE: _("Antalet saknas. Om rapporten saknas, säg att tomt betyder det."),
    Reason.VALUE: _("Antalet är inget tal. Om det betyder att rapporten saknas, säg det."),
    Reason.NEGATIVE: _("Antalet är mindre än noll."),
    Reason.FRACTION: _("Antalet är inget helt tal. Skriv det utan decimaler, som 366 eller 9 012."),
    Reason.LARGE: _("Antalet är större än en miljon."),
    Reason.TWICE: _(
        "Samma dag står tidigare i filen med ett annat antal. Ska bara vissa rader läsas, välj dem."
    ),
    HELD: _("Dagen är redan intagen med ett annat antal. Ångra den importen först."),
}


def trouble(unreadable: Unreadable) -> str:
    """What is wrong with a file, what to do, and the sheets there are where it helps."""
    said = str(TROUBLES[unreadable.trouble])
    if unreadable.names:
        said += " " + gettext("De heter: %(names)s.") % {"names": ", ".join(unreadable.names)}
    return said


def reason(code: str) -> str:
    """Why a row cannot be taken in."""
    return str(REASONS.get(code, code))
