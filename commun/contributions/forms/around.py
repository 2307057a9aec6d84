"""The other steps: where, with which files and licence, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from commun.cms.api import Licence
from commun.common import french
from commun.common.guard import GuardedForm
from commun.contributions.forms.fields import INPUT, ThemeField, choices, line, person_address
from commun.contributions.types import Kind
from commun.territories.api import Organisation, TerritoryField

MOST_FILES = 10
LICENCES = [
    (
        Licence.OPEN.value,
        "Licence Ouverte 2.0 : chacun peut réutiliser, en citant la source. C’est celle des administrations.",
    ),
    (Licence.CC_BY_SA.value, "CC BY-SA : réutiliser en citant, et partager de la même façon ce qu’on en tire."),
    (Licence.CC_BY.value, "CC BY : réutiliser librement, en citant l’auteur ou l’autrice."),
    (Licence.CC_BY_NC_SA.value, "CC BY-NC-SA : comme CC BY-SA, mais sans usage commercial."),
    (Licence.CC_BY_NC_ND.value, "CC BY-NC-ND : diffuser tel quel, en citant, sans usage commercial."),
    (Licence.RESERVED.value, "Tous droits réservés : le réseau peut la publier, personne ne peut la reprendre."),
]


class WhereForm(GuardedForm):
    territoire = TerritoryField(
        label="Territoire (facultatif)",
        required=False,
        help_text="Commune, intercommunalité, département ou région. Nom, code postal ou SIREN.",
    )
    thematique = ThemeField(label="Thématique (facultatif)", empty="Je ne sais pas, ou aucune de celles-ci")

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind is Kind.NEED:
            del self.fields["thematique"]  # asked first
            self.fields["territoire"].label = "Votre collectivité (facultatif)"
            self.fields["territoire"].help_text = "Elle permet de vous rapprocher de territoires qui vous ressemblent."


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; the value is a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(one, initial) for one in given]


class FilesForm(GuardedForm):
    """Files already kept are given as `kept`: each picture among them gets its text alternative here."""

    fichiers = ManyFilesField(
        label="Ajouter des fichiers (facultatif)",
        required=False,
        help_text="Photos (JPEG, PNG, WebP), documents (PDF, Word, LibreOffice…). Dix fichiers, 25 Mo en tout. "
        "Ils sont examinés avant d’être gardés : vous pouvez continuer sans attendre.",
        widget=ManyFiles(attrs={"class": "fr-upload"}),
        error_messages={"empty": "Ce fichier est vide."},
    )
    licence = choices(
        label="À quelles conditions les autres collectivités peuvent-elles réutiliser ce que vous donnez ?",
        help_text="Si vous hésitez, la première convient à presque tout ce que produit une administration.",
        options=LICENCES,
        required="Choisissez une licence : sans elle, nous ne pourrions pas publier.",
    )
    droits = forms.BooleanField(
        label="J’ai le droit de partager ces contenus, et les personnes reconnaissables sur les photos sont d’accord.",
        error_messages={"required": "Confirmez que vous avez le droit de partager ces contenus."},
    )

    def __init__(self, *args: Any, kept: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = list(kept)
        for file in self.kept:
            if file.is_image and not file.refused:
                self.fields[file.described_by] = forms.CharField(
                    label=f"Ce que montre « {file.name} » (facultatif)",
                    help_text="Une phrase, pour qui ne voit pas l’image.",
                    max_length=255,
                    required=False,
                    initial=file.alt_text,
                    widget=forms.TextInput(attrs=INPUT),
                )

    @property
    def alternatives(self) -> dict[int, str]:
        """Text alternatives by file."""
        prefix = "description_"
        return {
            int(name.removeprefix(prefix)): " ".join(str(value).split())
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }


class YouForm(GuardedForm):
    nom = line(
        label="Votre nom",
        most=120,
        required="Indiquez votre nom : c’est à vous que nous répondrons.",
        autocomplete="name",
    )
    adresse = person_address()
    structure = line(
        label="Votre collectivité ou structure",
        most=160,
        help_text="Telle qu’elle doit être citée.",
        autocomplete="organization",
    )
    remerciement = forms.BooleanField(
        label="J’accepte que mon nom figure parmi les remerciements du site.", required=False
    )

    def __init__(
        self, *args: Any, known_address: str = "", acts_for: Sequence[Organisation] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if known_address:
            del self.fields["adresse"]  # whoever is signed in has proved it
        if acts_for:
            del self.fields["structure"]
            self.fields["au_nom"] = choices(
                label="Au nom de qui ?",
                options=[*((str(one.pk), french.name(one.label)) for one in acts_for), ("moi", "En mon nom seulement")],
                required="Dites au nom de qui vous donnez.",
            )
            self.fields["au_nom"].initial = str(acts_for[0].pk)
            self.order_fields(["nom", "au_nom", "remerciement"])


class ReviewForm(GuardedForm):
    """A button: everything was already filled."""


class LaterForm(GuardedForm):
    """Where to send the link that opens the form again."""

    adresse_lien = person_address(help_text="Elle ne sert qu’à envoyer ce lien. Exemple : prenom.nom@mairie.fr")


class ConfirmForm(GuardedForm):
    """The button of the message that proves an address."""
