"""What is asked of every request before anything of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def bounded(get_response: Answer) -> Answer:
    """Turn away a body larger than any page takes, before a byte of it is stored (413).

    Without this a form is read whole, into a file where it is large, before anybody has asked
    whether the sender may send it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        endless = request.META.get("HTTP_TRANSFER_ENCODING")
        if endless or not size.isdigit() or int(size) > settings.LARGEST_BODY:
            return HttpResponse("413", status=413, content_type="text/plain")
        return get_response(request)

    return answer
