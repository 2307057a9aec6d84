"""A need, from its form to the room where it is answered."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from commun.accounts.api import create_member
from commun.common import clock
from commun.contributions import links
from commun.contributions.models import Contribution
from commun.contributions.selectors.board import read_board
from commun.contributions.services import deciding
from commun.contributions.types import Direction, Kind, Source
from commun.cooperation.api import Need, need_url
from tests.contributions.factories import given, moderator
from tests.contributions.test_giving import YOU, begin, link_in_mail, send
from tests.cooperation.factories import make_collectivite, make_need
from tests.library.factories import ArticleFactory, ThemeFactory
from tests.subscribers.pages import submit

pytestmark = pytest.mark.django_db

NEED = {
    "titre": "Associer les habitants à la place du marché",
    "texte": "Nous refaisons la place du marché et personne ne vient aux réunions.",
    "etape": "stuck",
    "contraintes": "Une secrétaire à mi-temps.",
}


def stated(client) -> str:
    """Given by its form; the path of the page where she follows it."""
    form = begin(client, "besoin", **NEED)
    submit(client, f"{form}ou/")
    submit(client, f"{form}vous/", **YOU)
    send(client, form)
    submit(client, link_in_mail(containing="contribuer/confirmer"))
    return urlsplit(links.page_url(reference=Contribution.objects.get().reference)).path


def test_a_need_without_a_theme_is_shown_whole_at_once_with_what_may_help(client):
    ThemeFactory()
    article = ArticleFactory(title="Refaire la place du marché avec les habitants")
    page = client.get(stated(client)).content.decode()

    assert Contribution.objects.get().theme is None
    assert "Nous avons commencé et nous sommes bloqués" in page
    assert "Une secrétaire à mi-temps." in page
    assert "En attendant, ceci vous aidera peut-être" in page
    assert article.title in page
    assert "Licence" not in page


def test_its_fields_are_corrected_on_its_page_and_no_licence_is_asked(client):
    address = stated(client)
    form = f"{address}corriger/"
    asked = client.get(form).content.decode()
    assert "Où en êtes-vous" in asked
    assert "réutiliser" not in asked
    corrected = {"titre": NEED["titre"], "texte": NEED["texte"], "nom": "Camille", "structure": ""}
    submit(client, form, **corrected, etape="idea", contraintes="Deux secrétaires.")
    row = Contribution.objects.get()
    assert (row.fields["stage"], row.fields["constraints"]) == ("idea", "Deux secrétaires.")
    assert "Deux secrétaires." in client.get(address).content.decode()


def test_whoever_acts_for_one_collectivite_is_asked_nothing_that_is_known_and_reads_it_again(client):
    organisation, user = make_collectivite("Petite commune")
    client.force_login(user)
    form = begin(client, "besoin", **NEED)
    assert f'value="{organisation.place.key}"' in client.get(f"{form}ou/").content.decode()
    submit(client, f"{form}ou/")
    submit(client, f"{form}vous/", nom="Camille", au_nom=str(organisation.pk))
    again = client.get(f"{form}relire/").content.decode()
    assert "Au nom de" in again
    assert "(celui de votre collectivité)" in again
    submit(client, f"{form}vous/", nom="Camille", au_nom="moi")
    again = client.get(f"{form}relire/").content.decode()
    assert "Vous seulement" in again
    assert "(celui de votre collectivité)" not in again


def test_once_accepted_it_is_as_old_as_it_was_and_the_team_reads_what_was_sent(client):
    before = clock.now() - timedelta(days=9)
    row = given(kind=Kind.NEED, title="Un besoin", source=Source.FORM)
    fields = {"stage": "stuck", "constraints": "Peu de temps."}
    Contribution.objects.filter(pk=row.pk).update(fields=fields, received_at=before)
    by = moderator()
    client.force_login(by)
    screen = reverse("contributions_team:detail", args=[row.pk])
    assert "Peu de temps." in client.get(screen).content.decode()

    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())

    need = Need.objects.get()
    assert need.stated_at == before
    shown = client.get(screen).content.decode()
    assert row.text in shown
    assert reverse("cooperation_team:need", args=[need.pk]) in shown


def test_the_board_counts_needs_that_nobody_answered_apart_from_those_to_read():
    given(kind=Kind.NEED, title="À lire")
    make_need(), make_need()
    board = read_board(today=clock.now().date())
    assert (board.needs_to_read, board.needs_without_answer) == (1, 2)


def test_whoever_acts_for_nobody_is_asked_where(client):
    client.force_login(create_member(email="ada@example.org"))
    form = begin(client, "besoin", **NEED)
    assert client.get(f"{form}ou/").status_code == 200


def test_her_space_shows_it_among_her_needs_from_the_first_minute_and_once_after(client):
    organisation, user = make_collectivite("Petite commune")
    client.force_login(user)
    form = begin(client, "besoin", **NEED)
    submit(client, f"{form}ou/")
    submit(client, f"{form}vous/", nom="Camille", au_nom=str(organisation.pk))
    send(client, form)

    space = client.get("/mon-espace/").content.decode()
    assert "Vous n’avez exprimé aucun besoin" not in space
    assert space.count(NEED["titre"]) == 1
    assert space.index("Mes besoins") < space.index(NEED["titre"]) < space.index("Nos contributions")

    row = Contribution.objects.get()
    deciding.accept(contribution_id=row.pk, by=moderator(), now=clock.now())
    space = client.get("/mon-espace/").content.decode()
    assert space.count(NEED["titre"]) == 1
    assert 'href="/besoin/' in space


def test_once_accepted_one_page_is_hers_unless_the_other_holds_what_was_said(client):
    address = stated(client)
    row = Contribution.objects.get()
    by = moderator()
    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())
    need = client.get(address)["Location"]
    assert need.startswith(urljoin(need_url(reference=Need.objects.get().reference), "/besoin/"))
    assert NEED["titre"] in client.get(urlsplit(need).path).content.decode()

    row.messages.create(direction=Direction.IN, text="Nous avons une salle.", at=clock.now())
    page = client.get(address).content.decode()
    assert "Nous avons une salle." in page
    assert "la page de votre besoin" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
