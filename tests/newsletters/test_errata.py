"""What puts a letter right by mail: to those who received it and have not left since, approved by another person."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from commun.accounts.api import REDACTION, VALIDATION
from commun.common import clock
from commun.mailing.api import list_sends, send_progress, suppress
from commun.mailing.delivery import upkeep
from commun.mailing.models import Delivery, Send
from commun.mailing.selectors.proof import send_proof
from commun.mailing.types import SuppressionReason
from commun.newsletters.exceptions import (
    ChangedSince,
    NoErratum,
    NotAllowed,
    NotApproved,
    NothingCorrected,
    NotReady,
    NotSentYet,
    OwnWork,
    StillLeaving,
    WordsMissing,
)
from commun.newsletters.models import Correction, Erratum
from commun.newsletters.selectors.errata import suggested_words
from commun.newsletters.services import sending
from commun.newsletters.services.corrections import correct_issue
from commun.newsletters.services.errata import (
    approve_erratum,
    on_finished,
    send_erratum,
    stop_erratum,
    withdraw_erratum,
    write_erratum,
)
from commun.subscribers.api import correction_audience
from commun.subscribers.models import Subscriber
from tests.newsletters import factories
from tests.newsletters.factories import NOW
from tests.subscribers.factories import make_subscribers

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
REASON = "La rencontre de Grenoble a lieu un jeudi."


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.STAFF_MFA_REQUIRED = False


def freeze(send, *, now):
    upkeep.start_due(now=now)
    while upkeep.freeze_one_lot(now=now):
        pass
    send.refresh_from_db()


@pytest.fixture
def people(db):
    return make_subscribers(6)


@pytest.fixture
def received(people, sent, editor):
    """By four; of the fifth nobody knows, the sixth was refused. Its web edition is corrected."""
    send = Send.objects.get()
    freeze(send, now=NOW)
    states = ["accepted"] * 4 + ["uncertain", "refused"]
    for person, state in zip(people, states, strict=True):
        fate = {
            "accepted": {},
            "uncertain": {"aside": "uncertain", "reason": "connection_lost"},
            "refused": {"reason": "dead_address"},
        }[state]
        Delivery.objects.filter(send=send, recipient_key=person.key).update(state=state, settled_at=NOW, **fate)
    Send.objects.filter(pk=send.pk).update(state="finished", finished_at=NOW)
    correct_issue(issue=sent, wrong="refont la rue", right="refont la rue et la place", user=editor, now=NOW)
    return sent


def write(issue, editor, **changes):
    values = {"reason": REASON, "words": "Lisez : jeudi 3 décembre.\n\nLe reste ne change pas."} | changes
    return write_erratum(issue=issue, user=editor, now=LATER, **values)


def approve(erratum, approver):
    return approve_erratum(erratum=erratum, user=approver, seen_hash=erratum.message.hash, now=LATER)


def let_go(erratum, approver):
    send = send_erratum(erratum=erratum, user=approver, seen_hash=erratum.message.hash, now=LATER)
    freeze(send, now=LATER)
    return send


def recipients(send):
    return set(Delivery.objects.filter(send=send, state="pending").values_list("address", flat=True))


def test_it_goes_to_those_who_received_the_letter_and_to_nobody_else(received, people, editor, approver):
    make_subscribers(2, domain="nouveaux.example.org")
    send = let_go(approve(write(received, editor), approver), approver)
    assert recipients(send) == {person.address for person in people[:4]}


def test_with_the_uncertain_ones_where_that_is_asked(received, people, editor, approver):
    send = let_go(approve(write(received, editor, with_uncertain=True), approver), approver)
    assert recipients(send) == {person.address for person in people[:5]}


def test_whoever_left_was_suppressed_or_was_erased_since_is_counted_and_not_written_to(
    received, people, editor, approver
):
    left, suppressed, erased, stays = people[:4]
    Subscriber.objects.filter(pk=left.pk).update(state="unsubscribed", left_at=NOW)
    suppress(address=suppressed.address, reason=SuppressionReason.MANUAL, now=NOW)
    Subscriber.objects.filter(pk=erased.pk).delete()
    Subscriber.objects.filter(pk=stays.pk).update(paused_until=(NOW + timedelta(days=90)).date())
    first = Send.objects.get()
    told = correction_audience(send_id=first.pk, with_uncertain=False)
    assert (told.reached, told.total, told.left, told.suppressed, told.erased) == (4, 1, 1, 1, 1)
    send = let_go(approve(write(received, editor), approver), approver)
    assert recipients(send) == {stays.address}, "a pause concerns the next letters"


def test_whoever_changed_her_address_is_written_to_where_she_is_now(received, people, editor, approver):
    from commun.mailing.tokens import address_hash

    now_at = "ailleurs@example.org"
    Subscriber.objects.filter(pk=people[0].pk).update(address=now_at, address_hash=address_hash(now_at))
    send = let_go(approve(write(received, editor), approver), approver)
    assert now_at in recipients(send)
    assert people[0].address not in recipients(send)


def test_its_reason_comes_first_and_it_carries_the_personal_links(received, editor):
    erratum = write(received, editor)
    message = erratum.message
    assert message.subject.startswith("Rectificatif : ")
    assert message.preheader == REASON
    text = " ".join(message.text.split())
    assert text.index("La rencontre de Grenoble") < text.index("jeudi 3 décembre")
    assert "JetonDesabonnement" in message.html
    assert f"/lettre/{received.number}/" in message.text


def test_it_begins_from_what_was_put_right_and_was_not_told_yet(received, editor, approver):
    assert "« refont la rue et la place »" in suggested_words(issue=received)
    let_go(approve(write(received, editor), approver), approver)
    assert suggested_words(issue=received) == ""


def test_another_person_approves_what_she_read(received, editor, approver):
    erratum = write(received, editor)
    with pytest.raises(NotAllowed):
        approve(erratum, editor)
    with pytest.raises(ChangedSince):
        approve_erratum(erratum=erratum, user=approver, seen_hash="another", now=LATER)
    with pytest.raises(NotApproved):
        send_erratum(erratum=erratum, user=approver, seen_hash=erratum.message.hash, now=LATER)
    editor.is_superuser = True
    editor.save()
    with pytest.raises(OwnWork):
        approve(erratum, editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Erratum.objects.filter(pk=erratum.pk).update(approved_by=editor, approved_at=LATER)


def test_one_person_is_enough_where_a_letter_asks_for_two_and_the_screen_says_so(
    client, received, editor, approver, settings
):
    erratum = write(received, editor)
    client.force_login(approver)
    url = reverse("newsletters:erratum", args=[received.pk])
    assert "une seule suffit" not in client.get(url).content.decode()
    settings.APPROVALS_REQUIRED = 2
    assert "une seule suffit, même si un numéro en demande 2." in client.get(url).content.decode()
    assert let_go(approve(erratum, approver), approver).kind == "erratum"


def test_writing_again_replaces_what_stands_and_voids_its_approval(received, editor, approver):
    first = approve(write(received, editor), approver)
    second = write(received, editor, reason="Une autre phrase.")
    with pytest.raises(NoErratum):
        send_erratum(erratum=first, user=approver, seen_hash=first.message.hash, now=LATER)
    with pytest.raises(NotApproved):
        send_erratum(erratum=second, user=approver, seen_hash=second.message.hash, now=LATER)


def test_asked_twice_it_leaves_once(received, editor, approver):
    erratum = approve(write(received, editor), approver)
    assert let_go(erratum, approver) == let_go(erratum, approver)
    assert [one.kind for one in list_sends()].count("erratum") == 1


def test_nothing_is_written_before_there_is_something_to_put_right(approved, editor, approver, issue):
    with pytest.raises(NotSentYet):
        write(approved, editor)


def test_the_web_edition_says_it_first(people, sent, editor):
    Send.objects.update(state="finished", started_at=NOW, finished_at=NOW, total=0)
    with pytest.raises(NothingCorrected):
        write(sent, editor)
    correct_issue(issue=sent, wrong="refont la rue", right="refont la place", user=editor, now=NOW)
    with pytest.raises(WordsMissing):
        write(sent, editor, reason=" ")


def test_a_withdrawal_says_why_and_nothing_leaves(received, editor, approver):
    erratum = approve(write(received, editor), approver)
    with pytest.raises(WordsMissing):
        withdraw_erratum(erratum=erratum, user=editor, reason=" ")
    withdraw_erratum(erratum=erratum, user=editor, reason="L’erreur était la nôtre.")
    with pytest.raises(NoErratum):
        send_erratum(erratum=erratum, user=approver, seen_hash=erratum.message.hash, now=LATER)


def test_before_it_begins_anybody_of_the_team_stops_it(received, editor, approver):
    erratum = approve(write(received, editor), approver)
    at = LATER + timedelta(minutes=5)
    send_erratum(erratum=erratum, user=approver, seen_hash=erratum.message.hash, at=at, now=LATER)
    send = stop_erratum(erratum=erratum, user=editor, now=LATER)
    assert send.state == "cancelled"
    freeze(send, now=at + timedelta(hours=1))
    assert not Delivery.objects.filter(send=send).exists()


def test_each_step_is_told_and_its_end_too(received, editor, approver):
    mail.outbox.clear()
    erratum = approve(write(received, editor), approver)
    send = let_go(erratum, approver)
    on_finished(send_id=send.pk, now=LATER)
    subjects = {message.subject.partition(" : ")[2] for message in mail.outbox}
    assert subjects == {
        "un rectificatif à relire et à approuver",
        "le rectificatif est approuvé, prêt à partir",
        "le rectificatif part",
        "le rectificatif est envoyé",
    }
    assert any(f"/gestion/lettre/{received.pk}/rectificatif/" in message.body for message in mail.outbox)


def test_whoever_wrote_it_or_approved_it_is_told_what_becomes_of_it(received, approver):
    writer, other = factories.member("correctrice", REDACTION), factories.member("autre", REDACTION)
    reader = factories.member("seconde", VALIDATION)

    def told(person):
        found = [message.subject.partition(":")[2].strip() for message in mail.outbox if message.to == [person.email]]
        mail.outbox.clear()
        return found

    mail.outbox.clear()
    approve(write(received, writer), reader)
    assert told(writer) == ["le rectificatif est approuvé, prêt à partir"]
    replacing = approve(write(received, other), reader)
    assert told(writer) == ["un rectificatif à relire et à approuver"], "hers is replaced"
    withdraw_erratum(erratum=replacing, user=approver, reason="Non.", now=LATER)
    assert told(other) == ["le rectificatif est retiré"]
    last = approve(write(received, writer), reader)
    mail.outbox.clear()
    at = LATER + timedelta(minutes=5)
    send = send_erratum(erratum=last, user=approver, seen_hash=last.message.hash, at=at, now=LATER)
    assert told(writer) == ["le rectificatif part"]
    stop_erratum(erratum=last, user=approver, now=LATER)
    assert told(reader) == ["le rectificatif est arrêté"]
    on_finished(send_id=send.pk, now=LATER)
    assert told(writer) == ["le rectificatif est envoyé"]


@pytest.mark.parametrize("begun", [False, True])
def test_stopped_it_says_whether_anybody_received_it(received, editor, approver, begun):
    erratum = approve(write(received, editor), approver)
    at = LATER + timedelta(minutes=5)
    send = send_erratum(erratum=erratum, user=approver, seen_hash=erratum.message.hash, at=at, now=LATER)
    if begun:
        freeze(send, now=at)
    mail.outbox.clear()
    stop_erratum(erratum=erratum, user=approver, now=at)
    (told,) = [" ".join(message.body.split()) for message in mail.outbox]
    assert ("Qui l’a reçu le garde" in told, "Personne ne l’a reçu." in told) == (begun, not begun)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("words", "Bonjour {{prenom}}, lisez : 18 h.", "est une variable"),
        ("words", "Rendez-vous mardi 3 mars 2027 à Lyon.", "est un mercredi"),
        ("reason", "La rencontre a lieu le lundi 2 mars 2027.", "est un mardi"),
        ("words", "https://lettre.example.org/preferences/abcdefghijklmnopqrstuvwxyz/", "lien personnel"),
        ("reason", "Voir https://lettre.example.org/preferences/abcdefghijklmnopqrstuvwxyz/", "lien personnel"),
    ],
)
def test_what_stops_a_letter_stops_its_correction_at_its_field(client, received, editor, *, field, typed, said):
    client.force_login(editor)
    url = reverse("newsletters:erratum", args=[received.pk])
    answer = client.post(url, {"reason": REASON, "words": "Lisez : 18 h.", field: typed})
    assert answer.status_code == 422
    assert not Erratum.objects.exists()
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert said in str(errors[field])
    assert typed in html.unescape(answer.content.decode()), "nothing that was typed is lost"


def test_the_words_that_were_wrong_may_be_quoted(received, editor):
    wrong = "mardi 3 mars 2027"
    Correction.objects.create(issue=received, wrong=wrong, right="mercredi 3 mars 2027", at=NOW, by=editor)
    assert write(received, editor, words=suggested_words(issue=received)).message
    with pytest.raises(NotReady):
        write(received, editor, words=f"Lisez {wrong}.")


def test_what_is_to_be_looked_at_is_shown_to_whoever_wrote_and_approves_it(client, received, editor, approver):
    write(received, editor, words="Lisez : jeudi 3 décembre, sur http://exemple.fr/page")
    for who in (editor, approver):
        client.force_login(who)
        shown = client.get(reverse("newsletters:erratum", args=[received.pk])).content.decode()
        listed = " ".join(shown.split('id="constats">')[1].split("</ul>")[0].replace("\xa0", " ").split())
        assert "Ce qu’il faut lire : « jeudi 3 décembre » n’a pas d’année." in listed
        assert "est donné sans https" in listed
        assert "Bloquant" not in listed


def test_the_proof_of_its_send_says_who_agreed(received, editor, approver):
    send = let_go(approve(write(received, editor), approver), approver)
    Send.objects.filter(pk=send.pk).update(state="finished", finished_at=LATER)
    told = str(send_proof(send_id=send.pk, now=LATER))
    assert REASON in told
    assert str(approver) in told


def test_on_the_screen_from_writing_to_stopping(client, received, editor, approver, settings):
    settings.SEND_COUNTDOWN = 5
    url = reverse("newsletters:erratum", args=[received.pk])

    def act(name, **data):
        erratum = Erratum.objects.order_by("-pk").first()
        return client.post(
            reverse(f"newsletters:erratum_{name}", args=[received.pk, erratum.pk]), data, follow=True
        ).content.decode()

    client.force_login(editor)
    assert url in client.get(reverse("newsletters:issue", args=[received.pk])).content.decode()
    page = client.get(url).content.decode()
    assert "Nous avions écrit : « refont la rue »" in page
    assert "Aussi à 1 personne" in page
    assert "Dites ce qui n’allait pas" in client.post(url, {"reason": "", "words": "x"}).content.decode()
    client.post(url, {"reason": REASON, "words": "Jeudi."})
    seen = Erratum.objects.get().message.hash
    assert "une autre personne doit l’approuver" in client.get(url).content.decode()
    client.force_login(approver)
    waiting = client.get(reverse("newsletters:issues")).content.decode()
    assert f'href="{url}">Rectificatif à relire et approuver<' in waiting, "what her first page counts is found"
    assert "J’ai relu et j’approuve" in client.get(url).content.decode()
    assert "Vous avez approuvé" in act("approve", seen=seen)
    assert "Le nombre exact est 4" in act("send", seen=seen, number="5")
    assert "part dans 5 minutes" in act("send", seen=seen, number="4", confirmed="on")
    client.force_login(editor)
    assert "data-letter-countdown" in client.get(url).content.decode()
    assert "est arrêté" in act("stop", now="1")
    assert "personne ne l’a reçu" in client.get(url).content.decode()
    assert send_progress(send_id=Erratum.objects.get().send_id).state == "cancelled"


@pytest.fixture
def paused(people, sent, editor, approver):
    """Two have it, four wait. Its web edition is corrected."""
    send = Send.objects.get()
    freeze(send, now=NOW)
    keys = [person.key for person in people[:2]]
    Delivery.objects.filter(send=send, recipient_key__in=keys).update(state="accepted", settled_at=NOW)
    sending.pause_issue(issue=sent, user=approver, now=NOW)
    correct_issue(issue=sent, wrong="refont la rue", right="refont la rue et la place", user=editor, now=NOW)
    return sent


def test_during_the_pause_it_is_written_and_approved_and_leaves_once_the_letter_has_ended(
    paused, people, editor, approver
):
    erratum = approve(write(paused, editor), approver)
    with pytest.raises(StillLeaving):
        let_go(erratum, approver)
    first = sending.resume_issue(issue=paused, user=approver, now=LATER)
    with pytest.raises(StillLeaving):
        let_go(erratum, approver)
    assert not Send.objects.filter(kind="erratum").exists()
    # One more receives it, the others are refused.
    rows = Delivery.objects.filter(send=first)
    rows.filter(recipient_key=people[2].key).update(state="accepted", settled_at=LATER)
    rows.filter(recipient_key__in=[one.key for one in people[3:]]).update(
        state="refused", settled_at=LATER, reason="dead_address"
    )
    Send.objects.filter(pk=first.pk).update(state="finished", finished_at=LATER)
    assert recipients(let_go(erratum, approver)) == {person.address for person in people[:3]}


def test_a_letter_stopped_for_good_lets_its_correction_go(paused, people, editor, approver):
    erratum = approve(write(paused, editor), approver)
    sending.stop_issue(issue=paused, user=approver, now=LATER)
    assert recipients(let_go(erratum, approver)) == {person.address for person in people[:2]}


def test_a_letter_that_is_held_may_be_put_right_too(paused, editor):
    Send.objects.update(state="held")
    assert write(paused, editor).reason == REASON


def test_nothing_is_written_of_a_letter_that_is_leaving(paused, editor, approver):
    sending.resume_issue(issue=paused, user=approver, now=LATER)
    with pytest.raises(NotSentYet):
        write(paused, editor)


def test_the_screen_of_the_pause_says_what_happens_to_whom_and_leads_to_the_correction(
    client, paused, editor, approver
):
    url = reverse("newsletters:erratum", args=[paused.pk])
    client.force_login(editor)
    issue = client.get(reverse("newsletters:issue", args=[paused.pk])).content.decode()
    said = " ".join(issue.split())
    assert "ne la recevra pas du tout si vous l’arrêtez" in said
    assert issue.count(f'href="{url}"') == 2, "beside the pause, and under the corrections"
    assert client.post(url, {"reason": REASON, "words": "Jeudi."}).status_code == 302
    erratum = Erratum.objects.get()
    client.force_login(approver)
    approve_url = reverse("newsletters:erratum_approve", args=[paused.pk, erratum.pk])
    ready = client.post(approve_url, {"seen": erratum.message.hash}, follow=True).content.decode()
    assert "Il est prêt, et attend" in ready
    assert "Envoyer le rectificatif" not in ready
    forced = {"seen": erratum.message.hash, "number": "2", "confirmed": "on"}
    send_url = reverse("newsletters:erratum_send", args=[paused.pk, erratum.pk])
    assert "n’a pas fini de partir" in client.post(send_url, forced, follow=True).content.decode()
    sending.resume_issue(issue=paused, user=approver, now=LATER)
    assert "La lettre part encore" in client.get(url).content.decode(), "what stands is still shown"
    sending.pause_issue(issue=paused, user=approver, now=LATER)
    sending.stop_issue(issue=paused, user=approver, now=LATER)
    assert "Envoyer le rectificatif à" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 24, 1, 0, tzinfo=UTC), "C’est la nuit"),
        (datetime(2026, 11, 22, 10, 0, tzinfo=UTC), "C’est un dimanche"),
    ],
)
def test_at_an_odd_hour_it_asks_before_it_leaves(client, received, editor, approver, *, monkeypatch, at, said):
    erratum = approve(write(received, editor), approver)
    monkeypatch.setattr(clock, "now", lambda: at)
    client.force_login(approver)
    url = reverse("newsletters:erratum_send", args=[received.pk, erratum.pk])
    assert said in client.get(reverse("newsletters:erratum", args=[received.pk])).content.decode()
    answer = client.post(url, {"seen": erratum.message.hash, "number": "4"})
    assert (answer.status_code, Send.objects.filter(kind="erratum").count()) == (422, 0)
    assert "Cochez cette case" in answer.content.decode()
    client.post(url, {"seen": erratum.message.hash, "number": "4", "confirmed": "on"})
    assert Send.objects.filter(kind="erratum").count() == 1


def test_on_a_working_morning_nothing_more_is_asked(client, received, editor, approver, monkeypatch):
    erratum = approve(write(received, editor), approver)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    client.force_login(approver)
    url = reverse("newsletters:erratum_send", args=[received.pk, erratum.pk])
    client.post(url, {"seen": erratum.message.hash, "number": "4"})
    assert Send.objects.filter(kind="erratum").count() == 1


def test_outsiders_see_nothing_of_it(client, received, editor):
    write(received, editor)
    erratum = Erratum.objects.get()
    for name, more in (("erratum", []), ("erratum_document", [erratum.pk]), ("erratum_send", [erratum.pk])):
        answer = client.get(reverse(f"newsletters:{name}", args=[received.pk, *more]))
        assert answer.status_code in {302, 403, 405}
