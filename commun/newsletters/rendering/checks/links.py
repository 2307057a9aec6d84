"""Where links lead, and whether each says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from commun.newsletters.rendering.checks.findings import Finding, Level, all_of, name_of
from commun.newsletters.rendering.content import Block, Card, Featured, IssueContent, Partners
from commun.newsletters.rendering.values import Link, Rich

_VAGUE = {
    "ici", "c’est ici", "c’est par ici", "par ici", "cliquez ici", "cliquer ici", "en savoir plus", "savoir plus",
    "lire la suite", "lire plus", "plus d’informations", "plus d’infos", "lien", "ce lien", "voir", "voir plus",
    "découvrir", "suite", "télécharger",
}  # fmt: skip
_SHORTENERS = {"bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "urlz.fr", "lc.cx", "cutt.ly", "buff.ly"}
_PRIVATE = re.compile(r"^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|\.(?:local|lan|internal|intranet)$")
_PERSONAL = re.compile(
    r"/(?:preferences|desabonnement|abonnement/confirmer|besoin|contribution|mandat/renouveler|signalement|toujours-vrai)"
    r"/[\w-]{20,}"
)
_LOOKS_LIKE = re.compile(r"^(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:/\S*)?$", re.IGNORECASE)


def check_links(content: IssueContent) -> Iterator[Finding]:
    site = urlsplit(content.web_url.url).hostname or ""
    labels: dict[str, dict[str, int]] = defaultdict(dict)  # where each address is first met under that label
    for position, block in enumerate(content.blocks, start=1):
        yield from _cards(block=block, position=position)
        for label, url in _links(block):
            labels[_plain(label)].setdefault(url, position)
            for code, level, words in _one(label=label, url=url, site=site):
                yield Finding(code, level, f"{name_of(block, position)} : {words}", position, "lien")
    for label, urls in labels.items():
        if len(urls) > 1:
            words = f"Le même texte de lien, « {label} », mène à {len(urls)} adresses différentes."
            yield Finding("link_repeated", "warning", words, max(urls.values()), "lien")
    yield from _twice(content)


def outgoing(content: IssueContent) -> Iterator[tuple[int, str, str]]:
    """(section, label, address) of each link to another site."""
    site = urlsplit(content.web_url.url).hostname or ""
    for position, block in enumerate(content.blocks, start=1):
        for label, url in _links(block):
            if url.startswith(("http://", "https://")) and urlsplit(url).hostname != site:
                yield position, label, url


def _cards(*, block: Block, position: int) -> Iterator[Finding]:
    where = name_of(block, position)
    if isinstance(block, Featured) and block.card.title and block.card.link is None:
        yield Finding("link_missing", "blocking", f"{where} : le lien vers l’expérience manque.", position, "lien")
    for card in all_of(block, Card):
        if card.title and card.link is None and not isinstance(block, Featured):
            yield Finding("link_missing", "warning", f"{where} : « {card.title} » n’a pas de lien.", position, "lien")


def _links(block: Block) -> Iterator[tuple[str, str]]:
    yield from ((link.label, link.url) for link in all_of(block, Link))
    for rich in all_of(block, Rich):
        yield from rich.links


def _one(*, label: str, url: str, site: str) -> Iterator[tuple[str, Level, str]]:
    said, host = _plain(label), (urlsplit(url).hostname or "").removeprefix("www.")
    if said in _VAGUE:
        yield "vague_link", "warning", f"le lien « {label} » ne dit pas où il mène, lu tout seul."
    shown = _LOOKS_LIKE.match(label.strip())
    if shown and host and shown[1].lower().removeprefix("www.") != host:
        yield "link_disguised", "blocking", f"le lien montre « {shown[1]} » et mène à « {host} »."
    elif label.strip().startswith(("http://", "https://")):
        yield "link_bare", "warning", f"le lien est une adresse nue, « {label.strip()[:60]} »."
    if url.startswith("mailto:"):
        return
    if host != site and (_PRIVATE.search(host) or host == "localhost" or "." not in host):
        yield "link_private", "blocking", f"« {host} » ne s’ouvre que depuis votre réseau."
    if host == site and "/gestion/" in url:
        yield "link_private", "blocking", "un lien mène à l’administration, que les lecteurs n’ouvrent pas."
    if _PERSONAL.search(url):
        yield "link_personal", "blocking", "un lien est le lien personnel de quelqu’un : qui le suit agit à sa place."
    if host in _SHORTENERS:
        yield "link_shortened", "warning", f"« {host} » cache où mène le lien."
    if url.startswith("http://") and host != site:
        yield "link_insecure", "warning", f"« {host} » est donné sans https."
    if "utm_" in url or "fbclid=" in url or "gclid=" in url:
        yield "link_tracked", "warning", f"l’adresse vers « {host} » porte une marque de suivi."


def _twice(content: IssueContent) -> Iterator[Finding]:
    """The same page as two cards."""
    seen: dict[str, int] = {}
    for position, block in enumerate(content.blocks, start=1):
        if isinstance(block, Partners):
            continue
        for card in all_of(block, Card):
            if card.link is None:
                continue
            first = seen.setdefault(card.link.url, position)
            if first != position or sum(other.link == card.link for other in all_of(block, Card)) > 1:
                words = f"{name_of(block, position)} : « {card.title} » est déjà dans la rubrique {first}."
                yield Finding("resource_twice", "warning", words, position, "ressource")


def _plain(label: str) -> str:
    return label.strip(" .!→»…\u00a0").replace("'", "’").lower()
