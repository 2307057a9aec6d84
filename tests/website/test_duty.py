"""What the law asks a public site to say of itself, and pages for what went wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils.html import escape

from commun.common.spaces import typeset_text
from commun.website.api import LegalPage
from commun.website.checks import check_audit
from commun.website.duty.audit import (
    CRITERIA,
    ECODESIGN_CRITERIA,
    OUR_ECODESIGN,
    OURS,
    get_audit,
    get_ecodesign,
    read_audit,
)
from tests.library.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def audit_of(tmp_path: Path, *, complete: bool, bad: int) -> Path:
    """A whole audit: that many criteria are not met, ten do not apply."""
    told = OURS.read_text(encoding="utf-8").partition("[results]")[0]
    numbers = [
        f"{theme}.{at}"
        for theme, criteria in re.findall(r"^(\d+) = \{.*criteria = (\d+)", told, re.MULTILINE)
        for at in range(1, int(criteria) + 1)
    ]
    assert len(numbers) == CRITERIA
    states = ["nc"] * bad + ["na"] * 10 + ["c"] * (CRITERIA - bad - 10)
    lines = [
        f'"{number}" = {{ state = "{state}", how = "à la main" }}'
        for number, state in zip(numbers, states, strict=True)
    ]
    path = tmp_path / f"audit-{bad}-{complete}.toml"
    told = told.replace("complete = false", f"complete = {str(complete).lower()}")
    path.write_text(f"{told}[results]\n" + "\n".join(lines), encoding="utf-8")
    return path


def test_without_a_whole_audit_the_site_says_that_it_does_not_conform(client):
    audit = get_audit()
    assert (audit.mention, audit.rate) == ("non conforme", None)
    assert 0 < audit.tested < CRITERIA
    assert sum(len(theme.results) for theme in audit.themes) == CRITERIA  # what was not tested says why
    shown = client.get("/accessibilite/").content.decode()
    assert "Accessibilité : non conforme" in shown
    assert "Aucun audit complet" in shown
    assert "Défenseur des droits" in shown
    assert "Accessibilité : non conforme</a>" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("bad", "mention"), [(0, "totalement conforme"), (30, "partiellement conforme"), (60, "non conforme")]
)
def test_the_statement_and_the_foot_of_pages_follow_the_audit(client, settings, tmp_path, bad, mention):
    settings.ACCESSIBILITY_AUDIT = audit_of(tmp_path, complete=True, bad=bad)
    shown = client.get("/accessibilite/").content.decode()
    assert f"Accessibilité : {mention}" in shown
    assert f"{100 * (96 - bad) // 96}" in re.sub(r"\s", "", shown)
    assert shown.count("Critère ") == bad
    assert f"Accessibilité : {mention}</a>" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("version = 3", "KeyError"),
        ("[", "TOML"),
        (OURS.read_text(encoding="utf-8").replace('"1.1" =', '"1.99" ='), "1.99"),
        (OURS.read_text(encoding="utf-8").replace('state = "c"', 'state = "oui"', 1), "1.1"),
        (OURS.read_text(encoding="utf-8").replace("complete = false", "complete = true"), "106"),
        (OURS.read_text(encoding="utf-8").replace("criteria = 9", "criteria = 8"), "106"),
    ],
)
def test_a_file_that_is_no_audit_stops_the_start(settings, tmp_path, wrong, said):
    path = tmp_path / "audit.toml"
    path.write_text(wrong, encoding="utf-8")
    settings.ACCESSIBILITY_AUDIT = path
    read_audit.cache_clear()
    (problem,) = check_audit(None)
    assert problem.id == "config.E008"
    assert said in problem.msg


def test_the_ecodesign_statement_answers_every_criterion_or_says_why_not(client, settings, tmp_path):
    found = get_ecodesign()
    answered = [one for theme in found.themes for one in theme.results]
    assert len(answered) == found.criteria == ECODESIGN_CRITERIA
    assert all(one.subject for one in answered)
    assert sum(map(found.count, ("c", "nc", "na", "nt"))) == ECODESIGN_CRITERIA
    shown = client.get("/ecoconception/").content.decode()
    for one in answered:
        assert typeset_text(escape(f"{one.number}. {one.subject}")) in shown
    path = tmp_path / "revue.toml"
    path.write_text(OUR_ECODESIGN.read_text(encoding="utf-8").replace("criteria = 7", "criteria = 6"), encoding="utf-8")
    settings.ECODESIGN_AUDIT = path
    (problem,) = check_audit(None)
    assert (problem.id, "78" in problem.msg) == ("config.E012", True)


def test_every_page_the_law_asks_for_is_there(client):
    found = client.get("/").content.decode()
    for page in LegalPage.objects.live():
        assert f'href="{page.url}"' in found
        assert client.get(page.url).status_code == 200
    for slug in (
        "mentions-legales",
        "donnees-personnelles",
        "accessibilite",
        "schema-accessibilite",
        "cookies",
        "aide",
    ):
        assert LegalPage.objects.filter(slug=slug, live=True).exists()
    assert client.get("/.well-known/security.txt").status_code == 200


@pytest.mark.parametrize("address", ["", "https://jedonnemonavis.numerique.gouv.fr/Demarches/1?button=2&source=é"])
def test_the_foot_of_pages_asks_for_an_opinion_where_the_operator_says_so(client, settings, address):
    settings.JE_DONNE_MON_AVIS_URL = address or settings.JE_DONNE_MON_AVIS_URL
    shown = client.get("/contact/").content.decode()
    assert (f'href="{escape(address)}">Je donne mon avis</a>' in shown) is bool(address)
    assert shown.count("jedonnemonavis") == bool(address)


def test_an_address_that_leads_nowhere_offers_what_it_may_have_meant(client):
    page = ArticleFactory(title="Le budget participatif des enfants")
    lost = client.get("/ressources/budget-participatif-enfants/")
    assert lost.status_code == 404
    assert f'href="{page.url}"' in lost.content.decode()
    assert "Vous cherchiez peut-être" not in client.get("/wp-login.php").content.decode()
    assert client.get("/xx-%00-yy/").status_code == 404


def test_the_page_of_maintenance_stands_alone():
    page = (Path(django_settings.BASE_DIR) / "static" / "website" / "entretien.html").read_text(encoding="utf-8")
    assert "entretien" in page
    assert not re.search(r"(?:src|href)=", page)
