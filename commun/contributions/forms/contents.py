"""First step of each form: the thing itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from commun.agenda.api import NewsKind
from commun.common.guard import GuardedForm
from commun.contributions.forms.fields import ThemeField, WebAddressField, choices, line, lines
from commun.library.types import Stage

SHORT = 500


class ContentForm(GuardedForm):
    """What every first step has: `title` and `text` name the fields that become those of the contribution."""

    title: ClassVar[str] = "titre"
    text: ClassVar[str] = "texte"


class ResourceForm(ContentForm):
    nature = choices(
        label="De quoi s’agit-il ?",
        options=[
            ("experience", "Une expérience que nous avons menée"),
            ("article", "Un article, une étude, un podcast, une vidéo"),
            ("guide", "Un guide de méthode"),
            ("kit", "Un kit d’outils ou de fiches"),
            ("inconnu", "Autre chose, ou je ne sais pas"),
        ],
        required="Choisissez ce que vous donnez ; la dernière réponse convient si vous hésitez.",
    )
    titre = line(label="Titre", most=160, required="Donnez un titre : quelques mots suffisent.")
    en_bref = lines(
        label="En bref",
        rows=3,
        most=SHORT,
        help_text="Deux ou trois phrases : de quoi s’agit-il, pour qui, avec quel résultat.",
        required="Dites en deux ou trois phrases de quoi il s’agit.",
    )
    texte = lines(
        label="Ce que vous voulez en dire",
        rows=8,
        help_text="Le déroulement, les moyens, ce qui n’a pas marché… La rédaction mettra en forme.",
    )
    lien = WebAddressField(label="Lien vers la ressource", help_text="Si elle est déjà en ligne quelque part.")


class EventForm(ContentForm):
    titre = line(label="Nom de l’événement", most=160, required="Donnez le nom de l’événement.")
    texte = lines(
        label="Présentation",
        rows=6,
        help_text="De quoi on y parlera, et pour qui.",
        required="Présentez l’événement en quelques phrases.",
    )
    organisateur = line(
        label="Organisé par", most=160, help_text="La structure qui organise, si ce n’est pas la vôtre."
    )


class NewsForm(ContentForm):
    nature = choices(
        label="De quoi s’agit-il ?",
        options=[(kind.value, kind.label) for kind in NewsKind],
        required="Choisissez ce que vous annoncez.",
    )
    titre = line(label="Titre", most=160, required="Donnez un titre : quelques mots suffisent.")
    texte = lines(label="L’actualité", rows=6, required="Écrivez l’actualité en quelques phrases.")
    lien = WebAddressField(label="Lien pour en savoir plus")


class NeedForm(ContentForm):
    thematique = ThemeField(label="Thématique (facultatif)", empty="Je ne sais pas, ou aucune de celles-ci")
    titre = line(
        label="Votre besoin en une phrase",
        most=160,
        help_text="Par exemple : associer les habitants au projet de place du marché.",
        required="Dites votre besoin en une phrase.",
    )
    texte = lines(
        label="Votre situation",
        rows=6,
        help_text="Ce que vous voulez faire, ce que vous avez déjà essayé, ce qui bloque.",
        required="Décrivez votre situation en quelques phrases : c’est ce qui permet de vous répondre utilement.",
    )
    etape = choices(
        label="Où en êtes-vous ?",
        options=Stage.choices,
        required="Dites où vous en êtes.",
    )
    contraintes = lines(
        label="Ce dont il faut tenir compte", rows=3, most=2000, help_text="Temps, budget, calendrier, équipe…"
    )
    paraitre = forms.BooleanField(
        label="J’accepte que d’autres collectivités voient ce besoin (facultatif)",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": ""}),
        help_text="Sa première ligne et le nom de la collectivité, dans la lettre sous « Ils cherchent » et dans "
        "l’annuaire. Jamais votre nom, et seulement si vous le dites au nom d’une collectivité. Vous pourrez changer "
        "d’avis.",
    )


class ProposalForm(ContentForm):
    titre = line(
        label="La thématique que vous proposez",
        most=120,
        help_text="Par exemple : participer en zone rurale.",
        required="Nommez la thématique en quelques mots.",
    )
    texte = lines(
        label="Pourquoi elle compte pour vous",
        rows=6,
        help_text="Ce qu’elle permettrait, et à qui. Les propositions retenues sont mises au vote des collectivités.",
        required="Dites en quelques phrases pourquoi cette thématique compte.",
    )


class QuestionForm(ContentForm):
    titre = line(label="Objet", most=150, required="Dites en quelques mots de quoi il s’agit.")
    texte = lines(label="Votre message", rows=8, required="Écrivez votre message.")


class WhenForm(GuardedForm):
    """Days and hours on the clock of the place; `clean` gives dates and times, or names the field that is wrong."""

    debut = forms.DateField(
        label="Premier jour",
        widget=forms.DateInput(attrs={"class": "fr-input", "type": "date"}, format="%Y-%m-%d"),
        help_text="Format attendu : JJ/MM/AAAA",
        error_messages={
            "required": "Indiquez le jour de l’événement.",
            "invalid": "Cette date n’existe pas. Format attendu : JJ/MM/AAAA.",
        },
    )
    heure_debut = forms.TimeField(
        label="Heure de début (facultatif)",
        required=False,
        widget=forms.TimeInput(attrs={"class": "fr-input", "type": "time"}, format="%H:%M"),
        help_text="Laissez vide si l’événement dure toute la journée. Format attendu : 14:30",
        error_messages={"invalid": "Cette heure n’existe pas. Format attendu : 14:30."},
    )
    fin = forms.DateField(
        label="Dernier jour (facultatif)",
        required=False,
        widget=forms.DateInput(attrs={"class": "fr-input", "type": "date"}, format="%Y-%m-%d"),
        help_text="Seulement s’il dure plusieurs jours.",
        error_messages={"invalid": "Cette date n’existe pas. Format attendu : JJ/MM/AAAA."},
    )
    heure_fin = forms.TimeField(
        label="Heure de fin (facultatif)",
        required=False,
        widget=forms.TimeInput(attrs={"class": "fr-input", "type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Cette heure n’existe pas. Format attendu : 16:00."},
    )
    en_ligne = forms.BooleanField(
        label="On peut y assister à distance", required=False, widget=forms.CheckboxInput(attrs={"class": ""})
    )
    lieu = line(label="Adresse ou salle", help_text="Par exemple : salle des fêtes, place de la Mairie.")
    inscription = WebAddressField(label="Lien pour s’inscrire ou se connecter")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("debut"), cleaned.get("fin")
        if start and end and end < start:
            self.add_error("fin", "Le dernier jour est avant le premier.")
        opens, closes = cleaned.get("heure_debut"), cleaned.get("heure_fin")
        if closes and not opens and "heure_debut" not in self.errors:
            self.add_error("heure_debut", "Indiquez aussi l’heure de début.")
        if opens and closes and (not end or end == start) and closes <= opens:
            self.add_error("heure_fin", "L’heure de fin est avant celle de début.")
        return cleaned
