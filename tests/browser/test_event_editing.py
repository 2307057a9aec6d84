"""An event typed in the administration: those that look alike are shown beside, before anything is saved."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from commun.accounts.api import REDACTION
from commun.agenda.api import AgendaIndexPage, EventPage
from tests.agenda.factories import EventFactory
from tests.browser.axe import violations
from tests.newsletters.factories import member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [360, 1280])
def test_an_event_that_looks_alike_is_shown_while_another_is_typed(visit, signed_in, settings, width):
    settings.STAFF_MFA_REQUIRED = False
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    begins = datetime(2026, 12, 5, 17, tzinfo=ZoneInfo("Europe/Paris"))
    known = EventFactory(title="Marche exploratoire au Bourg", start=begins, end=begins + timedelta(hours=2))
    index = AgendaIndexPage.objects.get()
    address = f"/gestion/pages/add/agenda/eventpage/{index.pk}/"
    page = visit(address, width=width, storage_state=signed_in(member("editrice", REDACTION)))
    box = page.locator("[data-alike]")
    assert box.get_attribute("aria-live") == "polite"
    page.locator("#id_title").fill("Marches exploratoires")
    page.locator("#id_start").fill("05/12/2026 18:00")
    expect(box).to_contain_text("N’est-ce pas déjà dans l’agenda")
    link = box.get_by_role("link", name="Marche exploratoire au Bourg")
    assert violations(page, within="[data-alike]") == []
    box.scroll_into_view_if_needed()
    page.look(f"alike-{width}")
    with page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_url(f"**/gestion/pages/{known.pk}/edit/")
    page.locator("#id_start").fill("05/03/2027 18:00")
    expect(box).to_have_text("")
    assert EventPage.objects.count() == 1
    assert page.complaints == []
