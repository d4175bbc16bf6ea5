"""Users, what they have been granted, what they have promised, and enrolled devices."""

import uuid
from functools import cached_property
from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.access.rules import Place, Reach, Right, Role, Scope, reach_of


class Users(BaseUserManager["User"]):
    """Makes users; the e-mail address is the log-in."""

    def create_user(self, email: str, *, name: str, password: str | None = None) -> "User":
        """A user with this address; without a password they cannot log in."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, whatever its capitals."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who works or volunteers here. What they may do lies in their grants."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(_("e-post"), unique=True)
    name = models.CharField(_("namn"), max_length=120)
    is_active = models.BooleanField(default=True)
    undertaking_version = models.PositiveSmallIntegerField(default=0)
    undertaking_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects: ClassVar[Users] = Users()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> UUID:
        return self.id

    @property
    def actor_kind(self) -> str:
        return "user"

    @cached_property
    def grants(self) -> "list[Grant]":
        """What the user holds now, read once a request."""
        return list(Grant.objects.filter(user=self))

    def reach(self, right: Right | None = None) -> Reach:
        """How far the user reaches with `right`, or at all."""
        return reach_of(self.grants, right)

    def may(self, right: Right, places: frozenset[Place]) -> bool:
        """Whether the user may do this to something that stands in these places."""
        return self.reach(right).covers(places)


class Grant(models.Model):
    """A role held at one place, which is named by kind and id: access knows no other room."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=[(role, role) for role in Role])
    kind = models.CharField(max_length=20, choices=[(scope, scope) for scope in Scope])
    place = models.UUIDField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "kind", "place"], name="access_one_grant_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.kind} {self.place}"


class Device(models.Model):
    """An enrolled tablet or other machine at a site. It deposits and can read nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    site = models.UUIDField()
    name = models.CharField(max_length=60)
    token_digest = models.BinaryField(max_length=32, unique=True)
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["enrolled_at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> UUID:
        return self.id

    @property
    def actor_kind(self) -> str:
        return "device"

    def reach(self, right: Right | None = None) -> Reach:
        """The device's own site, to deposit there and nothing else."""
        allowed = right in (None, Right.DEPOSIT)
        places = frozenset({(Scope.SITE, self.site)}) if allowed else frozenset()
        return Reach(everywhere=False, places=places)

    def may(self, right: Right, places: frozenset[Place]) -> bool:
        """Whether the device may do this to something that stands in these places."""
        return self.reach(right).covers(places)
