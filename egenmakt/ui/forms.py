"""Forms that say what to do: their look, their words, and fields that read Swedish numbers.

Every form of the house builds on `Form` or `ModelForm`. `Renderer` is the setting FORM_RENDERER.
"""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.utils.translation import get_language, gettext_lazy, pgettext

from egenmakt.ui import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model
    from django.utils.functional import _StrPromise

    AnyModelForm = forms.ModelForm[Model]
else:
    AnyModelForm = forms.ModelForm

DATES: Final = ["%Y-%m-%d", "%Y%m%d"]
TIMES: Final = ["%H:%M", "%H.%M", "%H:%M:%S", "%H"]
BLANKS: Final = re.compile(r"[\s\u00a0\u2009\u202f]")
ENGLISH_GROUPS: Final = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")


class Renderer(DjangoTemplates):
    """Draws every form and every field with the templates of this package."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class DateInput(forms.DateInput):
    """The device's own calendar; the value is ISO 8601, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The device's own clock; the value is ISO 8601, whatever the language."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class Radios(forms.RadioSelect):
    """One of a few, all of them seen at once."""

    template_name = "ui/choices.html"


class Checkboxes(forms.CheckboxSelectMultiple):
    """Any of a few, all of them seen at once."""

    template_name = "ui/choices.html"


class DateField(forms.DateField):
    """A day, chosen in the device's calendar or written as 2026-12-11."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DATES, **kwargs)


class TimeField(forms.TimeField):
    """A clock time, chosen on the device or written as 9.30, 9:30 or 9."""

    widget = TimeInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=TIMES, **kwargs)


def plain_number(text: str) -> str:
    """*9 012*, *39,5* and *−3* as a computer writes them: 9012, 39.5, -3.

    Blanks of every width go; a comma is the decimal sign, except between groups of three where
    the reader's language is English (9,012).
    """
    text = BLANKS.sub("", text).replace(words.MINUS, "-")
    if (get_language() or "").startswith("en") and ENGLISH_GROUPS.fullmatch(text):
        return text.replace(",", "")
    return text.replace(",", ".")


class DecimalField(forms.DecimalField):
    """A number as people write it: *39,5*, *9 012*, *−3*."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | float):
            return f"{Decimal(str(value)):f}".replace(".", pgettext("decimaltecken", ","))
        return value


