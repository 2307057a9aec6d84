"""The guide: whole, linked, with its pictures, and the same in the repository and in the administration."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from commun.accounts.api import REDACTION
from commun.website import guide
from tests.newsletters.factories import member

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "guide"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


def test_every_page_and_picture_is_led_to_and_every_link_leads_somewhere():
    pages = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert set(guide.names()) == set(pages) - {guide.FIRST}
    links = {name for text in pages.values() for name in re.findall(r"\]\(([^)]+)\)", text)}
    assert {link for link in links if not (FOLDER / link).is_file()} == set()
    pictures = {f"images/{path.name}" for path in (FOLDER / "images").iterdir()}
    assert pictures <= links, "a picture that no page shows"
    for text in pages.values():
        assert all(len(words) > 10 for words in re.findall(r"!\[([^\]]*)\]", text)), "each picture has its words"


@pytest.mark.django_db
def test_the_administration_shows_each_page_with_its_pictures(client):
    client.force_login(member("editrice", REDACTION))
    contents = client.get(reverse("guide")).content.decode()
    for number, name in enumerate(guide.names()):
        address = reverse("guide_page", args=[name])
        assert address in contents
        page = client.get(address)
        assert page.status_code == 200
        shown = page.content.decode()
        assert guide.read_page(name).title in shown
        assert ("Page précédente" in shown) == (number > 0)
        for picture in re.findall(r'src="(/gestion/guide/image/[^"]+)"', shown):
            assert client.get(picture)["Content-Type"] == "image/webp"
    assert reverse("guide") in client.get("/gestion/").content.decode()


@pytest.mark.django_db
def test_what_the_guide_does_not_have_is_not_found_and_outsiders_see_none_of_it(client):
    assert client.get(reverse("guide")).status_code == 302
    client.force_login(member("editrice", REDACTION))
    assert client.get(reverse("guide_page", args=["absente"])).status_code == 404
    assert client.get(reverse("guide_picture", args=["absente"])).status_code == 404
