"""Forms of the public pages."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings

from commun.accounts.api import AddressField
from commun.common import clock, french
from commun.common.guard import GuardedForm
from commun.subscribers import wording
from commun.subscribers.models import Subscriber, Topic
from commun.subscribers.selectors.people import get_topics
from commun.subscribers.selectors.segments import departements
from commun.subscribers.types import Preference
from commun.territories.api import Territory

LONGEST_PAUSE_MONTHS = 12
EVERY_ISSUE = "Tous les numéros"
CHOSEN_TOPICS = "Seulement les numéros des thématiques que je choisis"


def _address() -> AddressField:
    return AddressField(
        help_text="Format attendu : prenom.nom@mairie.fr",
        error_messages={"required": "Saisissez votre adresse électronique."},
    )


class ChoiceOfTopics(GuardedForm):
    """Every issue, or chosen themes; without any theme yet, nothing is asked."""

    preference = forms.ChoiceField(
        label="Ce que vous souhaitez recevoir",
        widget=forms.RadioSelect,
        initial=Preference.EVERY_ISSUE.value,
        choices=[(Preference.EVERY_ISSUE.value, EVERY_ISSUE), (Preference.CHOSEN_TOPICS.value, CHOSEN_TOPICS)],
        error_messages={"required": "Choisissez ce que vous souhaitez recevoir."},
    )
    topics = forms.ModelMultipleChoiceField(
        label="Thématiques choisies",
        help_text="À cocher si vous ne souhaitez que certaines thématiques.",
        queryset=Topic.objects.none(),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Une thématique cochée n’est plus proposée. Vérifiez votre choix."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = get_topics()
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topics"], self.fields["preference"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.setdefault("topics", [])
        if "preference" not in self.fields:
            cleaned["preference"] = Preference.EVERY_ISSUE.value
        if cleaned.get("preference") == Preference.EVERY_ISSUE:
            cleaned["topics"] = []
        elif cleaned.get("preference") and not cleaned["topics"] and "topics" not in self.errors:
            self.add_error("topics", "Cochez au moins une thématique, ou choisissez tous les numéros.")
        return cleaned


class SubscriptionForm(ChoiceOfTopics):
    email = _address()
    field_order = ("email", "preference", "topics")

    @property
    def consent_text(self) -> str:
        """The sentence shown above the button, which is the one recorded."""
        return wording.form_consent(site=settings.SITE_NAME)


class LostLinkForm(GuardedForm):
    email = _address()


class AddressForm(forms.Form):
    """Another address for the same subscription."""

    email = _address()


class PreferencesForm(ChoiceOfTopics):
    pause = forms.ChoiceField(
        label="Faire une pause",
        help_text="La lettre reprend d’elle-même à la date dite.",
        widget=forms.RadioSelect,
        initial="none",
        choices=[
            ("none", "Pas de pause : je reçois la lettre"),
            ("2", "Pendant 2 mois"),
            ("4", "Pendant 4 mois"),
            ("6", "Pendant 6 mois"),
            ("date", "Jusqu’à une date que j’indique"),
        ],
        error_messages={"required": "Dites si vous souhaitez une pause."},
    )
    paused_until = forms.DateField(
        label="Date de reprise",
        help_text=f"À remplir pour une pause jusqu’à une date, dans les {LONGEST_PAUSE_MONTHS} mois.",
        required=False,
        widget=forms.DateInput(attrs={"class": "fr-input", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Cette date n’existe pas. Format attendu : JJ/MM/AAAA."},
    )

    departement = forms.ModelChoiceField(
        label="Votre département (facultatif)",
        help_text="Pour vous écrire de ce qui se passe près de chez vous. Effaçable ici à tout moment.",
        queryset=Territory.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="Je préfère ne pas le dire",
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={"invalid_choice": "Choisissez un département de la liste."},
    )

    def __init__(self, *args: Any, subscriber: Subscriber, **kwargs: Any) -> None:
        paused_until = subscriber.paused_until if subscriber.is_paused else None
        kwargs["initial"] = {
            "preference": subscriber.preference,
            "topics": [topic.slug for topic in subscriber.topics.all()],
            "pause": "date" if paused_until else "none",
            "paused_until": paused_until,
            "departement": subscriber.departement and subscriber.departement.code,
        }
        super().__init__(*args, **kwargs)
        self.fields["departement"].queryset = departements()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        choice = cleaned.get("pause")
        if choice != "date":
            self.errors.pop("paused_until", None)  # what was left in a field that does not count
        if choice in {"2", "4", "6"}:
            cleaned["paused_until"] = add_months(clock.today(), int(choice))
        elif choice == "date":
            self._check_date(cleaned.get("paused_until"))
        else:
            cleaned["paused_until"] = None
        return cleaned

    def _check_date(self, until: date | None) -> None:
        if "paused_until" in self.errors:
            return
        tomorrow = clock.today() + timedelta(days=1)
        latest = add_months(clock.today(), LONGEST_PAUSE_MONTHS)
        if until is None:
            self.add_error("paused_until", "Indiquez la date à laquelle la lettre doit reprendre.")
        elif not tomorrow <= until <= latest:
            said = f"Choisissez une date entre le {french.day(tomorrow)} et le {french.day(latest)}."
            self.add_error("paused_until", said)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
