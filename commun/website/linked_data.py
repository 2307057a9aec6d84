"""What a page is, in the words of https://schema.org, for search engines. Institutions only: never a person."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from commun.agenda.api import AgendaIndexPage, EventPage, NewsIndexPage, NewsPage
from commun.cms.api import Licence, NetworkSettings
from commun.cooperation.api import SharedProject
from commun.library.api import (
    ConceptIndexPage,
    ConceptPage,
    ResourceIndexPage,
    ResourcePage,
    SheetPage,
    ThemeIndexPage,
    ThemePage,
    kit_of,
)
from commun.newsletters.api import IssueIndexPage, IssuePage
from commun.territories.api import Organisation, OrganisationKind
from commun.votes.api import Vote

SCHEMA = "https://schema.org"
# What would end the script it stands in, or open another.
_UNSAFE = {ord(">"): "\\u003e", ord("<"): "\\u003c", ord("&"): "\\u0026"}


def describe(page: Page, *, address: str, picture: str, network: NetworkSettings) -> dict[str, Any]:
    """Of a page of the site."""
    said: dict[str, Any] = {"name": page.title, "url": address, "image": picture, "inLanguage": "fr"}
    if description := getattr(page, "meta_description", ""):
        said["description"] = description
    kind, more = next(((kind, more) for model, kind, more in _KINDS if isinstance(page, model)), ("WebPage", _nothing))
    if page.depth == 2:
        kind, said["name"] = "WebSite", network.name
    if kind != "Event":  # which nobody publishes, says https://schema.org
        said["publisher"] = {"@type": "Organization", "name": network.publisher, "url": f"{settings.SITE_URL}/"}
    return {"@context": SCHEMA, "@type": kind, **said, **more(page)}


def describe_organisation(organisation: Organisation) -> dict[str, Any]:
    """Of the directory."""
    kind = "GovernmentOrganization" if organisation.kind == OrganisationKind.COLLECTIVITE else "Organization"
    found: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": kind,
        "name": organisation.name,
        "url": _at("territories:organisation", organisation.slug),
    }
    if organisation.presentation:
        found["description"] = organisation.presentation
    if organisation.website:
        found["sameAs"] = organisation.website
    if organisation.place is not None:
        found["areaServed"] = {"@type": "AdministrativeArea", "name": organisation.place.name}
    return found


def describe_vote(vote: Vote) -> dict[str, Any]:
    """Its box, once it is over, is a set of data that anybody counts again."""
    found = {
        "@context": SCHEMA,
        "@type": "WebPage",
        "name": vote.title,
        "url": _at("votes:vote", vote.slug),
        "inLanguage": "fr",
    }
    if vote.presentation:
        found["description"] = vote.presentation
    if not (vote.is_over and vote.box_is_public):
        return found
    box = {
        "@type": "DataDownload",
        "contentUrl": _at("votes:box", vote.slug),
        "encodingFormat": "application/jsonl",
    }
    return found | {
        "@type": "Dataset",
        "description": vote.presentation or f"Les bulletins du vote « {vote.title} », et de quoi les recompter.",
        "temporalCoverage": f"{vote.opens_at.isoformat()}/{vote.closes_at.isoformat()}",
        "license": Licence.OPEN.url,
        "isAccessibleForFree": True,
        "distribution": box,
    }


def describe_project(project: SharedProject) -> dict[str, Any]:
    """Of those that collectivités share."""
    found: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Project",
        "name": project.title,
        "url": _at("cooperation:project", project.slug),
    }
    if project.summary:
        found["description"] = project.summary
    return found


def script(data: dict[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False)
    return mark_safe(text.translate(_UNSAFE))  # noqa: S308 - nothing in it can end the script it stands in


def _term(page: ThemePage | ConceptPage, *, of: Page) -> dict[str, Any]:
    """A word of ours, and the list that explains it among others."""
    return {
        "@type": "DefinedTerm",
        "name": page.title,
        "description": page.summary,
        "inDefinedTermSet": {"@type": "DefinedTermSet", "name": of.title, "url": _whole(of)},
    }


def _concept(page: ConceptPage) -> dict[str, Any]:
    return {**_article(page), "mainEntity": _term(page, of=page.get_parent())}


def _theme(page: ThemePage) -> dict[str, Any]:
    return {"about": _term(page, of=page.get_parent())}


def _issue(issue: IssuePage) -> dict[str, Any]:
    letter = issue.get_parent()
    return {
        "issueNumber": issue.number,
        "datePublished": issue.date.isoformat(),
        "isPartOf": {"@type": "Periodical", "name": letter.title, "url": _whole(letter)},
        "about": {"@type": "DefinedTerm", "name": issue.theme.title},
    }


def _event(event: EventPage) -> dict[str, Any]:
    """https://schema.org/Event: the clock is that of the place."""
    mode = "Mixed" if event.is_online and event.place else "Online" if event.is_online else "Offline"
    found: dict[str, Any] = {
        "startDate": event.first_day.isoformat() if event.all_day else event.local_start.isoformat(),
        "endDate": event.last_day.isoformat() if event.all_day else event.local_end.isoformat(),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if event.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/{mode}EventAttendanceMode",
    }
    if places := _places(event):
        found["location"] = places
    if event.organiser is not None:  # as typed, it may be somebody
        found["organizer"] = {"@type": "Organization", "name": event.organiser.name}
    return found


