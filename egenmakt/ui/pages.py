"""What every view answers with: a page, or the way to the next one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render as fill
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Room:
    """A room in the lintel: declared in a package's urls, shown to whoever holds the right.

    `label` is what the screen says, `url_name` where the room is, `right` the name of the right
    that opens it. The navigation itself is put together in `config`.
    """

    label: "str | _StrPromise"
    url_name: str
    right: str


class SeeOther(HttpResponseRedirect):
    """303: what was sent is done, go and look there with a GET; a reload sends nothing twice."""

    status_code = 303


def render(
    request: "HttpRequest",
    template: str,
    context: "Mapping[str, object] | None" = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page `template`, filled with `context`."""
    return fill(request, template, context, status=status)


def redirect(_request: "HttpRequest", url_name: str, **kwargs: object) -> HttpResponse:
    """The way to the page named `url_name` after a write, as 303 See Other."""
    return SeeOther(reverse(url_name, kwargs=kwargs))
