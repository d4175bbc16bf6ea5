"""The house's addresses and one bare view beside them: a log-in and an insert, to measure by."""

import uuid

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone

from egenmakt.config.urls import urlpatterns as house
from egenmakt.organisations.models import Site
from egenmakt.visits.models import Visit

SITES: list[Site] = []


def bare(request: HttpRequest) -> JsonResponse:
    """One head count by whoever is logged in, in a transaction of its own; nothing is checked."""
    now, user = timezone.now(), request.user
    with transaction.atomic():
        Visit.objects.create(
            id=uuid.uuid4(), site=SITES[0], at=now, service_day=now.date(), by=user.pk
        )
    return JsonResponse({"ok": True})


urlpatterns = [path("bare/", bare), *house]
