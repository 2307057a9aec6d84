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
from commun.votes.api import OptionDraft, cancel_vote, change_vote, open_vote
from commun.votes.models import Vote
from commun.votes.services.preparing import FIELDS
from tests.contributions.test_by_mail import body_of, mails
from tests.cooperation.factories import editor, make_project, make_proposal
from tests.library.factories import ExperienceFactory
from tests.votes.factories import DRAFTS

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


def reword(vote: Vote, **titles: str) -> None:
    """The organiser words the draft again, in another order: a theme under its new title, others taken out."""
    drafts = [
        OptionDraft(option=one.pk, title=titles[one.title]) for one in vote.options.all() if titles.get(one.title)
    ]
    change_vote(
        vote_id=vote.pk,
        values={name: getattr(vote, name) for name in FIELDS},
        options=[OptionDraft(title="Un thème de la rédaction"), *reversed(drafts)],
        now=clock.now(),
    )


def test_a_theme_that_the_vote_words_otherwise_keeps_its_thread_and_so_do_those_attached_to_it(client, voted):
    vote, others = voted["vote"], [[0, 5, 1, 3], 2, 2, 2]
    Vote.objects.filter(pk=vote.pk).update(state="draft", profiles=None)
    reword(vote, Santé="Se soigner près de chez soi", Eau="L’eau, un bien commun")
    ordered = [one.title for one in vote.options.all()]
    profiles = [[[0, 0, 1, 8], 4, 2, 2] if title.startswith("Se soigner") else others for title in ordered]
    Vote.objects.filter(pk=vote.pk).update(state="decided", profiles=profiles)
    vote.refresh_from_db()
    assert ideas.tell_steps(now=clock.now()) == 2
    project = make_project(vote=vote, number=ordered.index("Se soigner près de chez soi") + 1)
    assert ideas.tell_steps(now=clock.now()) == 1
    for one in ("first", "joined"):
        page = page_of(client, voted[one])
        for words in ("première sur 3", "Se soigner près de chez soi", f"/projets/{project.slug}/"):
            assert words in page
    page = page_of(client, voted["second"])
    assert "2e ex aequo sur 3" in page
    assert project.slug not in page


def test_a_theme_taken_out_of_a_draft_waits_for_the_next_vote(client, voted):
    vote = voted["vote"]
    Vote.objects.filter(pk=vote.pk).update(state="draft", profiles=None)
    reword(vote, Eau="Eau")
    voted["first"].refresh_from_db()
    assert (voted["first"].state, voted["first"].option) == ("shortlisted", None)
    assert "attend le prochain vote" in page_of(client, voted["joined"])


def test_the_page_says_where_the_vote_stands_and_leads_there_once_it_is_public(client, voted):
    vote, profiles = voted["vote"], voted["vote"].profiles
    for state, days, said in (
        ("draft", 30, "Le vote se prépare"),
        ("scheduled", 30, "Le vote est annoncé : il ouvre le"),
        ("open", 2, "Le vote est ouvert jusqu’au"),
        ("open", -1, "le dépouillement est en cours"),
        ("closed", -1, "un tirage au sort public doit encore"),
        ("decided", -1, "Le vote est terminé"),
    ):
        counted = profiles if state in {"closed", "decided"} else None
        closes_at = clock.now() + timedelta(days=days)
        Vote.objects.filter(pk=vote.pk).update(state=state, closes_at=closes_at, profiles=counted)
        for one in ("first", "joined"):
            page = page_of(client, voted[one])
            assert said in page
            assert (f'href="/votes/{vote.slug}/"' in page) is (state != "draft")


