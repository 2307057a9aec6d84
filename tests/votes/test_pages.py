"""Casting through the pages, and what they give to whoever tries something else."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from commun.accounts.api import create_member
from commun.cooperation.models import SharedProject
from commun.votes import api
from commun.votes.models import Ballot
from tests.territories.factories import make_mandate
from tests.votes.factories import CLOSES, cast, elector_of, make_closed, make_member, make_open

pytestmark = pytest.mark.django_db
ANSWERS = {"mention-1": "3", "mention-2": "1", "mention-3": "0", "place-1": "2", "place-2": "0", "place-3": "1"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address_of(vote, rank=0) -> str:
    return f"/votes/{vote.slug}/bulletin/{elector_of(vote, rank).pk}/"


def reviewed(client, address, **answers) -> dict[str, str]:
    """The form as the page of review gives it back."""
    page = client.post(address, {**ANSWERS, **answers, "relire": "1"}).content.decode()
    token = re.search(r'name="formulaire" value="([^"]+)"', page)
    assert token, page
    return {**ANSWERS, **answers, "formulaire": token[1], "deposer": "1"}


@pytest.fixture
def vote(clock):
    return make_open(clock)


@pytest.fixture
def camille(vote):
    return make_member(elector_of(vote))


def test_a_ballot_is_reviewed_then_cast_and_its_receipt_is_shown(vote, camille):
    client = signed_in(camille)
    form = reviewed(client, address_of(vote))
    assert Ballot.objects.count() == 0, "reviewing casts nothing"
    page = client.post(address_of(vote), form, follow=True)
    ballot = Ballot.objects.get()
    assert (ballot.grades, ballot.roles, ballot.cast_by) == ("310", "201", camille)
    assert ballot.commitment in page.content.decode()
    assert Client().get(page.redirect_chain[-1][0]).status_code == 200


def test_the_form_sent_twice_is_one_ballot(vote, camille):
    client = signed_in(camille)
    form = reviewed(client, address_of(vote))
    first, again = (client.post(address_of(vote), form)["Location"] for _ in range(2))
    assert first == again
    assert Ballot.objects.count() == 1


def test_the_form_of_a_colleague_is_worth_nothing_to_another(vote, camille):
    form = reviewed(signed_in(camille), address_of(vote))
    dominique = make_member(elector_of(vote), "dominique@example.org")
    page = signed_in(dominique).post(address_of(vote), form)
    assert "Rien n’a encore été déposé" in page.content.decode()
    assert Ballot.objects.count() == 0


def test_two_members_at_once_the_second_is_told_and_chooses(vote, camille):
    dominique = make_member(elector_of(vote), "dominique@example.org")
    clients = [signed_in(camille), signed_in(dominique)]
    forms = [reviewed(client, address_of(vote)) for client in clients]
    assert clients[0].post(address_of(vote), forms[0]).status_code == 302
    told = clients[1].post(address_of(vote), forms[1])
    assert "Un autre bulletin vient d’être déposé" in told.content.decode()
    assert Ballot.objects.count() == 1
    token = re.search(r'name="formulaire" value="([^"]+)"', told.content.decode())[1]
    assert clients[1].post(address_of(vote), {**forms[1], "formulaire": token}).status_code == 302
    assert Ballot.objects.count() == 2


def test_at_the_closing_second_the_page_refuses(vote, camille, clock):
    client = signed_in(camille)
    form = reviewed(client, address_of(vote))
    clock.at = CLOSES
    assert client.post(address_of(vote), form).status_code == 403
    assert Ballot.objects.count() == 0


def test_an_elector_struck_off_while_it_reviews_is_refused_with_the_reason(vote, camille):
    client = signed_in(camille)
    form = reviewed(client, address_of(vote))
    api.strike_elector(elector=elector_of(vote), reason="Commune fusionnée")
    page = client.post(address_of(vote), form)
    assert page.status_code == 403
    assert "Commune fusionnée" in page.content.decode()


def test_another_collectivites_ballot_is_not_there(vote, camille):
    client = signed_in(camille)
    for rank in (1, 2):
        assert client.get(address_of(vote, rank)).status_code == 404
        assert client.post(address_of(vote, rank), ANSWERS).status_code == 404
    assert Client().get(address_of(vote)).status_code == 302


def test_an_incomplete_ballot_keeps_what_was_chosen_and_casts_nothing(vote, camille):
    page = signed_in(camille).post(address_of(vote), {"mention-1": "3", "deposer": "1"}).content.decode()
    assert "Choisissez une mention." in page
    assert re.search(r'name="mention-1"\s+value="3"[^>]*checked', page)
    assert Ballot.objects.count() == 0


def test_the_receipt_of_a_replaced_ballot_says_at_once_that_it_no_longer_counts(vote, camille):
    def said(receipt) -> str:
        verify = f"/votes/{vote.slug}/verifier/"
        answer = Client().get(verify, {"numero": receipt.number, "empreinte": receipt.commitment}, follow=True)
        return " ".join(answer.content.decode().split())

    first = cast(camille, elector_of(vote), [3, 2, 1])
    assert "Il peut être remplacé jusqu’au" in said(first)
    second = cast(camille, elector_of(vote), [0, 0, 0])
    assert "Ce bulletin ne compte plus." in said(first)
    assert "Il peut être remplacé" not in said(first)
    assert "ne compte plus" not in said(second)
    assert "Il peut être remplacé jusqu’au" in said(second)


def test_the_receipt_of_a_collectivite_struck_off_says_so_before_closing(vote, camille):
    receipt = cast(camille, elector_of(vote), [3, 2, 1])
    api.strike_elector(elector=elector_of(vote), reason="Mandat contesté")
    page = Client().get(f"/votes/{vote.slug}/recu/{receipt.number}/{receipt.commitment}/?depose").content.decode()
    assert "a été radiée&nbsp;: il reste dans l’urne" in page
    assert "Gardez ce reçu" not in page


def test_a_forged_receipt_is_told_so(vote, camille):
    receipt = cast(camille, elector_of(vote), [3, 2, 1])
    right = f"/votes/{vote.slug}/recu/{receipt.number}/{receipt.commitment}/"
    assert Client().get(right).status_code == 200
    for number, commitment in (
        (receipt.number, "0" * 64),
        (receipt.number + 1, receipt.commitment),
        (10**30, "a" * 64),
    ):
        page = Client().get(f"/votes/{vote.slug}/recu/{number}/{commitment}/")
        assert page.status_code == 404
        assert "ne correspond à aucun bulletin" in page.content.decode()


def test_an_association_of_the_place_does_not_vote_for_the_commune(register, vote, clock):
    from commun.accounts.api import create_member
    from commun.territories.api import Organisation, OrganisationKind, get_by_key

    association = Organisation.objects.create(
        name="Les amis", slug="amis", kind=OrganisationKind.ASSOCIATION, territory=get_by_key(key="commune:93066")
    )
    friend = create_member(email="ami@example.org")
    make_mandate(user=friend, organisation=association, now=clock.at)
    assert not api.electors_of(user=friend, vote=vote, now=clock.at)


def test_an_organisation_moved_to_another_place_keeps_one_ballot(register, vote, clock):
    from commun.territories.api import Organisation, get_by_key

    camille = make_member(elector_of(vote))
    Organisation.objects.filter(pk=elector_of(vote).organisation_id).update(territory=get_by_key(key="commune:93066"))
    held = {elector.key for elector in api.electors_of(user=camille, vote=vote, now=clock.at)}
    assert elector_of(vote).key in held
    # Attached nowhere at opening, the other place's ballot would be a second one for the same body.
    assert len(held) == 1


def test_results_and_minutes_are_there_only_once_the_vote_is_closed(vote, camille, clock):
    cast(camille, elector_of(vote), [3, 2, 1], roles=[2, 0, 0])
    closed_only = ("proces-verbal/", "bulletins/", "urne.jsonl")
    assert [Client().get(f"/votes/{vote.slug}/{path}").status_code for path in closed_only] == [404] * 3
    make_closed(clock, vote)
    assert [Client().get(f"/votes/{vote.slug}/{path}").status_code for path in closed_only] == [200] * 3
    page = Client().get(f"/votes/{vote.slug}/").content.decode()
    assert "tec-bar" in page
    assert "Mobilités douces" in page


def test_whoever_has_no_mandate_is_led_to_prove_one_and_back_to_the_vote(vote):
    client = signed_in(create_member(email="nouvelle@example.org"))
    path = f"/votes/{vote.slug}/bulletin/"
    assert f'href="/mon-espace/collectivites/?retour={path}"' in client.get(path).content.decode()
    client.get("/mon-espace/collectivites/", {"retour": path})
    assert client.post("/mon-espace/collectivites/revenir/")["Location"] == path


@pytest.mark.parametrize(("level", "told"), [(1, "il faudra une lettre signée"), (2, "il faudra une lettre signée")])
def test_the_ballot_says_what_a_stakeholder_will_have_to_sign(vote, level, told):
    page = signed_in(make_member(elector_of(vote), level=level)).get(address_of(vote)).content.decode()
    assert page.count(told) == 3
    assert "aucune autre preuve" not in page


def test_the_ballot_of_a_signed_mandate_asks_for_no_other_letter(vote):
    page = signed_in(make_member(elector_of(vote), level=3)).get(address_of(vote)).content.decode()
    assert page.count("aucune autre preuve") == 3
    assert "il faudra une lettre signée" not in page


def test_what_only_a_program_reads_is_folded_under_one_plain_sentence(vote, clock, camille):
    """On the page of the open vote, of the receipt and of the result."""
    client = signed_in(camille)
    receipt = client.post(address_of(vote), reviewed(client, address_of(vote)), follow=True)
    pages = [client.get(f"/votes/{vote.slug}/"), receipt]
    make_closed(clock, vote)
    pages.append(client.get(f"/votes/{vote.slug}/"))
    for page in pages:
        before, fold = page.content.decode().split('<details class="tec-details">')
        folded, after = fold.split("</details>")
        assert "Pour vérifier soi-même" in folded
        for words in ("Hauteur", "hauteur", "Tête", "Sa tête", "JSON Lines", "python3"):
            assert words not in before + after, words
    assert "Vérifier un reçu" in before


def test_a_result_leads_to_what_its_vote_became(vote, clock, camille):
    path = f"/votes/{vote.slug}/"
    cast(camille, elector_of(vote), [3, 1, 0])
    make_closed(clock, vote)
    assert "Ce que ce vote est devenu" not in Client().get(path).content.decode()
    project = SharedProject.objects.create(
        slug="mobilites", title="Mobilités douces au village", vote=vote, option_number=1, state="call",
        call_until=clock.at, created_at=clock.at, moved_at=clock.at,
    )  # fmt: skip
    page = Client().get(path).content.decode().split("Ce que ce vote est devenu")[1]
    assert f'<a href="/projets/{project.slug}/">Mobilités douces au village</a> – appel à participer' in page
    project.state = "design"
    project.save()
    assert "– conception" in Client().get(path).content.decode()
