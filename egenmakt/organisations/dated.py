"""Forms for what is dated about a site: address, hours, special days, happenings, offerings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from egenmakt.organisations import queries
from egenmakt.organisations.forms import after, day
from egenmakt.organisations.models import (
    WEEKDAYS,
    Address,
    Annotation,
    Offering,
    OfSite,
    OpeningHours,
    SpecialDays,
)
from egenmakt.ui import forms as ui

THE_OLD: Final = _("Det gamla gäller till dagen före och finns kvar i historiken.")
A_DAY: Final = {"required": _("Välj minst en dag.")}
A_WEEK: Final = [(str(number), word) for number, word in enumerate(WEEKDAYS)]


class RowForm(ui.ModelForm):
    """One row about a site, new or changed. `seen` is what it held when the form was opened."""

    instance: OfSite
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, instance: OfSite, today: date, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.today = today

    @property
    def rows(self) -> Sequence[OfSite]:
        """What the form came to."""
        return [self.instance]

    def validate_unique(self) -> None:
        """Rules decide."""


class AddressForm(RowForm):
    """Where the door is, from a day on."""

    valid_from = day(_("Från och med"))

    class Meta:
        model = Address
        fields = ["street", "postcode", "town", "directions", "valid_from"]


class AnnotationForm(RowForm):
    """Something that happened and that every figure over that day should tell of."""

    on = day(_("Dag"))

    class Meta:
        model = Annotation
        fields = ["on", "text"]
        help_texts = {"text": _("Syns vid siffrorna för den dagen. Skriv inget om en person.")}


class SpecialForm(RowForm):
    """Days with other hours, or closed, and why."""

    instance: SpecialDays
    starts_on = day(_("Från och med"))
    last_on = day(
        _("Till och med"), required=False, help_text=_("Tomt betyder att det är en enda dag.")
    )

    class Meta:
        model = SpecialDays
        fields = ["starts_on", "last_on", "opens", "closes", "reason"]
        help_texts = {"opens": _("Tomma tider betyder att det är stängt.")}

    def __init__(self, data: Any = None, *, instance: SpecialDays, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        if instance.ends_before:
            self.initial["last_on"] = instance.ends_before - timedelta(days=1)

    def clean(self) -> None:
        if starts_on := self.cleaned_data.get("starts_on"):
            last_on = self.cleaned_data.get("last_on") or starts_on
            self.instance.ends_before = last_on + timedelta(days=1)


class DatedForm(RowForm):
    """Something that holds from one day and perhaps to another."""

    valid_from = day(_("Från och med"))


class HoursForm(DatedForm):
    """New opening hours, on several weekdays at once."""

    instance: OpeningHours
    weekdays = forms.MultipleChoiceField(
        label=_("Veckodagar"), choices=A_WEEK, widget=ui.Checkboxes, error_messages=A_DAY
    )
    last_on = day(
        _("Till och med"), required=False, help_text=_("Tomt betyder att det gäller tills vidare.")
    )
    field_order = ["weekdays", "opens", "closes", "audience", "valid_from", "last_on"]

    class Meta:
        model = OpeningHours
        fields = ["opens", "closes", "audience", "valid_from"]
        help_texts = {"audience": _("Till exempel familjer. Tomt betyder alla.")}

    def clean(self) -> None:
        self.instance.valid_to = after(self.cleaned_data.get("last_on"))

    @property
    def rows(self) -> Sequence[OfSite]:
        """A row for each weekday."""
        held = self.instance
        return [held.twin(weekday=int(number)) for number in self.cleaned_data["weekdays"]]


class ChangedHoursForm(DatedForm):
    """Other hours on the same weekday, from a day on."""

    valid_from = day(_("Från och med"), help_text=THE_OLD)

    field_order = ["opens", "closes", "audience", "valid_from"]

    class Meta(HoursForm.Meta):
        pass


class ChangedOfferingForm(DatedForm):
    """Another price, other hours or another legal ground, from a day on."""

    valid_from = day(_("Från och med"), help_text=THE_OLD)

    instance: Offering
    price = ui.IntegerField(
        label=_("Pris, kronor"), min_value=0, max_value=9999, help_text=_("0 betyder gratis.")
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Veckodagar"), choices=A_WEEK, widget=ui.Checkboxes, error_messages=A_DAY
    )

    class Meta:
        model = Offering
        fields = ["price", "starts", "ends", "regime", "decision", "valid_from"]
        help_texts = {
            "starts": _("Tomma tider betyder så länge det är öppet."),
            "decision": _("Krävs för alla grunder utom den civilrättsliga."),
        }

    field_order = ["price", "weekdays", "starts", "ends", "regime", "decision", "valid_from"]

    def __init__(self, data: Any = None, *, instance: Offering, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.initial["weekdays"] = list(instance.weekdays)

    def clean(self) -> None:
        self.instance.weekdays = "".join(sorted(self.cleaned_data.get("weekdays", [])))


class OfferingForm(ChangedOfferingForm):
    """A service of the organisation, offered here from a day on."""

    valid_from = day(_("Från och med"))

    last_on = day(
        _("Till och med"), required=False, help_text=_("Tomt betyder att det gäller tills vidare.")
    )
    field_order = ["service", *ChangedOfferingForm.field_order, "last_on"]

    class Meta(ChangedOfferingForm.Meta):
        fields = ["service", *ChangedOfferingForm.Meta.fields]
        labels = {"service": _("Tjänst")}

    def __init__(self, data: Any = None, *, instance: Offering, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        service = self.fields["service"]
        if isinstance(service, forms.ModelChoiceField):
            service.empty_label = _("Välj tjänst")
            service.queryset = queries.services(instance.site)

    def clean(self) -> None:
        super().clean()
        self.instance.valid_to = after(self.cleaned_data.get("last_on"))


@dataclass(frozen=True)
class Sort:
    """One sort of thing that is dated about a site: its table, its forms and its headings."""

    table: type[OfSite]
    new: type[RowForm]
    changed: type[RowForm]
    add: Any
    change: Any
    save: Any

    @property
    def ends(self) -> bool:
        """Whether it holds from one day to another, so that a change leaves the old in history."""
        return issubclass(self.changed, DatedForm)


SORTS: Final = {
    "adress": Sort(
        Address,
        AddressForm,
        AddressForm,
        _("Ny adress"),
        _("Ändra adressen"),
        _("Spara adressen"),
    ),
    "oppettider": Sort(
        OpeningHours,
        HoursForm,
        ChangedHoursForm,
        _("Nya öppettider"),
        _("Ändra öppettiden"),
        _("Spara öppettiderna"),
    ),
    "dagar": Sort(
        SpecialDays,
        SpecialForm,
        SpecialForm,
        _("Andra tider eller stängt"),
        _("Ändra dagarna"),
        _("Spara dagarna"),
    ),
    "handelser": Sort(
        Annotation,
        AnnotationForm,
        AnnotationForm,
        _("Ny händelse"),
        _("Ändra händelsen"),
        _("Spara händelsen"),
    ),
    "utbud": Sort(
        Offering,
        OfferingForm,
        ChangedOfferingForm,
        _("Ny tjänst i utbudet"),
        _("Ändra utbudet"),
        _("Spara utbudet"),
    ),
}
