"""What the pages of the forms say of what was filled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django import forms

from commun.agenda.api import EventPage
from commun.cms.api import Licence
from commun.common import clock, french
from commun.contributions.forms import form_class
from commun.contributions.models import File, FormDraft
from commun.contributions.refusals import REFUSED
from commun.contributions.selectors.same_days import alike_events
from commun.contributions.services.form_fields import fields_of
from commun.contributions.services.given_forms import acted_for, all_values, territory_of, theme_of
from commun.contributions.steps import STEPS, Step, title_of
from commun.contributions.story import is_story
from commun.contributions.types import Kind
from commun.territories.api import Organisation, TerritoryField, get_by_key

__all__ = ["REFUSED", "STORY", "WAYS", "WAY_OF", "Part", "Preview", "Way", "alike", "period", "preview", "review"]

_HIDDEN = {"horodatage", "site_internet", "droits"}


@dataclass(frozen=True, kw_only=True)
class Way:
    """One of the things that can be given."""

    slug: str
    title: str
    heading: str
    text: str
    minutes: str
    lead: str


WAYS = (
    Way(
        slug="ressource",
        title="Une ressource",
        heading="Donner une ressource",
        text="Une expérience que vous avez menée, un article, un guide, un kit d’outils.",
        minutes="5 minutes",
        lead="Ce que vous avez fait, lu ou produit peut servir ailleurs. Un brouillon suffit : nous mettons en forme.",
    ),
    Way(
        slug="evenement",
        title="Un événement",
        heading="Annoncer un événement",
        text="Une rencontre, un webinaire, un atelier à faire figurer dans l’agenda.",
        minutes="3 minutes",
        lead="Il paraîtra dans l’agenda du site, et dans la lettre si sa date le permet.",
    ),
    Way(
        slug="actualite",
        title="Une actualité",
        heading="Annoncer une actualité",
        text="Une annonce, un recrutement, une publication de votre structure.",
        minutes="3 minutes",
        lead="Elle paraîtra dans les actualités des partenaires.",
    ),
    Way(
        slug="besoin",
        title="Un besoin",
        heading="Préciser un besoin",
        text="Ce que votre collectivité cherche à faire, et ce qui bloque.",
        minutes="4 minutes",
        lead="La rédaction vous répond avec des expériences, des guides et des collectivités qui sont passées par là.",
    ),
    Way(
        slug="thematique",
        title="Une thématique",
        heading="Proposer une thématique",
        text="Un sujet que le réseau devrait traiter, et mettre au vote.",
        minutes="2 minutes",
        lead="Les propositions sont regroupées, puis les collectivités votent.",
    ),
    Way(
        slug="question",
        title="Une question, une remarque",
        heading="Écrire à la rédaction",
        text="Sur la lettre, une ressource, le réseau.",
        minutes="2 minutes",
        lead="Une personne de la rédaction vous répond.",
    ),
)
_BY_SLUG = {way.slug: way for way in WAYS}
# The same, from what one began: its first step asks question by question.
STORY = replace(
    _BY_SLUG["ressource"],
    heading="Raconter votre expérience",
    minutes="15 minutes",
    lead="Six questions : répondez à celles que vous voulez, avec vos mots ; nous mettons en forme. Votre récit sera "
    "relié à ce qui l’a inspiré.",
)
WAY_OF = {
    Kind.RESOURCE: _BY_SLUG["ressource"],
    Kind.EVENT: _BY_SLUG["evenement"],
    Kind.NEWS: _BY_SLUG["actualite"],
    Kind.NEED: _BY_SLUG["besoin"],
    Kind.PROPOSAL: _BY_SLUG["thematique"],
    Kind.QUESTION: _BY_SLUG["question"],
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One step, read again: its address, its title, its answers."""

    step: str
    title: str
    rows: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """As it would appear."""

    label: str
    title: str
    summary: str
    when: str
    place: str
    theme: str
    credit: str
    licence: str


