"""Organisations, registers, sites and everything dated about them; services and offerings."""

import uuid
from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egenmakt.access.guard import Actor
from egenmakt.access.rules import Place, Scope
from egenmakt.organisations import rules
from egenmakt.organisations.rules import Kind, Life, Regime

WEEKDAYS = [
    _("måndag"),
    _("tisdag"),
    _("onsdag"),
    _("torsdag"),
    _("fredag"),
    _("lördag"),
    _("söndag"),
]


class Organisation(models.Model):
    """A legal entity: idea-based, municipality, authority or other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("namn"), max_length=120)
    kind = models.CharField(
        _("slag"),
        max_length=20,
        choices=[
            (Kind.IDEA_BASED, _("idéburen organisation")),
            (Kind.MUNICIPALITY, _("kommun")),
            (Kind.AUTHORITY, _("myndighet")),
            (Kind.OTHER, _("annan")),
        ],
    )

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def places(self) -> frozenset[Place]:
        """Where grants on the organisation itself may stand."""
        return frozenset({(Scope.ORGANISATION, self.id)})


class Register(models.Model):
    """The people that one controller keeps together: the border of every look-up and key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(_("namn"), max_length=120)
    controller = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.PositiveBigIntegerField(default=0)  # moves when somebody in it changes
    terms = models.PositiveBigIntegerField(default=0)  # moves when an offering or limit changes

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def places(self) -> frozenset[Place]:
        """Where grants on this register may stand: itself, its controller, its sites."""
        sites = Site.objects.filter(register=self).values_list("id", flat=True)
        own = {(Scope.REGISTER, self.id), (Scope.ORGANISATION, self.controller_id)}
        return frozenset(own | {(Scope.SITE, site) for site in sites})


class Ruled(models.Model):
    """A table whose rows the rules judge in words; its constraints only stand behind them."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Rules decide."""


class SiteQuerySet(models.QuerySet["Site"]):
    """Sites in the trade's words."""

    def visible_to(self, actor: Actor) -> "SiteQuerySet":
        """The sites that the actor's grants reach at all."""
        reach = actor.reach()
        if reach.everywhere:
            return self
        return self.filter(
            Q(id__in=reach.of(Scope.SITE))
            | Q(register__in=reach.of(Scope.REGISTER))
            | Q(organisation__in=reach.of(Scope.ORGANISATION))
        )


class Site(Ruled):
    """A place with a door and opening hours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("namn"), max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    opened_on = models.DateField(_("öppnade"))
    closed_on = models.DateField(_("stängde för gott"), null=True, blank=True)
    about = models.TextField(_("om platsen"), blank=True)
    person_word = models.CharField(
        _("så kallar vi dem som kommer"),
        max_length=10,
        default="deltagare",
        choices=[
            ("deltagare", _("deltagare")),
            ("besökare", _("besökare")),
            ("gäst", _("gäst")),
            ("medlem", _("medlem")),
        ],
    )
    recent_list = models.BooleanField(_("visa Nyligen här i dörren"), default=True)
    split_counts = models.BooleanField(_("dela antal på kvinnor, män och barn"), default=False)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="organisations_site_opens_before_it_closes",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def gone_by(self, day: date) -> bool:
        """Whether it has closed for good by this day."""
        return self.closed_on is not None and self.closed_on <= day

    @property
    def places(self) -> frozenset[Place]:
        """Where grants on this site may stand."""
        return frozenset(
            {
                (Scope.SITE, self.id),
                (Scope.REGISTER, self.register_id),
                (Scope.ORGANISATION, self.organisation_id),
            }
        )


class OfSite(Ruled):
    """Something dated about one site."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    site = models.ForeignKey(Site, models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    @property
    def life(self) -> Life:
        """The first day it holds, and the first day it no longer does."""
        raise NotImplementedError

    def twin(self, **other: object) -> Self:
        """A copy with an id of its own that is not saved, like this one but for `other`."""
        own = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if not field.primary_key
        }
        return type(self)(**(own | other))


class Address(OfSite):
    """Where the door is, from a day on."""

    street = models.CharField(_("gatuadress"), max_length=120)
    postcode = models.CharField(_("postnummer"), max_length=6, blank=True)
    town = models.CharField(_("ort"), max_length=60)
    directions = models.CharField(_("så hittar man"), max_length=200, blank=True)
    valid_from = models.DateField(_("från och med"))

    class Meta:
        ordering = ["-valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "valid_from"], name="organisations_one_address_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.street}, {self.town}"

    @property
    def life(self) -> Life:
        return self.valid_from, None


