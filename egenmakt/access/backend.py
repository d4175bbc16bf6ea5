"""Log-in by e-mail and password; the user comes with their grants in one look-up."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from egenmakt.access.models import Grant, User


class Backend(AuthenticationBackend):
    """allauth's log-in; every later request fetches the user and what they hold together."""

    def get_user(self, user_id: Any) -> User | None:
        """The active user of a session, grants already read."""
        grants = list(Grant.objects.filter(user=user_id).select_related("user"))
        user = grants[0].user if grants else User.objects.filter(id=user_id).first()
        if user is None or not user.is_active:
            return None
        user.grants = grants
        return user
