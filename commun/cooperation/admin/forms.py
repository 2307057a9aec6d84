"""Forms of the team's screens."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput, AdminPageChooser
from wagtail.models import Page

from commun.common import clock
from commun.cooperation.models import Need, ThemeProposal
from commun.library.api import ThemePage
from commun.library.types import Stage
from commun.territories.api import AdminOrganisationPicker, AdminTerritoryPicker, Organisation, Territory, TerritoryKind

_CHOOSERS = 3
_DIGITS = 10


class NeedFilterForm(forms.Form):
    """GET; anything unreadable is no filter."""

    tas = forms.CharField(required=False, max_length=20)
    thematique = forms.ModelChoiceField(
        label="Thématique", required=False, queryset=ThemePage.objects.order_by("title"), empty_label="Toutes"
    )
    departement = forms.ModelChoiceField(
        label="Département",
        required=False,
        queryset=Territory.objects.filter(kind=TerritoryKind.DEPARTEMENT, obsolete=False).order_by("code"),
        to_field_name="code",
        empty_label="Tous",
    )
    q = forms.CharField(label="Mots, collectivité ou commune", required=False, max_length=100)
    apres = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departement"].label_from_instance = lambda one: f"{one.code} {one.name}"  # type: ignore[attr-defined]


class FilingForm(forms.Form):
    """Where a need is filed; what it says is its author's."""

    title = forms.CharField(label="Besoin", max_length=200)
    theme = forms.ModelChoiceField(
        label="Thématique", queryset=ThemePage.objects.order_by("title"), required=False, empty_label="—"
    )
    stage = forms.ChoiceField(label="Étape", choices=[("", "—"), *Stage.choices], required=False)
    organisation = forms.ModelChoiceField(
        label="Collectivité", queryset=Organisation.objects.all(), required=False, widget=AdminOrganisationPicker
    )
    territory = forms.ModelChoiceField(
        label="Territoire", queryset=Territory.objects.all(), required=False, widget=AdminTerritoryPicker
    )

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        names = ("title", "theme", "stage", "organisation", "territory")
        kwargs.setdefault("initial", {name: getattr(need, name) for name in names})
        super().__init__(*args, **kwargs)


class PageChooser(AdminPageChooser):
    """What names no page online is no choice: the library's own widget would fail to show it again."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = str(super().value_from_datadict(data, files, name) or "")
        known = value.isdecimal() and len(value) < _DIGITS and Page.objects.live().filter(pk=value).exists()
        return value if known else None


class AnswerForm(forms.Form):
    """Words, suggested pages ticked with their reasons, and up to three others."""

    text = forms.CharField(
        label="Votre réponse",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Elle part par courriel, avec les pages choisies. La personne peut répondre.",
    )
    suggested = forms.MultipleChoiceField(label="À joindre", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, suggestions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["suggested"].choices = [(str(pk), title) for pk, title in suggestions]  # type: ignore[attr-defined]
        for number in range(1, _CHOOSERS + 1):
            self.fields[f"page_{number}"] = forms.ModelChoiceField(
                label=f"Autre page {number}",
                queryset=Page.objects.live().filter(depth__gt=2),
                required=False,
                widget=PageChooser(),
            )

    @property
    def choosers(self) -> list[forms.BoundField]:
        return [self[f"page_{number}"] for number in range(1, _CHOOSERS + 1)]

    @property
    def page_ids(self) -> list[int]:
        """In the order of the screen, each once."""
        chosen = [self.cleaned_data.get(f"page_{number}") for number in range(1, _CHOOSERS + 1)]
        ids = [int(pk) for pk in self.cleaned_data.get("suggested", [])] + [page.pk for page in chosen if page]
        return list(dict.fromkeys(ids))


class WordsForm(forms.Form):
    words = forms.CharField(
        label="Pourquoi",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi, en une phrase."},
    )


class ProposalForm(forms.Form):
    """As it will stand on the ballot."""

    title = forms.CharField(label="Intitulé", max_length=200, error_messages={"required": "Donnez un intitulé."})
    text = forms.CharField(label="En bref", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        label="Avec laquelle",
        queryset=ThemeProposal.objects.none(),
        empty_label=None,
        error_messages={"required": "Choisissez une autre proposition."},
    )


class ProjectForm(forms.Form):
    """A project: what it is called, what it is about, until when one joins."""

    title = forms.CharField(label="Titre", max_length=200, error_messages={"required": "Donnez un titre."})
    summary = forms.CharField(
        label="En bref", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    theme = forms.ModelChoiceField(
        label="Thématique", queryset=ThemePage.objects.order_by("title"), required=False, empty_label="—"
    )
    call_until = forms.DateTimeField(
        label="Inscriptions jusqu’au",
        widget=AdminDateTimeInput,
        help_text="Heure de Paris. Trois parties prenantes sont alors nécessaires.",
    )

    def clean_call_until(self) -> Any:
        until = self.cleaned_data["call_until"]
        if until <= clock.now():
            raise forms.ValidationError("Cette date est passée.")
        return until


class OpenProjectForm(ProjectForm):
    departure = forms.CharField(
        label="Pourquoi ce choix s’écarte du classement",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Publié sur la page du projet.",
    )


class ReportForm(forms.Form):
    text = forms.CharField(
        label="Ce qui s’est fait",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Une ligne vide sépare deux paragraphes. Ce texte ouvre un brouillon d’expérience, à compléter.",
        error_messages={"required": "Racontez ce qui s’est fait."},
    )
    what_failed = forms.CharField(
        label="Ce qui n’a pas marché", max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
