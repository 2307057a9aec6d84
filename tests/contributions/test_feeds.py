"""Partners' feeds come in: read politely, moderated as anything else, each event once, whichever way it came first."""

from __future__ import annotations

import ipaddress
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commun.agenda.api import EventPage, ensure_sections
from commun.common import clock
from commun.contributions.models import Contribution, Feed
from commun.contributions.services import deciding, feeds
from commun.contributions.types import State
from tests.cms.factories import home
from tests.common.sites import site
from tests.contributions.conftest import deliver, proven
from tests.contributions.factories import examine_all, moderator

pytestmark = pytest.mark.django_db
NOW = clock.now()
DAY = timezone.localtime(NOW + timedelta(days=40)).replace(hour=18, minute=0, second=0, microsecond=0)


@pytest.fixture
def other(settings):
    settings.FETCH_EXCEPTIONS = ["127.0.0.1", "bourg.example.org", "agenda.bourg.example.org"]
    with site() as made:
        yield made


@pytest.fixture
def team(client, settings):
    client.force_login(moderator("equipe@example.org"))
    return client


def ics(*events: str, method: str = "PUBLISH") -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", f"METHOD:{method}", *events, "END:VCALENDAR", ""]).encode()


def event(
    uid: str = "reunion-1", *, day=DAY, title: str = "Réunion publique", sequence: int = 0, more: str = ""
) -> str:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        f"DTSTART;TZID=Europe/Paris:{day:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/Paris:{day + timedelta(hours=2):%Y%m%dT%H%M%S}",
        f"SUMMARY:{title}",
        "LOCATION:Salle des fêtes",
        "DESCRIPTION:Venez nombreux\\, il y aura\\nun verre.",
    ]
    return "\r\n".join([*lines, *([more] if more else []), "END:VEVENT"])


def added(url: str, **values) -> Feed:
    return feeds.add(values={"name": "Ville de Bourg", "url": url, **values}, by=moderator(), now=NOW)


def turn(feed: Feed, *, now=NOW) -> int:
    """Read it as a worker would; how many contributions it made or changed."""
    done = feeds.read_now(feed_id=feed.pk, now=now)
    feed.refresh_from_db()
    return done


def titles() -> set[str]:
    return set(Contribution.objects.values_list("title", flat=True))


def accepted(row: Contribution) -> EventPage:
    ensure_sections(home=home())
    deciding.accept(contribution_id=row.pk, by=moderator(f"m{row.pk}@example.org"), now=NOW)
    row.refresh_from_db()
    return EventPage.objects.get(pk=row.page_id)


def test_the_sweep_hands_each_feed_that_is_due_to_one_worker(other):
    feed = added(other.gives("/a.ics", body=ics(event())))
    assert feeds.read_due(now=NOW) == 1
    assert feeds.read_due(now=NOW) == 0
    row = Contribution.objects.get()
    assert (row.title, row.source, row.state) == ("Réunion publique", "feed", "received")
    assert row.fields["place"] == "Salle des fêtes"
    assert row.text == "Venez nombreux, il y aura\nun verre."
    assert not EventPage.objects.exists()
    feed.refresh_from_db()
    assert feed.state == "read"


def test_an_entry_comes_in_once_and_what_has_not_changed_is_not_sent_again(other):
    def page(request):
        request.give(304 if request.headers["If-None-Match"] == '"1"' else 200, ics(event()), etag='"1"')

    other.pages["/a.ics"] = page
    feed = added(f"{other.url}/a.ics")
    assert [turn(feed), turn(feed), turn(feed)] == [1, 0, 0]
    assert feed.state == "read"
    assert len(other.asked) == 3


def test_what_waits_is_changed_and_what_is_a_page_gets_a_change_proposed(other):
    feed = added(other.gives("/a.ics", body=ics(event())))
    turn(feed)
    later = DAY + timedelta(days=1)
    other.gives("/a.ics", body=ics(event(day=later, title="Réunion reportée")))  # no number moved: many never do
    assert turn(feed) == 1
    row = Contribution.objects.get()
    assert (row.title, row.fields["start"]) == ("Réunion reportée", later.isoformat())
    page = accepted(row)
    page.get_latest_revision().publish()
    other.gives("/a.ics", body=ics(event(day=later, sequence=2, more="STATUS:CANCELLED")))
    assert turn(feed) == 1
    change = Contribution.objects.latest("pk")
    assert change.fields["known_page"] == page.pk
    assert change.state == State.RECEIVED
    assert accepted(change).pk == page.pk
    page.refresh_from_db()
    assert not page.is_cancelled  # proposed: an editor publishes
    assert page.get_latest_revision_as_object().is_cancelled


