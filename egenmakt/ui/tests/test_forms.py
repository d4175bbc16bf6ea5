"""Forms keep what was written, say what to do, and read Swedish numbers."""

from datetime import date, time
from decimal import Decimal

import pytest
from django import forms as plain
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import translation

from egenmakt.ui import forms


class Closure(forms.Form):
    reason = plain.CharField(label="Skäl", max_length=30, help_text="Står på sidan.")
    first = forms.DateField(label="Från och med")
    opens = plain.TimeField(label="Öppnar", required=False)
    price = forms.DecimalField(label="Pris", required=False)
    seats = forms.IntegerField(label="Platser", required=False, min_value=1)
    scope = plain.ChoiceField(
        label="Gäller", choices=[("all", "Allt"), ("one", "Lokalen")], widget=forms.Radios
    )
    agreed = plain.BooleanField(label="Alla vet", error_messages={"required": "Säg till alla."})


class LogIn(forms.Form):
    password = plain.CharField(label="Lösenord", widget=plain.PasswordInput)


def test_a_form_that_needs_mending_keeps_the_text_and_escapes_it():
    page = str(Closure({"reason": "<script>x</script>", "first": ""}))
    assert 'value="&lt;script&gt;x&lt;/script&gt;"' in page
    assert "<script>" not in page
    assert "Allt du skrivit finns kvar." in page


def test_the_summary_counts_what_to_mend_and_leads_to_each_field():
    form = Closure({"reason": "Julafton", "scope": "all", "agreed": "on"})
    page = str(form)
    assert "En sak behöver rättas." in page
    assert 'href="#id_first">Från och med: Välj ett datum.</a>' in page
    assert "3 saker behöver rättas." in str(Closure({"reason": "Julafton"}))


def test_an_error_is_tied_to_its_field():
    page = str(Closure({"reason": "x" * 31})["reason"].as_field_group())
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_reason_helptext id_reason_error"' in page
    assert 'id="id_reason_error"><p class="error">Korta till högst 30 tecken. Nu är det 31.' in page


def test_choices_that_are_all_seen_stand_in_a_fieldset_with_a_legend():
    page = str(Closure()["scope"].as_field_group())
    assert "<fieldset" in page
    assert '<legend class="label">Gäller' in page
    assert page.count('class="check"') == 2


def test_nothing_chosen_is_a_word_in_a_list_and_no_choice_among_radios():
    class Shelf(forms.Form):
        seen = plain.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")], widget=forms.Radios)
        listed = plain.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])
        any = plain.ChoiceField(choices=[("", "allt"), ("a", "A")], required=False)

    form = Shelf()
    assert [option.choice_label for option in form["seen"].subwidgets] == ["A"]
    assert '<option value="" selected>Välj</option>' in str(form["listed"])
    assert '<option value="" selected>allt</option>' in str(form["any"])


def test_a_message_that_a_field_states_itself_is_left_as_it_is():
    assert Closure({}).errors["agreed"] == ["Säg till alla."]


def test_errors_speak_the_readers_language():
    with translation.override("en"):
        assert Closure({}).errors["first"] == ["Choose a date."]


def test_a_password_is_not_said_to_be_kept():
    assert "finns kvar" not in str(LogIn({}))


def test_dates_and_times_go_to_the_device_as_iso():
    form = Closure(initial={"first": date(2026, 12, 11), "opens": time(9, 30)})
    assert 'type="date" name="first" value="2026-12-11"' in str(form["first"])
    assert 'type="time" name="opens" value="09:30"' in str(form["opens"])


@pytest.mark.parametrize("written", ["11/12/2026", "2026-13-01", "i fredags"])
def test_a_date_that_could_mean_two_days_is_asked_for_again(written):
    assert "first" in Closure({"first": written}).errors


@pytest.mark.parametrize(
    ("language", "written", "read"),
    [
        ("sv", "39,5", "39.5"),
        ("sv", "9 012", "9012"),
        ("sv", "9\u00a0012,50", "9012.50"),
        ("sv", "\u22123", "-3"),
        ("en", "9,012", "9012"),
        ("en", "39,5", "39.5"),
    ],
)
def test_a_number_is_read_as_the_reader_writes_it(language, written, read):
    with translation.override(language):
        assert forms.DecimalField().clean(written) == Decimal(read)


@pytest.mark.parametrize("written", ["nio", "9,012", "1e999", "NaN", "٣x"])
def test_a_whole_number_that_is_none_is_asked_for_again(written):
    with pytest.raises(plain.ValidationError, match="heltal"):
        Closure().fields["seats"].clean(written)


def test_a_saved_number_comes_back_with_its_comma():
    assert 'value="39,5"' in str(Closure(initial={"price": Decimal("39.5")})["price"])
