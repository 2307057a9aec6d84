"""Forms of the page where whoever gave something follows it."""

from __future__ import annotations

from typing import Any

from django import forms

from commun.common.guard import GuardedForm
from commun.contributions.forms.around import LICENCES
from commun.contributions.forms.fields import line, lines
from commun.contributions.models import Contribution
from commun.contributions.types import Kind
from commun.library.types import Stage

_NOT_NOW = [("", "Je ne sais pas encore")]


class AnswerForm(GuardedForm):
    reponse = lines(label="Votre réponse", rows=6, required="Écrivez votre réponse.")


class CorrectForm(GuardedForm):
    """What she may change, by the names of the form; `values` gives them by column."""

    titre = line(label="Titre", most=200, required="Donnez un titre : quelques mots suffisent.")
    texte = lines(label="Texte", rows=10)
    etape = forms.ChoiceField(
        label="Où en êtes-vous ? (facultatif)",
        choices=[("", "Je ne sais pas"), *Stage.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    contraintes = lines(label="Ce dont il faut tenir compte", rows=3, most=2000)
    licence = forms.ChoiceField(
        label="À quelles conditions peut-on réutiliser ce que vous donnez ? (facultatif)",
        choices=[*_NOT_NOW, *LICENCES],
        required=False,
        widget=forms.RadioSelect,
    )
    nom = line(label="Votre nom", most=120, autocomplete="name")
    structure = line(label="Votre structure", most=160, autocomplete="organization")
    merci = forms.BooleanField(
        label="J’accepte que le site me remercie par mon nom",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": ""}),
    )

    _COLUMNS = {
        "titre": "title",
        "texte": "text",
        "licence": "licence",
        "nom": "name",
        "structure": "organisation_name",
        "merci": "thanks",
    }

    # Those of a need alone, kept in its `fields`.
    _FIELDS = {"etape": "stage", "contraintes": "constraints"}

    def __init__(self, *args: Any, row: Contribution, **kwargs: Any) -> None:
        self._row = row
        initial = {name: getattr(row, column) for name, column in self._COLUMNS.items()}
        initial |= {name: row.fields.get(key, "") for name, key in self._FIELDS.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("licence", "merci") if row.kind == Kind.NEED else self._FIELDS:
            del self.fields[name]

    @property
    def values(self) -> dict[str, Any]:
        found = {column: self.cleaned_data[name] for name, column in self._COLUMNS.items() if name in self.fields}
        if self._row.kind == Kind.NEED:
            found["fields"] = self._row.fields | {key: self.cleaned_data[name] for name, key in self._FIELDS.items()}
        return found


class EmptyForm(GuardedForm):
    """One button."""
