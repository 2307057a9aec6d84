"""A vote called off: the box says it, nothing is ever counted, everybody can check."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client

from commun.accounts.api import REDACTION, VALIDATION, create_member
from commun.votes import api, registry
from commun.votes.models import Ballot, Entry
from commun.votes.services import sweeps, telling
from tests.votes.factories import cast, elector_of, make_closed, make_draft, make_member, make_open
from tests.votes.test_box import export, recount  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
REASON = "La liste des propositions était incomplète"


@pytest.fixture
def vote(clock):
    return make_open(clock)


@pytest.fixture
def receipt(clock, vote):
    cast(make_member(elector_of(vote)), elector_of(vote), [3, 2, 1])
    clock.at += timedelta(hours=1)
    return cast(make_member(elector_of(vote, 1), "p1@example.org"), elector_of(vote, 1), [0, 0, 3])


def cancel(clock, vote):
    return api.cancel_vote(vote_id=vote.pk, by=None, reason=REASON, now=clock.at)


def test_a_cancelled_box_is_verified_by_anybody_and_holds_no_grade(clock, vote, receipt, export, capsys):  # noqa: F811
    vote = cancel(clock, vote)
    box, electors = export(vote)
    text = box.read_text()
    assert '"salt"' not in text
    assert '"kind":"ballot"' not in text
    code, said = recount(box, "--electeurs", electors, "--recu", receipt.number, receipt.commitment)
    assert code == 0, said
    assert REASON in said
    assert "scellé" in said
    assert "ce vote annulé est intacte" in said
    call_command("recount", str(box), "--electeurs", str(electors))
    assert "La tête est celle de l’urne de cette base" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change", [(REASON, "Un autre motif"), ('"cast":2', '"cast":1'), ("commune:38421", "commune:93066")]
)
def test_a_cancelled_box_that_was_touched_is_found_out(clock, vote, receipt, export, change):  # noqa: F811
    before, after = change
    box, _ = export(cancel(clock, vote))
    text = box.read_text()
    assert before in text
    box.write_text(text.replace(before, after))
    code, said = recount(box)
    assert code == 1
    assert "ligne" in said


def test_nothing_may_follow_a_cancellation(clock, vote, receipt, export):  # noqa: F811
    import hashlib
    import json

    box, _ = export(cancel(clock, vote))
    last = json.loads(box.read_text().splitlines()[-1])
    event = {**last["event"], "height": last["event"]["height"] + 1, "parent": last["hash"]}
    text = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    box.write_text(f'{box.read_text()}{{"event":{text},"hash":"{digest}"}}\n')
    code, said = recount(box)
    assert code == 1
    assert "n’a pas sa place" in said


def test_no_ballot_enters_a_cancelled_vote_and_the_clock_closes_nothing(clock, vote, receipt):
    vote = cancel(clock, vote)
    late = make_member(elector_of(vote, 2), "p2@example.org")
    with pytest.raises(api.VoteNotOpen):
        cast(late, elector_of(vote, 2), [1, 1, 1])
    with pytest.raises(api.VoteNotOpen):
        api.strike_elector(elector=elector_of(vote), reason="Trop tard")
    clock.at = vote.closes_at + timedelta(days=1)
    sweeps.keep_time(now=clock.at)
    vote.refresh_from_db()
    assert (vote.state, vote.profiles) == ("cancelled", None)
    with pytest.raises(api.WrongState):
        api.close_vote(vote_id=vote.pk)
    with pytest.raises(api.WrongState):
        api.get_results(vote=vote)
    assert not Entry.objects.filter(kind__in=["close", "ballot", "result"]).exists()
    with transaction.atomic(), pytest.raises(DatabaseError):
        api.Vote.objects.filter(pk=vote.pk).update(profiles=[])


def test_only_an_open_vote_is_cancelled_with_a_reason_and_before_its_closing_second(clock, vote):
    with pytest.raises(api.NotReady):
        api.cancel_vote(vote_id=vote.pk, by=None, reason="  ", now=clock.at)
    clock.at = vote.closes_at
    with pytest.raises(api.VoteNotOpen):
        cancel(clock, vote)
    with pytest.raises(api.WrongState):
        cancel(clock, make_closed(clock, vote))
    with pytest.raises(api.WrongState):
        cancel(clock, make_draft())


def test_a_vote_is_cancelled_once(clock, vote, receipt):
    cancel(clock, vote)
    with pytest.raises(api.WrongState):
        cancel(clock, vote)
    assert Entry.objects.filter(kind="cancel").count() == 1


def test_rooms_above_are_told_in_the_same_transaction(clock, vote, monkeypatch):
    def refuse(_vote, _now):
        raise api.VotesError

    monkeypatch.setattr(registry, "_cancelled", [])
    api.register_vote_cancelled(refuse)
    with pytest.raises(api.VotesError):
        cancel(clock, vote)
    vote.refresh_from_db()
    assert vote.state == "open"
    assert not Entry.objects.filter(kind="cancel").exists()


def test_the_public_page_says_why_and_shows_no_count(clock, vote, receipt):
    vote = cancel(clock, vote)
    page = Client().get(f"/votes/{vote.slug}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert REASON in text
    assert "restent scellés" in text
    assert "<table" not in text
    for address in ("proces-verbal/", "bulletins/"):
        assert Client().get(f"/votes/{vote.slug}/{address}").status_code == 404
    assert Client().get(f"/votes/{vote.slug}/urne.jsonl").status_code == 200
    proof = Client().get(f"/votes/{vote.slug}/recu/{receipt.number}/{receipt.commitment}/").content.decode()
    assert "ni ouvert ni compté" in proof
    assert "Annulé" in Client().get("/votes/").content.decode()


def test_a_member_who_comes_to_vote_is_told_that_it_was_cancelled(clock, vote, receipt):
    vote = cancel(clock, vote)
    client = Client()
    client.force_login(make_member(elector_of(vote, 2), "p2@example.org"))
    page = client.get(f"/votes/{vote.slug}/bulletin/{elector_of(vote, 2).pk}/")
    assert page.status_code == 403
    assert "annulé" in page.content.decode()


def test_whoever_voted_is_told_once_with_the_reason(clock, vote, receipt, mailoutbox):
    telling.tell_ballots(now=clock.at)
    mailoutbox.clear()
    cancel(clock, vote)
    assert telling.tell_cancellations(now=clock.at) == 2
    assert telling.tell_cancellations(now=clock.at) == 0
    assert {mail.to[0] for mail in mailoutbox} == {"camille@example.org", "p1@example.org"}
    for part in (mailoutbox[0].body, mailoutbox[0].alternatives[0][0]):
        assert REASON in part


def test_ninety_days_after_a_cancellation_casters_are_forgotten(clock, vote, receipt):
    cancel(clock, vote)
    sweeps.forget_casters(now=clock.at + timedelta(days=91))
    assert not Ballot.objects.exclude(cast_by=None).exists()


def test_the_team_cancels_on_a_page_that_asks_for_the_reason(clock, vote, receipt, settings):
    settings.STAFF_MFA_REQUIRED = False
    address = f"/gestion/votes/{vote.pk}/annuler/"
    editor, validation = Client(), Client()
    editor.force_login(create_member(email="redaction@example.org", groups=(REDACTION,)))
    validation.force_login(create_member(email="validation@example.org", groups=(VALIDATION,)))
    editor.post(address, {"reason": REASON})
    validation.get(address)
    assert "Donnez le motif" in validation.post(address, {"reason": ""}).content.decode()
    vote.refresh_from_db()
    assert vote.state == "open"
    page = validation.post(address, {"reason": REASON}, follow=True).content.decode()
    vote.refresh_from_db()
    assert (vote.state, vote.cancelled_by.email) == ("cancelled", "validation@example.org")
    assert REASON in page
    assert "annuler/" not in page


def test_reasons_for_departing_from_the_ranking_stand_in_the_minutes(clock, settings):
    settings.STAFF_MFA_REQUIRED = False
    vote = make_open(clock)
    cast(make_member(elector_of(vote)), elector_of(vote), [3, 2, 1])
    validation = Client()
    validation.force_login(create_member(email="validation@example.org", groups=(VALIDATION,)))
    address, text = f"/gestion/votes/{vote.pk}/raisons/", "Deux collectivités se sont retirées."
    validation.post(address, {"text": text})
    vote.refresh_from_db()
    assert vote.departure == "", "there is no ranking to depart from yet"
    make_closed(clock, vote)
    head = api.Vote.objects.get(pk=vote.pk).box.head
    validation.post(address, {"text": text})
    for page in ("", "proces-verbal/"):
        assert text in Client().get(f"/votes/{vote.slug}/{page}").content.decode()
    assert api.Vote.objects.get(pk=vote.pk).box.head == head
    validation.post(address, {"text": ""})
    assert text not in Client().get(f"/votes/{vote.slug}/").content.decode()
