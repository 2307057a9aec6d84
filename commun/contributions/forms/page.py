"""Forms of the page where whoever gave something follows it."""

from __future__ import annotations

from typing import Any

from django import forms

from commun.common.guard import GuardedForm
from commun.contributions.forms.around import LICENCES
from commun.contributions.forms.fields import line, lines
from commun.contributions.models import Contribution

_NOT_NOW = [("", "Je ne sais pas encore")]


class AnswerForm(GuardedForm):
    reponse = lines(label="Votre réponse", rows=6, required="Écrivez votre réponse.")


class CorrectForm(GuardedForm):
    """What she may change, by the names of the form; `values` gives them by column."""

    titre = line(label="Titre", most=200, required="Donnez un titre : quelques mots suffisent.")
    texte = lines(label="Texte", rows=10)
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

    @classmethod
    def initial_of(cls, row: Contribution) -> dict[str, Any]:
        return {name: getattr(row, column) for name, column in cls._COLUMNS.items()}

    @property
    def values(self) -> dict[str, Any]:
        return {column: self.cleaned_data[name] for name, column in self._COLUMNS.items()}


class EmptyForm(GuardedForm):
    """One button."""
