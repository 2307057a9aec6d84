"""The whole journey in a browser: mail in, inbox, question, answer by mail, accept, draft, the contributor's page."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from commun.contributions.models import Contribution
from commun.contributions.types import Kind
from commun.demo.content.contributions import MAIL
from commun.library.api import ExperiencePage
from tests.browser.axe import headings_skip_a_level, violations
from tests.browser.test_votes import looked_at
from tests.contributions.conftest import deliver
from tests.contributions.factories import document, examine_all, given, moderator, picture
from tests.inbound import corpus
from tests.library.factories import ThemeFactory
from tests.newsletters.factories import network

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = ".contrib"  # the rest of the administration is Wagtail's


@pytest.fixture
def enter(visit, signed_in, live_server, settings) -> Any:
    """`enter(path, width=…)` opens an address of the administration as a moderator."""
    settings.STAFF_MFA_REQUIRED = False
    settings.INBOUND_DOMAIN = "example.org"
    settings.SITE_URL = live_server.url
    network()
    ThemeFactory(title="Les communs du village")
    who = moderator()
    state = signed_in(who)
    return lambda path, **options: visit(path, storage_state=state, height=2600, **options)


def overflow(page: Any) -> int:
    """Pixels beyond the window. The menu of the administration folds in with an animation: wait for it."""
    for _ in range(20):
        inner = int(page.locator(MAIN).evaluate("box => box.scrollWidth - box.clientWidth"))
        if inner <= 0:
            break
        page.wait_for_timeout(150)
    return inner


def admin_problems(page: Any) -> list[str]:
    problems = violations(page, within=MAIN)
    size = page.viewport_size
    page.set_viewport_size({"width": 360, "height": size["height"]})
    inner = overflow(page)
    problems += violations(page, within=MAIN) + ([f"{page.url} overflows by {inner} px"] if inner > 0 else [])
    page.look(f"contrib-360-{urlsplit(page.url).path.strip('/').replace('/', '-')}")
    page.set_viewport_size(size)
    return problems


def link_in(mail: Any) -> str:
    return re.search(r"/contribution/\S+", mail.body)[0]


def test_from_a_plain_mail_to_a_draft_with_a_question_on_the_way(enter, visit, mailoutbox):
    inbox = enter("/gestion/contributions/")
    assert inbox.get_by_text("Rien à traiter.").count() == 1
    deliver((MAIL / "une-experience.eml").read_bytes(), to="editorialisation@example.org")
    assert examine_all() == 1  # as a worker does
    inbox.reload()
    inbox.look("contrib-inbox")
    problems = admin_problems(inbox)

    inbox.keyboard.press("j")
    inbox.keyboard.press("Enter")
    inbox.get_by_role("heading", name="Le brouillon que cela donnerait").wait_for()
    assert inbox.locator("mark", has_text="plouguerneau.example.org").count()
    inbox.look("contrib-detail")
    problems += admin_problems(inbox)

    inbox.locator("#message-titre").click()
    inbox.keyboard.press("q")
    inbox.keyboard.type("Qui a pris la photo ?")
    inbox.get_by_role("button", name="Envoyer la question").click()
    inbox.get_by_text("La question est partie.").wait_for()

    mine = visit(link_in(mailoutbox[0]))
    assert mine.get_by_text("Qui a pris la photo ?").count() == 1
    mine.look("contrib-page-waiting")
    problems += looked_at(mine)
    mine.get_by_role("button", name="C’est bien moi").click()
    mine.get_by_text("votre adresse est confirmée").wait_for()
    mine.get_by_role("link", name="Corriger").click()
    mine.look("contrib-correct")
    problems += looked_at(mine)
    mine.get_by_text("CC BY-SA : réutiliser").click()
    mine.get_by_text(re.compile("me remercie")).click()
    mine.get_by_role("button", name="Enregistrer").click()
    mine.get_by_text("Vos corrections sont enregistrées.").wait_for()

    question = mailoutbox[-1]
    answer = corpus.text("C’est Yann, il est d’accord.", From="solene.legoff@example.org", Message_ID="<b@example.org>")
    assert deliver(answer, to=question.reply_to[0]) == "answer"

    inbox.reload()
    assert inbox.get_by_text("C’est Yann, il est d’accord.").count() == 1
    inbox.get_by_label(re.compile("Ce que montre chantier")).fill("Des habitants autour du lavoir")
    inbox.get_by_role("button", name="Accepter et créer le brouillon").click()
    inbox.get_by_role("link", name="Ouvrir le brouillon", exact=True).click()
    draft = ExperiencePage.objects.get()
    inbox.wait_for_url(f"**/gestion/pages/{draft.pk}/edit/")
    assert inbox.locator("#id_title").input_value() == "Notre lavoir restauré avec les habitants"
    assert (draft.licence, draft.credit) == ("cc-by-sa", "Solène Le Goff / Mairie de Plouguerneau")
    assert draft.cover_image.alt_text == "Des habitants autour du lavoir"

    mine.reload()
    assert mine.get_by_text("Elle est retenue").count() >= 1
    assert problems == []


def test_every_panel_is_accessible_and_every_page_of_a_contributor_too(enter, visit):
    other = given(title="Le lavoir du village restauré")
    row = given(kind=Kind.EVENT, title="Le lavoir restauré du village")
    picture(contribution=row)
    document(contribution=row)
    page = enter(f"/gestion/contributions/{row.pk}/")
    for summary in page.locator("summary[data-key]").all():
        summary.click()
    page.get_by_role("button", name="Accepter et créer le brouillon").click()
    page.get_by_text("Indiquez le jour de l’événement").first.wait_for()
    page.look("contrib-event-error")
    problems = admin_problems(page)
    assert page.get_by_role("link", name=other.title).count() == 1

    from commun.contributions import links

    mine = visit(urlsplit(links.page_url(reference=row.reference)).path)
    mine.look("contrib-page")
    problems += looked_at(mine) + headings_skip_a_level(mine)
    mine.get_by_role("link", name="Retirer").click()
    mine.look("contrib-withdraw")
    problems += looked_at(mine)
    mine.get_by_role("button", name="Retirer ma contribution").click()
    mine.get_by_text("C’est retiré").wait_for()
    mine.goto("/contribution/inconnue/")
    problems += looked_at(mine)
    assert problems == []
    assert Contribution.objects.get(pk=row.pk).state == "withdrawn"
