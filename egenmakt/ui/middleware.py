"""The language a person has chosen, and pages that leave nothing behind after log-out."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Answer = Callable[[HttpRequest], HttpResponse]

LANGUAGE_KEY = "language"


def language(get_response: "Answer") -> "Answer":
    """Answer in the session's language (its key `language`), else in Swedish; no cookie of its own.

    The browser's own wish is not asked: on a shared tablet it belongs to nobody.
    """

    def answer(request: "HttpRequest") -> "HttpResponse":
        chosen = request.session.get(LANGUAGE_KEY)
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return answer


def no_store(get_response: "Answer") -> "Answer":
    """Keep what a logged-in person was shown out of every cache: *back* after log-out is empty."""

    def answer(request: "HttpRequest") -> "HttpResponse":
        before = SESSION_KEY in request.session
        response = get_response(request)
        if before or SESSION_KEY in request.session:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer
