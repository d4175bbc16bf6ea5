"""The API as a whole: its version, who may ask, how it refuses, and each room's part."""

from django.http import HttpRequest, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError

from egenmakt.access.api import DeviceToken, Session
from egenmakt.desk.api import router as desk

api = NinjaAPI(
    title="Egenmakt",
    version="1",
    auth=[DeviceToken(), Session()],
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", desk)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, problem: HttpError) -> JsonResponse:
    """Every refusal is one object with one key, in words."""
    nobody = isinstance(problem, AuthenticationError)
    text = "no token or session" if nobody else problem.message
    return JsonResponse({"error": text}, status=problem.status_code)
