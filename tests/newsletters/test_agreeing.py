"""Two people agree on a letter: refusal and its answer, locks, who is told, the countdown, what is asked again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import VALIDATION
from commun.common import clock, french
from commun.mailing.api import list_sends
from commun.mailing.delivery import upkeep
from commun.newsletters import api
from commun.newsletters.exceptions import NotPlanned, WordsMissing
from commun.newsletters.holidays import holiday, next_working_morning, odd_hour, overseas
from commun.newsletters.models import JournalEntry, Submission
from commun.newsletters.services.approval import answer_refusal, refuse_issue
from commun.newsletters.services.doubts import doubts
from commun.newsletters.services.freeze import latest
from commun.newsletters.services.sending import move_issue, on_finished, publish_started, stop_issue
from commun.newsletters.types import Act, IssueState
from commun.newsletters.views.sending import status_of
from commun.subscribers.models import Subscriber
from commun.subscribers.services.topics import ensure_topic
from tests.newsletters import factories
from tests.newsletters.factories import NOW
from tests.subscribers.factories import make_subscribers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.STAFF_MFA_REQUIRED = False


def acts():
    return [entry.act for entry in JournalEntry.objects.order_by("pk")]


def told():
    return {(message.to[0], message.subject) for message in mail.outbox}


def page(client, name, issue, *more, **data):
    url = reverse(f"newsletters:{name}", args=[issue.pk, *more])
    return (client.post(url, data, follow=True) if data else client.get(url)).content.decode()


# --- in words ---------------------------------------------------------------------------------------


def test_a_refusal_in_words_is_answered_in_place_and_both_are_told(client, submitted, editor, approver):
    mail.outbox.clear()
    client.force_login(approver)
    seen = Submission.objects.get().message.hash
    assert "Dites pourquoi" in page(client, "refuse", submitted, seen=seen, words=" ")
    assert acts() == [Act.SUBMITTED]
    page(client, "refuse", submitted, seen=seen, words="La date de Lyon est fausse.")
    assert told() == {("editrice@example.org", "Numéro 1 : refusé, des points à reprendre")}
    assert "La date de Lyon est fausse." in mail.outbox[0].body
    client.force_login(editor)
    shown = page(client, "issue", submitted)
    assert "Refusé le" in shown
    assert "La date de Lyon est fausse." in shown
    refusal = JournalEntry.objects.get(act=Act.REFUSED)
    mail.outbox.clear()
    page(client, "answer", submitted, refusal.pk, words="Corrigée : le 29.")
    assert told() == {("relecteur@example.org", "Numéro 1 : réponse à votre refus")}
    api.submit_issue(issue=submitted, user=editor, now=NOW)
    client.force_login(approver)
    reading = page(client, "read", submitted)
    assert "La date de Lyon est fausse." in reading
    assert "Corrigée : le 29." in reading


def test_each_approver_sees_what_changed_since_what_she_decided_on(client, submitted, editor, approver):
    other = factories.member("seconde", VALIDATION)

    def resubmit(subject):
        draft = latest(issue=submitted)
        draft.welcome = subject
        draft.save_revision(user=editor)
        submitted.refresh_from_db()
        return api.submit_issue(issue=submitted, user=editor, now=NOW)

    def reading(user):
        client.force_login(user)
        shown = " ".join(page(client, "read", submitted).replace("\xa0", " ").split())
        return shown.split('id="changements-titre">')[1].split("</section>")[0] if "changements-titre" in shown else ""

    assert reading(approver) == reading(other) == ""
    refuse_issue(issue=submitted, user=approver, words="Un mot d’accueil.", now=NOW)
    resubmit("Un premier mot d’accueil.")
    resubmit("Un second mot d’accueil.")
    hers, theirs = reading(approver), reading(other)
    assert "depuis la soumission que vous avez refusée le" in hers
    assert "Un second mot" in hers
    assert "Un premier mot" not in hers, "she never read that one"
    assert "depuis la soumission précédente" in theirs
    assert "Un premier mot" in theirs
    api.approve_issue(issue=submitted, user=approver, now=NOW)
    assert "refusée" in reading(approver), "what she reads is not compared with itself"
    resubmit("Un troisième mot d’accueil.")
    assert "que vous avez approuvée le" in reading(approver)


def test_nobody_refuses_or_takes_back_without_a_word(submitted, editor, approver):
    with pytest.raises(WordsMissing):
        refuse_issue(issue=submitted, user=approver, words=" ")
    with pytest.raises(WordsMissing):
        api.withdraw_submission(issue=submitted, user=editor, reason="")
    assert Submission.objects.get().withdrawn_at is None


def test_only_whoever_approves_refuses_and_only_a_refusal_is_answered(submitted, editor):
    with pytest.raises(api.NotAllowed):
        refuse_issue(issue=submitted, user=editor, words="Non.")
    entry = JournalEntry.objects.get()
    with pytest.raises(api.NotSubmitted):
        answer_refusal(issue=submitted, entry=entry.pk, user=editor, words="Pourquoi ?")


def test_one_refuses_the_message_one_has_read(submitted, approver):
    with pytest.raises(api.ChangedSince):
        refuse_issue(issue=submitted, user=approver, words="Non.", seen_hash="0" * 64)


def test_the_history_says_who_and_why(client, approved, editor):
    client.force_login(editor)
    page(client, "withdraw", approved, words="Une faute dans le titre.")
    shown = page(client, "issue", approved)
    assert "Repris en brouillon" in shown
    assert "Une faute dans le titre." in shown
    assert "Relecteur" in shown
    assert acts() == [Act.SUBMITTED, Act.APPROVED, Act.WITHDRAWN]


# --- who is told ------------------------------------------------------------------------------------


def test_whoever_may_approve_is_told_of_a_submission_and_not_whoever_wrote_it(approver, submitted):
    assert told() == {("relecteur@example.org", "Numéro 1 : à relire et à approuver")}
    assert reverse("newsletters:issue", args=[submitted.pk]) in mail.outbox[0].body


def test_an_approval_a_start_and_an_end_are_told(approved, editor, approver):
    assert ("editrice@example.org", "Numéro 1 : approuvé, prêt à partir") in told()
    mail.outbox.clear()
    send = api.send_issue(issue=approved, user=approver, now=NOW)
    assert told() == {("editrice@example.org", "Numéro 1 : l’envoi commence")}
    mail.outbox.clear()
    on_finished(send_id=send.pk, now=NOW)
    assert told() == {
        ("editrice@example.org", "Numéro 1 : l’envoi est terminé"),
        ("relecteur@example.org", "Numéro 1 : l’envoi est terminé"),
    }


def test_mails_hold_what_was_written_without_markup(submitted, approver):
    mail.outbox.clear()
    refuse_issue(issue=submitted, user=approver, words="L’intro & <b>le reste</b>")
    assert "L’intro & <b>le reste</b>" in mail.outbox[0].body


# --- locks ------------------------------------------------------------------------------------------


def edit_form(client, issue):
    url = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    return url, client.get(url).content.decode()


def test_what_is_frozen_is_locked_for_everybody_and_says_who_and_why(client, submitted, editor, approver):
    client.force_login(editor)
    _, shown = edit_form(client, submitted)
    assert "soumis à l’approbation par Editrice" in shown
    assert reverse("newsletters:withdraw", args=[submitted.pk]) in shown
    api.approve_issue(issue=submitted, user=approver, now=NOW)
    _, shown = edit_form(client, submitted)
    assert "approuvé par Relecteur" in shown


def test_a_stray_key_cannot_void_an_approval(client, approved, editor):
    client.force_login(editor)
    url, _ = edit_form(client, approved)
    before = approved.latest_revision_id
    form = {
        "title": "Autre",
        "slug": approved.slug,
        "number": approved.number,
        "date": approved.date,
        "theme": approved.theme_id,
        "body-count": 0,
    }
    client.post(url, form)
    client.post(url, form, headers={"Accept": "application/json"})
    approved.refresh_from_db()
    assert approved.latest_revision_id == before
    assert status_of(approved).state == IssueState.APPROVED


def test_taking_it_back_unlocks_it(client, approved, editor):
    client.force_login(editor)
    page(client, "withdraw", approved, words="Une faute.")
    _, shown = edit_form(client, approved)
    assert "figé" not in shown
    assert approved.get_lock() is None


def test_a_planned_and_a_sent_issue_are_locked_too(client, approved, editor, approver):
    client.force_login(editor)
    api.send_issue(issue=approved, user=approver, now=clock.now(), at=clock.now() + timedelta(days=2))
    assert "arrêtez ou déplacez" in edit_form(client, approved)[1]
    Submission.objects.get().send.__class__.objects.update(state="finished", started_at=NOW, finished_at=NOW, total=0)
    assert "Ce qui est parti ne change plus" in edit_form(client, approved)[1]


# --- reading before agreeing ------------------------------------------------------------------------


def test_one_approves_from_the_page_that_shows_what_is_frozen_and_to_whom(client, submitted, approver):
    make_subscribers(3)
    client.force_login(approver)
    assert "J’ai relu et j’approuve" not in page(client, "issue", submitted)
    reading = page(client, "read", submitted)
    assert "J’ai relu et j’approuve" in reading
    assert Submission.objects.get().message.subject in reading
    assert "3 personnes aujourd’hui" in reading


def test_what_changed_since_the_last_submission_is_shown(client, submitted, editor, approver):
    refuse_issue(issue=submitted, user=approver, words="Le mot d’accueil est plat.")
    draft = submitted.get_latest_revision_as_object()
    draft.welcome = "Un mot d’accueil qui chante."
    draft.save_revision(user=editor)
    submitted.refresh_from_db()
    api.submit_issue(issue=submitted, user=editor, now=NOW)
    client.force_login(approver)
    reading = page(client, "read", submitted)
    assert "Ce qui a changé" in reading
    assert "Un mot d’accueil qui chante." in reading


def test_what_was_refused_is_not_submitted_again_as_it_is_without_a_word(client, submitted, editor, approver):
    refusal = refuse_issue(issue=submitted, user=approver, words="Le mot d’accueil est plat.")
    submitted.get_latest_revision_as_object().save_revision(user=editor)  # a version that says the same
    submitted.refresh_from_db()
    client.force_login(editor)
    answer = client.post(reverse("newsletters:submit", args=[submitted.pk]), follow=True).content.decode()
    assert "corrigez-le, ou répondez au refus" in answer
    assert status_of(submitted).state == IssueState.DRAFT
    entry = JournalEntry.objects.get(submission=refusal, act="refused")
    answer_refusal(issue=submitted, entry=entry.pk, user=editor, words="C’est le mot de la maire.")
    assert api.submit_issue(issue=submitted, user=editor, now=NOW).withdrawn_at is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "Oui : a0@example.org reçoit tous les numéros."),
        ({"state": "unsubscribed"}, "Non : a0@example.org s’est désabonnée."),
        ({"state": "pending", "confirmed_at": None}, "Non : a0@example.org n’a pas confirmé son abonnement."),
        ({"paused_until": date(2100, 1, 1)}, "Non : a0@example.org a mis la lettre en pause."),
        ({"preference": "chosen_topics"}, "Non : a0@example.org a choisi d’autres thématiques."),
    ],
)
def test_whether_one_address_would_receive_it_is_answered(client, submitted, approver, change, said):
    make_subscribers(1)
    person = Subscriber.objects.get()
    ensure_topic(slug="autre", name="Autre")
    Subscriber.objects.update(**change)
    client.force_login(approver)
    answer = page(client, "read", submitted, address=person.address)
    assert said.replace("a0@example.org", person.address) in answer
    assert "n’est pas abonnée" in page(client, "read", submitted, address="inconnue@example.org")


# --- letting go -------------------------------------------------------------------------------------


def test_a_send_counts_down_and_anybody_of_the_team_stops_it(client, approved, editor, approver, settings):
    settings.SEND_COUNTDOWN = 5
    client.force_login(approver)
    seen = Submission.objects.get().message.hash
    shown = page(client, "send", approved, when="now", seen=seen, number="0", confirmed="on")
    assert "La lettre part dans 5 minutes" in shown
    assert "data-letter-countdown" in shown
    assert publish_started(now=clock.now()) == 0
    client.force_login(editor)
    assert "Arrêter&nbsp;: la lettre ne part pas" in page(client, "issue", approved)
    leaves = french.moment(timezone.localtime(Submission.objects.get().send.scheduled_at))
    assert f"Part le {leaves}, si personne ne l’arrête." in client.get("/gestion/").content.decode()
    stopped = page(client, "stop", approved, oui="1")
    assert "personne ne l’a reçu, le numéro est de nouveau un brouillon" in stopped
    assert status_of(approved).state == IssueState.DRAFT
    assert acts()[-1] == Act.STOPPED


def test_once_begun_only_whoever_may_send_stops_it(sent, editor):
    Submission.objects.get().send.__class__.objects.update(state="sending", started_at=NOW, total=0)
    with pytest.raises(api.NotAllowed):
        stop_issue(issue=sent, user=editor)


def test_a_planned_date_moves_and_approvals_stand(approved, approver):
    api.send_issue(issue=approved, user=approver, now=NOW, at=NOW + timedelta(days=3))
    send = move_issue(issue=approved, user=approver, at=NOW + timedelta(days=5), now=NOW)
    assert send.scheduled_at == NOW + timedelta(days=5)
    assert status_of(approved).state == IssueState.SCHEDULED
    assert len(list_sends()) == 1
    send.__class__.objects.update(state="sending", started_at=NOW)
    with pytest.raises(NotPlanned):
        move_issue(issue=approved, user=approver, at=NOW + timedelta(days=6), now=NOW)


def test_an_ordinary_morning_raises_no_doubt(issue):
    assert doubts(issue=issue, at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC), people=12) == []


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), "C’est la nuit"),
        (datetime(2026, 11, 22, 9, 0, tzinfo=UTC), "C’est un dimanche."),
        (datetime(2026, 11, 11, 9, 0, tzinfo=UTC), "le 11 novembre"),
        (datetime(2026, 12, 24, 9, 0, tzinfo=UTC), "daté de novembre 2026 ; il partirait le 24\u00a0décembre 2026"),
    ],
)
def test_an_odd_moment_is_asked_again(issue, at, said):
    assert any(said in sentence for sentence in doubts(issue=issue, at=at, people=12))


def test_an_audience_that_is_empty_or_twice_the_last_is_asked_again(sent, editor):
    send = Submission.objects.get().send
    send.__class__.objects.update(state="finished", started_at=NOW, finished_at=NOW, total=10)
    other = api.compose_issue(theme=sent.theme, user=editor, now=NOW)
    later = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
    api.IssuePage.objects.filter(pk=other.pk).update(date=date(2026, 12, 8))
    other.refresh_from_db()
    assert doubts(issue=other, at=later, people=19) == []
    assert "contre 10 la dernière fois" in doubts(issue=other, at=later, people=20)[0]
    assert "Personne ne la recevrait" in doubts(issue=other, at=later, people=0)[0]


def test_two_issues_minutes_apart_are_asked_again(sent, editor):
    other = api.compose_issue(theme=sent.theme, user=editor, now=NOW)
    assert any("se suivraient de près" in said for said in doubts(issue=other, at=NOW + timedelta(minutes=4), people=3))


def test_a_stopped_issue_does_not_end_on_sent(client, sent, approver):
    Submission.objects.get().send.__class__.objects.update(state="cancelled", started_at=NOW, finished_at=NOW, total=0)
    client.force_login(approver)
    shown = page(client, "issue", sent)
    steps = shown[shown.index('class="letter-steps"') : shown.index("</ol>", shown.index('class="letter-steps"'))]
    assert "Arrêté" in steps
    assert "Envoyé" not in steps


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 3, 29), "le lundi de Pâques"),
        (date(2026, 5, 14), "l’Ascension"),
        (date(2026, 5, 25), "le lundi de Pentecôte"),
        (date(2026, 7, 14), "le 14 juillet"),
        (date(2026, 7, 15), ""),
    ],
)
def test_public_holidays_are_known(day, name):
    assert holiday(day) == name


def test_the_date_proposed_is_a_working_morning():
    assert next_working_morning(datetime(2026, 12, 24, 18, 0, tzinfo=UTC)) == datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
    assert odd_hour(datetime(2026, 12, 26, 9, 0, tzinfo=UTC)) == ""


@pytest.mark.parametrize(("month", "told"), [(1, [4, 5, 11, 12, 19, 22]), (7, [3, 4, 10, 11, 18, 21])])
def test_the_hours_of_overseas_follow_the_summer_time_of_paris_alone(month, told):
    clocks = overseas(datetime(2027, month, 12, 9, 0, tzinfo=ZoneInfo("Europe/Paris")))
    assert [at.hour for _, at in clocks] == told


def test_the_screen_of_sending_says_what_time_it_is_overseas(client, approved, approver):
    client.force_login(approver)
    shown = " ".join(page(client, "send", approved).replace("\xa0", " ").split())
    assert "9 h à Paris, il sera" in shown
    assert "22 h la veille en Polynésie française." in shown or "21 h la veille en Polynésie française." in shown


def test_outsiders_neither_read_nor_refuse(client, submitted):
    client.force_login(factories.member("passante"))
    for name in ("read", "refuse", "withdraw", "move"):
        assert client.get(reverse(f"newsletters:{name}", args=[submitted.pk])).status_code in {302, 403, 405}
    assert Submission.objects.get().withdrawn_at is None


def test_the_clock_of_winter_comes_during_the_countdown(client, approved, approver, settings, monkeypatch):
    """At 2:58 it is five minutes to go; at 3:00 it is 2:00 again, and three minutes are left."""
    settings.SEND_COUNTDOWN = 5
    before = datetime(2026, 10, 25, 0, 58, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: before)
    make_subscribers(2)
    client.force_login(approver)
    url = reverse("newsletters:send", args=[approved.pk])
    seen = approved.submissions.get().message.hash
    said = client.post(url, {"when": "now", "number": "2", "seen": seen, "confirmed": "on"}, follow=True)
    assert "La lettre part dans 5 minutes." in said.content.decode()
    send = Submission.objects.get().send
    assert send.scheduled_at == before + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: before + timedelta(minutes=2))
    screen = client.get(reverse("newsletters:issue", args=[approved.pk])).content.decode()
    assert 'data-letter-countdown="180"' in screen
    upkeep.start_due(now=before + timedelta(minutes=4, seconds=59))
    send.refresh_from_db()
    assert send.started_at is None
    upkeep.start_due(now=before + timedelta(minutes=5))
    send.refresh_from_db()
    assert send.started_at == before + timedelta(minutes=5)


@pytest.mark.parametrize("at", ["2026-10-25T02:30", "2027-03-28T02:30"])
def test_an_hour_that_comes_twice_or_never_is_asked_again(client, approved, approver, monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 20, 9, 0, tzinfo=UTC))
    make_subscribers(2)
    client.force_login(approver)
    seen = approved.submissions.get().message.hash
    url = reverse("newsletters:send", args=[approved.pk])
    answer = client.post(url, {"when": "later", "at": at, "number": "2", "seen": seen, "confirmed": "on"})
    assert answer.status_code == 422
    assert "changement d’heure" in answer.content.decode()
    assert Submission.objects.get().send is None


def test_approving_while_the_other_edits_is_refused(client, submitted, editor, approver):
    """Her window was open before the submission; whatever got through the lock voids what is being read."""
    client.force_login(approver)
    reading = reverse("newsletters:read", args=[submitted.pk])
    assert client.get(reading).status_code == 200
    draft = submitted.get_latest_revision_as_object()
    draft.subject = "Autre chose"
    draft.save_revision(user=editor)
    seen = submitted.submissions.get().message.hash
    said = client.post(
        reverse("newsletters:approve", args=[submitted.pk]), {"seen": seen}, follow=True
    ).content.decode()
    assert "Vous avez approuvé" not in said
    assert "modifié" in said
    assert not submitted.submissions.get().approvals.exists()
