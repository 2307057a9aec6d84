"""Readers brought by a file, chosen by a condition, and written to: by the screens that the team uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.sink import Sink
from commun.accounts.api import EXPLOITATION, REDACTION, VALIDATION
from commun.common import clock
from commun.mailing.api import list_sends
from commun.newsletters import api
from commun.subscribers.models import Subscriber
from tests.mailing.engine import relay, running_engine, wait_until
from tests.newsletters import factories
from tests.subscribers.factories import make_subscribers

_FILE = "courriel\nana@example.org\nbruno@example.org\nchloé arobase example.org\nana@example.org\n"


@pytest.fixture
def team(settings: Any, live_server: Any) -> Any:
    settings.STAFF_MFA_REQUIRED = False
    settings.SEND_COUNTDOWN = 0
    settings.SITE_URL = live_server.url
    make_subscribers(5)
    return factories.member("equipe", REDACTION, VALIDATION, EXPLOITATION)


def bring(page: Any) -> None:
    """A file is read, its good lines added, its refused line put right and given back."""
    page.get_by_label("Fichier").set_input_files(
        {"name": "salon.csv", "mimeType": "text/csv", "buffer": _FILE.encode()}
    )
    page.get_by_label("Source").fill("Salon des maires, novembre 2026")
    page.get_by_role("button", name="Lire le fichier").click()
    assert Subscriber.objects.count() == 5, "read, and nothing changed"
    page.get_by_role("button", name="Ajouter 2 personnes").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger les lignes refusées").click()
    refused = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "chloé arobase example.org" in refused
    right = refused.replace("chloé arobase example.org", "chloe@example.org")
    page.locator("input[type=file]").set_input_files(
        {"name": "corrige.csv", "mimeType": "text/csv", "buffer": right.encode()}
    )
    page.get_by_role("button", name="Rendre ces lignes").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Ajouter 1 personne").click()
    assert Subscriber.objects.count() == 8


def keep_a_segment(page: Any) -> None:
    """Those whom the two files brought."""
    page.goto("/gestion/abonnements/")
    page.locator("summary", has_text="Filtrer").click()
    brought = page.get_by_label("Salon des maires, novembre 2026")
    for number in range(2):
        brought.nth(number).check()
    page.get_by_role("button", name="Filtrer").click()
    page.get_by_label("Enregistrer ces conditions sous le nom").fill("Rencontrés au salon")
    page.get_by_role("button", name="Enregistrer le segment").click()
    page.get_by_role("link", name="Rencontrés au salon").wait_for()


def let_go(page: Any, issue: Any) -> None:
    page.goto(f"/gestion/lettre/{issue.pk}/envoyer/")
    page.get_by_label("À qui ?").select_option(label="Parmi elles, le seul segment « Rencontrés au salon »")
    page.get_by_role("button", name="Compter").click()
    page.get_by_text("3 personnes").first.wait_for()
    page.get_by_label("Pour confirmer, écrivez le nombre de destinataires").fill("3")
    if page.get_by_label("J’ai lu ce qui précède").count():  # at night, on a Sunday, on a holiday
        page.get_by_label("J’ai lu ce qui précède").check()
    page.get_by_role("button", name="Confirmer l’envoi").click()
    page.get_by_text("L’envoi commence.").wait_for()


@pytest.mark.django_db(transaction=True)
def test_from_a_file_with_a_wrong_line_to_a_letter_sent_to_those_it_brought(team, visit, signed_in, tmp_path):
    page = visit("/gestion/abonnements/importer/", storage_state=signed_in(team))
    bring(page)
    keep_a_segment(page)
    writer = factories.member("editrice", REDACTION)
    issue = factories.composed(writer)
    api.submit_issue(issue=issue, user=writer, now=clock.now())
    api.approve_issue(issue=issue, user=team, now=clock.now())
    let_go(page, issue)
    with Sink(tmp_path / "record") as sink, running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        sink.keep_bodies = True
        wait_until(lambda: list_sends()[0].state == "finished")
        reached = sorted(recipient for _, recipient, _ in sink.messages)
    assert reached == ["ana@example.org", "bruno@example.org", "chloe@example.org"]
