"""What every page of the public site tells machines of itself: its address, how a link to it is shown, what it is."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from commun.accounts.api import REDACTION, VALIDATION, create_member
from commun.cms.api import Licence, NetworkSettings
from commun.common import clock
from commun.common.converters import patterns
from commun.config.urls import urlpatterns
from commun.contributions import links
from commun.contributions.models import FormDraft
from commun.library.api import KitPage
from commun.mailing.api import tokens
from commun.newsletters import api as letters
from commun.territories.api import Organisation, OrganisationKind
from commun.votes.api import Vote
from tests.agenda.factories import EventFactory, NewsFactory
from tests.browser.content import make_site
from tests.cooperation.factories import make_project
from tests.library.factories import OrganisationFactory, TerritoryFactory
from tests.newsletters import factories as issues
from tests.subscribers.factories import link, make_subscriber
from tests.votes.factories import make_draft

pytestmark = pytest.mark.django_db

_SECTIONS = ("/", "/thematiques/", "/ressources/", "/concepts/", "/agenda/", "/actualites/", "/lettre/")
_LEGAL = ("/mentions-legales/", "/donnees-personnelles/", "/accessibilite/", "/ecoconception/", "/aide/")
_VIEWS = (
    "/annuaire/", "/votes/", "/projets/", "/reseau/", "/ensemble/", "/contribuer/", "/contribuer/besoin/",
    "/contribuer/ressource/", "/contribuer/evenement/", "/contribuer/actualite/", "/contribuer/question/", "/merci/",
    "/abonnement/", "/preferences/", "/recherche/", "/recherche/?q=atelier", "/contact/", "/plan-du-site/",
    "/developpeurs/",
)  # fmt: skip
VOCABULARY = json.loads((Path(__file__).parent / "schema_org.json").read_text(encoding="utf-8"))
TYPES: dict[str, Any] = VOCABULARY["types"]


class Head(HTMLParser):
    """`<meta>`, `<link>`, and linked data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self.feed(html)
        scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        self.data = [json.loads(one) for one in scripts]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta.setdefault(values.get("property") or values.get("name", ""), []).append(values.get("content", ""))
        elif tag == "link":
            self.links.append(values)

    def canonical(self) -> list[str]:
        return [one["href"] for one in self.links if one.get("rel") == "canonical"]


def head_of(client, address: str) -> Head:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Head(answer.content.decode())


def shared_by_all() -> list[str]:
    """Addresses of views whose answer everybody shares, where nothing is to be filled: a new one is not forgotten."""
    return [
        route
        for route, pattern, _ in patterns(urlpatterns)
        if hasattr(pattern.callback, "kept_parameters") and not set("<^(") & set(route)
    ]


def _is_page(answer: Any) -> bool:
    kind: str = answer["Content-Type"]
    return kind.startswith("text/html")


def send_issue() -> str:
    editor, approver = issues.member("editrice", REDACTION), issues.member("relecteur", VALIDATION)
    issue = issues.composed(editor)
    letters.submit_issue(issue=issue, user=editor, now=issues.NOW)
    letters.approve_issue(issue=issue, user=approver, now=issues.NOW)
    letters.send_issue(issue=issue, user=approver, now=issues.NOW)
    return str(letters.IssuePage.objects.get(pk=issue.pk).url)


def announced() -> Vote:
    vote = make_draft()
    Vote.objects.filter(pk=vote.pk).update(state="scheduled", rules="Une voix.")
    return vote


def rooms() -> list[str]:
    """A page of each of those that rooms make."""
    town = OrganisationFactory(
        name="Ville d’Exemple", kind=OrganisationKind.COLLECTIVITE, territory=TerritoryFactory(),
        website="https://exemple.example.org/", presentation="Une commune.\nDeux écoles.",
    )  # fmt: skip
    vote = announced()
    return [
        f"/annuaire/{town.slug}/",
        f"/reseau/{town.slug}/",
        f"/votes/{vote.slug}/",
        f"/votes/{vote.slug}/verifier/",
        f"/projets/{make_project().slug}/",
    ]


