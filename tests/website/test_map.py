"""Where answers are: a square and a row a département."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest

from commun.territories.api import EMBEDDED_REGISTER
from commun.territories.register_file import Place, open_register
from commun.website.map import PLACES, draw
from tests.library.factories import ArticleFactory, ExperienceFactory, TerritoryFactory


def test_every_departement_has_one_square_of_its_own():
    with open_register(EMBEDDED_REGISTER) as (_, entries):
        codes = {entry.code for entry in entries if isinstance(entry, Place) and entry.kind == "departement"}
    assert set(PLACES) == codes
    assert len(set(PLACES.values())) == len(codes)


@pytest.mark.parametrize(
    ("counts", "shades"),
    [
        ({}, []),
        ({"35": 1}, [(1, 1)]),
        ({"35": 3, "29": 1}, [(1, 1), (2, 2), (3, 3)]),
        ({"35": 400, "29": 12}, [(1, 4), (5, 20), (21, 89), (90, 400)]),
    ],
)
def test_every_number_has_one_shade_the_most_the_darkest(counts, shades):
    names = {"29": "Finistère", "35": "Ille-et-Vilaine", "22": "Côtes-d’Armor"}
    drawn = draw(counts=counts, names=names, chosen=(), nowhere=0, address=lambda code: f"?{code}")
    assert [(shade.least, shade.most) for shade in drawn.shades] == shades
    by_code = {one.code: one for one in drawn.squares}
    assert by_code["22"].shade == 0
    assert not by_code["22"].address
    assert not counts or by_code["35"].shade == 4
    assert [one.code for one in drawn.rows] == [code for code in names if code in counts]


def map_of(client, address: str) -> tuple[dict[str, str], dict[str, str], str]:
    """Addresses by name, of the squares and of the rows; and the page."""
    shown = client.get(address).content.decode()
    [drawing] = re.findall(r"<svg viewBox.*?</svg>", shown, re.DOTALL)
    tree = ElementTree.fromstring(drawing.replace("&nbsp;", "\u00a0"))
    squares = {one.attrib["aria-label"]: one.attrib["href"] for one in tree.iter("a")}
    rows = re.findall(r'<th scope="row">\s*<a href="([^"]*)"[^>]*>([^<]*)</a>.*?<td>(.*?)</td>', shown, re.DOTALL)
    return squares, {f"{name} {count}": unescape(href) for href, name, count in rows}, shown


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ressources/", "/recherche/"])
def test_the_map_of_a_search_adds_a_departement_to_it(client, address):
    places = {
        code: TerritoryFactory(kind="departement", code=code, name=name)
        for code, name in (("29", "Finistère"), ("35", "Ille-et-Vilaine"), ("974", "La Réunion"))
    }
    for code, number in (("29", 2), ("974", 1)):
        town = TerritoryFactory(departement=places[code])
        for at in range(number):
            ExperienceFactory(title=f"Un chantier {code} {at}", territories=[town])
    ExperienceFactory(title="Autre chose", territories=[TerritoryFactory(departement=places["35"])])
    ArticleFactory(title="Un chantier nulle part")
    listed = client.get(f"{address}?q=chantier&type=experience&page=1").content.decode()
    assert 'href="?q=chantier&amp;type=experience&amp;vue=carte"' in listed
    squares, rows, shown = map_of(client, f"{address}?q=chantier&type=experience&vue=carte&page=1")
    what = "ressource" if address == "/ressources/" else "résultat"
    assert squares == {
        f"Finistère (29)\u00a0: 2 {what}s": "?q=chantier&type=experience&departement=29",
        f"La Réunion (974)\u00a0: 1 {what}": "?q=chantier&type=experience&departement=974",
    }
    assert rows == {
        "Finistère (29) 2": "?q=chantier&type=experience&departement=29",
        "La Réunion (974) 1": "?q=chantier&type=experience&departement=974",
    }
    assert "Sans département" not in shown
    squares, _, shown = map_of(client, f"{address}?q=chantier&departement=29&vue=carte")
    assert [*squares.values()] == ["?q=chantier", "?q=chantier&departement=29&departement=974"]
    assert f"Sans département&nbsp;: 1 {what}" in shown


@pytest.mark.django_db
def test_the_map_without_an_answer_says_what_to_loosen(client):
    ArticleFactory(title="Un chantier")
    shown = client.get("/recherche/?q=zygomatique&vue=carte").content.decode()
    assert "Dites votre besoin" in shown
    assert "<svg viewBox" not in shown
