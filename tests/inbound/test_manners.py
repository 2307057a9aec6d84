"""Mail as people and their programs really write it."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commun.inbound.parsing import Robot, rtf
from commun.inbound.parsing.message import read_message
from tests.inbound import corpus, manners
from tests.inbound.manners import OWN

SIGNED = (
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nNotre guide : été.\r\n".encode()
)
FORUM = "Le forum aura lieu le jeudi 14 janvier 2027 à 18 h 30."


# --- replies ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", manners.HEADINGS.values(), ids=manners.HEADINGS)
def test_the_heading_of_each_program_begins_the_history(heading):
    raw = corpus.text(f"{OWN}\n\n{heading}\n", Subject="Re: Question", In_Reply_To="<avant@reseau.example.org>")
    message = read_message(raw)
    assert message.reply == OWN
    assert "Combien de personnes" in message.quoted
    assert message.forwarded == ()


@pytest.mark.parametrize("body", manners.PEOPLE.values(), ids=manners.PEOPLE)
def test_what_a_person_writes_is_no_heading(body):
    assert read_message(corpus.text(body)).reply == body


def test_her_words_on_the_line_of_the_heading_are_hers():
    line = f"{OWN} Le mar. 3 mars 2026 à 10:12, Équipe <equipe@reseau.example.org> a écrit :"
    assert read_message(corpus.text(f"{line}\n> Combien ?\n", Subject="Re: Question")).reply == OWN


def test_a_reply_under_a_quote_without_marks_is_not_lost():
    body = f"Le mar. 3 mars 2026 à 10:12, Équipe <equipe@reseau.example.org> a écrit :\n\nCombien ?\n\n{OWN}\n"
    assert read_message(corpus.text(body, Subject="Re: Question")).reply.endswith(OWN)


def test_a_message_that_is_wholly_between_quotation_marks_is_hers():
    message = read_message(corpus.text("> Voici notre guide.\n> Il est libre.\n"))
    assert (message.reply, message.quoted) == ("Voici notre guide.\nIl est libre.", "")


def test_who_sends_back_what_she_answers_to_wrote_nothing():
    body = "> Le mar. 3 mars 2026 à 10:12, Équipe <equipe@reseau.example.org> a écrit :\n> Combien ?\n"
    assert read_message(corpus.text(body, Subject="Re: Question")).reply == ""


@pytest.mark.parametrize(
    "footer",
    [
        "_______________________________________________\nListe participation\nparticipation@listes.example.org",
        "-- \nVous recevez ce message, car vous êtes abonné au groupe Google Groupes.",
        "Pour vous désabonner de cette liste : https://listes.example.org/sigoff",
    ],
)
def test_the_footer_of_a_list_is_not_what_she_wrote(footer):
    message = read_message(corpus.text(f"Voici notre guide.\n\n{footer}\n"))
    assert message.reply == "Voici notre guide."
    assert footer.split("\n")[-1] in message.signature


def test_who_says_why_one_is_written_to_is_no_list():
    body = "Bonjour,\nVous recevez ce message car vous aimiez le forum.\nLe prochain : 12 janvier 2027."
    assert read_message(corpus.text(body)).reply == body


@pytest.mark.parametrize(
    "words",
    [
        "Envoyé par mail à toutes les familles le 3 mars",
        "Envoyé par courrier aux habitants",
        "Expédié par la Poste avec deux bulletins",
        "Envoyé depuis la mairie par courrier à chaque foyer",
        "Envoyé via la messagerie interne",
        "Provenance : les jardins de la commune",
    ],
)
def test_what_was_sent_and_to_whom_is_no_telephone_s_line(words):
    message = read_message(corpus.text(f"Le questionnaire :\n{words}\nRetour avant l’été."))
    assert message.reply == f"Le questionnaire :\n{words}\nRetour avant l’été."


@pytest.mark.parametrize(
    "line",
    [
        "Envoyé depuis l’application Mail",
        "Envoyé à partir de Courrier pour Windows",
        "Envoyé depuis mon téléphone Android avec K-9 Mail. Veuillez excuser ma brièveté.",
        "Envoyé à partir d’un appareil mobile",
        "Envoyé avec la messagerie Orange",
        "Envoyé par mon mobile",
        "Envoyé via Yahoo Mail sur Android",
        "Sent from my phone",
        "Provenance : Courrier pour Windows",
    ],
)
def test_a_telephone_s_line_is_below(line):
    message = read_message(corpus.text(f"Voici notre guide.\n\n{line}\n"))
    assert (message.reply, message.signature) == ("Voici notre guide.", line)


# --- forwards -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("note", ["", "Pour votre agenda, voir ci-dessous. Merci !"])
@pytest.mark.parametrize(
    "mark", ["", "---------- Message transféré ---------", "----- Transmis par Camille/BOURG le 03/03/2026 -----"]
)
def test_a_forward_is_read_under_a_note_and_without_a_mark(note, mark):
    fields = "De : Union Exemple <union@asso.example.org>\nDate : mar. 3 mars 2026 à 10:00\nObjet : Forum\nÀ : Camille"
    message = read_message(
        corpus.text(f"{note}\n\n{mark}\n{fields}\n\n{FORUM}\n", Subject="Un forum pour votre agenda")
    )
    (forward,) = message.forwarded
    assert message.reply == note
    assert (forward.sender.address, forward.subject, forward.reply) == ("union@asso.example.org", "Forum", FORUM)


def test_an_unmarked_heading_under_an_answer_is_history():
    fields = "De : Union Exemple <union@asso.example.org>\nEnvoyé : mardi 3 mars 2026 10:00\nObjet : Forum"
    for values in ({"Subject": "RE: Forum"}, {"Subject": "Forum", "In_Reply_To": "<avant@asso.example.org>"}):
        message = read_message(corpus.text(f"{OWN}\n\n{fields}\n\n{FORUM}\n", **values))
        assert (message.reply, message.forwarded) == (OWN, ())


def test_what_was_forwarded_inside_a_history_is_history():
    fields = "De : Union Exemple <union@asso.example.org>\nEnvoyé : mardi 3 mars 2026 10:00\nObjet : Forum"
    body = f"{OWN}\n\n{fields}\n\nVoir ci-dessous.\n\n---------- Message transféré ---------\n{fields}\n\n{FORUM}\n"
    message = read_message(corpus.text(body, Subject="RE: Forum", In_Reply_To="<avant@asso.example.org>"))
    assert (message.reply, message.forwarded) == (OWN, ())


@pytest.mark.parametrize("kind", ["message/rfc822", "application/octet-stream", "text/plain"])
@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_a_message_attached_as_a_message_or_as_a_file_is_a_forward(kind, encoding):
    inner = corpus.text(FORUM, From="Union Exemple <union@asso.example.org>", Subject="Forum")
    message = read_message(
        corpus.mixed(_plain("Voir."), corpus.part(inner, kind=kind, name="Forum.eml", encoding=encoding))
    )
    (forward,) = message.forwarded
    assert (forward.sender.address, forward.reply, message.attachments) == ("union@asso.example.org", FORUM, ())


# --- bodies -------------------------------------------------------------------------------------------

PAGE = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Bonjour,</p><p>Le guide est en ligne.</p>"
FOOTER = b"Content-Type: text/plain\r\n\r\n_______________________\r\nListe reseau\r\nreseau@listes.example.org"


def _plain(words: str) -> bytes:
    return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode()


def _inside(kind: str, *parts: bytes) -> bytes:
    body = b"".join(b"--dedans\r\n" + part + b"\r\n" for part in parts) + b"--dedans--"
    return f'Content-Type: multipart/{kind}; boundary="dedans"\r\n\r\n'.encode() + body


@pytest.mark.parametrize(
    "parts",
    [
        (PAGE, FOOTER),
        (_inside("alternative", _plain("Bonjour,\r\n\r\nLe guide est en ligne."), PAGE), FOOTER),
        (_inside("related", PAGE), _plain("Ce message est confidentiel et destiné à son seul destinataire.")),
        (_inside("alternative", _plain("  "), _inside("related", PAGE)), FOOTER),
    ],
)
def test_the_body_is_chosen_where_it_stands_and_a_footer_is_not_it(parts):
    message = read_message(corpus.mixed(*parts))
    assert message.reply == "Bonjour,\n\nLe guide est en ligne."
    assert "guide" not in message.signature


def test_texts_between_files_are_all_hers():
    raw = corpus.mixed(
        _plain("Avant."), corpus.part(corpus.PDF, kind="application/pdf", name="a.pdf"), _plain("Après.")
    )
    assert read_message(raw).reply == "Avant.\nAprès."


@pytest.mark.parametrize(
    "words",
    [
        "Liste des ateliers : mardi 12 janvier 2027 à 18 h, salle des fêtes.",
        "Liste des lieux, à demander à lieux@bourg.example.org : la halle, le préau.",
        "Groupe de travail le 12 janvier 2027, salle des fêtes.",
        "Vous recevez ci-dessous le programme : 12 janvier 2027.",
        "Ce message est destiné à vos habitants : atelier le 12 janvier 2027.",
        "Ce message n’est pas confidentiel : atelier le 12 janvier 2027.",
        "Confidentialité : nous en parlons le 12 janvier 2027.",
        "Pensez à l’environnement : venez à vélo le 12 janvier 2027.",
        "Avant d’imprimer l’affiche, relisez la date.",
        "Sans virus cette année, le banquet est le 12 janvier 2027.",
        "---- Programme ---- 12 janvier 2027",
        "***** Programme *****\r\n12 janvier 2027",
    ],
)
def test_what_she_writes_below_a_picture_is_hers(words):
    picture = corpus.part(corpus.PNG, kind="image/png", name="affiche.png", disposition="inline")
    message = read_message(corpus.mixed(_plain("Bonjour,"), picture, _plain(words)))
    assert (message.reply, message.signature) == (f"Bonjour,\n{words}".replace("\r", ""), "")


@pytest.mark.parametrize(
    "words",
    [
        "____________\r\nListe reseau",
        "Liste reseau : reseau@bourg.example.org",
        "Liste de diffusion, mailing list : https://listes.example.org/mailman/listinfo/reseau",
        "Vous recevez ce message car vous êtes abonné au réseau.",
        "Groupe « Participation » – se désabonner : https://listes.example.org/partir",
        "You are receiving this because you are subscribed to this thread.",
        "Pour vous désabonner, écrivez à reseau-leave@listes.example.org",
        "Ce courriel et ses pièces jointes sont confidentiels et destinés à leurs seuls destinataires.",
        "Ce message est destiné exclusivement à la personne nommée. En cas d’erreur, détruisez-le.",
        "This e-mail is intended for its recipient only.",
        "L’absence de virus dans ce courrier électronique a été vérifiée par le logiciel Avast.",
        "Garanti sans virus. www.avast.com",
        "Pensez à l’environnement avant d’imprimer ce message.",
    ],
)
def test_what_a_list_a_company_or_a_scanner_adds_is_a_footer(words):
    message = read_message(corpus.mixed(_plain("Voici notre guide."), _plain(words)))
    assert (message.reply, message.signature) == ("Voici notre guide.", words.replace("\r", ""))


def test_a_footer_alone_is_the_message():
    assert read_message(corpus.mixed(FOOTER)).text.startswith("____")


@pytest.mark.parametrize("declared", ["iso-8859-15", "windows-1252", "koi8-r", "utf-16", "x-inconnu"])
def test_utf_8_called_something_else_is_utf_8(declared):
    words = "L’été à la forêt : un œuf, 15 €, « déjà » – Noël."
    raw = corpus.head(Content_Type=f"text/plain; charset={declared}").encode() + b"\r\n" + words.encode()
    assert read_message(raw).text == words


@pytest.mark.parametrize("words", ["Réunion", "Un café", "La forêt et l'été", "Gaëlle"])
def test_a_few_raw_latin_accents_are_read(words):
    head = corpus.head(Subject="SUJET", From="NOM <a@example.org>").encode()
    raw = head.replace(b"SUJET", words.encode("latin-1")).replace(b"NOM", words.encode("latin-1"))
    message = read_message(raw + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode("latin-1"))
    assert (message.subject, message.sender.name, message.text) == (words, words, words)


def test_latin_letters_in_the_middle_of_utf_8_are_read():
    raw = corpus.head().encode() + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    words = "Déjà vu à la forêt ; ".encode() + b"re\xe7u par la mairie"
    assert read_message(raw + words).text == "Déjà vu à la forêt ; reçu par la mairie"


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ("Mairie @ Bourg <com@mairie.example.org>", "com@mairie.example.org", "Mairie @ Bourg"),
        ("Perrin, Nadia <nadia@example.org>", "nadia@example.org", "Perrin, Nadia"),
        ("<nadia@example.org>", "nadia@example.org", ""),
        ('"Bourg, mairie" <com@example.org>', "com@example.org", "Bourg, mairie"),
        ("nadia@example.org (Nadia)", "nadia@example.org", "Nadia"),
        ("Nadia (élue) <nadia@example.org>", "nadia@example.org", "Nadia (élue)"),
    ],
)
def test_the_address_is_what_stands_between_angles(written, address, name):
    box = read_message(corpus.text("Bonjour.", From=written)).sender
    assert (box.address, box.name) == (address, name)


def _encoded(lines: bytes) -> bytes:
    head = b'Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="a.pdf"\r\n\r\n'
    return corpus.mixed(head + lines)


def test_base64_padded_on_each_line_is_whole():
    data = corpus.PDF * 5
    lines = b"\r\n".join(base64.b64encode(data[at : at + 55]) for at in range(0, len(data), 55))
    assert read_message(_encoded(lines)).attachments[0].data == data


def test_base64_that_stops_keeps_what_came_and_words_below_it_are_none_of_it():
    lines = base64.encodebytes(corpus.PDF)
    for written in (lines[: len(lines) * 2 // 3], lines.rstrip()[:-3]):
        assert corpus.PDF.startswith(read_message(_encoded(written)).attachments[0].data)
    padded = base64.b64encode(corpus.PDF + b"\n" * ((1 - len(corpus.PDF)) % 3))
    below = padded + b"\r\n\r\n-- \r\nCe message a ete analyse par un antivirus\r\n"
    assert b"=" in padded
    assert read_message(_encoded(below)).attachments[0].data.rstrip() == corpus.PDF.rstrip()


# --- envelopes and signatures -------------------------------------------------------------------------


def _envelope(data: bytes) -> bytes:
    return corpus.part(data, kind="application/ms-tnef", name="winmail.dat")


def test_the_envelope_of_outlook_is_opened():
    files = (("Guide du jardin partagé, édition 2026.pdf", corpus.PDF), ("photo.png", corpus.PNG))
    message = read_message(corpus.mixed(_plain("Le guide est joint."), _envelope(manners.tnef(*files))))
    assert [(file.name, file.content_type, file.data) for file in message.attachments] == [
        ("Guide du jardin partagé, édition 2026.pdf", "application/pdf", corpus.PDF),
        ("photo.png", "image/png", corpus.PNG),
    ]
    assert message.reply == "Le guide est joint."


def test_a_text_left_in_the_envelope_alone_is_read():
    message = read_message(corpus.mixed(_envelope(manners.tnef(("a.pdf", corpus.PDF), text="Le guide de l’été."))))
    assert message.reply == "Le guide de l’été."


RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Calibri;}}{\*\generator Riched20;}\pard\f0 Le guide de l\u8217?\'e9t\'e9.\par Merci\par}"
WRAPPED = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
    rb"Le guide de l\'92\'e9t\'e9.\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}{\*\htmltag64 <p>}Merci{\*\htmltag72 </p>}}"
)


@pytest.mark.parametrize("document", [RTF, WRAPPED], ids=["its own", "around HTML"])
def test_a_text_that_outlook_left_packed_in_its_envelope_alone_is_read(document):
    packed = manners.packed_rtf(document)
    message = read_message(corpus.mixed(_envelope(manners.tnef(("a.pdf", corpus.PDF), rtf=packed))))
    assert message.text.split() == ["Le", "guide", "de", "l’été.", "Merci"]


def test_a_packed_text_refers_to_what_came_before():
    made = rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"
    body = bytes.fromhex("03000a007263706731323542320af32068656c090020627705b06c647d0a800fa0")
    packed = struct.pack("<II", len(body) + 12, len(made)) + b"LZFu" + bytes(4) + body
    assert rtf.unpack(packed) == made
    assert rtf.unpack(packed[:30]).startswith(rb"{\rtf1\ansi")


@settings(max_examples=60)
@given(st.binary(max_size=400), st.binary(max_size=400))
def test_no_packed_text_breaks_the_reader_nor_grows_without_bound(body, document):
    packed = struct.pack("<II", len(body) + 12, 2**32 - 1) + b"LZFu" + bytes(4) + body
    assert len(rtf.unpack(packed)) <= rtf.MOST_UNPACKED
    rtf.read(rb"{\rtf1" + document)


def test_an_envelope_in_an_envelope_gives_its_files():
    inner = manners.tnef(("dedans.pdf", corpus.PDF), text="Message de la voisine.")
    message = read_message(corpus.mixed(_plain("Voir."), _envelope(manners.tnef(("message", inner)))))
    assert [file.name for file in message.attachments] == ["message.txt", "dedans.pdf"]


def test_a_damaged_envelope_stays_a_file_that_can_be_told():
    for data in (manners.tnef()[:9], b"\x78\x9f\x3e\x22" + bytes(40) + b"%PDF-1.4"):
        (file,) = read_message(corpus.mixed(_plain("Voir."), _envelope(data))).attachments
        assert file.content_type == "application/ms-tnef"


def test_an_envelope_made_to_hurt_gives_no_more_than_it_weighs():
    deep = manners.tnef(("a.pdf", corpus.PDF))
    for _ in range(50):
        deep = manners.tnef(("m", deep))
    many = manners.tnef(*((f"{n}.pdf", b"%PDF-1.4") for n in range(3000)))
    tiny = b"\x78\x9f\x3e\x22\x01\x00" + b"\x01\x06\x90\x06\x00\x00\x00\x00\x00\x00\x00" * 200_000
    liar = manners.tnef() + b"\x02\x02\x90\x06\x00\xff\xff\xff\xff" + b"x" * 100
    for data in (deep, many, tiny, liar):
        files = read_message(corpus.mixed(_plain("Voir."), _envelope(data))).attachments
        assert len(files) <= 101
        assert sum(len(file.data) for file in files) <= len(data)


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/x-pkcs7-mime", "application/octet-stream"])
def test_opaque_signed_mail_is_its_text_and_nothing_is_said_of_the_signature(kind, streamed):
    data = base64.encodebytes(manners.signed(SIGNED * 3, streamed=streamed))
    head = corpus.head(
        Content_Type=f'{kind}; smime-type=signed-data; name="smime.p7m"', Content_Transfer_Encoding="base64"
    )
    message = read_message(head.encode() + b"\r\n" + data)
    assert message.reply.startswith("Notre guide : été.")
    assert message.attachments == ()


def test_encrypted_mail_stays_a_file_and_damage_does_no_harm():
    encrypted = manners.signed(SIGNED).replace(bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d010703"))
    for data in (encrypted, manners.signed(SIGNED)[:30], b"\x30\x80" * 500):
        part = corpus.part(data, kind="application/pkcs7-mime", name="smime.p7m")
        assert [file.name for file in read_message(corpus.mixed(part)).attachments] == ["smime.p7m"]


@pytest.mark.parametrize(
    ("kind", "name"), [("application/pkcs7-signature", "smime.p7s"), ("application/pgp-signature", "signature.asc")]
)
def test_a_signature_beside_what_it_signs_is_no_file(kind, name):
    message = read_message(corpus.mixed(_plain("Voici."), corpus.part(b"xx", kind=kind, name=name), kind="signed"))
    assert (message.reply, message.attachments) == ("Voici.", ())


def test_a_text_signed_in_place_loses_its_armour():
    body = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nVoici le guide.\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"
    assert read_message(corpus.text(body)).reply == "Voici le guide."


# --- robots -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("subject", "body"), manners.AWAY.values(), ids=manners.AWAY)
def test_an_automatic_answer_without_a_mark_is_known_by_its_first_line(subject, body):
    assert read_message(corpus.text(body, Subject=subject)).robot is Robot.AUTO_REPLY


@pytest.mark.parametrize("mark", [{}, {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"}])
@pytest.mark.parametrize(("subject", "body"), manners.HERE.values(), ids=manners.HERE)
def test_a_person_who_writes_of_holidays_or_receipts_is_a_person(subject, body, mark):
    assert read_message(corpus.text(body, Subject=subject, **mark)).robot is Robot.NONE


def test_asking_others_not_to_answer_says_nothing_of_who_wrote():
    raw = corpus.text("Voici notre guide.", Subject="Un guide à partager", X_Auto_Response_Suppress="All")
    assert read_message(raw).robot is Robot.NONE


def test_a_word_of_robots_beside_a_mark_is_a_robot():
    raw = corpus.text("Retour lundi.", Subject="Absence : Camille", X_Auto_Response_Suppress="All")
    assert read_message(raw).robot is Robot.AUTO_REPLY


@pytest.mark.parametrize(
    "subject", ["Re: Bien reçu : Notre guide", "RE: Congés scolaires", "Re: Fermeture des guichets"]
)
def test_the_subject_of_what_is_answered_says_nothing_of_who_answers(subject):
    raw = corpus.text(
        "Voici les chiffres.", Subject=subject, In_Reply_To="<a@example.org>", References="<a@example.org>"
    )
    assert read_message(raw).robot is Robot.NONE


def test_a_notice_brings_no_file():
    words = "Je serai absente jeudi. Voici les chiffres demandés.\n"
    asked = {"Subject": "Re: Une ressource", "In_Reply_To": "<a@example.org>"}
    assert read_message(corpus.text(words, **asked)).robot is Robot.AUTO_REPLY
    file = corpus.part(b"%PDF-1.4 chiffres", kind="application/pdf", name="chiffres.pdf")
    assert read_message(corpus.mixed(_plain(words), file, **asked)).robot is Robot.NONE


def test_what_words_alone_tell_is_a_guess_and_what_programs_say_is_none():
    guessed = read_message(corpus.text("Retour lundi.", Subject="Absence : Camille", In_Reply_To="<a@example.org>"))
    told = read_message(corpus.text("Retour lundi.", Subject="Absence : Camille", Auto_Submitted="auto-replied"))
    assert (guessed.robot, guessed.is_surely_of_a_robot) == (Robot.AUTO_REPLY, False)
    assert (told.robot, told.is_surely_of_a_robot) == (Robot.AUTO_REPLY, True)


@pytest.mark.parametrize(
    "words",
    [
        "Rencontre le 12 mars : cliquez ici pour confirmer votre présence : https://bourg.example.org/inscription",
        "Voici.\n\n> Cliquez ici pour valider votre message : https://filtre.example.org/a",
    ],
)
def test_an_invitation_to_click_is_no_challenge_nor_is_one_that_is_quoted(words):
    message = read_message(corpus.text(words, Subject="Re: Une ressource", In_Reply_To="<a@example.org>"))
    assert message.robot is Robot.NONE


@pytest.mark.parametrize("asked", [{}, {"Subject": "Re: Une ressource", "In_Reply_To": "<a@example.org>"}])
@pytest.mark.parametrize(
    "words",
    [
        "Nous avons ajouté un captcha au vote en ligne : https://bourg.example.org/vote",
        "La commune a quitté MailInBlack, trop dur pour nos aînés. Le récit : https://bourg.example.org/recit",
        "Le message de l’habitant reste en attente de validation par le conseil : https://bourg.example.org/regles",
        "La plateforme authentifie l’expéditeur de chaque avis : https://bourg.example.org/avis",
        "Prouver le facteur humain du budget participatif : https://bourg.example.org/budget",
        "Les prix seront remis le 12 mars, cliquez pour venir : https://bourg.example.org/prix",
    ],
)
def test_who_writes_of_filters_and_gives_a_link_is_a_person(words, asked):
    assert read_message(corpus.text(words, **asked)).robot is Robot.NONE


def test_a_guide_to_filters_is_a_person_s_though_it_says_what_they_ask():
    words = "Guide : « Cliquez ici pour valider votre message » fait fuir les aînés, dit l’enquête. " * 20
    assert read_message(corpus.text(f"{words}\nhttps://bourg.example.org/guide")).robot is Robot.NONE


@pytest.mark.parametrize(
    ("words", "headers"),
    [
        ("Votre message est en attente de validation. Cliquez ici : https://filtre.example.org/a", {}),
        ("Votre message est en attente de validation : https://filtre.example.org/a", {}),
        ("Cliquez ici pour confirmer votre envoi : https://filtre.example.org/a", {}),
        ("Cliquez sur ce lien pour que votre courriel soit remis : https://filtre.example.org/a", {}),
        ("Please verify that you are a human: https://guard.example.org/3", {}),
        ("Prouvez que vous êtes humain : https://filtre.example.org/a", {}),
        ("Pour que votre message soit remis, authentifiez votre envoi, cliquez : https://filtre.example.org/a", {}),
        ("Remplissez le captcha : https://filtre.example.org/a", {"In_Reply_To": "<a@example.org>"}),
        ("Remplissez le captcha : https://filtre.example.org/a", {"Return_Path": "<>"}),
        ("Remplissez le captcha : https://filtre.example.org/a", {"From": "Mairie <no-reply@bourg.example.org>"}),
        ("Boîte protégée par MailInBlack.", {"Auto_Submitted": "auto-replied"}),
        ("Cliquez pour confirmer votre adresse : https://filtre.example.org/a", {"Subject": "Re: Bien reçu"}),
    ],
)
def test_a_filter_that_asks_for_a_proof_is_recognised(words, headers):
    assert read_message(corpus.text(words, **headers)).robot is Robot.CHALLENGE


def test_an_accepted_invitation_is_a_notice_unless_she_writes():
    reply = corpus.CALENDAR.replace(b"BEGIN:VEVENT", b"METHOD:REPLY\r\nBEGIN:VEVENT")
    part = corpus.part(reply, kind="text/calendar; method=REPLY", name="reponse.ics")
    assert read_message(corpus.mixed(_plain(" "), part, Subject="Accepté : Atelier")).robot is Robot.REPORT
    words = (
        "Je viendrai avec plaisir, et nous aimerions présenter notre guide du jardin partagé : " + "il est libre, " * 10
    )
    assert read_message(corpus.mixed(_plain(words), part, Subject="Accepté : Atelier")).robot is Robot.NONE


@pytest.mark.parametrize("page", [b"125", b"1259", b"12590", b"99999"])
def test_a_code_page_that_does_not_exist_is_read_as_the_usual_one(page):
    assert rtf.read(rb"{\rtf1\ansi\ansicpg" + page + rb" \'e9t\'e9}").text.strip() == "été"
