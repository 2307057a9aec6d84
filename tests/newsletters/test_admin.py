"""The « Envoi » screen, as editors and approvers use it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from commun.accounts.api import MODERATION
from commun.common import clock
from commun.library.api import ExperiencePage, ThemePage
from commun.mailing.api import list_sends
from commun.newsletters import api
from commun.newsletters.models import Submission
from tests.newsletters import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False
    settings.SEND_COUNTDOWN = 0


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def as_approver(client, approver):
    client.force_login(approver)
    return client


def screen(client, issue):
    answer = client.get(reverse("newsletters:issue", args=[issue.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def act(client, name, issue, **data):
    answer = client.post(reverse(f"newsletters:{name}", args=[issue.pk]), data, follow=True)
    return answer.content.decode()


def test_from_the_calendar_to_a_draft(as_editor):
    theme = factories.filled_theme(planned_month=clock.today().replace(day=1))
    assert "Le passage à l’action" in as_editor.get(reverse("newsletters:calendar")).content.decode()
    url = reverse("newsletters:compose", args=[theme.pk])
    assert "À Grenoble" in as_editor.get(url).content.decode()
    assert not api.IssuePage.objects.exists()
    answer = as_editor.post(url)
    issue = api.IssuePage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[issue.pk])
    editing = as_editor.get(answer["Location"]).content.decode()
    assert "Vérifier et envoyer" in editing
    assert "action-publish" not in editing
    assert "Le passage à l’action" in as_editor.get(reverse("newsletters:issues")).content.decode()
    planned = as_editor.get(reverse("newsletters:calendar")).content.decode()
    assert reverse("newsletters:issue", args=[issue.pk]) in planned
    assert url not in planned  # begun: it is gone on with, not composed a second time


def test_the_calendar_says_which_comes_next_and_offers_no_theme_of_the_past(as_editor):
    """Nor does it ask for the deadline of a call that nobody can answer any more."""
    today = clock.today()
    past = factories.library.ThemeFactory(title="Hier", planned_month=date(2022, 9, 1))
    later = factories.library.ThemeFactory(title="Demain", planned_month=today.replace(year=today.year + 1, day=1))
    factories.library.ThemeFactory(title="Plus tard", planned_month=today.replace(year=today.year + 2, day=1))
    page = as_editor.get(reverse("newsletters:calendar")).content.decode()
    assert reverse("newsletters:compose", args=[past.pk]) not in page
    assert reverse("newsletters:compose", args=[later.pk]) in page
    assert page.count("Le prochain<") == 1
    assert page.index("Demain") - page.index("Le prochain<") < 400


def test_a_theme_offers_to_compose(as_editor):
    theme = factories.library.ThemeFactory()
    page = as_editor.get(reverse("wagtailadmin_pages:edit", args=[theme.pk])).content.decode()
    assert reverse("newsletters:compose", args=[theme.pk]) in page


def test_the_whole_way_with_two_people(client, issue, editor, approver):
    client.force_login(editor)
    assert "Rien à signaler" in screen(client, issue)
    assert "Le numéro est figé" in act(client, "submit", issue)
    client.force_login(approver)
    seen = Submission.objects.get().message.hash
    assert "Vous avez approuvé" in act(client, "approve", issue, seen=seen)
    assert "à personne&nbsp;?" in client.get(reverse("newsletters:send", args=[issue.pk])).content.decode()
    assert "Le nombre exact est 0" in act(client, "send", issue, when="now", seen=seen, number="12")
    refused = act(client, "send", issue, when="now", seen=seen, number="0")
    assert "Personne ne la recevrait" in refused
    assert "Cochez cette case" in refused
    assert list_sends() == []
    said = {"when": "now", "seen": seen, "number": "0", "confirmed": "on"}
    assert "L’envoi commence." in act(client, "send", issue, **said)
    act(client, "send", issue, **said)
    assert len(list_sends()) == 1
    page = screen(client, issue)
    assert "Programmé" in page
    assert "Voir l’édition web" in page


def test_findings_are_listed_and_stop_the_submission(as_editor, issue):
    ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue").delete()
    assert "une page choisie n’existe plus" in screen(as_editor, issue)
    assert "corrigez d’abord les points bloquants" in act(as_editor, "submit", issue)
    assert not Submission.objects.exists()


def test_a_finding_leads_to_its_section_and_says_why_and_how(as_editor, issue, editor):
    section = issue.body[0]
    section.value["question"] = "Et chez vous?"
    issue.save_revision(user=editor)
    page = screen(as_editor, issue)
    edit = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    assert f"{edit}?champ=body.{section.id}.question#block-{section.id}-section" in page
    assert "question : « vous? » a une espace de trop, ou de moins." in page
    assert "aucune avant la virgule" in page


def test_a_broken_image_is_said_not_a_crash(as_editor, issue):
    issue.theme.cover_image.file.delete(save=False)
    assert "est introuvable" in screen(as_editor, issue)


def test_an_editor_is_told_that_another_person_approves(client, issue, editor, approver):
    approver.groups.add(*editor.groups.all())
    page = issue.get_latest_revision_as_object()
    page.save_revision(user=approver)
    issue.refresh_from_db()
    api.submit_issue(issue=issue, user=editor)
    client.force_login(approver)
    reading = client.get(reverse("newsletters:read", args=[issue.pk])).content.decode()
    assert "une autre personne doit l’approuver" in reading
    assert "J’ai relu et j’approuve" not in reading
    assert "une autre personne doit l’approuver" in act(
        client, "approve", issue, seen=Submission.objects.get().message.hash
    )
    assert not Submission.objects.get().approvals.exists()


def test_an_edit_after_approval_is_said(as_approver, approved, editor):
    page = approved.get_latest_revision_as_object()
    page.title = "Autre"
    page.save_revision(user=editor)
    assert "a été modifié depuis sa soumission" in screen(as_approver, approved)
    act(as_approver, "send", approved, when="now", seen=Submission.objects.get().message.hash)
    assert list_sends() == []


def test_a_change_in_the_library_is_said(as_approver, submitted):
    experience = ExperiencePage.objects.get(title="Une caisse commune")
    experience.summary = "Autrement dit."
    experience.save()
    assert "Le contenu a changé" in screen(as_approver, submitted)


def test_a_send_is_planned_paused_resumed_and_stopped(as_approver, approved):
    seen = Submission.objects.get().message.hash
    answer = as_approver.post(
        reverse("newsletters:send", args=[approved.pk]), {"when": "later", "at": "", "seen": seen}
    )
    assert answer.status_code == 422
    assert "Donnez la date et l’heure" in answer.content.decode()
    assert "est passée" in act(as_approver, "send", approved, when="later", at="2020-01-01T09:00", seen=seen)
    planned = {"when": "later", "at": "2050-12-01T09:00", "seen": seen, "number": "0", "confirmed": "on"}
    assert "programmé pour le 1er\u00a0décembre 2050 à 9\u00a0h." in act(as_approver, "send", approved, **planned)
    state = as_approver.get(reverse("newsletters:state", args=[approved.pk])).json()
    assert (state["state"], state["moving"]) == ("scheduled", True)
    assert "Envoi programmé" in screen(as_approver, approved)
    moved = act(as_approver, "move", approved, at="2050-12-02T09:00", confirmed="on")
    assert "déplacé au 2\u00a0décembre 2050 à 9\u00a0h." in moved
    assert "Approuvé" in moved
    assert "L’envoi est en pause" in act(as_approver, "pause", approved)
    assert "L’envoi reprend" in act(as_approver, "resume", approved)
    assert "Arrêter l’envoi" in as_approver.get(reverse("newsletters:stop", args=[approved.pk])).content.decode()
    assert "L’envoi est arrêté" in act(as_approver, "stop", approved)
    assert "Brouillon" in screen(as_approver, approved)


def test_a_test_copy_goes_to_one_address(as_editor, issue):
    assert "essai part vers moi@example.org" in act(as_editor, "test", issue, address="moi@example.org")
    answer = as_editor.post(reverse("newsletters:test", args=[issue.pk]), {"address": "moi@"})
    assert (answer.status_code, len(list_sends())) == (422, 1)


def test_a_correction_is_made_on_the_screen(as_editor, sent):
    assert "l’édition web" in act(as_editor, "correct", sent, wrong="refont la rue", right="refont la place").lower()
    assert "pas dans l’édition web" in act(as_editor, "correct", sent, wrong="introuvable", right="x")
    assert sent.corrections.count() == 1


@pytest.mark.parametrize("name", ["web", "email", "text"])
def test_what_is_frozen_is_shown(as_editor, submitted, name):
    answer = as_editor.get(reverse("newsletters:document", args=[submitted.pk, name]))
    assert answer.status_code == 200
    assert "Grenoble" in answer.content.decode()


@pytest.mark.parametrize("mode", ["web", "email", "text"])
def test_an_editor_previews_a_draft(as_editor, issue, mode):
    answer = as_editor.get(reverse("wagtailadmin_pages:view_draft", args=[issue.pk]), {"mode": mode})
    assert answer.status_code == 200
    assert "Grenoble" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "submit",
        "approve",
        "refuse",
        "withdraw",
        "send",
        "move",
        "pause",
        "resume",
        "stop",
        "restore",
        "correct",
        "test",
    ],
)
def test_outsiders_are_refused(client, approved, name):
    url = reverse(f"newsletters:{name}", args=[approved.pk])
    assert "/compte/" in client.post(url)["Location"]
    client.force_login(factories.member("moderation", MODERATION))
    client.post(url, {"seen": Submission.objects.get().message.hash, "when": "now", "words": "Non."})
    assert list_sends() == []
    assert Submission.objects.get().withdrawn_at is None


def test_getting_an_action_changes_nothing(as_approver, approved):
    for name in ("submit", "approve", "refuse", "pause", "resume", "restore", "correct", "test"):
        opened = as_approver.get(reverse(f"newsletters:{name}", args=[approved.pk]))
        assert opened.status_code == 405
        assert f'href="{reverse("newsletters:issue", args=[approved.pk])}"' in opened.content.decode(), "and a way back"
    for name in ("send", "withdraw", "read", "move", "stop"):
        as_approver.get(reverse(f"newsletters:{name}", args=[approved.pk]))
    assert list_sends() == []
    assert Submission.objects.get().withdrawn_at is None


def test_what_an_issue_stands_on_is_not_deleted(as_approver, submitted):
    url = reverse("wagtailadmin_pages:delete", args=[submitted.theme.pk])
    assert "numéros de la lettre en dépendent" in as_approver.post(url, follow=True).content.decode()
    as_approver.post(reverse("wagtailadmin_pages:delete", args=[submitted.pk]))
    assert api.IssuePage.objects.count() == 1


def test_a_theme_without_issue_is_deleted_with_its_topic(as_approver):
    theme = factories.library.ThemeFactory()
    api.ensure_theme_topic(theme=theme)
    as_approver.post(reverse("wagtailadmin_pages:delete", args=[theme.pk]))
    assert not ThemePage.objects.filter(pk=theme.pk).exists()


def test_lists_ask_few_queries(as_editor, issue, editor, django_assert_max_num_queries):
    for _ in range(4):
        api.submit_issue(issue=api.compose_issue(theme=issue.theme, user=editor), user=editor)
    as_editor.get(reverse("newsletters:issues"))
    with django_assert_max_num_queries(25):
        as_editor.get(reverse("newsletters:issues"))
    with django_assert_max_num_queries(28):
        as_editor.get(reverse("newsletters:calendar"))


# --- the command ------------------------------------------------------------------------------------


def test_the_command_sends_what_was_approved(approved, capsys):
    call_command("send", approved.slug)
    assert capsys.readouterr().out.strip() == str(list_sends()[0].send_id)


def test_the_command_tests_and_plans(approved, capsys):
    call_command("send", "1", "--test", "moi@example.org")
    call_command("send", approved.slug, "--at", "2050-12-01T09:00")
    assert [send.kind for send in list_sends()] == ["issue", "test"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("inconnu",), "Aucun numéro"),
        (("1",), "Il manque une approbation"),
        (("1", "--at", "demain"), "n’est pas une date"),
        (("1", "--at", "2020-01-01"), "est passé"),
        (("1", "--at", "2020-01-01T09:00"), "est passé"),
        (("1", "--test", "moi"), "n’est pas une adresse"),
    ],
)
def test_the_command_refuses_in_french(submitted, arguments, said):
    with pytest.raises(CommandError, match=said):
        call_command("send", *arguments)
    assert list_sends() == []


@pytest.mark.parametrize("path", ["lettre/{}/", "lettre/composer/{}/"])
def test_a_number_that_no_database_holds_is_not_found(as_approver, path):
    assert as_approver.get(f"/gestion/{path.format(10**24)}").status_code == 404
