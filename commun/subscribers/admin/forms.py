"""Forms of the team's screens."""

from __future__ import annotations

from typing import Any

from django import forms

from commun.accounts.api import InvalidAddress, normalise_email
from commun.subscribers import wording
from commun.subscribers.models import Subscriber, Topic
from commun.subscribers.selectors.people import get_topics
from commun.subscribers.types import LegalBasis, Preference

# Longer lists would outlast the web server's patience; the command has no such limit.
LARGEST_UPLOAD = 2 * 1024 * 1024


class Address(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Adresse électronique", widget=forms.EmailInput, max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        try:
            return normalise_email(super().clean(value))
        except InvalidAddress:
            raise forms.ValidationError("Cette adresse est incomplète ou mal écrite.", code="address") from None


class Grounds(forms.Form):
    """What allows to write to people who did not ask themselves."""

    basis = forms.ChoiceField(
        label="Base légale", choices=[(basis.value, name) for basis, name in wording.BASES.items()]
    )
    source = forms.CharField(
        label="Source",
        max_length=200,
        help_text="D’où vient l’adresse, avec la date. Gardé avec la preuve, et montré à la personne.",
    )
    topics = forms.ModelMultipleChoiceField(
        label="Thématiques",
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sans choix : tous les numéros.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = get_topics()  # type: ignore[attr-defined]

    @property
    def legal_basis(self) -> LegalBasis:
        return LegalBasis(self.cleaned_data["basis"])


class PersonForm(Grounds):
    address = Address()
    field_order = ("address", "basis", "source", "topics")


class ImportForm(Grounds):
    file = forms.FileField(
        label="Fichier CSV",
        help_text="Une colonne « courriel », ou une adresse par ligne. 2 Mo au plus ; au-delà, la commande "
        "import_subscribers.",
    )
    dry_run = forms.BooleanField(label="Essai : compter, sans rien écrire", required=False, initial=True)
    field_order = ("file", "basis", "source", "topics", "dry_run")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError("Ce fichier dépasse 2 Mo : passez par la commande import_subscribers.")
        return file


class SearchForm(forms.Form):
    beginning = forms.CharField(label="Adresse, ou une partie", min_length=3, max_length=254)


class ProofSearchForm(forms.Form):
    address = Address()


class ReasonForm(forms.Form):
    why = forms.CharField(
        label="Motif",
        max_length=200,
        help_text="Gardé avec votre nom et la date.",
        error_messages={"required": "Donnez un motif : il sera gardé."},
    )


class NewAddressForm(forms.Form):
    address = Address()


class ChoicesForm(forms.Form):
    """What a person receives, changed at her word."""

    preference = forms.ChoiceField(label="Reçoit", choices=Subscriber._meta.get_field("preference").flatchoices)
    topics = forms.ModelMultipleChoiceField(
        label="Thématiques", queryset=Topic.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    paused_until = forms.DateField(
        label="En pause jusqu’au", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = get_topics()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("preference") == Preference.CHOSEN_TOPICS and not cleaned.get("topics"):
            self.add_error("topics", "Cochez au moins une thématique.")
        return cleaned
