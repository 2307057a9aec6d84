"""The letter on the site: at its number, frozen, corrected in the open."""

from __future__ import annotations

import pytest
from django.urls import reverse

from commun.library.api import ExperiencePage
from commun.newsletters.exceptions import NotPublished, PassageNotFound
from commun.newsletters.services.corrections import correct_issue
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


def test_an_issue_is_read_at_its_number(client, sent):
    assert sent.url == "/lettre/1/"
    page = client.get("/lettre/1/")
    assert page.status_code == 200
    assert "À Grenoble, les voisins refont la rue" in page.content.decode()
    assert page.content.decode().count("<h1") == 1
    assert not page.cookies


def test_its_slug_leads_to_its_number(client, sent):
    answer = client.get(f"/lettre/{sent.slug}/")
    assert (answer.status_code, answer["Location"]) == (301, "/lettre/1/")


@pytest.mark.parametrize("path", ["/lettre/2/", "/lettre/1/x/", "/lettre/999999999999999999999/", "/lettre/rien/"])
def test_another_address_is_not_found(client, sent, path):
    assert client.get(path).status_code == 404


def test_a_draft_is_not_read(client, submitted):
    assert client.get("/lettre/1/").status_code == 404
    assert client.get(f"/lettre/{submitted.slug}/").status_code == 404


def test_the_archive_lists_what_was_sent(client, sent):
    page = client.get("/lettre/").content.decode()
    assert 'href="/lettre/1/"' in page


def test_the_empty_archive_says_so(client, issue):
    assert "Le premier numéro paraîtra bientôt" in client.get("/lettre/").content.decode()


def test_the_web_edition_does_not_follow_the_library(client, sent):
    experience = ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue")
    experience.title = "Titre changé"
    experience.save()
    page = client.get("/lettre/1/").content.decode()
    assert "À Grenoble, les voisins refont la rue" in page
    assert "Titre changé" not in page


def test_a_later_draft_does_not_show(client, sent, editor):
    page = sent.get_latest_revision_as_object()
    page.preheader = "Autre chose"
    page.save_revision(user=editor)
    assert "Autre chose" not in client.get("/lettre/1/").content.decode()


def test_a_correction_changes_the_page_and_says_so(client, sent, editor):
    message = sent.submissions.get().message.html
    correct_issue(issue=sent, wrong="voisins refont la rue", right="voisines refont la place", user=editor, now=NOW)
    page = client.get("/lettre/1/").content.decode()
    assert "À Grenoble, les voisines refont la place" in page
    assert "Corrections depuis l’envoi" in page
    assert "<del>voisins refont la rue</del>" in page
    assert sent.submissions.get().message.html == message


def test_a_passage_is_found_as_the_page_shows_it_even_in_rich_text(sent, client, editor):
    correct_issue(
        issue=sent, wrong="Une rencontre, une visite, une formation\u00a0?", right="Une <b> date\u00a0?", user=editor
    )
    assert "Une &lt;b&gt; date" in client.get("/lettre/1/").content.decode()


def test_a_passage_that_is_not_there_is_refused(sent, editor):
    with pytest.raises(PassageNotFound):
        correct_issue(issue=sent, wrong="introuvable", right="x", user=editor)


def test_an_address_is_not_corrected_into_nonsense(sent, editor):
    with pytest.raises(PassageNotFound):
        correct_issue(issue=sent, wrong="http://localhost:8000", right="javascript:", user=editor)


def test_a_draft_is_not_corrected(submitted, editor):
    with pytest.raises(NotPublished):
        correct_issue(issue=submitted, wrong="rue", right="place", user=editor)


def test_pages_ask_few_queries(client, sent, django_assert_max_num_queries):
    client.get("/lettre/1/")
    with django_assert_max_num_queries(12):
        client.get("/lettre/1/")
    with django_assert_max_num_queries(12):
        client.get("/lettre/")


def test_addresses_of_the_administration_stay_where_they_are(db):
    assert reverse("newsletters:issue", args=[7]) == "/gestion/lettre/7/"
