"""Forms of the team's screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput

from commun.territories.api import TerritoryKind
from commun.votes.models import Vote
from commun.votes.services.preparing import ELECTOR_KINDS, FIELDS, USUAL
from commun.votes.types import MOST_OPTIONS, LadderStep, OptionDraft, VoteMethod

SEPARATOR = "|"


class VoteForm(forms.Form):
    title = forms.CharField(label="Titre", max_length=200)
    presentation = forms.CharField(
        label="Présentation", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    options = forms.CharField(
        label="Propositions",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Une par ligne : intitulé | en bref | adresse de la page à lire. Les deux derniers peuvent manquer.",
    )
    method = forms.ChoiceField(label="Mode de scrutin", choices=VoteMethod, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="Qui vote",
        choices=[(kind.value, kind.label) for kind in ELECTOR_KINDS],
        widget=forms.CheckboxSelectMultiple,
        initial=[TerritoryKind.COMMUNE, TerritoryKind.EPCI, TerritoryKind.DEPARTEMENT],
        help_text="Chaque territoire de ces types a un bulletin, membre du réseau ou non.",
        error_messages={"required": "Choisissez qui vote."},
    )
    ladder = forms.MultipleChoiceField(
        label="Départage des égalités, dans cet ordre",
        choices=LadderStep,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=LadderStep.values,
    )
    public_value_name = forms.CharField(
        label="Valeur publique du tirage",
        max_length=300,
        required=False,
        help_text="Une valeur que personne ne peut prévoir ni choisir, connue après la clôture : « les numéros du "
        "tirage du Loto du samedi 5 décembre 2026, dans l’ordre croissant ».",
    )
    opens_at = forms.DateTimeField(label="Ouverture", widget=AdminDateTimeInput, help_text="Heure de Paris.")
    closes_at = forms.DateTimeField(
        label="Clôture", widget=AdminDateTimeInput, help_text="À cet instant, plus aucun bulletin n’est reçu."
    )
    reminder_days = forms.IntegerField(
        label="Rappel, en jours avant la clôture",
        min_value=0,
        max_value=60,
        initial=5,
        help_text="Un seul, aux collectivités qui n’ont pas voté, si une invitation est partie. 0 : pas de rappel.",
    )
    note = forms.CharField(
        label="Précisions ajoutées aux règles",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce qui suivra le vote, par exemple. Le reste des règles s’écrit tout seul.",
    )

    def clean_options(self) -> list[OptionDraft]:
        drafts = [_option(line) for line in self.cleaned_data["options"].splitlines() if line.strip()]
        titles = [draft.title.casefold() for draft in drafts]
        if not 2 <= len(drafts) <= MOST_OPTIONS:
            raise forms.ValidationError(f"Donnez de 2 à {MOST_OPTIONS} propositions, une par ligne.")
        if len(set(titles)) < len(titles):
            raise forms.ValidationError("Deux propositions ont le même intitulé.")
        return drafts

    def clean_ladder(self) -> list[str]:
        """In the order of the rule, whatever the order of ticking: the draw comes last."""
        return [step for step in LadderStep.values if step in self.cleaned_data["ladder"]]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        opens, closes = values.get("opens_at"), values.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "La clôture vient après l’ouverture.")
        if LadderStep.DRAW in values.get("ladder", ()) and not values.get("public_value_name"):
            self.add_error("public_value_name", "Nommez la valeur publique, ou retirez le tirage au sort.")
        return values

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*FIELDS, *USUAL)}


def _option(line: str) -> OptionDraft:
    title, summary, link = ([part.strip() for part in line.split(SEPARATOR, 2)] + ["", ""])[:3]
    if not title or len(title) > 200 or len(summary) > 1000 or len(link) > 300:
        raise forms.ValidationError(f"Cette ligne ne convient pas : « {line.strip()[:80]} ».")
    if link and not link.startswith(("https://", "/")):
        raise forms.ValidationError(f"L’adresse de « {title} » doit commencer par https:// ou par /.")
    return OptionDraft(title=title, summary=summary, link=link)


def initial_of(vote: Vote) -> dict[str, Any]:
    lines = (
        f" {SEPARATOR} ".join((one.title, one.summary, one.link)).rstrip(f" {SEPARATOR}") for one in vote.options.all()
    )
    shown = {name: getattr(vote, name) for name in (*FIELDS, *USUAL)}
    for name in ("opens_at", "closes_at"):
        shown[name] = timezone.localtime(shown[name])
    return {**shown, "options": "\n".join(lines)}


class StrikeForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        max_length=300,
        help_text="Public : il entre dans l’urne et dans le procès-verbal. Ne nommez personne.",
        error_messages={"required": "Donnez le motif : il sera public."},
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Public : il entre dans l’urne, paraît sur la page du vote et part aux votants. Ne nommez personne.",
        error_messages={"required": "Donnez le motif : il sera public."},
    )


class DepartureForm(forms.Form):
    text = forms.CharField(
        label="Raisons",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Publiées avec le résultat et au procès-verbal. Vide : la décision suit le classement.",
    )


class DrawForm(forms.Form):
    value = forms.CharField(label="Valeur", max_length=300)
    again = forms.CharField(label="La même, une seconde fois", max_length=300)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if " ".join(values.get("value", "").split()) != " ".join(values.get("again", "").split()):
            self.add_error("again", "Les deux valeurs diffèrent.")
        return values


class SearchForm(forms.Form):
    q = forms.CharField(label="Nom, ou son début", max_length=100, required=False)
