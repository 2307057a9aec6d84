"""What is found in the mail of a dozen programs: her words, never somebody else's, her files, and no lost accent."""

from __future__ import annotations

import statistics

import pytest

from commun.inbound.parsing.message import read_message
from commun.inbound.parsing.result import ParsedMessage, Robot
from tests.inbound.realistic import GIVEN, HISTORY, OWN, Mail, mails

SMALL = [mail for mail in mails() if len(mail.raw) < 2_000_000]


@pytest.mark.parametrize("mail", SMALL, ids=lambda mail: mail.name)
def test_each_program_is_read(mail: Mail):
    message = read_message(mail.raw)

    assert message.subject.endswith("Votre expérience")
    assert message.sender.name == "Camille Exemplé"
    assert message.robot is Robot.NONE
    assert message.defects == ()
    files = len(message.attachments) + sum(1 for one in message.forwarded if one.subject == "Le guide")
    assert files == mail.files
    {"forward": _is_given, "attached": _is_given}.get(mail.situation, _is_own)(message)


def _is_own(message: ParsedMessage) -> None:
    assert OWN in message.reply
    for left in (HISTORY, "---", "___", "Objet", "a écrit", "Message du", "Envoyé", "-- "):
        assert left not in message.reply
    assert "05 00 00 00 00" not in message.reply
    assert "05 00 00 00 00" in message.signature or message.signature.startswith("Envoyé de")


def _is_given(message: ParsedMessage) -> None:
    assert message.reply in {"", "Voir ci-dessous."}
    assert [GIVEN in one.reply for one in message.forwarded] == [True]


def test_the_corpus_is_as_heavy_as_real_mail():
    sizes = sorted(len(mail.raw) for mail in mails())

    assert len(sizes) >= 80
    assert statistics.median(sizes) >= 40_000
    assert statistics.mean(sizes) >= 300_000
    assert sizes[-1] > 24_000_000
