# ruff: noqa: E501 (French sentences, kept whole)
"""Each seeded defect is caught at its place; what is right raises no alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commun.newsletters.engine import DjangoTemplates
from commun.newsletters.rendering import Finding, check_issue, render_issue
from commun.newsletters.rendering import content as c
from commun.newsletters.rendering.checks.rules import RULES
from commun.newsletters.rendering.dates import written_dates
from commun.newsletters.rendering.values import Image, Link, Rich
from tests.newsletters import samples
from tests.newsletters.samples import SITE, link

DAY = date(2022, 11, 15)
SOUND = samples.issue()
KINDS = [block.kind for block in SOUND.blocks]


def found(content, *, email=None):
    documents = render_issue(content=content, engine=DjangoTemplates(), personal=samples.PERSONAL)
    if email is not None:
        documents = replace(documents, email=email(documents.email))
    return check_issue(content=content, documents=documents, day=DAY)


def head(**changes):
    return replace(SOUND, **changes)


def block(kind, **changes):
    """The sound issue with one section changed."""
    return replace(SOUND, blocks=tuple(replace(one, **changes) if one.kind == kind else one for one in SOUND.blocks))


def text(words, title="Le mot de la rédaction"):
    return block("text", title=title, body=Rich(words if words.startswith("<") else f"<p>{words}</p>"))


def card(**changes):
    """In the first card of the inspirations."""
    first, *others = next(one for one in SOUND.blocks if one.kind == "inspirations").cards
    return block("inspirations", cards=(replace(first, **changes), *others))


def news(**changes):
    first, *others = next(one for one in SOUND.blocks if one.kind == "news").cards
    return block("news", cards=(replace(first, **changes), *others))


def event(when):
    first, *others = next(one for one in SOUND.blocks if one.kind == "agenda").lines
    return block("agenda", lines=(replace(first, when=when), *others))


def picture(**changes):
    values = {
        "url": f"{SITE}/media/x.png",
        "width": 720,
        "height": 480,
        "alt": "Un banc peint en bleu",
        "weight": 18_000,
    }
    return block("image", image=Image(**{**values, **changes}))


def call(deadline):
    old = next(one for one in SOUND.blocks if one.kind == "vote_call").call
    return block("vote_call", call=replace(old, deadline=deadline))


def sender(**changes):
    return head(sender=samples.sender(**changes))


LONG = "Les habitantes et les habitants " + "de la commune et de ses hameaux " * 6 + "se réunissent le lundi."

# What is wrong, the code that must say so, the section it must point at (a kind, or "" for the message).
DEFECTS = [
    ("no subject", head(subject=" "), "subject_missing", ""),
    ("a long subject", head(subject="Un objet qui ne finit pas " * 4), "subject_long", ""),
    ("a subject in capitals", head(subject="LA LETTRE DE NOVEMBRE EST LÀ"), "subject_shouting", ""),
    ("a subject that shouts", head(subject="La lettre de novembre !!"), "subject_marks", ""),
    ("a subject that feigns an answer", head(subject="Re : la lettre de novembre"), "subject_reply", ""),
    ("no preheader", head(preheader=""), "preheader_missing", ""),
    ("a preheader that repeats the subject", head(preheader=SOUND.subject), "preheader_repeats", ""),
    ("a preheader nobody sees the end of", head(preheader="Un lycée, une rue, une caisse. " * 6), "preheader_long", ""),
    ("no postal address", sender(postal_address=" "), "postal_address_missing", ""),
    ("a tagline of the State", sender(tagline="Une lettre du Gouvernement"), "state_words", ""),
    ("a sender with the words of the State", sender(name="République française en commun"), "state_words", ""),
    ("no section", head(blocks=()), "empty_issue", ""),
    ("a theme without words", block("theme", intro=Rich("")), "empty_section", "theme"),
    ("a theme without its call", block("theme", need=None), "theme_without_call", "theme"),
    ("a theme whose call is answered", block("theme", intro=Rich("<p>Ce mois-ci, nous cherchons des récits.</p>")), "call_answered", "theme"),
    ("no card", block("inspirations", cards=()), "empty_section", "inspirations"),
    ("an untitled list", block("inspirations", title=""), "title_missing", "inspirations"),
    ("an empty agenda", block("agenda", lines=()), "empty_section", "agenda"),
    ("an image section without image", block("image", image=None), "empty_section", "image"),
    ("a quote without words", block("quote", words=" "), "empty_section", "quote"),
    ("an empty text", text(" "), "empty_section", "text"),
    ("a call that leads nowhere", block("event_call", call=None), "call_without_link", "event_call"),
    ("a sub-heading without heading", text("<h3>Sous-titre</h3><p>Suite.</p>", title=""), "heading_skipped", "text"),
    ("two sections of one name", block("text", title="À vos agendas"), "heading_repeated", "text"),
    ("an event that is over", event("Mardi 8 novembre 2022, de 9 h à 12 h"), "event_past", "agenda"),
    ("a range that is over", event("Du 7 au 10 décembre 2021"), "event_past", "agenda"),
    ("news of a past meeting", news(when="Mardi 29 novembre 2021, à Lyon"), "event_past", "news"),
    ("news of last year without a year", news(when="Lundi 13 décembre, 11 h"), "weekday_wrong", "news"),
    ("news without a year", news(when="Mardi 13 décembre, 11 h"), "year_missing", "news"),
    ("a weekday that contradicts", event("Lundi 29 novembre 2022, de 15 h à 17 h"), "weekday_wrong", "agenda"),
    ("a weekday wrong inside a range", event("Du mercredi 22 au jeudi 24 novembre 2022"), "weekday_wrong", "agenda"),
    ("a weekday wrong in a paragraph", text("Rendez-vous le lundi 1er décembre 2022."), "weekday_wrong", "text"),
    ("a weekday wrong in a summary", card(summary="L’atelier aura lieu vendredi 3 décembre 2022."), "weekday_wrong", "inspirations"),
    ("a day that does not exist", text("Rendez-vous le 31 novembre 2022."), "date_impossible", "text"),
    ("a 29 February that is none", event("Mercredi 29 février 2023"), "date_impossible", "agenda"),
    ("a range that runs backwards", event("Du 24 au 22 novembre 2022"), "dates_backwards", "agenda"),
    ("a vote that is closed", call("Jusqu’au lundi 31 octobre 2022"), "deadline_past", "vote_call"),
    ("a call that is closed, in its text", block("contribution_call", body=Rich("<p>Écrivez-nous avant le 10 octobre 2022.</p>")), "deadline_past", "contribution_call"),
    ("a deadline in figures", text("Candidatures jusqu’au 30/10/2022."), "deadline_past", "text"),
    ("a featured experience without link", block("featured", card=c.Card("Expérience", "À Bagneux", "Un lycée.")), "link_missing", "featured"),
    ("a card without link", card(link=None), "link_missing", "inspirations"),
    ("a link that says nothing", card(link=link("Cliquez ici", "/ressources/grenoble/")), "vague_link", "inspirations"),
    ("a link that says nothing, in a text", text(f'Tout est <a href="{SITE}/votes/">ici</a>.'), "vague_link", "text"),
    ("one text for two links", card(link=link("Voter pour une thématique", "/ressources/grenoble/")), "link_repeated", "vote_call"),
    ("a bare address", text(f'Lire <a href="{SITE}/a/">{SITE}/a/</a>.'), "link_bare", "text"),
    ("a link in disguise", text('Lire <a href="https://ailleurs.example.net/">www.banque.example.org</a>.'), "link_disguised", "text"),
    ("a link to the office's network", text('<a href="http://192.168.1.12/doc">Le compte rendu</a>'), "link_private", "text"),
    ("a link to the administration", text(f'<a href="{SITE}/gestion/pages/12/">Le compte rendu</a>'), "link_private", "text"),
    ("somebody's own link", text(f'<a href="{SITE}/preferences/{"k" * 43}/">Vos préférences</a>'), "link_personal", "text"),
    ("a shortened link", text('<a href="https://bit.ly/abc">Le compte rendu</a>'), "link_shortened", "text"),
    ("a link without encryption", text('<a href="http://mairie.example.org/">Le site de la mairie</a>'), "link_insecure", "text"),
    ("a link that follows", text('<a href="https://mairie.example.org/?utm_source=lettre">Le site</a>'), "link_tracked", "text"),
    ("a resource twice", block("featured", card=samples.cards(SITE)[0]), "resource_twice", "inspirations"),
    ("no alternative text", picture(alt=""), "alt_missing", "image"),
    ("a file name for alternative text", picture(alt="IMG_20221103.jpg"), "alt_file_name", "image"),
    ("a camera's name for alternative text", picture(alt="DSC04512"), "alt_file_name", "image"),
    ("an alternative text that says it is one", picture(alt="Image d’un banc peint"), "alt_opening", "image"),
    ("an alternative text without end", picture(alt="Un banc peint en bleu devant la mairie. " * 6), "alt_long", "image"),
    ("an alternative text that repeats", picture(alt="Le marché de Plouguerneau"), "alt_repeats", "image"),
    ("a heavy picture", picture(weight=95 * 1024), "image_heavy", "image"),
    ("pictures too heavy", picture(weight=240 * 1024), "images_heavy", ""),
    ("a small picture", picture(width=120, height=80), "image_small", "image"),
    ("a variable", text("Bonjour {{ prenom }}, bonne lecture."), "unknown_variable", "text"),
    ("a variable of another tool", head(preheader="Bonjour *|FNAME|*"), "unknown_variable", ""),
    ("a text to come", text("Lorem ipsum dolor sit amet."), "placeholder", "text"),
    ("a bracket left", block("text", title="[Titre à trouver]"), "placeholder", "text"),
    ("words of advertisements", text("Profitez-en vite : c’est 100 % gratuit."), "spam_words", "text"),
    ("a title in capitals", block("text", title="GRANDE RENCONTRE ANNUELLE DES ÉLUS"), "shouting", "text"),
    ("the opening of a mail", text("Bonjour à toute l’équipe, voici notre récit."), "mail_leftover", "text"),
    ("an attachment that is not there", text("Je joins une photo du chantier."), "mail_leftover", "text"),
    ("somebody's own telephone", text("Appelez Camille au 06 12 34 56 78."), "phone_private", "text"),
    ("a capital without its accent", card(title="Etats généraux de la participation"), "capital_accent", "inspirations"),
    ("an À without its accent", text("Tout commence. A Paris, on en parle."), "capital_accent", "text"),
    ("straight quotes", text('On parle de "budget participatif".'), "quotes_straight", "text"),
    ("a space after an apostrophe", text("C’est l’ affaire de tous."), "apostrophe_space", "text"),
    ("no space before a question mark", text("Et chez vous?"), "space_before", "text"),
    ("a space before a full stop", text("Et chez vous aussi ."), "space_before", "text"),
    ("an ordinal", text("C’est la 2ème édition."), "ordinal", "text"),
    ("etc. and its dots", text("Des bancs, des jardinières, etc..."), "dots", "text"),
    ("a word twice", text("On parle de la la rue."), "repeated_word", "text"),
    ("a sentence without end", text(LONG), "sentence_long", "text"),
]  # fmt: skip

# 5.6 for 1 as we write it, 2.8 once an application has turned both colours over.
TURNED_BADLY = "color:#b3361f;background-color:#fff6c8"

IN_THE_DOCUMENT = [
    ("a form", lambda html: html.replace("</body>", "<form></form></body>"), "mailbox_drops"),
    ("a film", lambda html: html.replace("</body>", "<video></video></body>"), "mailbox_drops"),
    ("a picture inside the message", lambda html: html.replace("</body>", '<img src="data:image/png;base64,x" alt=""></body>'), "mailbox_drops"),
    ("a fixed position", lambda html: html.replace("</body>", '<p style="position:fixed">x</p></body>'), "mailbox_drops"),
    ("grey on white", lambda html: html.replace("</body>", '<p style="color:#aaaaaa;background-color:#ffffff">Pâle</p></body>'), "contrast_low"),
    ("a grey that turned over is lost", lambda html: html.replace("</body>", f'<p style="{TURNED_BADLY}">Perdu</p></body>'), "contrast_low"),
    ("a heading skipped", lambda html: html.replace("</body>", "<h3>a</h3><h5>b</h5></body>"), "heading_skipped"),
    ("a heavy message", lambda html: html + " " * 65_000, "html_heavy"),
    ("a large message", lambda html: html + " " * 36_000, "html_large"),
]  # fmt: skip


def test_the_sound_issue_raises_no_alarm():
    assert found(SOUND) == ()


def test_there_are_at_least_fifty_defects():
    assert len(DEFECTS) + len(IN_THE_DOCUMENT) >= 50


@pytest.mark.parametrize(("content", "code", "kind"), [row[1:] for row in DEFECTS], ids=[row[0] for row in DEFECTS])
def test_a_defect_is_caught_at_its_place(content, code, kind):
    findings = [finding for finding in found(content) if finding.code == code]
    assert findings, [finding.code for finding in found(content)]
    assert findings[0].position == (KINDS.index(kind) + 1 if kind else 0)


@pytest.mark.parametrize(
    ("damage", "code"), [row[1:] for row in IN_THE_DOCUMENT], ids=[row[0] for row in IN_THE_DOCUMENT]
)
def test_a_damaged_message_is_caught(damage, code):
    assert code in {finding.code for finding in found(SOUND, email=damage)}


def test_what_is_faint_is_quoted_as_it_is_with_its_ratio_in_french():
    words = '<p style="color:#aaaaaa;background-color:#ffffff">M. Martin habite ici.</p></body>'
    said = [" ".join(one.message.split()) for one in found(SOUND, email=lambda html: html.replace("</body>", words))]
    assert said == ["« M. Martin habite ici. » se lit mal sur son fond (2,3 pour 1)."]


def test_what_only_the_dark_makes_faint_says_so():
    words = f'<p style="{TURNED_BADLY}">Perdu</p></body>'
    (said,) = [" ".join(one.message.split()) for one in found(SOUND, email=lambda html: html.replace("</body>", words))]
    assert said.startswith("« Perdu » se lit mal quand une messagerie retourne les couleurs (")


@pytest.mark.parametrize("content", [row[1] for row in DEFECTS], ids=[row[0] for row in DEFECTS])
def test_every_finding_says_why_and_how(content):
    for finding in found(content):
        assert finding.why, finding.code
        assert finding.mend, finding.code


def test_every_rule_is_in_french_and_ends_its_sentence():
    for code, rule in RULES.items():
        assert rule.why.endswith((".", "?")), code
        assert rule.mend.endswith((".", "?")), code


def test_findings_come_blocking_first_then_from_the_top():
    levels = [finding.level for finding in found(replace(text('"droits" et 2ème'), subject="", preheader=""))]
    assert levels == sorted(levels, key=("blocking", "warning", "advice").index)


@pytest.mark.parametrize(
    "words",
    [
        "En 2021, le 12 mars, la commune a ouvert ses portes.",
        "Depuis le 3 mai 2019, les voisins se réunissent chaque lundi.",
        "La CNDP, l’ANCT et l’ICPC en parlent.",
        "Il est 18 h 30 : on commence !",
        "Elle a dit : « Nous voulons le faire. »",
        "De 9 h à 12 h, puis de 14 h à 16 h ; entrée libre.",
        "Nous nous sommes réunis le 14 juillet.",
        "Un budget de 36 325 €, voté à 12 voix contre 3 (25 %).",
        "Le mardi 29 novembre 2022 et le jeudi 1er décembre 2022.",
        "Et cætera… Les élus et les habitantes, eux, restent.",
    ],
)
def test_right_french_raises_no_alarm(words):
    assert [finding.code for finding in found(text(words))] == []


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("Mardi 29 novembre 2022, de 15 h à 17 h", [date(2022, 11, 29)]),
        ("Du mardi 22 au jeudi 24 novembre 2022", [date(2022, 11, 22), date(2022, 11, 24)]),
        ("Du 30 novembre au 2 décembre 2022", [date(2022, 11, 30), date(2022, 12, 2)]),
        ("les 12, 13 et 14 mars 2027", [date(2027, 3, 12), date(2027, 3, 13), date(2027, 3, 14)]),
        ("1er mars 2027", [date(2027, 3, 1)]),
        ("le 13/12/2022", [date(2022, 12, 13)]),
        ("Du 30 décembre 2022 au 2 janvier 2023", [date(2022, 12, 30), date(2023, 1, 2)]),
        ("le 12 oct. 2026", [date(2026, 10, 12)]),
        ("trois ans de marche, 12 maisons", []),
    ],
)
def test_dates_are_read_as_they_are_written(words, values):
    assert [written.value for written in written_dates(words)] == values


def test_a_finding_of_no_rule_still_shows():
    assert (Finding("inconnu", "warning", "x").why, Finding("inconnu", "warning", "x").mend) == ("", "")


def test_links_of_the_network_are_no_alarm():
    assert found(text(f'Voir <a href="{SITE}/votes/?thematique=action">le vote sur l’action</a>.')) == ()
    assert Link("Voir le vote", f"{SITE}/votes/")
