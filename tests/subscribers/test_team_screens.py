from __future__ import annotations

import logging

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, VALIDATION, create_member
from commun.accounts.models import User
from commun.common import clock, privacy
from commun.contributions.types import Trust
from commun.mailing.models import Suppression
from commun.mailing.services import suppression
from commun.mailing.types import SuppressionReason
from commun.subscribers.models import ConsentEvent, Import, Subscriber
from commun.subscribers.types import SubscriberState
from tests.contributions.factories import given
from tests.library.factories import TerritoryFactory
from tests.mailing.factories import make_send_under_way
from tests.subscribers.factories import make_subscriber, make_topic
from tests.subscribers.pages import everything

pytestmark = pytest.mark.django_db
GROUNDS = {"basis": "consent", "source": "Salon des maires 2025"}


def _url(name, *args):
    return reverse(f"subscribers_team:{name}", args=args)


def test_who_composes_sees_counts_and_no_address(enter):
    make_topic(name="Le passage à l’action")
    make_subscriber(address="camille@mairie.example.org")
    for group in (REDACTION, VALIDATION):
        content = enter(group).get(_url("index")).content.decode()
        assert "Abonné·e" in content
        assert "camille@mairie" not in content
        assert "Le passage à l’action" in content


@pytest.mark.parametrize("group", [REDACTION, VALIDATION, MODERATION])
def test_others_are_refused_people_and_decisions(enter, group):
    camille = make_subscriber()
    row = suppression.suppress(reason=SuppressionReason.HARD_BOUNCE, address="x@example.org", now=clock.now())
    visitor = enter(group)
    before = everything()
    names = ["add", "import", "proofs", "suppressions"]
    paths = [_url(name) for name in names] + [_url("person", camille.pk), _url("lift", row.pk)]
    for path in paths:
        assert visitor.get(path).status_code == 302, path
    for path in (*paths, _url("unsubscribe", camille.pk), _url("suppress", camille.pk)):
        assert visitor.post(path, {"why": "x", "address": "y@example.org", **GROUNDS}).status_code == 302
    assert everything() == before


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(_url("index")).status_code == 302


def test_people_are_listed_by_pages_filtered_and_found_by_address(enter, django_assert_max_num_queries):
    visitor = enter(EXPLOITATION)
    for number in range(55):
        make_subscriber(address=f"p{number:03}@example.org")
    gone = make_subscriber(address="gone@example.org", state=SubscriberState.UNSUBSCRIBED)
    with django_assert_max_num_queries(28):
        first = visitor.get(_url("index")).content.decode()
    assert "p054@" in first
    assert "p000@" not in first
    last_shown = Subscriber.objects.order_by("-pk")[49].pk
    assert "p000@" in visitor.get(_url("index"), {"avant": last_shown}).content.decode()
    filtered = visitor.get(_url("index"), {"etat": "unsubscribed"}).content.decode()
    assert "gone@" in filtered
    assert "p054@" not in filtered
    found = visitor.post(_url("index"), {"beginning": "GONE@"}).content.decode()
    assert _url("person", gone.pk) in found
    assert "Personne à cette adresse." in visitor.post(_url("index"), {"beginning": "inconnue"}).content.decode()
    for odd in ({"avant": "²"}, {"avant": "9" * 40}, {"etat": "x"}):
        assert visitor.get(_url("index"), odd).status_code == 200


def test_one_persons_page_shows_proofs_and_letters_and_unsubscribes(enter):
    visitor = enter(EXPLOITATION)
    camille = make_subscriber(address="camille@mairie.example.org", topics=[make_topic()])
    make_send_under_way(people=[camille])
    content = visitor.get(_url("person", camille.pk)).content.decode()
    for words in ("camille@mairie.example.org", "J’accepte de recevoir la lettre.", "Le passage à l’action"):
        assert words in content
    assert visitor.get(_url("unsubscribe", camille.pk)).status_code == 405
    visitor.post(_url("unsubscribe", camille.pk))
    camille.refresh_from_db()
    assert camille.state == SubscriberState.UNSUBSCRIBED
    assert ConsentEvent.objects.get(kind="unsubscribed").method == "team"
    assert visitor.get(_url("person", 10**9)).status_code == 404


