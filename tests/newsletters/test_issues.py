"""From a theme to a letter that leaves: what the services promise."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage

from commun.accounts.api import REDACTION, VALIDATION
from commun.agenda.api import EventPage, NewsPage
from commun.library.api import ExperiencePage
from commun.mailing.api import cancel, list_sends
from commun.newsletters import api, calls
from commun.newsletters.models import Submission
from commun.newsletters.rendering import from_json
from commun.newsletters.services.approval import changed_since, library_changed
from commun.newsletters.services.freeze import freeze
from commun.newsletters.services.sending import publish_started, stop_issue
from commun.subscribers.api import get_topics
from commun.subscribers.types import AUDIENCE
from commun.territories.api import Organisation
from tests.newsletters import factories
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


def edit(issue, user, **changes):
    page = issue.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=user)
    issue.refresh_from_db()


# --- composing --------------------------------------------------------------------------------------


def test_composing_fills_a_draft_with_everything_the_theme_has(issue, editor):
    kinds = [section.block_type for section in issue.body]
    assert kinds == [
        "theme", "featured", "inspirations", "contribution_call", "vote_call", "concept", "news", "agenda",
        "event_call", "questions", "partners",
    ]  # fmt: skip
    assert (issue.number, issue.live, issue.owner) == (1, False, editor)
    assert issue.body[1].value["page"].title == "À Grenoble, les voisins refont la rue"


def test_the_next_number_and_a_free_name_are_taken(issue, editor):
    second = api.compose_issue(theme=issue.theme, user=editor, now=NOW)
    assert (second.number, second.slug) == (2, "le-passage-a-l-action-2")


def test_composing_without_archive_is_refused(editor, db):
    theme = factories.library.ThemeFactory()
    api.IssueIndexPage.objects.get().delete()
    with pytest.raises(api.ArchiveMissing):
        api.compose_issue(theme=theme, user=editor)


def test_a_published_theme_has_one_topic_that_follows_its_title(issue):
    theme = issue.theme
    theme.title = "Agir ensemble"
    theme.save()
    api.keep_topics(now=NOW)
    assert [(topic.slug, topic.name) for topic in get_topics()] == [(theme.slug, "Agir ensemble")]
    theme.unpublish()
    api.keep_topics(now=NOW)
    assert not get_topics().exists()


def test_composing_takes_nothing_that_is_over_when_the_issue_appears(editor):
    """Last year's news, an event between today and the issue, a closed vote, the call whose answers are published."""
    theme = factories.filled_theme(
        planned_month=date(2027, 1, 1), introduction="<p>Place aux jeunes.</p><p>Nous cherchons vos récits.</p>"
    )
    factories.NewsFactory(title="Annonce de 2022", date=date(2022, 11, 10), when="Mardi 13 décembre, 11 h")
    factories.NewsFactory(title="Annonce close", date=date(2026, 11, 10), until=date(2026, 12, 1))
    factories.NewsFactory(title="Annonce passée", date=date(2026, 11, 10), when="Jeudi 10 décembre, 11 h")
    factories.NewsFactory(title="Annonce qui tient", date=date(2026, 11, 10), when="Jeudi 14 janvier, 11 h")
    issue = api.compose_issue(theme=theme, user=editor, now=NOW)
    by_kind = {section.block_type: section.value for section in issue.body}
    assert "agenda" not in by_kind  # its one event is on 1 December
    titles = {item["page"].title for item in by_kind["news"]["items"]}
    assert "Annonce qui tient" in titles
    assert not titles & {"Annonce de 2022", "Annonce close", "Annonce passée"}
    assert by_kind["theme"]["intro"].source == "<p>Place aux jeunes.</p>"


def test_composing_leaves_out_a_vote_that_will_be_closed(editor, monkeypatch):
    monkeypatch.setitem(calls._until, api.CallKind.VOTE, lambda: date(2026, 12, 19))
    theme = factories.filled_theme(planned_month=date(2027, 1, 1))
    issue = api.compose_issue(theme=theme, user=editor, now=NOW)
    assert "vote_call" not in {section.block_type for section in issue.body}


