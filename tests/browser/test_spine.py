"""The whole loop, in a browser and over a real SMTP dialogue: what somebody writes in the library reaches a mailbox."""

from __future__ import annotations

import email
import email.policy
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, expect

from benchmarks.sink import Sink
from commun.accounts.api import REDACTION, VALIDATION
from commun.cms.api import Licence
from commun.library.api import ResourceIndexPage, ThemeIndexPage, ThemePage
from commun.mailing.api import list_sends
from commun.mailing.models import Delivery
from commun.subscribers.models import Subscriber
from tests.chromium import come_to_rest
from tests.mailing.engine import relay, running_engine, wait_until
from tests.newsletters.factories import member, network
from tests.subscribers.factories import make_subscribers

_CODE = re.compile(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", re.MULTILINE)


def sign_in(page: Any, address: str, mailoutbox: list[Any]) -> None:
    """By the code received, as people do."""
    page.goto("/compte/login/")
    page.get_by_role("main").get_by_label("Adresse électronique").fill(address)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/code/**")
    found = _CODE.search(mailoutbox[-1].body)
    assert found, mailoutbox[-1].body
    page.locator("input[name=code]").fill(found[1])
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(lambda url: "/code/" not in url)


def publish(page: Any) -> None:
    page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
    page.locator("button[name=action-publish]").click()
    page.locator(".messages .success").wait_for()


def add(page: Any, *, under: Any, kind: str, title: str, summary: str, theme: str = "") -> None:
    """A page of the library, by the administration's own form."""
    page.goto(f"/gestion/pages/add/library/{kind}/{under.pk}/")
    come_to_rest(page)
    page.locator("#id_title").fill(title)
    page.keyboard.press("Tab")
    expect(page.locator("#id_slug")).not_to_have_value("")  # written by Wagtail's script from the title
    page.locator("#id_summary").fill(summary)
    if theme:
        page.get_by_role("tab", name="Rattachements").click()
        page.get_by_label(theme, exact=True).check()
        page.get_by_role("tab", name="Crédits et droits").click()
        page.get_by_label("Licence").select_option(Licence.CC_BY_SA.value)
        page.locator("#id_credit").fill("Ville d’Exemple")
    publish(page)


def submit_and_let_go(editor: Any, approver: Any) -> None:
    editor.get_by_role("button", name="Soumettre à l’approbation").click()
    editor.get_by_text("Le numéro est figé").wait_for()
    approver.goto(urlsplit(editor.url).path)
    approver.get_by_role("link", name="Relire ce qui est figé, et décider").click()
    approver.get_by_role("button", name="J’ai relu et j’approuve ce message").click()
    approver.get_by_role("link", name="Envoyer…").click()
    approver.get_by_label("Pour confirmer, écrivez le nombre de destinataires").fill("12")
    agree_to_an_odd_hour(approver)
    approver.get_by_role("button", name="Confirmer l’envoi").click()


def agree_to_an_odd_hour(page: Any) -> None:
    """At night, on a Sunday, on a holiday."""
    if page.get_by_label("J’ai lu ce qui précède").count():
        page.get_by_label("J’ai lu ce qui précède").check()


def let_go_and_stop(editor: Any, approver: Any) -> None:
    """Nothing has left, and the letter is a draft again."""
    submit_and_let_go(editor, approver)
    approver.get_by_role("timer").filter(has_text="Départ dans").wait_for()
    look_again(editor)
    editor.get_by_role("timer").filter(has_text="Départ dans").wait_for()  # everybody of the team sees it
    approver.get_by_role("button", name="Arrêter : la lettre ne part pas").click()
    approver.get_by_text("L’envoi est arrêté").wait_for()
    assert not Delivery.objects.exists()
    look_again(editor)


def look_again(page: Any) -> None:
    """A screen that follows a send opens itself anew when its state changes: whichever comes first."""
    come_to_rest(page)
    try:
        page.goto(urlsplit(page.url).path)
    except Error as error:
        if "ERR_ABORTED" not in str(error):
            raise
        page.wait_for_load_state("load")


def put_right(editor: Any, approver: Any) -> None:
    """On the web edition, then by a message to those who received it: one writes it, the other approves."""
    look_again(editor)
    editor.get_by_label("Passage erroné, copié depuis la page").fill("Des voisins refont la rue")
    editor.get_by_label("Passage corrigé").fill("Des voisins refont la place")
    editor.get_by_role("button", name="Corriger l’édition web").click()
    editor.get_by_role("link", name="Écrire aux personnes qui ont reçu l’erreur…").click()
    editor.get_by_label("En une phrase, ce qui n’allait pas").fill("Il s’agit de la place, et non de la rue.")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Figer le rectificatif et le faire approuver").click()
    approver.goto(urlsplit(editor.url).path)
    approver.get_by_role("button", name="J’ai relu et j’approuve ce rectificatif").click()
    approver.get_by_label("Pour confirmer, écrivez le nombre de destinataires").fill("11")
    agree_to_an_odd_hour(approver)
    with approver.expect_navigation():
        approver.get_by_role("button", name=re.compile("Envoyer le rectificatif à")).click()


@pytest.fixture
def site(settings: Any, live_server: Any) -> None:
    settings.STAFF_MFA_REQUIRED = False
    settings.SEND_COUNTDOWN = 0
    # Wagtail pictures a form two seconds after it opens: what a robot typed before is lost to its drafts, and saving
    # one redraws the menu under the robot’s click.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    settings.SITE_URL = live_server.url  # links of the letter lead to the server of this test
    network()
    member("editrice", REDACTION)
    member("relecteur", VALIDATION)
    make_subscribers(12)


@pytest.mark.long
def test_from_a_theme_to_a_mailbox_and_the_web(site, visit, mailoutbox, tmp_path, settings):
    page = visit("/")
    sign_in(page, "editrice@example.org", mailoutbox)
    add(
        page,
        under=ThemeIndexPage.objects.get(),
        kind="themepage",
        title="Le passage à l’action",
        summary="Des habitants font, la commune accompagne.",
    )
    theme = ThemePage.objects.get()
    under = ResourceIndexPage.objects.get()
    for kind, title in (
        ("experiencepage", "Des voisins refont la rue"),
        ("guidepage", "Ouvrir un chantier aux habitants"),
    ):
        add(page, under=under, kind=kind, title=title, summary="Le récit, daté et chiffré.", theme=theme.title)

    page.goto("/gestion/lettre/calendrier/")
    page.get_by_role("link", name=re.compile("Composer")).first.click()
    page.get_by_role("main").get_by_role("button", name=re.compile("Composer|Créer")).click()
    page.wait_for_url("**/edit/")
    page.goto("/gestion/lettre/")
    page.get_by_role("main").get_by_role("link", name=theme.title).first.click()
    second = visit("/")
    sign_in(second, "relecteur@example.org", mailoutbox)

    settings.SEND_COUNTDOWN = 30  # minutes
    let_go_and_stop(page, second)
    settings.SEND_COUNTDOWN = 0
    submit_and_let_go(page, second)
    second.get_by_text("L’envoi commence.").wait_for()

    with Sink(tmp_path / "record") as sink, running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        sink.keep_bodies = True
        wait_until(lambda: list_sends()[0].state == "finished")
        received = [email.message_from_bytes(raw, policy=email.policy.default) for _, _, raw in sink.messages]
    assert len({message["To"] for message in received}) == 12
    text = received[0].get_body(("plain",)).get_content()
    assert "Des voisins refont la rue" in text

    reader = visit("/lettre/1/")
    assert reader.get_by_role("heading", level=1).count() == 1
    reader.get_by_role("link", name=re.compile("Ouvrir un chantier aux habitants")).first.click()
    assert reader.get_by_role("heading", level=1).inner_text() == "Ouvrir un chantier aux habitants"

    leaving = urlsplit(str(received[0]["List-Unsubscribe"]).strip("<>")).path
    reader.goto(leaving)
    assert Subscriber.objects.filter(state="active").count() == 12, "looking at the link changes nothing"
    leave = reader.get_by_role("main").get_by_role("button", name=re.compile("désabonner|désinscrire", re.IGNORECASE))
    with reader.expect_navigation():
        leave.click()
    assert Subscriber.objects.filter(state="active").count() == 11

    # She has left: what puts the letter right goes to the eleven others alone.
    put_right(page, second)
    with Sink(tmp_path / "record-2") as sink, running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        sink.keep_bodies = True
        wait_until(lambda: len(sink.messages) == 11)
        wait_until(lambda: {send.counts["accepted"] for send in list_sends()[:1]} == {11})
        put = [email.message_from_bytes(raw, policy=email.policy.default) for _, _, raw in sink.messages]
    assert {message["To"] for message in put} < {message["To"] for message in received}
    assert "Il s’agit de la place, et non de la rue." in put[0].get_body(("plain",)).get_content()
    reader.goto("/lettre/1/")
    assert reader.get_by_text("Des voisins refont la place").count()