MAIL = (
    b"From: Camille <camille@bourg.example.org>\r\nTo: agenda@contributions.example.org\r\nSubject: Reunion\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n"
)


def by_mail(*events: str) -> None:
    deliver(proven(MAIL + ics(*events, method="REQUEST")), to="agenda@contributions.example.org")


def of_the_town(other) -> Feed:
    """A feed under the town's own domain, which stands on this machine."""
    port = other.url.rpartition(":")[2]
    other.gives("/a.ics", body=ics(event(day=DAY + timedelta(days=2))))
    return added(f"http://agenda.bourg.example.org:{port}/a.ics")


def here(host, seconds):
    return [ipaddress.ip_address("127.0.0.1")]


def test_an_event_that_came_by_mail_first_is_the_same_event(other):
    by_mail(event())
    feed = of_the_town(other)
    assert feeds.read_now(feed_id=feed.pk, now=NOW, resolve=here) == 1
    row = Contribution.objects.get()  # it still waited: the feed says when it is now
    assert row.fields["start"] == (DAY + timedelta(days=2)).isoformat()
    examine_all()
    page = accepted(row)
    by_mail(event(day=DAY + timedelta(days=3), sequence=1))
    assert Contribution.objects.latest("pk").fields["known_page"] == page.pk


def test_an_event_that_came_by_the_feed_first_is_the_same_event(other):
    feed = of_the_town(other)
    feeds.read_now(feed_id=feed.pk, now=NOW, resolve=here)
    page = accepted(Contribution.objects.get())
    by_mail(event(day=DAY + timedelta(days=3)))
    assert Contribution.objects.latest("pk").fields["known_page"] == page.pk


def test_an_event_that_its_feed_calls_otherwise_is_proposed_under_its_new_title(other):
    feed = of_the_town(other)
    feeds.read_now(feed_id=feed.pk, now=NOW, resolve=here)
    page = accepted(Contribution.objects.get())
    page.title = "Écrit par la rédaction"
    page.save_revision().publish()
    other.gives("/a.ics", body=ics(event(day=DAY + timedelta(days=4))))  # as before, another day
    feeds.read_now(feed_id=feed.pk, now=NOW, resolve=here)
    assert accepted(Contribution.objects.latest("pk")).get_latest_revision_as_object().title == "Écrit par la rédaction"
    other.gives("/a.ics", body=ics(event(day=DAY + timedelta(days=4), title="Réunion sur la place")))
    feeds.read_now(feed_id=feed.pk, now=NOW, resolve=here)
    changed = accepted(Contribution.objects.latest("pk"))
    assert changed.pk == page.pk
    assert changed.get_latest_revision_as_object().title == "Réunion sur la place"
    assert EventPage.objects.get(pk=page.pk).title == "Écrit par la rédaction"  # nothing is published by itself


def test_somebody_elses_feed_with_the_same_uid_changes_nothing(other):
    first = added(other.gives("/a.ics", body=ics(event())))
    turn(first)
    accepted(Contribution.objects.get())
    second = added(other.gives("/b.ics", body=ics(event(title="Autre"))), name="Autre")
    turn(second)
    assert "known_page" not in Contribution.objects.get(title="Autre").fields


def test_news_of_rss_and_atom_come_in_once_without_their_archives(other):
    old = "Mon, 06 Jan 2020 10:00:00 +0100"
    items = "".join(
        f"<item><title>{title}</title><link>https://bourg.example.org/{title}</link><guid>{title}</guid>"
        f"<pubDate>{date}</pubDate><description>&lt;p&gt;Un &lt;b&gt;texte&lt;/b&gt;.&lt;/p&gt;</description></item>"
        for title, date in (("neuf", f"{NOW:%a, %d %b %Y %H:%M:%S} +0000"), ("vieux", old))
    )
    feed = added(other.gives("/rss", body=f"<rss version='2.0'><channel>{items}</channel></rss>".encode()))
    assert turn(feed) == 1
    row = Contribution.objects.get()
    assert (row.kind, row.title, row.text) == ("news", "neuf", "Un texte.")
    assert row.fields["link"] == "https://bourg.example.org/neuf"
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>Par Atom</title>'
        '<link rel="alternate" href="https://bourg.example.org/atom"/><summary>Bref</summary></entry></feed>'
    )
    assert turn(added(other.gives("/atom", body=atom.encode()))) == 1
    assert "Par Atom" in titles()


