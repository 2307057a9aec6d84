"""Pages kept whole: what is kept, and that none is ever older than what was published."""

from __future__ import annotations

import gzip
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from commun.cms.api import NetworkSettings
from commun.common import clock, kept, public, visits
from commun.common.models import PublicMove, Visit
from commun.territories.api import Organisation
from commun.votes.api import Elector, Vote, get_turnout
from tests.agenda.factories import EventFactory
from tests.browser.content import make_site
from tests.library.factories import ArticleFactory, OrganisationFactory, ThemeFactory
from tests.votes.factories import make_draft

pytestmark = pytest.mark.django_db

_PUBLIC = (
    "/", "/thematiques/", "/ressources/", "/ressources/?type=experience&q=banc", "/concepts/", "/agenda/",
    "/agenda/?vue=mois", "/actualites/", "/lettre/", "/recherche/?q=atelier", "/recherche/suggestions/?q=ate",
    "/plan-du-site/", "/annuaire/", "/votes/", "/projets/", "/contribuer/", "/merci/", "/flux/ressources.xml",
    "/flux/actualites.xml", "/agenda.ics", "/sitemap.xml", "/sitemap-rubriques.xml", "/robots.txt",
    "/mentions-legales/", "/reseau/", "/api/v1/resources",
)  # fmt: skip
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def questions(client: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address, headers=headers)
    return len(asked)


def test_every_public_page_is_kept_and_costs_one_question_the_second_time(client):
    spent = {}
    places = make_site()
    body = f"/annuaire/{Organisation.objects.filter(is_partner=True).latest('pk').slug}/"
    for address in (*_PUBLIC, *places.values(), body):
        first = client.get(address)
        assert "nonce-" not in first.headers.get("Content-Security-Policy", "")
        assert " nonce=" not in first.content.decode()
        spent[address] = questions(client, address)
        assert client.get(address).content == first.content
    assert {address: number for address, number in spent.items() if number != 1} == {}


@pytest.mark.parametrize(
    "address", ["/contact/", "/abonnement/", "/contribuer/ressource/", "/compte/login/", "/rien-ici/", "/healthz"]
)
def test_a_form_whose_stamp_grows_old_is_made_for_each(client, address):
    client.get(address)
    assert len(kept.store) == 0


def test_who_is_signed_in_is_shown_her_own_page_and_leaves_none(client):
    anybody = client.get("/").content
    client.force_login(get_user_model().objects.create_user("camille@example.org"))
    assert "Mon espace" in client.get("/").content.decode()
    assert len(kept.store) == 1
    assert Client().get("/").content == anybody


def test_a_page_that_a_stranger_table_was_read_for_is_not_kept(client, monkeypatch):
    monkeypatch.delitem(public._shown, "cms_networksettings")
    client.get("/")
    client.get("/")
    assert len(kept.store) == 0


def _network(page: Any) -> None:
    NetworkSettings.objects.update_or_create(site=Page.objects.get(depth=2).get_site(), defaults={"name": "Renommé"})


def _partner(page: Any) -> None:
    OrganisationFactory(is_partner=True, is_checked=True, name="Renommé")


def _published(page: Any) -> None:
    page.title = "Renommé"
    page.save_revision().publish()


