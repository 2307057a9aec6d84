"""A new editor makes the next letter of the demonstration, somebody else has it mended and approves it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.hands import Hands

REFUSAL = "L’objet ne dit pas de qui vient la lettre. Peux-tu le compléter ?"
ANSWER = "C’est fait, merci."
SUBJECT = "Territoires en Commun : la parole des jeunes"


def compose(editor: Hands) -> None:
    """From what the calendar asks for to a draft filled in by itself, which she reads and completes."""
    page = editor.page
    page.goto("/gestion/")
    editor.settled()
    editor.look("aujourdhui")
    editor.press(page.get_by_role("link", name=re.compile("^Prochain numéro à composer")))
    compose_button = page.get_by_role("button", name="Composer ce numéro")
    compose_button.wait_for()
    editor.look("composer")
    editor.press(compose_button)
    page.wait_for_url("**/edit/")
    editor.settled()
    editor.look("numero-en-brouillon")
    editor.write(page.get_by_label("Objet du message"), "La parole des jeunes")
    editor.press(page.get_by_role("button", name="Enregistrer le brouillon"))
    page.locator(".messages .success").wait_for()
    editor.settled()


def submit(editor: Hands) -> None:
    page = editor.page
    editor.press(page.get_by_role("link", name="Vérifier et envoyer"))
    page.wait_for_url(re.compile(r"/gestion/lettre/\d+/$"))
    editor.settled()
    editor.look("verifier-et-envoyer")
    editor.press(page.get_by_role("button", name="Soumettre à l’approbation"))
    page.get_by_text("Le numéro est figé").wait_for()


def read_and_refuse(approver: Hands) -> None:
    page = approver.page
    page.goto("/gestion/")
    approver.settled()
    approver.look("aujourdhui-approbation")
    approver.press(page.get_by_role("main").get_by_role("link", name=re.compile("La parole des jeunes$")))
    approver.press(page.get_by_role("link", name="Relire ce qui est figé, et décider"))
    refuse = page.get_by_text("Ne pas approuver, et dire pourquoi")
    refuse.wait_for()
    approver.settled()
    approver.look("relire")
    approver.press(refuse)
    approver.write(page.get_by_label("Pourquoi", exact=True), REFUSAL)
    approver.settled()
    approver.look("refuser")
    approver.press(page.get_by_role("button", name="Rendre à la rédaction"))
    page.get_by_text(REFUSAL).first.wait_for()


def mend(editor: Hands) -> None:
    """She finds the words of the refusal where she left the issue, mends, answers, and submits again."""
    page = editor.page
    page.reload()
    page.get_by_text(REFUSAL).first.wait_for()
    editor.settled()
    editor.look("refuse")
    editor.write(page.get_by_label("Votre réponse"), ANSWER)
    editor.press(page.get_by_role("button", name="Répondre"))
    page.get_by_text(ANSWER).first.wait_for()
    editor.press(page.get_by_role("link", name="Modifier le numéro"))
    page.wait_for_url("**/edit/")
    editor.settled()
    editor.write(page.get_by_label("Objet du message"), SUBJECT)
    editor.press(page.get_by_role("button", name="Enregistrer le brouillon"))
    page.locator(".messages .success").wait_for()
    editor.settled()
    submit(editor)


def approve(approver: Hands) -> None:
    page = approver.page
    page.goto("/gestion/")
    approver.press(page.get_by_role("main").get_by_role("link", name=re.compile("La parole des jeunes$")))
    approver.press(page.get_by_role("link", name="Relire ce qui est figé, et décider"))
    agree = page.get_by_role("button", name="J’ai relu et j’approuve ce message")
    agree.wait_for()
    approver.settled()
    expect(page.get_by_text(SUBJECT).first).to_be_visible()
    approver.look("relire-ce-qui-a-change")
    approver.press(agree)
    page.get_by_role("link", name="Envoyer…").wait_for()


def let_go_and_stop(approver: Hands) -> None:
    """The number written out, the countdown, and the stop that everybody of the team sees."""
    page = approver.page
    approver.press(page.get_by_role("link", name="Envoyer…"))
    exact = page.get_by_label("Pour confirmer, écrivez le nombre de destinataires")
    exact.wait_for()
    approver.settled()
    approver.look("envoyer")
    said = page.locator("main").inner_text()
    approver.write(exact, re.findall(r"(\d+) personnes", said)[0])
    if page.get_by_label("J’ai lu ce qui précède").count():  # at night, on a Sunday, on a holiday
        approver.tick(page.get_by_label("J’ai lu ce qui précède"))
    approver.press(page.get_by_role("button", name="Confirmer l’envoi"))
    page.get_by_role("button", name=re.compile("Arrêter|Annuler")).first.wait_for()
    approver.settled()
    approver.look("compte-a-rebours")
    approver.press(page.get_by_role("button", name=re.compile("Arrêter|Annuler")).first)
    page.get_by_text("L’envoi est arrêté").wait_for()


def afterwards(approver: Hands) -> None:
    """The letter of the demonstration that has left."""
    page = approver.page
    page.goto("/gestion/")
    approver.press(page.get_by_role("link", name=re.compile("Numéro 2")).last)
    approver.press(page.get_by_role("link", name=re.compile("^Après l’envoi")))
    page.wait_for_url("**/apres/")
    approver.settled()
    approver.look("apres-l-envoi")


def put_right(editor: Hands) -> None:
    """The letter of the demonstration that has left had a word wrong: the page is corrected, then readers are told."""
    page = editor.page
    page.goto("/gestion/")
    editor.press(page.get_by_role("link", name=re.compile("Numéro 2")).last)
    editor.write(page.get_by_label("Passage erroné"), "Le passage")
    editor.write(page.get_by_label("Passage corrigé"), "Ce passage")
    editor.press(page.get_by_role("button", name="Corriger l’édition web"))
    page.locator(".messages .success").wait_for()
    editor.press(page.get_by_role("link", name="Écrire aux personnes qui ont reçu l’erreur…"))
    reason = page.get_by_label("En une phrase, ce qui n’allait pas")
    reason.wait_for()
    editor.write(reason, "L’heure de la rencontre de Grenoble était fausse.")
    editor.write(page.get_by_label("Ce qu’il faut lire"), "Lisez : jeudi à 18 h, à la maison des habitants.")
    editor.settled()
    editor.look("corriger")
