"""Forms of this room."""

from __future__ import annotations

from django import forms

from commun.accounts.api import AddressField
from commun.common.fields import NameFormField, TextFormField
from commun.common.guard import GuardedForm

INPUT = {"class": "fr-input"}


class ContactForm(GuardedForm):
    """A message to the team. What was typed survives every refusal."""

    nom = NameFormField(
        label="Votre nom",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", **INPUT}),
    )
    adresse = AddressField(
        label="Votre adresse électronique",
        max_length=254,
        help_text="Pour vous répondre. Exemple : prenom.nom@mairie.fr",
        error_messages={"required": "Indiquez votre adresse électronique : sans elle, nous ne pourrions pas répondre."},
    )
    objet = NameFormField(
        label="Objet",
        max_length=150,
        widget=forms.TextInput(attrs=INPUT),
        error_messages={"required": "Dites en quelques mots de quoi il s’agit."},
    )
    message = TextFormField(
        label="Votre message",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8, **INPUT}),
        error_messages={"required": "Écrivez votre message."},
    )

    def clean_objet(self) -> str:
        return " ".join(self.cleaned_data["objet"].split())
