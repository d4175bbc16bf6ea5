"""The guard on every page: log-in, promise, second factor, the right, and the thing itself."""

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from egenmakt.access.models import User
from egenmakt.access.rules import Place, Reach, Right, may_open_people
from egenmakt.access.undertaking import VERSION


class Actor(Protocol):
    """Whoever asks: a user, a device, the worker or a command."""

    @property
    def actor_id(self) -> UUID | None: ...

    @property
    def actor_kind(self) -> str: ...

    def reach(self, right: Right | None = None) -> Reach: ...

    def may(self, right: Right, places: frozenset[Place]) -> bool: ...


@dataclass(frozen=True)
class Command:
    """Whoever runs the product's command on the machine itself: reaches everything."""

    name: str

    @property
    def actor_id(self) -> None:
        return None

    @property
    def actor_kind(self) -> str:
        return "command"

    def reach(self, right: Right | None = None) -> Reach:
        """Everywhere."""
        return Reach(everywhere=True, places=frozenset())

    def may(self, right: Right, places: frozenset[Place]) -> bool:
        """Everything."""
        return True


class Placed(Protocol):
    """A thing that stands somewhere, so that grants can reach it."""

    @property
    def places(self) -> frozenset[Place]: ...


class Request(HttpRequest):
    """A request whose user has been let in by the guard."""

    user: User


Resolver = Callable[..., Placed | None]
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Guarded:
    """What the guard asks for on one page; read by the address × role table."""

    right: Right | None
    scope: Resolver | None
    public: bool


GUARDED: dict[str, Guarded] = {}


def page(
    right: Right | None = None, *, scope: Resolver | None = None, public: bool = False
) -> Callable[[View], View]:
    """Let a view answer only those who may.

    `public` answers anybody. Otherwise the user is logged in, has promised confidentiality and,
    where a role can open a person, uses a second factor; then holds `right` for what `scope`
    fetches (handed to the view first), or anywhere when there is no scope, or any log-in when
    there is no right either. Not visible is 404, visible but not allowed 403.
    """

    def guarded(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if public:
                return view(request, **kwargs)
            if step := first_step(request):
                return step
            actor = cast("Request", request).user
            if scope is None:
                if right and not (actor.reach(right).places or actor.reach(right).everywhere):
                    raise PermissionDenied
                return view(request, **kwargs)
            thing, rest = fetched(actor, scope, kwargs)
            if right and not actor.may(right, thing.places):
                raise PermissionDenied
            return view(request, thing, **rest)

        GUARDED[f"{view.__module__}.{view.__qualname__}"] = Guarded(right, scope, public)
        return answer

    return guarded


def fetched(
    actor: Actor, scope: Resolver, kwargs: Mapping[str, Any]
) -> tuple[Placed, dict[str, Any]]:
    """What `scope` finds for this actor, and the arguments it left for the view. Else 404."""
    wanted = inspect.signature(scope).parameters
    thing = scope(actor, **{name: value for name, value in kwargs.items() if name in wanted})
    if thing is None:
        raise Http404
    return thing, {name: value for name, value in kwargs.items() if name not in wanted}


def first_step(request: HttpRequest) -> HttpResponse | None:
    """Where somebody must go before any page: to log in, to promise, to set a second factor."""
    user = request.user
    if not isinstance(user, User):
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{settings.LOGIN_URL}?{query}")
    if user.undertaking_version != VERSION:
        return redirect("access:undertaking")
    if needs_second_factor(user):
        return redirect("mfa_activate_totp")
    return None


def needs_second_factor(user: User) -> bool:
    """Whether the user can open a person and has no second factor yet (never in the demo)."""
    if settings.DEMO or not may_open_people(grant.role for grant in user.grants):
        return False
    return not is_mfa_enabled(user)