def test_every_public_page_says_its_address_and_how_a_link_to_it_is_shown(client, settings):
    pages = make_site()
    NetworkSettings.objects.update(presentation="Le réseau.\nPartout.")
    seen: dict[str, str] = {}
    answers = {one: client.get(one) for one in shared_by_all()}
    shared = {one for one, said in answers.items() if said.status_code == 200 and _is_page(said)}
    shared.remove("/integrer/")  # a bare list, that other sites include
    assert {"/annuaire/", "/votes/", "/projets/", "/recherche/", "/reseau/"} < shared
    for address in dict.fromkeys((*_SECTIONS, *_LEGAL, *_VIEWS, *pages.values(), *rooms(), *sorted(shared))):
        head = head_of(client, address)
        whole = settings.SITE_URL + address.partition("?")[0]
        assert head.canonical() == [whole], address
        assert head.meta["og:url"] == [whole], address
        for name in ("og:title", "og:type", "og:image", "og:description", "og:image:alt", "description"):
            [said] = head.meta.get(name, [""])
            assert said, (address, name)
            assert "\n" not in said
        [picture] = head.meta["og:image"]
        assert picture.startswith(f"{settings.SITE_URL}/"), address
        if "?" not in address:
            seen.setdefault(head.meta["og:title"][0], address)
    assert len(seen) > 40  # each says something of its own


