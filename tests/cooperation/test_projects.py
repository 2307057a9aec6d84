"""From a decided vote to a project: the call, who joins, who waits, what stops it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given as for_all
from hypothesis import strategies as st

from commun.accounts.api import create_member
from commun.common import clock
from commun.common.privacy import erase_person, export_person
from commun.cooperation import waiting
from commun.cooperation.exceptions import (
    AlreadyEngaged,
    CallOver,
    ChoiceTaken,
    CooperationError,
    NotEligible,
    ReasonMissing,
    VoteNotDecided,
    WrongState,
)
from commun.cooperation.models import ActionPlan, Engagement, SharedProject
from commun.cooperation.selectors.projects import choices_of, waiting_list
from commun.cooperation.services.projects import enrolling, opening
from commun.cooperation.types import EngagementRole, EngagementState, ProjectState
from commun.library.api import ExperiencePage
from commun.territories.api import MandateLevel, MandateMissing, TerritoryKind, leave_organisation, public_sections
from tests.contributions.test_by_mail import body_of, mails
from tests.cooperation.factories import (
    editor,
    make_collectivite,
    make_decided_vote,
    make_engaged,
    make_project,
    make_running,
)
from tests.library.factories import TerritoryFactory, ThemeFactory
from tests.territories.factories import make_mandate
from tests.votes.factories import make_draft

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def seated(project: SharedProject) -> list[str]:
    rows = project.engagements.filter(state=EngagementState.IN, role=EngagementRole.STAKEHOLDER)
    return [row.organisation.name for row in rows.order_by("seated_at", "pk")]


def queue(project: SharedProject) -> list[str]:
    return [row.organisation.name for row in waiting_list(project=project)]


def test_the_first_theme_with_three_ready_collectivites_is_the_choice_and_the_others_say_why_not():
    vote = make_decided_vote(ready=(2, 4, 5))
    assert [(one.title, one.why_not) for one in choices_of(vote=vote)] == [
        ("Mobilités", "few_ready"),
        ("Santé", ""),
        ("Eau", "before"),
    ]
    make_project(vote=vote, number=2)
    assert [one.why_not for one in choices_of(vote=vote)] == ["few_ready", "taken", ""]


def test_a_vote_without_its_result_makes_no_project():
    with pytest.raises(VoteNotDecided):
        make_project(vote=make_draft())


def test_departing_from_the_ranking_wants_its_reason_which_is_published(client):
    vote = make_decided_vote()
    with pytest.raises(ReasonMissing):
        make_project(vote=vote, number=3)
    project = make_project(vote=vote, number=3, departure="La loi vient de changer.")
    assert "La loi vient de changer." in client.get(f"/projets/{project.slug}/").content.decode()


def test_one_theme_of_one_vote_is_one_project_however_often_it_is_opened():
    vote = make_decided_vote()
    make_project(vote=vote)
    with pytest.raises(ChoiceTaken):
        make_project(vote=vote)


def test_five_are_seated_the_sixth_waits_and_a_departure_calls_the_list():
    ain, drome = (TerritoryFactory(kind=TerritoryKind.DEPARTEMENT, code=code) for code in ("01", "26"))
    project = make_project()
    rows = [make_engaged(project, f"Commune {rank}", departement=ain) for rank in range(5)]
    make_engaged(project, "Attend d’abord", departement=ain)
    make_engaged(project, "D’un autre département", departement=drome)
    assert len(seated(project)) == 5
    assert queue(project) == ["D’un autre département", "Attend d’abord"]

    enrolling.withdraw(engagement_id=rows[0].pk, user=rows[0].contact, now=clock.now())

    assert seated(project)[-1] == "D’un autre département"
    assert queue(project) == ["Attend d’abord"]
    assert "Une place s’est libérée" in body_of(mails()[-1])
    assert ActionPlan.objects.count() == 6


def test_a_stakeholder_needs_a_letter_and_an_observer_a_verified_address():
    project = make_project()
    with pytest.raises(MandateMissing):
        make_engaged(project, "Sans lettre", level=MandateLevel.M2)
    assert make_engaged(project, "Observe", role="observer", level=MandateLevel.M1).state == EngagementState.IN
    organisation, _ = make_collectivite("Prouvée")
    stranger = create_member(email="stranger@example.org")
    with pytest.raises(MandateMissing):
        enrolling.enrol(
            project_id=project.pk,
            organisation=organisation,
            role=EngagementRole.OBSERVER,
            user=stranger,
            now=clock.now(),
        )


def test_a_region_does_not_take_part():
    project = make_project()
    with pytest.raises(NotEligible):
        make_engaged(project, "Une région", kind=TerritoryKind.REGION)


def test_enrolling_twice_is_one_place_and_an_observer_may_become_a_stakeholder():
    project = make_project()
    row = make_engaged(project, "Commune", role="observer")
    again = {"project_id": project.pk, "organisation": row.organisation, "user": row.contact, "now": clock.now()}
    with pytest.raises(AlreadyEngaged):
        enrolling.enrol(role=EngagementRole.OBSERVER, **again)
    enrolling.enrol(role=EngagementRole.STAKEHOLDER, **again)
    with pytest.raises(AlreadyEngaged):
        enrolling.enrol(role=EngagementRole.STAKEHOLDER, **again)
    assert project.engagements.exclude(state=EngagementState.LEFT).count() == 1
    assert seated(project) == ["Commune"]


def test_the_end_of_the_call_with_three_starts_the_project_with_two_gives_it_up_and_tells_all():
    vote = make_decided_vote()
    now = clock.now()
    kept, lost = make_project(vote=vote, number=1), make_project(vote=vote, number=2)
    for rank in range(3):
        make_engaged(kept, f"Garde {rank}")
    for rank in range(2):
        make_engaged(lost, f"Perd {rank}")
    before = len(mails())
    assert opening.end_calls(now=now + 29 * DAY) == 0
    assert opening.end_calls(now=now + 31 * DAY) == 2
    assert opening.end_calls(now=now + 32 * DAY) == 0
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.state, lost.state) == (ProjectState.DESIGN, ProjectState.GIVEN_UP)
    assert "Moins de trois collectivités" in lost.given_up_because
    assert len(mails()) - before == 5
    with pytest.raises(CallOver):
        make_engaged(kept, "Trop tard")
    assert make_engaged(kept, "Observe encore", role="observer").state == EngagementState.IN


def test_an_enrolment_at_the_last_second_counts_and_one_at_the_end_does_not():
    project = make_project()
    organisation, user = make_collectivite("Juste à temps")
    act = {"project_id": project.pk, "organisation": organisation, "role": EngagementRole.STAKEHOLDER, "user": user}
    with pytest.raises(CallOver):
        enrolling.enrol(**act, now=project.call_until)
    assert enrolling.enrol(**act, now=project.call_until - timedelta(microseconds=1)).state == EngagementState.IN


def test_the_report_becomes_a_draft_experience_with_its_collectivites_who_are_told():
    theme = ThemeFactory()
    project = make_running(theme=theme)
    make_engaged(project, "Observe", role="observer")
    by = editor()
    opening.move_project(project_id=project.pk, to=ProjectState.DOING, by=by, now=clock.now())
    before = len(mails())
    project = opening.report_project(
        project_id=project.pk,
        text="Nous avons essayé.\n\nCela tient.",
        what_failed="Les <b>délais</b>.",
        by=by,
        now=clock.now(),
    )
    page = ExperiencePage.objects.get()
    assert (project.state, project.report_id, page.live) == (ProjectState.REPORTED, page.pk, False)
    assert list(page.themes.all()) == [theme]
    assert page.organisations.count() == 3
    assert "&lt;b&gt;" in page.what_failed or "<b>" not in page.what_failed
    assert f"/projets/{project.slug}/" in page.source_url
    # Those it names hear of it while it is a draft, and where to say what is wrong.
    told = [body_of(one) for one in mails()[before:]]
    assert sorted("Dites-le avant" in body for body in told) == [False, True, True, True]
    assert all(f"/projets/{project.slug}/" in body for body in told)
    with pytest.raises(WrongState):
        opening.report_project(project_id=project.pk, text="Encore", what_failed="", by=by, now=clock.now())


def test_a_project_is_given_up_with_its_reason_only():
    project, by = make_running(), editor()
    with pytest.raises(ReasonMissing):
        opening.move_project(project_id=project.pk, to=ProjectState.GIVEN_UP, by=by, now=clock.now())
    opening.move_project(
        project_id=project.pk, to=ProjectState.GIVEN_UP, by=by, now=clock.now(), words="Plus de moyens"
    )
    assert "Plus de moyens" in body_of(mails()[-1])


def test_whoever_leaves_hands_the_contact_of_the_project_over():
    project = make_project()
    row = make_engaged(project, "Commune")
    heir, now = create_member(email="relais@example.org"), clock.now()
    make_mandate(user=heir, organisation=row.organisation, now=now)
    leave_organisation(membership_id=row.contact.memberships.get().pk, user=row.contact, successor=heir, now=now)
    row.refresh_from_db()
    assert row.contact == heir


def test_the_page_of_a_collectivite_says_what_it_committed_to():
    project = make_project()
    row = make_engaged(project, "Commune")
    texts = [
        one.text for part in public_sections(organisation=row.organisation, now=clock.now()) for one in part.entries
    ]
    assert texts == ["Mobilités"]


def test_erasure_takes_the_person_and_leaves_the_engagement():
    row = make_engaged(make_project(), "Commune")
    email = row.contact.email
    assert "projets partagés" in export_person(email=email)["cooperation"]
    erase_person(email=email, now=clock.now())
    row.refresh_from_db()
    assert (row.contact, row.enrolled_by, row.state) == (None, None, EngagementState.IN)


AT = datetime(2026, 1, 1, tzinfo=UTC)
parties = st.builds(
    lambda key, place, population, minutes: waiting.Party(
        key=key, departement=place, population=population, enrolled_at=AT + timedelta(minutes=minutes)
    ),
    st.integers(0, 10_000),
    st.sampled_from(["", "01", "26", "2A", "974"]),
    st.none() | st.integers(0, 3_000_000),
    st.integers(0, 60),
)


@for_all(st.lists(parties, max_size=12, unique_by=lambda one: one.key), st.lists(parties, max_size=5))
def test_the_waiting_list_keeps_everyone_once_whatever_the_order_they_are_given_in(queue, present):
    order = waiting.in_order(waiting=queue, seated=present)
    assert sorted(one.key for one in order) == sorted(one.key for one in queue)
    assert list(waiting.in_order(waiting=queue[::-1], seated=present[::-1])) == list(order)
    if order:  # no one who waits would have brought what the first does not
        places = {one.departement for one in present}
        assert order[0].departement not in places or all(one.departement in places for one in queue)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_seven_collectivites_at_the_same_instant_are_five_seats_and_two_that_wait():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one at a time")
    project = make_project()
    people = [make_collectivite(f"Commune {rank}") for rank in range(7)]
    gate, failures = threading.Barrier(7), []

    def run(organisation, user) -> None:
        gate.wait()
        try:
            enrolling.enrol(
                project_id=project.pk,
                organisation=organisation,
                role=EngagementRole.STAKEHOLDER,
                user=user,
                now=clock.now(),
            )
        except CooperationError as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    states = sorted(Engagement.objects.values_list("state", flat=True))
    assert states == [EngagementState.IN] * 5 + [EngagementState.WAITING] * 2
