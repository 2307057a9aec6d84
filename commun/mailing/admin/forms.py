"""Forms of the team's screens."""

from __future__ import annotations

from django import forms


class OperatorForm(forms.Form):
    name = forms.CharField(label="Nom", max_length=100)
    rate_per_minute = forms.IntegerField(
        label="Messages par minute",
        min_value=1,
        max_value=1_000_000,
        required=False,
        help_text="Vide : le rythme par défaut, ou aucune limite.",
    )
    daily_cap = forms.IntegerField(
        label="Messages par jour",
        min_value=1,
        max_value=100_000_000,
        required=False,
        help_text="Vide : aucun plafond. Le compte repart à minuit.",
    )
    domains = forms.CharField(
        label="Domaines",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        required=False,
        help_text="Un par ligne. Les envois dont la liste est déjà écrite gardent l’ancienne répartition.",
    )

    def clean_domains(self) -> list[str]:
        return self.cleaned_data["domains"].replace(",", " ").split()


class PauseForm(forms.Form):
    hours = forms.TypedChoiceField(
        label="Mettre en pause pendant",
        coerce=int,
        choices=[(1, "une heure"), (6, "six heures"), (24, "un jour"), (168, "une semaine")],
    )


class PolicyForm(forms.Form):
    rate_per_minute = forms.IntegerField(
        label="Messages par minute, en tout",
        min_value=1,
        max_value=10_000_000,
        required=False,
        help_text="Vide : aussi vite que le relais le permet.",
    )
    operator_rate_per_minute = forms.IntegerField(
        label="Messages par minute, pour une messagerie qui n’a pas son propre rythme",
        min_value=1,
        max_value=1_000_000,
        required=False,
        help_text="Vide : aucune limite. Ne compte que les messageries de la liste.",
    )
    warmup_from = forms.DateField(
        label="Montée en charge depuis le",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Le premier jour d’un domaine que personne ne connaît. Vide : pas de montée en charge. "
        "Elle cesse d’elle-même après 60 jours.",
    )
    warmup_first_cap = forms.IntegerField(label="Messages le premier jour", min_value=1, max_value=10_000_000)
    warmup_growth = forms.FloatField(
        label="Multipliés chaque jour par", min_value=1.0, max_value=5.0, help_text="1,5 : moitié de plus chaque jour."
    )