def test_a_link_to_a_page_of_a_room_is_shown_with_a_picture_that_says_its_title(client, settings):
    vote = announced()
    [picture] = head_of(client, f"/votes/{vote.slug}/").meta["og:image"]
    drawn = client.get(picture.removeprefix(settings.SITE_URL))
    assert drawn["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(drawn.content)).size == (1200, 630)
    for forged in (picture.replace("titre=Le", "titre=La"), picture.replace("rubrique=V", "rubrique=W"), "x"):
        address = forged.removeprefix(settings.SITE_URL)
        assert client.get(address).status_code == 404, forged


def test_the_next_pages_of_a_list_have_their_own_address_and_what_narrows_it_has_none(client, settings):
    for number in range(40):
        OrganisationFactory(is_partner=True, slug=f"organisation-{number}")
    assert head_of(client, "/annuaire/?page=2&q=").canonical() == [f"{settings.SITE_URL}/annuaire/?page=2"]
    assert head_of(client, "/annuaire/?type=association").canonical() == [f"{settings.SITE_URL}/annuaire/"]


def test_what_belongs_to_one_person_and_what_went_wrong_say_nothing_of_themselves(client):
    draft = FormDraft.objects.create(kind="need", data={"quoi": {}}, created_at=clock.now(), touched_at=clock.now())
    personal = [
        f"/contribuer/suite/{links.form_token(key=draft.key)}/",
        link(purpose=tokens.PREFERENCES, subscriber=make_subscriber()),
        "/une-page-qui-n-existe-pas/",
    ]
    camille = create_member(email="camille@example.org")
    for address in personal:
        head = Head(client.get(address, follow=True).content.decode())
        assert head.canonical() == [], address
        assert "og:url" not in head.meta
        assert head.data == []
    client.force_login(camille, backend="django.contrib.auth.backends.ModelBackend")
    assert head_of(client, "/mon-espace/").canonical() == []


# --- linked data ------------------------------------------------------------------------------------------------------


def above(name: str) -> set[str]:
    """A type and those it is one of."""
    found = {name}
    for one in TYPES[name]["above"]:
        found |= above(one)
    return found


def faults(node: dict[str, Any], *, where: str) -> Iterator[str]:
    """What https://schema.org does not know, or does not allow there."""
    kind = node.get("@type", "")
    if kind not in TYPES:
        yield f"{where}: no type {kind}"
        return
    known: dict[str, list[str]] = {}
    for one in above(kind):
        known |= TYPES[one]["properties"]
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in known:
            yield f"{where}: {kind} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            yield from _value_faults(one, ranges=known[name], where=f"{where} {kind}.{name}")


def _value_faults(value: Any, *, ranges: list[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("@type") in TYPES and not above(value["@type"]) & set(ranges):
            yield f"{where}: {value['@type']} is none of {ranges}"
        yield from faults(value, where=where)
        return
    members = {f"https://schema.org/{one}" for name in ranges for one in VOCABULARY["members"].get(name, ())}
    if not (value in members or any(_is(value, name) for name in ranges)):
        yield f"{where}: {value!r} is none of {ranges}"


_PATTERNS = {
    "Text": r"(?s)\s*\S.*",
    **dict.fromkeys(("URL", "ImageObject", "CreativeWork"), r"https?://\S+"),  # the latter two by their address
    "Date": r"\d{4}-\d\d-\d\d",
    "DateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",
}
_PLAIN = {"Boolean": bool, "Integer": int, "Number": int}


def _is(value: Any, name: str) -> bool:
    if name in _PLAIN:
        return isinstance(value, _PLAIN[name])
    return name in _PATTERNS and isinstance(value, str) and re.fullmatch(_PATTERNS[name], value) is not None


def test_the_vocabulary_refuses_what_it_does_not_know():
    told = {"@type": "Article", "name": "x", "colour": "red", "author": {"@type": "Place", "name": "y"}}
    assert [one.partition(": ")[2] for one in faults(told, where="")] == [
        "Article has no colour",
        "Place is none of ['Organization', 'Person']",
    ]
    wrong = {"@type": "Event", "eventStatus": "https://schema.org/EventForgotten", "startDate": "hier"}
    assert len([*faults(wrong, where="")]) == 2
    assert [*faults({"@type": "Recipe"}, where="")] == [": no type Recipe"]


def test_every_kind_of_page_says_what_it_is_in_words_that_schema_org_has(client):
    pages = make_site()
    event = EventFactory(all_day=True, is_online=True, place="")
    news = NewsFactory(until=date(2100, 1, 1))
    town, _, vote, _, project = rooms()
    found: dict[str, str] = {}
    for address in (*_SECTIONS, *_LEGAL, *pages.values(), event.url, news.url, town, vote, project):
        [data] = head_of(client, address).data
        assert data["@context"] == "https://schema.org"
        assert [*faults(data, where=address)] == []
        assert unescape(data["name"]) == data["name"]
        found[address] = data["@type"]
    assert found["/"] == "WebSite"
    assert found["/lettre/"] == "Periodical"
    assert (found["/concepts/"], found["/agenda/"], found["/aide/"]) == ("DefinedTermSet", "CollectionPage", "WebPage")
    assert (found[pages["theme"]], found[pages["concept"]]) == ("CollectionPage", "Article")
    assert (found[event.url], found[news.url], found[town]) == ("Event", "NewsArticle", "GovernmentOrganization")
    assert (found[vote], found[project]) == ("WebPage", "Project")


def test_an_issue_is_a_part_of_the_letter_and_a_theme_a_word_of_ours(client, settings):
    number = send_issue()
    [data] = head_of(client, number).data
    assert [*faults(data, where=number)] == []
    assert data["@type"] == "PublicationIssue"
    assert (data["issueNumber"], data["isPartOf"]["url"]) == (1, f"{settings.SITE_URL}/lettre/")
    issue = letters.IssuePage.objects.get()
    assert data["about"]["name"] == issue.theme.title
    [data] = head_of(client, issue.theme.url).data
    assert data["about"]["inDefinedTermSet"]["url"] == f"{settings.SITE_URL}/thematiques/"


def test_a_sheet_has_the_licence_of_its_kit_and_an_organisation_no_person(client):
    pages = make_site()
    kit = KitPage.objects.get()
    KitPage.objects.update(licence=Licence.CC_BY)
    [data] = head_of(client, pages["sheet"]).data
    assert data["license"] == Licence.CC_BY.url
    assert data["isPartOf"]["name"] == kit.title
    one = Organisation.objects.filter(is_partner=True).first()
    [data] = head_of(client, f"/annuaire/{one.slug}/").data
    assert set(data) <= {"@context", "@type", "name", "url", "description", "sameAs", "areaServed"}