def review(*, draft: FormDraft) -> list[Part]:
    """Every step that was filled, with what was answered; what was left empty is not shown."""
    kind = Kind(draft.kind)
    parts = []
    for step in STEPS[kind][:-1]:
        values = draft.data.get(step.value, {})
        form = form_class(kind=kind, step=step, story=is_story(values))()
        rows = [
            (str(field.label).removesuffix(" (facultatif)"), shown)
            for name, field in form.fields.items()
            if name not in _HIDDEN and (shown := _shown(field=field, value=values.get(name)))
        ]
        if step is Step.WHERE and not values.get("territoire"):
            rows = [*_place_of_hers(draft=draft), *rows]
        if step is Step.YOU:
            rows += _whose(draft=draft)
        if step is Step.FILES:
            rows = [("Fichiers", ", ".join(map(_file, draft.files.all())) or "Aucun"), *rows]
        parts.append(Part(step=step.value, title=title_of(kind=kind, step=step), rows=rows))
    return parts


def _whose(*, draft: FormDraft) -> list[tuple[str, str]]:
    """In whose name, where she was asked."""
    if not draft.data.get(Step.YOU.value, {}).get("au_nom"):
        return []
    organisation = _acted_for(draft)
    return [("Au nom de", french.name(organisation.label) if organisation else "Vous seulement")]


def _place_of_hers(*, draft: FormDraft) -> list[tuple[str, str]]:
    """What is recorded where no place was given: that of the collectivité she speaks for."""
    organisation = _acted_for(draft)
    if organisation is None or organisation.place is None:
        return []
    return [("Territoire", f"{french.name(organisation.place.label)} (celui de votre collectivité)")]


def _acted_for(draft: FormDraft) -> Organisation | None:
    return acted_for(user=draft.user, values=all_values(draft=draft), now=clock.now())


def _file(file: File) -> str:
    if file.is_kept:
        return file.name
    return f"{file.name} ({'en cours d’examen' if file.is_waiting else f'non gardé : {file.refused_because}'})"


def _shown(*, field: forms.Field, value: Any) -> str:
    if not value or value is True:
        return "Oui" if value else ""
    if isinstance(field, TerritoryField):
        found = get_by_key(key=value)
        return french.name(found.label) if found else ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    if isinstance(field, forms.DateField):
        return french.weekday(date.fromisoformat(value)).capitalize()
    if isinstance(field, forms.TimeField):
        return _hour(value)
    return str(value)


def _hour(value: str) -> str:
    return french.hour(time.fromisoformat(value))


def period(values: dict[str, Any]) -> str:
    """« Mardi 29 novembre 2022, de 15 h à 17 h », from what was typed."""
    if not values.get("debut"):
        return ""
    first = date.fromisoformat(values["debut"])
    last = date.fromisoformat(values["fin"]) if values.get("fin") else first
    said = french.days(first, max(first, last))
    opens, closes = values.get("heure_debut"), values.get("heure_fin")
    if last > first or not opens:
        return said
    return f"{said}, de {_hour(opens)} à {_hour(closes)}" if closes else f"{said}, à {_hour(opens)}"


def preview(*, draft: FormDraft) -> Preview:
    values = all_values(draft=draft)
    place, theme = territory_of(values=values), theme_of(values=values)
    licence = values.get("licence", "")
    return Preview(
        label=_label(kind=Kind(draft.kind), values=values),
        title=values.get("titre", ""),
        summary=values.get("en_bref") or values.get("texte", ""),
        when=period(values),
        place=", ".join(part for part in (values.get("lieu", ""), french.name(place.label) if place else "") if part),
        theme=theme.title if theme else "",
        credit=values.get("structure", ""),
        licence=Licence(licence).short if licence else "",
    )


def alike(*, draft: FormDraft) -> list[EventPage]:
    """Of an event whose days are typed, those already announced that look like it."""
    if draft.kind != Kind.EVENT or Step.WHEN.value not in draft.data:
        return []
    fields = fields_of(kind=Kind.EVENT, values=all_values(draft=draft))
    start, end = fields.get("start"), fields.get("end")
    if not start:
        return []
    return alike_events(
        title=all_values(draft=draft).get("titre", ""),
        start=datetime.fromisoformat(start),
        end=datetime.fromisoformat(end) if end else None,
    )


def _label(*, kind: Kind, values: dict[str, Any]) -> str:
    nature = {"experience": "Expérience", "article": "Article", "guide": "Guide", "kit": "Kit"}
    return nature.get(values.get("nature", ""), kind.label) if kind is Kind.RESOURCE else kind.label
