"""The confidentiality undertaking that everybody accepts, and accepts again when it changes."""

from datetime import date

from django.utils.translation import gettext_lazy as _

VERSION = 1
SINCE = date(2026, 11, 1)

TEXT = (
    _("Det du får veta om människor här stannar här. Det gäller även efter att du har slutat."),
    _("Du öppnar bara uppgifter om en person när du behöver dem för att hjälpa den personen."),
    _("Allt du öppnar syns i läsloggen, och personen kan få veta vem som har läst."),
    _(
        "Du lämnar aldrig ut uppgifter till någon annan, inte heller till en myndighet. "
        "Sådana frågor tar chefen emot."
    ),
    _("Du lånar aldrig ut ditt lösenord, och du låser skärmen när du går ifrån den."),
)
