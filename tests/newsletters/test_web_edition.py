"""The letter on the site: at its number, frozen, corrected in the open."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from commun.common import clock
from commun.library.api import ExperiencePage
from commun.newsletters.exceptions import NotPublished, PassageNotFound
from commun.newsletters.models import IssuePage, Submission
from commun.newsletters.services.corrections import correct_issue
from commun.newsletters.services.images import make_lighter
from commun.website.open import dumps
from tests.library.factories import ConceptFactory, ThemeFactory
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


def test_a_choice_without_an_issue_is_not_an_empty_archive(client, sent):
    older = sent.copy(update_attrs={"slug": "le-sport", "number": 2}, copy_revisions=False, keep_live=False)
    other = ThemeFactory(title="Le sport", slug="le-sport")
    IssuePage.objects.filter(pk=older.pk).update(live=True, date=date(2020, 1, 1), theme=other)
    submission = sent.submissions.get()
    send = submission.send
    send.pk, send.idempotency_key = None, "le-sport"
    type(send).objects.bulk_create([send])
    submission.pk, submission.issue, submission.send = None, older, send
    Submission.objects.bulk_create([submission])
    page = client.get(f"/lettre/?annee=2020&thematique={sent.theme.slug}").content.decode()
    assert "Aucun numéro ne répond à ce choix" in page
    assert "paraîtra bientôt" not in page
    assert f'href="?thematique={sent.theme.slug}"' in page
    assert 'href="?annee=2020"' in page
    assert "/contribuer/besoin/" in page


def test_words_are_sought_in_every_issue_from_the_archive(client, sent):
    page = " ".join(client.get("/lettre/").content.decode().split())
    form = page[page.index('<form class="tec-search"') :]
    form = form[: form.index("</form>")]
    assert 'action="/recherche/"' in form
    assert '<input type="hidden" name="type" value="issue">' in form
    assert 'name="q"' in form


def test_the_web_edition_does_not_follow_the_library(client, sent):
    experience = ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue")
    experience.title = "Titre changé"
    experience.save()
    page = client.get("/lettre/1/").content.decode()
    assert "À Grenoble, les voisins refont la rue" in page
    assert "Titre changé" not in page


def test_the_archive_stays_right_when_the_site_takes_another_name(client, sent, settings):
    """Frozen under one address, read under another: images, links, pages, feeds, calendars, maps."""
    was = settings.SITE_URL
    settings.SITE_URL = "https://nouveau.example.org"
    page = client.get("/lettre/1/").content.decode()
    letter = page[page.index('<div class="letter">') : page.index('class="letter-after"')]
    assert re.findall(r'(?:href|src)="(/[^"]*)"', letter)
    pictures = re.findall(r'<img[^>]*src="([^"]+)"', letter)
    assert pictures
    assert all(address.startswith("/media/lettre/") for address in pictures)
    assert all(default_storage.exists(address.removeprefix("/media/")) for address in pictures)
    experience = ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue")
    assert f'href="{experience.url}"' in letter
    others = ["/", "/lettre/", "/lettre/1/", "/agenda/", "/agenda.ics", "/flux/ressources.xml", "/flux/actualites.xml"]
    others += ["/sitemap.xml", "/sitemap-0.xml", "/robots.txt", "/plan-du-site/", "/recherche/?q=voisins"]
    others += [experience.url, sent.theme.url, "/.well-known/security.txt", "/annuaire/", "/votes/"]
    for address in others:
        assert was not in client.get(address).content.decode(), address
    assert "https://nouveau.example.org" in client.get("/flux/ressources.xml").content.decode()
    # The mail, once approved, is what was approved.
    assert was in Submission.objects.get().message.html


def test_words_of_the_glossary_are_linked_on_the_site_and_not_in_the_mail(client, sent):
    concept = ConceptFactory(title="Le concret")
    letter = client.get("/lettre/1/").content.decode()
    assert letter.count(f'<a class="tec-term" href="{concept.url}">') == 1
    assert "tec-term" not in Submission.objects.get().message.html
    assert "tec-term" not in client.get("/lettre/1/faire-suivre/").content.decode()


def test_an_issue_tells_what_it_holds_and_leads_to_the_others(client, sent):
    page = " ".join(client.get("/lettre/1/").content.decode().split())
    contents = page[page.index("Au sommaire") : page.index("</details>")]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert len(anchors) > 2
    assert all(f'id="{anchor}"' in page for anchor in anchors)
    assert "Autres numéros" not in page


def test_the_archive_is_narrowed_by_year_and_theme(client, sent):
    for query in (
        "",
        f"?annee={sent.date.year}",
        f"?thematique={sent.theme.slug}",
        "?annee=1999",
        "?thematique=x&page=z",
    ):
        assert 'href="/lettre/1/"' in client.get(f"/lettre/{query}").content.decode(), query


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
    for address in ("/lettre/1/", "/lettre/"):
        client.get(address)
    with django_assert_max_num_queries(12):
        client.get("/lettre/1/")
    with django_assert_max_num_queries(12):
        client.get("/lettre/")


def test_addresses_of_the_administration_stay_where_they_are(db):
    assert reverse("newsletters:issue", args=[7]) == "/gestion/lettre/7/"


def test_a_sent_issue_is_in_the_files_of_the_night(client, sent):
    assert dumps.make_dumps(now=clock.now())
    (row,) = csv.DictReader(io.StringIO(_file(client, "issues.csv")))
    (told,) = json.loads(_file(client, "issues.json"))
    assert row["id"] == told["id"]
    assert row["theme"] == told["theme"]["id"]


def _file(client, name):
    return b"".join(client.get(f"/donnees/{name}").streaming_content).decode()


def test_pictures_of_a_letter_on_line_are_offered_lighter_and_what_was_frozen_stays(client, sent):
    submission = sent.submissions.get()
    frozen = (submission.content_hash, submission.message.html, list(submission.images))
    before = client.get("/lettre/1/").content.decode()
    addresses = re.findall(r'<img\s+src="(/media/lettre/\w+\.jpg)"', before)
    assert addresses
    assert "image/avif" not in before
    assert make_lighter(now=NOW) == 1
    after = client.get("/lettre/1/").content.decode()
    assert re.findall(r'<img\s+src="(/media/lettre/\w+\.jpg)"', after) == addresses
    offered = re.findall(r'<picture><source type="image/avif" srcset="/media/(lettre/\w+\.avif)"><img', after)
    assert offered == [address.removeprefix("/media/").replace(".jpg", ".avif") for address in addresses]
    for name in offered:
        with default_storage.open(name) as file, Image.open(file) as light:
            assert light.format == "AVIF"
        assert default_storage.size(name) < default_storage.size(name.replace(".avif", ".jpg"))
    submission.refresh_from_db()
    assert (submission.content_hash, submission.message.html, list(submission.images)) == frozen
    assert "avif" not in submission.message.html
    assert make_lighter(now=NOW) == 0


def test_a_picture_that_is_lost_holds_back_no_other_and_a_draft_waits(client, sent):
    submission = sent.submissions.get()
    lost, *others = [name for name in submission.images if name.endswith(".jpg")]
    default_storage.delete(lost)
    default_storage.delete(lost.replace(".jpg", ".avif"))  # as another test may have left it: names are of their bytes
    Submission.objects.filter(pk=submission.pk).update(published_at=None)
    assert make_lighter(now=NOW) == 0
    Submission.objects.filter(pk=submission.pk).update(published_at=NOW)
    assert make_lighter(now=NOW) == 1
    submission.refresh_from_db()
    assert lost not in submission.lighter
    assert set(submission.lighter) <= set(others)
