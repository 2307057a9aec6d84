"""The draft made of a contribution is a page like another: it opens, is saved and is published."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from commun.accounts.api import REDACTION, create_member
from commun.cms.blocks import TEXT_FEATURES
from commun.cms.types import Licence
from commun.common import clock
from commun.contributions.services import deciding
from commun.contributions.types import Kind
from commun.library.api import ResourceKind
from tests.common.test_richtext import TEXTS
from tests.contributions import factories
from tests.library.factories import ThemeFactory

pytestmark = pytest.mark.django_db

# What each kind of contribution asks besides its title and its text.
KINDS: list[tuple[Kind, dict[str, Any]]] = [
    *((Kind.RESOURCE, {"resource_kind": kind}) for kind in ResourceKind.values),
    (Kind.EVENT, {"start": "2027-03-01T18:30", "place": "Salle des fêtes"}),
    (Kind.NEWS, {"when": "Au printemps"}),
]
IDS = [fields.get("resource_kind", kind.value) for kind, fields in KINDS]
WRITTEN = {
    "lines": "Bonjour,\nVoici.\n\nMairie d’Arbrissel\n2 place de l’Église\n02 99 00 00\n\nÀ bientôt,\nCamille",
    "lists": "Il faut :\n- une salle\n- du café\n\n1. Inviter\n2. Écouter\n\n• seul",
    "markup": "Si a < b && c > d :\n<p>Un<br>deux</b> &lt;3 &nbsp; <script>alert(1)</script>\n</p></p>",
    "invisible characters": "cod\u202efdp\x1b[31m \u200b\ufeffet\u2028suite\x0b\u2066fin\xad",
    "only spaces": "  \n\xa0\n\t\u2003\n",
    "nothing": "",
    "one huge line": "mot " * 5_000 + "x" * 50_000,
    "Arabic and emoji": "مرحبا \u200fبكم\n👩‍👩‍👧 🏳️‍🌈 <3\n\nhttps://exemple.fr/?a=1&b=2 camille@exemple.fr",
}


@pytest.fixture
def people(client):
    ThemeFactory()
    client.force_login(create_member(email="redaction@example.org", first_name="Ana", groups=(REDACTION,)))
    return client


def made(*, kind: Kind, fields: dict[str, Any], text: str) -> Page:
    row = factories.given(kind=kind, fields=dict(fields), text=text, licence=Licence.OPEN, thanks=True)
    by = factories.moderator(email=f"moderation-{row.pk}@example.org")
    return deciding.accept(contribution_id=row.pk, by=by, now=clock.now()).page.specific


def finished(page: Page, *, shown: str) -> dict[str, Any]:
    """The form as the browser would send it back; with a summary where there was nothing to make one of."""
    sent = querydict_from_html(shown, form_id="page-edit-form").dict()
    body = [(block.block_type, rich_text(block.value.source, features=TEXT_FEATURES)) for block in page.body]
    sent |= nested_form_data({"body": streamfield(body)})
    if "steps-count" not in sent and hasattr(page, "steps"):
        sent |= nested_form_data({"steps": streamfield([])})
    return sent | {"summary": page.summary or "En bref."}


_SAVE: dict[str, str] = {}
_PUBLISH = {"action-publish": "action-publish"}


def finish(page: Page, *, client: Client, acts: tuple[dict[str, str], ...] = (_SAVE, _PUBLISH)) -> Page:
    """Open it, save it, open it again, publish it."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for act in acts:
        opened = client.get(url)
        assert opened.status_code == 200
        answer = client.post(url, finished(page, shown=opened.content.decode()) | act)
        assert answer.status_code == 302, answer.context["form"].errors
        page = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert page.live
    return page


@pytest.mark.parametrize(("kind", "fields"), KINDS, ids=IDS)
def test_each_kind_of_draft_opens_is_saved_and_is_published(people, kind, fields):
    page = finish(made(kind=kind, fields=fields, text=WRITTEN["lines"]), client=people)
    shown = people.get(page.get_url())
    assert shown.status_code == 200
    assert "Mairie d’Arbrissel<br/>2 place" in shown.content.decode()


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_whatever_was_written_the_draft_opens_and_is_published(people, text):
    made_of_it = made(kind=Kind.RESOURCE, fields={"resource_kind": "article"}, text=text)
    page = finish(made_of_it, client=people, acts=(_PUBLISH,))
    assert people.get(page.get_url()).status_code == 200
    assert "\u202e" not in str(page.body)


@settings(
    deadline=None, max_examples=6, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXTS.filter(lambda text: not set("\x00\ud800") & set(text)), chosen=st.sampled_from(KINDS))
def test_any_text_of_any_kind_is_published(people, text, chosen):
    kind, fields = chosen
    page = finish(made(kind=kind, fields=fields, text=text), client=people, acts=(_PUBLISH,))
    assert all(get_text_for_indexing(block.value.source).strip() for block in page.body)


def test_a_page_stored_with_broken_markup_opens_and_is_published(people):
    page = made(kind=Kind.RESOURCE, fields={"resource_kind": "experience"}, text="Une ligne\nune autre")
    broken = "<p>Un<br>deux <b>trois<p>quatre</b></p><li>cinq</li>"
    page.body, page.context, page.what_failed = [("paragraph", broken)], broken, broken
    page.save_revision(clean=False)
    page = finish(page, client=people)
    assert "trois" in str(page.body)
    assert "cinq" in page.context
