"""The letter as mailboxes show it: what each drops is read from dated facts, never remembered.

Each simulation says what it does and what it cannot: it stands for a mailbox, it is not one.
"""

from __future__ import annotations

import colorsys
import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

GMAIL_CUTS = 102 * 1024
DARK_GROUND = "#121212"  # white, turned over
_FACTS = Path(__file__).parent / "data" / "mail-client-support.csv"
_STYLE = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(r'\sstyle="([^"]*)"')
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_CONDITIONAL = re.compile(r"<!--\[if[^\]]*mso[^\]]*\]>(.*?)<!\[endif\]-->", re.DOTALL | re.IGNORECASE)
_NOT_OUTLOOK = re.compile(r"<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", re.DOTALL | re.IGNORECASE)
_WORD_SETTINGS = re.compile(r"<xml>.*?</xml>", re.DOTALL | re.IGNORECASE)
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class View:
    """The letter seen somewhere. `says`: what it simulates; `cannot`: what only the true one would show."""

    slug: str
    name: str
    says: str
    cannot: str

    @property
    def note(self) -> str:
        return f"{self.says} {self.cannot}"


@dataclass(frozen=True, kw_only=True)
class Mailbox(View):
    show: Callable[[str], str]


def views() -> tuple[View, ...]:
    """All there are, in the order one looks at them."""
    return (*DOCUMENTS, *MAILBOXES.values())


def shown_in(*, email: str, mailbox: Mailbox) -> str:
    """The whole document, with a line at its top that says what one looks at."""
    bar = (
        '<div style="margin:0;padding:10px 16px;background-color:#fdf0c8;color:#1d2433;'
        'font-family:Arial,sans-serif;font-size:14px;line-height:1.5">'
        f"<strong>{escape(mailbox.name)}.</strong> {escape(mailbox.note)}</div>"
    )
    return re.sub(r"(<body\b[^>]*>)", lambda found: found[1] + bar, mailbox.show(email), count=1)


@cache
def dropped(*, client: str, platform: str) -> frozenset[str]:
    """Features this mailbox does not support at all."""
    with _FACTS.open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return frozenset(
            row["feature"]
            for row in rows
            if (row["client"], row["platform"]) == (client, platform) and row["support"].startswith("n")
        )


def _as(*, client: str, platform: str) -> Callable[[str], str]:
    def show(email: str) -> str:
        lost = dropped(client=client, platform=platform)
        if "html-style" in lost:
            email = _STYLE.sub("", email)
        elif "css-at-media" in lost:
            email = _STYLE.sub(lambda found: _MEDIA.sub("", found[0]), email)
        properties = {feature.removeprefix("css-") for feature in lost if feature.startswith("css-")}
        email = _INLINE.sub(lambda found: _kept(found[1], properties), email)
        for name in ("role", "lang", "aria-label"):
            if f"html-{name}" in lost:
                email = re.sub(rf'\s{name}="[^"]*"', "", email)
        return email

    return show


def _kept(style: str, lost: set[str]) -> str:
    declarations = (part.strip() for part in style.split(";"))
    kept = [part for part in declarations if part and part.partition(":")[0].strip().lower() not in lost]
    return f' style="{";".join(kept)}"' if kept else ""


def _outlook(email: str) -> str:
    """Word draws it: conditional code is for it alone, and it wins over the rest."""
    email = _NOT_OUTLOOK.sub("", email)
    email = _CONDITIONAL.sub(lambda found: _WORD_SETTINGS.sub("", found[1]), email)
    return _as(client="outlook", platform="windows")(email)


def turned_over(email: str) -> str:
    """As applications that turn colours over without asking: light becomes dark, hues stay."""
    email = _STYLE.sub(lambda found: _MEDIA.sub("", found[0]), email)
    return _INLINE.sub(
        lambda found: f' style="{_COLOUR.sub(lambda colour: invert(colour[0]), found[1])}"', email
    ).replace("<body", f'<body bgcolor="{DARK_GROUND}"', 1)


def invert(colour: str) -> str:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    turned = colorsys.hls_to_rgb(hue, 0.07 + (1 - light) * 0.93, saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in turned)


def _without_images(email: str) -> str:
    """A text in place of each picture; nothing where it is decorative."""

    def words(found: re.Match[str]) -> str:
        alt = re.search(r'\salt="([^"]*)"', found[0])
        if alt is None or not alt[1]:
            return ""
        return (
            f'<span style="display:inline-block;padding:8px;border:1px solid #8a8a8a;font-style:italic">{alt[1]}</span>'
        )

    return _IMAGE.sub(words, email)


def _gmail(email: str) -> str:
    email = _as(client="gmail", platform="desktop-webmail")(email)
    raw = email.encode()
    if len(raw) <= GMAIL_CUTS:
        return email
    return raw[:GMAIL_CUTS].decode(errors="ignore") + "<p>[Message tronqué] Afficher l’intégralité du message</p>"


# The documents as they leave, before any mailbox touches them.
DOCUMENTS = (
    View(
        slug="web",
        name="Sur le site",
        says="L’édition web, dans l’habillage du site.",
        cannot="Ce que chaque personne règle chez elle (thème sombre, texte agrandi) ne se voit pas ici.",
    ),
    View(
        slug="email",
        name="Dans une messagerie",
        says="Le message comme il part, dans une messagerie qui n’en retire rien.",
        cannot="Beaucoup en retirent quelque chose : voyez les vues suivantes.",
    ),
    View(
        slug="text",
        name="En texte seul",
        says="La version sans mise en forme, que montrent certaines messageries et certains lecteurs d’écran.",
        cannot="La police et la largeur y sont celles du programme qui la lit.",
    ),
)
MAILBOXES = {
    mailbox.slug: mailbox
    for mailbox in (
        Mailbox(
            slug="laposte",
            name="La Poste et SFR",
            says="Leurs webmails retirent toute feuille de style : ni mode sombre, ni mise en page d’écran large.",
            cannot="Leur habillage et leurs polices ne se voient pas ici.",
            show=_as(client="laposte", platform="desktop-webmail"),
        ),
        Mailbox(
            slug="orange",
            name="Orange",
            says="Son webmail retire les coins arrondis et ce qui aide les lecteurs d’écran à nommer la langue.",
            cannot="Son habillage et sa publicité ne se voient pas ici.",
            show=_as(client="orange", platform="desktop-webmail"),
        ),
        Mailbox(
            slug="gmail",
            name="Gmail",
            says="Au-delà de 102 Ko, il coupe la fin. Il ignore notre mode sombre.",
            cannot="Son téléphone peut en outre retourner les couleurs : voyez « Sombre forcé ».",
            show=_gmail,
        ),
        Mailbox(
            slug="outlook",
            name="Outlook pour Windows",
            says="Il lit le code écrit pour lui seul, et laisse de côté arrondis, flottements et requêtes de largeur.",
            cannot="Il compose avec Word : espacements et interlignes y diffèrent encore un peu.",
            show=_outlook,
        ),
        Mailbox(
            slug="sombre",
            name="Sombre forcé",
            says="Des applications retournent les couleurs sans nous demander : le clair devient sombre.",
            cannot="Chacune a sa façon de retourner ; celle-ci garde les teintes.",
            show=turned_over,
        ),
        Mailbox(
            slug="sans-images",
            name="Images bloquées",
            says="Beaucoup de mairies n’affichent les images qu’après un clic : on lit alors leurs textes.",
            cannot="La taille du cadre qui les attend varie d’une messagerie à l’autre.",
            show=_without_images,
        ),
    )
}
