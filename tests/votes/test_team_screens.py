"""The team's screens: from a draft to an announced vote, and nothing of a ballot before closing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from commun.accounts.api import MODERATION, REDACTION, VALIDATION, create_member
from commun.votes import urls
from commun.votes.admin import urls as team_urls
from commun.votes.models import BallotBox, Vote
from tests.votes.factories import OPENS, cast, elector_of, make_closed, make_draft, make_member, make_open

pytestmark = pytest.mark.django_db
FILLED = {
    "title": "Le prochain projet partagé",
    "options-TOTAL_FORMS": "3",
    "options-INITIAL_FORMS": "0",
    "options-0-title": "Mobilités douces",
    "options-0-summary": "À pied et à vélo",
    "options-0-link": "/thematiques/mobilites/",
    "options-2-title": "Santé de proximité",
    "method": "majority_judgment",
    "kinds": ["commune"],
    "ladder": ["draw", "ready", "departements"],
    "public_value_name": "Les six numéros du 5 décembre 2026",
    "opens_at": "2026-11-02 09:00",
    "closes_at": "2026-11-30 18:00",
    "reminder_days": "5",
}


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


def team(group: str) -> Client:
    client = Client()
    client.force_login(create_member(email=f"{group.encode().hex()}@example.org", groups=(group,)))
    return client


def test_an_editor_prepares_and_somebody_of_validation_announces(clock):
    clock.at = OPENS - timedelta(days=7)
    editor = team(REDACTION)
    assert editor.get("/gestion/votes/nouveau/").status_code == 200
    page = editor.post("/gestion/votes/nouveau/", FILLED, follow=True)
    vote = Vote.objects.get()
    assert (vote.state, vote.ladder, vote.opens_at) == ("draft", ["ready", "departements", "draw"], OPENS)
    assert [(one.title, one.summary, one.link) for one in vote.options.all()] == [
        ("Mobilités douces", "À pied et à vélo", "/thematiques/mobilites/"),
        ("Santé de proximité", "", ""),
    ]
    assert "Jugement majoritaire" in page.content.decode()
    edited = editor.get(f"/gestion/votes/{vote.pk}/modifier/").content.decode()
    for typed in ("Mobilités douces", "À pied et à vélo", "/thematiques/mobilites/"):
        assert typed in edited
    announce = f"/gestion/votes/{vote.pk}/annoncer/"
    editor.post(announce)
    vote.refresh_from_db()
    assert vote.state == "draft", "an editor does not announce alone"
    validation = team(VALIDATION)
    assert "Annoncer ce vote" in validation.get(announce).content.decode()
    vote.refresh_from_db()
    assert vote.state == "draft", "looking changes nothing"
    validation.post(announce)
    vote.refresh_from_db()
    assert vote.state == "scheduled"
    editor.post(f"/gestion/votes/{vote.pk}/modifier/", {**FILLED, "title": "Autre"})
    validation.post(f"/gestion/votes/{vote.pk}/reprendre/")
    vote.refresh_from_db()
    assert (vote.state, vote.title) == ("draft", "Le prochain projet partagé")
    editor.post(f"/gestion/votes/{vote.pk}/supprimer/")
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"options-2-title": ""}, "Donnez de 2 à 40 propositions"),
        ({"options-2-title": "mobilités DOUCES"}, "même intitulé"),
        ({"options-0-title": ""}, "Donnez l’intitulé"),
        ({"options-0-link": "javascript:alert(1)"}, "https://"),
        ({"options-0-link": "//ailleurs.example.org"}, "https://"),
        ({"closes_at": "2026-11-01 09:00"}, "vient après"),
        ({"public_value_name": ""}, "Nommez la valeur publique"),
        ({"kinds": []}, "Choisissez qui vote"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(clock, wrong, said):
    page = team(REDACTION).post("/gestion/votes/nouveau/", {**FILLED, **wrong}).content.decode()
    assert said in page
    assert "Le prochain projet partagé" in page
    assert not Vote.objects.exists()


def test_an_option_that_is_reworded_stays_the_same_and_one_of_another_vote_is_never_taken(clock):
    clock.at = OPENS - timedelta(days=7)
    editor, vote, other = team(REDACTION), make_draft(themes=("Eau", "Santé", "Air")), make_draft(title="Un autre")
    ids = {one.title: one.pk for one in vote.options.all()}
    foreign = other.options.first()
    lines = {
        "options-TOTAL_FORMS": "5",
        "options-INITIAL_FORMS": "3",
        "options-0-option": str(ids["Eau"]),
        "options-0-title": "Eau",
        "options-0-DELETE": "on",
        "options-1-option": str(ids["Santé"]),
        "options-1-title": "Se soigner près de chez soi",
        "options-2-option": str(ids["Air"]),
        "options-2-title": "Air",
        "options-3-option": str(foreign.pk),
        "options-3-title": "Un thème de plus",
    }
    editor.post(f"/gestion/votes/{vote.pk}/modifier/", {**FILLED, **lines})
    rows = [(one.number, one.title, one.pk) for one in vote.options.all()]
    assert rows[:2] == [(1, "Se soigner près de chez soi", ids["Santé"]), (2, "Air", ids["Air"])]
    assert [one[:2] for one in rows[2:]] == [(3, "Un thème de plus")]
    foreign.refresh_from_db()
    assert (foreign.vote, foreign.number) == (other, 1)


def test_only_moderation_strikes_off_and_with_a_reason(clock):
    vote = make_open(clock)
    elector = elector_of(vote)
    address = f"/gestion/votes/{vote.pk}/electeurs/{elector.pk}/radier/"
    team(VALIDATION).post(address, {"reason": "Non"})
    moderation = team(MODERATION)
    assert "Donnez le motif" in moderation.post(address, {"reason": ""}).content.decode()
    elector.refresh_from_db()
    assert elector.struck_off_at is None
    moderation.post(address, {"reason": "Commune fusionnée"})
    elector.refresh_from_db()
    assert elector.struck_off_reason == "Commune fusionnée"
    listed = moderation.get(f"/gestion/votes/{vote.pk}/electeurs/?q=arb").content.decode()
    assert "Commune fusionnée" in listed
    assert "Saint-Martin" not in listed


def test_the_draw_is_typed_twice_and_published_once(clock):
    vote = make_open(clock)
    cast(make_member(elector_of(vote)), elector_of(vote), [2, 2, 1])
    make_closed(clock, vote)
    address, validation = f"/gestion/votes/{vote.pk}/tirage/", team(VALIDATION)
    assert "diffèrent" in validation.post(address, {"value": "1 2 3", "again": "1 2 4"}).content.decode()
    validation.post(address, {"value": "1 2  3", "again": "1 2 3 "})
    vote.refresh_from_db()
    assert (vote.state, vote.public_value) == ("decided", "1 2 3")
    validation.post(address, {"value": "9", "again": "9"})
    vote.refresh_from_db()
    assert vote.public_value == "1 2 3"


def _pages_of(vote) -> list[str]:
    """Every address of this room, read from its lists of addresses, so that a new one is looked at too."""
    known = {
        "slug": vote.slug,
        "pk": vote.pk,
        "elector": elector_of(vote, 1).pk,
        "number": 2,
        "commitment": "a" * 64,
        "token": "a" * 32,
    }
    found = []
    for namespace, module in (("votes", urls), ("votes_team", team_urls)):
        for pattern in module.urlpatterns:
            names = pattern.pattern.converters
            found.append(reverse(f"{namespace}:{pattern.name}", kwargs={name: known[name] for name in names}))
    return found


def test_a_ballot_and_its_opposite_look_the_same_to_everybody_until_closing(clock, django_user_model):
    """Visitors, every group, a superuser: no page, file nor search differs by what the ballot says."""
    superuser = Client()
    superuser.force_login(django_user_model.objects.create_superuser(email="exploitation@example.org"))
    clients = [Client(), team(REDACTION), team(VALIDATION), team(MODERATION), superuser]
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    others = ["/votes/", "/gestion/", "/recherche/?q=projet", "/gestion/reports/site-history/"]

    def look() -> list[tuple[str, int, str]]:
        height = BallotBox.objects.get().height
        looked = []
        for client in clients:
            for address in [*_pages_of(vote), *others]:
                answer = client.get(address)
                body = answer.getvalue() if answer.streaming else answer.content
                looked.append((address, answer.status_code, _without_chance(body.decode(), height=height)))
        return looked

    cast(camille, elector_of(vote), [3, 3, 3], roles=[2, 2, 2])
    look()  # what a first visit alone says (messages, caches) is said
    first = look()
    cast(camille, elector_of(vote), [0, 0, 0], roles=[0, 0, 0])
    second = look()
    assert {status for _, status, _ in first} <= {200, 302, 403, 404}
    assert sum(status == 200 for _, status, _ in first) > 40
    for before, after in zip(first, second, strict=True):
        assert before == after


def _without_chance(body: str, *, height: int) -> str:
    """Hashes, tokens, how long ago and the number of events: they say that something was cast, not what."""
    body = re.sub(r"[0-9a-f]{64}", "H", body)
    body = re.sub(rf"(<dt>Hauteur</dt>\s*<dd>\s*){height}\b", r"\1", body)
    body = re.sub(r"\b[A-Za-z0-9]{64}\b", "TOKEN", body)
    body = re.sub(r"(?i)à l[’'](?:instant|heure)\b|il y a \d+\s\w+|just now|\d+\sminutes? ago", "AGO", body)
    return re.sub(r'nonce(-|=")[^"\']+', "NONCE", body)


def test_a_reader_of_drafts_is_nobody_outside_the_team(clock):
    draft = make_draft()
    assert Client().get(f"/votes/{draft.slug}/").status_code == 404
    assert Client().get("/gestion/votes/").status_code == 302
    outsider = Client()
    outsider.force_login(create_member(email="lectrice@example.org"))
    for address in ("/gestion/votes/", f"/gestion/votes/{draft.pk}/", f"/gestion/votes/{draft.pk}/electeurs/"):
        assert outsider.get(address).status_code in {302, 403}