def _places(event: EventPage) -> Sequence[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.place:
        found.append({"@type": "Place", "name": event.place, "address": event.place})
    if event.is_online:
        url = event.video_url or event.registration_url or event.website_url or _whole(event)
        found.append({"@type": "VirtualLocation", "url": url})
    return found


def _article(page: ResourcePage | NewsPage) -> dict[str, Any]:
    """Who is credited in person stays on the page."""
    found: dict[str, Any] = {"headline": page.title[:110], **_dates(page)}
    author = getattr(page, "contributor", None) or getattr(page, "partner", None)
    if author is not None:
        found["author"] = {"@type": "Organization", "name": author.name}
    return found | _licence(page)


def _sheet(sheet: SheetPage) -> dict[str, Any]:
    kit = kit_of(sheet=sheet)
    part = {"isPartOf": {"@type": "Article", "name": kit.title, "url": _whole(kit)}}
    return {"headline": sheet.title[:110], **_dates(sheet), **part, **_licence(kit)}


def _licence(page: Any) -> dict[str, Any]:
    licence = getattr(page, "licence", "")
    return {"license": Licence(licence).url} if licence and Licence(licence).url else {}


def _dates(page: Page) -> dict[str, Any]:
    dates = {"datePublished": page.first_published_at, "dateModified": page.last_published_at}
    return {name: at.isoformat() for name, at in dates.items() if at}


def _whole(page: Page) -> str:
    return f"{settings.SITE_URL}{page.get_url() or '/'}"


def _at(view: str, slug: str) -> str:
    return f"{settings.SITE_URL}{reverse(view, args=[slug])}"


def _nothing(page: Page) -> dict[str, Any]:
    return {}


# What each page is, and what it says more than any; the first that fits.
_KINDS: tuple[tuple[Any, str, Callable[[Any], dict[str, Any]]], ...] = (
    (EventPage, "Event", _event),
    (NewsPage, "NewsArticle", _article),
    (SheetPage, "Article", _sheet),
    (ConceptPage, "Article", _concept),
    (ResourcePage, "Article", _article),
    (IssuePage, "PublicationIssue", _issue),
    (ThemePage, "CollectionPage", _theme),
    (IssueIndexPage, "Periodical", _nothing),
    (ConceptIndexPage, "DefinedTermSet", _nothing),
    ((AgendaIndexPage, NewsIndexPage, ResourceIndexPage, ThemeIndexPage), "CollectionPage", _nothing),
)
