"""The shape of a limit that a site manager sets."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egenmakt.organisations import queries as organisations
from egenmakt.organisations.models import Site
from egenmakt.provisions.models import Limit
from egenmakt.ui import forms as ui


class LimitForm(ui.ModelForm):
    """How often one service may be given."""

    valid_from = ui.DateField(label=_("Från och med"))

    class Meta:
        model = Limit
        fields = ["service", "count", "every", "unit", "per", "valid_from"]
        labels = {"service": _("Tjänst"), "count": _("Högst så många"), "every": _("På så många")}
        widgets = {"unit": ui.Radios, "per": ui.Radios}

    def __init__(self, data: Any = None, *, site: Site, today: date) -> None:
        begun = {"count": 1, "every": 1, "unit": "weeks", "per": "household", "valid_from": today}
        super().__init__(data, initial=begun)
        service = self.fields["service"]
        if isinstance(service, forms.ModelChoiceField):
            service.empty_label = _("Välj tjänst")
            service.queryset = organisations.services(site).exclude(kind="door")

    @property
    def limit(self) -> Limit:
        """The limit as it was written, not yet kept."""
        return Limit(**self.cleaned_data)
