"""What the team fills. The draft's form starts from what was given, then from what was understood of it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from commun.accounts.models import User
from commun.agenda.api import NewsKind, TimeZone
from commun.cms.api import Licence
from commun.common.fields import NameFormField, TextFormField
from commun.contributions.models import Contribution, File
from commun.contributions.selectors.inbox import holders
from commun.contributions.services.drafting import told_of
from commun.contributions.types import Kind
from commun.library.api import ResourceKind, ThemePage
from commun.territories.api import AdminOrganisationPicker, AdminTerritoryPicker, Organisation, Territory, get_by_key

_NONE = [("", "—")]
_LIKELY = 0.5


def _text(label: str, *, most: int = 200, help_text: str = "", required: bool = False) -> forms.CharField:
    return NameFormField(label=label, max_length=most, required=required, help_text=help_text)


def _lines(label: str, rows: int, *, most: int = 20_000, help_text: str = "", required: bool = True) -> forms.CharField:
    return TextFormField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DraftForm(forms.Form):
    """The draft it would become. Fields of other kinds than its own are not asked."""

    kind = forms.ChoiceField(label="Nature", choices=Kind.choices)
    title = _text("Titre", required=True)
    summary = _lines(
        "En bref",
        3,
        most=500,
        required=False,
        help_text="Vide : les premières phrases. Le texte continue où elles s’arrêtent.",
    )
    text = _lines("Texte", 10, required=False)
    resource_kind = forms.ChoiceField(label="Type de ressource", choices=ResourceKind.choices, required=False)
    news_kind = forms.ChoiceField(label="Type d’actualité", choices=NewsKind.choices, required=False)
    start_day = forms.DateField(
        label="Premier jour", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    start_time = forms.TimeField(
        label="Heure de début",
        required=False,
        help_text="Vide : toute la journée.",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    end_day = forms.DateField(
        label="Dernier jour", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    end_time = forms.TimeField(
        label="Heure de fin", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    time_zone = forms.ChoiceField(label="Heure de", choices=TimeZone.choices, required=False)
    place = _text("Lieu")
    online = forms.BooleanField(label="En ligne", required=False)
    registration = forms.URLField(label="Lien d’inscription", required=False, assume_scheme="https", max_length=500)
    organiser = _text("Organisateur, s’il n’est pas dans l’annuaire", most=160)
    when = _text("Quand et où", most=160)
    link = forms.URLField(label="Lien", required=False, assume_scheme="https", max_length=500)
    theme = forms.ModelChoiceField(
        label="Thématique", queryset=ThemePage.objects.order_by("title"), required=False, empty_label="—"
    )
    territory = forms.ModelChoiceField(
        label="Territoire", queryset=Territory.objects.all(), required=False, widget=AdminTerritoryPicker
    )
    organisation = forms.ModelChoiceField(
        label="Organisation", queryset=Organisation.objects.all(), required=False, widget=AdminOrganisationPicker
    )
    organisation_name = _text("Ou nom de la structure", most=160)
    licence = forms.ChoiceField(label="Licence", choices=[*_NONE, *Licence.choices], required=False)
    credit = _text("Mention de crédit", most=160, help_text="Le nom d’une personne, seulement avec son accord.")

    _OWN = {
        Kind.RESOURCE: {"resource_kind", "link", "licence", "credit"},
        Kind.NEWS: {"news_kind", "when", "link"},
        Kind.EVENT: {
            *("start_day", "start_time", "end_day", "end_time", "time_zone"),
            *("place", "online", "registration", "organiser", "link"),
        },
    }
    _COLUMNS = ("kind", "title", "text", "theme", "territory", "organisation", "organisation_name", "licence")
    _FIELDS = (
        *("summary", "resource_kind", "news_kind", "place", "online", "registration", "organiser", "when", "link"),
        "credit",
    )

    def __init__(self, *args: Any, row: Contribution, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(row))
        super().__init__(*args, **kwargs)
        self.row = row
        own = self._OWN.get(Kind(row.kind), set())
        for name in set().union(*self._OWN.values()) - own:
            del self.fields[name]
        if row.kind not in self._OWN:
            del self.fields["summary"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, last = found.get("start_day"), found.get("end_day")
        if first and last and last < first:
            self.add_error("end_day", "Le dernier jour est avant le premier.")
        opens, closes = found.get("start_time"), found.get("end_time")
        if opens and closes and (not last or last == first) and closes <= opens:
            self.add_error("end_time", "L’heure de fin est avant celle de début.")
        return found

    @property
    def values(self) -> dict[str, Any]:
        """By column; what has none in `fields`, as `shapes.Fields` says."""
        data = self.cleaned_data
        values = {name: data[name] for name in self._COLUMNS if name in data}
        fields = dict(self.row.fields)
        for name in self._FIELDS:
            if name in data:
                fields[name] = data[name]
        if "start_day" in data:
            fields |= _session(data)
        return {**values, "fields": {name: value for name, value in fields.items() if value not in ("", None, False)}}


def _session(data: dict[str, Any]) -> dict[str, Any]:
    zone = ZoneInfo(data.get("time_zone") or TimeZone.PARIS)
    first, opens, closes = data["start_day"], data["start_time"], data["end_time"]
    if first is None:
        return {"start": "", "end": "", "all_day": False, "time_zone": ""}
    last = data["end_day"] or first
    end = datetime.combine(last, closes, zone) if closes else None
    if end is None and (not opens or last > first):
        end = datetime.combine(last, time(23, 59), zone)
    return {
        "start": datetime.combine(first, opens or time(), zone).isoformat(),
        "end": end.isoformat() if end else "",
        "all_day": not opens,
        "time_zone": str(zone.key),
    }


def initial_of(row: Contribution) -> dict[str, Any]:
    """What was given and corrected; where nothing was, the surest guess."""
    guesses = best_guesses(row)
    fields = {
        "link": guesses.get("link"),
        "registration": guesses.get("registration"),
        "place": guesses.get("place"),
        "online": guesses.get("online"),
        **(guesses.get("session") or {}),
        **row.fields,
    }
    initial = {name: fields.get(name) for name in DraftForm._FIELDS}
    initial["resource_kind"] = fields.get("resource_kind") or ResourceKind.EXPERIENCE
    initial |= {
        "summary": told_of(row).summary,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "theme": row.theme_id or guesses.get("theme"),
        "territory": row.territory_id or guesses.get("territory"),
        "organisation": row.organisation_id or guesses.get("organisation"),
        "organisation_name": row.organisation_name or _guessed_name(row),
        "licence": row.licence,
        "time_zone": fields.get("time_zone") or TimeZone.PARIS,
    }
    return initial | _moments(fields)


def _moments(fields: dict[str, Any]) -> dict[str, date | time | None]:
    zone = ZoneInfo(str(fields.get("time_zone") or TimeZone.PARIS))
    start, end = (_local(fields.get(name), zone) for name in ("start", "end"))
    all_day = bool(fields.get("all_day"))
    return {
        "start_day": start.date() if start else None,
        "start_time": start.time() if start and not all_day else None,
        "end_day": end.date() if end and start and end.date() != start.date() else None,
        "end_time": end.time() if end and not all_day else None,
    }


def _local(value: Any, zone: ZoneInfo) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    return found and (found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone))


def _guessed_name(row: Contribution) -> str:
    """Of a structure that the directory does not know."""
    found = [one for one in row.suggestions if one["field"] == "organisation" and one["confidence"] >= _LIKELY]
    return found[0]["label"][:160] if found and not found[0]["value"] else ""


def best_guesses(row: Contribution) -> dict[str, Any]:
    """The surest likely value of each field that has one."""
    best: dict[str, Any] = {}
    for one in row.suggestions:
        if one["confidence"] >= _LIKELY and one["value"]:
            best.setdefault(one["field"], one["value"])
    if place := get_by_key(key=str(best.get("territory", ""))):
        best["territory"] = place.pk
    return best


class AlternativesForm(forms.Form):
    """One line per picture: what it shows."""

    def __init__(self, *args: Any, files: list[File], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for file in files:
            if file.is_image and not file.refused:
                self.fields[f"alt_{file.pk}"] = forms.CharField(
                    label=f"Ce que montre {file.name}",
                    required=False,
                    max_length=255,
                    initial=file.alt_text,
                    help_text="Vide : l’image est décorative, les lecteurs d’écran la passeront.",
                )

    @property
    def values(self) -> dict[int, str]:
        return {int(name.removeprefix("alt_")): value for name, value in self.cleaned_data.items()}


class AskForm(forms.Form):
    text = _lines("Votre question", 6, most=5000, help_text="Elle part par courriel ; la réponse revient ici.")


class AnswerForm(forms.Form):
    text = _lines("Votre réponse", 6, most=5000, help_text="Elle part par courriel et clôt la question.")


class DeclineForm(forms.Form):
    text = _lines("Pourquoi", 4, most=2000, help_text="La personne qui a écrit lira cette explication.")


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(label="Confier à", queryset=User.objects.none(), required=False, empty_label="Personne")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = holders()  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = str  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    into = forms.IntegerField(
        label="Numéro de l’autre contribution", min_value=1, max_value=2**31, help_text="Celle avec laquelle la suivre."
    )


class SplitForm(forms.Form):
    kind = forms.ChoiceField(label="Nature", choices=Kind.choices)
    title = _text("Titre", required=True)
    text = _lines("Texte de cette partie", 5, required=False)
    parts = forms.MultipleChoiceField(label="Fichiers", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, files: list[File], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(str(one.pk), one.name) for one in files if not one.refused]  # type: ignore[attr-defined]
        if not self.fields["parts"].choices:  # type: ignore[attr-defined]
            del self.fields["parts"]


class FilterForm(forms.Form):
    """GET; anything unreadable is no filter."""

    tas = forms.CharField(required=False, max_length=20)
    nature = forms.ChoiceField(label="Nature", required=False, choices=[("", "Toutes"), *Kind.choices])
    thematique = forms.ModelChoiceField(
        label="Thématique", required=False, queryset=ThemePage.objects.order_by("title"), empty_label="Toutes"
    )
    a = forms.ChoiceField(
        label="Confiée",
        required=False,
        choices=[("", "À tout le monde"), ("moi", "À moi"), ("personne", "À personne")],
    )
    q = forms.CharField(label="Titre, nom ou adresse", required=False, max_length=100)
    avant = forms.IntegerField(required=False, min_value=1)
