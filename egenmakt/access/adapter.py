"""How log-in behaves here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """A manager makes the users; the sign-up page is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