class OpeningHours(OfSite):
    """One span on one weekday, for everyone or one audience, while it holds."""

    weekday = models.PositiveSmallIntegerField(
        _("veckodag"),
        choices=list(enumerate(WEEKDAYS)),
    )
    opens = models.TimeField(_("öppnar"))
    closes = models.TimeField(_("stänger"))
    audience = models.CharField(_("för"), max_length=60, blank=True)
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("gäller inte längre från"), null=True, blank=True)

    class Meta:
        ordering = ["weekday", "opens", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="organisations_opens_before_closing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"

    @property
    def life(self) -> Life:
        return self.valid_from, self.valid_to

    @property
    def span(self) -> rules.Span:
        """The row as the rules see it."""
        return rules.Span(self.weekday, self.opens, self.closes, self.audience, *self.life)


class SpecialDays(OfSite):
    """Days with other hours than usual, or closed, and why."""

    starts_on = models.DateField(_("från och med"))
    ends_before = models.DateField(_("till (den dagen är som vanligt igen)"))
    opens = models.TimeField(_("öppnar"), null=True, blank=True)
    closes = models.TimeField(_("stänger"), null=True, blank=True)
    reason = models.CharField(_("varför"), max_length=120)

    class Meta:
        ordering = ["-starts_on", "id"]
        verbose_name_plural = "special days"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="organisations_special_days_end_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def life(self) -> Life:
        return self.starts_on, self.ends_before

    @property
    def days(self) -> rules.SpecialDays:
        """The row as the rules see it."""
        return rules.SpecialDays(
            self.starts_on, self.ends_before, self.opens, self.closes, self.reason
        )


class Annotation(OfSite):
    """Something that happened, and follows every series over that day."""

    on = models.DateField(_("dag"))
    text = models.CharField(_("vad hände"), max_length=120)

    class Meta:
        ordering = ["-on", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def life(self) -> Life:
        return self.on, self.on + timedelta(days=1)


class Succession(models.Model):
    """On this day one site took over after another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    predecessor = models.ForeignKey(Site, models.CASCADE, related_name="+")
    successor = models.ForeignKey(Site, models.CASCADE, related_name="+")
    on = models.DateField(_("dag"))

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="organisations_succeeds_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="organisations_nobody_succeeds_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Service(models.Model):
    """What can be given, by one organisation: breakfast, a shower, a food bag, a talk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    slug = models.SlugField()
    name = models.CharField(_("namn"), max_length=60)
    kind = models.CharField(
        _("slag"),
        max_length=20,
        choices=[
            ("door", _("öppna dörren")),
            ("meal", _("mat och dryck")),
            ("food_bag", _("matkasse")),
            ("hygiene", _("dusch och hygien")),
            ("laundry", _("tvätt")),
            ("clothes", _("kläder och skor")),
            ("talk", _("samtal")),
            ("advice", _("råd och hjälp med myndigheter")),
            ("other", _("annat")),
        ],
    )
    icon = models.SlugField(_("bild"), default="plus")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "slug"], name="organisations_one_service_a_slug"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Offering(OfSite):
    """A service at a site, dated, with price, hours and legal regime.

    The service of kind `door` is the open place itself: its regime is the visit's.
    """

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("gäller inte längre från"), null=True, blank=True)
    price = models.PositiveSmallIntegerField(_("pris, kronor"), default=0)
    weekdays = models.CharField(_("veckodagar"), max_length=7, default="0123456")
    starts = models.TimeField(_("från klockan"), null=True, blank=True)
    ends = models.TimeField(_("till klockan"), null=True, blank=True)
    regime = models.CharField(
        _("rättslig grund"),
        max_length=20,
        choices=[
            (Regime.CIVIL, _("civilrättslig: föreningens eget åtagande")),
            (Regime.SOL_OPEN_EXEMPT, _("öppen insats, nämnden har undantagit identitet")),
            (Regime.SOL_OPEN_DOCUMENTED, _("öppen insats som dokumenteras")),
            (Regime.SOL_ASSESSED, _("behovsprövad insats")),
        ],
    )
    decision = models.CharField(_("beslut, med datum och nummer"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("plats i raden"), default=0)

    class Meta:
        ordering = ["position", "service__name", "id"]

    def __str__(self) -> str:
        return f"{self.service_id} {self.valid_from}"

    @property
    def life(self) -> Life:
        return self.valid_from, self.valid_to

    @property
    def spans(self) -> list[rules.Span]:
        """When it is given, as the rules see it; two of one service may not overlap."""
        opens, closes = self.starts or time.min, self.ends or time.max
        return [
            rules.Span(int(day), opens, closes, str(self.service_id), *self.life)
            for day in self.weekdays
        ]
