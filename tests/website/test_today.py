"""The administration opens on what waits; the menu follows the loop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, VALIDATION
from commun.newsletters import api
from commun.website.models import HomePage
from tests.contributions.factories import given
from tests.newsletters import factories

pytestmark = pytest.mark.django_db
HOME = "/gestion/"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


def labels(client):
    """Of the menu, groups then what they hold."""
    items = admin_menu.menu_items_for_request(client.get(HOME).wsgi_request)
    inside = {
        item.label: [child.label for child in item.menu.registered_menu_items]
        for item in items
        if hasattr(item, "menu")
    }
    return [item.label for item in items], inside


def opened(client, *groups):
    client.force_login(factories.member("-".join(group[:4] for group in groups).replace("é", "e"), *groups))
    answer = client.get(HOME)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_editor_finds_the_next_issue_and_what_its_theme_lacks(client):
    theme = factories.filled_theme(planned_month=(datetime.now(UTC) + timedelta(days=45)).date().replace(day=1))
    shown = opened(client, REDACTION)
    assert "Aujourd’hui" in shown
    assert f"Prochain numéro à composer : « {theme.title} »" in shown
    assert reverse("newsletters:compose", args=[theme.pk]) in shown


def test_an_issue_under_way_says_where_it_stands(client, django_user_model):
    editor = factories.member("editrice", REDACTION)
    issue = factories.composed(editor)
    api.submit_issue(issue=issue, user=editor, now=factories.NOW)
    shown = opened(client, VALIDATION)
    assert "Attend une approbation" in shown
    assert "message à relire et approuver" in shown
    assert "message à relire et approuver" not in opened(client, REDACTION)


def test_what_waits_is_counted_with_its_age_on_the_screen_and_in_the_menu(client):
    given(title="Une place partagée")
    shown = opened(client, MODERATION)
    assert "contribution à lire" in shown
    groups, inside = labels(client)
    assert "Ce qu’on nous donne (1)" in groups
    assert inside["Ce qu’on nous donne (1)"][0] == "Contributions (1)"


def test_nothing_is_shown_that_a_group_may_not_open(client):
    given(title="Une place partagée")
    shown = opened(client, REDACTION)
    assert "contribution à lire" not in shown
    assert not any("Contributions" in label for children in labels(client)[1].values() for label in children)


def test_the_menu_follows_the_loop_with_one_icon_each(client):
    opened(client, MODERATION, REDACTION, VALIDATION, EXPLOITATION)
    groups, inside = labels(client)
    assert groups[:10] == [
        "Aujourd’hui",
        "Chercher",
        "La lettre",
        "Ce qu’on nous donne",
        "Bibliothèque et agenda",
        "Images et documents",
        "Collectivités et votes",
        "Abonnés",
        "Envois",
        "Réglages",
    ]
    assert inside["La lettre"] == ["Numéros", "Calendrier éditorial"]
    icons = [item.icon_name for item in admin_menu.menu_items_for_request(client.get(HOME).wsgi_request)]
    assert icons.count("mail") == 1


def test_the_issue_that_one_writes_is_in_the_menu_and_lit_there(client):
    editor = factories.member("editrice", REDACTION)
    issue, other = factories.composed(editor), HomePage.objects.get()
    client.force_login(editor)

    def lit(page, view):
        """As Wagtail's script does: the longest address that the screen's begins with."""
        answer = client.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))
        items = admin_menu.menu_items_for_request(answer.wsgi_request)
        every = [
            one for item in items for one in (item.menu.registered_menu_items if hasattr(item, "menu") else [item])
        ]
        found = [one for one in every if answer.wsgi_request.path.startswith(one.url)]
        return max(found, key=lambda one: len(one.url)).label

    assert lit(issue, "edit") == lit(issue, "history") == issue.title
    assert lit(other, "edit") == lit(other, "history") == "Bibliothèque et agenda"


def test_the_screen_asks_few_queries(client, django_assert_max_num_queries):
    factories.composed(factories.member("editrice", REDACTION))
    given(title="Une place partagée")
    opened(client, MODERATION, REDACTION, VALIDATION, EXPLOITATION)
    with django_assert_max_num_queries(20):
        assert client.get(HOME).status_code == 200


def test_the_help_leads_to_no_page_of_a_library_and_counts_none(client):
    page = opened(client, REDACTION)
    assert "editor-guide" not in page
    assert "whats-new" not in page
