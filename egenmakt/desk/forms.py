"""What the desk's search and its list of people send: shape only."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from egenmakt.ui.forms import DateField, Form

FIRST = date(2000, 1, 1)


class FindForm(Form):
    """Words, or a card's code."""

    q = forms.CharField(max_length=100, required=False)


class OpenForm(Form):
    """Somebody in the list."""

    participant = forms.UUIDField()
    new = forms.BooleanField(required=False)


class DayForm(Form):
    """A day to look at, today or earlier."""

    dag = DateField(label=_("Dag"))

    def on(self, *, today: date) -> date:
        """The day asked for, from this century; today where none is, or one that has not been."""
        asked: date = self.cleaned_data["dag"] if self.is_valid() else today
        return max(min(asked, today), FIRST)
