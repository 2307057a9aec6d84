"""What people come for, from the home page to what they leave with; each in every way that people have of reading."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from commun.agenda.api import EventPage
from commun.common import clock
from commun.library.api import ResourceDocument
from commun.territories.api import TerritoryKind
from tests.agenda.factories import EventFactory
from tests.browser.axe import violations
from tests.browser.cut import what_is_cut
from tests.journeys.hands import Hands
from tests.library.factories import (
    DocumentFactory,
    ExperienceFactory,
    GuideFactory,
    KitFactory,
    SheetFactory,
    TerritoryFactory,
    ThemeFactory,
)


@dataclass(frozen=True)
class Way:
    """`window`: how it differs from another; `wrong`: what to say of a page that one comes to."""

    window: Mapping[str, Any] = field(default_factory=dict)
    keyboard: bool = False
    scripts: bool = True
    wrong: Callable[[Page], list[str]] = lambda page: []


def _cut(page: Page) -> list[str]:
    """In a window of 1280 px at 200 %, then of 320 px."""
    found = []
    for width, height in ((640, 400), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        found += what_is_cut(page)
    return found


def _pale(page: Page) -> list[str]:
    return violations(page, rules=["color-contrast"])


WAYS = {
    "keyboard alone": Way(keyboard=True),
    "no script": Way({"java_script_enabled": False}, scripts=False),
    "little room": Way({"width": 320, "height": 640}, wrong=_cut),
    "dark": Way({"color_scheme": "dark"}, wrong=_pale),
}


class Visitor(Hands):
    """Hands that look at every page they come to."""

    def __init__(self, page: Page, way: Way) -> None:
        super().__init__(page, keyboard=way.keyboard)
        self.way, self.problems = way, []
        self._stand()

    def _stand(self) -> None:
        self.page.wait_for_load_state("load")
        self.problems += self.way.wrong(self.page)

    def go(self, what: Locator) -> None:
        """What leads to another page."""
        with self.page.expect_navigation():
            self.press(what)
        self._stand()

    def menu(self, name: str) -> None:
        link = self.page.get_by_role("banner").get_by_role("link", name=name, exact=True)
        if not link.is_visible():
            self.press(self.page.get_by_role("button", name="Menu", exact=True))
        self.go(link)

    def unfold(self, summary: Locator) -> None:
        self.press(summary)
        self.problems += self.way.wrong(self.page)

    def tick(self, what: Locator) -> None:
        if self.keyboard:
            super().tick(what)
        else:  # the box that one sees is drawn by its label
            self.page.locator(f"label[for='{what.get_attribute('id')}']").click()

    def take(self, link: Locator) -> bytes:
        """A file, as the browser keeps it."""
        with self.page.expect_download() as told:
            self.press(link)
        return Path(told.value.path()).read_bytes()

    def choose(self, select: Locator, label: str) -> None:
        if not self.keyboard:
            select.select_option(label=label)
            return
        self.reach(select)
        for _ in range(select.locator("option").count()):
            if select.evaluate("it => it.selectedOptions[0].label") == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"« {label} » is not reached by arrows")

    def place(self, box: Locator, name: str) -> None:
        """In the field of a place, suggested where there are scripts."""
        self.write(box, name)
        if not self.way.scripts:
            return
        option = self.page.get_by_role("option", name=re.compile(name)).first
        option.wait_for()
        if self.keyboard:
            self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")
        else:
            option.click()
        option.wait_for(state="hidden")


def _make() -> None:
    theme, other = ThemeFactory(title="L’eau", slug="eau"), ThemeFactory(title="La forêt", slug="foret")
    region = TerritoryFactory(kind=TerritoryKind.REGION, code="53", name="Bretagne")
    departement = TerritoryFactory(kind=TerritoryKind.DEPARTEMENT, code="35", name="Ille-et-Vilaine", region=region)
    ours = TerritoryFactory(name="Hédé-Bazouges", population=2200, departement=departement, region=region)
    ours.search_keys.create(text="hede bazouges", label="Hédé-Bazouges", kind="officiel", whole=True)
    like = TerritoryFactory(name="Ailleurs-sur-Loire", population=3000)
    ExperienceFactory(title="Des voisins refont le lavoir", territories=[like], themes=[theme])
    ExperienceFactory(title="Une métropole refait ses lavoirs", territories=[TerritoryFactory(population=200_000)])
    GuideFactory(title="Refaire un lavoir", themes=[theme])
    kit = KitFactory(title="Le kit des réunions", themes=[theme])
    kit.documents = [ResourceDocument(document=DocumentFactory())]
    kit.save()
    body = [("paragraph", "<p>Faites garder les enfants.</p>")]
    for title in ("Inviter", "Lever les freins", "Rendre compte"):
        SheetFactory(parent=kit, title=title, body=body)
    soon = clock.now().replace(microsecond=0) + timedelta(days=10)
    EventFactory(title="Visite du lavoir", themes=[theme], start=soon)
    EventFactory(title="Marche en forêt", themes=[other], start=soon)


@pytest.fixture(scope="session")
def files(tmp_path_factory: Any) -> Path:
    return Path(tmp_path_factory.mktemp("journeys"))


@pytest.fixture
def database_held(databases: Any, django_db_blocker: Any, _media: None, files: Path, settings: Any) -> None:
    """One site for all journeys, made once by each process."""

    def make() -> None:
        _make()
        shutil.copytree(settings.PRIVATE_ROOT, files, dirs_exist_ok=True)

    with django_db_blocker.unblock():
        databases.hold("journeys", make)
    shutil.copytree(files, settings.PRIVATE_ROOT, dirs_exist_ok=True)


def find_an_experience_like_ours(visitor: Visitor) -> None:
    page = visitor.page
    visitor.menu("Ressources")
    main = page.get_by_role("main")
    visitor.write(_field(main, "Ce que vous cherchez"), "lavoir")
    visitor.unfold(main.locator(".tec-refine > summary"))
    visitor.place(_field(main, "Votre collectivité"), "Hédé-Bazouges")
    visitor.go(main.get_by_role("button", name="Afficher"))
    visitor.unfold(main.locator(".tec-refine > summary"))
    visitor.tick(main.get_by_label(re.compile("^Communes de notre taille")))
    visitor.go(main.get_by_role("button", name="Afficher"))
    found = main.get_by_role("article").filter(has_text="Communes de notre taille")
    expect(found).to_have_count(1)
    visitor.go(found.get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Des voisins refont le lavoir")


def follow_the_agenda_in_my_calendar(visitor: Visitor) -> None:
    page = visitor.page
    visitor.menu("Agenda")
    main = page.get_by_role("main")
    visitor.choose(main.get_by_label("Thématique"), "L’eau")
    visitor.go(main.get_by_role("button", name="Filtrer"))
    given = visitor.take(main.get_by_role("link", name="Les ajouter une fois, sans m’abonner"))
    assert _events(given) == ["Visite du lavoir"]
    address = main.locator(".tec-copy").inner_text().strip()
    assert page.request.get(address).body() == given
    subscribing = main.get_by_role("link", name="M’abonner avec l’agenda de cet appareil").get_attribute("href")
    assert subscribing == f"webcal://{address.partition('://')[2]}"
    visitor.go(main.get_by_role("link", name="Visite du lavoir"))
    [event] = Calendar.from_ical(visitor.take(main.get_by_role("link", name="Ajouter à mon agenda"))).walk("VEVENT")
    assert event.decoded("dtstart") == EventPage.objects.get(title="Visite du lavoir").start
    assert page.request.get(str(event["url"])).ok
    assert str(event["url"]) == page.url


def reuse_a_sheet_in_our_bulletin(visitor: Visitor) -> None:
    page = visitor.page
    visitor.menu("Ressources")
    main = page.get_by_role("main")
    visitor.go(main.get_by_role("link", name="Le kit des réunions"))
    visitor.go(main.get_by_role("link", name="Lever les freins"))
    text = visitor.take(main.get_by_role("link", name="Le texte seul de cette page")).decode()
    assert text.startswith("Lever les freins\n====")
    assert "Faites garder les enfants." in text
    assert " ".join(main.locator(".tec-copy").inner_text().split()) in " ".join(text.split())
    with ZipFile(io.BytesIO(visitor.take(main.get_by_role("link", name=re.compile("^Tout en un fichier"))))) as pack:
        assert pack.testzip() is None
        assert "Lever les freins\n====" in pack.read("texte.txt").decode()
        assert "« Le kit des réunions »" in " ".join(pack.read("mention-a-copier.txt").decode().split())
        [document] = [name for name in pack.namelist() if name.startswith("documents/")]
        assert pack.read(document) == b"%PDF-1.4"


def _field(within: Locator, label: str) -> Locator:
    """Not the list of suggestions, which bears the same name."""
    return within.get_by_label(label).and_(within.page.locator("input"))


def _events(calendar: bytes) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(calendar).walk("VEVENT")]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "journey", [find_an_experience_like_ours, follow_the_agenda_in_my_calendar, reuse_a_sheet_in_our_bulletin]
)
def test_whoever_comes_leaves_with_it(visit, live_server, settings, journey, way):
    settings.SITE_URL = live_server.url
    visitor = Visitor(visit("/", **WAYS[way].window), WAYS[way])
    journey(visitor)
    assert visitor.problems == []
    assert visitor.page.complaints == []
