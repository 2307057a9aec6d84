"""The checks beside the text: of what is typed, which is kept nowhere; each at its field."""

from __future__ import annotations

from html import unescape

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.models import Comment, PageSubscription, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from commun.newsletters import api
from commun.newsletters.exceptions import NotReady
from commun.newsletters.rendering.mailboxes import MAILBOXES
from commun.newsletters.selectors.places import place_of
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


def typed(issue, *sections, **changes):
    """What the form of this issue would send."""
    values = {
        "title": issue.title,
        "slug": issue.slug,
        "number": str(issue.number),
        "date": issue.date.strftime("%d/%m/%Y"),
        "theme": str(issue.theme_id),
        "subject": "Le passage à l’action",
        "preheader": "Des voisins refont leur rue.",
        "welcome": "",
        "body": streamfield(list(sections)),
        "comments": inline_formset([]),
    }
    return nested_form_data(values | changes)


def ask(client, issue, *sections, **changes):
    answer = client.post(reverse("newsletters:live_checks", args=[issue.pk]), typed(issue, *sections, **changes))
    assert answer.status_code == 200
    return answer.json()


def test_what_is_typed_is_checked_and_kept_nowhere(client, editor, issue):
    client.force_login(editor)
    before = Revision.objects.count(), issue.latest_revision_id
    told = ask(
        client,
        issue,
        ("text", {"title": "Une rue", "text": rich_text("<p>On partait de loin.</p>"), "id": "un"}),
        ("text", {"title": "Ailleurs", "text": rich_text("<p>Tout est dit, vraiment ?  Oui.</p>")}),
        subject="RE : LE PASSAGE À L’ACTION",
    )
    assert told["said"].startswith("1 point bloquant, ")
    assert "L’objet imite une réponse" in told["html"]
    assert "?champ=subject" in told["html"]
    assert "Un objet trompeur est interdit" in told["html"], "why"
    assert "Retirez « Re : »" in told["html"], "how to mend it"
    assert " de lecture ; le message pèse " in told["html"]
    issue.refresh_from_db()
    assert (Revision.objects.count(), issue.latest_revision_id) == before
    assert not FormState.objects.exists()
    assert issue.subject != "RE : LE PASSAGE À L’ACTION"


def test_a_finding_leads_to_the_field_of_its_item(client, editor, issue):
    """Two cards: the one that is named."""
    section = next(one for one in issue.body if one.block_type == "inspirations")
    second = section.value["items"].bound_blocks[1]
    second.value["summary"] = "Et chez vous?"
    issue.save_revision(user=editor)
    client.force_login(editor)
    page = client.get(reverse("newsletters:issue", args=[issue.pk])).content.decode()
    assert f"?champ=body.{section.id}.items.{second.id}.summary#block-{section.id}-section" in page


def test_a_field_that_cannot_be_read_is_said_where_it_is(client, editor, issue):
    client.force_login(editor)
    told = ask(
        client,
        issue,
        ("questions", {"title": "x" * 130, "text": rich_text(""), "url": "pas une adresse"}),
        number="abc",
    )
    assert told["said"] == "À corriger d’abord : 3 champs."
    assert "?champ=number" in told["html"]
    assert ".url#block-" in told["html"]
    assert ".title#block-" in told["html"]


def test_nobody_else_asks(client, approver, issue):
    url = reverse("newsletters:live_checks", args=[issue.pk])
    assert client.post(url, typed(issue)).status_code == 302
    stranger = type(approver).objects.create_user("personne@example.org")
    client.force_login(stranger)
    assert client.post(url, typed(issue)).status_code in {302, 403}
    assert client.get(url).status_code in {302, 403, 405}


