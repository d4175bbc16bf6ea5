"""What may be written about a person, a household and a search."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from egenmakt.participants import words
from egenmakt.participants.actions import Changes
from egenmakt.participants.models import Participant
from egenmakt.participants.queries import Opened
from egenmakt.participants.rules import CHILDREN, LONGEST, Refused, Unsaid
from egenmakt.ui.forms import DateField, Form, IntegerField, Radios

Choices = list[tuple[str, Any]]


def choices(answers: Mapping[Any, Any]) -> Choices:
    """Answers as a form offers them, the three others last."""
    return [(str(value), label) for value, label in {**answers, **words.UNSAID}.items()]


def unsaid(label: Any) -> forms.ChoiceField:
    """Which of the three answers stands instead of one that is written."""
    return forms.ChoiceField(label=label, choices=choices({}))


class SearchForm(Form):
    """The one way to a person: alias, name or card."""

    query = forms.CharField(label=gettext_lazy("Sök alias, namn eller kort"), max_length=100)


class MemberForm(SearchForm):
    """Somebody to add to the household, and from when."""

    on = DateField(label=gettext_lazy("Från och med"))


class DayForm(Form):
    """A day on which something begins."""

    on = DateField(label=gettext_lazy("Från och med"))


class FoundUsForm(Form):
    """How somebody found the way here."""

    answer = forms.ChoiceField(choices=choices(words.FOUND_US)[:-3] + choices({})[1:])


class ChildrenForm(Form):
    """How many children of each band eat in the household."""

    mark_optional = False

    def __init__(self, *args: Any, children: Mapping[str, int], **kwargs: Any) -> None:
        """`children` is what is counted now."""
        initial = {_name(band): children.get(band, 0) for band in CHILDREN}
        super().__init__(*args, initial=initial, **kwargs)
        for band in CHILDREN:
            self.fields[_name(band)].label = words.CHILDREN[band]

    children_0_6 = IntegerField(min_value=0, max_value=20, required=False)
    children_7_12 = IntegerField(min_value=0, max_value=20, required=False)
    children_13_17 = IntegerField(min_value=0, max_value=20, required=False)

    @property
    def counted(self) -> dict[str, int]:
        """Children by band; what is left empty is none."""
        return {band: self.cleaned_data[_name(band)] or 0 for band in CHILDREN}


def _name(band: str) -> str:
    return f"children_{band.replace('-', '_')}"


class PersonForm(Form):
    """What is known of somebody. All but the alias may be left as one of the three answers."""

    mark_optional = False
    alias = forms.CharField(label=gettext_lazy("Vill kallas"), max_length=LONGEST)
    name = forms.CharField(
        label=gettext_lazy("Namn"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("Bara om personen vill. Lämna tomt annars."),
    )
    gender = forms.ChoiceField(label=gettext_lazy("Kön"), widget=Radios)
    band = forms.ChoiceField(
        label=gettext_lazy("Ålder"),
        help_text=gettext_lazy("Räknas ut av födelseåret om du skriver det."),
    )
    birth_year = IntegerField(
        label=gettext_lazy("Födelseår"), required=False, min_value=1900, max_value=2100
    )
    birth_year_unsaid = unsaid(gettext_lazy("Om födelseåret är tomt"))
    languages = forms.CharField(label=gettext_lazy("Språk"), max_length=100, required=False)
    languages_unsaid = unsaid(gettext_lazy("Om språken är tomma"))
    interpreter = forms.ChoiceField(label=gettext_lazy("Tolk"), widget=Radios)
    ethos = forms.ChoiceField(label=gettext_lazy("Bor nu"))
    housing = forms.ChoiceField(label=gettext_lazy("Boendesituation"))
    found_us = forms.ChoiceField(label=gettext_lazy("Hittade hit genom"))
    young_reason = forms.CharField(
        label=gettext_lazy("Varför en egen sida före 18"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bara för den som är 16–17 år."),
    )

    def __init__(self, *args: Any, row: Participant, known: Opened, **kwargs: Any) -> None:
        """Filled with what is known of `row` now."""
        super().__init__(*args, initial=first(row, known), **kwargs)
        self.choose("gender", Participant._meta.get_field("gender").flatchoices)
        self.choose("band", Participant._meta.get_field("band").flatchoices)
        for name, answers in words.ANSWERS.items():
            self.choose(name, choices(answers))

    def choose(self, name: str, options: Choices) -> None:
        """Offer these answers to a question."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = options

    @property
    def changes(self) -> Changes:
        """What is to be known from now on."""
        said = self.cleaned_data
        facts: dict[str, Any] = {
            name: int(said[name]) if said[name].isdigit() else said[name] for name in words.ANSWERS
        }
        for name in ("birth_year", "languages"):
            facts[name] = said[name] or said[f"{name}_unsaid"]
        if "young_reason" in self.fields:
            facts["young_reason"] = said["young_reason"].strip()
        return Changes(
            alias=said["alias"],
            name=said.get("name"),
            band=said["band"],
            gender=said["gender"],
            facts=facts,
        )

    def refuse(self, refused: Refused, *, free: tuple[str, ...]) -> None:
        """Say why it is not kept, at the field where it is put right."""
        field = words.FIELD.get(refused.why)
        text = str(words.WHY[refused.why]) % {"free": ", ".join(free)}
        self.add_error(field if field in self.fields else None, text)


def first(row: Participant, known: Opened) -> dict[str, Any]:
    """What the form shows before anything is changed."""
    initial: dict[str, Any] = {
        "alias": known.alias,
        "name": known.name,
        "gender": row.gender,
        "band": row.band,
        "young_reason": known.facts.get("young_reason", ""),
    }
    for name in words.ANSWERS:
        initial[name] = str(known.facts.get(name, Unsaid.NOT_ASKED))
    for name in ("birth_year", "languages"):
        value = known.facts.get(name)
        written = value is not None and value not in tuple(Unsaid)
        initial[name] = value if written else ""
        initial[f"{name}_unsaid"] = Unsaid.NOT_ASKED if written else value or Unsaid.NOT_ASKED
    return initial
