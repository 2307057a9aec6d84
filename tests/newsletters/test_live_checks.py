"""The checks beside the text: of what is typed, which is kept nowhere; each at its field."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from commun.newsletters import api

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
    assert "Retirez « Re : »" in told["html"], "how to mend it"
    assert " de lecture ; le message pèse " in told["html"]
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
    assert told["said"] == "À corriger d’abord : 3 champs."
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
