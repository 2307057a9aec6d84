from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core import mail

from commun.common import clock
from commun.mailing import tokens
from commun.subscribers import forms
from commun.subscribers.models import ConsentEvent
from commun.subscribers.types import SubscriberState
from tests.mailing.factories import make_send_under_way
from tests.subscribers.factories import link, make_subscriber, make_topic
from tests.subscribers.pages import everything, read, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille():
    return make_subscriber(address="camille@mairie.example.org")


def _path(subscriber=None):
    return link(purpose=tokens.PREFERENCES, subscriber=subscriber)


def test_the_page_masks_the_address_and_shows_the_proofs(visitor, camille):
    make_topic()
    response = visitor.get(_path(camille))
    content = response.content.decode()
    assert "c•••@mairie.example.org" in content
    assert camille.address not in content
    assert "J’accepte de recevoir la lettre." in content
    assert link(purpose=tokens.UNSUBSCRIBE, subscriber=camille) in content
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies
    read(response).assert_accessible()


def test_choosing_themes_then_every_issue_again(visitor, camille):
    topic = make_topic(slug="action")
    done = submit(visitor, _path(camille), preference="chosen_topics", topics=["action"], pause="none")
    assert done.status_code == 302
    assert "Vos préférences sont enregistrées." in visitor.get(done["Location"]).content.decode()
    camille.refresh_from_db()
    assert (camille.preference, list(camille.topics.all())) == ("chosen_topics", [topic])
    submit(visitor, _path(camille), preference="every_issue", topics=["action"], pause="none")
    camille.refresh_from_db()
    assert (camille.preference, list(camille.topics.all())) == ("every_issue", [])
    proofs = ConsentEvent.objects.filter(kind="preferences").values_list("detail", flat=True)
    assert [proof["topics"] for proof in proofs] == [["action"], []]


def test_saving_the_same_choice_twice_leaves_one_proof(visitor, camille):
    for _ in range(2):
        submit(visitor, _path(camille), pause="4")
    assert ConsentEvent.objects.filter(kind="preferences").count() == 1


@pytest.mark.parametrize("months", [2, 4, 6])
def test_a_pause_of_some_months_and_its_end(visitor, camille, months):
    submit(visitor, _path(camille), pause=str(months))
    camille.refresh_from_db()
    assert camille.paused_until == forms.add_months(clock.today(), months)
    assert "en pause jusqu’au" in visitor.get(_path(camille)).content.decode()
    submit(visitor, _path(camille), pause="none", paused_until="n’importe quoi")
    camille.refresh_from_db()
    assert camille.paused_until is None


@pytest.mark.parametrize(
    ("day", "month_after", "expected"),
    [(date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2026, 12, 1), 12, date(2027, 12, 1))],
)
def test_a_month_later_is_the_same_day_or_the_last(day, month_after, expected):
    assert forms.add_months(day, month_after) == expected


@pytest.mark.parametrize("offset", [0, -3, 400])
def test_a_pause_until_a_day_past_or_too_far_is_refused_and_kept_as_typed(visitor, camille, offset):
    typed = (clock.today() + timedelta(days=offset)).isoformat()
    response = submit(visitor, _path(camille), pause="date", paused_until=typed)
    page = read(response)
    page.assert_accessible()
    assert "#id_paused_until" in [attrs.get("href") for attrs in page.all("a")]
    (field,) = [attrs for attrs in page.all("input") if attrs.get("name") == "paused_until"]
    assert field["value"] == typed
    camille.refresh_from_db()
    assert camille.paused_until is None


def test_a_pause_until_a_chosen_day(visitor, camille):
    until = clock.today() + timedelta(days=45)
    submit(visitor, _path(camille), pause="date", paused_until=until.isoformat())
    camille.refresh_from_db()
    assert camille.paused_until == until


def test_looking_changes_nothing_whatever_the_state(visitor, camille):
    make_send_under_way(people=[camille])
    people = [camille, *(make_subscriber(state=state) for state in SubscriberState)]
    before = everything()
    for person in people:
        for method in (visitor.get, visitor.head, visitor.options):
            method(_path(person))
            method(f"{_path(person)}?fait=retour")
            assert visitor.get(f"{_path(person)}retour/").status_code == 405
            assert visitor.get(f"{_path(person)}donnees/").status_code == 405
    assert everything() == before
    assert not mail.outbox


def test_a_link_of_nobody_gets_a_calm_page(visitor):
    before = everything()
    response = visitor.get(_path())
    assert response.status_code == 200
    assert "Aucun abonnement derrière ce lien" in response.content.decode()
    visitor.post(_path(), {"pause": "2"})
    assert everything() == before


def test_a_forged_link_and_an_outsider_site_are_refused(visitor, camille):
    other = link(purpose=tokens.UNSUBSCRIBE, subscriber=camille).split("/")[2]
    assert visitor.get(f"/preferences/{other}/").status_code == 404
    assert visitor.get("/preferences/" + "A" * 32 + "/").status_code == 404
    foreign = visitor.post(_path(camille), {"pause": "2"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    camille.refresh_from_db()
    assert camille.paused_until is None


def test_whoever_just_left_may_come_back_and_whoever_left_long_ago_may_not_by_a_button(visitor):
    gone = make_subscriber(state=SubscriberState.UNSUBSCRIBED)
    assert "Recevoir de nouveau la lettre" in visitor.get(_path(gone)).content.decode()
    visitor.post(f"{_path(gone)}retour/")
    visitor.post(f"{_path(gone)}retour/")
    gone.refresh_from_db()
    assert gone.state == SubscriberState.ACTIVE
    assert ConsentEvent.objects.filter(kind="returned").count() == 1
    long_ago = make_subscriber(state=SubscriberState.UNSUBSCRIBED, now=clock.now() - timedelta(days=60))
    assert "Recevoir de nouveau la lettre" not in visitor.get(_path(long_ago)).content.decode()
    assert visitor.post(f"{_path(long_ago)}retour/").status_code == 410
    long_ago.refresh_from_db()
    assert long_ago.state == SubscriberState.UNSUBSCRIBED


def test_a_lost_link_is_mailed_to_whoever_is_known_and_the_page_tells_nothing(visitor):
    for state in SubscriberState:
        make_subscriber(address=f"{state}@example.org", state=state)
    read(visitor.get("/preferences/")).assert_accessible()
    answers = [
        submit(visitor, "/preferences/", email=f"{who}@example.org")
        for who in ("active", "unsubscribed", "pending", "inconnue")
    ]
    assert len({answer.content for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)
    assert [(message.to[0].split("@")[0], message.subject.split()[0]) for message in mail.outbox] == [
        ("active", "Votre"),
        ("unsubscribed", "Votre"),
        ("pending", "Confirmez"),
    ]
    path = re.search(r"http://localhost:8000(/preferences/\S+/)", mail.outbox[0].body)[1]
    assert visitor.get(path).status_code == 200


def test_an_unreadable_address_on_the_lost_link_form_is_kept(visitor):
    response = submit(visitor, "/preferences/", email="camille@")
    assert 'value="camille@"' in response.content.decode()
    read(response).assert_accessible()
