"""What editors tick to have a resource found."""

from __future__ import annotations

import pytest
from django.urls import reverse

from commun.accounts.api import REDACTION, create_member
from commun.library.api import ArticlePage
from tests.library.factories import ArticleFactory, ExperienceFactory

pytestmark = pytest.mark.django_db


def test_what_is_ticked_is_shown_ticked_again_and_nothing_else_is_taken(django_user_model):
    page = ArticleFactory(audiences=["jeunes"])
    form_class = ArticlePage.get_edit_handler().get_form_class()
    user = django_user_model.objects.create_superuser(email="camille@example.org")
    form = form_class(instance=page, for_user=user)
    ticked = [box.data["value"] for box in form["audiences"] if box.data["selected"]]
    assert ticked == ["jeunes"]
    field = form.fields["obstacles"]
    assert field.clean(["time", "budget"]) == ["time", "budget"]
    assert field.clean([]) == []
    with pytest.raises(Exception, match="inconnu"):
        field.clean(["inconnu"])


def shown(client, page) -> str:
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return " ".join(answer.content.decode().replace("&nbsp;", " ").split())


def test_the_form_says_what_the_search_reads_in_a_draft_where_nothing_is_chosen(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(create_member(email="camille@example.org", groups=[REDACTION]))
    page = ExperienceFactory(title="Un récit", live=False)
    page.title, page.what_failed = "Relancer un conseil de jeunes", "<p>Le budget.</p>"
    page.save_revision()
    told = shown(client, page)
    assert "avec qui : Jeunes</li>" in told
    assert "freins : Le budget</li>" in told
    assert "utile surtout quand : Nous avons commencé et nous sommes bloqués</li>" in told
    assert "freins : rien</li>" in shown(client, ArticleFactory())
