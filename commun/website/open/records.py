"""What a record says, and nothing of a person: institutions alone. The data dictionary is made of these classes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

# Of these shapes; moved when a field changes its meaning or goes, not when one is added.
VERSION = "1.0"


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LicenceRecord(Record):
    """Ce que l’on peut faire de l’enregistrement, et à quelle condition."""

    code: str = Field(
        description="Code : licence-ouverte-2.0, cc-by, cc-by-sa, cc-by-nc-sa, cc-by-nc-nd, tous-droits-reserves."
    )
    name: str = Field(description="Nom de la licence, à écrire après la mention de l’auteur.")
    url: str = Field(description="Texte de la licence ; vide si tous les droits sont réservés.")


class Reference(Record):
    """Un autre enregistrement."""

    id: str = Field(description="Identifiant de l’autre enregistrement.")
    name: str = Field(description="Son nom.")
    url: str = Field(description="Sa page, pour être lue ; vide s’il n’en a pas.")


class FigureRecord(Record):
    """Un résultat chiffré, daté et sourcé."""

    value: str = Field(description="Le chiffre et son unité.")
    label: str = Field(description="Ce qu’il compte.")
    date: date
    source: str = Field(description="Qui l’a mesuré ou publié.")
    source_url: str = Field(description="Où le vérifier ; vide si rien n’est en ligne.")


class Entry(Record):
    """Ce que portent tous les enregistrements."""

    id: str = Field(description="Identifiant qui ne change pas, même si le titre ou l’adresse changent.")
    url: str = Field(description="La page, pour être lue.")
    licence: LicenceRecord = Field(description="Licence de l’enregistrement.")
    attribution: str = Field(description="Mention à écrire quand on réutilise : auteur, licence, source.")


class PageEntry(Entry):
    published_at: datetime | None = Field(description="Première mise en ligne.")
    updated_at: datetime | None = Field(description="Dernière mise en ligne.")


class ResourceRecord(PageEntry):
    """Une ressource : expérience, article, guide, kit ou concept."""

    kind: str = Field(description="experience, article, guide, kit, concept.")
    title: str = Field(description="Titre.")
    summary: str = Field(description="En bref : de quoi il s’agit, pour qui, avec quel résultat.")
    themes: list[Reference] = Field(description="Thématiques.")
    territories: list[Reference] = Field(description="Où cela se passe ; vide si cela vaut partout.")
    organisations: list[Reference] = Field(description="Organisations citées.")
    contributor: Reference | None = Field(description="Organisation qui l’a donnée ; jamais une personne.")
    audiences: list[str] = Field(description="Avec qui : voir les filtres de la recherche.")
    obstacles: list[str] = Field(description="Freins que cela aide à lever.")
    stage: str = Field(description="Où en est une collectivité à qui cela sert le plus ; vide si cela n’est pas dit.")
    reviewed_on: date | None = Field(description="Dernière vérification.")
    source_url: str = Field(description="Adresse de la source, chez qui l’a donnée.")
    means: dict[str, str] = Field(
        description="Moyens d’une expérience : cost (coût), time (temps), people (personnes)."
    )
    figures: list[FigureRecord] = Field(description="Résultats chiffrés d’une expérience.")
    documents: list[str] = Field(description="Adresses des documents à réutiliser.")


class EventRecord(PageEntry):
    """Un rendez-vous de l’agenda."""

    title: str = Field(description="Titre.")
    kind: str = Field(description="rencontre, atelier, formation, visite, webinaire, salon ; vide s’il n’est pas dit.")
    summary: str = Field(description="En bref.")
    start: datetime = Field(description="Début, sur l’horloge du lieu.")
    end: datetime = Field(description="Fin, sur l’horloge du lieu.")
    all_day: bool = Field(description="Toute la journée : les heures ne comptent pas.")
    time_zone: str = Field(description="Fuseau du lieu (base IANA).")
    is_cancelled: bool = Field(description="Annulé.")
    place: str = Field(description="Lieu ; vide si c’est en ligne seulement.")
    is_online: bool = Field(description="Se suit en ligne.")
    territory: Reference | None = Field(description="Territoire du lieu.")
    organiser: str = Field(description="Organisateur, s’il est dans l’annuaire ; vide sinon.")
    registration_url: str = Field(description="Où s’inscrire.")
    themes: list[Reference] = Field(description="Thématiques.")


class ThemeRecord(PageEntry):
    """Une thématique : le sujet d’un numéro de la lettre."""

    title: str = Field(description="Titre.")
    summary: str = Field(description="En bref.")
    question: str = Field(description="Question posée aux collectivités.")
    planned_month: date | None = Field(description="Mois du numéro (le premier jour).")
    call_until: date | None = Field(description="Dernier jour de l’appel à contributions.")


class IssueRecord(PageEntry):
    """Un numéro de la lettre."""

    number: int = Field(description="Numéro.")
    title: str = Field(description="Titre.")
    summary: str = Field(description="Phrase d’annonce.")
    date: date
    theme: Reference = Field(description="Sa thématique.")


class OrganisationRecord(Entry):
    """Une organisation de l’annuaire : collectivité, partenaire, association. Jamais une personne."""

    name: str = Field(description="Nom.")
    kind: str = Field(description="Type d’organisation.")
    siren: str = Field(description="SIREN ; vide s’il n’est pas connu.")
    territory: Reference | None = Field(description="Territoire, pour une collectivité.")
    website: str = Field(description="Site internet.")
    is_partner: bool = Field(description="Partenaire du réseau.")


class TerritoryRecord(Entry):
    """Un territoire du registre : commune, intercommunalité, département, région."""

    kind: str = Field(description="commune, epci, ept, departement, region, com.")
    code: str = Field(description="Code officiel géographique de l’Insee ; SIREN pour une intercommunalité.")
    name: str = Field(description="Nom.")
    population: int | None = Field(description="Population municipale.")
    departement: str = Field(description="Code du département.")
    region: str = Field(description="Code de la région.")
    epci: str = Field(description="SIREN de l’intercommunalité.")
    vintage: int = Field(description="Dernier millésime du registre où ce territoire existe.")
    is_obsolete: bool = Field(description="N’existe plus.")
    successor: str = Field(description="Identifiant de celui qui le remplace.")


class OptionRecord(Record):
    """Une proposition soumise au vote."""

    number: int
    title: str


class VoteRecord(Entry):
    """Un vote des collectivités. L’urne publiée permet à chacun de refaire le compte."""

    title: str = Field(description="Question.")
    state: str = Field(description="scheduled (annoncé), open (ouvert), closed (clos), decided, cancelled (annulé).")
    method: str = Field(description="Mode de scrutin.")
    opens_at: datetime = Field(description="Ouverture.")
    closes_at: datetime = Field(description="Clôture.")
    options: list[OptionRecord] = Field(description="Ce qui est soumis au vote.")
    box_url: str = Field(description="Urne publiée (JSON, une ligne par bulletin) ; vide avant la clôture.")
    electors_url: str = Field(description="Liste des collectivités appelées à voter ; vide avant l’ouverture.")
    program_url: str = Field(description="Programme qui refait le compte.")


RECORDS: dict[str, tuple[type[Entry], str]] = {
    "resources": (ResourceRecord, "ressources"),
    "events": (EventRecord, "rendez-vous"),
    "themes": (ThemeRecord, "thématiques"),
    "issues": (IssueRecord, "numéros de la lettre"),
    "organisations": (OrganisationRecord, "organisations"),
    "territories": (TerritoryRecord, "territoires"),
    "votes": (VoteRecord, "votes"),
}


def dictionary() -> list[dict[str, Any]]:
    """Each field of each record: its path, type and meaning."""
    rows = []
    for name, (model, _) in RECORDS.items():
        rows += [{"table": name, **row} for row in fields_of(model)]
    return rows


def fields_of(model: type[BaseModel], above: str = "") -> list[dict[str, Any]]:
    """Path, type and meaning of each field, those inside after the one that holds them."""
    rows: list[dict[str, Any]] = []
    for name, field in model.model_fields.items():
        path = f"{above}{name}"
        inner = _inner(field.annotation)
        meaning = field.description or (inner.__doc__ if inner else "") or _PLAIN.get(name, "")
        rows.append({"field": path, "type": _type(field.annotation), "meaning": meaning})
        if inner is not None:
            rows += fields_of(inner, f"{path}[]." if _is_list(field.annotation) else f"{path}.")
    return rows


_PLAIN = {"date": "Date.", "number": "Numéro.", "title": "Titre."}
_TYPES = {str: "texte", int: "entier", bool: "oui ou non", date: "date (AAAA-MM-JJ)", datetime: "instant (ISO 8601)"}


def _parts(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", ())


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list


def _inner(annotation: Any) -> type[BaseModel] | None:
    found = (annotation, *_parts(annotation))
    return next((one for one in found if isinstance(one, type) and issubclass(one, Record)), None)


def _type(annotation: Any) -> str:
    if _is_list(annotation):
        return f"liste : {_type(_parts(annotation)[0])}"
    if (parts := _parts(annotation)) and type(None) in parts:
        return f"{_type(parts[0])}, ou rien"
    if getattr(annotation, "__origin__", None) is dict:
        return "textes par nom"
    return _TYPES.get(annotation, "objet")
