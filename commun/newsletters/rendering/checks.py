"""What must be right before a letter leaves. Messages are French: the list is shown as it stands to the editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from commun.newsletters.rendering.content import (
    Agenda,
    Block,
    CallBlock,
    Card,
    Concept,
    Featured,
    Inspirations,
    IssueContent,
    News,
    Partners,
    Picture,
    Quote,
    Text,
    Theme,
)  # fmt: skip
from commun.newsletters.rendering.documents import Documents
from commun.newsletters.rendering.values import Image, Link, Rich

SUBJECT_MAX = 60
HTML_WANTED = 60 * 1024
HTML_MAX = 90 * 1024
IMAGES_MAX = 200 * 1024
_VARIABLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\*\|\w+\|\*|\[\[\w+\]\]|%%\w+%%")
_VAGUE = {"ici", "c’est ici", "cliquez ici", "en savoir plus", "lire la suite", "plus d’informations", "lien", "voir"}


@dataclass(frozen=True)
class Finding:
    """`blocking` stops the submission; `warning` is only said. `code` is stable."""

    code: str
    level: Literal["blocking", "warning"]
    message: str


def check_issue(*, content: IssueContent, documents: Documents) -> tuple[Finding, ...]:
    """Blocking findings first."""
    found = [
        *_header(content),
        *_weights(content=content, documents=documents),
        *_sections(content),
        *_images(content),
        *_links(content),
        *_variables(content),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: finding.level))


def _blocking(code: str, message: str) -> Finding:
    return Finding(code, "blocking", message)


def _warning(code: str, message: str) -> Finding:
    return Finding(code, "warning", message)


def _header(content: IssueContent) -> Iterator[Finding]:
    if not content.subject.strip():
        yield _blocking("subject_missing", "L’objet du message est vide.")
    if len(content.subject) > SUBJECT_MAX:
        yield _blocking(
            "subject_long",
            f"L’objet compte {len(content.subject)} caractères ; au-delà de {SUBJECT_MAX}, les téléphones le coupent. "
            "Raccourcissez-le.",
        )
    if not content.preheader.strip():
        yield _warning(
            "preheader_missing", "Le texte d’aperçu est vide : les messageries montreront le début du message."
        )
    if not content.sender.postal_address.strip():
        yield _blocking(
            "postal_address_missing",
            "L’adresse postale de l’expéditeur n’est pas renseignée ; la loi la demande dans chaque lettre. "
            "Remplissez-la dans Réglages → Identité du site.",
        )
    if not content.blocks:
        yield _blocking("empty_issue", "Le numéro n’a aucune rubrique.")


def _weights(*, content: IssueContent, documents: Documents) -> Iterator[Finding]:
    weight = len(documents.email.encode())
    if weight > HTML_MAX:
        yield _blocking(
            "html_heavy",
            f"Le message pèse {_kilo(weight)} ; au-delà de {_kilo(HTML_MAX)}, Gmail le coupe. "
            "Retirez une rubrique ou raccourcissez un texte.",
        )
    elif weight > HTML_WANTED:
        yield _warning("html_large", f"Le message pèse {_kilo(weight)} ; visez {_kilo(HTML_WANTED)} au plus.")
    images = sum({image.url: image.weight for image in _all(content, Image)}.values())
    if images > IMAGES_MAX:
        yield _blocking(
            "images_heavy",
            f"Les images pèsent {_kilo(images)} ensemble ; la limite est de {_kilo(IMAGES_MAX)}. "
            "Retirez une image ou choisissez-en de plus simples.",
        )


def _kilo(weight: int) -> str:
    return f"{-(-weight // 1024)} Ko"


def name_of(block: Block, position: int) -> str:
    """How the editor recognises a section in the list of findings."""
    heading = block.heading.strip()
    return f"Rubrique {position} (« {heading} »)" if heading else f"Rubrique {position}"


def _sections(content: IssueContent) -> Iterator[Finding]:
    for position, block in enumerate(content.blocks, start=1):
        if _is_empty(block):
            yield _blocking(
                "empty_section", f"{name_of(block, position)} : elle est vide. Remplissez-la ou retirez-la."
            )
        elif isinstance(block, CallBlock) and block.call is None:
            yield _warning("call_without_link", f"{name_of(block, position)} : l’appel ne mène nulle part.")
        elif isinstance(block, (Inspirations, News, Concept)) and not block.title.strip():
            yield _blocking("title_missing", f"{name_of(block, position)} : il lui faut un titre.")


def _is_empty(block: Block) -> bool:
    match block:
        case Theme():
            empty = not block.title.strip() or block.intro.is_empty
        case Featured():
            empty = not block.card.title.strip()
        case Inspirations() | News():
            empty = not block.cards
        case Concept():
            empty = block.body.is_empty and not block.lead.strip()
        case Agenda():
            empty = not block.lines
        case Partners():
            empty = not block.partners
        case Picture():
            empty = block.image is None
        case Quote():
            empty = not block.words.strip()
        case CallBlock():
            empty = block.body.is_empty and block.call is None
        case Text():
            empty = block.body.is_empty
        case _:
            raise TypeError(block)
    return empty


def _images(content: IssueContent) -> Iterator[Finding]:
    for position, block in enumerate(content.blocks, start=1):
        if isinstance(block, Partners):
            continue  # a mark's text alternative is the partner's name
        for image in _all(block, Image):
            if not image.alt and not image.decorative:
                yield _blocking(
                    "alt_missing",
                    f"{name_of(block, position)} : une image n’a pas de texte de remplacement. "
                    "Décrivez-la, ou dites qu’elle est décorative.",
                )


def _links(content: IssueContent) -> Iterator[Finding]:
    for position, block in enumerate(content.blocks, start=1):
        if isinstance(block, Featured) and block.card.title and block.card.link is None:
            yield _blocking("link_missing", f"{name_of(block, position)} : le lien vers l’expérience manque.")
        for card in _all(block, Card):
            if card.title and card.link is None and not isinstance(block, Featured):
                yield _warning("link_missing", f"{name_of(block, position)} : « {card.title} » n’a pas de lien.")
        labels = [link.label for link in _all(block, Link)]
        labels += [label for rich in _all(block, Rich) for label, _ in rich.links]
        for label in labels:
            if label.strip(" .!→»").replace("'", "’").lower() in _VAGUE:
                yield _warning(
                    "vague_link",
                    f"{name_of(block, position)} : le lien « {label} » ne dit pas où il mène, lu tout seul.",
                )


def _variables(content: IssueContent) -> Iterator[Finding]:
    for words in _all(content, str):
        for found in _VARIABLE.findall(words):
            yield _blocking(
                "unknown_variable",
                f"Le texte contient « {found} » : la lettre ne remplace aucune variable, elle partirait telle quelle.",
            )


def _all(value: Any, kind: type) -> Iterator[Any]:
    """Every value of that kind, wherever it is in the content."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from _all(item, kind)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _all(getattr(value, field.name), kind)
