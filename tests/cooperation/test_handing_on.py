"""What was received as a contribution and accepted goes on as a need or a proposal, and comes back by undoing."""

from __future__ import annotations

import pytest

from commun.common import clock
from commun.contributions import mailboxes
from commun.contributions.exceptions import DraftEdited
from commun.contributions.services import contributor, deciding
from commun.contributions.services.form_fields import fields_of
from commun.contributions.types import Kind
from commun.cooperation.models import Need, ThemeProposal
from commun.cooperation.services import answering
from commun.cooperation.types import NeedEnd, NeedState
from tests.contributions.conftest import deliver, forged, proven
from tests.contributions.factories import given, moderator
from tests.contributions.test_by_mail import body_of, mails
from tests.inbound import corpus
from tests.library.factories import OrganisationFactory, TerritoryFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def a_need_accepted(**values):
    by = moderator()
    row = given(
        kind=Kind.NEED,
        title="Un besoin",
        fields={"stage": "stuck", "constraints": "Peu de temps"},
        **values,
    )
    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())
    row.refresh_from_db()
    return row, by


def test_an_accepted_need_carries_all_that_was_said_and_the_person_gets_the_link_of_its_page():
    theme, place = ThemeFactory(), TerritoryFactory()
    organisation = OrganisationFactory(territory=place)
    row, _ = a_need_accepted(theme=theme, organisation=organisation, in_its_name=True)

    need = Need.objects.get()
    assert row.became == f"need:{need.pk}"
    assert (need.theme, need.organisation, need.in_its_name, need.territory) == (theme, organisation, True, place)
    assert (need.stage, need.constraints, need.address) == ("stuck", "Peu de temps", row.address)
    assert "/besoin/" in body_of(mails()[-1])


@pytest.mark.parametrize(("said", "in_its_name"), [(True, True), (True, False), (False, True)])
def test_others_see_it_where_its_form_said_so_in_the_name_of_a_collectivite(said, in_its_name):
    organisation = OrganisationFactory(kind="collectivite", territory=TerritoryFactory())
    row = given(kind=Kind.NEED, title="Un besoin", organisation=organisation, in_its_name=in_its_name)
    row.fields = fields_of(kind=Kind.NEED, values={"etape": "idea", "paraitre": said})
    row.save()
    deciding.accept(contribution_id=row.pk, by=(by := moderator()), now=clock.now())
    assert Need.objects.get().is_shown == (said and in_its_name)
    deciding.undo(event_id=row.events.last().pk, by=by, now=clock.now())  # said from the first minute: it goes with it
    assert not Need.objects.exists()


def test_taking_back_the_acceptance_takes_back_the_need_unless_it_was_worked_on():
    row, by = a_need_accepted()
    deciding.undo(event_id=row.events.last().pk, by=by, now=clock.now())
    row.refresh_from_db()
    assert (Need.objects.count(), row.became) == (0, "")

    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())
    answering.look_at(need_id=Need.objects.get().pk, by=by, now=clock.now())
    with pytest.raises(DraftEdited):
        deciding.undo(event_id=row.events.last().pk, by=by, now=clock.now())
    assert Need.objects.count() == 1


def test_an_answer_by_mail_goes_on_to_the_need(settings):
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"
    row, by = a_need_accepted()
    need = Need.objects.get()
    answering.answer(need_id=need.pk, text="Voici.", attached=[], by=by, now=clock.now())
    assert need.answer_to == mailboxes.conversation(reference=row.reference)

    raw = corpus.written(subject="Re: Un besoin", body="Il nous manque encore un exemple.")
    assert deliver(proven(raw), to=need.answer_to) == "answer"

    need.refresh_from_db()
    assert need.state == NeedState.LOOKED_AT
    assert "Il nous manque encore un exemple." in need.answers.get(from_team=False).text


def test_an_answer_of_somebody_else_goes_on_to_the_need_and_says_so(settings):
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"
    a_need_accepted()
    need = Need.objects.get()
    deliver(corpus.text("Faux.", Message_ID="<a@x.example.org>", From="autre@x.example.org"), to=need.answer_to)
    deliver(forged(corpus.text("Faux aussi.", Message_ID="<b@x.example.org>")), to=need.answer_to)

    found = [one.text for one in need.answers.order_by("pk")]
    assert found == ["[Reçu d’une autre adresse]\n\nFaux.", "[Reçu d’un expéditeur douteux]\n\nFaux aussi."]


def test_withdrawing_the_contribution_closes_the_need():
    row, _ = a_need_accepted()
    contributor.withdraw(contribution_id=row.pk, now=clock.now())
    assert Need.objects.get().end == NeedEnd.ABANDONED


def test_an_accepted_proposal_becomes_a_theme_proposal():
    row = given(kind=Kind.PROPOSAL, title="Participer en zone rurale")
    by = moderator()
    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())
    row.refresh_from_db()
    proposal = ThemeProposal.objects.get()
    assert (row.became, proposal.title) == (f"proposal:{proposal.pk}", "Participer en zone rurale")
    deciding.undo(event_id=row.events.last().pk, by=by, now=clock.now())
    assert not ThemeProposal.objects.exists()