def test_the_report_of_the_checks_is_kept_with_what_was_submitted(issue, editor):
    edit(issue, editor, preheader="")
    submission = api.submit_issue(issue=issue, user=editor, now=NOW)
    assert [finding["code"] for finding in submission.report if finding["level"] == "warning"] == ["preheader_missing"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"until": date(2026, 11, 19)}, "news_past"),
        ({"when": "Vendredi 13 novembre, 11 h"}, "news_past"),
        ({"date": date(2025, 11, 19), "until": None}, "news_old"),
    ],
)
def test_news_that_is_over_is_a_finding(issue, change, code):
    page = issue.body[6].value["items"][0]["page"]
    NewsPage.objects.filter(pk=page.pk).update(date=date(2026, 11, 1))
    NewsPage.objects.filter(pk=page.pk).update(**change)
    assert code in {finding.code for finding in freeze(issue=api.IssuePage.objects.get(pk=issue.pk)).findings}


def test_a_cancelled_event_is_a_finding(issue):
    EventPage.objects.update(is_cancelled=True)
    assert "event_cancelled" in {finding.code for finding in freeze(issue=issue).findings}


# --- freezing ---------------------------------------------------------------------------------------


def test_what_leaves_is_said_in_full(issue):
    documents = freeze(issue=issue).documents
    assert "Grenoble (Isère)" in documents.email
    assert "Mardi 1er\u00a0décembre 2026, de 18\u00a0h\u00a030 à 20\u00a0h\u00a030" in documents.text
    assert "1 place de la Mairie" in documents.text


def test_partners_show_their_mark(issue):
    partner = Organisation.objects.get(is_partner=True)
    partner.logo = factories.library.ImageFactory()
    partner.save()
    assert 'alt="Partenaire d’Exemple"' in freeze(issue=issue).documents.email


def test_a_call_leads_to_its_page_and_without_one_to_an_address(issue, monkeypatch):
    email = freeze(issue=issue).documents.email
    assert "http://localhost:8000/contribuer/evenement/" in email
    assert f"http://localhost:8000/contribuer/besoin/?thematique={issue.theme.slug}" in email
    monkeypatch.setattr("commun.newsletters.calls._pages", {})
    assert "mailto:agenda@example.org" in freeze(issue=issue).documents.email


def test_freezing_twice_gives_the_same_content(issue):
    assert freeze(issue=issue).content_hash == freeze(issue=issue).content_hash


def test_images_outlive_those_of_the_library(submitted):
    submission = Submission.objects.get()
    for page in ExperiencePage.objects.exclude(cover_image=None):
        image = page.cover_image
        page.cover_image = None
        page.save()
        image.file.delete(save=False)
    assert submission.images
    assert all(default_storage.exists(name) for name in submission.images)
    assert all(name.rpartition("/")[2] in submission.message.html for name in submission.images[:1])


def test_a_deleted_page_is_a_clear_finding(issue, editor):
    ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue").delete()
    with pytest.raises(api.NotReady) as refused:
        api.submit_issue(issue=issue, user=editor)
    assert "Rubrique 2 : une page choisie n’existe plus" in refused.value.findings[0].message
    assert not Submission.objects.exists()


def test_an_unpublished_page_is_a_clear_finding(issue, editor):
    EventPage.objects.get().unpublish()
    with pytest.raises(api.NotReady) as refused:
        api.submit_issue(issue=issue, user=editor)
    assert [finding.code for finding in refused.value.findings if finding.level == "blocking"] == ["page_unpublished"]


def test_a_page_deleted_after_the_submission_changes_nothing_of_what_leaves(approved, approver):
    ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue").delete()
    send = api.send_issue(issue=approved, user=approver, now=NOW)
    assert "À Grenoble, les voisins refont la rue" in send.message.html


