"""Other people's systems: each report is read for what it is, and the same words mean the same over SMTP."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest

from commun.mailing.delivery.fates import verdict_of
from commun.mailing.returns.reading import read_report
from commun.mailing.returns.report import Failure, Kind, Report
from commun.mailing.returns.verdicts import Verdict, judge
from commun.mailing.wire.session import Fate, Outcome, Stage
from tests.mailing.returns import foreign, held
from tests.mailing.returns.manners import TO, report
from tests.mailing.returns.measuring import dead

WANTED = 0.95


@pytest.mark.parametrize("entry", foreign.entries(), ids=lambda entry: entry.name)
def test_each_message_of_other_peoples_systems_is_read_for_what_it_is(entry):
    found = read_report(entry.raw)
    assert (found.kind.value, found.verdict.value) == (entry.kind, entry.verdict)


def test_the_half_nobody_looked_at_is_read_too():
    score = dead(held.entries())
    assert score.precision >= WANTED
    assert score.recall >= WANTED
    assert score.exact >= WANTED


# What servers answer: (code, enhanced status they write before their words, words, what it says of the address).
REPLIES = [
    (550, "5.1.0", "Emetteur invalide. Invalid Sender. OFR_415 [415]", Verdict.POLICY),
    (550, "5.1.1", "Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]", Verdict.HARD),
    (552, "5.1.1", "Boite du destinataire pleine. Recipient overquota. OFR_417 [417]", Verdict.SOFT),
    (550, "5.2.0", "Mail rejete. Mail rejected. ofr_506 [506]", Verdict.POLICY),
    (552, "5.3.4", "Taille limite du message atteinte. OFR_514", Verdict.MESSAGE),
    (421, "4.2.1", "Trop de connexions, veuillez verifier votre configuration. OFR004_104 [104]", Verdict.SOFT),
    (421, "4.2.0", "Service refuse. Veuillez essayer plus tard. OFR005_505 [505]", Verdict.SOFT),
    (550, "", "Adresse IP source bloquee pour incident de spam. OFR006_102 [102]", Verdict.POLICY),
    (550, "5.5.0", "SPF: lettre.example.org is not allowed to send mail. LPN004_401", Verdict.POLICY),
    (550, "5.5.0", "Boite du destinataire archivee. Archived recipient. LPN007_420", Verdict.SOFT),
    (550, "5.5.0", "Service refuse. Veuillez essayer plus tard. LPN007_510", Verdict.POLICY),
    (550, "5.2.1", "The user you are trying to contact is receiving mail at a rate that prevents more", Verdict.SOFT),
    (550, "5.1.1", "mailbox is full", Verdict.SOFT),
    (550, "5.1.0", "sender rejected", Verdict.POLICY),
    (550, "5.1.1", "5.7.1 host is blacklisted", Verdict.POLICY),
    (550, "", "No such user here", Verdict.HARD),
    (550, "5.0.0", "Requested action not taken", Verdict.SOFT),
    (550, "5.1.1", "<antispam@bourg.example.org>: Recipient address rejected: User unknown", Verdict.HARD),
    (554, "", "spam detected", Verdict.POLICY),
    (550, "5.1.1", "Utilisateur inconnu", Verdict.HARD),
]


@pytest.mark.parametrize(("code", "enhanced", "words", "verdict"), REPLIES, ids=lambda value: str(value)[:40])
def test_a_reply_means_the_same_in_a_report_and_over_smtp(code, enhanced, words, verdict):
    fate = Fate.DEFERRED if code < 500 else Fate.REFUSED
    live = Outcome(1, fate, Stage.RECIPIENT, code=code, enhanced=enhanced, text=words)
    assert verdict_of(live) is verdict
    said = f"{code} {enhanced} {words}".replace("  ", " ")
    assert read_report(report(said, status=enhanced or "5.0.0")).verdict is verdict


def test_every_line_of_the_table_of_operators_is_a_verdict_and_an_expression():
    with files("commun.mailing.returns").joinpath("operators.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {row["operator"] for row in rows} >= {
        "orange", "sfr", "free", "yahoo", "microsoft", "google", "mimecast", "proofpoint", "barracuda",
    }  # fmt: skip
    for row in rows:
        assert row["says"]
        assert row["verdict"] in {"hard", "soft", "policy", "message"}
        assert re.compile(row["words"])


def test_a_report_about_three_people_says_of_each_her_own():
    one = report("550 5.1.1 unknown", status="5.1.1", to="partie@bourg.example.org").decode()
    more = (
        "Final-Recipient: rfc822; pleine@bourg.example.org\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n"
        "Final-Recipient: rfc822; refusee@bourg.example.org\r\nAction: failed\r\nStatus: 5.7.1\r\n\r\n"
        "--=r\r\nContent-Type: message/rfc822"
    )
    found = read_report(one.replace("--=r\r\nContent-Type: message/rfc822", more, 1).encode())
    said = {who: found.about(f"{who}@bourg.example.org") for who in ("partie", "pleine", "refusee", "autre")}
    assert said["partie"].verdict is Verdict.HARD
    assert said["pleine"].verdict is Verdict.SOFT
    assert said["refusee"].verdict is Verdict.POLICY
    assert said["autre"] is None


def test_a_report_of_one_recipient_means_her_under_whatever_address():
    failure = Failure("boite-interne@serveur.example.org", Verdict.HARD, 550, "5.1.1", "unknown")
    assert Report(Kind.FAILURE, (failure,)).about(TO) is failure


def test_the_internationalised_address_is_the_one_that_failed():
    for written in ("utf-8; renée@exemple-été.example", r"utf-8; ren\x{E9}e@exemple-\x{E9}t\x{E9}.example"):
        raw = report("550 5.1.1 Adresse inconnue", status="5.1.1", kind="message/global-delivery-status")
        found = read_report(raw.replace(f"rfc822; {TO}".encode(), written.encode()))
        assert [one.address for one in found.failures] == ["renée@exemple-été.example"]


@pytest.mark.parametrize("before", [False, True])
def test_a_report_of_thirty_megabytes_is_read_wherever_its_status_stands(before):
    letter = b"Une ligne de la lettre.\r\n" * 1_200_000
    raw = report("550 5.1.1 User unknown", status="5.1.1")
    mark = b"--=r\r\nContent-Type: message/delivery-status" if before else b"--=r--"
    whole = raw.replace(mark, letter + mark)
    assert read_report(whole).verdict is Verdict.HARD


def test_words_that_contradict_the_status_spare_the_address():
    full = report("550 5.1.1 rejected", status="5.1.1", words="La boîte aux lettres du destinataire est pleine.")
    assert read_report(full).verdict is Verdict.SOFT
    blocked = report("550 5.1.1 unknown", status="5.1.1", words="said: 554 5.7.1 your host is blocked")
    assert read_report(blocked).verdict is Verdict.POLICY


@pytest.mark.parametrize("enhanced", ["", "5.0.0", "5.3.0", "5.5.0", "5.2.0"])
def test_a_refusal_without_a_reason_condemns_nobody(enhanced):
    assert judge(code=550, enhanced=enhanced, text="Requested action not taken") is not Verdict.HARD
