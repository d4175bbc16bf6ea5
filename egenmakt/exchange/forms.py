"""The forms on a file's way in: which file, which sheet, which columns."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egenmakt.exchange import tables, words
from egenmakt.exchange.bounds import MAX_BYTES, Trouble, Unreadable
from egenmakt.exchange.models import Upload
from egenmakt.exchange.rules import Counted, Plan
from egenmakt.figures.catalogue import NAMES
from egenmakt.figures.rules import MEASURES
from egenmakt.ui.forms import Form, Radios

KNOWN = [
    ("counted", _("Räknat, dag för dag")),
    ("estimated", _("Uppskattat")),
    ("stated", _("Enligt någon annan, som vi inte kan kontrollera")),
]
ALL = "[]"  # rows: no column tells them apart


class FileForm(Form):
    """A file from the device, which must be a table."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("CSV eller XLSX, högst 20 MB. Rubriker överst, en rad per dag."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def clean_file(self) -> bytes:
        """The bytes of the file, when they can be read as a table."""
        file: File[bytes] = self.cleaned_data["file"]
        try:
            if (file.size or 0) > MAX_BYTES:
                raise Unreadable(Trouble.BIG)
            content: bytes = file.read()
            tables.read(content)
        except Unreadable as unreadable:
            if unreadable.trouble is not Trouble.SEVERAL:  # the next page asks which
                raise forms.ValidationError(words.trouble(unreadable)) from unreadable
        return content


class SheetForm(Form):
    """One of a workbook's sheets, which must be a table."""

    sheet = forms.ChoiceField(label=_("Blad"), widget=Radios)

    def __init__(self, *args: Any, upload: Upload, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload = upload
        _choices(self.fields["sheet"], [(name, name) for name in names])

    def clean_sheet(self) -> str:
        """The name of the sheet, when it can be read as a table."""
        name: str = self.cleaned_data["sheet"]
        try:
            tables.read(bytes(self.upload.content), name)
        except Unreadable as unreadable:
            raise forms.ValidationError(words.trouble(unreadable)) from unreadable
        return name


class ColumnsForm(Form):
    """What is counted, and which column says what."""

    measure = forms.ChoiceField(label=_("Vad är räknat?"))
    date = forms.ChoiceField(label=_("Kolumn med datum"))
    value = forms.ChoiceField(label=_("Kolumn med antal"))
    where = forms.ChoiceField(label=_("Vilka rader?"))
    missing = forms.CharField(
        label=_("Så står det när en rapport saknas"),
        help_text=_("Till exempel NA eller -. Flera skiljs åt med komma."),
        max_length=200,
        required=False,
    )
    blank = forms.BooleanField(label=_("En tom cell betyder att rapporten saknas"), required=False)
    zero = forms.ChoiceField(
        label=_("En nolla betyder"),
        choices=[
            ("zero", _("att ingen kom den dagen")),
            ("missing", _("att rapporten saknas")),
        ],
        widget=Radios,
    )
    known = forms.ChoiceField(label=_("Hur vet vi det?"), choices=KNOWN, widget=Radios)
    source = forms.CharField(
        label=_("Källa"),
        help_text=_("Varifrån siffrorna kommer, till exempel dagböckerna 2024. Inga namn."),
        max_length=300,
    )

    def __init__(
        self,
        *args: Any,
        columns: Sequence[str],
        kinds: Mapping[str, Sequence[str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        measures = [(code, NAMES[code]) for code, one in MEASURES.items() if one.imported]
        _choices(self.fields["measure"], measures)
        for name in ("date", "value"):
            _choices(self.fields[name], [(column, column) for column in columns])
        _choices(self.fields["where"], [(ALL, gettext("Alla rader")), *_kinds(kinds)])

    def clean(self) -> dict[str, Any]:
        """Days and counts stand in two columns."""
        given = super().clean() or self.cleaned_data
        if given.get("date") and given.get("date") == given.get("value"):
            self.add_error("value", gettext("Välj en annan kolumn än den med datum."))
        return given

    def plan(self) -> Plan:
        """How the file is to be read."""
        given = self.cleaned_data
        markers = [marker.strip() for marker in given["missing"].split(",") if marker.strip()]
        where = json.loads(given["where"])
        return Plan(
            date=given["date"],
            value=given["value"],
            where=(where[0], where[1]) if where else None,
            missing=tuple(markers + [""] * given["blank"]),
            zero_is_missing=given["zero"] == "missing",
        )

    def counted(self) -> Counted:
        """What is counted in it."""
        given = self.cleaned_data
        return Counted(given["measure"], given["known"], given["source"])


def starting(plan: Plan, of: Counted | None) -> dict[str, Any]:
    """What the form shows first: what was chosen before, or the proposal."""
    chosen = {"measure": of.measure, "known": of.known, "source": of.source} if of else {}
    return {
        "date": plan.date,
        "value": plan.value,
        "where": json.dumps(plan.where, ensure_ascii=False) if plan.where else ALL,
        "missing": ", ".join(filter(None, plan.missing)),
        "blank": "" in plan.missing,
        "zero": "missing" if plan.zero_is_missing else "zero",
        **chosen,
    }


def _kinds(kinds: Mapping[str, Sequence[str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of rows, under the column that tells them apart."""
    return [
        (
            gettext("Bara där %(column)s är") % {"column": column},
            [
                (json.dumps([column, text], ensure_ascii=False), text or gettext("tomt"))
                for text in texts
            ],
        )
        for column, texts in kinds.items()
    ]


def _choices(field: forms.Field, choices: Sequence[Any]) -> None:
    """Give a field what to choose among."""
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)
