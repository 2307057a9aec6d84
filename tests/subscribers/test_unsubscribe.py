from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock
from commun.mailing import tokens
from commun.mailing.services import suppression
from commun.mailing.types import SuppressionReason
from commun.subscribers.models import ConsentEvent, LeavingReason
from commun.subscribers.types import SubscriberState
from tests.mailing.factories import delivery_of, make_send_under_way
from tests.subscribers.factories import link, make_subscriber
from tests.subscribers.pages import everything, read

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def camille():
    return make_subscriber(address="camille@mairie.example.org")


def _path(subscriber=None):
    return link(purpose=tokens.UNSUBSCRIBE, subscriber=subscriber)


def test_one_click_without_cookie_nor_redirect_is_out_at_once(visitor, camille, django_capture_on_commit_callbacks):
    send = make_send_under_way(people=[camille])
    with django_capture_on_commit_callbacks(execute=True):
        response = visitor.post(_path(camille), ONE_CLICK)
    assert response.status_code == 200
    assert not response.cookies
    assert len(response.content) < 20_000
    camille.refresh_from_db()
    assert camille.state == SubscriberState.UNSUBSCRIBED
    delivery = delivery_of(send=send, subscriber=camille)
    assert (delivery.state, delivery.reason) == ("excluded", "unsubscribed")
    proof = ConsentEvent.objects.get(kind="unsubscribed")
    assert proof.method == "one_click"


@pytest.mark.parametrize(
    "request_kwargs",
    [
        {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"},
        {"data": ONE_CLICK},  # multipart
        {"data": "", "content_type": "application/x-www-form-urlencoded"},
        {"data": "illisible", "content_type": "multipart/form-data"},
        {"data": ONE_CLICK, "headers": {"Origin": "https://webmail.example.org", "Sec-Fetch-Site": "cross-site"}},
        {"data": {"action": "desabonner"}},
    ],
)
def test_every_shape_of_post_unsubscribes(visitor, camille, request_kwargs):
    assert visitor.post(_path(camille), **request_kwargs).status_code == 200
    camille.refresh_from_db()
    assert camille.state == SubscriberState.UNSUBSCRIBED


def test_clicking_again_and_again_leaves_one_proof_and_the_same_answer(visitor, camille):
    answers = [visitor.post(_path(camille), ONE_CLICK) for _ in range(30)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert ConsentEvent.objects.filter(kind="unsubscribed").count() == 1


def test_robots_that_look_change_nothing(visitor, camille):
    make_send_under_way(people=[camille])
    before = everything()
    for method in (visitor.get, visitor.head, visitor.options, visitor.put, visitor.delete):
        method(_path(camille))
        method(_path(camille) + "?List-Unsubscribe=One-Click")
    assert everything() == before


def test_the_page_has_one_button_whatever_the_state_of_the_person(visitor, camille):
    gone = make_subscriber(state=SubscriberState.UNSUBSCRIBED)
    for person in (camille, gone, None):
        response = visitor.get(_path(person))
        assert response.status_code == 200
        assert "Me désabonner" in response.content.decode()
        assert "example.org" not in response.content.decode().replace("localhost", "")
        read(response).assert_accessible()


def test_a_person_comes_back_with_a_button_and_keeps_the_proof(visitor, camille):
    left = visitor.post(_path(camille), {"action": "desabonner"})
    assert "Recevoir de nouveau la lettre" in left.content.decode()
    for _ in range(2):
        assert "Vous voilà de retour" in visitor.post(_path(camille), {"action": "revenir"}).content.decode()
    camille.refresh_from_db()
    assert camille.state == SubscriberState.ACTIVE
    kinds = list(ConsentEvent.objects.values_list("kind", flat=True))
    assert kinds == ["requested", "confirmed", "unsubscribed", "returned"]


def test_a_button_does_not_bring_back_whoever_left_long_ago(visitor):
    gone = make_subscriber(state=SubscriberState.UNSUBSCRIBED, now=clock.now() - timedelta(days=60))
    assert visitor.post(_path(gone), {"action": "revenir"}).status_code == 410
    gone.refresh_from_db()
    assert gone.state == SubscriberState.UNSUBSCRIBED


def test_coming_back_does_not_lift_a_decision_of_the_team(visitor, camille):
    row = suppression.suppress(reason=SuppressionReason.MANUAL, address=camille.address, now=clock.now())
    visitor.post(_path(camille), ONE_CLICK)
    visitor.post(_path(camille), {"action": "revenir"})
    row.refresh_from_db()
    assert row.lifted_at is None


def test_a_key_that_is_nobodys_gets_the_same_calm_page_and_changes_nothing(visitor, camille):
    known = visitor.post(_path(camille), ONE_CLICK)
    before = everything()
    path = _path()
    answer = visitor.post(path, ONE_CLICK)
    assert answer.status_code == 200
    assert answer.content.replace(path.encode(), b"") == known.content.replace(_path(camille).encode(), b"")
    assert "Aucun abonnement" in visitor.post(path, {"action": "revenir"}).content.decode()
    assert everything() == before


@pytest.mark.parametrize("purpose", [tokens.PREFERENCES, tokens.CONFIRM])
def test_a_token_for_another_purpose_or_forged_is_refused(visitor, camille, purpose):
    token = tokens.recipient_token(purpose=purpose, key=camille.key)
    for forged in (token, "A" * 32, "é", token[:-1]):
        for answer in (visitor.get(f"/desabonnement/{forged}/"), visitor.post(f"/desabonnement/{forged}/", ONE_CLICK)):
            assert answer.status_code == 404
            assert "incomplet ou inconnu" in answer.content.decode()
    camille.refresh_from_db()
    assert camille.state == SubscriberState.ACTIVE


def test_leaving_before_confirming_is_possible(visitor):
    pending = make_subscriber(state=SubscriberState.PENDING)
    visitor.post(_path(pending), ONE_CLICK)
    pending.refresh_from_db()
    assert pending.state == SubscriberState.UNSUBSCRIBED


def test_whoever_left_may_say_why_once_and_nothing_keeps_who(visitor, camille):
    assert "raison" not in visitor.get(_path(camille)).content.decode()
    page = visitor.post(_path(camille), {"action": "partir"}).content.decode()
    assert "Si vous voulez nous dire pourquoi" in page
    proofs = ConsentEvent.objects.count()
    for _ in range(2):
        assert "Merci." in visitor.post(_path(camille), {"action": "raison", "raison": "too_much"}).content.decode()
    visitor.post(_path(camille), {"action": "raison", "raison": "inconnue"})
    visitor.post(_path(), {"action": "raison", "raison": "other"})
    assert list(LeavingReason.objects.values_list("reason", "number")) == [("too_much", 1)]
    assert ConsentEvent.objects.count() == proofs


def test_a_reason_said_by_whoever_is_back_neither_counts_nor_unsubscribes(visitor, camille):
    visitor.post(_path(camille), {"action": "raison", "raison": "too_much"})
    camille.refresh_from_db()
    assert camille.state == SubscriberState.ACTIVE
    assert not LeavingReason.objects.exists()
