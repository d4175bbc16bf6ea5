"""Every address of the house; the Swedish ones are held by `docs/contracts.md`."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from egenmakt.config import views
from egenmakt.config.api import api

handler400 = "egenmakt.config.views.unreadable"
handler500 = "egenmakt.config.views.stopped"

urlpatterns = [
    path("", views.home, name="home"),
    path("api/v1/", api.urls),
    path("halsa", views.health, name="health"),
    path("logga-in/", account.login, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("losenord/glomt/", account.password_reset, name="account_reset_password"),
    path("losenord/skickat/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",  # the key has hyphens too
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/klart/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("losenord/byt/", account.password_change, name="account_change_password"),
    path("igen/", account.reauthenticate, name="account_reauthenticate"),
    path("tvasteg/", mfa.index, name="mfa_index"),
    path("tvasteg/kod/", mfa.authenticate, name="mfa_authenticate"),
    path("tvasteg/igen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("tvasteg/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("tvasteg/app/bort/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tvasteg/reservkoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "tvasteg/reservkoder/nya/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tvasteg/reservkoder/hamta/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("", include("egenmakt.access.urls")),
    path("", include("egenmakt.organisations.urls")),
    path("", include("egenmakt.participants.urls")),
    path("", include("egenmakt.provisions.urls")),
    path("", include("egenmakt.exchange.urls")),
    path("", include("egenmakt.partnerships.urls")),
    path("", include("egenmakt.desk.urls")),
]
