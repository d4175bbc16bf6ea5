"""How log-in behaves here: nobody signs up, our words are said, and second factors lie sealed."""

import logging
from base64 import b64decode, b64encode
from io import BytesIO
from smtplib import SMTPException
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from egenmakt.ui.pages import redirect
from egenmakt.vault import masterkey, sealing

TOO_MANY = _("Det blev många försök. Vänta fem minuter och försök igen.")
WRONG_CODE = _("Koden stämmer inte. Skriv den som appen visar just nu.")
SAID = {
    "account/messages/password_changed.txt": _("Lösenordet är bytt."),
    "mfa/messages/totp_activated.txt": _("Koden från appen behövs när du loggar in."),
    "mfa/messages/totp_deactivated.txt": _("Koden från appen behövs inte längre."),
    "mfa/messages/recovery_codes_generated.txt": _("Du har nya reservkoder."),
}
SECRETS = "second factor"


logger = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    """A manager makes the users; the sign-up page does not exist."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "E-posten och lösenordet hör inte ihop. Skriv om dem, eller välj ett nytt lösenord."
        ),
        "enter_current_password": _("Skriv lösenordet du har nu."),
        "incorrect_password": _("Lösenordet stämmer inte. Skriv det en gång till."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail. A mail server that does not answer is told in the log and not to whoever
        asks: the answer is the same for an address that is known here and one that is not."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.error("The mail server does not take the mail (EGENMAKT_MAIL_HOST).")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_args: Any,
        **_rest: Any,
    ) -> None:
        """Say the few things worth saying; that somebody logged in is not one of them."""
        if message_template in SAID:
            messages.add_message(request, level, SAID[message_template])

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Back to log-in, told why: the password was right but the account is closed."""
        messages.error(request, _("Kontot är stängt. Prata med din chef om du behöver det."))
        return redirect(request, "account_login")


class SecondFactor(DefaultMFAAdapter):
    """The secrets of the apps are sealed under the master key, so that a copied database holds
    no second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Koppla appen först. Sedan får du reservkoder."),
    }

    def encrypt(self, text: str) -> str:
        """The secret, sealed."""
        return b64encode(sealing.seal(key(), text.encode(), place=SECRETS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret, opened. Raises Unreadable under another master key."""
        return sealing.unseal(key(), b64decode(encrypted_text), place=SECRETS).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code on a white ground, so that it can be read in the dark theme too."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, light="#fff")
        return drawn.getvalue().decode()


def key() -> bytes:
    """The key that seals second factors and nothing else."""
    return sealing.derived(masterkey.read(), SECRETS)
