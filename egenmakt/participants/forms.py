"""What may be written about a person, a household and a search."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from egenmakt.participants import words
from egenmakt.participants.actions import Changes
from egenmakt.participants.models import Participant
from egenmakt.participants.queries import Opened
from egenmakt.participants.rules import CHILDREN, LONGEST, Band, Refused, Unsaid, Why
from egenmakt.ui.forms import DateField, Form, IntegerField, Radios

Choices = list[tuple[str, Any]]
A_YEAR: Final = gettext_lazy("Skriv ett år med fyra siffror, till exempel 1980.")
TOGETHER: Final = {
    "band": ("birth_year", gettext_lazy("Ålder")),
    "languages": ("languages_unsaid", gettext_lazy("Språk")),
}


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
    band = forms.ChoiceField(label=gettext_lazy("Ålder"))
    birth_year = IntegerField(
        label=gettext_lazy("Eller födelseår"),
        required=False,
        min_value=1900,
        max_value=2100,
        help_text=gettext_lazy("Till exempel 1980. Då räknas åldern ut av året."),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), A_YEAR),
    )
    languages = forms.CharField(label=gettext_lazy("Språk"), max_length=100, required=False)
    languages_unsaid = unsaid(gettext_lazy("Om inget språk står"))
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

    def __init__(
        self, *args: Any, row: Participant, known: Opened, young: bool, named: bool, **kwargs: Any
    ) -> None:
        """Filled with what is known of `row` now. `young` says whether somebody of 16–17 may be
        let in by whoever fills it in, `named` whether names may be kept here."""
        super().__init__(*args, initial=first(row, known), **kwargs)
        bands = Participant._meta.get_field("band").flatchoices
        if not young:
            del self.fields["young_reason"]
            bands = [one for one in bands if one[0] != Band.B16 or row.band == Band.B16]
        if not named:
            del self.fields["name"]
        self.choose("gender", Participant._meta.get_field("gender").flatchoices)
        self.choose("band", bands)
        for name, answers in words.ANSWERS.items():
            self.choose(name, choices(answers))

    @property
    def questions(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields in order; two that answer one question stand together under its words."""
        seconds = {second for second, _legend in TOGETHER.values()}
        for field in self:
            if field.name in TOGETHER:
                second, legend = TOGETHER[field.name]
                yield legend, [field, self[second]]
            elif field.name not in seconds:
                yield "", [field]

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
        facts["birth_year"] = said["birth_year"] or (
            said["band"] if said["band"] in tuple(Unsaid) else Unsaid.NOT_ASKED
        )
        facts["languages"] = said["languages"] or said["languages_unsaid"]
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
        asks_a_manager = refused.why is Why.NEEDS_REASON and "young_reason" not in self.fields
        why = Why.NEEDS_MANAGER if asks_a_manager else refused.why
        field = words.FIELD.get(why)
        text = str(words.WHY[why]) % {"free": ", ".join(free)}
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
    year, languages = known.facts.get("birth_year"), known.facts.get("languages")
    unsaid = tuple(Unsaid)
    initial["birth_year"] = "" if year in unsaid else year
    initial["languages"] = "" if languages in unsaid else languages
    initial["languages_unsaid"] = languages if languages in unsaid else Unsaid.NOT_ASKED
    return initial
