"""The administration opens on what waits; the menu follows the loop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, VALIDATION
from commun.common import clock, french
from commun.mailing.delivery import upkeep
from commun.mailing.models import Delivery, Send
from commun.newsletters import api
from commun.newsletters.services.freeze import freeze, latest
from commun.subscribers.services.subscriptions import unsubscribe
from commun.website.models import HomePage
from tests.contributions.factories import given
from tests.newsletters import factories
from tests.subscribers.factories import make_subscribers

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


@pytest.mark.parametrize(("months", "said"), [(0, "Ce mois-ci"), (1, "En janvier 2027"), (12, "En décembre 2027")])
def test_the_month_of_an_issue_to_compose_has_no_day(client, monkeypatch, months, said):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 5, 10, tzinfo=UTC))
    month = datetime(2026 + (11 + months) // 12, (11 + months) % 12 + 1, 1, tzinfo=UTC).date()
    factories.filled_theme(planned_month=month)
    listed = opened(client, REDACTION).split("Prochain numéro à composer")[1].split("</li>")[0]
    assert f'<span class="today__when">{said}</span>' in listed.replace("\xa0", " ")
    assert "1er" not in listed


def test_a_draft_says_which_sections_are_empty_and_how_much_stops_it(client, django_assert_max_num_queries):
    editor = factories.member("editrice", REDACTION)
    issue = factories.composed(editor)
    draft = latest(issue=issue)
    section = next(one for one in draft.body if one.block_type == "inspirations")
    section.value["items"] = []
    draft.subject = draft.preheader = ""
    draft.save_revision(user=editor)
    issue.refresh_from_db()
    blocking = len(freeze(issue=latest(issue=issue)).blocking)
    shown = " ".join(opened(client, REDACTION).replace("\xa0", " ").split())
    stop = french.count(blocking, "point bloquant|points bloquants")
    assert f"À remplir : {section.block.label}. {stop} avant de le soumettre." in shown
    with django_assert_max_num_queries(20):
        client.get(HOME)
    draft.save_revision(user=editor)
    section.value["hidden"] = True
    draft.save_revision(user=editor)
    assert "À remplir" not in client.get(HOME).content.decode()


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


def test_an_operator_is_told_of_what_is_wrong_and_nobody_else_is(client):
    """No worker, no relay: both are said on « État du site »."""
    shown = opened(client, EXPLOITATION)
    assert "alarmes sur l’état du site" in shown
    assert f'href="{reverse("site_state")}"' in shown
    assert "Rien ne vous attend" not in shown
    other = opened(client, REDACTION)
    assert "état du site" not in other
    assert "Rien ne vous attend" in other


def test_an_operator_of_a_site_where_all_is_well_has_no_alarm(client, monkeypatch):
    monkeypatch.setattr("commun.website.state.SystemState.troubles", [])
    shown = opened(client, EXPLOITATION)
    assert "alarme" not in shown
    assert "Rien ne vous attend" in shown


@pytest.fixture
def last_letter():
    """Two accepted it; since, one left and a contribution came."""
    editor, approver = factories.member("editrice", REDACTION), factories.member("relectrice", VALIDATION)
    first, second, third = make_subscribers(3, now=clock.now() - timedelta(days=30))
    issue = factories.composed(editor)
    begun = clock.now() - timedelta(days=2)
    api.submit_issue(issue=issue, user=editor, now=begun)
    api.approve_issue(issue=issue, user=approver, now=begun)
    send = api.send_issue(issue=issue, user=approver, now=begun)
    upkeep.start_due(now=begun)
    while upkeep.freeze_one_lot(now=begun):
        pass
    rows = Delivery.objects.filter(send=send)
    rows.filter(recipient_key__in=[first.key, second.key]).update(state="accepted", settled_at=begun)
    rows.filter(recipient_key=third.key).update(state="refused", reason="dead_address", settled_at=begun)
    Send.objects.filter(pk=send.pk).update(state="finished", finished_at=begun)
    unsubscribe(recipient_key=first.key, method="page", now=clock.now() - timedelta(hours=1))
    given(title="Une place partagée")
    return issue


def test_the_last_letter_is_told_in_a_sentence(client, last_letter):
    shown = " ".join(opened(client, REDACTION).split())
    assert "2 messages acceptés par les messageries ; depuis, 1 départ et 1 contribution." in shown
    assert reverse("newsletters:afterwards", args=[last_letter.pk]) in shown


def test_with_a_last_letter_and_alarms_the_screen_still_asks_few_queries(
    client, last_letter, django_assert_max_num_queries
):
    opened(client, MODERATION, REDACTION, VALIDATION, EXPLOITATION)
    with django_assert_max_num_queries(20):
        assert client.get(HOME).status_code == 200


def test_the_help_leads_to_no_page_of_a_library_and_counts_none(client):
    page = opened(client, REDACTION)
    assert "editor-guide" not in page
    assert "whats-new" not in page