def test_the_json_of_a_public_agenda_is_read(other):
    agenda = {
        "total": 2,
        "events": [
            {
                "uid": 12345678,
                "title": {"fr": "Atelier des communs", "en": "Workshop"},
                "description": {"fr": "Pour qui veut."},
                "location": {"name": "Mairie", "address": "1 place du Bourg", "city": "Bourg"},
                "timings": [
                    {"begin": "2020-01-01T10:00:00+01:00", "end": "2020-01-01T11:00:00+01:00"},
                    {"begin": DAY.isoformat(), "end": (DAY + timedelta(hours=3)).isoformat()},
                ],
                "status": 1,
                "updatedAt": "2026-01-01T00:00:00Z",
            },
            {"uid": 2, "title": {"fr": "Passé"}, "timings": [{"begin": "2020-01-01T10:00:00+01:00"}]},
            {"uid": 3, "title": 7, "timings": "non"},
        ],
    }
    feed = added(other.gives("/agenda.json", body=json.dumps(agenda).encode()))
    assert turn(feed) == 1
    row = Contribution.objects.get()
    assert row.title == "Atelier des communs"
    assert row.fields["place"] == "Mairie, 1 place du Bourg, Bourg"
    assert row.fields["start"] == DAY.isoformat()


def test_a_big_diary_comes_in_by_handfuls_and_nothing_of_it_is_lost(other):
    body = ics(*(event(f"u{n}", title=f"Jour {n:02}", day=DAY + timedelta(days=n)) for n in range(30)))
    feed = added(other.gives("/a.ics", body=body, etag='"1"'))
    assert [turn(feed), turn(feed), turn(feed)] == [20, 10, 0]
    assert len(titles()) == 30


def test_what_cannot_be_read_is_refused_with_its_reason_on_the_screen(other, team):
    other.leads("/sans-fin", "/sans-fin")
    other.leads("/dedans", "http://localhost/gestion/")
    other.gives("/absent", 404)
    other.gives("/page", body=b"<!doctype html><html><body>Notre agenda</body></html>")
    other.gives("/coupe", body=ics(event())[:-20])
    other.gives(
        "/bombe", body=b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
    )
    other.gives("/lourd", content_length="31457280")
    other.gives("/trop", body=ics(*(["BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT"] * 5000)))
    for path, words in {
        "/sans-fin": "renvoie sans fin",
        "/dedans": "machine interne",
        "/absent": "il n’y a rien à cette adresse",
        "/page": "abîmé ou incomplet",
        "/coupe": "abîmé ou incomplet",
        "/bombe": "abîmé ou incomplet",
        "/lourd": "trop lourd",
        "/trop": "plus de 2000 entrées",
    }.items():
        feed = added(other.url + path)
        assert turn(feed) == 0
        assert feed.state == "refused"
        assert words in team.get(reverse("contributions_team:feed", args=[feed.pk])).content.decode(), path
    assert not Contribution.objects.exists()


def test_the_team_enters_stops_and_resumes_a_feed(other, team):
    url = other.gives("/a.ics", body=ics(event()))
    add = reverse("contributions_team:feed_add")
    assert team.post(add, {"name": "Dedans", "url": "http://10.0.0.1/a.ics"}).status_code == 422
    assert team.post(add, {"name": "Bourg", "url": url}).status_code == 302
    feed = Feed.objects.get()
    assert "Bourg" in team.get(reverse("contributions_team:feeds")).content.decode()
    team.post(reverse("contributions_team:feed_act", args=[feed.pk, "arreter"]))
    assert feeds.read_due(now=clock.now()) == 0
    assert turn(feed) == 0
    team.post(reverse("contributions_team:feed_act", args=[feed.pk, "lire"]))
    assert feeds.read_due(now=clock.now()) == 1
    assert titles() == {"Réunion publique"}
    shown = team.get(reverse("contributions_team:feed", args=[feed.pk])).content.decode()
    assert "Réunion publique" in shown


def test_an_outsider_reads_no_feed(client, other):
    feed = added(other.url + "/a.ics")
    for name, args in (("feeds", []), ("feed_add", []), ("feed", [feed.pk])):
        assert client.get(reverse(f"contributions_team:{name}", args=args)).status_code == 302
