"""The shape of what a site manager writes; rules decide whether it may stand."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from egenmakt.kit.calendar import STOCKHOLM
from egenmakt.organisations import logbook, queries, words
from egenmakt.organisations.models import (
    Register,
    Service,
    Site,
)
from egenmakt.organisations.rules import Fault, Refused
from egenmakt.ui import forms as ui
from egenmakt.ui.templatetags.say import icon

YEARS: Final = _("Välj ett år mellan 1850 och 2199.")
ELSEWHERE: Final = {"opens": "starts", "closes": "ends"}
ICONS: Final = {
    "cup": _("kopp"),
    "bowl": _("skål"),
    "bag": _("kasse"),
    "shower": _("dusch"),
    "wash": _("tvättmaskin"),
    "shirt": _("tröja"),
    "shoe": _("sko"),
    "talk": _("samtal"),
    "law": _("våg"),
    "hands": _("händer"),
    "along": _("två som går"),
    "phone": _("telefon"),
    "gift": _("paket"),
    "key": _("nyckel"),
    "home": _("hus"),
    "door": _("dörr"),
    "people": _("människor"),
    "plus": _("plus"),
}


def day(label: Any, **kwargs: Any) -> ui.DateField:
    """A day that a place can have had or may get."""
    bounds = [MinValueValidator(date(1850, 1, 1)), MaxValueValidator(date(2199, 12, 31))]
    said = {"min_value": YEARS, "max_value": YEARS}
    return ui.DateField(label=label, validators=bounds, error_messages=said, **kwargs)


def after(last_on: date | None) -> date | None:
    """The first day that something no longer holds, from the last day that it does."""
    return None if last_on is None else last_on + timedelta(days=1)


def refuse(form: forms.BaseForm, refusal: Refused, *, today: date) -> None:
    """Put a rule's no where it belongs; after somebody else's change, saving again is meant."""
    field = refusal.field
    if field not in form.fields:
        field = ELSEWHERE.get(field or "")
    form.add_error(field if field in form.fields else None, words.why(refusal, today=today))
    if refusal.fault is Fault.CHANGED and isinstance(form.data, QueryDict):
        again = form.data.copy()
        again["seen"] = queries.fingerprint(refusal.other)
        form.data = again


class EndForm(ui.Form):
    """The last day that something holds; stands on one page with another form."""

    auto_id = "end_%s"

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    last_on = day(
        _("Sista dagen"), required=False, help_text=_("Tomt betyder att det gäller tills vidare.")
    )


class RemoveForm(ui.Form):
    """A wish to take something away, as it stood when the wish was made."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ServiceForm(ui.ModelForm):
    """A new service of the organisation."""

    icon = forms.ChoiceField(label=_("Bild"), widget=ui.Radios, initial="plus")

    class Meta:
        model = Service
        fields = ["name", "kind", "icon"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        pictures = [(name, format_html("{} {}", icon(name), said)) for name, said in ICONS.items()]
        picture = self.fields["icon"]
        if isinstance(picture, forms.ChoiceField):
            picture.choices = pictures


class SuccessionForm(ui.Form):
    """Which sites this one took over after, and when."""

    on = day(
        _("Dag"), help_text=_("De andra stänger för gott den dagen, om de inte redan har det.")
    )
    predecessors = forms.MultipleChoiceField(label=_("Tog över efter"), widget=ui.Checkboxes)

    def __init__(self, data: Any = None, *, others: Sequence[Site]) -> None:
        super().__init__(data)
        self.others = {str(one.id): one for one in others}
        predecessors = self.fields["predecessors"]
        if isinstance(predecessors, forms.MultipleChoiceField):
            predecessors.choices = [(key, one.name) for key, one in self.others.items()]

    @property
    def chosen(self) -> list[Site]:
        """The sites that were ticked."""
        return [self.others[key] for key in self.cleaned_data["predecessors"]]


class SettingsForm(ui.ModelForm):
    """What a site is called, what it says about itself, and how its door works."""

    instance: Site

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    opened_on = day(_("Öppnade"))
    closed_on = day(_("Stängt för gott från"), required=False)

    class Meta:
        model = Site
        fields = [
            "name",
            "about",
            "person_word",
            "recent_list",
            "split_counts",
            "opened_on",
            "closed_on",
        ]


class SiteForm(ui.Form):
    """A new site of an organisation."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    slug = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Ord i adressen"),
        max_length=50,
        help_text=_("Till exempel varberg. Går inte att ändra sedan."),
        error_messages={"invalid": _("Skriv små bokstäver a–z, siffror och bindestreck.")},
    )
    opened_on = day(_("Öppnar"))
    register = forms.ChoiceField(
        label=_("Personregister"),
        required=False,
        help_text=_("Går inte att ändra sedan. Ett delat register kräver civilrättslig grund."),
    )

    def __init__(self, data: Any = None, *, registers: Sequence[Register]) -> None:
        super().__init__(data)
        self.registers = {str(one.id): one for one in registers}
        shared = [(key, one.name) for key, one in self.registers.items()]
        field = self.fields["register"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("ett eget, nytt")), *shared]

    def clean_register(self) -> Register | None:
        """The register itself; none is a new one."""
        return self.registers.get(self.cleaned_data["register"])


class LogForm(ui.Form):
    """What somebody looks for in the log."""

    mark_optional = False
    action = forms.ChoiceField(label=_("Vad"), required=False)
    on = day(_("Dag"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        action = self.fields["action"]
        if isinstance(action, forms.ChoiceField):
            action.choices = [("", _("allt")), *logbook.acts()]

    @property
    def search(self) -> queries.Search:
        """What is looked for, the day as it is lived in Stockholm."""
        on = self.cleaned_data["on"]
        first = datetime.combine(on, time(), STOCKHOLM) if on else None
        last = datetime.combine(on + timedelta(days=1), time(), STOCKHOLM) if on else None
        return queries.Search(self.cleaned_data["action"], first, last, self.cleaned_data["before"])