def _in_bulk(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(title="Renommé")


def _by_hand(page: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET title = 'Renommé' WHERE id = %s", [page.pk])


def _vote(page: Any) -> None:
    vote = make_draft()
    Vote.objects.filter(pk=vote.pk).update(
        title="Renommé",
        state="open",
        rules="Une voix.",
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=3),
    )


@pytest.mark.parametrize("change", [_network, _partner, _published, _in_bulk, _by_hand, _vote])
def test_whatever_is_written_is_shown_at_the_next_request(client, change):
    page = ArticleFactory(title="Avant")
    assert "Renommé" not in client.get("/").content.decode()
    change(page)
    assert "Renommé" in client.get("/").content.decode()


def test_a_page_taken_off_and_a_redirection_are_told_at_once(client):
    page, other = ArticleFactory(), ArticleFactory()
    assert client.get(page.url).status_code == 200
    page.unpublish()
    assert client.get(page.url).status_code == 410
    assert client.get("/ancienne-adresse/").status_code == 404
    Redirect.add_redirect("/ancienne-adresse", redirect_to=other)
    assert client.get("/ancienne-adresse/").status_code == 301


def test_a_draft_that_is_saved_renews_no_page():
    page = ArticleFactory(title="Avant")
    before = public.version()
    page.title = "Brouillon"
    page.save_revision()
    assert public.version() == before


def test_the_turnout_of_a_vote_under_way_is_kept_nowhere_and_a_ballot_renews_no_page():
    vote = make_draft()
    Vote.objects.filter(pk=vote.pk).update(state="open", rules="Une voix.")
    with public.reading() as seen:
        get_turnout(vote=Vote.objects.get(pk=vote.pk))
    assert not seen.may_be_kept
    before = public.version()
    Elector.objects.filter(vote=vote).update(last_number=1)
    assert public.version() == before


def test_a_page_published_while_another_is_made_is_not_missed(client, monkeypatch):
    make = kept.make

    def late(*args: Any, **told: Any) -> kept.Page:
        monkeypatch.setattr(kept, "make", make)
        ArticleFactory(title="Publié entre-temps")
        return make(*args, **told)

    monkeypatch.setattr(kept, "make", late)
    assert "Publié entre-temps" not in client.get("/").content.decode()
    assert "Publié entre-temps" in client.get("/").content.decode()


def test_every_table_that_shows_has_its_triggers():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        made = {name for (name,) in cursor.fetchall()}
    wanted = {f"{table}_shows_{act}"[:63] for table in public.shown_tables() for act in ("insert", "update", "delete")}
    assert wanted - made == set()


@pytest.mark.django_db(transaction=True)
def test_what_another_process_commits_is_shown_and_not_before():
    """Each has its connection; on PostgreSQL two write at once, and the first to begin is the last to commit."""
    first, second = ArticleFactory(title="Un"), ArticleFactory(title="Deux")
    begun, may_commit, over = threading.Event(), threading.Event(), threading.Event()

    def elsewhere() -> None:
        try:
            with transaction.atomic():
                Page.objects.filter(pk=first.pk).update(title="Premier changé")
                begun.set()
                may_commit.wait(30)
        finally:
            connection.close()
            over.set()

    client = Client()
    threading.Thread(target=elsewhere).start()
    assert begun.wait(30)
    assert "Premier changé" not in client.get("/").content.decode()
    if connection.vendor == "postgresql":
        Page.objects.filter(pk=second.pk).update(title="Second changé")
        shown = client.get("/").content.decode()
        assert "Second changé" in shown
        assert "Premier changé" not in shown
    may_commit.set()
    assert over.wait(30)
    assert "Premier changé" in client.get("/").content.decode()


def test_moves_are_added_up_and_the_number_stays(client):
    ArticleFactory()
    before = public.version()
    public.fold(now=clock.now())
    assert public.version() == before
    assert PublicMove.objects.count() == 1
    ArticleFactory()
    assert public.version() > before


def test_a_page_is_shown_until_the_clock_changes_it(client, monkeypatch):
    at = datetime(2027, 1, 20, 9, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: at)
    EventFactory(title="La rencontre", start=at + timedelta(hours=1), end=at + timedelta(hours=2))
    assert "La rencontre" in client.get("/agenda/").content.decode()
    at += timedelta(hours=2)
    assert "La rencontre" in client.get("/agenda/").content.decode()
    at += timedelta(seconds=1)
    assert "La rencontre" not in client.get("/agenda/").content.decode()


def test_what_a_view_does_not_read_makes_no_other_page_and_is_not_repeated(client):
    for number in range(40):
        ArticleFactory(title=f"Article {number}")
    plain = client.get("/ressources/?page=2").content
    followed = client.get("/ressources/?utm_source=lettre&page=2&jeton=secret")
    assert followed.content == plain
    assert b"utm_source" not in followed.content
    assert len(kept.store) == 1


def test_what_is_kept_is_bounded(client, settings):
    settings.PAGES_KEPT = 5
    for number in range(9):
        client.get(f"/recherche/?q=mot{number}")
    assert len(kept.store) == 5
    client.get(f"/recherche/?q={'a' * 5000}")
    assert len(kept.store) == 5
    settings.PAGES_KEPT_MB = 0
    kept.store.clear()
    client.get("/")
    assert len(kept.store) == 0


def test_a_page_somebody_has_is_not_sent_again(client):
    theme = ThemeFactory()
    for address in ("/", "/flux/ressources.xml", f"/flux/ressources.xml?thematique={theme.slug}", "/agenda.ics"):
        first = client.get(address)
        assert questions(client, address, if_none_match=first["ETag"]) == 1
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    ArticleFactory(title="Nouveau", themes=[theme])
    assert client.get(address.replace("agenda.ics", ""), headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_page_is_compressed_for_whom_accepts_it(client):
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) * 3 < len(plain.content)
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Encoding" not in client.get("/contact/", headers={"accept-encoding": "gzip"}).headers


def test_another_host_is_refused_as_ever(client):
    client.get("/")
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_visits_are_counted_by_page_and_day_without_robots(client, settings):
    page = ArticleFactory()
    visits.write()  # of other tests
    Visit.objects.all().delete()
    for agent in (BROWSER, BROWSER, "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.5", ""):
        client.get(page.url, headers={"user-agent": agent})
    client.get(page.url, headers={"user-agent": BROWSER, "sec-purpose": "prefetch"})
    client.get("/agenda.ics", headers={"user-agent": BROWSER})
    client.get("/rien-ici/", headers={"user-agent": BROWSER})
    assert Visit.objects.count() == 0
    visits.write()
    client.get(page.url, headers={"user-agent": BROWSER})
    visits.write()
    assert list(Visit.objects.values_list("path", "day", "visits")) == [(page.url, clock.today(), 3)]
    assert visits.of(paths=[page.url, "/"], since=clock.today()) == {page.url: 3}
    assert visits.most_visited(since=clock.today()) == [(page.url, 3)]
    visits.forget_old(now=clock.now() + visits.KEPT + timedelta(days=2))
    assert not Visit.objects.exists()


def test_the_policy_of_the_site_has_no_nonce():
    assert django_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"] == ["'self'"]
