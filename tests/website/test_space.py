"""« Mon espace »: what is expected of her first, then all that her collectivité has under way."""

from __future__ import annotations

import pytest

from commun.common import clock
from commun.contributions.types import Kind
from commun.cooperation.services import answering
from tests.contributions.factories import given
from tests.cooperation.factories import editor, make_collectivite, make_need

pytestmark = pytest.mark.django_db


def test_what_is_expected_of_her_comes_first_and_colleagues_gifts_are_named_without_their_conversation(client):
    organisation, user = make_collectivite("Arboys")
    client.force_login(user)
    assert "Ce qui vous est demandé" not in client.get("/mon-espace/").content.decode()

    need = make_need(organisation=organisation, in_its_name=True, title="Rouvrir l’école")
    answering.answer(need_id=need.pk, text="Voyez Moncontour.", attached=[], by=editor(), now=clock.now())
    row = given(kind=Kind.RESOURCE, title="Notre four à pain", organisation=organisation, in_its_name=True)
    given(kind=Kind.RESOURCE, title="Celui d’un autre")
    page = client.get("/mon-espace/").content.decode()
    first = page.index("Ce qui vous est demandé")
    assert first < page.index("Dire si la réponse vous aide") < page.index("Mes collectivités")
    assert "Notre four à pain" in page
    assert "par une personne de votre collectivité" in page
    assert row.reference not in page
    assert "Celui d’un autre" not in page