def test_one_persons_page_tells_what_she_gave_and_agreed_to_be_named_for(enter):
    visitor = enter(EXPLOITATION)
    camille = make_subscriber(address="camille@bourg.example.org")
    hers = given(title="Le lavoir restauré", thanks=True)
    given(title="Un mot sans accord")
    given(title="Sous une adresse douteuse", thanks=True, trust=Trust.UNKNOWN)
    given(title="Le don d’une autre", thanks=True, address="autre@bourg.example.org")
    content = visitor.get(_url("person", camille.pk)).content.decode()
    assert "Ce qu’elle a donné" in content
    assert "Le lavoir restauré" in content
    for title in ("Un mot sans accord", "Sous une adresse douteuse", "Le don d’une autre"):
        assert title not in content
    conversation = reverse("contributions_team:detail", args=[hers.pk])
    assert conversation not in content  # whoever operates does not moderate
    assert conversation in enter(EXPLOITATION, MODERATION).get(_url("person", camille.pk)).content.decode()
    silent = make_subscriber(address="silence@bourg.example.org")
    assert "Ce qu’elle a donné" not in visitor.get(_url("person", silent.pk)).content.decode()


def test_a_person_is_added_with_the_proof_of_what_allows_it(enter):
    visitor = enter(EXPLOITATION)
    form = {"address": "Camille@Example.org", **GROUNDS}
    for _ in range(2):
        assert visitor.post(_url("add"), form).status_code == 302
    camille = Subscriber.objects.get(address="camille@example.org")
    assert camille.state == SubscriberState.ACTIVE
    proof = ConsentEvent.objects.get()
    assert (proof.kind, proof.method, proof.source) == ("imported", "team", GROUNDS["source"])
    assert proof.detail["by"]


def test_nobody_brings_back_who_left(enter):
    visitor = enter(EXPLOITATION)
    make_subscriber(address="gone@example.org", state=SubscriberState.UNSUBSCRIBED)
    suppression.suppress(reason=SuppressionReason.COMPLAINT, address="angry@example.org", now=clock.now())
    before = everything()
    for who in ("gone", "angry", "pas une adresse"):
        response = visitor.post(_url("add"), {"address": f"{who}@example.org", **GROUNDS})
        assert response.status_code == 200
        assert who in response.content.decode()
    assert everything() == before


def test_a_suppression_is_decided_and_lifted_with_a_reason(enter):
    visitor = enter(EXPLOITATION)
    camille = make_subscriber()
    visitor.post(_url("suppress", camille.pk), {"why": ""})
    assert not Suppression.objects.exists()
    visitor.post(_url("suppress", camille.pk), {"why": "À la demande de la mairie"})
    row = Suppression.objects.get()
    assert (row.reason, row.evidence) == ("manual", "À la demande de la mairie")
    assert "décision de l’équipe" in visitor.get(_url("suppressions")).content.decode()
    refused = visitor.post(_url("lift", row.pk), {"why": " "})
    assert "Donnez un motif" in refused.content.decode()
    visitor.post(_url("lift", row.pk), {"why": "La mairie a changé d’avis"})
    row.refresh_from_db()
    assert row.lifted_at is not None
    assert row.lifted_by is not None
    assert visitor.get(_url("lift", row.pk)).status_code == 404
    assert "changé d’avis" in visitor.get(_url("suppressions"), {"levees": "oui"}).content.decode()


def test_proofs_are_found_by_address_even_after_an_erasure(enter):
    visitor = enter(EXPLOITATION)
    make_subscriber(address="camille@example.org")
    privacy.erase_person(email="camille@example.org", now=clock.now())
    content = visitor.post(_url("proofs"), {"address": "Camille@example.org"}).content.decode()
    assert "J’accepte de recevoir la lettre." in content
    assert "effacement" in content


