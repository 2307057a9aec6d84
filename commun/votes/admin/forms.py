"""Forms of the team's screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput

from commun.territories.api import TerritoryKind
from commun.votes.models import Vote
from commun.votes.services.preparing import ELECTOR_KINDS, FIELDS, USUAL
from commun.votes.types import MOST_OPTIONS, LadderStep, OptionDraft, VoteMethod

BLANK_LINES = 3


class OptionForm(forms.Form):
    """One line of what is voted on. `option`: which it was, so that another wording leaves it the same."""

    option = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label="Intitulé", max_length=200, error_messages={"required": "Donnez l’intitulé, ou cochez « Retirer »."}
    )
    summary = forms.CharField(
        label="En bref", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    link = forms.CharField(
        label="Page à lire", max_length=300, required=False, help_text="Son adresse : https://… ou /thematiques/…"
    )

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and (link.startswith("//") or not link.startswith(("https://", "/"))):
            raise forms.ValidationError("L’adresse doit commencer par https:// ou par /.")
        return link


class BaseOptions(BaseFormSet[OptionForm]):
    deletion_widget = forms.CheckboxInput

    def add_fields(self, form: OptionForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Retirer"

    def clean(self) -> None:
        if any(form.errors for form in self._kept):
            return
        titles = [draft.title.casefold() for draft in self.drafts]
        if not 2 <= len(titles) <= MOST_OPTIONS:
            raise forms.ValidationError(f"Donnez de 2 à {MOST_OPTIONS} propositions.")
        if len(set(titles)) < len(titles):
            raise forms.ValidationError("Deux propositions ont le même intitulé.")

    @property
    def _kept(self) -> list[OptionForm]:
        return [form for form in self.forms if not form.cleaned_data.get("DELETE")]

    @property
    def drafts(self) -> list[OptionDraft]:
        """What was typed, in its order, without blank lines and those taken out."""
        lines = [form.cleaned_data for form in self._kept]
        return [OptionDraft(**{name: line[name] for name in OptionForm.base_fields}) for line in lines if line]


_Options = formset_factory(
    OptionForm, formset=BaseOptions, extra=BLANK_LINES, max_num=MOST_OPTIONS, absolute_max=100, can_delete=True
)


def options_form(data: Any = None, *, vote: Vote | None = None) -> Any:
    """The options of a vote, one line each, and a few blank ones."""
    rows = vote.options.all() if vote is not None else ()
    initial = [{"option": one.pk, "title": one.title, "summary": one.summary, "link": one.link} for one in rows]
    return _Options(data, initial=initial, prefix="options")


class VoteForm(forms.Form):
    title = forms.CharField(label="Titre", max_length=200)
    presentation = forms.CharField(
        label="Présentation", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
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


def initial_of(vote: Vote) -> dict[str, Any]:
    shown = {name: getattr(vote, name) for name in (*FIELDS, *USUAL)}
    for name in ("opens_at", "closes_at"):
        shown[name] = timezone.localtime(shown[name])
    return shown


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