def test_a_link_to_a_page_that_is_not_online_is_a_finding(issue, editor):
    target = ExperiencePage.objects.get(title="Une caisse commune")
    body = [("text", {"title": "Mot", "text": f'<p><a linktype="page" id="{target.pk}">Lire la caisse</a></p>'})]
    edit(issue, editor, body=body)
    assert f"http://localhost:8000{target.url}" in freeze(issue=issue.get_latest_revision_as_object()).documents.email
    target.unpublish()
    codes = [finding.code for finding in freeze(issue=issue.get_latest_revision_as_object()).findings]
    assert "link_broken" in codes


def test_a_variable_left_in_a_text_is_refused(issue, editor):
    edit(issue, editor, preheader="Bonjour {{ prenom }}")
    with pytest.raises(api.NotReady) as refused:
        api.submit_issue(issue=issue, user=editor)
    assert refused.value.findings[0].code == "unknown_variable"


def test_without_a_postal_address_nothing_is_submitted(issue, editor):
    factories.network(postal_address="")
    with pytest.raises(api.NotReady) as refused:
        api.submit_issue(issue=issue, user=editor)
    assert refused.value.findings[0].code == "postal_address_missing"


# --- approving --------------------------------------------------------------------------------------


def test_submitting_twice_the_same_version_is_one_submission(submitted, editor):
    first = Submission.objects.get()
    assert api.submit_issue(issue=submitted, user=editor) == first


def test_nobody_approves_what_she_wrote(submitted, editor):
    editor.groups.add(*factories.member("autre", VALIDATION).groups.all())
    with pytest.raises(api.OwnWork):
        api.approve_issue(issue=submitted, user=get_user_model().objects.get(pk=editor.pk))


def test_a_superuser_neither(editor, db):
    boss = get_user_model().objects.create_superuser("direction@example.org")
    issue = factories.composed(boss)
    api.submit_issue(issue=issue, user=editor)
    with pytest.raises(api.OwnWork):
        api.approve_issue(issue=issue, user=boss)


def test_whoever_edited_an_earlier_version_does_not_approve(issue, editor, approver):
    edit(issue, approver, title="Agir")
    edit(issue, editor, title="Agir ensemble")
    api.submit_issue(issue=issue, user=editor)
    with pytest.raises(api.OwnWork):
        api.approve_issue(issue=issue, user=approver)


def test_only_the_group_of_validation_approves_and_sends(submitted, approved):
    other = factories.member("seconde", REDACTION)
    with pytest.raises(api.NotAllowed):
        api.approve_issue(issue=submitted, user=other)
    with pytest.raises(api.NotAllowed):
        api.send_issue(issue=submitted, user=other)


def test_two_clicks_of_one_person_are_one_agreement(submitted, approver, settings):
    settings.APPROVALS_REQUIRED = 2
    api.approve_issue(issue=submitted, user=approver)
    api.approve_issue(issue=submitted, user=approver)
    with pytest.raises(api.NotApproved) as refused:
        api.send_issue(issue=submitted, user=approver)
    assert (refused.value.have, refused.value.need) == (1, 2)


def test_one_approves_the_message_one_has_read(submitted, approver):
    with pytest.raises(api.ChangedSince):
        api.approve_issue(issue=submitted, user=approver, seen_hash="0" * 64)


def test_an_edit_after_approval_voids_it(approved, editor, approver):
    edit(approved, editor, title="Autre chose")
    with pytest.raises(api.ChangedSince):
        api.send_issue(issue=approved, user=approver)
    api.submit_issue(issue=approved, user=editor)
    with pytest.raises(api.NotApproved):
        api.send_issue(issue=approved, user=approver)


def test_a_version_written_over_by_autosave_voids_it_too(approved, editor, approver):
    page = approved.get_latest_revision_as_object()
    page.preheader = "Autre aperçu"
    page.save_revision(user=editor, overwrite_revision=approved.latest_revision)
    with pytest.raises(api.ChangedSince):
        api.send_issue(issue=approved, user=approver)


def test_a_change_in_the_library_is_told_and_changes_nothing(submitted):
    submission = Submission.objects.get()
    assert not library_changed(submission=submission)
    experience = ExperiencePage.objects.get(title="Une caisse commune")
    experience.title = "Une caisse alimentaire commune"
    experience.save()
    assert library_changed(submission=submission)
    assert not changed_since(submission=submission)


