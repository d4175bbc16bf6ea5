"""The promise of confidentiality, the choice of language, and the door to everybody's own home."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from egenmakt.access import actions, undertaking
from egenmakt.access.guard import page
from egenmakt.access.models import User
from egenmakt.ui.middleware import LANGUAGE_KEY
from egenmakt.ui.pages import SeeOther, redirect, render


def local(request: HttpRequest, address: str) -> str:
    """`address` when it leads somewhere in this house, else the start page."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if safe else "/"


@page(public=True)
def promise(request: HttpRequest) -> HttpResponse:
    """The confidentiality undertaking, read and accepted before the first page."""
    user = request.user
    if not isinstance(user, User):
        return redirect(request, "account_login")
    if request.method == "POST":
        actions.promise(user, now=timezone.now())
        return SeeOther("/")
    known = {"text": undertaking.TEXT, "since": undertaking.SINCE}
    return render(request, "access/undertaking.html", known)


@page(public=True)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language for this session and go back to where the wish came from."""
    request.session[LANGUAGE_KEY] = request.POST.get("language", "")
    return SeeOther(local(request, request.POST.get("next", "/")))
