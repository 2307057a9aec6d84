"""What is followed: the feed of what one sees, and of nothing else."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest

from commun.accounts.api import REDACTION, VALIDATION
from commun.newsletters import api as letters
from tests.agenda.factories import NewsFactory
from tests.library.factories import (
    ArticleFactory,
    ConceptFactory,
    ExperienceFactory,
    GuideFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.newsletters import factories as issues

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def titles(client, address: str) -> list[str]:
    return [entry.findtext(f"{ATOM}title") or "" for entry in read(client, address).iter(f"{ATOM}entry")]


def followed(client, address: str) -> list[str]:
    """Paths that the page tells to follow."""
    page = client.get(address).content.decode()
    block = page[page.index('<dl class="tec-feeds">') :]
    block = block[: block.index("</dl>")]
    paths = [unescape(path) for path in re.findall(r'href="([^"]+)"', block)]
    assert all(f">http://localhost:8000{path}<" in unescape(block) for path in paths)
    return paths


def test_the_feed_of_a_search_is_that_of_the_very_search(client):
    region = TerritoryFactory(kind="region", code="53", name="Bretagne")
    town = TerritoryFactory(region=region)
    theme = ThemeFactory(title="L’eau", slug="eau")
    told = {"themes": [theme], "territories": [town]}
    ExperienceFactory(title="Le puits de la place", **told)
    GuideFactory(title="Creuser un puits", **told)
    ArticleFactory(title="Un puits", **told)
    ExperienceFactory(title="Un puits ailleurs", themes=[theme])
    ExperienceFactory(title="La fontaine", **told)
    address = "/ressources/?q=puits&type=experience&type=guide&region=53&thematique=eau&page=1&tri=date"
    [feed] = followed(client, address)
    assert feed == "/flux/ressources.xml?q=puits&type=experience&type=guide&thematique=eau&region=53"
    assert titles(client, feed) == ["Creuser un puits", "Le puits de la place"]
    title = read(client, feed).findtext(f"{ATOM}title")
    assert "« puits », Expérience, Guide, L’eau, Bretagne" in title.replace("\u00a0", " ")
    near = f"lieu={town.key}&autour=ici"
    [feed] = followed(client, f"/ressources/?{near}")
    assert set(titles(client, feed)) == {
        "Le puits de la place", "Creuser un puits", "Un puits", "La fontaine",
    }  # fmt: skip


def test_the_whole_feed_is_that_of_every_resource_the_latest_first_and_concepts_when_asked(client):
    ArticleFactory(title="D’abord")
    ConceptFactory(title="Un mot")
    GuideFactory(title="Ensuite")
    assert followed(client, "/ressources/") == ["/flux/ressources.xml"]
    assert titles(client, "/flux/ressources.xml") == ["Ensuite", "D’abord"]
    assert titles(client, "/flux/ressources.xml?type=concept") == ["Un mot"]


def test_what_does_not_exist_is_not_followed(client):
    ThemeFactory(slug="eau")
    for query in ("thematique=rien", "type=event", "type=x", "region=99", "lieu=commune:00000", "territoire=x:1",
                  "thematique=eau&thematique=rien", "autour=ici"):  # fmt: skip
        assert client.get(f"/flux/ressources.xml?{query}").status_code == 404, query
    strange = ("x", "%00", "x%27%20OR%201=1--", "x" * 300)
    named = [f"{feed}.xml?thematique={slug}" for feed in ("actualites", "lettre", "ressources") for slug in strange]
    unknown = ("actualites.xml?type=x", *named)
    for feed in unknown:
        assert client.get(f"/flux/{feed}").status_code == 404, feed
    for address in ("/agenda/", "/actualites/", "/lettre/", "/ressources/", "/annuaire/"):
        assert client.get(f"{address}?thematique=%00&type=%00&region=%00&q=%00").status_code == 200, address
    assert "tec-feeds" not in client.get("/ressources/?region=99").content.decode()


def test_the_feed_of_a_territory_holds_what_is_in_it(client):
    epci = TerritoryFactory(kind="epci", code="200000001", name="CC du Pays")
    departement = TerritoryFactory(kind="departement", code="35", name="Ille-et-Vilaine")
    town = TerritoryFactory(epci=epci, departement=departement)
    ArticleFactory(title="À la commune", territories=[town])
    ArticleFactory(title="À l’intercommunalité", territories=[epci])
    ArticleFactory(title="Au département", territories=[departement])
    ArticleFactory(title="Ailleurs", territories=[TerritoryFactory()])
    for place, found in (
        (town, {"À la commune"}),
        (epci, {"À la commune", "À l’intercommunalité"}),
        (departement, {"À la commune", "Au département"}),
    ):
        assert set(titles(client, f"/flux/ressources.xml?territoire={place.key}")) == found


def test_news_are_narrowed_and_followed_by_theme_and_kind(client):
    theme = ThemeFactory(title="L’eau", slug="eau")
    NewsFactory(title="On recrute", kind="recrutement", themes=[theme])
    NewsFactory(title="On recrute ailleurs", kind="recrutement")
    NewsFactory(title="On annonce", themes=[theme])
    page = client.get("/actualites/?type=recrutement&thematique=eau").content.decode()
    assert "1\u00a0actualité&nbsp;: L’eau, Recrutement" in page.replace("1 a", "1\u00a0a")
    [feed] = followed(client, "/actualites/?type=recrutement&thematique=eau")
    assert titles(client, feed) == ["On recrute"]
    assert followed(client, "/actualites/?type=x") == ["/flux/actualites.xml"]
    empty = client.get("/actualites/?type=salon&thematique=eau").content.decode()
    assert "Chercher tous les types" in empty
    assert "Chercher sans la thématique" in empty


def test_a_theme_is_followed_whole(client):
    theme = ThemeFactory(title="L’eau", slug="eau")
    feeds = followed(client, theme.url)
    assert [path.partition("?")[0] for path in feeds] == [
        "/flux/ressources.xml", "/flux/actualites.xml", "/flux/lettre.xml", "/agenda.ics",
    ]  # fmt: skip
    for path in feeds:
        assert path.endswith("?thematique=eau")
        assert client.get(path).status_code == 200


def test_issues_are_followed_all_or_those_of_a_theme(client):
    editor, approver = issues.member("editrice", REDACTION), issues.member("relecteur", VALIDATION)
    issue = issues.composed(editor)
    other = ThemeFactory(slug="autre")
    assert titles(client, "/flux/lettre.xml") == []  # a draft is nobody's news
    letters.submit_issue(issue=issue, user=editor, now=issues.NOW)
    letters.approve_issue(issue=issue, user=approver, now=issues.NOW)
    letters.send_issue(issue=issue, user=approver, now=issues.NOW)
    issue.refresh_from_db()
    [entry] = read(client, "/flux/lettre.xml").iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == issue.title
    assert entry.find(f"{ATOM}link").attrib["href"] == "http://localhost:8000/lettre/1/"
    assert titles(client, f"/flux/lettre.xml?thematique={issue.theme.slug}") == [issue.title]
    assert titles(client, f"/flux/lettre.xml?thematique={other.slug}") == []
    assert followed(client, "/lettre/") == ["/flux/lettre.xml"]
    for address in ("/", "/developpeurs/", "/plan-du-site/"):
        assert 'href="/flux/lettre.xml"' in client.get(address).content.decode(), address
