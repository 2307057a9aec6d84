"""Links to other sites: read from pages, asked politely, called dead after three failures over a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commun.common import clock
from commun.freshness.api import doubts_about
from commun.freshness.models import Link
from commun.freshness.services.checking import AGAIN, check_next
from commun.freshness.services.reading import links_in, read_links
from commun.freshness.services.retention import forget_old
from tests.common.sites import site
from tests.library.factories import ArticleFactory, ExperienceFactory

pytestmark = pytest.mark.django_db
LIST = reverse("freshness_team:index")


@pytest.fixture
def other(settings):
    settings.FETCH_EXCEPTIONS = ["127.0.0.1"]
    with site() as made:
        yield made


def leading_to(*urls: str, title: str = "Le banc public"):
    body = "".join(f'<p><a href="{url}">lien</a></p>' for url in urls)
    page = ArticleFactory(title=title, body=[("paragraph", body)])
    read_links(now=clock.now())
    return page


def checked(now=None) -> Link:
    assert check_next(now=now or clock.now())
    return Link.objects.get()


def test_links_are_read_from_every_field_and_row_of_a_page():
    page = ExperienceFactory(
        context='<p><a href="https://a.example.org/?x=1&amp;y=2#bas">a</a> <a href="/contact/">ici</a></p>',
        source_url="https://b.example.org/",
        source_label="Source",
        body=[("paragraph", '<p><a href="http://localhost:8000/x/">nous</a></p>')],
    )
    page.figures.create(
        value="3", label="bancs", source="Ville", source_url="https://c.example.org/", date=clock.today()
    )
    urls = {"https://a.example.org/?x=1&y=2", "https://b.example.org/", "https://c.example.org/"}
    assert set(links_in(page)) == urls


def test_a_page_published_again_leads_where_it_leads_now():
    page = leading_to("https://a.example.org/", "https://b.example.org/")
    assert Link.objects.filter(places__page=page).count() == 2
    assert read_links(now=clock.now()) == 0
    page.body = [("paragraph", '<p><a href="https://b.example.org/">b</a></p>')]
    page.save_revision().publish()
    assert read_links(now=clock.now()) == 1
    forget_old(now=clock.now())
    assert [link.url for link in Link.objects.all()] == ["https://b.example.org/"]


def test_head_is_asked_then_get_where_it_says_no(other):
    def page(request):
        request.give(405 if request.command == "HEAD" else 200, b"")

    other.pages["/doc"] = page
    leading_to(f"{other.url}/doc")
    assert checked().state == "fine"
    assert [one.command for one in other.asked] == ["GET", "HEAD", "GET"]  # robots.txt first
    assert not check_next(now=clock.now())


def test_three_failures_over_a_week_make_a_dead_link_and_one_answer_revives_it(other, team):
    page = leading_to(f"{other.url}/disparu")
    now = clock.now()
    assert [checked(now).state, checked(now + AGAIN).state] == ["failing", "failing"]
    assert doubts_about(page_ids=[page.pk]) == {}
    assert checked(now + 2 * AGAIN).state == "dead"
    assert len(doubts_about(page_ids=[page.pk])[page.pk].dead) == 1
    assert "1 lien mort" in team.get(LIST).content.decode()
    shown = team.get(reverse("freshness_team:page", args=[page.pk])).content.decode()
    assert f"https://web.archive.org/web/*/{other.url}/disparu" in shown
    other.gives("/disparu", body=b"de retour")
    assert checked(now + timedelta(days=30)).state == "fine"


def test_three_failures_in_one_day_say_nothing(other):
    leading_to(f"{other.url}/disparu")
    now = clock.now()
    for hours in range(3):
        Link.objects.update(check_at=now)
        assert checked(now + timedelta(hours=hours)).state == "failing"


def test_robots_are_obeyed_and_who_refuses_programs_is_not_dead(other):
    other.gives("/robots.txt", body=b"User-agent: *\nDisallow: /prive")
    other.gives("/ferme", 403)
    leading_to(f"{other.url}/prive/doc")
    assert checked().state == "shy"
    assert [one.path for one in other.asked] == ["/robots.txt"]
    Link.objects.all().delete()
    leading_to(f"{other.url}/ferme", title="Autre")
    assert checked().state == "shy"


def test_an_address_that_leads_inside_is_a_failure_like_another(settings):
    leading_to("http://127.0.0.1:8000/gestion/", "http://10.0.0.1/")
    for _ in range(2):
        assert check_next(now=clock.now())
    assert set(Link.objects.values_list("state", "why")) == {("failing", "port"), ("failing", "forbidden")}


def test_a_thousand_links_that_die_in_one_night_are_one_line_a_page(team, django_assert_max_num_queries):
    pages = [leading_to(*(f"https://mort.example.org/{n}/{m}" for m in range(50)), title=f"Page {n}") for n in range(3)]
    Link.objects.update(state="dead", failing_since=timezone.now(), strikes=3)
    with django_assert_max_num_queries(40):
        shown = team.get(LIST).content.decode()
    assert shown.count("50 liens morts") == len(pages)
    assert "mort.example.org" not in shown


def test_the_team_puts_a_link_aside_and_takes_it_back(team, other):
    page = leading_to(f"{other.url}/disparu")
    row = checked()
    team.post(reverse("freshness_team:link", args=[page.pk, row.pk, "laisser"]))
    assert not check_next(now=clock.now() + timedelta(days=365))
    team.post(reverse("freshness_team:link", args=[page.pk, row.pk, "verifier"]))
    assert checked().state == "failing"
