"""Forms of a person who acts for a collectivité. Signed-in pages, under Django's CSRF token."""

from __future__ import annotations

from typing import Any

from django import forms

from commun.accounts.models import User
from commun.common.fields import NameFormField
from commun.territories.models import Membership
from commun.territories.pickers import TerritoryField
from commun.territories.siren import clean_siren
from commun.territories.types import OrganisationKind

INPUT = {"class": "fr-input"}


class PersonForm(forms.Form):
    """Who she is: the town hall must recognise her."""

    prenom = NameFormField(
        label="Votre prénom",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", **INPUT}),
        error_messages={"required": "Indiquez votre prénom : votre mairie doit vous reconnaître."},
    )
    nom = NameFormField(
        label="Votre nom",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", **INPUT}),
        error_messages={"required": "Indiquez votre nom : votre mairie doit vous reconnaître."},
    )
    fonction = NameFormField(
        label="Votre fonction",
        max_length=120,
        help_text="Par exemple : maire, secrétaire de mairie, chargée de mission.",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", **INPUT}),
        error_messages={"required": "Indiquez votre fonction."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"prenom": user.first_name, "nom": user.last_name, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class PlaceForm(PersonForm):
    territoire = TerritoryField(
        label="Votre collectivité",
        help_text="Le nom, le code postal ou le numéro SIREN. Commune, intercommunalité, département ou région.",
    )
    field_order = ("territoire", "prenom", "nom", "fonction")


class FreeEntryForm(PersonForm):
    """A body that the register does not list."""

    denomination = NameFormField(
        label="Nom de l’organisme",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization", **INPUT}),
        error_messages={"required": "Indiquez le nom de l’organisme."},
    )
    type = forms.ChoiceField(
        label="Type d’organisme",
        choices=[(kind.value, kind.label) for kind in OrganisationKind],
        initial=OrganisationKind.SYNDICAT,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le type d’organisme."},
    )
    siren = forms.CharField(
        label="Numéro SIREN",
        max_length=30,
        help_text="Neuf chiffres ; les espaces ne comptent pas. Le SIRET convient aussi.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", **INPUT}),
        error_messages={"required": "Indiquez le numéro SIREN."},
    )
    field_order = ("denomination", "type", "siren", "prenom", "nom", "fonction")

    def clean_siren(self) -> str:
        try:
            return clean_siren(self.cleaned_data["siren"])
        except ValueError:
            raise forms.ValidationError(
                "Ce numéro n’est pas un SIREN : vérifiez ses neuf chiffres, l’un d’eux est faux ou manque."
            ) from None


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Les deux mots reçus par votre collectivité",
        max_length=80,
        help_text="Dans l’ordre. Majuscules, accents et tiret ne comptent pas.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", **INPUT}),
        error_messages={"required": "Écrivez les deux mots."},
    )


class CheckForm(forms.Form):
    """Ask for a check: how the team can make it."""

    precisions = forms.CharField(
        label="Comment pouvons-nous vérifier ?",
        max_length=1000,
        help_text="Par exemple : le numéro du standard de la mairie et les heures d’ouverture. Nous l’appellerons.",
        widget=forms.Textarea(attrs={"rows": 4, **INPUT}),
        error_messages={"required": "Dites comment joindre votre collectivité."},
    )


class LetterForm(forms.Form):
    piece = forms.FileField(
        label="Lettre signée ou délibération",
        help_text="PDF, JPEG ou PNG, 5 Mo au plus. La lettre nomme la personne qui agit, elle est datée et signée.",
        widget=forms.FileInput(attrs={"class": "fr-upload", "accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": "Joignez la lettre ou la délibération.",
            "empty": "Ce fichier est vide : joignez-en un autre.",
        },
    )
    precisions = forms.CharField(
        label="Précisions (facultatif)",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, **INPUT}),
    )


class LeaveForm(forms.Form):
    """To whom what she held passes."""

    def __init__(self, *args: Any, colleagues: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(one.user_id), f"{one.user} – {one.role}" if one.role else str(one.user)) for one in colleagues]
        self.fields["relais"] = forms.ChoiceField(
            label="Qui prend le relais ?",
            help_text="Vos besoins, engagements et échanges lui passent.",
            choices=[*names, ("", "Personne pour l’instant : tout reste à la collectivité")],
            initial=names[0][0] if names else "",
            required=False,
            widget=forms.RadioSelect,
        )
