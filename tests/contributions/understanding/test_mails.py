"""Whole messages, from their bytes to what an editor is shown."""

from __future__ import annotations

import pytest

from commun.contributions.understanding import Field
from commun.contributions.understanding.mails import rest_of, words_of, writing_of
from commun.inbound.parsing import parse
from tests.contributions.understanding import held, written
from tests.contributions.understanding.labelled import RECEIVED
from tests.contributions.understanding.mails import HISTORY, multipart, part, plain
from tests.contributions.understanding.measuring_mails import compare, measure, read, together

WANTED = 0.95


@pytest.mark.parametrize("mail", written.mails(), ids=lambda mail: mail.name)
def test_each_message_is_understood(mail):
    for name, given, expected in compare(mail, *read(mail)):
        assert given == expected, name


def test_the_half_nobody_looked_at_is_understood_too():
    score = together(measure(held.mails()))
    assert score.precision >= WANTED
    assert score.recall >= WANTED


def test_a_note_and_what_it_forwards_are_one_text_and_its_author_is_credited():
    raw = plain(f"{written.NOTE}\n\n{written.FIELDS}\n\n{written.FORUM}\n\nCordialement,\nUnion\n", subject="TR: Forum")
    message = parse(raw)
    writing = writing_of(message, received_at=RECEIVED)
    assert writing.body == f"{written.NOTE}\n\nMessage transféré de Union Exemple :\n\n{written.FORUM}"
    assert (writing.sender_address, writing.is_forwarded) == ("union@asso.example.org", True)
    _, found = read(written.Mail(name="", raw=raw))
    assert found.best(Field.ORGANISATION).label == "Union Exemple"
    assert found.best(Field.PLACE).value == "salle des fêtes, 12 rue des Lilas"
    for suggestion in found.suggestions:
        for span in suggestion.evidence:
            if span.where.value == "body":
                assert writing.body[span.start : span.end].strip()


def test_nothing_that_was_forwarded_is_left_to_bytes_that_are_emptied():
    inner = "From: {0} <{0}@asso.example.org>\nSubject: S\nContent-Type: text/plain; charset=utf-8\n\nTexte de {0}.\n\n-- \nPied de {0}\n"
    attached = [f"Content-Type: message/rfc822\n\n{inner.format(name)}" for name in ("Aline", "Basile")]
    answered = f"{written.GUIDE}\n\nDe : Équipe <e@reseau.example.org>\nEnvoyé : lundi 16 novembre 2026 10:12\nObjet : S\n\n{HISTORY}\n"
    last = f"Content-Type: message/rfc822\n\nFrom: Chloé <c@asso.example.org>\nSubject: Re: S\nContent-Type: text/plain; charset=utf-8\n\n{answered}"
    message = parse(multipart(part("Voici trois messages."), *attached, last, subject="Fwd: trois messages"))
    kept = f"{words_of(message)}\n{rest_of(message)}"
    for words in (
        "Voici trois messages.",
        "Texte de Aline.",
        "Texte de Basile.",
        "Pied de Basile",
        written.GUIDE,
        "Auriez-vous une date",
    ):
        assert words in kept
