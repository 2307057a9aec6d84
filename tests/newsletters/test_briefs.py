"""Where votes and shared projects stand: filled in when composing, written when the letter is frozen."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from commun.cooperation.models import ProjectEntry
from commun.newsletters import api
from commun.newsletters.services.briefs import stands_for, words_of_vote
from commun.newsletters.services.freeze import freeze, latest
from commun.votes.models import BallotBox
from tests.cooperation.factories import make_decided_vote, make_running
from tests.newsletters import factories
from tests.newsletters.factories import NOW
from tests.votes.factories import make_draft, make_scheduled

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(editor):
    return factories.filled_theme()


def compose(theme, editor):
    return api.compose_issue(theme=theme, user=editor, now=NOW)


def boxed(vote, *, last_at):
    """Its box, where the last event was written then."""
    vote.refresh_from_db()
    BallotBox.objects.create(vote=vote, height=9, head="0" * 64, closes_at=vote.closes_at, last_at=last_at)


def section(issue, kind):
    return next((one.value for one in issue.body if one.block_type == kind), None)


def words(document: str) -> str:
    return " ".join(unescape(document).replace("\u00a0", " ").split())


def test_where_no_vote_ended_and_no_project_moved_there_is_no_such_section(theme, editor):
    issue = compose(theme, editor)
    assert (section(issue, "vote_state"), section(issue, "project_news")) == (None, None)


def test_what_was_voted_and_what_a_project_told_all_stand_in_all_three_documents(theme, editor):
    project = make_running()
    vote = project.vote
    type(vote).objects.filter(pk=vote.pk).update(opens_at=NOW - timedelta(days=30), closes_at=NOW - timedelta(days=3))
    boxed(vote, last_at=NOW - timedelta(days=3))
    project.entries.all().delete()
    type(project).objects.filter(pk=project.pk).update(moved_at=NOW - timedelta(days=2))
    for title, public in (("Un lieu par département", True), ("Le budget", False)):
        ProjectEntry.objects.create(project=project, kind="decision", title=title, is_public=public, at=NOW)
    issue = compose(theme, editor)
    assert [item["vote"] for item in section(issue, "vote_state")["items"]] == [vote]
    assert stands_for(latest(issue=issue)) == ({vote.pk}, {project.pk})
    documents = freeze(issue=latest(issue=issue)).documents
    for document in (documents.web, documents.email, documents.text):
        told = words(document)
        assert "en tête." in told
        assert f"/votes/{vote.slug}/" in document
        assert "Depuis la dernière lettre : Un lieu par département." in told
        assert "Le budget" not in told
        assert f"/projets/{project.slug}/" in document


def test_the_words_are_those_of_the_day_it_is_frozen_unless_the_editor_wrote_hers(theme, editor):
    vote = make_scheduled()
    type(vote).objects.filter(pk=vote.pk).update(opens_at=NOW + timedelta(days=3), closes_at=NOW + timedelta(days=30))
    issue = latest(issue=(draft := compose(theme, editor)))
    assert "Il ouvrira le" in words(freeze(issue=issue).documents.text)
    type(vote).objects.filter(pk=vote.pk).update(state="cancelled", cancelled_reason="Trop peu de propositions.")
    issue = latest(issue=draft)
    assert "Il a été annulé : Trop peu de propositions." in words(freeze(issue=issue).documents.text)
    for one in issue.body:
        if one.block_type == "vote_state":
            one.value["items"][0]["words"] = "Nous en reparlerons en juin."
    assert "Nous en reparlerons en juin." in words(freeze(issue=issue).documents.text)


@pytest.mark.parametrize(("many", "end"), [(6, "e ; f."), (7, "e ; f ; et 1 autre."), (9, "e ; f ; et 3 autres.")])
def test_where_a_vote_asks_more_than_the_letter_names_it_says_how_many(many, end):
    vote = make_draft(themes=tuple("abcdefghi"[:many]))
    vote.state = "scheduled"
    assert words(words_of_vote(vote)).endswith(f"Au choix : a ; b ; c ; d ; {end}")


def test_only_what_came_since_the_last_letter_is_told(theme, editor):
    vote = make_decided_vote()
    type(vote).objects.filter(pk=vote.pk).update(
        opens_at=NOW - timedelta(days=130), closes_at=NOW - timedelta(days=100)
    )
    boxed(vote, last_at=NOW - timedelta(days=100))
    assert section(compose(theme, editor), "vote_state") is None


def test_a_result_drawn_after_the_letter_that_said_the_vote_closed_is_told(theme, editor):
    vote = make_decided_vote()
    opens, closes = NOW - timedelta(days=160), NOW - timedelta(days=130)
    type(vote).objects.filter(pk=vote.pk).update(opens_at=opens, closes_at=closes)
    boxed(vote, last_at=NOW - timedelta(days=2))
    assert [item["vote"] for item in section(compose(theme, editor), "vote_state")["items"]] == [vote]


def test_a_vote_cancelled_long_before_it_was_to_close_is_not_told_again(theme, editor):
    vote = make_scheduled()
    type(vote).objects.filter(pk=vote.pk).update(
        state="cancelled",
        cancelled_reason="Trop peu de propositions.",
        opens_at=NOW - timedelta(days=120),
        closes_at=NOW + timedelta(days=3),
    )
    boxed(vote, last_at=NOW - timedelta(days=100))
    assert section(compose(theme, editor), "vote_state") is None
    BallotBox.objects.update(last_at=NOW - timedelta(days=1))
    assert [item["vote"] for item in section(compose(theme, editor), "vote_state")["items"]] == [vote]