class IntegerField(forms.IntegerField):
    """A whole number as people write it: *9 012*, *−3*."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


CHOOSE: Final = gettext_lazy("Välj")
REQUIRED: Final = {
    forms.BooleanField: gettext_lazy("Kryssa i rutan för att gå vidare."),
    forms.ChoiceField: gettext_lazy("Välj ett av alternativen."),
    forms.ModelChoiceField: gettext_lazy("Välj ett av alternativen."),
    forms.DateField: gettext_lazy("Välj ett datum."),
    forms.TimeField: gettext_lazy("Välj en tid."),
    forms.FileField: gettext_lazy("Välj en fil."),
    forms.IntegerField: gettext_lazy("Skriv ett tal."),
    forms.Field: gettext_lazy("Skriv något här."),
}
INVALID: Final = {
    forms.DateField: gettext_lazy("Välj ett datum, till exempel 2026-12-11."),
    forms.TimeField: gettext_lazy("Välj en tid, till exempel 9.30."),
    forms.DecimalField: gettext_lazy("Skriv ett tal med siffror, till exempel 39,5."),
    forms.IntegerField: gettext_lazy("Skriv ett heltal med siffror, till exempel 12."),
    forms.EmailField: gettext_lazy("Skriv en e-postadress, till exempel namn@exempel.se."),
    forms.URLField: gettext_lazy("Skriv en webbadress som börjar med https://."),
    forms.FileField: gettext_lazy("Välj en fil från din enhet."),
}
OTHERWISE: Final = {
    "invalid_choice": gettext_lazy("Välj något i listan."),
    "invalid_list": gettext_lazy("Välj något i listan."),
    "max_length": gettext_lazy(
        "Korta till högst %(limit_value)s tecken. Nu är det %(show_value)s."
    ),
    "min_length": gettext_lazy("Skriv minst %(limit_value)s tecken. Nu är det %(show_value)s."),
    "max_value": gettext_lazy("Skriv ett tal som är högst %(limit_value)s."),
    "min_value": gettext_lazy("Skriv ett tal som är minst %(limit_value)s."),
    "max_digits": gettext_lazy("Skriv ett tal med högst %(max)s siffror."),
    "max_whole_digits": gettext_lazy("Skriv ett tal med högst %(max)s siffror före kommat."),
    "max_decimal_places": gettext_lazy("Skriv högst %(max)s decimaler."),
    "null_characters_not_allowed": gettext_lazy("Skriv om texten, den har osynliga tecken i sig."),
    "empty": gettext_lazy("Välj en annan fil, den här är tom."),
    "unique": gettext_lazy("Skriv något annat, det här finns redan."),
}


class Plain:
    """What our forms share: no colon after a label, our look on the widgets, our words in errors.

    A message that a field states itself is left as it is. `mark_optional` writes *frivilligt*
    beside what may be left empty; a form where all is optional turns it off.
    """

    mark_optional = True
    fields: "dict[str, forms.Field]"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            _native(field)
            _ask(field)
            _dress(field.widget)
            _speak(field)

    @property
    def keeps_text(self) -> bool:
        """Whether a form that comes back still holds all that was filled in."""
        gone = (forms.PasswordInput, forms.FileInput)
        return not any(isinstance(field.widget, gone) for field in self.fields.values())


class Form(Plain, forms.Form):
    """A form of the house."""


class ModelForm(Plain, AnyModelForm):
    """A form of the house that keeps one row of a table."""


def _native(field: forms.Field) -> None:
    """Give a plain date or time, as a model's column becomes, the device's calendar or clock."""
    if isinstance(field, forms.DateField) and type(field.widget) is forms.DateInput:
        field.widget, field.input_formats = DateInput(field.widget.attrs), DATES
    if isinstance(field, forms.TimeField) and type(field.widget) is forms.TimeInput:
        field.widget, field.input_formats = TimeInput(field.widget.attrs), TIMES


def _ask(field: forms.Field) -> None:
    """Say *Välj* where Django draws a line for nothing chosen; radios that need an answer, all of
    them seen at once, have no such choice."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = field.empty_label and CHOOSE
    elif isinstance(field, forms.ChoiceField):
        offered: Any = field.choices
        seen = field.required and isinstance(field.widget, forms.RadioSelect)
        field.choices = [
            ("", CHOOSE) if one in BLANK_CHOICE_DASH else one
            for one in offered
            if one[0] or not seen
        ]


def _dress(widget: forms.Widget) -> None:
    """Give a widget the class `input`, unless it is a tick or is not seen."""
    bare = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
    if not (isinstance(widget, bare) or widget.is_hidden):
        widget.attrs["class"] = f"input {widget.attrs.get('class', '')}".strip()


def _speak(field: forms.Field) -> None:
    """Put our words where the field still says Django's."""
    ours = {
        **OTHERWISE,
        "required": _nearest(field, REQUIRED),
        "invalid": _nearest(field, INVALID),
    }
    for code, text in ours.items():
        if text is not None and field.error_messages.get(code) is _default(field, code):
            field.error_messages[code] = text


def _nearest(
    field: forms.Field, messages: "Mapping[type[forms.Field], _StrPromise]"
) -> "_StrPromise | None":
    """The message for the closest class in the field's line of descent."""
    return next((messages[cls] for cls in type(field).__mro__ if cls in messages), None)


def _default(field: forms.Field, code: str) -> object:
    """What the field's own classes say for `code`, before anybody states something else."""
    for cls in type(field).__mro__:
        said = getattr(cls, "default_error_messages", {})
        if code in said:
            return said[code]
    return None