def test_a_persons_page_says_where_she_is_and_which_file_brought_her(enter):
    visitor = enter(EXPLOITATION)
    brought = Import.objects.create(
        name="maires-2025.csv", source="Salon des maires 2025", size=1, created_at=clock.now(), touched_at=clock.now()
    )
    isere = TerritoryFactory(kind="departement", name="Isère", code="38")
    camille = make_subscriber(address="camille@example.org")
    alone = make_subscriber(address="seule@example.org")
    Subscriber.objects.filter(pk=camille.pk).update(departement=isere, brought_by=brought)
    told = visitor.get(_url("person", camille.pk)).content.decode()
    assert "Isère" in told
    assert f'<a href="{_url("import_file", brought.pk)}">maires-2025.csv</a> (Salon des maires 2025)' in told
    bare = visitor.get(_url("person", alone.pk)).content.decode()
    assert "Isère" not in bare
    assert "maires-2025.csv" not in bare


def test_whoever_is_no_subscriber_is_seen_exported_and_erased_by_her_address(enter, caplog):
    caplog.set_level(logging.INFO, logger="commun.subscribers")
    visitor = enter(EXPLOITATION)
    account = create_member(email="elue@example.org", first_name="Ada", last_name="Exemple")
    given = {"address": "Elue@example.org"}
    shown = visitor.post(_url("proofs"), given).content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    assert "<li>compte : 1</li>" in shown
    export = visitor.post(_url("export_address"), given)
    assert export.json()["accounts"]["compte"]["nom"] == "Exemple"
    assert "attachment" in export["Content-Disposition"]
    asked = visitor.post(_url("erase_address"), given)
    assert "elue@example.org" in asked.content.decode()
    assert 'name="confirme"' in asked.content.decode()
    account.refresh_from_db()
    assert account.email == "elue@example.org", "asking erases nothing"
    done = visitor.post(_url("erase_address"), {**given, "confirme": "1"}, follow=True)
    assert "Tout ce qui concernait cette personne est effacé." in done.content.decode()
    account.refresh_from_db()
    assert (account.last_name, account.is_active) == ("", False)
    assert "elue" not in account.email
    [line] = [record.getMessage() for record in caplog.records if "person erased" in record.getMessage()]
    assert f"by={User.objects.get(groups__name=EXPLOITATION).pk} " in line
    assert "elue" not in line
    assert "Rien sous cette adresse." in visitor.post(_url("proofs"), given).content.decode()
    for name in ("export_address", "erase_address"):
        assert visitor.get(_url(name)).status_code == 405
        for nobody in ("elue@example.org", "pas une adresse"):
            told = visitor.post(_url(name), {"address": nobody, "confirme": "1"}, follow=True).content.decode()
            assert "Nous ne gardons rien sous cette adresse." in told


def test_an_account_of_the_team_is_erased_neither_by_its_address_nor_as_a_subscriber(enter):
    visitor = enter(EXPLOITATION)
    colleague = create_member(email="nour@example.org", groups=(REDACTION,))
    reader = make_subscriber(address="nour@example.org")
    by_address = visitor.post(_url("erase_address"), {"address": "nour@example.org", "confirme": "1"}, follow=True)
    as_reader = visitor.post(_url("erase", reader.pk), follow=True)
    for told in (by_address, as_reader):
        assert "personne de l’équipe" in told.content.decode()
    colleague.refresh_from_db()
    assert (colleague.email, colleague.is_active) == ("nour@example.org", True)
    assert Subscriber.objects.filter(pk=reader.pk, address="nour@example.org").exists()


def test_who_may_not_change_people_erases_none_and_who_may_not_see_them_exports_none(enter):
    account = create_member(email="elue@example.org")
    given = {"address": "elue@example.org", "confirme": "1"}
    visitor = enter(EXPLOITATION)
    Permission.objects.get(codename="change_subscriber").group_set.clear()
    shown = visitor.post(_url("proofs"), given).content.decode()
    assert _url("export_address") in shown
    assert _url("erase_address") not in shown
    assert visitor.post(_url("erase_address"), given).status_code == 302
    Permission.objects.get(codename="view_subscriber").group_set.clear()
    shown = visitor.post(_url("proofs"), given).content.decode()
    assert "Preuves" in shown
    assert "Ce que nous gardons d’elle" not in shown
    assert visitor.post(_url("export_address"), given).status_code == 302
    for group in (REDACTION, VALIDATION, MODERATION):
        stranger = enter(group)
        for name in ("export_address", "erase_address"):
            assert stranger.post(_url(name), given).headers.get("Content-Disposition") is None
    account.refresh_from_db()
    assert account.email == "elue@example.org"