def test_a_vote_called_off_is_said_with_its_reason_told_once_and_the_theme_waits_for_the_next(client, voted):
    vote, before = voted["vote"], len(mails())
    Vote.objects.filter(pk=vote.pk).update(
        state="cancelled", profiles=None, cancelled_reason="Une thématique manquait à la liste."
    )
    vote.refresh_from_db()
    for _ in range(2):
        shortlisting.free_cancelled(vote, clock.now())
    assert len(mails()) == before + 3
    assert all("Une thématique manquait" in body_of(mail) for mail in mails()[before:])
    page = page_of(client, voted["joined"])
    for words in ("Vote annulé", "Une thématique manquait", f"/votes/{vote.slug}/", "attend le prochain vote"):
        assert words in page
    again = shortlisting.prepare_vote(by=editor("autre@example.org"), now=clock.now())
    Vote.objects.filter(pk=again.pk).update(state="open", rules="Les règles.")
    assert shortlisting.tell_opened(now=clock.now()) == 2
    page = page_of(client, voted["first"])
    assert f"/votes/{vote.slug}/" in page
    assert f"/votes/{again.slug}/" in page


def test_an_open_vote_that_is_cancelled_gives_its_themes_back_in_the_same_breath(client, voted):
    vote, now = voted["vote"], clock.now()
    at = {"opens_at": now - timedelta(minutes=1), "closes_at": now + timedelta(days=9)}
    Vote.objects.filter(pk=vote.pk).update(state="scheduled", profiles=None, **at)
    open_vote(vote_id=vote.pk, electors=DRAFTS)
    cancel_vote(vote_id=vote.pk, by=None, reason="Une thématique manquait", now=now)
    for one in ("first", "second"):
        voted[one].refresh_from_db()
        assert (voted[one].state, voted[one].option) == ("shortlisted", None)
    assert "Vote annulé" in page_of(client, voted["second"])


def test_a_vote_that_nobody_took_part_in_puts_no_theme_first(client, voted):
    Vote.objects.filter(pk=voted["vote"].pk).update(profiles=[[[0, 0, 0, 0], 0, 0, 0]] * 2)
    ideas.tell_steps(now=clock.now())
    page = page_of(client, voted["first"])
    assert "aucun bulletin n’a été déposé" in page
    assert "première" not in page


def test_a_letter_that_tells_of_a_vote_says_to_each_no_more_than_that_and_to_the_chosen_what_it_became(client, voted):
    before, now = len(mails()), clock.now()
    letter = {"votes": [voted["vote"].pk], "number": 7, "url": "http://localhost:8000/lettre/7/", "now": now}
    assert ideas.tell_letter(**letter, projects=[]) == 2
    assert ideas.tell_letter(**letter, projects=[]) == 0
    for mail in mails()[before:]:
        assert mail["Subject"].startswith("La lettre parle du vote où figure votre proposition")
        body = " ".join(body_of(mail).replace("\u00a0", " ").split())
        assert "La lettre n° 7 parle du vote où figure votre proposition, «" in body
        assert "où en est" not in body
    assert len(mails()) == before + 3
    for one in ("first", "second", "joined"):
        page = page_of(client, voted[one])
        assert "n° 7, qui parle du vote où figure votre proposition" in page
        assert 'href="/lettre/7/"' in page

    before, project = len(mails()), make_project(vote=voted["vote"], number=voted["number"])
    again = {**letter, "projects": [project.pk], "number": 8, "url": "http://localhost:8000/lettre/8/"}
    assert ideas.tell_letter(**again) == 2
    assert ideas.tell_letter(**again) == 0
    subjects = {mail["To"]: mail["Subject"].replace("\u00a0", " ").split(" : ")[0] for mail in mails()[before:]}
    assert subjects == {
        "camille@bourg.example.org": "Votre proposition est dans la lettre",
        "jo@hameau.example.org": "Votre proposition est dans la lettre",
        "eau@bourg.example.org": "La lettre parle du vote où figure votre proposition",
    }


def test_a_forged_address_leads_nowhere(client):
    assert client.get(reverse("cooperation:idea", args=["forged"])).status_code == 404


def test_whoever_was_erased_is_written_to_no_more_and_the_idea_goes_on(client, voted):
    erase_person(email="jo@hameau.example.org", now=clock.now())
    before = len(mails())
    ideas.tell_steps(now=clock.now())
    assert len(mails()) == before + 2
    assert "Votée" in page_of(client, voted["joined"])
