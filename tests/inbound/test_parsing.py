from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commun.inbound.parsing import Robot
from commun.inbound.parsing.message import read_message
from commun.inbound.parsing.result import Verdict
from tests.inbound import corpus


def test_names_dates_and_identifiers_are_read():
    message = read_message(
        corpus.text(
            "Bonjour.",
            Subject="=?utf-8?Q?Th=C3=A9matique_?= =?utf-8?Q?=C3=A9nergie?=",
            From="=?iso-8859-1?Q?Ren=E9_D=FBpont=2C_maire?= <Rene@Bourg.example.org>",
            Cc="equipe@example.org, Léa <lea@example.org>",
            In_Reply_To="<avant@example.org>",
            Reply_To="accueil@bourg.example.org",
        )
    )

    assert (message.sender.name, message.sender.address) == ("René Dûpont, maire", "rene@bourg.example.org")
    assert message.subject == "Thématique énergie"
    assert message.date == datetime(2026, 3, 3, 9, 12, tzinfo=UTC)
    assert [box.address for box in message.cc] == ["equipe@example.org", "lea@example.org"]
    assert message.in_reply_to == ("avant@example.org",)
    assert message.answer_to.address == "accueil@bourg.example.org"


@pytest.mark.parametrize(
    ("encoded_as", "declared"),
    [("utf-8", "utf-8"), ("iso-8859-15", "iso-8859-15"), ("cp1252", "iso-8859-1"), ("utf-8", "iso-8859-1"),
     ("cp1252", "utf-8"), ("utf-8", "x-inconnu"), ("utf-16", "utf-16"), ("utf-8", "us-ascii"), ("utf-8", "idna")],
)  # fmt: skip
def test_accents_survive_any_charset_told_rightly_or_not(encoded_as, declared):
    words = "L’été à Besançon : une œuvre, 100 € déjà."
    if encoded_as == "iso-8859-15":
        words = words.replace("’", "'")
    raw = corpus.head(Content_Type=f"text/plain; charset={declared}").encode() + b"\r\n" + words.encode(encoded_as)

    assert read_message(raw).text == words


def test_what_the_standard_library_writes_is_read_back():
    message = read_message(
        corpus.written(
            subject="Atelier « sobriété » du 29 novembre à la salle des fêtes de la commune, ouvert à toutes et tous",
            body="Voici l’affiche et le programme.\n",
            attachments=(
                (corpus.PNG, "image/png", "affiche été.png"),
                (corpus.PDF, "application/pdf", "programme.pdf"),
            ),
        )
    )

    assert message.sender.name == "Mairie d’Évian-sur-Exemple"
    assert message.subject.startswith("Atelier « sobriété » du 29 novembre")
    assert message.text == "Voici l’affiche et le programme."
    assert [(file.name, file.content_type, file.data) for file in message.attachments] == [
        ("affiche été.png", "image/png", corpus.PNG),
        ("programme.pdf", "application/pdf", corpus.PDF),
    ]


def test_a_file_is_what_its_bytes_are_and_its_name_is_made_safe():
    message = read_message(
        corpus.mixed(
            corpus.part(corpus.PDF, kind="image/jpeg", name="photo.jpg"),
            corpus.part(corpus.CALENDAR, kind="application/octet-stream", name="..\\..\\invitation.ics"),
            corpus.part(b"<svg xmlns='x'><script>1</script></svg>", kind="image/png", name="logo.png"),
            corpus.part(b"MZ\x90\x00" + b"\0" * 60, kind="application/pdf", name="facture.pdf"),
        )
    )

    assert [(file.name, file.content_type) for file in message.attachments] == [
        ("photo.jpg", "application/pdf"),
        ("invitation.ics", "text/calendar"),
        ("logo.png", "image/svg+xml"),
        ("facture.pdf", "application/x-msdownload"),
    ]


@pytest.mark.parametrize(("body", "reply"), corpus.REPLIES.values(), ids=corpus.REPLIES)
def test_what_she_wrote_is_told_from_quotes_and_signatures(body, reply):
    message = read_message(corpus.text(body))

    assert message.reply.replace("\n\n\n", "\n\n") == reply.replace("\n\n\n", "\n\n")
    kept = f"{message.reply}{message.quoted}{message.signature}"
    assert sorted("".join(kept.split())) == sorted("".join(body.split())), "something was lost"


@pytest.mark.parametrize(("mark", "fields"), corpus.MARKS.values(), ids=corpus.MARKS)
def test_a_forwarded_message_is_somebody_elses(mark, fields):
    message = read_message(corpus.text(corpus.PASTED.format(mark=mark, fields=fields), Subject="TR: Atelier"))

    assert message.reply == "Pour votre lettre."
    (forwarded,) = message.forwarded
    assert (forwarded.sender.address, forwarded.subject) == ("nour@asso.example.org", "Atelier")
    assert forwarded.reply == "Bonjour à tous,\nL’atelier aura lieu mardi."
    assert forwarded.signature == "Cordialement,\nNour"


