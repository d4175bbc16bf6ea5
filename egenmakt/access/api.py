"""Who is asking the API: an enrolled device by its token, or a person by their session."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from ninja.errors import HttpError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from egenmakt.access import queries
from egenmakt.access.guard import Actor, first_step
from egenmakt.access.models import User

FORGED_A_MINUTE = 20
MINUTE = 60


class ApiRequest(HttpRequest):
    """A request to the API whose actor has been let in."""

    auth: Actor


class DeviceToken(HttpBearer):
    """`Authorization: Bearer TOKEN` of an enrolled device."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The device, or nobody for an unknown or revoked token. Raises HttpError(429) when one
        client has guessed too often; a device beside it that is enrolled never waits for that."""
        device = queries.device_with(token)
        if device is None and forged(request) > FORGED_A_MINUTE:
            raise HttpError(429, "too many unknown tokens, wait a minute")
        return device


class Session(APIKeyCookie):
    """A logged-in person who has promised confidentiality, with `X-CSRFToken`."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        """The CSRF token is asked for below: nobody at all is 401, not 403."""
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The user, or nobody before log-in, promise and second factor. Raises HttpError(403)."""
        user = request.user
        if not isinstance(user, User) or first_step(request):
            return None
        if check_csrf(request):
            raise HttpError(403, "X-CSRFToken is missing or wrong")
        return user


def forged(request: HttpRequest) -> int:
    """How many unknown tokens this client has shown in the last minute, this one included.

    Who the client is lies in memory alone, as a keyed hash, and only for that minute.
    """
    client = salted_hmac("egenmakt.forged", request.META.get("REMOTE_ADDR", "")).hexdigest()
    cache.add(client, 0, MINUTE)
    try:
        return cache.incr(client)
    except ValueError:  # the minute ran out between the two lines
        return 1
