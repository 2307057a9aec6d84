"""Forms of the space of a shared project."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from commun.cooperation.types import EntryKind

_PARIS = ZoneInfo("Europe/Paris")
_INPUT = {"class": "fr-input"}


def _line(label: str, *, most: int = 200, required: str = "", help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label if required else f"{label} (facultatif)",
        max_length=most,
        required=bool(required),
        help_text=help_text,
        widget=forms.TextInput(attrs=_INPUT),
        error_messages={"required": required, "max_length": f"Au plus {most} caractères."},
    )


def _lines(label: str, *, rows: int = 4, most: int = 5000, required: str = "", help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label if required else f"{label} (facultatif)",
        max_length=most,
        required=bool(required),
        help_text=help_text,
        widget=forms.Textarea(attrs={**_INPUT, "rows": rows}),
        error_messages={"required": required, "max_length": f"Au plus {most} caractères."},
    )


def _box(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs={"class": ""}))


class EntryForm(forms.Form):
    nature = forms.ChoiceField(
        label="Nature",
        choices=[(EntryKind.NOTE.value, "Une nouvelle"), (EntryKind.DECISION.value, "Une décision prise ensemble")],
        initial=EntryKind.NOTE.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la nature.", "invalid_choice": "Choisissez dans la liste."},
    )
    titre = _line("Titre", required="Donnez un titre : quelques mots suffisent.")
    texte = _lines("Texte", rows=5, most=10_000)
    publique = _box("Visible de tous sur la page du projet")


class DocumentForm(forms.Form):
    titre = _line("Titre du document", required="Donnez un titre au document.")
    fichier = forms.FileField(
        label="Fichier",
        help_text="PDF, document de bureautique ou image, 10 Mo au plus.",
        widget=forms.FileInput(attrs={"class": "fr-upload"}),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide.",
            "invalid": "Le fichier n’est pas arrivé : choisissez-le à nouveau.",
        },
    )
    publique = _box("Visible de tous sur la page du projet")


class MeetingForm(forms.Form):
    objet = _line("Objet", required="Dites l’objet de la réunion.")
    jour = forms.DateField(
        label="Jour",
        help_text="Format attendu : JJ/MM/AAAA",
        widget=forms.DateInput(attrs={**_INPUT, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Indiquez le jour.", "invalid": "Cette date n’existe pas."},
    )
    debut = forms.TimeField(
        label="De",
        help_text="Heure de Paris, par exemple 14:00",
        widget=forms.TimeInput(attrs={**_INPUT, "type": "time"}, format="%H:%M"),
        error_messages={"required": "Indiquez l’heure de début.", "invalid": "Cette heure n’existe pas."},
    )
    fin = forms.TimeField(
        label="À",
        help_text="Par exemple 16:00",
        widget=forms.TimeInput(attrs={**_INPUT, "type": "time"}, format="%H:%M"),
        error_messages={"required": "Indiquez l’heure de fin.", "invalid": "Cette heure n’existe pas."},
    )
    lieu = _line("Lieu")
    visio = forms.URLField(
        label="Lien de visioconférence (facultatif)",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={**_INPUT, "inputmode": "url"}),
        error_messages={"invalid": "Cette adresse n’est pas complète : elle commence par https://."},
    )
    ordre = _lines("Ordre du jour")
    ouverte = _box("Réunion ouverte à tous : la proposer à l’agenda du site")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        day, opens, closes = found.get("jour"), found.get("debut"), found.get("fin")
        if opens and closes and closes <= opens:
            self.add_error("fin", "L’heure de fin est avant celle de début.")
        if day and day < timezone.localdate(timezone=_PARIS):
            self.add_error("jour", "Ce jour est passé.")
        return found

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "title": data["objet"],
            "start": datetime.combine(data["jour"], data["debut"], _PARIS),
            "end": datetime.combine(data["jour"], data["fin"], _PARIS),
            "place": data["lieu"],
            "video_url": data["visio"],
            "agenda": data["ordre"],
        }


class AimsForm(forms.Form):
    objectifs = _lines("Ce que nous voulons obtenir", rows=5, required="Dites vos objectifs, même provisoires.")


class StepForm(forms.Form):
    etape = _line("Étape", required="Nommez l’étape.")
    qui = _line("Qui s’en charge", most=120, help_text="Une fonction ou un service, pas un nom.")
    pour = forms.DateField(
        label="Pour le (facultatif)",
        required=False,
        help_text="Format attendu : JJ/MM/AAAA",
        widget=forms.DateInput(attrs={**_INPUT, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Cette date n’existe pas."},
    )


class CommentForm(forms.Form):
    commentaire = _lines("Votre commentaire", rows=3, required="Écrivez votre commentaire.")