def test_the_panel_stands_in_the_editor_and_says_what_is_frozen(client, editor, issue):
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    assert (
        f'data-letter-checks="{reverse("newsletters:live_checks", args=[issue.pk])}"'
        in client.get(edit).content.decode()
    )
    theme = reverse("wagtailadmin_pages:edit", args=[issue.theme_id])
    assert "data-letter-checks" not in client.get(theme).content.decode(), "other pages keep the checks of Wagtail"
    api.submit_issue(issue=issue, user=editor)
    page = client.get(edit).content.decode()
    assert "data-letter-checks" not in page
    assert "Ses vérifications sont gardées avec lui" in page


def test_a_remark_in_the_margin_holds_the_letter_until_it_is_settled(editor, approver, issue):
    section = issue.body[0]
    remark = Comment.objects.create(
        page=issue, user=approver, text="Qui dit cela ?", contentpath=f"body.{section.id}.intro"
    )
    Comment.objects.create(page=issue, user=approver, text="Partie avec sa rubrique.", contentpath="body.plus-la.title")
    with pytest.raises(NotReady) as refused:
        api.submit_issue(issue=issue, user=editor)
    (finding,) = [one for one in refused.value.findings if one.level == "blocking"]
    assert (finding.code, finding.position) == ("remark_open", 1)
    assert finding.message == "Une remarque de Relecteur attend : « Qui dit cela ? »"
    assert place_of(finding=finding, issue=issue) == ("body", section.id, "intro")
    remark.resolved_at = NOW
    remark.save()
    assert api.submit_issue(issue=issue, user=editor)


def test_a_comment_is_mailed_in_our_words_to_whoever_follows_and_not_to_its_author(client, editor, approver, issue):
    for one in (editor, approver):
        PageSubscription.objects.create(page=issue, user=one, comment_notifications=True)
    remark = Comment.objects.create(page=issue, user=approver, text="Qui dit cela ?", contentpath="subject")
    client.force_login(editor)
    kept = {"id": str(remark.pk), "text": remark.text, "contentpath": "subject", "position": "", "resolved": "on"}
    said = {"id": "", "text": "Une <b>date</b> manque.\n\nhttps://ailleurs.example.org", "contentpath": "preheader"}
    comments = inline_formset(
        [kept | {"replies": inline_formset([])}, said | {"position": "", "replies": inline_formset([])}], initial=1
    )
    mail.outbox.clear()
    client.post(reverse("wagtailadmin_pages:edit", args=[issue.pk]), typed(issue, comments=comments))
    (one,) = mail.outbox
    assert (one.to, one.subject) == ([approver.email], "Editrice a commenté «\xa0Le passage à l’action\xa0»")
    html = one.alternatives[0][0]
    for part in (one.body, unescape(html)):
        assert "Une <b>date</b> manque. https://ailleurs.example.org" in part
        assert "1 commentaire résolu, il n’y a plus rien à y faire" in part
        assert "Territoires en Commun" in part
        assert reverse("wagtailadmin_pages:edit", args=[issue.pk]) in part
    assert "<b>date" not in html
    assert 'href="https://ailleurs' not in html


def test_each_section_is_seen_before_it_is_added(client, editor, issue):
    client.force_login(editor)
    for kind, block in issue.body.stream_block.child_blocks.items():
        assert block.is_previewable
        assert block.meta.description
        shown = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert shown.status_code == 200
        html = shown.content.decode()
        assert "lettre.example.org" not in html
        assert "<section" in html or "<figure" in html or "<blockquote" in html, kind


def test_beside_the_form_the_panel_says_what_one_looks_at_and_the_view_shows_the_letter_alone(client, editor, issue):
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[issue.pk])
    assert client.post(address, typed(issue, welcome="Un mot tout juste tapé.")).json()["is_valid"]
    said = MAILBOXES["orange"].cannot
    alone = client.get(address, {"mode": "orange"}).content.decode()
    beside = client.get(address, {"mode": "orange", "in_preview_panel": "true"}).content.decode()
    assert said in alone
    assert said not in beside
    assert all("Un mot tout juste tapé." in shown for shown in (alone, beside))
