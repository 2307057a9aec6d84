"""The thread of an idea: whoever proposed a theme follows it for life, on one page, with one mail a step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from commun.common import clock
from commun.common.privacy import erase_person
from commun.cooperation.links import idea_token
from commun.cooperation.models import SharedProject, ThemeProposal
from commun.cooperation.services import ideas, shortlisting
from commun.votes.models import Vote
from tests.contributions.test_by_mail import body_of, mails
from tests.cooperation.factories import editor, make_project, make_proposal
from tests.library.factories import ExperienceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def voted():
    """Two themes that were voted on, the first of which another one joined; in the vote's profiles it comes first."""
    first, second = make_proposal(title="Santé"), make_proposal(title="Eau", address="eau@bourg.example.org")
    joined = make_proposal(title="La santé à la campagne", address="jo@hameau.example.org")
    by, now = editor(), clock.now()
    shortlisting.merge(proposal_id=joined.pk, into_id=first.pk, by=by, now=now)
    for one in (first, second):
        shortlisting.shortlist(proposal_id=one.pk, by=by, now=now)
    vote = shortlisting.prepare_vote(by=by, now=now)
    titles = [option.title for option in vote.options.all()]
    profiles = {"Santé": [[0, 0, 1, 8], 4, 2, 2], "Eau": [[0, 5, 1, 3], 2, 2, 2]}
    Vote.objects.filter(pk=vote.pk).update(
        state="decided",
        rules="Les règles.",
        profiles=[profiles[title] for title in titles],
        opens_at=now - timedelta(days=30),
        closes_at=now - timedelta(days=9),
    )
    vote.refresh_from_db()
    return {"first": first, "second": second, "joined": joined, "vote": vote, "number": titles.index("Santé") + 1}


def page_of(client, proposal: ThemeProposal) -> str:
    address = reverse("cooperation:idea", args=[idea_token(reference=proposal.reference)])
    return " ".join(client.get(address).content.decode().replace("\u00a0", " ").split())


def told() -> list[tuple[str, str]]:
    return sorted((mail.recipient, mail.subject.split(" : ")[0]) for mail in mails())


def test_each_step_is_told_once_to_whoever_proposed_it_or_the_same_and_stands_on_its_page(client, voted):
    now = clock.now()
    before = len(mails())
    assert ideas.tell_steps(now=now) == 2
    assert ideas.tell_steps(now=now) == 0
    assert {body_of(mail) for mail in mails()[before:] if "première sur 2" in body_of(mail)}
    assert len(mails()) == before + 3  # the two, and the one that joined
    page = page_of(client, voted["joined"])
    assert "Rattachée à une autre" in page
    assert "Votée</strong>" in page
    assert "première sur 2" in page
    assert "2e sur 2" in page_of(client, voted["second"])

    project = make_project(vote=voted["vote"], number=voted["number"])
    assert ideas.tell_steps(now=now) == 1
    report = ExperienceFactory(title="Un an de santé")
    SharedProject.objects.filter(pk=project.pk).update(report=report)
    assert ideas.tell_steps(now=now) == 1
    letter = {"votes": [], "projects": [project.pk], "number": 7, "url": "http://localhost:8000/lettre/7/", "now": now}
    assert ideas.tell_letter(**letter) == 1
    assert ideas.tell_letter(**letter) == 0
    assert ideas.tell_letter(**{**letter, "number": 8}) == 1
    assert ideas.tell_steps(now=now) == 0
    page = page_of(client, voted["joined"])
    for words in (project.title, "Un an de santé", "n° 7", "n° 8", report.url, "/lettre/7/"):
        assert words in page
    assert project.title not in page_of(client, voted["second"])
    for mail in mails()[before:]:
        assert "/idee/" in body_of(mail)


def test_a_forged_address_leads_nowhere_and_a_draft_of_a_vote_is_not_shown(client, voted):
    assert client.get(reverse("cooperation:idea", args=["forged"])).status_code == 404
    Vote.objects.filter(pk=voted["vote"].pk).update(state="draft", rules="", profiles=None)
    assert f"/votes/{voted['vote'].slug}/" not in page_of(client, voted["first"])


def test_whoever_was_erased_is_written_to_no_more_and_the_idea_goes_on(client, voted):
    erase_person(email="jo@hameau.example.org", now=clock.now())
    before = len(mails())
    ideas.tell_steps(now=clock.now())
    assert len(mails()) == before + 2
    assert "Votée" in page_of(client, voted["joined"])