def test_a_withdrawn_submission_is_not_approved(submitted, editor, approver):
    api.withdraw_submission(issue=submitted, user=editor, reason="Une erreur")
    with pytest.raises(api.NotSubmitted):
        api.approve_issue(issue=submitted, user=approver)


# --- sending ----------------------------------------------------------------------------------------


def test_a_double_click_is_one_send(approved, approver):
    first = api.send_issue(issue=approved, user=approver, now=NOW)
    second = api.send_issue(issue=approved, user=approver, now=NOW)
    assert first == second
    assert len(list_sends()) == 1


def test_what_is_sent_is_what_was_approved(approved, approver):
    send = api.send_issue(issue=approved, user=approver, now=NOW)
    assert send.message.hash == Submission.objects.get().approvals.get().message_hash
    assert send.audience == AUDIENCE
    chosen = get_topics().filter(pk__in=send.audience_words["topics"])
    assert [topic.name for topic in chosen] == ["Le passage à l’action"]


def test_commands_obey_the_rule_too(submitted):
    with pytest.raises(api.NotApproved):
        api.send_issue(issue=submitted, user=None)


def test_sending_now_publishes_the_web_edition(sent):
    assert api.latest_issue() == sent
    assert list(api.published_issues().filter(theme=sent.theme)) == [sent]


def test_a_planned_send_publishes_when_it_begins(approved, approver):
    at = NOW + timedelta(days=1)
    send = api.send_issue(issue=approved, user=approver, now=NOW, at=at)
    publish_started(now=NOW)
    assert api.latest_issue() is None
    type(send).objects.filter(pk=send.pk).update(state="sending", started_at=at)
    assert publish_started(now=at) == 1
    assert api.latest_issue() == approved
    assert publish_started(now=at) == 0


def test_an_issue_is_neither_withdrawn_nor_submitted_again_once_planned(sent, editor):
    with pytest.raises(api.AlreadySent):
        api.withdraw_submission(issue=sent, user=editor, reason="Une erreur")
    edit(sent, editor, title="Trop tard")
    with pytest.raises(api.AlreadySent):
        api.submit_issue(issue=sent, user=editor)


def test_stopping_before_the_start_makes_a_draft_again(sent, editor, approver):
    stop_issue(issue=sent, user=approver, now=NOW)
    assert api.latest_issue() is None
    with pytest.raises(api.SendCancelled):
        api.send_issue(issue=sent, user=approver)

    api.submit_issue(issue=sent, user=editor)
    api.approve_issue(issue=sent, user=approver)
    again = api.send_issue(issue=sent, user=approver)
    assert again.state == "scheduled"
    assert api.latest_issue() == sent


def test_a_send_stopped_on_its_way_is_never_begun_again(sent, editor):
    send = Submission.objects.get().send
    type(send).objects.filter(pk=send.pk).update(state="sending", started_at=NOW, total=0)
    cancel(send_id=send.pk, now=NOW)
    with pytest.raises(api.AlreadySent):
        api.submit_issue(issue=sent, user=editor)


def test_a_test_copy_needs_no_approval_and_is_no_send_of_the_issue(issue, editor, approver):
    test = api.send_issue_test(issue=issue, addresses=["essai@example.org"], user=editor)
    assert (test.kind, test.total) == ("test", 1)
    assert test.message.subject.startswith("[Essai] ")


# --- dates ------------------------------------------------------------------------------------------


def test_hours_are_those_of_the_place(issue):
    event = EventPage.objects.get()
    event.time_zone = "Indian/Reunion"
    event.start, event.end = datetime(2026, 12, 1, 11, tzinfo=UTC), datetime(2026, 12, 1, 13, tzinfo=UTC)
    event.save()
    assert "de 15\u00a0h à 17\u00a0h (heure locale\u00a0: La Réunion)" in freeze(issue=issue).documents.text


def test_frozen_content_reads_back(submitted):
    submission = Submission.objects.get()
    assert from_json(submission.content).number == 1
