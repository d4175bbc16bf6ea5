"""Log-in by e-mail and password; the user comes with their grants in one look-up."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from egenmakt.access import queries
from egenmakt.access.models import User


class Backend(AuthenticationBackend):
    """allauth's log-in; every later request fetches the user and what they hold together."""

    def get_user(self, user_id: Any) -> User | None:
        """The active user of a session, grants already read."""
        return queries.user(user_id)
