"""Log-in, passwords and second factors in the house's look and words, on top of allauth's forms."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

from egenmakt.ui.forms import Plain

LABELS = {
    "login": _("E-post"),
    "email": _("E-post"),
    "password": _("Lösenord"),
    "oldpassword": _("Lösenordet du har nu"),
    "password1": _("Nytt lösenord"),
    "password2": _("Nytt lösenord en gång till"),
    "code": _("Kod"),
}
HINTS = {"password1": _("Minst 12 tecken. Gärna en mening som bara du kommer på.")}


class Worded(Plain):
    """Our labels and hints in place of allauth's, and no text inside the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = LABELS[name], HINTS.get(name, "")
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"


class LogIn(Worded, account.LoginForm):
    """E-mail and password."""


class AskForPassword(Worded, account.ResetPasswordForm):
    """The address to which the way to a new password is sent."""


class NewPassword(Worded, account.ResetPasswordKeyForm):
    """A new password, by the way that was sent."""


class ChangePassword(Worded, account.ChangePasswordForm):
    """A new password instead of the present one."""


class PasswordAgain(Worded, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class SecondStep(Worded, mfa.AuthenticateForm):
    """The code of the app, or a spare code, at log-in."""


class SecondStepAgain(Worded, mfa.ReauthenticateForm):
    """The code once more, before something that matters."""


class TurnOn(Worded, totp.ActivateTOTPForm):
    """The first code that the app shows."""


class TurnOff(Worded, totp.DeactivateTOTPForm):
    """Nothing to fill in: the app stops being asked for."""


class NewCodes(Worded, codes.GenerateRecoveryCodesForm):
    """Nothing to fill in: new spare codes take the place of the old."""
