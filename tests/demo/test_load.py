"""Loading the demonstration: whole, and as often as one likes."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, Revision

from commun.accounts.models import User
from commun.agenda.api import EventPage, NewsPage, upcoming_events
from commun.cms.api import CommunImage, get_network
from commun.common import clock
from commun.cooperation import api as cooperation
from commun.cooperation.selectors.projects import engagements_of
from commun.demo.content import freshness as content
from commun.demo.content.letter import LETTER
from commun.demo.services.load import load_demo
from commun.freshness.api import pages_waiting
from commun.freshness.models import Report, Watch
from commun.library.api import ExperiencePage, KitPage, ThemePage, kit_sheets, published_resources
from commun.mailing.models import ServiceMail
from commun.newsletters.api import IssuePage, compose_issue, submit_issue
from commun.newsletters.services.freeze import freeze
from commun.peers import api as peers
from commun.peers.models import Snapshot
from commun.subscribers.api import audience_size, get_topics, subscriber_counts
from commun.subscribers.models import ConsentEvent, Subscriber
from commun.subscribers.services.subscriptions import unsubscribe
from commun.territories import api
from commun.territories.api import Membership, Organisation, Territory
from commun.territories.models import MandateRequest, OfficialAddress
from commun.votes import api as votes
from commun.votes.models import Entry
from tests.demo.places import load_places

NOW = clock.now()  # pauses are told from today, and so is who is awake
MODELS = (Page, Revision, CommunImage, Organisation, Territory, Subscriber, ConsentEvent, IssuePage, votes.Vote, Entry)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """What the demonstration uploaded, beside the database that speaks of it."""
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture
def database_held(databases, django_db_blocker, _media, pictures, settings):
    """Every test here begins with the demonstration as it was loaded, once."""

    def load() -> None:
        load_places()
        load_demo(now=NOW)
        shutil.copytree(settings.MEDIA_ROOT, pictures, dirs_exist_ok=True)

    with django_db_blocker.unblock():
        databases.hold("demonstration", load)
    shutil.copytree(pictures, settings.MEDIA_ROOT, dirs_exist_ok=True)


@pytest.fixture
def issue(db):
    return IssuePage.objects.get()


def test_everything_is_online_and_dated_as_the_content_says(issue):
    experience = ExperiencePage.objects.get(slug="grenoble-chantiers-ouverts-au-public")
    assert experience.live
    assert experience.first_published_at.date().year == 2022
    assert experience.figures.count() >= 2
    assert len(experience.steps) >= 3
    assert [territory.code for territory in experience.territories.all()] == ["38185"]
    assert len(kit_sheets(kit=KitPage.objects.get())) == 10
    assert len(published_resources(theme=ThemePage.objects.get(slug=LETTER.theme))) >= 7
    assert not EventPage.objects.filter(live=False).exists()
    assert not NewsPage.objects.filter(live=False).exists()
    assert get_network().postal_address
    assert CommunImage.objects.exclude(alt_text="").count() == 22


def test_there_are_dates_to_come_whatever_the_year(issue):
    assert len(upcoming_events(now=NOW)) == 3


def test_the_letter_is_a_draft_ready_to_be_submitted(issue):
    assert (issue.number, issue.slug, issue.date) == (2, "le-passage-a-l-action", date(2022, 11, 15))
    assert not issue.live
    assert [block.block_type for block in issue.body] == [
        "theme",
        "featured",
        "inspirations",
        "contribution_call",
        "vote_call",
        "concept",
        "news",
        "agenda",
        "event_call",
        "questions",
        "partners",
    ]
    submission = submit_issue(issue=issue, user=None, now=NOW)
    assert len(submission.message.html.encode()) <= 60 * 1024


def test_two_hundred_readers_would_receive_it_and_three_would_not(issue):
    assert subscriber_counts()["active"] == 203
    assert audience_size(topics=get_topics(slugs=[LETTER.theme])) == 200


def test_one_vote_is_open_and_one_is_closed_with_its_result(issue):
    under_way, over = votes.Vote.objects.order_by("-closes_at")
    assert (under_way.state, over.state) == ("open", "decided")
    member = User.objects.get(email="mairie.plouguerneau@example.org")
    assert [one.key for one in votes.electors_of(user=member, vote=under_way, now=NOW)] == ["commune:29195"]
    first = votes.get_results(vote=over)[0]
    assert (first.title, first.ballots) == ("Le chantier ouvert", 12)
    assert votes.get_turnout(vote=under_way).whole.voted == 3


def test_loading_twice_changes_nothing(issue):
    before = {model: model.objects.count() for model in MODELS}
    titles = sorted(Page.objects.values_list("title", "slug", "latest_revision_id"))
    assert load_demo(now=NOW).pk == issue.pk
    assert {model: model.objects.count() for model in MODELS} == before
    assert sorted(Page.objects.values_list("title", "slug", "latest_revision_id")) == titles


def test_who_left_the_letter_is_not_put_back_by_a_rerun(issue):
    gone = Subscriber.objects.filter(state="active").first()
    unsubscribe(recipient_key=gone.key, method="one_click", now=NOW)
    load_demo(now=NOW)
    gone.refresh_from_db()
    assert gone.state == "unsubscribed"


def test_what_an_editor_changed_stays(issue):
    theme = ThemePage.objects.get(slug=LETTER.theme)
    theme.summary = "Réécrit par la rédaction."
    theme.save_revision().publish()
    load_demo(now=NOW)
    theme.refresh_from_db()
    assert theme.summary == "Réécrit par la rédaction."


def test_the_command_says_what_it_loaded(capsys):
    call_command("load_demo")
    assert "lettre n° 2" in capsys.readouterr().out


def test_people_stand_at_every_step_of_a_mandate(issue):
    at = clock.now()
    member = User.objects.get(email="mairie.plouguerneau@example.org")
    [held] = api.memberships_of(user=member, at=at)
    assert held.is_referent
    assert api.official_address_of(organisation=held.organisation).email == member.email
    assert OfficialAddress.objects.count() == 12
    assert Membership.objects.filter(state="pending", organisation=held.organisation).count() == 1
    assert MandateRequest.objects.filter(decided_at=None).count() == 1
    load_demo(now=NOW)
    assert (OfficialAddress.objects.count(), MandateRequest.objects.count()) == (12, 1)


def test_there_are_needs_of_several_kinds_proposals_and_a_project_born_of_the_vote_and_no_mail_of_the_past(issue):
    needs = cooperation.Need.objects.select_related("organisation__territory")
    assert {need.state for need in needs} == {"new", "looked_at", "answered", "closed"}
    assert {need.organisation.territory.kind for need in needs} == {"commune", "departement"}
    assert {one.state for one in cooperation.ThemeProposal.objects.all()} == {"new", "shortlisted", "merged"}
    project = cooperation.SharedProject.objects.get()
    roles = list(project.engagements.values_list("role", flat=True))
    assert (project.state, roles.count("stakeholder"), roles.count("observer")) == ("design", 3, 2)
    assert not ServiceMail.objects.exists()
    load_demo(now=NOW)
    assert cooperation.SharedProject.objects.count() == 1
    # One waits for the member's answer, another that she asked for was accepted.
    assert set(peers.Introduction.objects.values_list("state", "helped_asking")) == {("asked", ""), ("accepted", "yes")}
    assert peers.Round.objects.get().told


def test_forty_bodies_did_something_together_and_two_links_alone_join_the_parts():
    """Pages say of which day these numbers are; the demonstration computed them as it was loaded."""
    team = Snapshot.objects.get().team
    assert (team["nodes"], sum(team["parts"])) == (40, 40)
    code = dict(Organisation.objects.values_list("pk", "territory__code"))
    alone = [{code[first], code[second]} for first, second, why in team["fragile"] if "alone" in why]
    assert {"29195", "23096"} in alone
    assert {"55545", "59"} in alone
    assert set(cooperation.Start.objects.values_list("state", flat=True)) >= {"wish", "running", "stopped", "done"}


def test_the_checks_raise_no_alarm_on_its_letters(issue):
    """The one it sends, and the one an editor composes first: on the theme that comes next."""
    following = ThemePage.objects.live().filter(planned_month__gt=NOW.date()).order_by("planned_month").first()
    composed = compose_issue(theme=following, user=None, now=NOW)
    for letter in (issue, composed):
        findings = freeze(issue=letter.get_latest_revision_as_object()).findings
        assert [(finding.code, finding.message) for finding in findings] == []


def test_one_page_is_to_confirm_and_one_is_reported():
    (watch,) = Watch.objects.exclude(state="true").select_related("page")
    (report,) = Report.objects.all()
    assert (watch.page.slug, report.page.slug) == (content.STALE, content.REPORTED)
    assert pages_waiting()[0] == 2


def test_what_members_open_every_day_asks_at_most_twenty_questions(client):
    asked: dict[str, list[str]] = {}
    members = User.objects.filter(pk__in=Membership.objects.values("user"), is_active=True).order_by("pk")
    for user in members:
        client.force_login(user)
        engagements = engagements_of(user=user, at=NOW)
        spaces = [reverse("cooperation:project_space", args=[row.project.slug]) for row in engagements]
        for address in ("/mon-espace/", *spaces):
            client.get(address)  # pictures are drawn, and what every page shows is read, once
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            if answer.status_code == 200:
                asked[f"{user.email} {address}"] = [query["sql"] for query in queries]
    assert any(address.endswith("/espace/") for address in asked)
    worst = max(asked, key=lambda name: len(asked[name]))
    assert len(asked[worst]) <= 20, "\n".join([worst, *asked[worst]])
