"""A need from the day it is accepted to the day it is closed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given as for_all
from hypothesis import strategies as st

from commun.accounts.api import create_member
from commun.common import clock
from commun.common.privacy import erase_person, export_person
from commun.cooperation import reminders
from commun.cooperation.exceptions import NothingToAnswer, NothingToUndo, WrongState
from commun.cooperation.links import need_token
from commun.cooperation.models import Need
from commun.cooperation.services import answering, following, reminding, retention
from commun.cooperation.types import Attached, NeedEnd, NeedState
from commun.territories.api import leave_organisation, public_sections
from tests.contributions.test_by_mail import body_of, mails
from tests.cooperation.factories import editor, make_need
from tests.library.factories import ExperienceFactory, OrganisationFactory, TerritoryFactory, ThemeFactory
from tests.territories.factories import make_mandate

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def page_of(need: Need, name: str = "need") -> str:
    return reverse(f"cooperation:{name}", args=[need_token(reference=need.reference)])


def test_an_answer_with_a_page_is_mailed_with_its_reasons_and_shown_on_the_page_of_the_need(client):
    need, by, page = make_need(theme=ThemeFactory()), editor(), ExperienceFactory(title="Le marché repensé")
    reasons = ["Même thématique", "Même strate de population"]

    answering.answer(
        need_id=need.pk,
        text="Voici de quoi lire.",
        attached=[Attached(page_id=page.pk, reasons=reasons)],
        by=by,
        now=NOON,
    )

    need.refresh_from_db()
    said = body_of(mails()[-1])
    assert (need.state, need.reminders, need.answered_at) == (NeedState.ANSWERED, 0, NOON)
    assert "Voici de quoi lire." in said
    assert "Le marché repensé (Même thématique · Même strate de population)" in said
    shown = client.get(page_of(need)).content.decode()
    assert "Le marché repensé" in shown
    assert "Même thématique · Même strate de population" in shown


def test_an_answer_without_words_nor_pages_is_refused_and_a_draft_page_is_not_joined():
    need, by, draft = make_need(), editor(), ExperienceFactory(live=False)
    with pytest.raises(NothingToAnswer):
        answering.answer(need_id=need.pk, text=" ", attached=[Attached(page_id=draft.pk)], by=by, now=NOON)
    assert not mails()


def test_news_are_asked_three_times_then_the_silent_need_is_closed_and_opens_again():
    need, by = make_need(now=NOON), editor()
    answering.answer(need_id=need.pk, text="Voici.", attached=[], by=by, now=NOON)
    asked_on = []
    for day in range(1, 90):
        now = NOON + timedelta(days=day, hours=6)
        if reminding.ask_for_news(now=now):
            asked_on.append(day)
        reminding.close_silent(now=now)
    need.refresh_from_db()
    assert len(asked_on) == 3
    assert [first <= day <= first + 3 for day, first in zip(asked_on, (9, 21, 45), strict=True)] == [True] * 3
    assert (need.state, need.end) == (NeedState.CLOSED, NeedEnd.SILENT)
    assert sum("Où en êtes-vous" in mail["Subject"] for mail in mails()) == 3
    assert "dernier rappel" in body_of(mails()[-1])

    answering.reopen(need_id=need.pk, by=None, now=NOON + timedelta(days=120))
    need.refresh_from_db()
    assert (need.state, need.end, need.closed_at) == (NeedState.LOOKED_AT, "", None)


def test_a_long_outage_does_not_bring_two_reminders_in_a_row():
    need, by = make_need(now=NOON), editor()
    answering.answer(need_id=need.pk, text="Voici.", attached=[], by=by, now=NOON)
    late = NOON + timedelta(days=60)
    assert [reminding.ask_for_news(now=late), reminding.ask_for_news(now=late + timedelta(hours=1))] == [1, 0]
    need.refresh_from_db()
    assert need.remind_at > late + timedelta(days=5)


def test_a_refusal_of_reminders_outlives_the_next_answer():
    need, by = make_need(now=NOON), editor()
    answering.answer(need_id=need.pk, text="Voici.", attached=[], by=by, now=NOON)
    following.refuse_reminders(need_id=need.pk, now=NOON)
    answering.answer(need_id=need.pk, text="Encore ceci.", attached=[], by=by, now=NOON)
    need.refresh_from_db()
    assert need.remind_at is None
    assert reminding.ask_for_news(now=NOON + timedelta(days=400)) == 0


@for_all(
    days=st.integers(0, 9000),
    seconds=st.integers(0, 86_399),
    asked=st.integers(0, 2),
    reference=st.text("0123456789abcdef", min_size=16, max_size=16),
)
def test_reminders_come_on_working_days_and_hours_and_never_early(days, seconds, asked, reference):
    answered_at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=days, seconds=seconds)
    at = reminders.when_to_ask(answered_at=answered_at, asked=asked, reference=reference)
    paris = ZoneInfo("Europe/Paris")
    local, due = at.astimezone(paris), (answered_at + timedelta(days=reminders.DAYS[asked])).astimezone(paris).date()
    assert local.weekday() < 5
    assert 9 <= local.hour < 17
    assert timedelta(0) <= local.date() - due <= timedelta(days=2)
    assert at == reminders.when_to_ask(answered_at=answered_at, asked=asked, reference=reference)


def test_two_hundred_needs_answered_at_once_are_not_asked_at_once():
    hours = {
        reminders.when_to_ask(answered_at=NOON, asked=0, reference=f"{number:016x}").replace(minute=0)
        for number in range(200)
    }
    assert len(hours) == 8


def test_what_she_adds_reopens_the_need_and_a_double_click_is_one_message(client):
    need, by = make_need(), editor()
    answering.answer(need_id=need.pk, text="Voici.", attached=[], by=by, now=clock.now())
    first = client.get(page_of(need))
    guard = guard_of(first.context["form"])
    for _ in range(2):
        response = client.post(page_of(need, "need_precise"), {**guard, "texte": "Il nous manque un devis."})
    assert response["Location"].endswith("?fait=envoye")
    need.refresh_from_db()
    assert need.state == NeedState.LOOKED_AT
    assert need.answers.filter(from_team=False).count() == 1


def guard_of(form) -> dict[str, str]:
    pairs = re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', str(form.guard_fields))
    return dict(pairs)


def test_an_empty_message_keeps_the_page_and_says_what_to_do(client):
    need = make_need()
    guard = guard_of(client.get(page_of(need)).context["form"])
    response = client.post(page_of(need, "need_precise"), {**guard, "texte": " "})
    assert response.status_code == 422
    assert "Écrivez votre message." in response.content.decode()


def test_opening_the_page_changes_nothing_and_a_forged_link_says_what_to_do(client):
    need = make_need()
    before = Need.objects.values().get()
    assert client.get(page_of(need)).status_code == 200
    assert client.get(page_of(need, "need_finish")).status_code == 405
    assert Need.objects.values().get() == before
    assert client.get(reverse("cooperation:need", args=["forged"])).status_code == 404


def test_saying_that_it_helped_closes_it_and_it_can_be_opened_again(client):
    need, by = make_need(), editor()
    answering.answer(need_id=need.pk, text="Voici.", attached=[], by=by, now=clock.now())
    page = client.get(page_of(need))
    client.post(page_of(need, "need_finish"), {**guard_of(page.context["end_form"]), "fin-issue": "solved"})
    need.refresh_from_db()
    assert (need.state, need.end, need.remind_at) == (NeedState.CLOSED, NeedEnd.SOLVED, None)
    page = client.get(page_of(need))
    client.post(page_of(need, "need_reopen"), guard_of(page.context["quiet_form"]))
    need.refresh_from_db()
    assert need.state == NeedState.LOOKED_AT


def test_a_closed_need_is_not_answered_and_an_open_one_is_not_reopened():
    need, by = make_need(), editor()
    with pytest.raises(NothingToUndo):
        answering.reopen(need_id=need.pk, by=by, now=NOON)
    answering.close(need_id=need.pk, words="Doublon", by=by, now=NOON)
    with pytest.raises(WrongState):
        answering.answer(need_id=need.pk, text="Trop tard", attached=[], by=by, now=NOON)


def test_filing_a_need_under_another_collectivite_takes_its_name_back():
    organisation, other = OrganisationFactory(), OrganisationFactory()
    need = make_need(organisation=organisation, in_its_name=True)
    answering.edit(need_id=need.pk, values={"organisation": other}, by=editor(), now=NOON)
    need.refresh_from_db()
    assert (need.organisation, need.in_its_name) == (other, False)


def test_whoever_leaves_hands_her_needs_to_the_colleague_she_names():
    organisation = OrganisationFactory(territory=TerritoryFactory())
    ada, bea = create_member(email="ada@bourg.example.org"), create_member(email="bea@bourg.example.org")
    now = clock.now()
    held = make_mandate(user=ada, organisation=organisation, now=now)
    make_mandate(user=bea, organisation=organisation, now=now)
    need = make_need(organisation=organisation, in_its_name=True, user=ada, address=ada.email)
    other = make_need(user=ada, address=ada.email, title="À titre personnel")

    leave_organisation(membership_id=held.pk, user=ada, successor=bea, now=now)

    need.refresh_from_db()
    other.refresh_from_db()
    assert (need.user, need.address) == (bea, bea.email)
    assert (other.user, other.address) == (ada, ada.email)


def test_the_page_of_a_collectivite_says_what_it_asked_in_its_name_and_no_persons_data():
    organisation = OrganisationFactory()
    make_need(organisation=organisation, in_its_name=True, shown=True)
    make_need(organisation=organisation, in_its_name=True, title="Gardé pour la rédaction")
    make_need(organisation=organisation, shown=True, title="Dit sans mandat")
    texts = [
        entry.text for section in public_sections(organisation=organisation, now=NOON) for entry in section.entries
    ]
    assert texts == ["Associer les habitants à la place du marché"]


def test_members_find_the_needs_of_their_collectivite_in_their_space(client):
    organisation = OrganisationFactory(territory=TerritoryFactory())
    ada, bea = create_member(email="ada@bourg.example.org"), create_member(email="bea@bourg.example.org")
    make_mandate(user=bea, organisation=organisation, now=clock.now())
    make_need(organisation=organisation, in_its_name=True, user=ada)
    client.force_login(bea)
    assert "Associer les habitants" in client.get("/mon-espace/").content.decode()
    stranger = create_member(email="cleo@ailleurs.example.org")
    client.force_login(stranger)
    assert "Associer les habitants" not in client.get("/mon-espace/").content.decode()


def test_erasure_takes_the_person_and_leaves_the_need():
    need = make_need()
    following.precise(need_id=need.pk, text="Mon numéro est sur la porte.", now=NOON)
    assert "besoins" in export_person(email="camille@bourg.example.org")["cooperation"]

    erase_person(email="camille@bourg.example.org", now=NOON)

    need.refresh_from_db()
    assert (need.name, need.address, need.title) == ("", "", "Associer les habitants à la place du marché")
    assert [one.text for one in need.answers.all()] == [""]
    assert "cooperation" not in export_person(email="camille@bourg.example.org")


def test_three_years_after_a_need_was_closed_nobody_is_named():
    need = make_need(now=NOON)
    answering.close(need_id=need.pk, by=editor(), now=NOON)
    assert retention.forget_old(now=NOON + timedelta(days=1000)) == 0
    assert retention.forget_old(now=NOON + timedelta(days=1100)) == 1
    need.refresh_from_db()
    assert need.address == ""


def test_whoever_stated_it_says_whether_others_may_see_it(client):
    need = make_need(
        organisation=OrganisationFactory(kind="collectivite", territory=TerritoryFactory()), in_its_name=True
    )
    page = client.get(page_of(need))
    assert "Accepter qu’on le voie" in page.content.decode()
    guard = guard_of(page.context["shown_form"])
    told = client.post(page_of(need, "need_shown"), {**guard, "montrer-lettre": "oui"}, follow=True)
    assert "peut paraître dans la lettre" in told.content.decode()
    need.refresh_from_db()
    assert need.is_shown
    public = reverse("territories:organisation", args=[need.organisation.slug])
    assert need.title in client.get(public).content.decode()
    answering.close(need_id=need.pk, by=editor(), now=clock.now())
    assert "Ne plus le montrer" in client.get(page_of(need)).content.decode()
    client.post(page_of(need, "need_shown"), {**guard, "montrer-lettre": "non"})
    need.refresh_from_db()
    assert not need.is_shown
    assert need.title not in client.get(public).content.decode()
    assert [event.act for event in need.events.all()][-2:] == ["close", "hide"]
    own = make_need()
    assert "Accepter qu’on le voie" not in client.get(page_of(own)).content.decode()