def test_an_attached_message_is_read_with_its_own_files():
    inner = corpus.mixed(
        b"Content-Type: text/plain\r\n\r\nVoici l'affiche.\r\n",
        corpus.part(corpus.PNG, kind="image/png", name="affiche.png"),
        From="Nour <nour@asso.example.org>",
    )
    message = read_message(
        corpus.mixed(
            b"\r\nPour vous.\r\n", b"Content-Type: message/rfc822\r\n\r\n" + inner.replace(b"=limite", b"=autre")
        )
    )

    assert message.text == "Pour vous."
    assert not message.attachments
    (forwarded,) = message.forwarded
    assert (forwarded.sender.address, forwarded.text) == ("nour@asso.example.org", "Voici l'affiche.")
    assert [file.name for file in forwarded.attachments] == ["affiche.png"]


def test_html_alone_gives_clean_structure_and_readable_lines():
    message = read_message(
        corpus.html(
            "<html><head><style>p{color:red}</style></head><body onload='x()'><script>alert(1)</script>"
            "<div>Bonjour,</div><div><br></div><div>Voici <a href='https://bourg.example.org/guide'>le guide</a> "
            "et <a href='javascript:alert(1)'>rien</a>.</div><ul><li>Un</li><li>Deux</li></ul>"
            "<img src='https://pisteur.example.org/x.gif'><blockquote><div>Une ressource ?</div></blockquote></body>"
        )
    )

    assert message.text.split("\n") == [
        "Bonjour,", "", "Voici le guide <https://bourg.example.org/guide> et rien.", "", "- Un", "- Deux", "",
        "> Une ressource ?",
    ]  # fmt: skip
    assert message.reply.endswith("- Un\n- Deux")
    assert '<a href="https://bourg.example.org/guide"' in message.html
    for unsafe in ("script", "style", "onload", "img", "alert", "color"):
        assert unsafe not in message.html


def test_flowed_lines_are_joined_and_quotes_are_not():
    body = "Une phrase qui \ncontinue ici.\nUne autre.\n> cité qui \n> continue\n-- \nCamille"
    message = read_message(corpus.text(body, parameters="; format=flowed"))

    assert message.reply == "Une phrase qui continue ici.\nUne autre."
    assert message.quoted == "> cité qui continue"
    assert message.signature == "-- \nCamille"


OURS = "mx.territoires.example.org"


@pytest.mark.parametrize(
    ("headers", "dmarc", "proves"),
    [
        (f"Authentication-Results: {OURS};\r\n dmarc=pass (p=none) header.from=bourg.example.org\r\n", "pass", True),
        (f"Authentication-Results: {OURS}; dmarc=fail; dkim=pass header.d=bourg.example.org\r\n", "fail", False),
        (f"Authentication-Results: {OURS}; dkim=pass header.d=example.org\r\n", "unknown", True),
        (f"Authentication-Results: {OURS}; dkim=pass header.d=ailleurs.example\r\n", "unknown", False),
        (f"Authentication-Results: {OURS}; spf=pass smtp.mailfrom=bourg.example.org\r\n", "unknown", False),
        ("Authentication-Results: mx.autre.example; dmarc=pass\r\n", "unknown", False),
        (
            f"Received: by {OURS}\r\nReceived: from x\r\nAuthentication-Results: {OURS}; dmarc=pass\r\n",
            "unknown",
            False,
        ),
        (
            f"Authentication-Results: {OURS}; dmarc=fail\r\nAuthentication-Results: {OURS}; dmarc=pass\r\n",
            "fail",
            False,
        ),
    ],
)
def test_only_our_own_server_says_who_wrote(headers, dmarc, proves):
    message = read_message(headers.encode() + corpus.text("Bonjour."), authserv_id=OURS)

    assert message.authentication.dmarc is Verdict(dmarc)
    assert message.authentication.proves(message.sender) is proves


def test_without_a_server_name_nobody_is_believed():
    raw = f"Authentication-Results: {OURS}; dmarc=pass\r\n".encode() + corpus.text("Bonjour.")

    assert read_message(raw).authentication.dmarc is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("headers", "robot"),
    [
        ({}, Robot.NONE),
        ({"Auto_Submitted": "auto-replied"}, Robot.AUTO_REPLY),
        ({"Subject": "Réponse automatique : absence"}, Robot.AUTO_REPLY),
        ({"From": "MailInBlack <x@mailinblack.example.org>"}, Robot.CHALLENGE),
        ({"List_Id": "<actus.example.org>", "Precedence": "bulk"}, Robot.BULK),
        ({"List_Id": "La lettre <lettre.example.org>"}, Robot.LOOP),
        ({"Return_Path": "<>", "From": "MAILER-DAEMON@mx.example.org"}, Robot.REPORT),
    ],
)
def test_robots_are_recognised_and_never_answered(headers, robot):
    message = read_message(corpus.text("Bonjour.", **headers), own_list_id="lettre.example.org")

    assert message.robot is robot
    assert (message.answer_to is not None) is (robot is Robot.NONE)


def test_mail_that_travels_in_circles_is_a_loop():
    assert read_message(b"Received: from a by b\r\n" * 31 + corpus.text("x")).robot is Robot.LOOP


def test_the_spam_score_is_that_of_the_last_server():
    raw = b"X-Spam-Status: No, score=2.4 required=5\r\n" + corpus.text("x", X_Spam_Score="9")

    assert read_message(b"X-Spam-Score: -1.5\r\n" + raw).spam_score == -1.5
    assert read_message(corpus.text("x")).spam_score is None
