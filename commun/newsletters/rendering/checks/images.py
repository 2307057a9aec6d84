"""Pictures: what they say to whoever does not see them, what they weigh, whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commun.newsletters.rendering.checks.findings import Finding, all_of, name_of
from commun.newsletters.rendering.content import Block, Card, IssueContent, Partners, Picture
from commun.newsletters.rendering.values import Image

IMAGES_MAX = 200 * 1024
ONE_IMAGE = 90 * 1024
ALT_MAX = 200
SHARP = 300
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|heic|tiff?|svg|bmp)$"
    r"|^(?:img|dsc|dscn|photo|image|capture|screenshot|pxl|whatsapp)[\s_-]*(?:d.écran)?[\s_-]*\d*[\w-]*\d+$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:une? )?(?:image|photo|photographie|illustration|visuel|capture) (?:de|du|des|d['’])", re.IGNORECASE
)


def check_images(content: IssueContent) -> Iterator[Finding]:
    weight = sum({image.url: image.weight for image in all_of(content, Image)}.values())
    if weight > IMAGES_MAX:
        words = f"Les images pèsent {kilo(weight)} ensemble ; la limite est de {kilo(IMAGES_MAX)}."
        yield Finding("images_heavy", "blocking", words, 0, "images")
    for position, block in enumerate(content.blocks, start=1):
        if isinstance(block, Partners):
            continue  # a mark's text alternative is the partner's name
        for image in all_of(block, Image):
            yield from _one(image=image, block=block, position=position)
        yield from _repeated(block=block, position=position)


def _one(*, image: Image, block: Block, position: int) -> Iterator[Finding]:
    where, alt = name_of(block, position), image.alt.strip()
    field = "texte de remplacement"
    if not alt and not image.decorative:
        yield Finding(
            "alt_missing", "blocking", f"{where} : une image n’a pas de texte de remplacement.", position, field
        )
    elif _FILE.search(alt):
        yield Finding("alt_file_name", "blocking", f"{where} : « {alt} » est un nom de fichier.", position, field)
    elif _OPENING.match(alt):
        yield Finding(
            "alt_opening",
            "advice",
            f"{where} : « {alt[:40]}… » commence par dire que c’est une image.",
            position,
            field,
        )
    if len(alt) > ALT_MAX:
        yield Finding(
            "alt_long", "warning", f"{where} : un texte de remplacement compte {len(alt)} caractères.", position, field
        )
    if image.weight > ONE_IMAGE:
        yield Finding(
            "image_heavy", "warning", f"{where} : une image pèse {kilo(image.weight)} à elle seule.", position, "image"
        )
    if image.width < SHARP and not image.decorative:
        yield Finding(
            "image_small", "warning", f"{where} : une image n’a que {image.width} pixels de large.", position, "image"
        )


def _repeated(*, block: Block, position: int) -> Iterator[Finding]:
    pairs = [(card.image, card.title) for card in all_of(block, Card)]
    pairs += [(block.image, block.caption)] if isinstance(block, Picture) else []
    for image, words in pairs:
        if image is not None and image.alt and image.alt.strip().lower() == words.strip().lower():
            said = f"{name_of(block, position)} : un texte de remplacement répète « {words[:60]} »."
            yield Finding("alt_repeats", "warning", said, position, "texte de remplacement")


def kilo(weight: int) -> str:
    return f"{-(-weight // 1024)} Ko"
