"""A copy to forward belongs to nobody: whoever receives it cannot have anybody unsubscribed."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from commun.mailing.api import personal_urls
from commun.mailing.types import PERSONAL_TOKEN, PREFERENCES_TOKEN, UNSUBSCRIBE_TOKEN
from commun.newsletters.models import Submission
from commun.newsletters.services.corrections import correct_issue
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "/lettre/1/faire-suivre/"


def parts_of(client):
    message = message_from_bytes(client.get(ADDRESS).content, policy=policy.default)
    html, text = message.get_body(("html",)), message.get_body(("plain",))
    return message, html.get_content(), text.get_content()


def test_it_carries_no_link_of_anybody(client, sent):
    message, html, text = parts_of(client)
    personal = personal_urls()
    for body in (html, text):
        for secret in (
            UNSUBSCRIBE_TOKEN,
            PREFERENCES_TOKEN,
            PERSONAL_TOKEN,
            personal.unsubscribe,
            personal.preferences,
        ):
            assert secret not in body
        assert "/desabonnement/" not in body
        assert "/abonnement/" in body
        assert "À Grenoble, les voisins refont la rue" in " ".join(body.replace("&nbsp;", " ").split())
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == Submission.objects.get().content["subject"]
    assert not ({"To", "From", "List-Unsubscribe", "Message-ID"} & set(message.keys()))


def test_it_says_what_was_corrected_since(client, sent, editor):
    correct_issue(issue=sent, wrong="refont la rue", right="refont la place", user=editor, now=NOW)
    _, html, text = parts_of(client)
    assert "refont la place" in html
    assert "refont la place" in text


def test_the_letter_leads_to_it_and_the_page_offers_it(client, sent):
    message = Submission.objects.get().message
    assert "/lettre/1/#faire-suivre" in message.html
    assert "/lettre/1/#faire-suivre" in message.text
    page = client.get("/lettre/1/").content.decode()
    assert 'id="faire-suivre"' in page
    assert f'href="{ADDRESS}"' in page
    assert "mailto:?subject=" in page


def test_what_was_not_sent_is_not_forwarded(client, approved):
    assert client.get(ADDRESS).status_code == 404


def test_what_was_taken_off_line_is_not_forwarded(client, sent):
    sent.refresh_from_db()
    sent.unpublish()
    assert client.get(ADDRESS).status_code in {404, 410}
