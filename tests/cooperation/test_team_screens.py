"""The team's screens of needs and proposed themes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commun.accounts.api import VALIDATION, create_member
from commun.common import clock
from commun.cooperation.departements import class_of, draw_map
from commun.cooperation.models import Need, SharedProject, ThemeProposal
from commun.cooperation.services import answering, shortlisting
from commun.cooperation.types import NeedState, ProposalState
from commun.territories.api import TerritoryKind
from tests.cooperation.factories import (
    editor,
    make_decided_vote,
    make_engaged,
    make_need,
    make_project,
    make_proposal,
)
from tests.library.factories import ExperienceFactory, OrganisationFactory, TerritoryFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client):
    by = editor()
    client.force_login(by)
    return by


def act(client, proposal: ThemeProposal, name: str, **data):
    return client.post(reverse("cooperation_team:proposal_act", args=[proposal.pk, name]), data, follow=True)


@pytest.fixture
def drome():
    return TerritoryFactory(kind=TerritoryKind.DEPARTEMENT, code="26", name="Drôme")


def test_strangers_members_and_other_teams_see_no_need(client):
    need = make_need()
    addresses = [
        reverse("cooperation_team:needs"),
        reverse("cooperation_team:needs_map"),
        reverse("cooperation_team:need", args=[need.pk]),
        reverse("cooperation_team:proposals"),
    ]
    for user in (
        None,
        create_member(email="ada@bourg.example.org"),
        create_member(email="v@example.org", groups=(VALIDATION,)),
    ):
        if user is not None:
            client.force_login(user)
        for address in addresses:
            response = client.get(address)
            assert response.status_code in {302, 403}
            assert need.title not in response.content.decode()


def test_the_list_shows_what_waits_the_oldest_first_and_narrows(client, team, drome):
    theme = ThemeFactory(title="Le passage à l’action")
    old = make_need(title="Le plus ancien", theme=theme, territory=TerritoryFactory(departement=drome))
    make_need(title="Le plus récent")
    page = client.get(reverse("cooperation_team:needs")).content.decode()
    assert page.index("Le plus ancien") < page.index("Le plus récent")
    for query in (f"thematique={theme.pk}", "departement=26", "q=ancien"):
        page = client.get(reverse("cooperation_team:needs") + f"?{query}").content.decode()
        assert old.title in page
        assert "Le plus récent" not in page
    assert (
        "Rien ici avec ces filtres."
        in client.get(reverse("cooperation_team:needs") + "?q=introuvable").content.decode()
    )


def test_the_list_asks_the_database_as_often_for_fifty_needs_as_for_one(client, team, drome):
    def ask() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("cooperation_team:needs")).status_code == 200
        return len(queries)

    make_need(theme=ThemeFactory(), organisation=OrganisationFactory(territory=TerritoryFactory(departement=drome)))
    ask()
    one = ask()
    for _ in range(49):
        make_need(theme=ThemeFactory(), organisation=OrganisationFactory(territory=TerritoryFactory(departement=drome)))
    assert ask() == one


def test_pages_of_the_list_neither_repeat_nor_skip(client, team):
    for number in range(60):
        make_need(title=f"Besoin {number:02}")
    first = client.get(reverse("cooperation_team:needs"))
    second = client.get(reverse("cooperation_team:needs") + "?" + first.context["next"])
    titles = [row.title for page in (first, second) for row, _ in page.context["rows"]]
    assert titles == [f"Besoin {number:02}" for number in range(60)]


def test_the_map_and_its_table_say_the_same_numbers(client, team, drome):
    for _ in range(2):
        make_need(territory=TerritoryFactory(departement=drome))
    make_need(territory=drome)
    make_need()
    response = client.get(reverse("cooperation_team:needs_map"))
    assert response.context["departements"] == [("Drôme", "26", 3)]
    assert response.context["elsewhere"] == 1
    shape = next(one for one in response.context["map"].shapes if one.code == "26")
    assert (shape.count, shape.rank) == (3, 2)
    assert "<title>26&nbsp;: 3</title>" in response.content.decode()


def test_the_map_has_every_departement_once_and_knows_no_other():
    codes = [shape.code for shape in draw_map(counts={"26": 1, "999": 4}).shapes]
    expected = {f"{number:02}" for number in range(1, 96)} - {"20"} | {"2A", "2B", "971", "972", "973", "974", "976"}
    assert len(codes) == len(set(codes)) == 101
    assert set(codes) == expected
    assert [class_of(number) for number in (0, 1, 2, 3, 4, 8, 16, 10_000)] == [0, 1, 2, 2, 3, 4, 5, 5]


def test_a_need_is_taken_filed_answered_closed_and_reopened_from_its_screen(client, team):
    need, theme, page = make_need(), ThemeFactory(), ExperienceFactory(title="Le marché repensé")
    address = reverse("cooperation_team:need", args=[need.pk])

    client.post(address + "prendre/")
    client.post(address + "classement/", {"title": "La place du marché", "theme": theme.pk, "stage": "doing"})
    client.post(address + "repondre/", {"text": "Voici.", "page_1": page.pk})

    need.refresh_from_db()
    assert (need.title, need.theme, need.stage, need.state) == (
        "La place du marché",
        theme,
        "doing",
        NeedState.ANSWERED,
    )
    assert need.assigned_to == team
    assert [one.title for one in need.answers.get().attachments.all()] == ["Le marché repensé"]

    client.post(address + "clore/", {"words": "Sans objet"})
    need.refresh_from_db()
    assert need.state == NeedState.CLOSED
    client.post(address + "rouvrir/")
    need.refresh_from_db()
    assert need.state == NeedState.LOOKED_AT


def test_an_empty_answer_is_refused_on_the_spot_and_keeps_what_was_typed(client, team):
    need = make_need()
    response = client.post(reverse("cooperation_team:need_answer", args=[need.pk]), {"text": " "})
    assert response.status_code == 422
    assert "Écrivez une réponse" in response.content.decode()
    for garbage in ("x", "999999", "9" * 40):
        data = {"text": "Mes mots", "page_1": garbage, "suggested": "12"}
        response = client.post(reverse("cooperation_team:need_answer", args=[need.pk]), data)
        assert response.status_code == 422
        assert "Mes mots" in response.content.decode()


def test_two_editors_who_close_and_answer_at_once_are_one_decision_and_one_refusal(client, team):
    need = make_need()
    answering.close(need_id=need.pk, words="Doublon", by=team, now=clock.now())
    response = client.post(reverse("cooperation_team:need_answer", args=[need.pk]), {"text": "Trop tard"}, follow=True)
    assert "L’état est maintenant « Clos »" in response.content.decode()
    assert not Need.objects.get().answers.exists()


def test_proposals_are_kept_worded_put_together_set_aside_and_taken_up_again(client, team):
    first, second, third = (make_proposal(title=title) for title in ("Un", "Deux", "Trois"))
    act(client, first, "retenir")
    act(client, first, "corriger", title="Un, mieux dit", text="En bref")
    act(client, second, "rattacher", into=first.pk)
    act(client, third, "ecarter", words="Déjà traitée")
    states = list(ThemeProposal.objects.order_by("pk").values_list("title", "state"))
    assert states == [("Un, mieux dit", "shortlisted"), ("Deux", "merged"), ("Trois", "declined")]
    act(client, second, "detacher")
    act(client, third, "reprendre")
    act(client, first, "retirer")
    assert set(ThemeProposal.objects.values_list("state", flat=True)) == {ProposalState.NEW}


def test_setting_aside_without_a_word_is_refused_and_an_unknown_act_is_not_found(client, team):
    proposal = make_proposal()
    assert "Dites pourquoi" in act(client, proposal, "ecarter").content.decode()
    assert act(client, proposal, "exploser").status_code == 404
    assert client.get(reverse("cooperation_team:proposal_act", args=[proposal.pk, "retenir"])).status_code == 405
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.NEW


def test_the_list_of_the_kept_becomes_the_draft_of_a_vote(client, team):
    for title in ("Un", "Deux"):
        shortlisting.shortlist(proposal_id=make_proposal(title=title).pk, by=team, now=clock.now())
    assert "Préparer le vote" in client.get(reverse("cooperation_team:proposals")).content.decode()
    response = client.post(reverse("cooperation_team:proposals_vote"), follow=True)
    assert "Quelle thématique" in response.content.decode()
    assert set(ThemeProposal.objects.values_list("state", flat=True)) == {ProposalState.IN_VOTE}
    response = client.post(reverse("cooperation_team:proposals_vote"), follow=True)  # a second click
    assert "Retenez au moins deux propositions" in response.content.decode()


def project_address(name: str, *args) -> str:
    return reverse(f"cooperation_team:{name}", args=args)


def test_a_project_is_opened_from_a_vote_closed_carried_on_and_reported(client, team):
    vote = make_decided_vote()
    page = client.get(project_address("projects")).content.decode()
    assert "À proposer" in page
    assert "Moins de trois collectivités prêtes" in page
    until = (clock.now() + timedelta(days=20)).strftime("%Y-%m-%d %H:%M")
    client.post(project_address("project_open", vote.pk, 1), {"summary": "En bref", "call_until": until})
    project = SharedProject.objects.get()
    for rank in range(3):
        make_engaged(project, f"Commune {rank}")
    assert "commencera" in client.get(project_address("project_end_call", project.pk)).content.decode()
    client.post(project_address("project_end_call", project.pk))
    client.post(project_address("project_move", project.pk))
    project.refresh_from_db()
    assert project.state == "doing"
    assert client.post(project_address("project_report", project.pk), {"text": " "}).status_code == 422
    response = client.post(project_address("project_report", project.pk), {"text": "Fait."}, follow=True)
    assert "Ouvrir le bilan" in response.content.decode()
    response = client.post(project_address("project_move", project.pk), follow=True)
    assert "rien n’a été changé" in response.content.decode()


def test_a_theme_out_of_its_rank_is_not_opened_without_a_reason(client, team):
    vote = make_decided_vote()
    until = (clock.now() + timedelta(days=20)).strftime("%Y-%m-%d %H:%M")
    address = project_address("project_open", vote.pk, 3)
    response = client.post(address, {"call_until": until})
    assert response.status_code == 422
    assert "Dites pourquoi" in response.content.decode()
    client.post(address, {"call_until": until, "departure": "La loi change."})
    assert SharedProject.objects.get().departure == "La loi change."
    assert client.get(address).status_code == 302  # it has its project


def test_stopping_a_project_wants_a_reason_and_a_date_past_is_refused(client, team):
    project = make_project()
    assert client.post(project_address("project_give_up", project.pk), {}).status_code == 422
    edited = {"title": "Autre titre", "call_until": "2020-01-01 10:00"}
    response = client.post(project_address("project_edit", project.pk), edited)
    assert response.status_code == 422
    assert "Autre titre" in response.content.decode()
    client.post(project_address("project_give_up", project.pk), {"words": "Plus de moyens"})
    project.refresh_from_db()
    assert (project.state, project.title) == ("given_up", "Mobilités")


def test_who_does_not_run_projects_sees_none(client):
    project = make_project()
    client.force_login(create_member(email="ada@bourg.example.org"))
    for address in (project_address("projects"), project_address("project", project.pk)):
        assert client.get(address).status_code in {302, 403}
