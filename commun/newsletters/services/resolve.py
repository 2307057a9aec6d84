"""From what an editor chose to frozen values. What cannot be resolved becomes a finding, never a crash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from commun.agenda.api import EventPage, NewsPage
from commun.cms.api import CommunImage, NetworkSettings
from commun.common import french
from commun.cooperation.api import INSPIRING, Need, ancestor_of, needs_for_the_letter, start_path
from commun.library.api import ExperiencePage, ThemePage
from commun.newsletters.calls import call_link, call_until
from commun.newsletters.rendering import content as c
from commun.newsletters.rendering.checks import Finding
from commun.newsletters.rendering.values import BadAddress, Image, Link, Rich
from commun.newsletters.services.briefs import last_left_at, words_of_project, words_of_vote
from commun.newsletters.services.currency import NEWS_KEEPS, news_ends
from commun.newsletters.services.images import ImageStore
from commun.newsletters.types import CallKind
from commun.peers.api import ask_path

_CALLS = {
    "contribution_call": (c.ContributionCall, CallKind.CONTRIBUTION),
    "vote_call": (c.VoteCall, CallKind.VOTE),
    "event_call": (c.EventCall, CallKind.EVENT),
    "questions": (c.Questions, CallKind.QUESTION),
}
_RESOURCE_LINK = {
    "Expérience": "Découvrir l’expérience",
    "Article": "Lire l’article",
    "Guide": "Ouvrir le guide",
    "Kit": "Ouvrir le kit",
}
SHORT_TITLE = 80


def page_url(page: Page) -> str:
    """`SITE_URL` is the truth, whatever the `Site` row says meanwhile."""
    parts = page.get_url_parts()
    return f"{settings.SITE_URL}{parts[2]}" if parts and parts[2] else settings.SITE_URL


@dataclass
class Resolver:
    """One freezing. `position` is the section under way, from 1, as findings count them."""

    network: NetworkSettings
    theme: ThemePage
    images: ImageStore
    day: date  # when the issue appears
    findings: list[Finding] = field(default_factory=list)
    position: int = 0
    credits: list[str] = field(default_factory=list)  # of pictures shown without theirs

    def section(self, *, position: int, kind: str, value: Any) -> c.Block:
        self.position = position
        if kind in _CALLS:
            return self._call_block(kind=kind, value=value)
        block: c.Block = getattr(self, f"_{kind}")(value)
        return block

    # --- sections -----------------------------------------------------------------------------------

    def _theme(self, value: Any) -> c.Theme:
        theme = self.theme
        image = value["image"] or theme.cover_image if value["show_image"] else None
        question = value["question"] or theme.question
        link = None
        if question:
            link = call_link(kind=CallKind.NEED, network=self.network, label=value["label"], theme=theme.slug)
        if question and link is None:
            self._find(
                "call_without_link",
                "l’appel à préciser son besoin ne mène nulle part.",
                level="warning",
                place="question",
            )
        intro = self._rich(value["intro"].source) if value["intro"] else Rich()
        if intro.is_empty:
            intro = self._rich(theme.introduction or f"<p>{_escaped(theme.summary)}</p>")
        return c.Theme(
            title=value["title"] or theme.title,
            kicker=value["kicker"],
            intro=intro,
            image=self._picture(image),
            need=c.Call(question, link) if link else None,
        )

    def _featured(self, value: Any) -> c.Featured:
        page = self._page(value["page"])
        if page is None:
            return c.Featured(value["kicker"])
        figures: tuple[c.Figure, ...] = ()
        if value["show_figures"] and isinstance(page, ExperiencePage):
            figures = tuple(_figure(figure) for figure in page.figures.all()[:3])
        card = self._resource(page, value=value, with_image=value["show_image"], opens=True)
        return c.Featured(value["kicker"], card=card, figures=figures)

    def _inspirations(self, value: Any) -> c.Inspirations:
        pages = [(item, self._page(item["page"])) for item in value["items"]]
        cards = (
            self._resource(page, value=item, with_image=value["show_images"])
            for item, page in pages
            if page is not None
        )
        return c.Inspirations(value["title"], value["intro"], tuple(cards))

    def _outcomes(self, value: Any) -> c.Outcomes:
        pages = [page for page in map(self._page, value["stories"]) if page is not None]
        return c.Outcomes(
            value["title"],
            tuple(line.strip() for line in value["lines"] if line.strip()),
            tuple(map(self._story, pages)),
        )

    def _seekers(self, value: Any) -> c.Seekers:
        """Those that still agree, and still seek, when the letter is frozen."""
        references = [item["reference"] for item in value["items"]]
        still = {need.reference: need for need in needs_for_the_letter(references=references)}
        found = [(item, still[item["reference"]]) for item in value["items"] if item["reference"] in still]
        return c.Seekers(value["title"], tuple(self._sought(item, need) for item, need in found))

    def _sought(self, item: Any, need: Need) -> c.Sought:
        assert need.organisation is not None
        address = f"{settings.SITE_URL}{ask_path(slug=need.organisation.slug)}?sujet=besoin-{need.pk}"
        who = item["who"].strip()
        return c.Sought(item["title"].strip(), who, Link(f"Proposer une rencontre : {who}", address))

    def _vote_state(self, value: Any) -> c.VoteState:
        """As each stands when the letter is frozen, unless the editor wrote something else."""
        found = []
        for item in value["items"]:
            if (vote := item["vote"]) is None:
                self._find("vote_missing", "un vote choisi n’existe plus.", place="votes")
                continue
            said = "Lire le résultat" if vote.is_over else "Voir le vote"
            link = self._link(f"{said} : {brief(vote.title)}", f"{settings.SITE_URL}/votes/{vote.slug}/")
            found.append(c.Brief(vote.title, item["words"].strip() or words_of_vote(vote), link))
        return c.VoteState(value["title"], tuple(found))

    def _project_news(self, value: Any) -> c.ProjectNews:
        since, found = last_left_at(), []
        for item in value["items"]:
            if (project := item["project"]) is None:
                self._find("project_missing", "un projet choisi n’existe plus.", place="projets")
                continue
            link = self._link(
                f"Suivre le projet : {brief(project.title)}", f"{settings.SITE_URL}/projets/{project.slug}/"
            )
            words = item["words"].strip() or words_of_project(project, since=since)
            found.append(c.Brief(project.title, words, link))
        return c.ProjectNews(value["title"], tuple(found))

    def _story(self, page: ExperiencePage) -> c.Card:
        """An experience that came back, with what it was born of."""
        ancestor = ancestor_of(page_id=page.pk)
        card = self._resource(page, value={"title": "", "summary": "", "link_label": ""}, with_image=False)
        return replace(card, credit=f"Née de : {ancestor.title}" if ancestor is not None else card.credit)

    def _concept(self, value: Any) -> c.Concept:
        page = self._page(value["page"], optional=True)
        links = [
            self._link(item["text"], page_url(item["page"]) if item["page"] else item["url"]) for item in value["links"]
        ]
        if page is not None:
            links.append(self._link(f"Lire le concept en entier : {brief(page.title)}", page_url(page)))
        return c.Concept(
            title=value["title"] or (page.title if page else ""),
            kicker=value["kicker"] or "Le concept du mois",
            lead=value["lead"] or (page.summary if page else ""),
            body=self._rich(value["text"].source if value["text"] else ""),
            image=self._picture(_shown(page, value)) if value["show_image"] else None,
            links=tuple(link for link in links if link),
        )

    def _news(self, value: Any) -> c.News:
        pages = [(item, self._page(item["page"])) for item in value["items"]]
        cards = (self._news_card(page, item, value["show_images"]) for item, page in pages if page is not None)
        return c.News(value["title"], cards=tuple(cards))

    def _news_card(self, page: NewsPage, item: Any, with_image: bool) -> c.Card:
        ends = news_ends(page)
        if ends is not None and ends < self.day:
            self._find("news_past", f"« {page.title} » ne vaut plus après le {french.day(ends)}.", place="actualité")
        elif page.date < self.day - NEWS_KEEPS:
            self._find(
                "news_old", f"« {page.title} » a été annoncé le {french.day(page.date)}.", "warning", place="actualité"
            )
        title = item["title"] or page.title
        label = page.link_label or title
        return c.Card(
            label=page.get_kind_display(),
            title=title,
            summary=item["summary"] or page.summary,
            link=self._link(label, page.link_url) if page.link_url else self._link(label, page_url(page)),
            image=self._picture(_shown(page, item), cropped=True) if with_image else None,
            when=page.when,
            credit=f"Proposé par {page.partner.name}" if page.partner else "",
        )

    def _agenda(self, value: Any) -> c.Agenda:
        events = [page for page in map(self._page, value["items"]) if page is not None]
        lines = tuple(self._line(event) for event in sorted(events, key=lambda event: event.start))
        more = self._link("Voir tout l’agenda", f"{settings.SITE_URL}/agenda/") if value["show_more"] else None
        return c.Agenda(value["title"], lines=lines, more=more)

    def _line(self, event: EventPage) -> c.AgendaLine:
        if event.is_cancelled:
            self._find("event_cancelled", f"« {event.title} » est annulé.", "warning", place="événement")
        return c.AgendaLine(
            when=f"Annulé. {event.when_and_where}" if event.is_cancelled else event.when_and_where,
            title=event.title,
            place=event.place or ("En ligne" if event.is_online else place_of([event.territory])),
            organiser=event.organiser_label,
            link=self._link(event.title, page_url(event)),
        )

    def _text(self, value: Any) -> c.Text:
        return c.Text(value["title"], body=self._rich(value["text"].source if value["text"] else ""))

    def _image(self, value: Any) -> c.Picture:
        return c.Picture(self._picture(value["image"]), value["caption"])

    def _quote(self, value: Any) -> c.Quote:
        return c.Quote(words=value["words"].strip(" «»\u00a0"), author=value["author"], role=value["role"])

    def _partners(self, value: Any) -> c.Partners:
        partners = []
        for partner in value["items"]:
            if partner is None:
                self._find("partner_missing", "un partenaire choisi n’existe plus.", place="partenaires")
                continue
            link = self._link(partner.name, partner.website) if partner.website else None
            partners.append(c.Partner(partner.name, link, self._mark(partner)))
        return c.Partners(value["title"], tuple(partners))

    def _call_block(self, *, kind: str, value: Any) -> c.CallBlock:
        block, call = _CALLS[kind]
        if value["url"]:
            link = self._link(value["label"] or value["title"], value["url"])
        else:
            link = call_link(kind=call, network=self.network, label=value["label"])
        until = value["deadline"] or (None if value["url"] else call_until(kind=call))
        deadline = f"Jusqu’au {french.weekday(until)}" if until else ""
        return block(
            value["title"],
            body=self._rich(value["text"].source if value["text"] else ""),
            call=c.Call("", link, deadline) if link else None,
        )

    # --- parts --------------------------------------------------------------------------------------

    def _resource(self, page: Any, *, value: Any, with_image: bool, opens: bool = False) -> c.Card:
        """`opens`: alone in its section, under a button; elsewhere its title is its link."""
        label = page.kind.label
        if not page.licence:
            self._find("licence_missing", f"« {page.title} » n’a pas de licence.", "advice", place="ressource")
        title = value["title"] or page.title
        said = value["link_label"] or (f"{_RESOURCE_LINK[label]} : {brief(title)}" if opens else title)
        return c.Card(
            label=label,
            title=title,
            summary=value["summary"] or page.summary,
            link=self._link(said, page_url(page)),
            image=self._picture(_shown(page, value), cropped=True) if with_image else None,
            place=place_of(page.territories.all()),
            credit=_credit(page),
            start=self._start(page, title=title),
        )

    def _start(self, page: Any, *, title: str) -> Link | None:
        """It carries no token: a page, then a button."""
        if not isinstance(page, INSPIRING):
            return None
        return self._link(
            f"Nous voulons le faire : {brief(title)}", f"{settings.SITE_URL}{start_path(page_id=page.pk)}"
        )

    def _page(self, page: Page | None, *, optional: bool = False) -> Any:
        """The page itself; a finding when it is gone or not online. `optional`: nothing chosen is fine."""
        if page is None:
            if not optional:
                self._find(
                    "page_missing",
                    "une page choisie n’existe plus (elle a été supprimée).",
                    place="page",
                )
            return None
        if not page.live:
            self._find(
                "page_unpublished",
                f"« {page.title} » n’est pas en ligne.",
                place="page",
            )
        return page.specific

    def _picture(self, image: CommunImage | None, *, cropped: bool = False) -> Image | None:
        if image is None:
            return None
        try:
            picture = self.images.picture(image, cropped=cropped)
        except OSError:
            self._find("image_missing", f"le fichier de l’image « {image.title} » est introuvable.", place="image")
            return None
        if not picture.alt and not image.is_decorative:
            self._find("alt_missing", f"l’image « {image.title} » n’a pas de texte de remplacement.", place="image")
        if not picture.credit and not image.is_decorative:
            self._find("credit_missing", f"l’image « {image.title} » n’a pas de crédit.", "warning", place="image")
        if cropped and picture.credit and picture.credit not in self.credits:
            self.credits.append(picture.credit)
        return picture

    def _mark(self, partner: Any) -> Image | None:
        try:
            return self.images.mark(partner.logo, alt=partner.name) if partner.logo else None
        except OSError:
            self._find(
                "image_missing", f"le logo de « {partner.name} » est introuvable : son nom sera écrit.", "warning"
            )
            return None

    def _rich(self, source: str) -> Rich:
        for page_id in dict.fromkeys(
            re.findall(r'linktype="page"[^>]*?\bid="(\d+)"|\bid="(\d+)"[^>]*?linktype="page"', source)
        ):
            if not Page.objects.live().filter(pk=next(filter(None, page_id))).exists():
                self._find("link_broken", "un lien du texte mène à une page qui n’est pas en ligne.", place="texte")
        html = expand_db_html(source)
        return Rich(re.sub(r'href="/(?!/)', f'href="{settings.SITE_URL}/', html))

    def _link(self, label: str, url: str) -> Link | None:
        try:
            return Link(label, url)
        except BadAddress:
            self._find("address_unreadable", f"l’adresse « {url} » n’est pas lisible.", place="lien")
            return None

    def _find(self, code: str, message: str, level: Any = "blocking", *, place: str = "") -> None:
        self.findings.append(Finding(code, level, f"Rubrique {self.position} : {message}", self.position, place))


def pictures_expected(sections: Iterable[Any]) -> int:
    """How many pictures the letter will carry, to share its weight between them."""
    return sum(_pictures(sections))


def _pictures(sections: Iterable[Any]) -> Iterator[int]:
    for section in sections:
        value = section.value
        match section.block_type:
            case "theme" | "featured" | "concept":
                yield int(bool(value["show_image"]))
            case "inspirations" | "news":
                yield len(value["items"]) if value["show_images"] else 0
            case "image":
                yield 1


def brief(title: str) -> str:
    """Enough of a title to know, in a list of links, where each leads: its first clause, or its first words."""
    clause = re.split(r"\s[:–—]\s|\u00a0:\s|[?!]\s|, ", title.strip(), maxsplit=1)[0].strip()
    clause = clause if len(clause) >= 12 else title.strip()
    if len(clause) <= SHORT_TITLE:
        return clause
    return f"{clause[:SHORT_TITLE].rpartition(' ')[0] or clause[:SHORT_TITLE]}…"


def place_of(territories: Iterable[Any]) -> str:
    """`Grenoble (Isère)`; at most three, then « et ailleurs »."""
    places = [territory for territory in territories if territory is not None]
    said = [f"{place.name} ({place.departement.name})" if place.departement else place.name for place in places[:3]]
    return french.name(", ".join(said)) + (" et ailleurs" if len(places) > 3 else "")


def _shown(page: Any, value: Any) -> CommunImage | None:
    """The picture chosen for this issue, else the page's own."""
    chosen: CommunImage | None = value.get("image")
    return chosen or (page.cover_image if page is not None else None)


def _credit(page: Any) -> str:
    """Who gave it. Its picture's credit stands with the others, at the end of the letter."""
    return f"Contribution : {page.contributor.name}" if page.contributor else str(page.credit)


def _figure(figure: Any) -> c.Figure:
    return c.Figure(figure.value, figure.label, f"{figure.source}, {french.month(figure.date)}")


def _escaped(text: str) -> str:
    from django.utils.html import escape

    return str(escape(text))
