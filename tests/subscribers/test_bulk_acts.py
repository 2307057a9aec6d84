"""One act on many people: announced, done, undone."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from commun.accounts.api import EXPLOITATION
from commun.common import clock, withdrawals
from commun.common.models import Withdrawal
from commun.mailing.api import tokens
from commun.subscribers.models import BulkAct, ConsentEvent, Subscriber
from commun.subscribers.services import acts, subscriptions
from commun.subscribers.types import BulkState, Preference, SubscriberState
from tests.subscribers.factories import link, make_subscriber, make_topic

pytestmark = pytest.mark.django_db
HERE = json.dumps([{"on": "domain", "values": ["mairie.example.org"]}])


@pytest.fixture
def team(enter, django_capture_on_commit_callbacks):
    client = enter(EXPLOITATION)

    def post(name, *args, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(f"subscribers_team:{name}", args=args), data)

    return post


def _people(*names, **values):
    return [make_subscriber(address=f"{name}@mairie.example.org", **values) for name in names]


def test_it_says_on_how_many_does_it_on_their_number_alone_and_takes_it_back(team):
    water, roads = make_topic(name="Eau"), make_topic(name="Voirie")
    one, two = _people("une", "deux", topics=[water])
    everything = _people("tout")[0]
    elsewhere = make_subscriber(address="ailleurs@example.org", topics=[water])
    asked = {"conditions": HERE, "kind": "add_topic", "topic": roads.pk, "why": "Réunion de secteur"}
    shown = team("act", **asked).content.decode()
    assert "2 personnes" in shown
    assert "une@mairie" in shown
    assert "Ce n’est pas ce nombre" in team("act", **asked, number="3").content.decode()
    assert not BulkAct.objects.exists()
    team("act", **asked, number="2")
    row = BulkAct.objects.get()
    assert (row.state, row.changes.count()) == (BulkState.DONE, 2)
    assert set(one.topics.all()) == set(two.topics.all()) == {water, roads}
    assert not everything.topics.exists()
    assert set(elsewhere.topics.all()) == {water}
    assert ConsentEvent.objects.filter(kind="preferences", method="team").count() == 2

    # Who chose otherwise since keeps her choice.
    subscriptions.set_preferences(
        subscriber=two, preference=Preference.EVERY_ISSUE, topics=[], paused_until=None, method="page", now=clock.now()
    )
    team("undo_bulk_act", row.pk)
    row.refresh_from_db()
    assert row.state == BulkState.UNDONE
    assert set(one.topics.all()) == {water}
    two.refresh_from_db()
    assert two.preference == Preference.EVERY_ISSUE


def test_people_unsubscribed_by_mistake_are_back_and_who_had_left_is_not(team):
    one, gone = _people("une", "partie")
    subscriptions.unsubscribe(recipient_key=gone.key, method="page", now=clock.now())
    team("act", conditions=HERE, kind="leave", why="Mauvaise liste", number="1")
    one.refresh_from_db()
    assert one.state == SubscriberState.UNSUBSCRIBED
    team("undo_bulk_act", BulkAct.objects.get().pk)
    for person, state in ((one, SubscriberState.ACTIVE), (gone, SubscriberState.UNSUBSCRIBED)):
        person.refresh_from_db()
        assert person.state == state


@pytest.mark.parametrize("who", ["one_click", "complaint", "team"])
def test_whoever_asks_to_leave_after_she_was_put_out_is_not_brought_back(team, client, visitor, who):
    asked, other = _people("une", "autre")
    team("act", conditions=HERE, kind="leave", why="Mauvaise liste", number="2")
    for _ in range(3):
        if who == "one_click":
            visitor.post(link(purpose=tokens.UNSUBSCRIBE, subscriber=asked), {"List-Unsubscribe": "One-Click"})
        elif who == "complaint":
            subscriptions.unsubscribe(recipient_key=asked.key, method=who, kind="complained", now=clock.now())
        else:
            team("unsubscribe", asked.pk)
    hers = ConsentEvent.objects.filter(subject=asked.address_hash, detail__again=True)
    assert [proof.method for proof in hers] == [who]
    assert Withdrawal.objects.filter(who=asked.address_hash).count() == 2
    row = BulkAct.objects.get()
    team("undo_bulk_act", row.pk)
    for person, state in ((asked, SubscriberState.UNSUBSCRIBED), (other, SubscriberState.ACTIVE)):
        person.refresh_from_db()
        assert person.state == state
    row.refresh_from_db()
    assert row.kept == 1
    shown = client.get(reverse("subscribers_team:bulk_act", args=[row.pk])).content.decode().replace("\xa0", " ")
    assert re.search(r"<dt>Ce qu’elles ont demandé depuis est gardé</dt>\s*<dd>\s*1 personne\s", shown)


def test_whoever_chose_again_what_an_act_had_done_to_her_keeps_it(team):
    [one] = _people("une", topics=[make_topic()])
    team("act", conditions=HERE, kind="every_issue", why="x", number="1")
    for preference, topics in ((Preference.CHOSEN_TOPICS, [make_topic()]), (Preference.EVERY_ISSUE, [])):
        subscriptions.set_preferences(
            subscriber=one, preference=preference, topics=topics, paused_until=None, method="page", now=clock.now()
        )
    team("undo_bulk_act", BulkAct.objects.get().pk)
    one.refresh_from_db()
    assert one.preference == Preference.EVERY_ISSUE


def test_a_backup_brought_back_leaves_alone_whoever_an_undone_act_had_put_out(team):
    [one] = _people("une")
    team("act", conditions=HERE, kind="leave", why="Mauvaise liste", number="1")
    team("undo_bulk_act", BulkAct.objects.get().pk)
    lines = [withdrawals.Line(row.at, row.kind, row.who) for row in Withdrawal.objects.all()]
    assert {line.who for line in lines} == {one.address_hash}
    assert withdrawals.standing(lines) == []


def test_a_departure_that_a_backup_had_forgotten_keeps_her_out_and_the_acts_own_does_not(team):
    forgotten, other = _people("une", "autre")
    team("act", conditions=HERE, kind="leave", why="Mauvaise liste", number="2")
    acted = ConsentEvent.objects.filter(kind="unsubscribed").first()
    for person, at in ((forgotten, clock.now()), (other, acted.at)):
        subscriptions.leave(address_hash=person.address_hash, kind="unsubscribed", now=at)
    team("undo_bulk_act", BulkAct.objects.get().pk)
    for person, state in ((forgotten, SubscriberState.UNSUBSCRIBED), (other, SubscriberState.ACTIVE)):
        person.refresh_from_db()
        assert person.state == state


def test_the_home_screen_and_a_persons_page_lead_to_the_act_and_to_its_undoing(team, client):
    water = make_topic(name="Eau")
    [one, other] = _people("une", "autre", topics=[make_topic(name="Voirie")])
    unchanged = make_subscriber(address="ailleurs@example.org")
    index = reverse("subscribers_team:index")
    assert "Actes récents" not in client.get(index).content.decode()
    team("act", conditions=HERE, kind="add_topic", topic=water.pk, why="Réunion", number="2")
    row = BulkAct.objects.get()
    link = f'<a href="{reverse("subscribers_team:bulk_act", args=[row.pk])}">'
    for path in (index, *(reverse("subscribers_team:person", args=[person.pk]) for person in (one, other))):
        shown = client.get(path).content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
        assert f"{link}Ajouter une thématique à leur choix : Eau</a>" in shown
        listed = shown.split(link)[1].split("</tr>")[0]
        assert re.findall(r"<td>\s*(.*?)\s*</td>", listed)[0::3] == ["2", "fait"]
        assert str(row.by) in listed
    assert link not in client.get(reverse("subscribers_team:person", args=[unchanged.pk])).content.decode()
    page = client.get(reverse("subscribers_team:bulk_act", args=[row.pk])).content.decode()
    undo = re.search(r'action="([^"]+/defaire/)"', page)[1]
    assert undo == reverse("subscribers_team:undo_bulk_act", args=[row.pk])
    team("undo_bulk_act", row.pk)
    assert "<td>défait</td>" in client.get(index).content.decode()
    BulkAct.objects.update(ended_at=clock.now() - timedelta(days=31))
    assert link not in client.get(index).content.decode()


def test_acts_are_listed_for_those_alone_who_may_act(enter):
    [one] = _people("une")
    row = acts.act(kind="leave", conditions=(), topic=None, until=None, why="x", expected=1, by=None, now=clock.now())
    acts.work(pk=row.pk)
    client = enter(EXPLOITATION)
    index, person = reverse("subscribers_team:index"), reverse("subscribers_team:person", args=[one.pk])
    link = reverse("subscribers_team:bulk_act", args=[row.pk])
    assert link in client.get(index).content.decode()
    change = Permission.objects.get(codename="change_subscriber")
    change.group_set.clear()
    for path in (index, person):
        answer = client.get(path)
        assert answer.status_code == 200
        assert link not in answer.content.decode()
    assert client.get(link).status_code == 302


@pytest.mark.parametrize("kind", ["pause", "resume", "every_issue", "remove_topic"])
def test_each_act_does_what_it_says_and_is_undone(team, kind):
    water, later = make_topic(), clock.today() + timedelta(days=30)
    [one] = _people("une", topics=[water])
    if kind == "resume":
        Subscriber.objects.filter(pk=one.pk).update(paused_until=later)
    before = Subscriber.objects.values("preference", "paused_until").get(pk=one.pk)
    team("act", conditions=HERE, kind=kind, topic=water.pk, until=later.isoformat(), why="x", number="1")
    expected = {
        "pause": {"preference": "chosen_topics", "paused_until": later},
        "resume": {"preference": "chosen_topics", "paused_until": None},
        "every_issue": {"preference": "every_issue", "paused_until": None},
        "remove_topic": {"preference": "every_issue", "paused_until": None},
    }[kind]
    assert Subscriber.objects.values("preference", "paused_until").get(pk=one.pk) == expected
    team("undo_bulk_act", BulkAct.objects.get().pk)
    assert Subscriber.objects.values("preference", "paused_until").get(pk=one.pk) == before
    assert list(one.topics.all()) == [water]


def test_removing_a_theme_says_how_many_would_receive_every_issue(team):
    water, roads = make_topic(name="Eau"), make_topic(name="Voirie")
    alone = _people("une", "deux", topics=[water])
    both, other = _people("trois", topics=[water, roads]) + _people("quatre", topics=[roads])
    asked = {"conditions": HERE, "kind": "remove_topic", "topic": water.pk, "why": "x"}
    shown = " ".join(team("act", **asked).content.decode().replace("&nbsp;", " ").split())
    assert "Dont 2 personnes qui recevront tous les numéros, faute" in shown
    team("act", **asked, number="4")
    for person in (*alone, both, other):
        person.refresh_from_db()
    assert [one.preference for one in alone] == [Preference.EVERY_ISSUE] * 2
    assert {both.preference, other.preference} == {Preference.CHOSEN_TOPICS}
    assert "Dont" not in team("act", **asked | {"kind": "add_topic"}).content.decode()


def test_killed_between_two_lots_it_goes_on(monkeypatch):
    monkeypatch.setattr(acts, "LOT", 2)
    _people(*"abcde")
    row = acts.act(
        kind="pause",
        conditions=(),
        topic=None,
        until=clock.today() + timedelta(days=9),
        why="x",
        expected=5,
        by=None,
        now=clock.now(),
    )
    assert acts._lot(row.pk)
    assert Subscriber.objects.filter(paused_until__isnull=False).count() == 2
    assert acts.enqueue_silent(now=clock.now() + acts.SILENT * 2) == 1
    row.refresh_from_db()
    assert (row.state, row.changes.count()) == (BulkState.DONE, 5)
    assert acts.forget_changes(now=clock.now() + timedelta(days=31)) == 5
    with pytest.raises(acts.WorkMoved):
        acts.undo(pk=row.pk, now=clock.now())


def test_an_act_without_its_date_its_theme_or_its_reason_is_asked_again(team):
    _people("une")
    for wrong in (
        {"kind": "pause", "why": "x"},
        {"kind": "pause", "why": "x", "until": "2020-01-01"},
        {"kind": "add_topic", "why": "x"},
        {"kind": "leave", "why": ""},
        {"kind": "tout", "why": "x"},
    ):
        assert team("act", conditions=HERE, number="1", **wrong).status_code == 200
    assert team("act", conditions="[", kind="leave", why="x", number="1").status_code == 302
    assert not BulkAct.objects.exists()
